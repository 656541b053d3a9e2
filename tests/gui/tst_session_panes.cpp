#include "tests/gui/shown_desk.h"
#include "tests/support/test_main.h"
#include "ui/nodes/sessions/pane_tree.h"
#include "ui/nodes/sessions/session_pane.h"
#include "ui/nodes/sessions/session_window.h"
#include "ui/nodes/sessions/tab_strip.h"

#include <QAction>
#include <QApplication>
#include <QDropEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QSplitter>
#include <QTest>
#include <QTreeView>

namespace fb::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

// Tabs and panes of the sessions desk, by clicks and keys, over sessions that the test speaks for.
class tst_SessionPanes : public QObject
{
    Q_OBJECT
private slots:
    void splitsByKeys();
    void severalOpenAsAGrid();
    void closingAsks();
    void tabsRenameAndMove();
    void marksOfTabs();
    void lostTakenOverAndEnded();
    void broadcastAsksAndShows();
    void stripSaysWhatItIs();
    void menuOfAPane();
    void dropsATabBesideAPane();
    void tornOffAndBack();
};

void tst_SessionPanes::splitsByKeys()
{
    ShownDesk shown;
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

void tst_SessionPanes::severalOpenAsAGrid()
{
    ShownDesk shown;
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

void tst_SessionPanes::closingAsks()
{
    ShownDesk shown;
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

void tst_SessionPanes::tabsRenameAndMove()
{
    ShownDesk shown;
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

void tst_SessionPanes::marksOfTabs()
{
    ShownDesk shown;
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

void tst_SessionPanes::lostTakenOverAndEnded()
{
    ShownDesk shown;
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

void tst_SessionPanes::broadcastAsksAndShows()
{
    ShownDesk shown;
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

void tst_SessionPanes::stripSaysWhatItIs()
{
    ShownDesk shown;
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

void tst_SessionPanes::menuOfAPane()
{
    ShownDesk shown;
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

void tst_SessionPanes::dropsATabBesideAPane()
{
    ShownDesk shown;
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

void tst_SessionPanes::tornOffAndBack()
{
    ShownDesk shown;
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

FB_TEST(tst_SessionPanes)

}

#include "tst_session_panes.moc"
