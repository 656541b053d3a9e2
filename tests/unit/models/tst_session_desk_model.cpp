#include "models/nodes/sessions/session_desk_model.h"
#include "models/settings/console_settings.h"
#include "tests/support/models/fake_session_links_source.h"
#include "tests/support/models/fake_sessions_source.h"
#include "tests/support/test_main.h"

#include <QSignalSpy>
#include <QTest>

using namespace fb;
using namespace fb::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

// Tabs, panes and sessions of the desk, without a window.
class tst_SessionDeskModel : public QObject
{
    Q_OBJECT
private slots:
    void opensAndTypes();
    void refusedSaysWhy();
    void lostAndBack();
    void takenOver();
    void endedReopensInPlace();
    void unseenAndBell();
    void splitsAndCloses();
    void gridBroadcasts();
    void largeGridGoesOnInTabs();
    void countsDown();
    void restoresWithResume();
    void endedMeanwhile();
    void movesTabs();
};

namespace {

struct Desk {
    FakeSessionLinksSource source;
    FakeSessionsSource list;
    SessionsViewModel sessions {list, &SessionTable::idOf, SessionTable::columns()};
    ConsoleSettings settings;
    TerminalThread thread;
    std::unique_ptr<SessionDeskModel> model
        = std::make_unique<SessionDeskModel>(source, sessions, thread, settings);

    static SessionWish wish(const QString &name)
    {
        return {.nodeId = u"mi-"_s + name,
                .nodeName = name,
                .document = {},
                .reason = u"INC-204"_s,
                .parameters = {}};
    }
    int open(const QString &name)
    {
        const int pane = model->open(wish(name));
        [&] { QTRY_COMPARE(model->link(pane)->state(), SessionLink::State::Connected); }();
        return pane;
    }
    QString idOf(int pane) const { return model->link(pane)->id(); }
};
}

void tst_SessionDeskModel::opensAndTypes()
{
    Desk desk;
    QSignalSpy tabs(desk.model.get(), &SessionDeskModel::tabsChanged);
    const int pane = desk.model->open(Desk::wish(u"web-01"_s));
    SessionLink *link = desk.model->link(pane);
    QCOMPARE(link->state(), SessionLink::State::Connecting);
    QTRY_COMPARE(link->state(), SessionLink::State::Connected);
    QCOMPARE(tabs.size(), 1);
    QCOMPARE(desk.model->tabs().size(), 1);
    QCOMPARE(desk.model->titleOf(desk.model->tabs()[0]), u"web-01"_s);
    QCOMPARE(desk.model->contextOf(desk.model->tabs()[0]), u"shell"_s);
    QTRY_COMPARE(desk.source.consumedBytes[link->id()], 8); // "web-01$ ", once it was parsed
    QString text;
    desk.model->terminal(pane)->wholeText([&text](const QString &all) { text = all; });
    QTRY_COMPARE(text.trimmed(), u"web-01$"_s);
    QCOMPARE(link->user(), u"ops"_s);
    QCOMPARE(desk.source.started[0].wish.reason, u"INC-204"_s);
    desk.model->terminal(pane)->sendText(u"ls\r"_s);
    QCOMPARE(desk.source.typed[link->id()], QByteArray("ls\r"));
    desk.model->terminal(pane)->resize(132, 43);
    QTRY_COMPARE(desk.source.sizes[link->id()], qMakePair(132, 43));
    QCOMPARE(desk.model->openCount(), 1);
}

void tst_SessionDeskModel::refusedSaysWhy()
{
    Desk desk;
    desk.source.refusal = {.kind = ShownError::Kind::State,
                           .code = u"TargetNotConnected"_s,
                           .message = u"mi-web-01 is not connected; it was last seen at 10:20."_s,
                           .field = u"Target"_s};
    const int pane = desk.model->open(Desk::wish(u"web-01"_s));
    QTRY_COMPARE(desk.model->link(pane)->state(), SessionLink::State::Ended);
    QCOMPARE(desk.model->link(pane)->cause(),
             u"The node is not connected. mi-web-01 is not connected; it was last seen at 10:20."_s);
    QCOMPARE(desk.model->openCount(), 0);
    desk.model->link(pane)->type("x"); // to nobody
    QVERIFY(desk.source.typed.isEmpty());
}

// The engine comes back to the node by itself; what is typed meanwhile goes to it in its order.
void tst_SessionDeskModel::lostAndBack()
{
    Desk desk;
    const int pane = desk.open(u"web-01"_s);
    SessionLink *link = desk.model->link(pane);
    desk.source.change(link->id(), u"Disconnected"_s);
    QCOMPARE(link->state(), SessionLink::State::Disconnected);
    QVERIFY(!link->canResume());
    QVERIFY(link->cause().contains(u"connection to the node is lost"_s));
    link->type("echo 1\r");
    desk.source.change(link->id(), u"Connected"_s);
    QCOMPARE(link->state(), SessionLink::State::Connected);
    QCOMPARE(desk.source.typed[link->id()], QByteArray("echo 1\r"));
    QCOMPARE(desk.model->link(pane), link);
}

void tst_SessionDeskModel::takenOver()
{
    Desk desk;
    const int pane = desk.open(u"web-01"_s);
    SessionLink *link = desk.model->link(pane);
    desk.source.takeOver(link->id());
    QCOMPARE(link->state(), SessionLink::State::Disconnected);
    QVERIFY(link->canResume());
    QCOMPARE(desk.model->resumable(), QList<int> {pane});
    desk.model->resumeAll();
    QTRY_COMPARE(link->state(), SessionLink::State::Connected);
    QCOMPARE(desk.source.attached.size(), 1);
    QCOMPARE(desk.source.attached[0].id, link->id());
}

void tst_SessionDeskModel::endedReopensInPlace()
{
    Desk desk;
    const int pane = desk.open(u"web-01"_s);
    SessionLink *link = desk.model->link(pane);
    const QString first = link->id();
    desk.source.change(first, u"Terminated"_s, u"exited 0"_s);
    QCOMPARE(link->state(), SessionLink::State::Ended);
    QCOMPARE(link->cause(), u"exited 0"_s);
    QCOMPARE(desk.model->contextOf(desk.model->tabs()[0]), u"ended"_s);
    QSignalSpy began(link, &SessionLink::began);
    link->reopen();
    QTRY_COMPARE(link->state(), SessionLink::State::Connected);
    QCOMPARE(began.size(), 1);
    QVERIFY(link->id() != first);
    QCOMPARE(desk.source.started[1].wish, desk.source.started[0].wish);
    QVERIFY(link->cause().isEmpty());
}

void tst_SessionDeskModel::unseenAndBell()
{
    Desk desk;
    const int first = desk.open(u"web-01"_s);
    const int second = desk.open(u"db-01"_s);
    const int firstTab = desk.model->tabOf(first)->id;
    // What a shell says first is seen.
    desk.model->setCurrent(firstTab);
    QTRY_COMPARE(desk.source.consumedBytes[desk.idOf(second)], 7);
    desk.model->setCurrent(desk.model->tabOf(second)->id);
    QTRY_COMPARE(desk.source.consumedBytes[desk.idOf(first)], 8);
    desk.model->setCurrent(firstTab);
    desk.model->setCurrent(desk.model->tabOf(second)->id);
    QSignalSpy changed(desk.model.get(), &SessionDeskModel::tabChanged);
    desk.source.say(desk.idOf(second), "seen");
    QVERIFY(!desk.model->tabOf(second)->isUnseen);
    desk.source.say(desk.idOf(first), "a");
    QTRY_VERIFY(desk.model->tabOf(first)->isUnseen);
    desk.source.say(desk.idOf(first), "b\a");
    QTRY_VERIFY(desk.model->tabOf(first)->hasRung);
    QCOMPARE(changed.size(), 2); // each told once
    desk.model->setCurrent(firstTab);
    QVERIFY(!desk.model->tabOf(first)->isUnseen);
    QVERIFY(!desk.model->tabOf(first)->hasRung);
    desk.model->step(1);
    QCOMPARE(desk.model->current(), desk.model->tabOf(second)->id);
    desk.model->step(1);
    QCOMPARE(desk.model->current(), firstTab);
}

void tst_SessionDeskModel::splitsAndCloses()
{
    Desk desk;
    const int first = desk.open(u"web-01"_s);
    desk.model->splitAgain(first, Qt::Horizontal);
    const DeskTab *tab = &desk.model->tabs()[0];
    QCOMPARE(tab->layout.panes().size(), 2);
    const int second = tab->focused;
    QVERIFY(second != first);
    QCOMPARE(desk.source.started[1].wish, desk.source.started[0].wish);
    QTRY_COMPARE(desk.model->link(second)->state(), SessionLink::State::Connected);
    QCOMPARE(desk.model->contextOf(*tab), u"2 pane(s)"_s);
    QCOMPARE(desk.model->liveNodes(tab->layout.panes()), (QStringList {u"web-01"_s, u"web-01"_s}));
    const QString id = desk.idOf(second);
    desk.model->closePane(second);
    QCOMPARE(desk.source.ended, QStringList {id});
    QCOMPARE(desk.model->tabs()[0].focused, first);
    desk.model->closePane(first);
    QVERIFY(desk.model->tabs().isEmpty());
    QCOMPARE(desk.model->current(), 0);
    QCOMPARE(desk.model->openCount(), 0);
}

void tst_SessionDeskModel::gridBroadcasts()
{
    Desk desk;
    desk.model->openGrid({Desk::wish(u"web-01"_s), Desk::wish(u"web-02"_s), Desk::wish(u"web-03"_s)});
    const DeskTab &tab = desk.model->tabs()[0];
    const QList<int> panes = tab.layout.panes();
    QCOMPARE(panes.size(), 3);
    for (const int pane : panes)
        QTRY_COMPARE(desk.model->link(pane)->state(), SessionLink::State::Connected);
    const auto type = [&](int pane, const QString &text) { desk.model->terminal(pane)->sendText(text); };
    type(panes[0], u"no\r"_s); // nothing is chosen: only its own node
    QCOMPARE(desk.source.typed.size(), 1);
    desk.model->setBroadcast(tab.id, {panes[0], panes[2]});
    type(panes[0], u"uptime\r"_s);
    QCOMPARE(desk.source.typed[desk.idOf(panes[2])], QByteArray("uptime\r"));
    QVERIFY(!desk.source.typed.contains(desk.idOf(panes[1])));
    QCOMPARE(desk.source.typed[desk.idOf(panes[0])], QByteArray("no\ruptime\r")); // once
    type(panes[1], u"x"_s); // not among them
    QCOMPARE(desk.source.typed[desk.idOf(panes[1])], QByteArray("x"));
    QCOMPARE(desk.source.typed[desk.idOf(panes[2])], QByteArray("uptime\r"));
    // What a program asks for is answered by its own terminal alone.
    desk.source.say(desk.idOf(panes[0]), "\x1b[6n");
    QTRY_VERIFY(desk.source.typed[desk.idOf(panes[0])].contains("\x1b["));
    QCOMPARE(desk.source.typed[desk.idOf(panes[2])], QByteArray("uptime\r"));
    desk.model->closePane(panes[2]); // nobody is left to get it
    QVERIFY(desk.model->tabs()[0].broadcast.isEmpty());
}

void tst_SessionDeskModel::largeGridGoesOnInTabs()
{
    Desk desk;
    QList<SessionWish> wishes;
    for (int i = 0; i < PaneLayout::kMostPanes + 8; ++i)
        wishes << Desk::wish(u"web-%1"_s.arg(i));
    desk.model->openGrid(wishes);
    const QList<DeskTab> tabs = desk.model->tabs();
    QCOMPARE(tabs.size(), 2);
    QCOMPARE(tabs[0].layout.panes().size(), PaneLayout::kMostPanes);
    QCOMPARE(tabs[1].layout.panes().size(), 8);
    QCOMPARE(desk.model->current(), tabs[0].id);
    QStringList nodes;
    for (const auto &started : desk.source.started)
        nodes << started.wish.nodeName;
    QStringList wished;
    for (const SessionWish &wish : wishes)
        wished << wish.nodeName;
    QCOMPARE(nodes, wished); // none is left out, and none is opened twice
}

// [session-manager 3.6] what is typed puts the idle limit off; output does not
void tst_SessionDeskModel::countsDown()
{
    Desk desk;
    desk.source.longest = 40min;
    const int pane = desk.open(u"web-01"_s);
    SessionLink *link = desk.model->link(pane);
    QCOMPARE(link->idleLeft(), std::optional(std::chrono::seconds(1200)));
    desk.source.pass(140s);
    desk.source.say(link->id(), "output");
    QCOMPARE(link->idleLeft(), std::optional(std::chrono::seconds(1060)));
    link->type("x");
    QCOMPARE(link->idleLeft(), std::optional(std::chrono::seconds(1200)));
    desk.source.pass(2h);
    QCOMPARE(link->idleLeft(), std::optional(std::chrono::seconds(0)));
    QCOMPARE(link->endsAt(), std::optional(desk.source.now() + Microseconds(40min)));
}

// [R18] tabs, panes and names of a console that went away, with the sessions that still run
void tst_SessionDeskModel::restoresWithResume()
{
    Desk desk;
    const int first = desk.open(u"web-01"_s);
    const int right = desk.model->split(first, Qt::Horizontal, Desk::wish(u"db-01"_s));
    QTRY_COMPARE(desk.model->link(right)->state(), SessionLink::State::Connected);
    desk.model->setShares(desk.model->tabs()[0].id, {}, {3, 1});
    desk.model->rename(desk.model->tabs()[0].id, u" Checkout  latency "_s);
    const int other = desk.open(u"edge-01"_s);
    const QStringList ids {desk.idOf(first), desk.idOf(right), desk.idOf(other)};
    desk.model->setCurrent(desk.model->tabs()[0].id);
    desk.model.reset();
    QVERIFY(desk.source.ended.isEmpty()); // they live on

    for (const QString &id : ids) {
        SessionRow row;
        row.id = id;
        row.status = u"Disconnected"_s;
        desk.list.values << row;
    }
    desk.model = std::make_unique<SessionDeskModel>(desk.source, desk.sessions, desk.thread, desk.settings);
    desk.sessions.start();
    QTRY_VERIFY(desk.sessions.isLoaded());
    QCOMPARE(desk.model->tabs().size(), 2);
    const DeskTab &tab = desk.model->tabs()[0];
    QCOMPARE(tab.name, u"Checkout latency"_s);
    QCOMPARE(desk.model->current(), tab.id);
    QCOMPARE(tab.layout.root().shares, (QList<double> {0.75, 0.25}));
    QCOMPARE(desk.model->resumable().size(), 3);
    QCOMPARE(desk.source.attached.size(), 0); // it asks first
    desk.model->resumeAll();
    QTRY_COMPARE(desk.source.attached.size(), 3);
    QStringList resumed;
    for (const auto &call : desk.source.attached)
        resumed << call.id;
    QCOMPARE(resumed, ids);
    for (const int pane : tab.layout.panes())
        QTRY_COMPARE(desk.model->link(pane)->state(), SessionLink::State::Connected);
}

void tst_SessionDeskModel::endedMeanwhile()
{
    Desk desk;
    const int first = desk.open(u"web-01"_s);
    const int right = desk.model->split(first, Qt::Horizontal, Desk::wish(u"db-01"_s));
    QTRY_COMPARE(desk.model->link(right)->state(), SessionLink::State::Connected);
    const int other = desk.open(u"edge-01"_s);
    SessionRow runs;
    runs.id = desk.idOf(first);
    runs.status = u"Disconnected"_s;
    SessionRow over;
    over.id = desk.idOf(right);
    over.status = u"Terminated"_s;
    over.details = u"node restarted"_s;
    over.ended = desk.source.now();
    QVERIFY(!desk.idOf(other).isEmpty()); // of it the list knows nothing any more
    desk.model.reset();
    desk.list.values = {runs, over};
    desk.model = std::make_unique<SessionDeskModel>(desk.source, desk.sessions, desk.thread, desk.settings);
    desk.sessions.start();
    QTRY_COMPARE(desk.model->tabs().size(), 1);
    const QList<int> panes = desk.model->tabs()[0].layout.panes();
    QCOMPARE(desk.model->resumable(), QList<int> {panes[0]});
    QCOMPARE(desk.model->link(panes[1])->state(), SessionLink::State::Ended);
    QCOMPARE(desk.model->link(panes[1])->cause(), u"node restarted"_s);
}

void tst_SessionDeskModel::movesTabs()
{
    Desk desk;
    const int first = desk.open(u"web-01"_s);
    const int second = desk.open(u"db-01"_s);
    const int third = desk.open(u"edge-01"_s);
    desk.model->moveTab(2, 0);
    QCOMPARE(desk.model->titleOf(desk.model->tabs()[0]), u"edge-01"_s);
    desk.model->moveInto(desk.model->tabOf(second)->id, first, Qt::Vertical, false);
    QCOMPARE(desk.model->tabs().size(), 2);
    QCOMPARE(desk.model->tabOf(first)->layout.panes(), (QList<int> {first, second}));
    QCOMPARE(desk.model->current(), desk.model->tabOf(first)->id);
    QCOMPARE(desk.model->link(second)->state(), SessionLink::State::Connected); // the same session
    const int torn = desk.model->tabOf(third)->id;
    desk.model->setTornOff(torn, true);
    QVERIFY(desk.model->tab(torn)->isTornOff);
    desk.model->step(1);
    QCOMPARE(desk.model->current(), desk.model->tabOf(first)->id); // the only one here
    desk.model->setTornOff(torn, false);
    QCOMPARE(desk.model->current(), torn);
}

FB_TEST(tst_SessionDeskModel)

#include "tst_session_desk_model.moc"
