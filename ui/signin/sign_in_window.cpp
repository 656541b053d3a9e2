#include "ui/signin/sign_in_window.h"

#include "ui/signin/secret_field.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/button_keys.h"
#include "ui/widgets/form_field.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/icon_label.h"
#include "ui/widgets/reading_order.h"
#include "ui/widgets/surface.h"
#include "ui/widgets/text_label.h"

#include <QCheckBox>
#include <QCloseEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr int kLongestOperatorName = 64;
    constexpr int kLongestCode = 40;
    constexpr int kLogoSize = 40;
}

SignInWindow::SignInWindow(SignInViewModel &model, const QString &store, QWidget *parent)
    : QWidget(parent),
      m_model(model),
      m_parts(new QStackedWidget),
      m_title(new TextLabel(TextRole::Hero)),
      m_store(new TextLabel(store, TextRole::Small, Token::Text2)),
      m_quit(makeButton(u"signInQuit"_s, tr("Quit"), Icon::Quit, ButtonKind::Link)),
      m_note(new TextLabel(TextRole::Body, Token::Text2)),
      m_banner(new Banner)
{
    const Metrics &m = themeOf(this).metrics();
    setObjectName(u"signInWindow"_s);
    setWindowTitle(u"Flagbridge"_s);
    setWindowIcon(QIcon(u":/logo/logo.svg"_s));
    setMinimumSize(m.lines(26), m.lines(22));
    resize(m.lines(42), m.lines(29));
    m_title->setObjectName(u"signInTitle"_s);
    m_note->setObjectName(u"signInNote"_s);
    m_note->setWordWrap(true);
    m_store->setObjectName(u"signInStore"_s);
    m_store->setWrapsAnywhere(m.lines(10));
    m_banner->setObjectName(u"signInBanner"_s);
    m_banner->hide();
    auto *logo = new QLabel;
    logo->setPixmap(QIcon(u":/logo/logo.svg"_s).pixmap(QSize(kLogoSize, kLogoSize), devicePixelRatioF()));

    m_parts->addWidget(m_starting = makeStarting());
    m_parts->addWidget(m_password = makePassword());
    m_parts->addWidget(m_code = makeCode());
    m_parts->addWidget(m_locked = makeLocked());

    auto *card = Surface::card();
    card->setFixedWidth(m.lines(23));
    auto *column = new QVBoxLayout(card);
    column->setContentsMargins(m.step(8), m.step(7), m.step(8), m.step(7));
    column->setSpacing(m.step(3));
    column->addWidget(logo);
    column->addWidget(m_title);
    column->addWidget(m_note);
    column->addWidget(m_banner);
    column->addWidget(m_parts);
    auto *middle = new QHBoxLayout;
    middle->addStretch(1);
    middle->addWidget(card);
    middle->addStretch(1);
    auto *foot = new QHBoxLayout;
    foot->addWidget(m_store, 1);
    connect(m_quit, &QPushButton::clicked, this, &SignInWindow::quitClicked);
    foot->addWidget(m_quit);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(m.step(6), m.step(5), m.step(6), m.step(4));
    all->addStretch(2);
    all->addLayout(middle);
    all->addStretch(3);
    all->addLayout(foot);

    connect(&m_model, &SignInViewModel::changed, this, &SignInWindow::refresh);
    connect(&m_model, &SignInViewModel::stageChanged, this, [this] { focusField(true); });
    connect(&m_model, &SignInViewModel::attemptFailed, this, [this] { focusField(false); });
    refresh();
    focusField(true);
}

QVBoxLayout *SignInWindow::columnOf(QWidget *part) const
{
    auto *column = new QVBoxLayout(part);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(themeOf(this).metrics().step(3));
    return column;
}

QWidget *SignInWindow::makeStarting()
{
    auto *part = new QWidget;
    auto *words = new TextLabel(tr("The engine is starting. You can sign in as soon as the store is open."),
                                TextRole::Body, Token::Text2);
    words->setWordWrap(true);
    columnOf(part)->addWidget(words);
    return part;
}

QWidget *SignInWindow::makePassword()
{
    auto *part = new QWidget;
    m_name = new QLineEdit;
    m_name->setObjectName(u"signInName"_s);
    m_name->setMaxLength(kLongestOperatorName);
    m_secret = new SecretField(u"signInPassword"_s, SignInViewModel::kLongestPassword);
    m_nameField = new FormField(tr("Name"), m_name, {}, true);
    m_secretField = new FormField(tr("Password"), m_secret, {}, true);
    m_stay = new QCheckBox(tr("Stay signed in on this machine"));
    m_stay->setObjectName(u"signInStay"_s);
    m_signIn = makeButton(u"signInSubmit"_s, tr("Sign in"), Icon::None, ButtonKind::Primary);
    auto *column = columnOf(part);
    column->addWidget(m_nameField);
    column->addWidget(m_secretField);
    column->addWidget(m_stay);
    column->addWidget(m_signIn, 0, Qt::AlignRight);
    connect(m_signIn, &QPushButton::clicked, this, &SignInWindow::submitPassword);
    connect(m_secret, &QLineEdit::returnPressed, this, &SignInWindow::submitPassword);
    connect(m_name, &QLineEdit::returnPressed, this, &SignInWindow::submitPassword);
    connect(m_name, &QLineEdit::textEdited, this, [this] { m_nameField->setError({}); });
    connect(m_secret, &QLineEdit::textEdited, this, [this] { m_secretField->setError({}); });
    return part;
}

QWidget *SignInWindow::makeCode()
{
    auto *part = new QWidget;
    m_codeEdit = new SecretField(u"signInCode"_s, kLongestCode);
    m_codeEdit->setRevealed(true); // it is good for half a minute
    m_codeField = new FormField(
        tr("Code"), m_codeEdit,
        tr("The six digits that your authenticator shows, or one of your recovery codes."), true);
    m_goOn = makeButton(u"signInGoOn"_s, tr("Go on"), Icon::None, ButtonKind::Primary);
    m_back = makeButton(u"signInBack"_s, tr("Back"));
    auto *line = new QHBoxLayout;
    line->setSpacing(themeOf(this).metrics().toolGap());
    line->addWidget(m_back);
    line->addStretch(1);
    line->addWidget(m_goOn);
    auto *column = columnOf(part);
    column->addWidget(m_codeField);
    column->addLayout(line);
    connect(m_goOn, &QPushButton::clicked, this, &SignInWindow::submitCode);
    connect(m_codeEdit, &QLineEdit::returnPressed, this, &SignInWindow::submitCode);
    connect(m_codeEdit, &QLineEdit::textEdited, this, [this] { m_codeField->setError({}); });
    connect(m_back, &QPushButton::clicked, &m_model, &SignInViewModel::backToPassword);
    return part;
}

QWidget *SignInWindow::makeLocked()
{
    auto *part = new QWidget;
    m_who = new TextLabel(TextRole::BodyMedium);
    m_who->setObjectName(u"lockedWho"_s);
    m_who->setElided(Qt::ElideRight);
    m_unlockEdit = new SecretField(u"unlockPassword"_s, SignInViewModel::kLongestPassword);
    m_unlockField = new FormField(tr("Password"), m_unlockEdit, {}, true);
    m_unlock = makeButton(u"unlockSubmit"_s, tr("Unlock"), Icon::Unlock, ButtonKind::Primary);
    m_signOut = makeButton(u"unlockSignOut"_s, tr("Sign out"));
    auto *line = new QHBoxLayout;
    line->setSpacing(themeOf(this).metrics().toolGap());
    line->addWidget(m_signOut);
    line->addStretch(1);
    line->addWidget(m_unlock);
    auto *who = new QHBoxLayout;
    who->setSpacing(themeOf(this).metrics().step(2));
    who->addWidget(new IconLabel(Icon::RunAs));
    who->addWidget(m_who, 1);
    auto *column = columnOf(part);
    column->addLayout(who);
    column->addWidget(m_unlockField);
    column->addLayout(line);
    connect(m_unlock, &QPushButton::clicked, this, &SignInWindow::submitUnlock);
    connect(m_unlockEdit, &QLineEdit::returnPressed, this, &SignInWindow::submitUnlock);
    connect(m_unlockEdit, &QLineEdit::textEdited, this, [this] { m_unlockField->setError({}); });
    connect(m_signOut, &QPushButton::clicked, &m_model, &SignInViewModel::signOut);
    return part;
}

void SignInWindow::showPart(SignInViewModel::Stage stage)
{
    using Stage = SignInViewModel::Stage;
    QWidget *part = stage == Stage::Locked ? m_locked
        : stage == Stage::Code             ? m_code
        : stage == Stage::Starting         ? m_starting
                                           : m_password;
    for (QWidget *each : {m_starting, m_password, m_code, m_locked}) // the card is as high as what it shows
        each->setSizePolicy(QSizePolicy::Preferred,
                            each == part ? QSizePolicy::Preferred : QSizePolicy::Ignored);
    m_parts->setCurrentWidget(part);
    m_title->setText(stage == Stage::Locked     ? tr("Locked")
                         : stage == Stage::Code ? tr("Second step")
                                                : tr("Sign in to Flagbridge"));
}

void SignInWindow::refresh()
{
    using Stage = SignInViewModel::Stage;
    showPart(m_model.stage());
    const QString note = m_model.stage() == Stage::Locked
        ? tr("Commands, sessions and schedules go on behind this window.")
        : m_model.stage() == Stage::Password ? m_model.note()
                                             : QString();
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
    m_who->setText(m_model.who().name.isEmpty()
                       ? QString()
                       : tr("%1 (%2)").arg(visibleText(m_model.who().name, 64),
                                           AllowedActions::roleWord(m_model.who().role)));
    const SignInViewModel::Problem problem = m_model.problem();
    if (problem.statement.isEmpty())
        m_banner->hide();
    else
        m_banner->showMessage(m_model.isHeld() ? Tone::Waiting : Tone::Failed,
                              m_model.isHeld() ? Icon::Waiting : Icon::FieldError, problem.statement,
                              problem.sentence);
    const bool free = !m_model.isBusy() && !m_model.isHeld();
    for (QPushButton *button : {m_signIn, m_goOn, m_unlock})
        button->setEnabled(free);
    m_signIn->setText(m_model.isBusy() ? tr("Signing in...") : tr("Sign in"));
    m_unlock->setText(m_model.isBusy() ? tr("Unlocking...") : tr("Unlock"));
    m_back->setEnabled(!m_model.isBusy());
    m_quit->setVisible(m_model.stage() != Stage::Locked);
    const QString whyNot = m_model.whyNotStay();
    m_stay->setEnabled(whyNot.isEmpty());
    m_stay->setToolTip(whyNot);
    m_stay->setAccessibleDescription(whyNot);
}

void SignInWindow::focusField(bool anew)
{
    switch (m_model.stage()) {
    case SignInViewModel::Stage::Password:
        if (anew) {
            m_secret->take();
            if (m_name->text().isEmpty())
                m_name->setText(m_model.lastName());
        }
        if (m_name->text().isEmpty())
            m_name->setFocus(Qt::TabFocusReason);
        else
            m_secret->setFocus(Qt::TabFocusReason);
        break;
    case SignInViewModel::Stage::Code:
        m_codeEdit->clear();
        m_codeEdit->setFocus(Qt::TabFocusReason);
        break;
    case SignInViewModel::Stage::Locked:
        m_unlockEdit->take();
        m_unlockEdit->setFocus(Qt::TabFocusReason);
        break;
    default:
        break;
    }
}

void SignInWindow::submitPassword()
{
    if (!m_signIn->isEnabled())
        return;
    if (m_name->text().trimmed().isEmpty()) {
        m_nameField->setError(tr("Enter your name, as an administrator gave it to you."));
        return m_name->setFocus();
    }
    if (m_secret->text().isEmpty()) {
        if (focusWidget() == m_secret)
            m_secretField->setError(tr("Enter your password."));
        return m_secret->setFocus();
    }
    m_model.signIn(m_name->text().trimmed(), m_secret->take(), m_stay->isEnabled() && m_stay->isChecked());
}

void SignInWindow::submitCode()
{
    if (!m_goOn->isEnabled())
        return;
    if (m_codeEdit->text().trimmed().isEmpty())
        return m_codeField->setError(tr("Enter the code."));
    m_model.enterCode(m_codeEdit->text().trimmed());
}

void SignInWindow::submitUnlock()
{
    if (!m_unlock->isEnabled())
        return;
    if (m_unlockEdit->text().isEmpty())
        return m_unlockField->setError(tr("Enter your password."));
    m_model.unlock(m_unlockEdit->take());
}

bool SignInWindow::focusNextPrevChild(bool next) { return focusInReadingOrder(this, next); }

void SignInWindow::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && m_model.stage() == SignInViewModel::Stage::Code)
        return m_model.backToPassword();
    if (!clickByEnter(*event, focusWidget()))
        QWidget::keyPressEvent(event);
}

// What runs behind the lock is not ended by a click of whoever passes by.
void SignInWindow::closeEvent(QCloseEvent *event)
{
    if (m_model.stage() != SignInViewModel::Stage::Locked)
        return event->accept();
    event->ignore();
    m_banner->showMessage(Tone::Accent, Icon::Lock, tr("This console is locked."),
                          tr("Unlock it, or sign out, before you close it."));
    m_unlockEdit->setFocus();
}

void SignInWindow::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), themeOf(this).color(Token::Page));
}

}
