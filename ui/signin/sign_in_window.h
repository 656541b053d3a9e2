#pragma once
// The window before the console, and in its place while it is locked: name and password, the second step, unlocking. Everything by keys: Enter
// goes on, Esc goes back (ux.md 1, 13). Ui thread.

#include "models/signin/sign_in_view_model.h"

#include <QWidget>

class QCheckBox;
class QLineEdit;
class QPushButton;
class QStackedWidget;
class QVBoxLayout;

namespace fb {

class Banner;
class FormField;
class SecretField;
class Surface;
class TextLabel;

class SignInWindow : public QWidget
{
    Q_OBJECT
public:
    // `store`: what is signed in to, for people who have several.
    SignInWindow(SignInViewModel &model, const QString &store, QWidget *parent = nullptr);

signals:
    void quitClicked();

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void closeEvent(QCloseEvent *event) override;
    bool focusNextPrevChild(bool next) override;

private:
    QWidget *makeStarting();
    QWidget *makePassword();
    QWidget *makeCode();
    QWidget *makeLocked();
    QVBoxLayout *columnOf(QWidget *part) const;
    void showPart(SignInViewModel::Stage stage);
    void refresh();
    void submitPassword();
    void submitCode();
    void submitUnlock();
    void focusField(bool anew);

    SignInViewModel &m_model;
    QStackedWidget *m_parts;
    TextLabel *m_title;
    TextLabel *m_store;
    QPushButton *m_quit;
    TextLabel *m_note;
    Banner *m_banner;
    QWidget *m_starting;
    QWidget *m_password;
    QWidget *m_code;
    QWidget *m_locked;
    QLineEdit *m_name;
    FormField *m_nameField;
    SecretField *m_secret;
    FormField *m_secretField;
    QCheckBox *m_stay;
    QPushButton *m_signIn;
    SecretField *m_codeEdit;
    FormField *m_codeField;
    QPushButton *m_goOn;
    QPushButton *m_back;
    TextLabel *m_who;
    SecretField *m_unlockEdit;
    FormField *m_unlockField;
    QPushButton *m_unlock;
    QPushButton *m_signOut;
};

}
