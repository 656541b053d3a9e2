#include "ui/nodes/tools/accounts_tab.h"

#include "models/table/relative_time.h"
#include "models/table/visible_text.h"
#include "ui/nodes/tools/account_sheets.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/confirm_sheet.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/edit_gate.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/no_match.h"
#include "ui/widgets/surface.h"
#include "ui/widgets/tab_stack.h"
#include "ui/widgets/table_bar.h"
#include "ui/widgets/text_label.h"

#include <QHeaderView>
#include <QMenu>
#include <QPushButton>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;
using Kind = AccountDeed::Kind;

namespace {
    QList<ColumnSpec> userColumns()
    {
        using Column = AccountColumns::Column;
        return {{Column::Name, CellKind::Name, 9},
                {Column::Number, CellKind::Number, 4.5},
                {Column::State, CellKind::State, 8},
                {Column::LastLogin, CellKind::Number, 6.5},
                {Column::Groups, CellKind::Text, 10, true},
                {Column::Home, CellKind::Text, 9},
                {Column::Shell, CellKind::Text, 8},
                {Column::Expires, CellKind::Number, 11, false, false},
                {Column::Comment, CellKind::Text, 9, false, false}};
    }

    QList<ColumnSpec> groupColumns()
    {
        using Column = GroupColumns::Column;
        return {{Column::Name, CellKind::Name, 10},
                {Column::Number, CellKind::Number, 4.5},
                {Column::PrimaryOf, CellKind::Number, 7},
                {Column::Members, CellKind::Text, 20, true}};
    }

    QWidget *listOf(QWidget *bar, QWidget *table, const Metrics &m)
    {
        auto *list = new QWidget;
        auto *column = new QVBoxLayout(list);
        column->setContentsMargins(0, 0, 0, 0);
        column->setSpacing(0);
        auto *tools = new QHBoxLayout;
        tools->setContentsMargins(m.pageMargin(), m.step(2), m.pageMargin(), m.step(3));
        tools->addWidget(bar, 1);
        column->addLayout(tools);
        column->addWidget(table, 1);
        return list;
    }
}

AccountsTab::AccountsTab(AccountSource &source, const QString &nodeId, QWidget *parent)
    : ToolTab(u"accounts"_s, tr("Reading the users and groups..."), parent),
      m_model(source, nodeId),
      m_nodeName(nodeId),
      m_tabs(new TabStack(u"accountTabs"_s, tr("Users or groups"))),
      m_users(new DataTable(u"userTable"_s)),
      m_groups(new DataTable(u"groupTable"_s)),
      m_userBar(new TableBar(u"users"_s, m_model.accounts(), *m_users)),
      m_groupBar(new TableBar(u"groups"_s, m_model.groups(), *m_groups)),
      m_newUser(makeButton(u"userNew"_s, tr("New user"), Icon::Add, ButtonKind::Plain)),
      m_password(makeButton(u"userPassword"_s, tr("Set the password"))),
      m_actions(makeButton(u"userActions"_s, tr("Actions"))),
      m_newGroup(makeButton(u"groupNew"_s, tr("New group"), Icon::Add, ButtonKind::Plain)),
      m_deleteGroup(makeButton(u"groupDelete"_s, tr("Delete"), Icon::Delete))
{
    const Metrics &m = themeOf(this).metrics();
    for (QPushButton *button : {m_newUser, m_password, m_newGroup, m_deleteGroup})
        markChange(button, "flagbridge:ChangeNodeWithTools");

    m_tabs->addTab(u"users"_s, tr("Users"), makeUsers());
    m_tabs->addTab(u"groups"_s, tr("Groups"), makeGroups());
    auto *list = new QWidget;
    auto *column = new QVBoxLayout(list);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_tabs, 1);
    column->addWidget(new Divider(Qt::Horizontal));
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(m.pageMargin(), m.step(1.5), m.pageMargin(), m.step(1.5));
    foot->addWidget(&status(), 1);
    column->addLayout(foot);

    setContent(list, m_tabs);

    connect(&m_model, &AccountsViewModel::changed, this, &AccountsTab::update);
    connect(&m_model, &AccountsViewModel::done, this, &AccountsTab::showDone);
    connect(&m_model, &AccountsViewModel::refused, this, &AccountsTab::showRefused);
    connect(&banner(), &Banner::actionClicked, &m_model, &AccountsViewModel::readNow);
    update();
}

QWidget *AccountsTab::makeUsers()
{
    m_users->setAccessibleName(tr("Users of this node"));
    m_users->setUp(&m_model.accounts(), userColumns(), false);
    m_users->setSelectionMode(QAbstractItemView::SingleSelection);
    m_users->horizontalHeader()->setSortIndicator(AccountColumns::Number, Qt::DescendingOrder);
    m_userBar->filter().setPlaceholder(tr("Filter: type a word, or group~adm"));
    for (QPushButton *button : {m_password, m_actions, m_newUser})
        m_userBar->addTool(button);
    new NoMatch(u"users"_s, m_userBar->filter(), m_model.accounts(), *m_users);
    auto *menu = new QMenu(m_actions);
    m_actions->setMenu(menu);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] {
        menu->clear();
        fillUserMenu(menu);
    });
    connect(m_users, &DataTable::menuWanted, this, &AccountsTab::fillUserMenu);
    connect(m_users, &DataTable::currentIdChanged, this, &AccountsTab::updateActions);
    connect(m_users, &DataTable::deleteRequested, this, [this] { askDeleteUser(false); });
    connect(m_newUser, &QPushButton::clicked, this, &AccountsTab::openNewUser);
    connect(m_password, &QPushButton::clicked, this, &AccountsTab::openPassword);
    connect(&m_userBar->filter(), &FilterLine::queryChanged, &m_model.accounts(), &LiveTableModel::setQuery);
    connect(&m_model.accounts(), &LiveTableModel::shownChanged, this, &AccountsTab::update);
    return listOf(m_userBar, m_users, themeOf(this).metrics());
}

QWidget *AccountsTab::makeGroups()
{
    m_groups->setAccessibleName(tr("Groups of this node"));
    m_groups->setUp(&m_model.groups(), groupColumns(), false);
    m_groups->setSelectionMode(QAbstractItemView::SingleSelection);
    m_groups->horizontalHeader()->setSortIndicator(GroupColumns::Number, Qt::DescendingOrder);
    m_groupBar->filter().setPlaceholder(tr("Filter: type a word, or member~alice"));
    for (QPushButton *button : {m_deleteGroup, m_newGroup})
        m_groupBar->addTool(button);
    new NoMatch(u"groups"_s, m_groupBar->filter(), m_model.groups(), *m_groups);
    connect(m_groups, &DataTable::currentIdChanged, this, &AccountsTab::updateActions);
    connect(m_groups, &DataTable::deleteRequested, this, &AccountsTab::askDeleteGroup);
    connect(m_newGroup, &QPushButton::clicked, this, &AccountsTab::openNewGroup);
    connect(m_deleteGroup, &QPushButton::clicked, this, &AccountsTab::askDeleteGroup);
    connect(&m_groupBar->filter(), &FilterLine::queryChanged, &m_model.groups(), &LiveTableModel::setQuery);
    connect(&m_model.groups(), &LiveTableModel::shownChanged, this, &AccountsTab::update);
    return listOf(m_groupBar, m_groups, themeOf(this).metrics());
}

void AccountsTab::focusFilter()
{
    (m_tabs->current() == u"groups" ? m_groupBar : m_userBar)->filter().setFocus();
}

void AccountsTab::update()
{
    using State = AccountsViewModel::State;
    const State state = m_model.state();
    const bool hasRows = toMicros(m_model.asOf()) > 0;
    const QString asOf = hasRows ? RelativeTime::clock(m_model.asOf()) : QString();
    QString nothing;
    if (state == State::Offline) {
        nothing
            = tr("The node is not connected, so its users cannot be read. They appear here when it is back.");
        status().setText(tr("Not connected. As of %1.").arg(asOf));
    } else if (state == State::Failed) {
        nothing = tr("The users could not be read: %1").arg(m_model.problem().words());
        status().setText(tr("As of %1. The last refresh failed: %2").arg(asOf, m_model.problem().words(120)));
    } else if (m_model.isCut()) {
        status().setText(tr("Only the first of this node's users and groups are shown, as of %1").arg(asOf));
    } else {
        status().setText(tr("%n user(s)", nullptr, m_model.accounts().totalRows()) + u", "_s
                         + tr("%n group(s), as of %1", nullptr, m_model.groups().totalRows()).arg(asOf));
    }
    showState(hasRows, state == State::Live, nothing);
    m_userBar->filter().setCounts(m_model.accounts().rowCount(), m_model.accounts().totalRows());
    m_groupBar->filter().setCounts(m_model.groups().rowCount(), m_model.groups().totalRows());
    updateActions();
}

QString AccountsTab::whyNot(bool hasChoice, const QString &choose) const
{
    if (m_model.state() == AccountsViewModel::State::Offline)
        return tr("The node is not connected.");
    return hasChoice ? QString() : choose;
}

void AccountsTab::updateActions()
{
    const auto set = [](QPushButton *button, const QString &why) {
        button->setEnabled(why.isEmpty());
        button->setToolTip(why);
    };
    const QString noUser = whyNot(m_model.account(m_users->currentId()), tr("Choose a user first."));
    set(m_password, noUser);
    set(m_actions, noUser);
    set(m_newUser, whyNot(true, {}));
    set(m_newGroup, whyNot(true, {}));
    const GroupRow *group = m_model.group(m_groups->currentId());
    QString noDelete = whyNot(group, tr("Choose a group first."));
    if (noDelete.isEmpty() && group->gid == 0)
        noDelete = tr("This group has the GID 0 and cannot be deleted.");
    else if (noDelete.isEmpty() && group->primaryOf > 0)
        noDelete
            = tr("It is the primary group of %n user(s) and cannot be deleted.", nullptr, group->primaryOf);
    set(m_deleteGroup, noDelete);
}

void AccountsTab::fillUserMenu(QMenu *menu)
{
    const AccountRow *row = m_model.account(m_users->currentId());
    const bool can = row && m_actions->isEnabled() && !EditGate::isShut(*this);
    const auto add = [&](const QString &name, Icon icon, const QString &text, bool isPossible, auto run) {
        QAction *action = menu->addAction(Theme::icon(icon), text);
        action->setObjectName(name);
        action->setEnabled(can && isPossible);
        connect(action, &QAction::triggered, this, run);
    };
    const bool isLocked = row && row->isLocked.value_or(false);
    const bool mayGo = row && row->guarded.isEmpty();
    add(u"userAddGroup"_s, Icon::Add, tr("Add to a group..."), true, [this] { openMembership(true); });
    add(u"userLeaveGroup"_s, Icon::None, tr("Remove from a group..."), row && row->groups.size() > 1,
        [this] { openMembership(false); });
    menu->addSeparator();
    add(u"userLock"_s, Icon::Lock, tr("Lock the password..."), !isLocked, [this] { setLocked(true); });
    add(u"userUnlock"_s, Icon::Unlock, tr("Unlock the password"), isLocked && !row->hasNoPassword,
        [this] { setLocked(false); });
    menu->addSeparator();
    add(u"userDelete"_s, Icon::Delete, tr("Delete, keep the home folder..."), mayGo,
        [this] { askDeleteUser(false); });
    add(u"userDeleteHome"_s, Icon::Delete, tr("Delete with the home folder..."), mayGo,
        [this] { askDeleteUser(true); });
    menu->addSeparator();
}

AccountDeed AccountsTab::deedFor(const AccountRow &row, Kind kind) const
{
    AccountDeed deed {.kind = kind};
    deed.user = row.name;
    deed.number = row.uid;
    return deed;
}

void AccountsTab::askDeleteUser(bool withHome)
{
    const AccountRow *row = m_model.account(m_users->currentId());
    if (!row || !row->guarded.isEmpty() || !m_actions->isEnabled() || EditGate::isShut(*this))
        return;
    Confirmation what {.name = u"userDelete"_s,
                       .question
                       = tr("Delete the user %1 on %2?").arg(visibleText(row->name, 60), m_nodeName),
                       .consequence = withHome
                           ? tr("The user and all files in the home folder are deleted permanently.")
                           : tr("The user is deleted permanently. The home folder stays, without an owner."),
                       .targets = {withHome ? visibleText(row->home, 120) : visibleText(row->name, 60)},
                       .verb = withHome ? tr("Delete user and home") : tr("Delete user")};
    auto *sheet = new ConfirmSheet(what, window());
    const AccountDeed deed = deedFor(*row, withHome ? Kind::DeleteUserAndHome : Kind::DeleteUser);
    connect(sheet, &ConfirmSheet::confirmed, this, [this, deed] { m_model.perform(deed); });
    sheet->ask();
}

void AccountsTab::askDeleteGroup()
{
    const GroupRow *row = m_model.group(m_groups->currentId());
    if (!row || !m_deleteGroup->isEnabled() || EditGate::isShut(*this))
        return;
    AccountDeed deed {.kind = Kind::DeleteGroup};
    deed.group = row->name;
    deed.number = row->gid;
    auto *sheet = new ConfirmSheet(
        {.name = u"groupDelete"_s,
         .question = tr("Delete the group %1 on %2?").arg(visibleText(row->name, 60), m_nodeName),
         .consequence = tr("Its members lose the permissions it gives. Files keep its group ID."),
         .targets = {visibleText(row->name, 60)},
         .verb = tr("Delete group")},
        window());
    connect(sheet, &ConfirmSheet::confirmed, this, [this, deed] { m_model.perform(deed); });
    sheet->ask();
}

void AccountsTab::openNewUser()
{
    auto *sheet = new NewUserSheet(m_nodeName, window());
    connect(sheet, &NewUserSheet::chosen, &m_model, &AccountsViewModel::perform);
    sheet->open();
}

void AccountsTab::openNewGroup()
{
    auto *sheet = new NewGroupSheet(m_nodeName, window());
    connect(sheet, &NewGroupSheet::chosen, this, [this](const QString &name) {
        AccountDeed deed {.kind = Kind::CreateGroup};
        deed.group = name;
        m_model.perform(deed);
    });
    sheet->open();
}

void AccountsTab::openPassword()
{
    const AccountRow *row = m_model.account(m_users->currentId());
    if (!row)
        return;
    auto *sheet = new PasswordSheet(visibleText(row->name, 60), window());
    connect(sheet, &PasswordSheet::chosen, this,
            [this, deed = deedFor(*row, Kind::SetPassword)](const QByteArray &password) {
                AccountDeed whole = deed;
                whole.password = password;
                m_model.perform(whole);
            });
    sheet->open();
}

void AccountsTab::openMembership(bool adds)
{
    const AccountRow *row = m_model.account(m_users->currentId());
    if (!row)
        return;
    QStringList choice;
    if (adds) {
        for (const GroupRow &group : m_model.groups().values()) {
            if (!row->groups.contains(group.name))
                choice << group.name;
        }
        choice.sort();
    } else {
        choice = row->groups.mid(1);
    }
    const QString name = visibleText(row->name, 60);
    auto *sheet = new GroupChoiceSheet(adds ? tr("Add %1 to a group").arg(name)
                                            : tr("Remove %1 from a group").arg(name),
                                       choice, adds ? tr("Add") : tr("Remove"), window());
    const AccountDeed deed = deedFor(*row, adds ? Kind::AddMember : Kind::RemoveMember);
    connect(sheet, &GroupChoiceSheet::chosen, this, [this, deed](const QString &group) {
        AccountDeed whole = deed;
        whole.group = group;
        m_model.perform(whole);
    });
    sheet->open();
}

void AccountsTab::setLocked(bool locks)
{
    const AccountRow *row = m_model.account(m_users->currentId());
    if (!row)
        return;
    const AccountDeed deed = deedFor(*row, locks ? Kind::Lock : Kind::Unlock);
    if (!locks)
        return m_model.perform(deed);
    auto *sheet = new ConfirmSheet(
        {.name = u"userLock"_s,
         .question = tr("Lock the password of %1 on %2?").arg(visibleText(row->name, 60), m_nodeName),
         .consequence
         = tr("No one can log in with it until it is unlocked. SSH keys and running sessions keep working."),
         .targets = {visibleText(row->name, 60)},
         .verb = tr("Lock"),
         .icon = Icon::Lock},
        window());
    connect(sheet, &ConfirmSheet::confirmed, this, [this, deed] { m_model.perform(deed); });
    sheet->ask();
}

void AccountsTab::showDone(const AccountDeed &deed)
{
    const QString user = visibleText(deed.user, 60);
    const QString group = visibleText(deed.group, 60);
    const auto words = [&] {
        switch (deed.kind) {
        case Kind::CreateUser:
            return tr("The user %1 was created.").arg(user);
        case Kind::DeleteUser:
            return tr("The user %1 was deleted; the home folder is still there.").arg(user);
        case Kind::DeleteUserAndHome:
            return tr("The user %1 was deleted with the home folder.").arg(user);
        case Kind::SetPassword:
            return tr("The password of %1 was set.").arg(user);
        case Kind::Lock:
            return tr("The password of %1 was locked.").arg(user);
        case Kind::Unlock:
            return tr("The password of %1 was unlocked.").arg(user);
        case Kind::CreateGroup:
            return tr("The group %1 was created.").arg(group);
        case Kind::DeleteGroup:
            return tr("The group %1 was deleted.").arg(group);
        case Kind::AddMember:
            return tr("%1 was added to the group %2.").arg(user, group);
        case Kind::RemoveMember:
            return tr("%1 was removed from the group %2.").arg(user, group);
        }
        return QString();
    };
    banner().setAction({});
    banner().showMessage(Tone::Success, Icon::Success, words(), {});
}

void AccountsTab::showRefused(const AccountDeed &deed, const ShownError &problem)
{
    const bool isGroup = deed.kind == Kind::CreateGroup || deed.kind == Kind::DeleteGroup;
    const QString name = visibleText(isGroup ? deed.group : deed.user, 60);
    const bool creates = deed.kind == Kind::CreateGroup || deed.kind == Kind::CreateUser;
    const bool deletes = deed.kind == Kind::DeleteGroup || deed.kind == Kind::DeleteUser
        || deed.kind == Kind::DeleteUserAndHome;
    banner().setAction({});
    banner().showProblem(problem,
                         creates       ? tr("%1 was not created.").arg(name)
                             : deletes ? tr("%1 was not deleted.").arg(name)
                                       : tr("%1 was not changed.").arg(name));
}

}
