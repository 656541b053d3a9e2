#pragma once
// Two-step sign-in of the operator: set up with an authenticator, recovery codes (shown once), turn off. Ui thread.

#include "models/signin/two_step_view_model.h"
#include "ui/widgets/sheet.h"

class QPushButton;

namespace fb {

class Banner;
class CommandText;
class FormField;
class SecretField;
class TextLabel;

class TwoStepSheet : public Sheet
{
    Q_OBJECT
public:
    TwoStepSheet(SignInViewModel &signIn, QWidget *window);

protected:
    bool mayClose() override; // codes that nobody has kept are not thrown away by Esc

private:
    QWidget *makeOff();
    QWidget *makeConfirming();
    QWidget *makeCodes();
    QWidget *makeOn();
    void refresh();
    void submitCode();
    void submitEnd();
    void saveCodes();
    void writeCodes(const QString &file);

    TwoStepViewModel m_model;
    Banner *m_banner;
    QWidget *m_shown = nullptr; // of the parts below
    QWidget *m_off;
    QWidget *m_confirming;
    QWidget *m_codesPart;
    QWidget *m_on;
    CommandText *m_secret;
    CommandText *m_link;
    SecretField *m_code;
    FormField *m_codeField;
    CommandText *m_codes;
    TextLabel *m_facts;
    SecretField *m_password;
    FormField *m_passwordField;
    QPushButton *m_begin;
    QPushButton *m_confirm;
    QPushButton *m_save;
    QPushButton *m_kept;
    QPushButton *m_end;
    QPushButton *m_close;
};

}
