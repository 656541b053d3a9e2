#pragma once
// A node's page > Users and groups (spec/fleet-manager.md 3.7): both as tables; create, delete, password, lock, membership. Reads only while
// it is shown. Ui thread.

#include "models/nodes/tools/accounts_view_model.h"
#include "ui/nodes/tools/tool_tab.h"

class QMenu;
class QPushButton;

namespace fb {

class DataTable;
class TabStack;
class TableBar;

class AccountsTab : public ToolTab
{
    Q_OBJECT
public:
    AccountsTab(AccountSource &source, const QString &nodeId, QWidget *parent = nullptr);
    void setNodeName(const QString &name) { m_nodeName = name; } // for questions
    void focusFilter();

protected:
    void setLooking(bool looking) override { m_model.setLooking(looking); }

private:
    QWidget *makeUsers();
    QWidget *makeGroups();
    void update();
    void updateActions();
    QString whyNot(bool hasChoice, const QString &choose) const; // nothing can be done; empty: something can
    void fillUserMenu(QMenu *menu);
    void askDeleteUser(bool withHome);
    void askDeleteGroup();
    void openNewUser();
    void openNewGroup();
    void openPassword();
    void openMembership(bool adds);
    void setLocked(bool locks);
    AccountDeed deedFor(const AccountRow &row, AccountDeed::Kind kind) const;
    void showDone(const AccountDeed &deed);
    void showRefused(const AccountDeed &deed, const ShownError &problem);

    AccountsViewModel m_model;
    QString m_nodeName;
    TabStack *m_tabs;
    DataTable *m_users;
    DataTable *m_groups;
    TableBar *m_userBar;
    TableBar *m_groupBar;
    QPushButton *m_newUser;
    QPushButton *m_password;
    QPushButton *m_actions;
    QPushButton *m_newGroup;
    QPushButton *m_deleteGroup;
};

}
