#pragma once
// Makes the first administrator who signs in with a password; from then on this console asks for it (ux.md 13). Ui thread.

#include "models/signin/sign_in_view_model.h"
#include "ui/widgets/sheet.h"

class QLineEdit;
class QPushButton;

namespace fb {

class Banner;
class FormField;
class SecretField;

class FirstAdministratorSheet : public Sheet
{
    Q_OBJECT
public:
    FirstAdministratorSheet(SignInViewModel &model, const QString &suggestedName, QWidget *window);

private:
    void submit();
    bool check();

    SignInViewModel &m_model;
    Banner *m_banner;
    QLineEdit *m_name;
    SecretField *m_password;
    SecretField *m_again;
    FormField *m_nameField;
    FormField *m_passwordField;
    FormField *m_againField;
    QPushButton *m_make;
};

}
