// A node's page > Users: what it shows in each state, what is asked first, and what a sheet does not take.
#include "tests/gui/console_fixture.h"
#include "tests/support/test_main.h"

#include "ui/nodes/fleet/node_page.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/data_table.h"

#include <QAction>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QTabBar>
#include <QTest>

namespace fb::test {

using namespace Qt::StringLiterals;
using Fleet = ConsoleFixture::Fleet;
using Kind = AccountDeed::Kind;

class tst_AccountsTab : public QObject
{
    Q_OBJECT
private slots:
    void readsOnlyWhileItIsShown();
    void newUser();
    void passwordIsTypedTwice();
    void deletesAreAskedFirst();
    void groups();
    void membershipAndLock();
    void guardedOnesStay();
    void offlineAndRefused();
    void hostileTexts();

private:
    static DataTable *open(ConsoleFixture &shown)
    {
        shown.window().openAddress(u"fleet/%1?tab=accounts"_s.arg(shown.fleet->nodes().idAt(7)));
        (void)QTest::qWaitFor([&] { return shown.visible("userTable") != nullptr; });
        return qobject_cast<DataTable *>(shown.visible("userTable"));
    }
    static QAction *inMenu(ConsoleFixture &shown, const char *action)
    {
        auto *menu = qobject_cast<QPushButton *>(shown.visible("userActions"))->menu();
        emit menu->aboutToShow();
        return menu->findChild<QAction *>(QString::fromLatin1(action));
    }
    static void type(ConsoleFixture &shown, const char *name, const QString &text)
    {
        auto *edit = static_cast<QLineEdit *>(shown.visible(name));
        edit->clear();
        QTest::keyClicks(edit, text);
    }
    static Banner *banner(ConsoleFixture &shown) { return shown.find<Banner>("accountsBanner"); }
};

void tst_AccountsTab::readsOnlyWhileItIsShown()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.window().openAddress(u"fleet/"_s + shown.fleet->nodes().idAt(7));
    QCOMPARE(shown.accountSource.lists, 0);
    DataTable *table = open(shown);
    QVERIFY(table);
    QCOMPARE(table->model()->rowCount(), 9);
    QVERIFY(shown.find<QLabel>("accountsStatus")->text().startsWith(u"9 user"));
    qobject_cast<NodePage *>(shown.window().page())->focusFilter();
    QTest::keyClicks(shown.window().focusWidget(), u"group~ops"_s);
    QTest::keyClick(shown.window().focusWidget(), Qt::Key_Return);
    QTRY_COMPARE(table->model()->rowCount(), 2);
}

void tst_AccountsTab::newUser()
{
    ConsoleFixture shown(Fleet::Sample);
    QVERIFY(open(shown));
    shown.click("userNew");
    QTRY_VERIFY(shown.visible("newUserName"));
    shown.click("newUserConfirm");
    QVERIFY(shown.accountSource.deeds.isEmpty());
    QTRY_COMPARE(shown.window().focusWidget()->objectName(), u"newUserName"_s);
    for (const QString &bad : {u"Dave"_s, u"-r"_s, u"9a"_s, QString(33, u'a')}) {
        type(shown, "newUserName", bad);
        shown.click("newUserConfirm");
        QVERIFY(shown.accountSource.deeds.isEmpty());
    }
    type(shown, "newUserName", u"erin"_s);
    type(shown, "newUserShell", u"bash"_s);
    shown.click("newUserConfirm");
    QVERIFY(shown.accountSource.deeds.isEmpty());
    type(shown, "newUserShell", u"/bin/bash"_s);
    type(shown, "newUserGroups", u" adm , docker,"_s);
    type(shown, "newUserPassword", u"se cret"_s);
    shown.click("newUserConfirm");
    QVERIFY(shown.accountSource.deeds.isEmpty()); // it is not there twice
    QCOMPARE(static_cast<QLineEdit *>(shown.visible("newUserPassword"))->echoMode(), QLineEdit::Password);
    type(shown, "newUserPasswordAgain", u"se cret"_s);
    QTest::keyClick(shown.visible("newUserPasswordAgain"), Qt::Key_Return);
    QTRY_COMPARE(shown.accountSource.deeds.size(), 1);
    const AccountDeed deed = shown.accountSource.deeds.first();
    QVERIFY(deed.kind == Kind::CreateUser);
    QCOMPARE(deed.user, u"erin"_s);
    QCOMPARE(deed.groups, (QStringList {u"adm"_s, u"docker"_s}));
    QCOMPARE(deed.password, QByteArray("se cret"));
    QTRY_COMPARE(banner(shown)->statement(), u"The user erin was created."_s);
    const QList<QLabel *> labels = shown.window().findChildren<QLabel *>();
    for (const QLabel *label : labels)
        QVERIFY(!label->text().contains(u"se cret"));
}

void tst_AccountsTab::passwordIsTypedTwice()
{
    ConsoleFixture shown(Fleet::Sample);
    DataTable *table = open(shown);
    QVERIFY(!shown.visible("userPassword")->isEnabled()); // of whom?
    table->select(u"1002.dave"_s);
    shown.click("userPassword");
    QTRY_VERIFY(shown.visible("userPasswordConfirm"));
    shown.click("userPasswordConfirm");
    QVERIFY(shown.accountSource.deeds.isEmpty());
    type(shown, "userPasswordPassword", u"one"_s);
    type(shown, "userPasswordPasswordAgain", u"other"_s);
    shown.click("userPasswordConfirm");
    QVERIFY(shown.accountSource.deeds.isEmpty());
    type(shown, "userPasswordPasswordAgain", u"one"_s);
    shown.click("userPasswordConfirm");
    QTRY_COMPARE(shown.accountSource.deeds.size(), 1);
    QVERIFY(shown.accountSource.deeds.first().kind == Kind::SetPassword);
    QCOMPARE(shown.accountSource.deeds.first().number, 1002U);
    QCOMPARE(shown.accountSource.deeds.first().password, QByteArray("one"));
}

void tst_AccountsTab::deletesAreAskedFirst()
{
    ConsoleFixture shown(Fleet::Sample);
    DataTable *table = open(shown);
    table->select(u"1002.dave"_s);
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Delete);
    QTRY_VERIFY(shown.visible("userDeleteCancel"));
    QTRY_COMPARE(shown.window().focusWidget()->objectName(), u"userDeleteCancel"_s);
    QTest::keyClick(shown.window().focusWidget(), Qt::Key_Escape);
    QTRY_VERIFY(!shown.visible("userDeleteConfirm"));
    QVERIFY(shown.accountSource.deeds.isEmpty());
    inMenu(shown, "userDeleteHome")->trigger();
    QTRY_VERIFY(shown.visible("userDeleteConfirm"));
    shown.click("userDeleteConfirm");
    QTRY_COMPARE(shown.accountSource.deeds.size(), 1);
    QVERIFY(shown.accountSource.deeds.first().kind == Kind::DeleteUserAndHome);
    QCOMPARE(shown.accountSource.deeds.first().user, u"dave"_s);
    QCOMPARE(shown.accountSource.deeds.first().number, 1002U);
}

void tst_AccountsTab::groups()
{
    ConsoleFixture shown(Fleet::Sample);
    QVERIFY(open(shown));
    auto *bar = shown.find<QTabBar>("accountTabs");
    QVERIFY(bar);
    bar->setCurrentIndex(1);
    QTRY_VERIFY(shown.visible("groupTable"));
    auto *table = static_cast<DataTable *>(shown.visible("groupTable"));
    for (const QString &id : {u"0.root"_s, u"1002.dave"_s}) { // the number 0, somebody's primary one
        table->select(id);
        QVERIFY(!shown.visible("groupDelete")->isEnabled());
        QVERIFY(shown.visible("groupDelete")->toolTip().contains(u"cannot be deleted"));
        table->setFocus();
        QTest::keyClick(table, Qt::Key_Delete);
        QVERIFY(!shown.visible("groupDeleteConfirm"));
    }
    table->select(u"1100.ops"_s);
    shown.click("groupDelete");
    QTRY_VERIFY(shown.visible("groupDeleteConfirm"));
    shown.click("groupDeleteConfirm");
    QTRY_COMPARE(shown.accountSource.deeds.size(), 1);
    QVERIFY(shown.accountSource.deeds.last().kind == Kind::DeleteGroup);
    QCOMPARE(shown.accountSource.deeds.last().number, 1100U);
    shown.click("groupNew");
    QTRY_VERIFY(shown.visible("newGroupName"));
    type(shown, "newGroupName", u"Ops"_s);
    shown.click("newGroupConfirm");
    QCOMPARE(shown.accountSource.deeds.size(), 1);
    type(shown, "newGroupName", u"on-call"_s);
    shown.click("newGroupConfirm");
    QTRY_COMPARE(shown.accountSource.deeds.size(), 2);
    QCOMPARE(shown.accountSource.deeds.last().group, u"on-call"_s);
    QTRY_COMPARE(banner(shown)->statement(), u"The group on-call was created."_s);
}

void tst_AccountsTab::membershipAndLock()
{
    ConsoleFixture shown(Fleet::Sample);
    DataTable *table = open(shown);
    table->select(u"1002.dave"_s);
    inMenu(shown, "userAddGroup")->trigger();
    QTRY_VERIFY(shown.visible("groupChoice"));
    auto *choice = static_cast<QComboBox *>(shown.visible("groupChoice"));
    QVERIFY(choice->findText(u"ops"_s) < 0); // dave is in it
    choice->setCurrentText(u"adm"_s);
    shown.click("groupChoiceConfirm");
    QTRY_COMPARE(shown.accountSource.deeds.size(), 1);
    QVERIFY(shown.accountSource.deeds.last().kind == Kind::AddMember);
    QCOMPARE(shown.accountSource.deeds.last().group, u"adm"_s);
    QTRY_VERIFY(!shown.visible("groupChoice"));
    inMenu(shown, "userLeaveGroup")->trigger();
    QTRY_VERIFY(shown.visible("groupChoice"));
    choice = static_cast<QComboBox *>(shown.visible("groupChoice"));
    QCOMPARE(choice->count(), 1); // not the primary one
    shown.click("groupChoiceConfirm");
    QTRY_COMPARE(shown.accountSource.deeds.size(), 2);
    QVERIFY(shown.accountSource.deeds.last().kind == Kind::RemoveMember);
    QVERIFY(!inMenu(shown, "userUnlock")->isEnabled());
    inMenu(shown, "userLock")->trigger();
    QTRY_VERIFY(shown.visible("userLockConfirm"));
    shown.click("userLockConfirm");
    QTRY_COMPARE(shown.accountSource.deeds.size(), 3);
    QVERIFY(shown.accountSource.deeds.last().kind == Kind::Lock);
    table->select(u"1001.backup-job"_s);
    inMenu(shown, "userUnlock")->trigger();
    QTRY_COMPARE(shown.accountSource.deeds.size(), 4);
    QVERIFY(shown.accountSource.deeds.last().kind == Kind::Unlock);
    table->select(u"1.daemon"_s); // it has no password
    QVERIFY(!inMenu(shown, "userUnlock")->isEnabled());
}

void tst_AccountsTab::guardedOnesStay()
{
    ConsoleFixture shown(Fleet::Sample);
    DataTable *table = open(shown);
    for (const QString &id : {u"0.root"_s, u"1004.ssm-user"_s}) {
        table->select(id);
        QVERIFY(!inMenu(shown, "userDelete")->isEnabled());
        QVERIFY(!inMenu(shown, "userDeleteHome")->isEnabled());
        table->setFocus();
        QTest::keyClick(table, Qt::Key_Delete);
        QVERIFY(!shown.visible("userDeleteConfirm"));
    }
}

void tst_AccountsTab::offlineAndRefused()
{
    ConsoleFixture shown(Fleet::Sample);
    DataTable *table = open(shown);
    table->select(u"1002.dave"_s);
    shown.accountSource.refusal
        = ShownError {.kind = ShownError::Kind::State,
                      .code = u"RefusedByNode"_s,
                      .message = u"userdel: user dave is currently used by process 812"_s,
                      .field = {}};
    inMenu(shown, "userDelete")->trigger();
    QTRY_VERIFY(shown.visible("userDeleteConfirm"));
    shown.click("userDeleteConfirm");
    QTRY_COMPARE(banner(shown)->statement(), u"dave was not deleted."_s);
    QVERIFY(banner(shown)->accessibleDescription().contains(u"used by process 812"));
    // Whatever comes of it, the list is read again; now the node is away.
    shown.accountSource.problem = ShownError {.kind = ShownError::Kind::Unavailable,
                                              .code = u"TargetNotConnected"_s,
                                              .message = u"it is not connected."_s,
                                              .field = {}};
    inMenu(shown, "userLock")->trigger();
    QTRY_VERIFY(shown.visible("userLockConfirm"));
    shown.click("userLockConfirm");
    QTRY_VERIFY(!shown.visible("userNew")->isEnabled());
    QVERIFY(!shown.visible("userActions")->isEnabled());
    QVERIFY(shown.visible("userTable")); // what was known last stays
    QVERIFY(shown.find<QLabel>("accountsStatus")->text().startsWith(u"Not connected."));
}

void tst_AccountsTab::hostileTexts()
{
    ConsoleFixture shown(Fleet::Sample);
    AccountRow evil = shown.accountSource.snapshot.accounts.last();
    evil.uid = 31337;
    evil.guarded.clear();
    evil.name = u"<b>a</b>\u202e"_s + QString(300, u'w');
    evil.home = u"<img src=x>"_s;
    shown.accountSource.snapshot.accounts << evil;
    DataTable *table = open(shown);
    table->select(evil.id());
    inMenu(shown, "userDeleteHome")->trigger();
    QTRY_VERIFY(shown.visible("userDeleteConfirm"));
    const QList<QLabel *> labels = shown.window().findChildren<QLabel *>();
    for (const QLabel *label : labels) {
        if (label->text().contains(u"<b>") || label->text().contains(u"<img"))
            QVERIFY(label->textFormat() == Qt::PlainText);
        QVERIFY(!label->text().contains(u'\u202e'));
    }
}

FB_TEST(tst_AccountsTab)

}

#include "tst_accounts_tab.moc"
