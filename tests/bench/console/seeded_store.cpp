#include "tests/bench/console/seeded_store.h"

#include "backend/base/qt_text.h"
#include "backend/core/random.h"
#include "backend/nodes/fleet/node_repository.h"
#include "backend/nodes/runcommand/command_repository.h"
#include "backend/store/database.h"

#include <algorithm>
#include <functional>

namespace fb::bench {

using namespace Qt::StringLiterals;

namespace {

    constexpr int kRowsAWrite = 2000;

    const QStringList kRoles {u"web"_s, u"db"_s, u"cache"_s, u"queue"_s, u"edge"_s, u"build"_s};
    const QStringList kSites {u"tyo"_s, u"osa"_s, u"fra"_s, u"sin"_s, u"iad"_s};
    const QStringList kPlatforms {u"Debian GNU/Linux"_s, u"Ubuntu"_s, u"Rocky Linux"_s};

    NodeId nodeId(int number)
    {
        return NodeId(u"mi-%1"_s.arg(number, 17, 16, QLatin1Char('0')).toStdString());
    }

    Node nodeOf(int number, Instant now)
    {
        Node node;
        node.id = nodeId(number);
        const QString &role = kRoles[number % kRoles.size()];
        const QString &site = kSites[(number / 7) % kSites.size()];
        node.computerName = u"%1-%2-%3"_s.arg(role, site).arg(number, 6, 10, QLatin1Char('0'));
        node.state = NodeState::Active;
        node.ping = number % 50 == 0 ? PingStatus::ConnectionLost : PingStatus::Online;
        node.lastPing = now - std::chrono::seconds(number % 600);
        node.platformType = u"Linux"_s;
        node.platformName = kPlatforms[number % kPlatforms.size()];
        node.platformVersion = QString::number(10 + number % 14);
        node.agentVersion = u"0.1.%1"_s.arg(number % 12);
        node.ipAddress = u"10.%1.%2.%3"_s.arg(number / 65536).arg(number / 256 % 256).arg(number % 256);
        node.kernel = u"6.1.0-%1-amd64"_s.arg(number % 30);
        node.architecture = u"x86_64"_s;
        node.cpuModel = u"AMD EPYC 7R13 Processor, model %1"_s.arg(number % 5);
        node.timeZone = u"Asia/Tokyo"_s;
        node.virtualization = u"kvm"_s;
        node.runsAsRoot = true;
        node.runAsUser = u"root"_s;
        node.machineId = u"%1"_s.arg(number, 32, 16, QLatin1Char('0'));
        node.fingerprint = u"%1"_s.arg(number, 64, 16, QLatin1Char('0'));
        node.activation = ActivationId(
            u"00000000-0000-4000-8000-%1"_s.arg(number % 20, 12, 10, QLatin1Char('0')).toStdString());
        node.cpuCount = 2 + number % 30;
        node.memoryBytes = qint64(1 + number % 128) << 30;
        node.registeredAt = now - std::chrono::hours(number % 9000);
        node.tags
            = {{u"env"_s, number % 3 == 0 ? u"prod"_s : u"test"_s}, {u"role"_s, role}, {u"site"_s, site}};
        return node;
    }

    Command commandOf(int number, int nodes, Instant now)
    {
        Command command;
        command.commandId
            = CommandId(u"00000000-0000-4000-8000-%1"_s.arg(number, 12, 10, QLatin1Char('0')).toStdString());
        command.request.documentName = u"AWS-RunShellScript"_s;
        command.request.parameters = {{u"commands"_s, {u"uname -r"_s}}};
        command.request.targets = {{u"tag:env"_s, {u"prod"_s}}};
        command.contentHash = u"00"_s;
        command.state = CommandState::Success;
        command.counts.targets = nodes;
        command.counts.success = nodes;
        command.requestedAt = now - std::chrono::minutes(number);
        command.deliverBy = command.requestedAt + std::chrono::hours(1);
        command.expiresAfter = command.deliverBy + std::chrono::hours(1);
        command.completedAt = command.requestedAt + std::chrono::seconds(40);
        command.requestedBy = u"m.tanaka"_s;
        return command;
    }

    QList<Invocation> invocationsOf(const Command &command, int from, int count)
    {
        QList<Invocation> invocations;
        invocations.reserve(count);
        for (int ordinal = from; ordinal < from + count; ++ordinal) {
            Invocation invocation;
            invocation.commandId = command.commandId;
            invocation.instanceId = toQString(nodeId(ordinal));
            invocation.instanceName = u"node-%1"_s.arg(ordinal);
            invocation.ordinal = ordinal;
            invocation.state = InvocationState::Success;
            invocation.responseCode = 0;
            invocation.orderId
                = OrderId(u"%1-%2"_s.arg(toQString(command.commandId)).arg(ordinal).toStdString());
            invocation.requestedAt = command.requestedAt;
            invocation.releasedAt = command.requestedAt;
            invocation.acknowledgedAt = command.requestedAt;
            invocation.startedAt = command.requestedAt;
            invocation.endedAt = command.completedAt;
            invocations.append(invocation);
        }
        return invocations;
    }

    // In pieces, so that no transaction grows without bound.
    Result<void> inPieces(Database &database, int count,
                          const std::function<Result<void>(Transaction &, int from, int size)> &write)
    {
        for (int from = 0; from < count; from += kRowsAWrite) {
            const auto written = database.write(
                [&](Transaction &tx) { return write(tx, from, std::min(kRowsAWrite, count - from)); });
            if (!written)
                return written.error();
            if (auto flushed = database.flush(); !flushed)
                return flushed;
        }
        return {};
    }
}

Result<void> seedStore(const QString &dataDir, const StoreSize &size)
{
    const SystemClock clock;
    SecureRandom random;
    auto opened = Database::open({.dataDir = dataDir}, clock, random);
    if (!opened)
        return opened.error();
    Database &database = **opened;
    const Instant now = clock.now();
    NodeRepository nodes;
    CommandRepository commands;
    const auto seeded
        = inPieces(database, size.nodes, [&](Transaction &tx, int from, int count) -> Result<void> {
              for (int number = from; number < from + count; ++number) {
                  const Node node = nodeOf(number, now);
                  if (auto done = nodes.insert(tx, node); !done)
                      return done;
                  if (auto done = nodes.setTags(tx, node.id, node.tags); !done)
                      return done;
              }
              return {};
          });
    if (!seeded)
        return seeded;
    for (int number = 0; number < size.commands; ++number) {
        const Command command = commandOf(number, size.invocationsEach, now);
        const auto made = database.write([&](Transaction &tx) -> Result<void> {
            if (auto content = commands.insertContent(tx, command.contentHash, u"{}"_s); !content)
                return content;
            return commands.insertCommand(tx, command);
        });
        if (!made)
            return made.error();
        const auto rows = inPieces(database, size.invocationsEach, [&](Transaction &tx, int from, int count) {
            return commands.insertInvocations(tx, invocationsOf(command, from, count));
        });
        if (!rows)
            return rows;
    }
    return database.flush();
}

}
