#include "tests/support/models/fake_tunnels_source.h"

namespace fb::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

QList<TunnelRow> FakeTunnelsSource::sample(Instant now)
{
    TunnelRow database;
    database.id = u"tunnel-1"_s;
    database.wish = {.nodeId = u"mi-0a1b2c3d4e5f60001"_s,
                     .host = u"db.lan"_s,
                     .port = 5432,
                     .localPort = 15432,
                     .name = u"Orders database"_s,
                     .keepOpen = true};
    database.nodeName = u"web-tok-01"_s;
    database.state = TunnelRow::State::Open;
    database.localPort = 15432;
    database.sessionId = u"m.tanaka-0a1b2c3d4e5f60721"_s;
    database.opened = now - 42min;
    database.fromNode = 48'300'000;
    database.toNode = 1'200'000;
    database.fromNodeRate = 1'310'000;
    database.toNodeRate = 24'000;
    database.connectionsSoFar = 9;
    database.connections = {
        {.peer = u"127.0.0.1:51312"_s,
         .opened = now - 12min,
         .isConnected = true,
         .toNode = 640'000,
         .fromNode = 31'000'000},
        {.peer = u"127.0.0.1:51340"_s, .opened = now - 3s, .isConnected = false, .toNode = 0, .fromNode = 0}};
    TunnelRow web;
    web.id = u"tunnel-2"_s;
    web.wish = {.nodeId = u"mi-0a1b2c3d4e5f60002"_s, .host = {}, .port = 8080, .name = {}};
    web.nodeName = u"web-tok-02"_s;
    web.state = TunnelRow::State::Away;
    web.cause = u"the link to the node is lost"_s;
    web.localPort = 40123;
    web.opened = now - 3min;
    web.lastRefusal = u"localhost:8080: 127.0.0.1:8080: Connection refused"_s;
    TunnelRow resting = database;
    resting.id = u"tunnel-3"_s;
    resting.wish.name = u"prometheus"_s;
    resting.wish.host = u"metrics.lan"_s;
    resting.wish.port = 9090;
    resting.state = TunnelRow::State::Resting;
    resting.cause = u"idle"_s;
    resting.localPort = 19090;
    resting.connections.clear();
    resting.fromNodeRate = resting.toNodeRate = 0;
    resting.opened = now - 5h;
    TunnelRow notOpen;
    notOpen.id = u"kept-1"_s;
    notOpen.wish = {.nodeId = u"mi-0a1b2c3d4e5f60003"_s,
                    .host = u"<b>ldap</b>.lan"_s, // [U01] markup is text
                    .port = 636,
                    .localPort = 10636,
                    .name = {},
                    .keepOpen = true};
    notOpen.nodeName = u"batch-osa-01"_s;
    notOpen.state = TunnelRow::State::NotOpen;
    notOpen.cause = u"mi-0a1b2c3d4e5f60003 is not connected; it was not seen since this engine started."_s;
    return {database, web, resting, notOpen};
}

}
