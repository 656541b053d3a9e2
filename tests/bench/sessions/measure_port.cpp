// A download through a tunnel of one real agent over loopback TLS, the engine in this process: how fast it pours.

#include "backend/base/qt_text.h"
#include "backend/nodes/sessions/port_tunnels.h"
#include "tests/bench/measurements.h"
#include "tests/bench/sessions/plain_tls.h"
#include "tests/support/live_fleet.h"
#include "tests/support/loopback_server.h"

#include <QElapsedTimer>
#include <QTest>

#include <stdexcept>

namespace fb::bench {

using fb::test::LiveFleet;
using fb::test::LoopbackServer;
using fb::test::LoopbackSocket;

namespace {
    constexpr qsizetype kPortBytes = 256'000'000;
    constexpr int kPortRuns = 5;

    quint16 openTunnel(LiveFleet &fleet, quint16 port)
    {
        TunnelRequest request;
        request.node = toId<NodeId>(fleet.nodeId());
        request.port = port;
        const auto opened
            = fleet.ask([request](Engine &engine) { return engine.tunnels().open(engine.owner(), request); });
        if (!opened)
            throw std::runtime_error(opened.error().message);
        const auto tunnel = [&] {
            return *fleet.ask([number = *opened](Engine &engine) -> Result<std::optional<Tunnel>> {
                return engine.tunnels().tunnel(number);
            });
        };
        if (!QTest::qWaitFor([&] { return tunnel()->state == TunnelState::Open; }, 20'000))
            throw std::runtime_error("the tunnel did not open");
        return tunnel()->localPort;
    }

    double pour(quint16 port)
    {
        LoopbackSocket client = LoopbackSocket::connectTo(port);
        QElapsedTimer passed;
        passed.start();
        client.write("go\n");
        qsizetype received = 0;
        for (QByteArray piece = client.read(256 * 1024); !piece.isEmpty(); piece = client.read(256 * 1024))
            received += piece.size();
        if (received != kPortBytes)
            throw std::runtime_error("the download did not come through");
        return double(received) / 1e6 / (double(passed.nsecsElapsed()) / 1e9);
    }
}

Figures measurePort()
{
    try {
        LiveFleet fleet;
        if (!fleet.startEngine() || !fleet.startAgent())
            throw std::runtime_error("no agent connected");
        const LoopbackServer server([](LoopbackSocket &connection) {
            const QByteArray piece(256 * 1024, 'x');
            connection.readLine();
            for (qsizetype sent = 0; sent < kPortBytes; sent += piece.size())
                connection.write(piece.left(kPortBytes - sent));
            connection.finish();
            connection.readAll();
        });
        const quint16 port = openTunnel(fleet, server.port());
        const Pair poured = alternately(
            kPortRuns, [&] { return pour(port); }, [] { return plainTlsMbPerSecond(kPortBytes); });
        const Pair beside = alternately(
            kPortRuns, [&] { return pour(port); }, [] { return bareRelayMbPerSecond(kPortBytes); });
        return std::vector<Figure> {
            {.name = "session: a download pours through a tunnel",
             .value = poured.ours,
             .unit = "MB/s",
             .budget = 538, // 60 % of what the yardstick did on a quiet machine
             .better = Better::More,
             .yardstick = Yardstick {"one plain TLS connection", poured.yardstick, 896},
             .note = "256 MB: server, agent, TLS, engine, client; plain TCP at both ends"},
            {.name = "session: the same, beside two bare relays",
             .value = beside.ours,
             .unit = "MB/s",
             .better = Better::More,
             .yardstick = Yardstick {"TCP, TLS and TCP again, with blocking calls", beside.yardstick},
             .note = "what the machine gives to any tunnel: two cores for the five who work"}};
    } catch (const std::exception &failure) {
        return makeError(errors::kInternal, failure.what());
    }
}

}
