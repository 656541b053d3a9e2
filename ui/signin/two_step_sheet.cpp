#include "ui/signin/two_step_sheet.h"

#include "models/table/relative_time.h"
#include "ui/signin/secret_field.h"
#include "ui/theme/theme.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/command_text.h"
#include "ui/widgets/form_field.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/text_label.h"

#include <QFileDialog>
#include <QSaveFile>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr int kLongestTypedCode = 12;

    TextLabel *twoStepWords(const QString &text)
    {
        auto *words = new TextLabel(text, TextRole::Body, Token::Text2);
        words->setWordWrap(true);
        return words;
    }

    QVBoxLayout *twoStepColumn(QWidget *part)
    {
        auto *column = new QVBoxLayout(part);
        column->setContentsMargins(0, 0, 0, 0);
        column->setSpacing(themeOf(part).metrics().step(3));
        return column;
    }
}

TwoStepSheet::TwoStepSheet(SignInViewModel &signIn, QWidget *window)
    : Sheet(tr("Two-step sign-in"), window),
      m_model(signIn),
      m_banner(new Banner),
      m_begin(makeButton(u"twoStepBegin"_s, tr("Set up"), Icon::None, ButtonKind::Primary)),
      m_confirm(makeButton(u"twoStepConfirm"_s, tr("Turn on"), Icon::None, ButtonKind::Primary)),
      m_save(makeButton(u"twoStepSave"_s, tr("Save as file..."), Icon::Save)),
      m_kept(makeButton(u"twoStepKept"_s, tr("I have kept them"), Icon::None, ButtonKind::Primary)),
      m_end(makeButton(u"twoStepEnd"_s, tr("Turn off"), Icon::None, ButtonKind::Danger)),
      m_close(makeButton(u"twoStepClose"_s, tr("Cancel")))
{
    setObjectName(u"twoStepSheet"_s);
    m_banner->hide();
    m_off = makeOff();
    m_confirming = makeConfirming();
    m_codesPart = makeCodes();
    m_on = makeOn();
    body()->addWidget(m_banner);
    for (QWidget *part :
         {m_off, m_confirming, m_codesPart, m_on}) { // no stack: its pages are as high as the highest
        body()->addWidget(part);
        part->hide();
    }
    body()->addStretch(1);
    foot()->addStretch(1);
    for (QPushButton *button : {m_save, m_close, m_begin, m_confirm, m_kept, m_end})
        foot()->addWidget(button);
    connect(m_close, &QPushButton::clicked, this, &Sheet::close);
    connect(m_begin, &QPushButton::clicked, &m_model, &TwoStepViewModel::begin);
    connect(m_confirm, &QPushButton::clicked, this, &TwoStepSheet::submitCode);
    connect(m_code, &QLineEdit::returnPressed, this, &TwoStepSheet::submitCode);
    connect(m_save, &QPushButton::clicked, this, &TwoStepSheet::saveCodes);
    connect(m_kept, &QPushButton::clicked, &m_model, &TwoStepViewModel::forgetCodes);
    connect(m_end, &QPushButton::clicked, this, &TwoStepSheet::submitEnd);
    connect(m_password, &QLineEdit::returnPressed, this, &TwoStepSheet::submitEnd);
    connect(&m_model, &TwoStepViewModel::changed, this, &TwoStepSheet::refresh);
    m_model.read();
    refresh();
}

QWidget *TwoStepSheet::makeOff()
{
    auto *part = new QWidget;
    twoStepColumn(part)->addWidget(twoStepWords(
        tr("It is off: your password alone signs you in. With it, signing in also takes a code that "
           "an authenticator on your phone makes anew every 30 seconds. A password that was stolen "
           "is no longer enough.")));
    return part;
}

QWidget *TwoStepSheet::makeConfirming()
{
    auto *part = new QWidget;
    m_secret = new CommandText(u"twoStepSecret"_s, tr("the secret"), QString());
    m_link = new CommandText(u"twoStepLink"_s, tr("the link"), QString());
    m_link->setElided(Qt::ElideMiddle);
    m_code = new SecretField(u"twoStepCode"_s, kLongestTypedCode);
    m_code->setRevealed(true);
    m_codeField = new FormField(tr("Code that the authenticator shows now"), m_code,
                                tr("Six digits. It shows that the set-up worked."));
    auto *column = twoStepColumn(part);
    column->addWidget(twoStepWords(
        tr("1. Add an account in your authenticator, by hand, with this secret (time based, SHA-1, six "
           "digits, 30 seconds):")));
    column->addWidget(m_secret);
    column->addWidget(twoStepWords(tr("Or give it this link:")));
    column->addWidget(m_link);
    column->addWidget(twoStepWords(tr("2. Enter the code that it shows.")));
    column->addWidget(m_codeField);
    connect(m_code, &QLineEdit::textEdited, this, [this] { m_codeField->setError({}); });
    return part;
}

QWidget *TwoStepSheet::makeCodes()
{
    auto *part = new QWidget;
    m_codes = new CommandText(u"twoStepCodes"_s, tr("the recovery codes"), QString());
    auto *column = twoStepColumn(part);
    column->addWidget(twoStepWords(
        tr("Two-step sign-in is on. These ten codes let you in when the authenticator is lost, each "
           "once. They are shown only now: keep them where you keep your passwords.")));
    column->addWidget(m_codes);
    return part;
}

QWidget *TwoStepSheet::makeOn()
{
    auto *part = new QWidget;
    m_facts = twoStepWords(QString());
    m_facts->setObjectName(u"twoStepFacts"_s);
    m_password = new SecretField(u"twoStepPassword"_s, SignInViewModel::kLongestPassword);
    m_passwordField = new FormField(
        tr("Your password, to turn it off"), m_password,
        tr("To use another authenticator or new recovery codes, turn it off and set it up again."));
    auto *column = twoStepColumn(part);
    column->addWidget(m_facts);
    column->addWidget(m_passwordField);
    connect(m_password, &QLineEdit::textEdited, this, [this] { m_passwordField->setError({}); });
    return part;
}

void TwoStepSheet::refresh()
{
    using Stage = TwoStepViewModel::Stage;
    const Stage stage = m_model.stage();
    QWidget *part = stage == Stage::Confirming ? m_confirming
        : stage == Stage::Codes                ? m_codesPart
        : stage == Stage::On                   ? m_on
                                               : m_off;
    if (m_secret->commands() != m_model.secret())
        m_secret->setCommands(m_model.secret());
    if (m_link->commands() != m_model.uri())
        m_link->setCommands(m_model.uri());
    if (m_codes->commands() != m_model.codes().join(u'\n'))
        m_codes->setCommands(m_model.codes().join(u'\n'));
    m_facts->setText(
        tr("It is on since %1. %n recovery code(s) are left.", nullptr, m_model.facts().recoveryCodesLeft)
            .arg(RelativeTime::exact(m_model.facts().since)));
    const bool isNew = std::exchange(m_shown, part) != part;
    for (QWidget *each : {m_off, m_confirming, m_codesPart, m_on})
        each->setVisible(each == part && stage != Stage::Reading);
    m_begin->setVisible(stage == Stage::Off);
    m_confirm->setVisible(stage == Stage::Confirming);
    m_save->setVisible(stage == Stage::Codes);
    m_kept->setVisible(stage == Stage::Codes);
    m_end->setVisible(stage == Stage::On);
    m_close->setVisible(stage != Stage::Codes);
    m_close->setText(stage == Stage::On ? tr("Close") : tr("Cancel"));
    for (QPushButton *button : {m_begin, m_confirm, m_end})
        button->setEnabled(!m_model.isBusy());
    FormField *field = stage == Stage::Confirming ? m_codeField : m_passwordField;
    field->setError(m_model.fieldProblem());
    if (m_model.problem().statement.isEmpty())
        m_banner->hide();
    else
        m_banner->showMessage(Tone::Failed, Icon::FieldError, m_model.problem().statement,
                              m_model.problem().sentence);
    if (!isVisible() || !isNew)
        return;
    if (stage == Stage::Confirming)
        m_code->setFocus(Qt::TabFocusReason);
    else if (stage == Stage::Codes)
        m_save->setFocus(Qt::TabFocusReason);
    else if (stage == Stage::On)
        m_password->setFocus(Qt::TabFocusReason);
    else
        m_begin->setFocus(Qt::TabFocusReason);
}

void TwoStepSheet::submitCode()
{
    if (m_code->text().trimmed().isEmpty())
        return m_codeField->setError(tr("Enter the code."));
    m_model.confirm(m_code->text().trimmed());
}

void TwoStepSheet::submitEnd()
{
    if (m_password->text().isEmpty())
        return m_passwordField->setError(tr("Enter your password."));
    m_model.end(m_password->take());
}

void TwoStepSheet::saveCodes()
{
    auto *dialog = new QFileDialog(this, tr("Save the recovery codes"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(u"flagbridge-recovery-codes.txt"_s);
    connect(dialog, &QFileDialog::fileSelected, this, &TwoStepSheet::writeCodes);
    dialog->open();
}

void TwoStepSheet::writeCodes(const QString &file)
{
    QSaveFile out(file);
    const QByteArray text = m_model.codesText().toUtf8();
    if (!out.open(QIODevice::WriteOnly) || !out.setPermissions(QFile::ReadOwner | QFile::WriteOwner)
        || out.write(text) != text.size() || !out.commit())
        m_banner->showMessage(Tone::Failed, Icon::FieldError, tr("The file was not written."),
                              out.errorString());
    else
        m_kept->setFocus(Qt::TabFocusReason);
}

bool TwoStepSheet::mayClose()
{
    if (m_model.stage() != TwoStepViewModel::Stage::Codes)
        return true;
    m_banner->showMessage(Tone::Waiting, Icon::FieldError, tr("These codes are shown only now."),
                          tr("Copy or save them, then press \"I have kept them\"."));
    m_kept->setFocus(Qt::TabFocusReason);
    return false;
}

}
