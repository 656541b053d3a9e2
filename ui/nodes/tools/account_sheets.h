#pragma once
// What is asked for users and groups of a node: a new user, a password, a name, one of several groups. Ui thread.

#include "models/nodes/tools/account_row.h"
#include "ui/widgets/sheet.h"

class QComboBox;
class QLineEdit;

namespace fb {

class FormField;

// A password and the same again; it is nowhere but in the fields.
class PasswordFields : public QObject
{
    Q_OBJECT
public:
    // `name`: prefix of object names.
    PasswordFields(const QString &name, const QString &label, const QString &help, QVBoxLayout *form,
                   QObject *parent);
    bool check(bool isNeeded); // else says why not, and has the focus
    QByteArray password() const;
    QList<QLineEdit *> edits() const { return {m_first, m_again}; }

private:
    QLineEdit *m_first;
    QLineEdit *m_again;
    FormField *m_firstField;
    FormField *m_againField;
};

class NewUserSheet : public Sheet
{
    Q_OBJECT
public:
    NewUserSheet(const QString &nodeName, QWidget *window);

signals:
    void chosen(const fb::AccountDeed &deed);

private:
    void submit();

    QLineEdit *m_name;
    QLineEdit *m_comment;
    QLineEdit *m_shell;
    QLineEdit *m_groups;
    FormField *m_nameField;
    FormField *m_shellField;
    PasswordFields *m_password;
};

class PasswordSheet : public Sheet
{
    Q_OBJECT
public:
    PasswordSheet(const QString &user, QWidget *window);

signals:
    void chosen(const QByteArray &password);

private:
    PasswordFields *m_password;
};

class NewGroupSheet : public Sheet
{
    Q_OBJECT
public:
    NewGroupSheet(const QString &nodeName, QWidget *window);

signals:
    void chosen(const QString &name);

private:
    QLineEdit *m_name;
    FormField *m_field;
};

class GroupChoiceSheet : public Sheet
{
    Q_OBJECT
public:
    GroupChoiceSheet(const QString &title, const QStringList &groups, const QString &verb, QWidget *window);

signals:
    void chosen(const QString &group);

private:
    QComboBox *m_group;
};

}
