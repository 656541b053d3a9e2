#include "ui/nodes/tools/account_sheets.h"

#include "ui/widgets/edit_gate.h"
#include "ui/widgets/form_field.h"
#include "ui/widgets/icon_button.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    constexpr qsizetype kMostPasswordBytes = 256;

    QLineEdit *makeEdit(const QString &name)
    {
        auto *edit = new QLineEdit;
        edit->setObjectName(name);
        return edit;
    }

    // Cancel and what the sheet is for, at its foot.
    QPushButton *fillFoot(Sheet &sheet, QHBoxLayout *foot, const QString &name, const QString &cancelText,
                          const QString &verb)
    {
        auto *cancel = makeButton(name + u"Cancel"_s, cancelText);
        auto *confirm = makeButton(name + u"Confirm"_s, verb, Icon::None, ButtonKind::Primary);
        markChange(confirm);
        foot->addStretch(1);
        foot->addWidget(cancel);
        foot->addWidget(confirm);
        QObject::connect(cancel, &QPushButton::clicked, &sheet, &Sheet::close);
        return confirm;
    }
}

PasswordFields::PasswordFields(const QString &name, const QString &label, const QString &help,
                               QVBoxLayout *form, QObject *parent)
    : QObject(parent),
      m_first(makeEdit(name + u"Password"_s)),
      m_again(makeEdit(name + u"PasswordAgain"_s))
{
    m_firstField = new FormField(label, m_first, help, true);
    m_againField = new FormField(tr("Repeat the password"), m_again, {}, true);
    for (QLineEdit *edit : edits()) {
        edit->setEchoMode(QLineEdit::Password);
        connect(edit, &QLineEdit::textEdited, this, [this] {
            m_firstField->setError({});
            m_againField->setError({});
        });
    }
    form->addWidget(m_firstField);
    form->addWidget(m_againField);
}

bool PasswordFields::check(bool isNeeded)
{
    const qsizetype bytes = m_first->text().toUtf8().size();
    if (bytes == 0 && isNeeded)
        m_firstField->setError(tr("Enter a password."));
    else if (bytes > kMostPasswordBytes)
        m_firstField->setError(
            tr("The password has %1 bytes; at most %2 are allowed.").arg(bytes).arg(kMostPasswordBytes));
    if (!m_firstField->error().isEmpty()) {
        m_first->setFocus();
        return false;
    }
    if (m_first->text() == m_again->text())
        return true;
    m_againField->setError(tr("The passwords do not match."));
    m_again->setFocus();
    return false;
}

QByteArray PasswordFields::password() const { return m_first->text().toUtf8(); }

NewUserSheet::NewUserSheet(const QString &nodeName, QWidget *window)
    : Sheet(tr("New user on %1").arg(nodeName), window),
      m_name(makeEdit(u"newUserName"_s)),
      m_comment(makeEdit(u"newUserComment"_s)),
      m_shell(makeEdit(u"newUserShell"_s)),
      m_groups(makeEdit(u"newUserGroups"_s))
{
    setObjectName(u"newUserSheet"_s);
    m_nameField = new FormField(tr("Name"), m_name, tr("1 to 32 of a-z, 0-9, _ and -."), true);
    m_shellField = new FormField(tr("Shell"), m_shell,
                                 tr("A path such as /bin/bash. If empty, the node's default."), true);
    body()->addWidget(m_nameField);
    body()->addWidget(new FormField(tr("Full name"), m_comment, {}, true));
    body()->addWidget(m_shellField);
    body()->addWidget(new FormField(tr("Additional groups"), m_groups,
                                    tr("Names separated by commas, such as adm, docker."), true));
    m_password = new PasswordFields(
        u"newUser"_s, tr("Password"),
        tr("Without one, no one can log in with a password. It is sent only to the node and never logged."),
        body(), this);
    body()->addStretch(1);
    auto *confirm = fillFoot(*this, foot(), u"newUser"_s, tr("Cancel"), tr("Create the user"));
    connect(confirm, &QPushButton::clicked, this, &NewUserSheet::submit);
    for (QLineEdit *edit : QList<QLineEdit *> {m_name, m_comment, m_shell, m_groups} + m_password->edits())
        connect(edit, &QLineEdit::returnPressed, confirm, &QPushButton::click);
    connect(m_name, &QLineEdit::textEdited, this, [this] { m_nameField->setError({}); });
    connect(m_shell, &QLineEdit::textEdited, this, [this] { m_shellField->setError({}); });
}

void NewUserSheet::submit()
{
    AccountDeed deed {.kind = AccountDeed::Kind::CreateUser};
    deed.user = m_name->text().trimmed();
    deed.comment = m_comment->text().trimmed();
    deed.shell = m_shell->text().trimmed();
    const QStringList names = m_groups->text().split(u',');
    for (const QString &name : names) {
        if (!name.trimmed().isEmpty())
            deed.groups << name.trimmed();
    }
    if (const QString problem = AccountColumns::nameProblem(deed.user); !problem.isEmpty()) {
        m_nameField->setError(problem);
        return m_name->setFocus();
    }
    if (!deed.shell.isEmpty() && !deed.shell.startsWith(u'/')) {
        m_shellField->setError(tr("Enter a path that begins with /."));
        return m_shell->setFocus();
    }
    if (!m_password->check(false))
        return;
    deed.password = m_password->password();
    emit chosen(deed);
    close();
}

PasswordSheet::PasswordSheet(const QString &user, QWidget *window)
    : Sheet(tr("Password of %1").arg(user), window),
      m_password(nullptr)
{
    setObjectName(u"passwordSheet"_s);
    m_password = new PasswordFields(u"userPassword"_s, tr("New password"),
                                    tr("It is sent only to the node and never logged."), body(), this);
    body()->addStretch(1);
    auto *confirm = fillFoot(*this, foot(), u"userPassword"_s, tr("Cancel"), tr("Set the password"));
    connect(confirm, &QPushButton::clicked, this, [this] {
        if (!m_password->check(true))
            return;
        emit chosen(m_password->password());
        close();
    });
    for (QLineEdit *edit : m_password->edits())
        connect(edit, &QLineEdit::returnPressed, confirm, &QPushButton::click);
}

NewGroupSheet::NewGroupSheet(const QString &nodeName, QWidget *window)
    : Sheet(tr("New group on %1").arg(nodeName), window),
      m_name(makeEdit(u"newGroupName"_s))
{
    setObjectName(u"newGroupSheet"_s);
    m_field = new FormField(tr("Name"), m_name, tr("1 to 32 of a-z, 0-9, _ and -."), true);
    body()->addWidget(m_field);
    body()->addStretch(1);
    auto *confirm = fillFoot(*this, foot(), u"newGroup"_s, tr("Cancel"), tr("Create the group"));
    connect(m_name, &QLineEdit::returnPressed, confirm, &QPushButton::click);
    connect(m_name, &QLineEdit::textEdited, this, [this] { m_field->setError({}); });
    connect(confirm, &QPushButton::clicked, this, [this] {
        const QString name = m_name->text().trimmed();
        m_field->setError(AccountColumns::nameProblem(name));
        if (!m_field->error().isEmpty())
            return m_name->setFocus();
        emit chosen(name);
        close();
    });
}

GroupChoiceSheet::GroupChoiceSheet(const QString &title, const QStringList &groups, const QString &verb,
                                   QWidget *window)
    : Sheet(title, window),
      m_group(new QComboBox)
{
    setObjectName(u"groupChoiceSheet"_s);
    m_group->setObjectName(u"groupChoice"_s);
    m_group->addItems(groups);
    body()->addWidget(new FormField(tr("Group"), m_group));
    body()->addStretch(1);
    auto *confirm = fillFoot(*this, foot(), u"groupChoice"_s, tr("Cancel"), verb);
    connect(confirm, &QPushButton::clicked, this, [this] {
        emit chosen(m_group->currentText());
        close();
    });
}

}
