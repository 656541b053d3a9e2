// A file up to one real agent and down again over loopback TLS, as the Files tab does it, the engine in this process.

#include "models/nodes/tools/transfer_feed.h"
#include "tests/bench/measurements.h"
#include "tests/bench/sessions/plain_tls.h"
#include "tests/support/live_fleet.h"

#include <QElapsedTimer>
#include <QFile>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <stdexcept>

namespace fb::bench {

using namespace Qt::StringLiterals;
using fb::test::LiveFleet;

namespace {
    constexpr qsizetype kBytes = 256'000'000;
    constexpr int kRuns = 3;

    double run(TransferFeed &transfers, const QString &node, quint64 id, QElapsedTimer passed)
    {
        const auto now = [&] {
            for (const TransferState &each : transfers.transfers(node)) {
                if (each.id == id)
                    return each;
            }
            return TransferState();
        };
        QTimer look; // for one that stands still
        look.start(100);
        while (!now().isEnded() && passed.elapsed() < 120'000)
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        if (now().phase != TransferState::Phase::Done)
            throw std::runtime_error("the file did not come through: " + now().problem.message.toStdString());
        return double(kBytes) / 1e6 / (double(passed.nsecsElapsed()) / 1e9);
    }

    Figure row(const char *name, const Pair &pair, const char *note)
    {
        return {.name = name,
                .value = pair.ours,
                .unit = "MB/s",
                .budget = 538, // 60 % of what the yardstick did on a quiet machine
                .better = Better::More,
                .yardstick = Yardstick {"one plain TLS connection", pair.yardstick, 896},
                .note = note};
    }
}

Figures measureFiles()
{
    try {
        LiveFleet fleet;
        if (!fleet.startEngine() || !fleet.startAgent())
            throw std::runtime_error("no agent connected");
        const QTemporaryDir folder;
        const QString local = folder.filePath(u"local"_s);
        const QByteArray remote = QFile::encodeName(folder.filePath(u"remote"_s));
        QFile file(local);
        QByteArray block(1'000'000, Qt::Uninitialized); // as archives are: it does not get smaller
        QRandomGenerator random(7);
        for (char &byte : block)
            byte = static_cast<char>(random.generate());
        if (!file.open(QIODevice::WriteOnly))
            throw std::runtime_error("no room for the file");
        for (qsizetype written = 0; written < kBytes; written += block.size())
            file.write(block);
        file.close();
        TransferFeed transfers(fleet.engine());
        const QString node = fleet.nodeId();
        const auto yardstick = [] { return plainTlsMbPerSecond(kBytes); };
        const auto timed = [&](const auto &begin) {
            QElapsedTimer passed;
            passed.start();
            return run(transfers, node, begin(), passed);
        };
        const Pair up = alternately(
            kRuns, [&] { return timed([&] { return transfers.upload(node, local, remote, true); }); },
            yardstick);
        const Pair down = alternately(
            kRuns,
            [&] {
                return timed([&] { return transfers.download(node, remote, folder.filePath(u"back"_s)); });
            },
            yardstick);
        return std::vector<Figure> {
            row("files: up to a node", up, "256 MB, read for its hash first, checked and synced at the end"),
            row("files: down from a node", down,
                "256 MB, through the part that is renamed when it is whole")};
    } catch (const std::exception &failure) {
        return makeError(errors::kInternal, failure.what());
    }
}

}
