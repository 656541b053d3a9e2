#include "ui/signin/change_password_sheet.h"

#include "ui/signin/secret_field.h"
#include "ui/theme/theme.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/edit_gate.h"
#include "ui/widgets/form_field.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/text_label.h"

#include <QPointer>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

ChangePasswordSheet::ChangePasswordSheet(SignInViewModel &model, QWidget *window)
    : Sheet(tr("Change your password"), window),
      m_model(model),
      m_banner(new Banner),
      m_old(new SecretField(u"passwordOld"_s, SignInViewModel::kLongestPassword)),
      m_fresh(new SecretField(u"passwordNew"_s, SignInViewModel::kLongestPassword)),
      m_again(new SecretField(u"passwordAgain"_s, SignInViewModel::kLongestPassword)),
      m_oldField(new FormField(tr("Current password"), m_old)),
      m_freshField(new FormField(tr("New password"), m_fresh,
                                 tr("At least %1 characters. A few words that belong to nobody else.")
                                     .arg(SignInViewModel::kShortestPassword))),
      m_againField(new FormField(tr("New password again"), m_again)),
      m_save(makeButton(u"passwordSave"_s, tr("Change password"), Icon::None, ButtonKind::Primary))
{
    setObjectName(u"changePasswordSheet"_s);
    m_banner->hide();
    auto *words
        = new TextLabel(tr("All your other sessions end, on this machine and elsewhere. This one goes on."),
                        TextRole::Body, Token::Text2);
    words->setWordWrap(true);
    body()->addWidget(words);
    body()->addWidget(m_banner);
    for (FormField *field : {m_oldField, m_freshField, m_againField})
        body()->addWidget(field);
    body()->addStretch(1);
    auto *cancel = makeButton(u"passwordCancel"_s, tr("Cancel"));
    markChange(m_save);
    foot()->addStretch(1);
    foot()->addWidget(cancel);
    foot()->addWidget(m_save);
    connect(cancel, &QPushButton::clicked, this, &Sheet::close);
    connect(m_save, &QPushButton::clicked, this, &ChangePasswordSheet::submit);
    for (FormField *field : {m_oldField, m_freshField, m_againField}) {
        auto *edit = qobject_cast<QLineEdit *>(field->field());
        connect(edit, &QLineEdit::textEdited, this, [field] { field->setError({}); });
        connect(edit, &QLineEdit::returnPressed, this, &ChangePasswordSheet::submit);
    }
}

bool ChangePasswordSheet::check()
{
    if (m_old->text().isEmpty())
        m_oldField->setError(tr("Enter your current password."));
    m_freshField->setError(SignInViewModel::passwordFault(m_fresh->text()));
    if (m_freshField->error().isEmpty() && m_fresh->text() != m_again->text())
        m_againField->setError(tr("The passwords do not match."));
    for (FormField *field : {m_oldField, m_freshField, m_againField}) {
        if (!field->error().isEmpty()) {
            field->field()->setFocus();
            return false;
        }
    }
    return true;
}

void ChangePasswordSheet::submit()
{
    if (!m_save->isEnabled() || EditGate::waits(*m_save) || !check())
        return;
    m_banner->hide();
    m_save->setEnabled(false);
    m_model.changePassword(
        m_old->text(), m_fresh->text(), [sheet = QPointer(this)](const SignInAnswer &answer) {
            if (!sheet)
                return;
            sheet->m_save->setEnabled(true);
            if (answer.state == SignInAnswer::State::SignedIn) {
                emit sheet->passwordChanged();
                return sheet->close();
            }
            if (answer.problem.field == u"Password")
                return sheet->m_freshField->setError(answer.problem.words());
            const SignInViewModel::Problem problem = sheet->m_model.problemOf(answer);
            if (answer.state == SignInAnswer::State::Wrong || answer.state == SignInAnswer::State::Waits) {
                sheet->m_oldField->setError((problem.statement + u' ' + problem.sentence).trimmed());
                sheet->m_old->clear();
                return sheet->m_old->setFocus();
            }
            sheet->m_banner->showMessage(Tone::Failed, Icon::FieldError, problem.statement, problem.sentence);
        });
}

}
