#pragma once
// The operator's own password: the old one, the new one twice. Ui thread.

#include "models/signin/sign_in_view_model.h"
#include "ui/widgets/sheet.h"

class QPushButton;

namespace fb {

class Banner;
class FormField;
class SecretField;

class ChangePasswordSheet : public Sheet
{
    Q_OBJECT
public:
    ChangePasswordSheet(SignInViewModel &model, QWidget *window);

signals:
    void passwordChanged();

private:
    void submit();
    bool check();

    SignInViewModel &m_model;
    Banner *m_banner;
    SecretField *m_old;
    SecretField *m_fresh;
    SecretField *m_again;
    FormField *m_oldField;
    FormField *m_freshField;
    FormField *m_againField;
    QPushButton *m_save;
};

}
