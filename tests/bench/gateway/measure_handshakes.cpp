// What an accepted node costs the engine: TLS with certificates on both sides, the certificate's rules, the upgrade, the end.

#include "tests/bench/fleet/simulated_fleet.h"
#include "tests/bench/gateway/bare_tls.h"
#include "tests/bench/gateway/node_client.h"
#include "tests/bench/measurements.h"
#include "tests/bench/process_figures.h"

namespace fb::bench {

namespace {
    constexpr int kRuns = 7;
    constexpr int kConnections = 100;
}

Figures measureHandshakes()
{
    auto engine = startEngine();
    if (!engine)
        return engine.error();
    const auto invitation = sim::inviteNodes((*engine)->dataFolder().toStdString(), 1);
    if (!invitation)
        return invitation.error();
    auto client = NodeClient::enrol(*invitation);
    if (!client)
        return client.error();
    BareTls tls;
    std::optional<Error> failure;
    const auto engineCpuOf = [&](bool resumed) {
        const auto begin = processCpu((*engine)->pid());
        if (auto connected = (*client)->connect(kConnections, resumed); !connected && !failure)
            failure = connected.error();
        return milliseconds(processCpu((*engine)->pid()) - begin) / kConnections;
    };
    engineCpuOf(true); // the first leaves a ticket
    const Pair full = alternately(
        kRuns, [&] { return engineCpuOf(false); }, [&] { return tls.fullHandshakeMs(kConnections); });
    const Pair resumed = alternately(
        kRuns, [&] { return engineCpuOf(true); }, [&] { return tls.resumedHandshakeMs(kConnections); });
    if (failure)
        return *failure;
    return std::vector<Figure> {
        {.name = "handshake: engine CPU, full",
         .value = full.ours,
         .unit = "ms",
         .budget = 2,
         .yardstick = Yardstick {"OpenSSL over memory, server side", full.yardstick, 1.1},
         .note = "TLS, upgrade and close of one node"},
        {.name = "handshake: engine CPU, resumed",
         .value = resumed.ours,
         .unit = "ms",
         .budget = 1,
         .yardstick = Yardstick {"OpenSSL over memory, server side", resumed.yardstick, 0.56},
         .note = "the same with a ticket"},
    };
}

}
