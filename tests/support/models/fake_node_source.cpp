#include "tests/support/models/fake_node_source.h"

#include <cmath>

namespace fb::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

void FakeNodeSource::later(std::function<void()> fn)
{
    QMetaObject::invokeMethod(this, std::move(fn), Qt::QueuedConnection);
}

bool FakeNodeSource::fails(const QString &nodeId, NodePart part)
{
    if (!problem)
        return false;
    later([this, nodeId, part, told = *std::exchange(problem, std::nullopt)] {
        emit readFailed(nodeId, part, told);
    });
    return true;
}

void FakeNodeSource::readDetail(const QString &nodeId)
{
    reads << u"detail "_s + nodeId;
    if (fails(nodeId, NodePart::Detail))
        return;
    for (const NodeRow &row : std::as_const(nodes)) {
        if (row.id != nodeId)
            continue;
        NodeDetail detail;
        detail.node = row;
        detail.kernel = u"6.8.0-49-generic"_s;
        detail.architecture = u"x86_64"_s;
        detail.cpuModel = u"AMD EPYC 7543"_s;
        detail.cpuCount = 8;
        detail.memoryBytes = 16LL * 1024 * 1024 * 1024;
        detail.bootedAt = m_now - 24h * 63;
        detail.virtualization = u"kvm"_s;
        detail.timeZone = u"Asia/Tokyo"_s;
        detail.runsAs = u"root"_s;
        detail.certificateExpires = row.certificateEnds;
        detail.room = room;
        detail.raw = u"{\n    \"InstanceId\": \"%1\",\n    \"PingStatus\": \"Online\"\n}\n"_s.arg(row.id);
        later([this, detail] { emit detailArrived(detail); });
    }
}

void FakeNodeSource::readMetrics(const QString &nodeId, Instant from, Instant to)
{
    reads << u"metrics "_s + nodeId;
    ranges.append({from, to});
    if (!m_measured.contains(nodeId))
        m_measured << nodeId;
    const auto place = static_cast<double>(m_measured.indexOf(nodeId)); // the first node is the busiest
    if (fails(nodeId, NodePart::Metrics))
        return;
    NodeMetrics metrics {.nodeId = nodeId, .from = from, .to = to, .step = 1min, .series = {}};
    const auto add
        = [&](const QString &metric, const QMap<QString, QString> &dimensions, double base, double swing) {
              NodeSeriesValues values {.metric = metric, .dimensions = dimensions, .points = {}};
              int i = 0;
              for (Instant at = from; at <= to && isMeasured;
                   at += std::max<Microseconds>(1min, (to - from) / 180), ++i) {
                  if (i > 70 && i < 84) // the link was down
                      continue;
                  const double wave = std::sin(i / (9.0 + place)) * 0.6 + std::sin(i / 3.1 + place) * 0.4;
                  values.points.append({at, std::max(0.0, (base + swing * wave) / (1 + 0.35 * place))});
              }
              metrics.series << values;
          };
    add(u"cpu_usage_active"_s, {}, 60, 22);
    add(u"cpu_usage_iowait"_s, {}, 6, 4);
    add(u"mem_used_percent"_s, {}, 80, 5);
    add(u"swap_used_percent"_s, {}, 12, 1);
    for (const auto &[path, used] : {std::pair {u"/"_s, 41.0}, {u"/var"_s, 86.0}, {u"/home"_s, 22.0}})
        add(u"disk_used_percent"_s, {{u"path"_s, path}}, used, 1.5);
    add(u"load_1"_s, {}, 3.2, 2);
    add(u"load_5"_s, {}, 2.9, 1);
    add(u"load_15"_s, {}, 2.6, 0.4);
    add(u"net_bytes_recv"_s, {{u"interface"_s, u"eth0"_s}}, 3.1e6, 1.4e6);
    add(u"net_bytes_sent"_s, {{u"interface"_s, u"eth0"_s}}, 1.2e6, 6e5);
    add(u"diskio_read_bytes"_s, {{u"name"_s, u"vda"_s}}, 9e5, 7e5);
    add(u"diskio_write_bytes"_s, {{u"name"_s, u"vda"_s}}, 2.4e6, 1.9e6);
    later([this, metrics] { emit metricsArrived(metrics); });
}

void FakeNodeSource::readHistory(const QString &nodeId)
{
    reads << u"history "_s + nodeId;
    if (fails(nodeId, NodePart::History))
        return;
    using Kind = NodeHappening::Kind;
    QList<NodeHappening> all = happenings;
    all.append({m_now - 20min, Kind::State, u"Online"_s, u"connected"_s, {}, {}});
    all.append({m_now - 38min, Kind::State, u"ConnectionLost"_s, u"link lost"_s, {}, {}});
    all.append({m_now - 3h, Kind::Change, u"ssm:AddTagsToResource"_s, u"Tags: role=database"_s, u"m.tanaka"_s,
                u"Success"_s});
    all.append({m_now - 26h, Kind::Change, u"flagbridge:RenameNode"_s, u"Name: db1 → db-tyo-primary"_s,
                u"k.suzuki"_s, u"Success"_s});
    all.append({m_now - 27h, Kind::State, u"Registered"_s, u"activation"_s, {}, {}});
    later([this, nodeId, all] { emit historyArrived(nodeId, all); });
}

void FakeNodeSource::readRuns(const QString &nodeId)
{
    reads << u"runs "_s + nodeId;
    if (fails(nodeId, NodePart::Runs))
        return;
    const QList<NodeRun> runs {{.commandId = u"3f2c9e10-77aa-4c1e-9f60-51b2ccd47a81"_s,
                                .document = u"AWS-RunShellScript"_s,
                                .comment = u"Kernel and service restarts due"_s,
                                .details = u"Success"_s,
                                .by = u"m.tanaka"_s,
                                .requested = m_now - 2h,
                                .finished = m_now - 2h + 3s},
                               {.commandId = u"8a6d0b4e-15c2-4f0e-8f8c-6a0a5a2f7c55"_s,
                                .document = u"AWS-RunPatchBaseline"_s,
                                .comment = {},
                                .details = u"Failed"_s,
                                .by = u"k.suzuki"_s,
                                .requested = m_now - 49h,
                                .finished = m_now - 48h}};
    later([this, nodeId, runs] { emit runsArrived(nodeId, runs); });
}

void FakeNodeSource::readSessions(const QString &nodeId)
{
    reads << u"sessions "_s + nodeId;
    if (fails(nodeId, NodePart::Sessions))
        return;
    const QList<NodeSession> sessions {{.id = u"m.tanaka-0a1b2c3d"_s,
                                        .status = u"Connected"_s,
                                        .by = u"m.tanaka"_s,
                                        .reason = u"Checkout is slow"_s,
                                        .started = m_now - 6min,
                                        .ended = {}},
                                       {.id = u"k.suzuki-4e5f6a7b"_s,
                                        .status = u"Terminated"_s,
                                        .by = u"k.suzuki"_s,
                                        .reason = {},
                                        .started = m_now - 30h,
                                        .ended = m_now - 29h}};
    later([this, nodeId, sessions] { emit sessionsArrived(nodeId, sessions); });
}

}
