#include "models/nodes/sessions/node_groups_model.h"
#include "tests/gui/shown_desk.h"
#include "tests/support/test_main.h"
#include "ui/nodes/sessions/session_pane.h"
#include "ui/nodes/sessions/tab_strip.h"
#include "ui/widgets/banner.h"

#include <QAction>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QTabBar>
#include <QTest>
#include <QTreeView>

namespace fb::test {

using namespace Qt::StringLiterals;
using Fleet = ConsoleFixture::Fleet;

// The sessions desk, by clicks and keys, over sessions that the test speaks for.
class tst_SessionDesk : public QObject
{
    Q_OBJECT
private slots:
    void emptySaysTheNextStep();
    void treeGroupsAndFilters();
    void connectsAndTypes();
    void keysThatTheConsoleKeeps();
    void regionsComeRound();
    void startSheet();
    void refusalStandsAtItsField();
    void survivesANewLanguage();
    void resumesWhatWasOpen();
    void listsStayReachable();
    void dockGoesToThePane();
    void fleetStartsASession();
    void hostileNames();
};

void tst_SessionDesk::emptySaysTheNextStep()
{
    ShownDesk shown;
    QVERIFY(shown.console.visible("deskEmpty"));
    QVERIFY(shown.console.visible("deskStart"));
    shown.click("deskStart");
    QVERIFY(shown.console.visible("startSheet"));
    ShownDesk none(Fleet::Empty);
    QVERIFY(!none.console.visible("deskStart")); // there is nothing to start one on
    none.click("deskToFleet");
    QCOMPARE(none.console.window().address(), u"fleet"_s);
}

void tst_SessionDesk::treeGroupsAndFilters()
{
    ShownDesk shown;
    auto *tree = shown.console.find<QTreeView>("nodeTree");
    const QAbstractItemModel &model = *tree->model();
    QCOMPARE(shown.console.find<QPushButton>("nodeTreeBy")->text(), u"by role \u25be"_s);
    QCOMPARE(model.index(0, 0).data().toString(), u"role = backup"_s);
    QCOMPARE(shown.rowOf(u"web-tyo-03"_s).parent().data().toString(), u"role = web"_s);
    QCOMPARE(shown.rowOf(u"web-tyo-03"_s).parent().data(NodeGroupsModel::CountRole).toInt(), 9);
    auto *filter = shown.console.find<QLineEdit>("nodeTreeFilter");
    filter->setFocus();
    QTest::keyClicks(filter, u"tyo web"_s);
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.rowCount(model.index(0, 0)), 7);
    QTest::keyClicks(filter, u" nothing"_s);
    QCOMPARE(model.rowCount(), 0);
    QTest::keyClick(filter, Qt::Key_Escape);
    QVERIFY(model.rowCount() > 5);
    // Another grouping is kept.
    QTest::mouseClick(shown.console.find<QPushButton>("nodeTreeBy"), Qt::LeftButton);
    auto *byPlatform = shown.console.window().findChild<QAction *>(
        u"groupBy-"_s + QLatin1String(NodeGroupsModel::kByPlatform));
    QVERIFY(byPlatform);
    byPlatform->trigger();
    QCOMPARE(shown.rowOf(u"web-tyo-03"_s).parent().data().toString(), u"Debian GNU/Linux 12"_s);
    QApplication::activePopupWidget()->close();
    // A node that goes away is dimmed in its place; what is chosen stays chosen.
    tree->setCurrentIndex(shown.rowOf(u"web-tyo-03"_s));
    NodeRow gone = *shown.console.fleet->nodes().node(shown.idOf(u"web-tyo-03"_s));
    gone.ping = PingState::ConnectionLost;
    emit shown.console.fleetSource.nodesArrived({gone});
    QTRY_COMPARE(shown.rowOf(u"web-tyo-03"_s).data(NodeGroupsModel::PingRole).toInt(),
                 static_cast<int>(PingState::ConnectionLost));
    QCOMPARE(tree->currentIndex().data().toString(), u"web-tyo-03"_s);
    QTest::keyClick(tree, Qt::Key_Return); // not to one that is away
    QVERIFY(shown.console.linksSource.started.isEmpty());
}

// [session-manager 8.1] as far as a console goes: Enter connects, keys go to the node, its end moves it to the history
void tst_SessionDesk::connectsAndTypes()
{
    ShownDesk shown;
    auto *tree = shown.console.find<QTreeView>("nodeTree");
    tree->setFocus();
    tree->setCurrentIndex(shown.rowOf(u"web-tyo-01"_s));
    QTest::keyClick(tree, Qt::Key_Return);
    QCOMPARE(shown.console.linksSource.started.size(), 1);
    QCOMPARE(shown.console.linksSource.started[0].node, shown.idOf(u"web-tyo-01"_s));
    const int pane = shown.current();
    SessionLink *link = shown.desk().link(pane);
    QTRY_COMPARE(link->state(), SessionLink::State::Connected);
    QTRY_VERIFY(shown.view(pane));
    QTRY_COMPARE(shown.focus(), shown.view(pane));
    QTest::keyClicks(shown.view(pane), u"tty && id -un"_s);
    QTest::keyClick(shown.view(pane), Qt::Key_Return);
    QTRY_COMPARE(shown.console.linksSource.typed[link->id()], QByteArray("tty && id -un\r"));
    shown.console.linksSource.say(link->id(), "\r\n/dev/pts/3\r\nssm-user\r\n");
    QTRY_VERIFY(shown.view(pane)->shownText().contains(u"/dev/pts/3"_s));
    QVERIFY(shown.rowOf(u"web-tyo-01"_s).data(NodeGroupsModel::OpenRole).toBool());
    // The terminal is as large as its pane, and the node knows.
    QTRY_VERIFY(shown.console.linksSource.sizes[link->id()].first > 80);
    QCOMPARE(shown.console.window().status().text(u"keys"_s),
             u"Keys go to web-tyo-01. Ctrl+Shift+K searches, F6 leaves the terminal"_s);
    QCOMPARE(shown.console.window().status().text(u"sessions"_s), u"1 session"_s);
}

void tst_SessionDesk::keysThatTheConsoleKeeps()
{
    ShownDesk shown;
    const int first = shown.open(u"web-tyo-01"_s);
    const int second = shown.open(u"db-tyo-primary"_s);
    QTRY_COMPARE(shown.focus(), shown.view(second));
    // Plain Ctrl and Alt letters are the shell's.
    QTest::keyClick(shown.view(second), Qt::Key_K, Qt::ControlModifier);
    QTest::keyClick(shown.view(second), Qt::Key_B, Qt::ControlModifier);
    QTRY_COMPARE(shown.console.linksSource.typed[shown.desk().link(second)->id()], QByteArray("\x0b\x02"));
    // What the console has, no terminal has too.
    QTest::keyClick(shown.view(second), Qt::Key_A, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY(shown.console.window().workspace().isDockShown(u"activity"_s));
    shown.console.window().workspace().toggleDock(u"activity"_s);
    shown.view(second)->setFocus();
    QTest::keyClick(shown.view(second), Qt::Key_PageUp, Qt::ControlModifier);
    QTRY_COMPARE(shown.focus(), shown.view(first));
    QTest::keyClick(shown.view(first), Qt::Key_PageDown, Qt::ControlModifier);
    QTRY_COMPARE(shown.focus(), shown.view(second));
    QTest::keyClick(shown.view(second), Qt::Key_K, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY(shown.console.window().findChild<QWidget *>(u"palette"_s)
                    ? shown.console.window().findChild<QWidget *>(u"palette"_s)->isVisible()
                    : shown.focus() != shown.view(second));
    QTest::keyClick(shown.focus(), Qt::Key_Escape);
    QTRY_COMPARE(shown.focus(), shown.view(second));
    QTest::keyClick(shown.view(second), Qt::Key_F6);
    QTRY_VERIFY(!qobject_cast<TerminalView *>(shown.focus()));
    QTRY_VERIFY(shown.console.window().status().text(u"keys"_s).isEmpty());
    QTest::keyClick(&shown.console.window(), Qt::Key_T, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY(shown.console.visible("startSheet"));
}

// F6 leaves a terminal and comes back to it, by way of each part of the window.
void tst_SessionDesk::regionsComeRound()
{
    ShownDesk shown;
    const int left = shown.open(u"web-tyo-01"_s);
    shown.desk().splitAgain(left, Qt::Horizontal);
    const int right = shown.current();
    QTRY_COMPARE(shown.focus(), shown.view(right));
    QSet<QWidget *> seen;
    for (int turn = 0; turn < 12 && !(turn > 0 && shown.focus() == shown.view(right)); ++turn) {
        seen << shown.focus();
        QTest::keyClick(shown.focus(), Qt::Key_F6);
    }
    QCOMPARE(shown.focus(), shown.view(right));
    QVERIFY(seen.size() >= 4);
    // In the tree of nodes Tab goes on as everywhere.
    shown.console.window().page()->focusFilter();
    QCOMPARE(shown.focus()->objectName(), u"nodeTreeFilter"_s);
    QTest::keyClick(shown.focus(), Qt::Key_Tab);
    QCOMPARE(shown.focus()->objectName(), u"nodeTree"_s);
}

void tst_SessionDesk::startSheet()
{
    ShownDesk shown;
    shown.console.console->openStartSession({});
    QVERIFY(shown.console.visible("startSheet"));
    auto *nodes = shown.console.find<QListWidget>("startNodes");
    auto *filter = shown.console.find<QLineEdit>("startNodeFilter");
    QTRY_COMPARE(shown.focus(), filter);
    shown.click("startSession"); // nothing is chosen
    QVERIFY(shown.console.linksSource.started.isEmpty());
    QTest::keyClicks(filter, u"web-osa"_s);
    QCOMPARE(nodes->count(), 2);
    QVERIFY(nodes->item(0)->flags() & Qt::ItemIsEnabled);
    QVERIFY(!(nodes->item(1)->flags() & Qt::ItemIsEnabled)); // lost its connection, and says so
    QVERIFY(nodes->item(1)->text().contains(u"Connection lost"_s));
    QTest::keyClick(filter, Qt::Key_Down);
    QTest::keyClick(nodes, Qt::Key_Space);
    // The document says what the session will be like.
    auto *document = shown.console.find<QLineEdit>("composerDocument");
    QTRY_COMPARE(document->text(), u"SSM-SessionManagerRunShell"_s);
    document->setFocus();
    document->selectAll();
    QTest::keyClicks(document, u"tail"_s);
    QTest::keyClick(document, Qt::Key_Return);
    QCOMPARE(document->text(), u"Fb-TailLog"_s);
    QStringList facts;
    for (const QLabel *label : shown.console.find<QWidget>("startFacts")->findChildren<QLabel *>())
        facts << label->text();
    QVERIFY(facts.contains(u"deploy"_s));
    QVERIFY2(facts.join(u'|').contains(u"20 minutes"_s), qPrintable(facts.join(u'|')));
    // [session-manager 8.15] as far as the form goes: its own pattern, and a reason that has to be given
    shown.click("startSession");
    QVERIFY(shown.console.linksSource.started.isEmpty());
    QLineEdit *path = nullptr;
    for (QLineEdit *each : shown.console.find<QWidget>("startSheet")->findChildren<QLineEdit *>()) {
        if (each->accessibleName() == u"logpath")
            path = each;
    }
    QVERIFY(path);
    path->setFocus();
    QTest::keyClicks(path, u"/var/log/x.log"_s);
    auto *reason = shown.console.find<QLineEdit>("startReason");
    reason->setFocus();
    QTest::keyClicks(reason, u"INC-204"_s);
    QTest::keyClick(reason, Qt::Key_Return);
    QCOMPARE(shown.console.linksSource.started.size(), 1);
    const SessionWish &wish = shown.console.linksSource.started[0].wish;
    QCOMPARE(wish.nodeName, u"web-osa-01"_s);
    QCOMPARE(wish.document, u"Fb-TailLog"_s);
    QCOMPARE(wish.reason, u"INC-204"_s);
    QCOMPARE(wish.parameters.value(u"logpath"_s), QStringList {u"/var/log/x.log"_s});
    QTRY_VERIFY(!shown.console.visible("startSheet"));
    QTRY_COMPARE(shown.focus(), shown.view(shown.current()));
}

void tst_SessionDesk::refusalStandsAtItsField()
{
    ShownDesk shown;
    shown.console.linksSource.refusal
        = ShownError {.kind = ShownError::Kind::WrongInput,
                      .code = u"ValidationException"_s,
                      .message = u"Reason must be 1 to 256 printable characters."_s,
                      .field = u"Reason"_s};
    shown.console.console->openStartSession({shown.idOf(u"web-tyo-01"_s)});
    auto *reason = shown.console.find<QLineEdit>("startReason");
    QTRY_COMPARE(shown.console.find<QLineEdit>("composerDocument")->text(), u"SSM-SessionManagerRunShell"_s);
    QTest::keyClicks(reason, u"why"_s);
    shown.click("startSession");
    QTRY_COMPARE(reason->accessibleDescription(), u"Reason must be 1 to 256 printable characters."_s);
    QVERIFY(shown.console.visible("startSheet"));
    QVERIFY(shown.desk().tabs().isEmpty()); // nothing of the attempt is left behind
    shown.click("startSession");
    QTRY_VERIFY(!shown.console.visible("startSheet"));
    QCOMPARE(shown.desk().tabs().size(), 1);
}

// A window that is made anew shows the same sessions with their text.
void tst_SessionDesk::survivesANewLanguage()
{
    ShownDesk shown;
    const int pane = shown.open(u"web-tyo-01"_s);
    SessionLink *link = shown.desk().link(pane);
    shown.console.linksSource.say(link->id(), "still here\r\n");
    QTRY_VERIFY(shown.view(pane)->shownText().contains(u"still here"_s));
    shown.console.console->setLanguage(u"ja"_s);
    QTRY_VERIFY(shown.view(pane));
    QTRY_VERIFY(shown.view(pane)->shownText().contains(u"still here"_s));
    QCOMPARE(shown.desk().link(pane), link);
    QTest::keyClicks(shown.view(pane), u"ls"_s);
    QTRY_COMPARE(shown.console.linksSource.typed[link->id()], QByteArray("ls"));
    QCOMPARE(shown.console.linksSource.started.size(), 1);
    QCoreApplication::processEvents(); // the window of before goes
    shown.console.linksSource.say(link->id(), "more\r\n");
    QTRY_VERIFY(shown.view(pane)->shownText().contains(u"more"_s));
}

// [R18] sessions that still run when a console comes back are offered in the tabs they had
void tst_SessionDesk::resumesWhatWasOpen()
{
    ShownDesk shown;
    const int first = shown.open(u"web-tyo-01"_s);
    const int right = shown.desk().split(
        first, Qt::Horizontal, {.nodeId = shown.idOf(u"db-tyo-primary"_s), .nodeName = u"db-tyo-primary"_s});
    QTRY_COMPARE(shown.desk().link(right)->state(), SessionLink::State::Connected);
    shown.desk().rename(shown.desk().current(), u"Checkout"_s);
    QStringList ids {shown.desk().link(first)->id(), shown.desk().link(right)->id()};
    shown.console.console.reset();
    QVERIFY(shown.console.linksSource.ended.isEmpty());
    QList<SessionRow> rows;
    for (const QString &id : ids) {
        SessionRow row;
        row.id = id;
        row.status = u"Disconnected"_s;
        rows << row;
    }
    shown.console.sessions->values().apply(rows);
    shown.console.console = std::make_unique<Console>(
        shown.console.models(), ConsoleFacts {.operatorName = u"m.tanaka"_s, .hasStarted = true});
    shown.console.console->show();
    shown.console.window().openAddress(u"sessions"_s);
    auto *banner = shown.console.find<Banner>("deskBanner");
    QTRY_VERIFY(banner->isVisible());
    QCOMPARE(banner->statement(), u"2 of your sessions are still running."_s);
    QVERIFY(shown.console.linksSource.attached.isEmpty());
    QCOMPARE(shown.desk().titleOf(shown.desk().tabs()[0]), u"Checkout"_s);
    QTRY_COMPARE(shown.console.window().page()->findChildren<SessionPane *>().size(), 2);
    for (QPushButton *button : banner->findChildren<QPushButton *>()) {
        if (button->text() == u"Resume all")
            QTest::mouseClick(button, Qt::LeftButton);
    }
    QTRY_COMPARE(shown.console.linksSource.attached.size(), 2);
    for (const int pane : shown.desk().tabs()[0].layout.panes())
        QTRY_COMPARE(shown.desk().link(pane)->state(), SessionLink::State::Connected);
    QTRY_VERIFY(!banner->isVisible());
}

void tst_SessionDesk::listsStayReachable()
{
    ShownDesk shown;
    shown.click("deskToHistory");
    QTRY_VERIFY(shown.console.visible("sessionsTable"));
    QCOMPARE(shown.console.window().link(), u"sessions?tab=history"_s);
    auto *tabs = shown.console.find<QTabBar>("sessionLists");
    QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(1).center());
    QCOMPARE(shown.console.window().link(), u"sessions?tab=active"_s);
    QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(0).center());
    QVERIFY(shown.console.visible("deskEmpty"));
    QCOMPARE(shown.console.window().link(), u"sessions"_s);
    // One of somebody's that is active is resumed here.
    shown.console.window().openAddress(u"sessions?tab=active&row=m.tanaka-0a1b2c3d4e5f60710"_s);
    QTRY_VERIFY(shown.console.visible("sessionResume"));
    shown.click("sessionResume");
    QCOMPARE(shown.console.linksSource.attached.value(0).id, u"m.tanaka-0a1b2c3d4e5f60710"_s);
    QTRY_VERIFY(shown.view(shown.current()));
}

void tst_SessionDesk::dockGoesToThePane()
{
    ShownDesk shown;
    const int first = shown.open(u"web-tyo-01"_s);
    shown.open(u"db-tyo-primary"_s);
    shown.console.window().openAddress(u"fleet"_s);
    shown.console.window().workspace().showDock(u"sessions"_s);
    auto *list = shown.console.find<QListWidget>("sessionsPanelList");
    QTRY_COMPARE(list->count(), 2);
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualItemRect(list->item(0)).center());
    QCOMPARE(shown.console.window().address(), u"sessions"_s);
    QTRY_COMPARE(shown.focus(), shown.view(first));
}

void tst_SessionDesk::fleetStartsASession()
{
    ShownDesk shown;
    shown.console.window().openAddress(u"fleet/"_s + shown.idOf(u"db-tyo-primary"_s));
    QTRY_VERIFY(shown.console.visible("nodeSession"));
    shown.click("nodeSession");
    QTRY_VERIFY(shown.console.visible("startSheet"));
    auto *nodes = shown.console.find<QListWidget>("startNodes");
    QCOMPARE(nodes->selectedItems().size(), 1);
    QCOMPARE(nodes->selectedItems()[0]->data(Qt::UserRole).toString(), shown.idOf(u"db-tyo-primary"_s));
    QTRY_COMPARE(shown.focus(), shown.console.find<QLineEdit>("startReason"));
}

// [U01] [U04] names and causes of strangers are text, on one line
void tst_SessionDesk::hostileNames()
{
    ShownDesk shown;
    const QString name = u"<b>x</b>\u202e\n"_s + QString(10'000, u'y');
    const int pane
        = shown.desk().open({.nodeId = u"mi-1"_s, .nodeName = name, .document = {}, .reason = name});
    QTRY_COMPARE(shown.desk().link(pane)->state(), SessionLink::State::Connected);
    shown.console.linksSource.change(shown.desk().link(pane)->id(), u"Terminated"_s, name);
    QTRY_VERIFY(shown.console.visible("paneCause"));
    const QList<QLabel *> labels = shown.console.window().page()->findChildren<QLabel *>();
    for (const QLabel *label : labels) {
        QCOMPARE(label->textFormat(), Qt::PlainText);
        QVERIFY2(!label->text().contains(u'\u202e'),
                 qPrintable(label->objectName() + label->text().left(40)));
    }
    auto *strip = shown.console.find<TabStrip>("sessionTabs");
    QVERIFY(!strip->tabText(0).contains(u'\n'));
    QVERIFY(strip->tabToolTip(0).startsWith(u"&lt;b&gt;"_s));
    QVERIFY(shown.console.window().width() <= 1440);
}

FB_TEST(tst_SessionDesk)

}

#include "tst_session_desk.moc"
