// The states of Nodes > Sessions: the desk, and the player of a recording.
#include "tests/gui/page_states.h"

#include "ui/nodes/sessions/player_page.h"
#include "ui/nodes/sessions/sessions_page.h"

#include <QPushButton>
#include <QTest>

namespace fb::test {

using namespace Qt::StringLiterals;

namespace {

    // What the shells of picture 04 have written.
    QByteArray screenOf(const QString &node)
    {
        const auto prompt = [](const QByteArray &user, const QByteArray &host) {
            return "\x1b[32m" + user + "@" + host + "\x1b[0m:\x1b[34m~\x1b[0m$ ";
        };
        if (node == u"web-tyo-03") {
            const QByteArray at = prompt("ops", "web-tyo-03");
            QByteArray text = at
                + "uptime\r\n 10:40:51 up 41 days, 2 users, load average: 4.12, 3.87, 2.90\r\n" + at
                + "systemctl is-active nginx checkout\r\n\x1b[32mactive\r\nactive\x1b[0m\r\n" + at
                + "ss -tn state established | peers\r\n     64 10.20.2.21:5432\r\n     12 10.20.3.31:6379\r\n"
                  "      4 10.20.4.41:5672\r\n"
                + at + "tail -f /var/log/nginx/access.log | brief\r\n";
            for (int i = 0; i < 16; ++i) {
                const bool slow = i % 3 == 2;
                text += "\x1b[90m10:41:" + QByteArray::number(10 + i) + "\x1b[0m "
                    + (slow ? "\x1b[31m504\x1b[0m /api/checkout          \x1b[31m10.00"
                               + QByteArray::number(i % 10) + "\x1b[0m"
                            : "\x1b[32m200\x1b[0m /api/cart               0.03" + QByteArray::number(i % 10))
                    + "\r\n";
            }
            return text;
        }
        if (node == u"db-tyo-primary")
            return "\x1b[35mpostgres@db-tyo-primary\x1b[0m$ psql -d shop\r\npsql (16.4)\r\nType \"help\" for "
                   "help.\r\n\r\n"
                   "shop=# select pid, state, age(now(), query_start) from pg_stat_activity;\r\n"
                   "  pid  |        state        |      "
                   "age\r\n-------+---------------------+---------------\r\n"
                   " 21907 | \x1b[33midle in transaction\x1b[0m | \x1b[31m00:18:42.1183\x1b[0m\r\n"
                   " 22310 | active              | 00:00:09.8841\r\n(2 rows)\r\n\r\nshop=# ";
        return prompt("ops", node.toUtf8())
            + "curl -s localhost:9100/pool | jq .\r\n{\r\n  \x1b[34m\"pool\"\x1b[0m: "
              "\x1b[32m\"shop-primary\"\x1b[0m,\r\n"
              "  \x1b[34m\"max\"\x1b[0m: 64,\r\n  \x1b[34m\"in_use\"\x1b[0m: 64,\r\n  "
              "\x1b[34m\"waiting\"\x1b[0m: 37\r\n}\r\n"
            + prompt("ops", node.toUtf8());
    }

    SessionWish wishOf(ConsoleFixture &shown, const QString &node)
    {
        SessionWish wish {.nodeId = {},
                          .nodeName = node,
                          .document = {},
                          .reason = u"INC-204, checkout requests time out since 10:20"_s,
                          .parameters = {}};
        for (const NodeRow &row : std::as_const(shown.fleetSource.nodes)) {
            if (row.name == node)
                wish.nodeId = row.id;
        }
        return wish;
    }
}

// Three panes in front, and tabs with every mark (picture 04).
void PageStates::openDesk(const QString &name, ConsoleFixture &shown)
{
    FakeSessionLinksSource &source = shown.linksSource;
    const QStringList nodes {u"web-tyo-03"_s,   u"db-tyo-primary"_s, u"web-tyo-01"_s,
                             u"cache-tyo-01"_s, u"build-tyo-01"_s,   u"edge-fra-01"_s};
    for (const QString &node : nodes)
        source.screens.insert(node, screenOf(node));
    source.longest = std::chrono::minutes(220);
    shown.window().openAddress(u"sessions"_s);
    if (name == u"sessions-start")
        return shown.console->openStartSession({wishOf(shown, u"web-tyo-01"_s).nodeId});
    SessionDeskModel &desk = shown.console->desk();
    const int left = desk.open(wishOf(shown, nodes[0]));
    const int right = desk.split(left, Qt::Horizontal, wishOf(shown, nodes[1]));
    const int below = desk.split(right, Qt::Vertical, wishOf(shown, nodes[2]));
    const int front = desk.tabOf(left)->id;
    desk.rename(front, u"Checkout latency"_s);
    const int cache = desk.open(wishOf(shown, nodes[3]));
    const int build = desk.open(wishOf(shown, nodes[4]));
    const int edge = desk.open(wishOf(shown, nodes[5]));
    for (const int pane : {left, right, below, cache, build, edge})
        QTRY_COMPARE(desk.link(pane)->state(), SessionLink::State::Connected);
    desk.setCurrent(front);
    desk.setFocused(below);
    for (const int pane : {left, right, below, cache, build, edge})
        QTRY_VERIFY(source.consumedBytes[desk.link(pane)->id()] > 0);
    source.say(desk.link(cache)->id(), "done\r\n");
    source.say(desk.link(build)->id(), "\a");
    source.change(desk.link(edge)->id(), u"Terminated"_s, u"exited 0"_s);
    QTRY_VERIFY(desk.tabOf(cache)->isUnseen);
    QTRY_VERIFY(desk.tabOf(build)->hasRung);
    source.pass(std::chrono::seconds(140));
    if (name == u"sessions-ended") {
        source.change(desk.link(right)->id(), u"Terminated"_s, u"exited 0"_s);
        source.change(desk.link(left)->id(), u"Disconnected"_s);
    }
    if (name == u"sessions-resume") {
        source.takeOver(desk.link(right)->id());
        desk.setBroadcast(front, {left, below});
    }
    QTest::qWait(1100); // the countdown's second
}

QStringList PageStates::ofPlayer()
{
    return {u"player"_s,      u"player-found"_s, u"player-altered"_s, u"player-proven"_s,
            u"player-torn"_s, u"player-empty"_s, u"player-small"_s};
}

void PageStates::openPlayer(const QString &name, ConsoleFixture &shown)
{
    const auto id = u"m.tanaka-0a1b2c3d4e5f60715"_s;
    if (name == u"player-altered")
        shown.sessionsSource.refusal
            = {.kind = ShownError::Kind::Ours,
               .code = u"InternalServerError"_s,
               .message = u"The recording does not match its hash: it was altered or cut."_s,
               .field = u"RecordingHash"_s};
    if (name == u"player-proven") {
        shown.sessionsSource.refusal = {.kind = ShownError::Kind::Ours,
                                        .code = u"InternalServerError"_s,
                                        .message = u"The recording does not match its hash."_s,
                                        .field = u"RecordingHash"_s};
        shown.sessionsSource.provenPart
            = shown.sessionsSource.cast + "[1021,\"m\",\"recording gap: altered or cut from here on\"]\n";
    }
    if (name == u"player-torn")
        shown.sessionsSource.cast.chop(400);
    if (name == u"player-empty")
        shown.sessionsSource.cast.truncate(shown.sessionsSource.cast.indexOf('\n') + 1);
    if (name == u"player-small")
        shown.window().resize(1024, 640);
    shown.window().openAddress(PlayerPage::addressOf(id)
                               + (name == u"player-found" ? u"?at=400&find=pool"_s : u"?at=410"_s));
    auto *page = qobject_cast<PlayerPage *>(shown.window().page());
    QVERIFY(page);
    QTRY_VERIFY(page->playback().state() != Playback::State::Reading);
    if (name == u"player-altered")
        return;
    if (name == u"player-proven")
        page->findChild<QPushButton *>(u"playerProvenPart"_s)->click();
    QTRY_COMPARE(page->playback().state(), Playback::State::Ready);
    QTRY_VERIFY(!page->playback().player().isSeeking());
    if (name == u"player-found") {
        QTRY_VERIFY(page->playback().hits().size() > 3);
        page->playback().goToHitBy(-1);
        QTRY_VERIFY(!page->playback().player().isSeeking());
    }
    if (name != u"player-empty") // where it cannot be pressed
        page->findChild<QWidget *>(u"playerPlay"_s)->setFocus();
    QTest::qWait(100); // the terminal's frame is drawn at its next turn
}

}
