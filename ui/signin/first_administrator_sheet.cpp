#include "ui/signin/first_administrator_sheet.h"

#include "ui/signin/secret_field.h"
#include "ui/theme/theme.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/edit_gate.h"
#include "ui/widgets/form_field.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/text_label.h"

#include <QPointer>
#include <QRegularExpression>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr int kLongestAdministratorName = 64;
}

FirstAdministratorSheet::FirstAdministratorSheet(SignInViewModel &model, const QString &suggestedName,
                                                 QWidget *window)
    : Sheet(tr("Make the first administrator"), window),
      m_model(model),
      m_banner(new Banner),
      m_name(new QLineEdit(suggestedName)),
      m_password(new SecretField(u"firstPassword"_s, SignInViewModel::kLongestPassword)),
      m_again(new SecretField(u"firstAgain"_s, SignInViewModel::kLongestPassword)),
      m_nameField(
          new FormField(tr("Name"), m_name, tr("What you sign in with, and what the audit log shows."))),
      m_passwordField(new FormField(tr("Password"), m_password,
                                    tr("At least %1 characters. A few words that belong to nobody else.")
                                        .arg(SignInViewModel::kShortestPassword))),
      m_againField(new FormField(tr("Password again"), m_again)),
      m_make(makeButton(u"firstMake"_s, tr("Make administrator"), Icon::None, ButtonKind::Primary))
{
    setObjectName(u"firstAdministratorSheet"_s);
    m_name->setObjectName(u"firstName"_s);
    m_name->setMaxLength(kLongestAdministratorName);
    m_name->setMinimumWidth(themeOf(this).metrics().lines(12));
    m_banner->hide();
    auto *words = new TextLabel(tr("Until now whoever opens this console on this machine is its "
                                   "administrator. With an administrator who "
                                   "has a password, the console asks who you are: each person works under a "
                                   "name and role of their own, "
                                   "and an unattended console locks."),
                                TextRole::Body, Token::Text2);
    words->setWordWrap(true);
    body()->addWidget(words);
    body()->addWidget(m_banner);
    for (FormField *field : {m_nameField, m_passwordField, m_againField})
        body()->addWidget(field);
    body()->addStretch(1);
    auto *cancel = makeButton(u"firstCancel"_s, tr("Cancel"));
    markChange(m_make);
    foot()->addStretch(1);
    foot()->addWidget(cancel);
    foot()->addWidget(m_make);
    connect(cancel, &QPushButton::clicked, this, &Sheet::close);
    connect(m_make, &QPushButton::clicked, this, &FirstAdministratorSheet::submit);
    for (FormField *field : {m_nameField, m_passwordField, m_againField}) {
        auto *edit = qobject_cast<QLineEdit *>(field->field());
        connect(edit, &QLineEdit::textEdited, this, [field] { field->setError({}); });
        connect(edit, &QLineEdit::returnPressed, this, &FirstAdministratorSheet::submit);
    }
}

bool FirstAdministratorSheet::check()
{
    static const QRegularExpression allowed(u"^[A-Za-z0-9+=,.@_-]{1,64}$"_s);
    if (!allowed.match(m_name->text()).hasMatch())
        m_nameField->setError(tr("Enter 1 to 64 letters, digits or + = , . @ _ -"));
    m_passwordField->setError(SignInViewModel::passwordFault(m_password->text()));
    if (m_passwordField->error().isEmpty() && m_password->text() != m_again->text())
        m_againField->setError(tr("The passwords do not match."));
    for (FormField *field : {m_nameField, m_passwordField, m_againField}) {
        if (!field->error().isEmpty()) {
            field->field()->setFocus();
            return false;
        }
    }
    return true;
}

void FirstAdministratorSheet::submit()
{
    if (!m_make->isEnabled() || EditGate::waits(*m_make) || !check())
        return;
    m_banner->hide();
    m_make->setEnabled(false);
    m_model.setLastName(m_name->text());
    m_model.makeFirstAdministrator(
        m_name->text(), m_password->text(), [sheet = QPointer(this)](const ShownError &problem) {
            if (!sheet)
                return;
            sheet->m_make->setEnabled(true);
            if (problem.isEmpty())
                return sheet->close(); // the console asks to sign in now
            if (problem.field == u"Name")
                return sheet->m_nameField->setError(problem.words());
            if (problem.field == u"Password")
                return sheet->m_passwordField->setError(problem.words());
            sheet->m_banner->showProblem(problem, tr("The administrator was not made."));
        });
}

}
