#include "models/nodes/sessions/node_groups_model.h"
#include "tests/gui/console_fixture.h"
#include "tests/support/test_main.h"
#include "ui/nodes/sessions/pane_tree.h"
#include "ui/nodes/sessions/session_desk.h"
#include "ui/nodes/sessions/session_pane.h"
#include "ui/nodes/sessions/session_window.h"
#include "ui/nodes/sessions/tab_strip.h"
#include "ui/terminal/terminal_view.h"
#include "ui/widgets/banner.h"

#include <QAction>
#include <QApplication>
#include <QDropEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QSplitter>
#include <QTest>
#include <QToolButton>
#include <QTreeView>

namespace fb::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
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
    void splitsByKeys();
    void severalOpenAsAGrid();
    void closingAsks();
    void tabsRenameAndMove();
    void marksOfTabs();
    void startSheet();
    void refusalStandsAtItsField();
    void lostTakenOverAndEnded();
    void broadcastAsksAndShows();
    void stripSaysWhatItIs();
    void menuOfAPane();
    void dropsATabBesideAPane();
    void tornOffAndBack();
    void survivesANewLanguage();
    void resumesWhatWasOpen();
    void listsStayReachable();
    void dockGoesToThePane();
    void fleetStartsASession();
    void hostileNames();
};

namespace {

    // The console on its sessions page.
    struct Shown {
        explicit Shown(Fleet fleet = Fleet::Sample, const QString &language = u"en"_s)
            : console(fleet, language)
        {
            console.window().openAddress(u"sessions"_s);
            console.window().activateWindow();
            static_cast<void>(QTest::qWaitForWindowActive(&console.window()));
        }
        QWidget *focus() { return console.window().focusWidget(); }
        SessionDeskModel &desk() { return console.console->desk(); }
        QString idOf(const QString &name)
        {
            for (const NodeRow &row : console.fleetSource.nodes) {
                if (row.name == name)
                    return row.id;
            }
            return {};
        }
        int open(const QString &name)
        {
            const int pane = desk().open({.nodeId = idOf(name),
                                          .nodeName = name,
                                          .document = {},
                                          .reason = u"INC-204"_s,
                                          .parameters = {}});
            [&] { QTRY_COMPARE(desk().link(pane)->state(), SessionLink::State::Connected); }();
            return pane;
        }
        TerminalView *view(int pane)
        {
            for (TerminalView *each : console.window().findChildren<TerminalView *>()) {
                if (each->objectName() == u"terminal-%1"_s.arg(pane) && each->isVisible())
                    return each;
            }
            return nullptr;
        }
        QModelIndex rowOf(const QString &name)
        {
            auto *tree = console.find<QTreeView>("nodeTree");
            for (int group = 0; group < tree->model()->rowCount(); ++group) {
                const QModelIndex of = tree->model()->index(group, 0);
                for (int row = 0; row < tree->model()->rowCount(of); ++row) {
                    if (const QModelIndex index = tree->model()->index(row, 0, of); index.data() == name)
                        return index;
                }
            }
            return {};
        }
        void click(const char *name) { QTest::mouseClick(console.visible(name), Qt::LeftButton); }
        int current() { return desk().tab(desk().current())->focused; }

        ConsoleFixture console;
    };
}

void tst_SessionDesk::emptySaysTheNextStep()
{
    Shown shown;
    QVERIFY(shown.console.visible("deskEmpty"));
    QVERIFY(shown.console.visible("deskStart"));
    shown.click("deskStart");
    QVERIFY(shown.console.visible("startSheet"));
    Shown none(Fleet::Empty);
    QVERIFY(!none.console.visible("deskStart")); // there is nothing to start one on
    none.click("deskToFleet");
    QCOMPARE(none.console.window().address(), u"fleet"_s);
}

void tst_SessionDesk::treeGroupsAndFilters()
{
    Shown shown;
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
    Shown shown;
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
    Shown shown;
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
    Shown shown;
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

void tst_SessionDesk::splitsByKeys()
{
    Shown shown;
    const int first = shown.open(u"web-tyo-01"_s);
    QTRY_COMPARE(shown.focus(), shown.view(first));
    QTest::keyClick(shown.view(first), Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE(shown.desk().tabOf(first)->layout.panes().size(), 2);
    const int right = shown.current();
    QTRY_COMPARE(shown.focus(), shown.view(right));
    QTest::keyClick(shown.view(right), Qt::Key_O, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE(shown.desk().tabOf(first)->layout.panes().size(), 3);
    const int below = shown.current();
    QTRY_VERIFY(shown.view(below));
    const auto place
        = [&](int pane) { return QRect(shown.view(pane)->mapToGlobal(QPoint()), shown.view(pane)->size()); };
    QTRY_VERIFY(place(right).left() > place(first).right());
    QTRY_VERIFY(place(below).top() > place(right).bottom());
    QCOMPARE(shown.console.linksSource.started[2].wish.reason, u"INC-204"_s);
    // A click in another pane takes the keys there.
    QTest::mouseClick(shown.view(first), Qt::LeftButton);
    QTRY_COMPARE(shown.current(), first);
    // A moved splitter is kept.
    auto *splitter = shown.console.window().page()->findChild<PaneTree *>()->findChild<QSplitter *>();
    QVERIFY(splitter);
    const double before = shown.desk().tabOf(first)->layout.root().shares[0];
    QWidget *handle = splitter->handle(1);
    const QPoint at = handle->rect().center();
    QTest::mousePress(handle, Qt::LeftButton, {}, at);
    QTest::mouseMove(handle, at - QPoint(150, 0));
    QTest::mouseRelease(handle, Qt::LeftButton, {}, at - QPoint(150, 0));
    QVERIFY(shown.desk().tabOf(first)->layout.root().shares[0] < before - 0.05);
}

void tst_SessionDesk::severalOpenAsAGrid()
{
    Shown shown;
    auto *tree = shown.console.find<QTreeView>("nodeTree");
    tree->setFocus();
    tree->setCurrentIndex(shown.rowOf(u"web-tyo-01"_s));
    QVERIFY(!shown.console.visible("nodeTreeGrid"));
    for (int i = 0; i < 3; ++i)
        QTest::keyClick(tree, Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(shown.console.find<QPushButton>("nodeTreeGrid")->text(), u"Open 4 as a grid"_s);
    shown.click("nodeTreeGrid");
    QCOMPARE(shown.console.linksSource.started.size(), 4);
    QCOMPARE(shown.desk().tabs().size(), 1);
    QTRY_COMPARE(shown.console.window().page()->findChildren<SessionPane *>().size(), 4);
    QCOMPARE(shown.desk().contextOf(shown.desk().tabs()[0]), u"4 panes"_s);
}

void tst_SessionDesk::closingAsks()
{
    Shown shown;
    shown.desk().openGrid({{.nodeId = shown.idOf(u"web-tyo-01"_s), .nodeName = u"web-tyo-01"_s},
                           {.nodeId = shown.idOf(u"web-tyo-02"_s), .nodeName = u"web-tyo-02"_s}});
    const int tab = shown.desk().current();
    const QList<int> panes = shown.desk().tab(tab)->layout.panes();
    for (const int pane : panes)
        QTRY_COMPARE(shown.desk().link(pane)->state(), SessionLink::State::Connected);
    auto *strip = shown.console.find<TabStrip>("sessionTabs");
    QTest::mouseClick(strip, Qt::LeftButton, {}, strip->closeRect(tab).center());
    QTRY_VERIFY(shown.console.visible("sessionEndConfirm"));
    QCOMPARE(static_cast<QPushButton *>(shown.console.visible("sessionEndConfirm"))->text(),
             u"End 2 sessions"_s);
    QTest::keyClick(shown.focus(), Qt::Key_Escape);
    QCOMPARE(shown.desk().tabs().size(), 1);
    QVERIFY(shown.console.linksSource.ended.isEmpty());
    // One pane, by its keys.
    QTRY_VERIFY(shown.view(panes[1]));
    shown.view(panes[1])->setFocus();
    QTest::keyClick(shown.view(panes[1]), Qt::Key_W, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY(shown.console.visible("sessionEndConfirm"));
    const QString ended = shown.desk().link(panes[1])->id();
    shown.click("sessionEndConfirm");
    QCOMPARE(shown.console.linksSource.ended, QStringList {ended});
    QCOMPARE(shown.desk().tab(tab)->layout.panes(), QList<int> {panes[0]});
    // One that has ended goes without a question.
    shown.console.linksSource.change(shown.desk().link(panes[0])->id(), u"Terminated"_s, u"exited 0"_s);
    QTest::mouseClick(strip, Qt::LeftButton, {}, strip->closeRect(tab).center());
    QVERIFY(shown.desk().tabs().isEmpty());
    QTRY_VERIFY(shown.console.visible("deskEmpty"));
}

void tst_SessionDesk::tabsRenameAndMove()
{
    Shown shown;
    const int first = shown.open(u"web-tyo-01"_s);
    const int second = shown.open(u"db-tyo-primary"_s);
    const int firstTab = shown.desk().tabOf(first)->id;
    auto *strip = shown.console.find<TabStrip>("sessionTabs");
    QTest::mouseDClick(strip, Qt::LeftButton, {}, strip->tabRect(0).center() - QPoint(20, 0));
    auto *name = static_cast<QLineEdit *>(shown.console.visible("sessionTabName"));
    QVERIFY(name);
    QTest::keyClicks(name, u"Checkout latency"_s);
    QTest::keyClick(name, Qt::Key_Return);
    QCOMPARE(shown.desk().tab(firstTab)->name, u"Checkout latency"_s);
    QVERIFY(strip->tabText(0).startsWith(u"Checkout latency"_s));
    // Esc leaves it as it was.
    strip->setFocus();
    QTest::keyClick(strip, Qt::Key_F2);
    name = static_cast<QLineEdit *>(shown.console.visible("sessionTabName"));
    QVERIFY(name);
    QTest::keyClicks(name, u"x"_s);
    QTest::keyClick(name, Qt::Key_Escape);
    QCOMPARE(shown.desk().tab(shown.desk().current())->name,
             shown.desk().tab(firstTab)->id == shown.desk().current() ? u"Checkout latency"_s : QString());
    // Dragged to the other's place.
    const QPoint from(strip->tabRect(0).left() + 30, strip->height() / 2);
    const QPoint to(strip->tabRect(1).right() - 10, strip->height() / 2);
    QTest::mousePress(strip, Qt::LeftButton, {}, from);
    QMouseEvent move(QEvent::MouseMove, to, strip->mapToGlobal(to), Qt::NoButton, Qt::LeftButton, {});
    QApplication::sendEvent(strip, &move);
    QTest::mouseRelease(strip, Qt::LeftButton, {}, to);
    QCOMPARE(shown.desk().tabs()[0].id, shown.desk().tabOf(second)->id);
    QCOMPARE(shown.desk().tabs()[1].id, firstTab);
}

void tst_SessionDesk::marksOfTabs()
{
    Shown shown;
    const int first = shown.open(u"web-tyo-01"_s);
    const int second = shown.open(u"db-tyo-primary"_s);
    auto *strip = shown.console.find<TabStrip>("sessionTabs");
    QTRY_VERIFY(shown.console.linksSource.consumedBytes[shown.desk().link(first)->id()] > 0);
    shown.console.linksSource.say(shown.desk().link(first)->id(), "ready\a\r\n");
    QTRY_VERIFY(strip->tabText(0).contains(u"new output"_s));
    QTRY_VERIFY(strip->tabText(0).contains(u"bell"_s));
    QTest::mouseClick(strip, Qt::LeftButton, {}, strip->tabRect(0).center() - QPoint(20, 0));
    QTRY_COMPARE(strip->tabText(0), u"web-tyo-01, shell"_s);
    shown.console.linksSource.change(shown.desk().link(second)->id(), u"Terminated"_s, u"exited 0"_s);
    QTRY_COMPARE(strip->tabText(1), u"db-tyo-primary, ended"_s);
}

void tst_SessionDesk::startSheet()
{
    Shown shown;
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
    Shown shown;
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

void tst_SessionDesk::lostTakenOverAndEnded()
{
    Shown shown;
    const int pane = shown.open(u"web-tyo-01"_s);
    SessionLink *link = shown.desk().link(pane);
    auto &source = shown.console.linksSource;
    source.say(link->id(), "kept text\r\n");
    QTRY_VERIFY(shown.view(pane)->shownText().contains(u"kept text"_s));
    QVERIFY(!shown.console.visible("paneCause"));
    source.change(link->id(), u"Disconnected"_s);
    QTRY_VERIFY(shown.console.visible("paneCause"));
    QVERIFY(!shown.console.visible("paneResume")); // it comes back by itself
    QVERIFY(shown.view(pane)->shownText().contains(u"kept text"_s));
    source.change(link->id(), u"Connected"_s);
    QTRY_VERIFY(!shown.console.visible("paneCause"));
    source.takeOver(link->id());
    QTRY_VERIFY(shown.console.visible("paneResume"));
    shown.click("paneResume");
    QCOMPARE(source.attached.size(), 1);
    QTRY_COMPARE(link->state(), SessionLink::State::Connected);
    // It says why it has ended, keeps its text, and Enter opens it again in place.
    source.change(link->id(), u"Terminated"_s, u"exited 0"_s);
    QTRY_COMPARE(static_cast<QLabel *>(shown.console.visible("paneCause"))->text(),
                 u"The session has ended: exited 0"_s);
    QTRY_VERIFY(shown.view(pane)->shownText().contains(u"Session ended: exited 0"_s));
    QVERIFY(shown.view(pane)->shownText().contains(u"kept text"_s));
    shown.view(pane)->setFocus();
    QTest::keyClick(shown.view(pane), Qt::Key_Return);
    QTRY_COMPARE(link->state(), SessionLink::State::Connected);
    QCOMPARE(source.started.size(), 2);
    QCOMPARE(source.started[1].wish, source.started[0].wish);
    QVERIFY(!shown.console.visible("paneCause"));
}

void tst_SessionDesk::broadcastAsksAndShows()
{
    Shown shown;
    shown.desk().openGrid({{.nodeId = shown.idOf(u"web-tyo-01"_s), .nodeName = u"web-tyo-01"_s},
                           {.nodeId = shown.idOf(u"web-tyo-02"_s), .nodeName = u"web-tyo-02"_s}});
    const QList<int> panes = shown.desk().tabs()[0].layout.panes();
    for (const int pane : panes)
        QTRY_COMPARE(shown.desk().link(pane)->state(), SessionLink::State::Connected);
    shown.click("deskBroadcast");
    QTRY_VERIFY(shown.console.visible("sessionBroadcastConfirm"));
    QStringList words;
    for (const QLabel *label : shown.console.window().findChildren<QLabel *>())
        words << label->text();
    QVERIFY(words.join(u'\n').contains(u"web-tyo-02"_s)); // it names them
    QVERIFY(shown.desk().tabs()[0].broadcast.isEmpty());
    shown.click("sessionBroadcastConfirm");
    QCOMPARE(shown.desk().tabs()[0].broadcast.size(), 2);
    QTRY_VERIFY(shown.view(panes[0]));
    QTest::keyClicks(shown.view(panes[0]), u"uptime"_s);
    for (const int pane : panes)
        QTRY_COMPARE(shown.console.linksSource.typed[shown.desk().link(pane)->id()], QByteArray("uptime"));
    shown.click("deskBroadcast"); // off at once
    QVERIFY(shown.desk().tabs()[0].broadcast.isEmpty());
    QTest::keyClicks(shown.view(panes[0]), u"x"_s);
    QTRY_COMPARE(shown.console.linksSource.typed[shown.desk().link(panes[0])->id()], QByteArray("uptimex"));
    QCOMPARE(shown.console.linksSource.typed[shown.desk().link(panes[1])->id()], QByteArray("uptime"));
}

void tst_SessionDesk::stripSaysWhatItIs()
{
    Shown shown;
    shown.console.linksSource.longest = 90min;
    const int pane = shown.open(u"web-tyo-01"_s);
    const auto text = [&](const char *name) { return shown.console.find<QLabel>(name)->text(); };
    QTRY_COMPARE(text("sessionRecording"), u"Recording"_s);
    QCOMPARE(text("sessionReason"), u"Reason: INC-204"_s);
    QCOMPARE(text("sessionRunAs"), u"Run as ops"_s);
    QCOMPARE(text("sessionIdle"), u"Idle limit in 20:00"_s);
    QVERIFY(text("sessionEnds").startsWith(u"Ends at "_s));
    shown.console.linksSource.pass(140s);
    QTRY_COMPARE(text("sessionIdle"), u"Idle limit in 17:40"_s);
    QTest::keyClicks(shown.view(pane), u"x"_s);
    QTRY_COMPARE(text("sessionIdle"), u"Idle limit in 20:00"_s);
}

void tst_SessionDesk::menuOfAPane()
{
    Shown shown;
    const int pane = shown.open(u"web-tyo-01"_s);
    QTRY_VERIFY(shown.view(pane));
    shown.click("paneMenu");
    auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
    QVERIFY(menu);
    QStringList texts;
    for (const QAction *action : menu->actions()) {
        if (!action->isSeparator())
            texts << action->text();
    }
    QCOMPARE(texts,
             (QStringList {u"All other keys go to the shell"_s, u"Split right\tCtrl+Shift+E"_s,
                           u"Split below\tCtrl+Shift+O"_s, u"Broadcast input..."_s,
                           u"Find in scrollback\tCtrl+Shift+F"_s, u"Copy\tCtrl+Shift+C"_s,
                           u"Paste\tCtrl+Shift+V"_s, u"Select all"_s, u"Save scrollback..."_s,
                           u"Mark this moment..."_s, u"Search or run\tCtrl+Shift+K"_s,
                           u"End session\tCtrl+Shift+W"_s}));
    menu->findChild<QAction *>(u"menu-terminalFind"_s)->trigger();
    menu->close();
    QTRY_VERIFY(shown.console.visible("terminalSearch"));
    // A mark goes to the recording of that very session.
    shown.click("paneMenu");
    menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
    menu->findChild<QAction *>(u"menu-sessionMark"_s)->trigger();
    menu->close();
    auto *label = shown.console.find<QLineEdit>("markLabel");
    QVERIFY(label);
    QTest::keyClicks(label, u"roll-out begins"_s);
    QTest::keyClick(label, Qt::Key_Return);
    QTRY_COMPARE(shown.console.sessionsSource.marked,
                 QStringList {shown.desk().link(pane)->id() + u" roll-out begins"_s});
    QTRY_COMPARE(shown.console.window().focusWidget(), shown.view(pane));
}

void tst_SessionDesk::dropsATabBesideAPane()
{
    Shown shown;
    const int first = shown.open(u"web-tyo-01"_s);
    const int second = shown.open(u"db-tyo-primary"_s);
    shown.desk().setCurrent(shown.desk().tabOf(first)->id);
    QTRY_VERIFY(shown.view(first));
    auto *pane = shown.console.window().findChild<SessionPane *>(u"sessionPane-%1"_s.arg(first));
    QMimeData what;
    what.setData(QString::fromLatin1(TabStrip::kMimeType),
                 QByteArray::number(shown.desk().tabOf(second)->id));
    const QPoint below(pane->width() / 2, pane->height() - 10);
    QDragEnterEvent enter(below, Qt::MoveAction, &what, Qt::LeftButton, {});
    QApplication::sendEvent(pane, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(below, Qt::MoveAction, &what, Qt::LeftButton, {});
    QApplication::sendEvent(pane, &drop);
    QTRY_COMPARE(shown.desk().tabs().size(), 1);
    QCOMPARE(shown.desk().tabs()[0].layout.root().orientation, Qt::Vertical);
    QTRY_VERIFY(shown.view(second) && shown.view(first));
    QVERIFY(shown.view(second)->mapToGlobal(QPoint()).y() > shown.view(first)->mapToGlobal(QPoint()).y());
    // A text that somebody drags is not a tab.
    QMimeData text;
    text.setText(u"1"_s);
    QDragEnterEvent other(below, Qt::CopyAction, &text, Qt::LeftButton, {});
    other.ignore();
    QApplication::sendEvent(pane, &other);
    QVERIFY(!other.isAccepted());
}

void tst_SessionDesk::tornOffAndBack()
{
    Shown shown;
    const int first = shown.open(u"web-tyo-01"_s);
    const int second = shown.open(u"db-tyo-primary"_s);
    const int tab = shown.desk().tabOf(second)->id;
    shown.console.find<QAction>("sessionTearOff")->trigger();
    SessionWindow *window = nullptr;
    const auto windows = QApplication::topLevelWidgets();
    for (QWidget *each : windows) {
        if (auto *found = qobject_cast<SessionWindow *>(each); found && found->isVisible())
            window = found;
    }
    QVERIFY(window);
    QVERIFY(window->windowTitle().startsWith(u"db-tyo-primary"_s));
    QVERIFY(
        !window->testAttribute(Qt::WA_QuitOnClose)); // it does not keep a console alive whose window is shut
    QCOMPARE(shown.desk().current(), shown.desk().tabOf(first)->id);
    auto *view = window->findChild<TerminalView *>();
    QVERIFY(view);
    QTest::keyClicks(view, u"ls"_s);
    QTRY_COMPARE(shown.console.linksSource.typed[shown.desk().link(second)->id()], QByteArray("ls"));
    window->close(); // its sessions go on, in the console's window
    QVERIFY(!shown.desk().tab(tab)->isTornOff);
    QVERIFY(shown.console.linksSource.ended.isEmpty());
    QTRY_VERIFY(shown.view(second));
}

// A window that is made anew shows the same sessions with their text.
void tst_SessionDesk::survivesANewLanguage()
{
    Shown shown;
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
    Shown shown;
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
    QCOMPARE(banner->statement(), u"2 sessions of yours still run."_s);
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
    Shown shown;
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
    Shown shown;
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
    Shown shown;
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
    Shown shown;
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
