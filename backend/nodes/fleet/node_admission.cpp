#include "backend/nodes/fleet/node_admission.h"

#include "backend/base/reported_text.h"
#include "backend/events/metric_store.h"
#include "backend/gateway/gateway.h"
#include "backend/nodes/fleet/hardware_service.h"

#include <cmath>
#include <limits>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr uint32_t kMetricsInterval = 60000;
    constexpr std::chrono::seconds kHeardEvery {15};

    wire::ErrorReport refusal(std::string_view code, std::string_view text)
    {
        wire::ErrorReport report;
        report.set_code(std::string(code));
        report.set_text(std::string(text));
        report.set_fatal(true);
        return report;
    }

    QString goodbyeOf(const Error &cause)
    {
        return cause.code.name() == "goaway" ? toQString(cause.message) : QString();
    }
}

NodeAdmission::NodeAdmission(FleetService &fleet, HardwareService &hardware, MetricStore &metrics,
                             QObject *parent)
    : QObject(parent),
      m_fleet(fleet),
      m_hardware(hardware),
      m_metrics(metrics)
{
}

void NodeAdmission::listenTo(Gateway &gateway)
{
    connect(&gateway, &Gateway::nodeConnected, this, [this](const NodeConnection &connection) {
        m_fleet.linkUp(reportedNode(connection.node, connection.hello.facts(),
                                    connection.hello.agent_version(), connection.hello.fingerprint()));
    });
    connect(&gateway, &Gateway::nodeLost, this,
            [this, &gateway](const NodeId &node, quint64, const Error &cause, Instant) {
                if (!gateway.isConnected(node)) // a newer connection may have replaced it
                    m_fleet.linkDown(node, goodbyeOf(cause));
            });
    connect(&m_heardTimer, &QTimer::timeout, &gateway, [this, &gateway] {
        m_fleet.eachAfter({}, std::numeric_limits<int>::max(), [&](const Node &node) {
            if (const auto heardAt = gateway.lastHeardAt(node.id))
                m_fleet.heard(node.id, *heardAt);
        });
    });
    m_heardTimer.start(kHeardEvery);
    connect(&gateway, &Gateway::controlReceived, this, &NodeAdmission::takeMessages);
    connect(&gateway, &Gateway::duplicateNodeSeen, &m_hardware, &HardwareService::duplicateSeen);
}

void NodeAdmission::admit(const NodeConnection &connection, std::function<void(AdmitDecision)> decide)
{
    const Node *node = m_fleet.node(connection.node);
    if (!node)
        return decide(refusal("InvalidInstanceId",
                              "This node is not registered. Register it again with a new activation."));
    const HardwareService::Word word = m_hardware.judge(connection);
    if (word == HardwareService::Word::Refused)
        return decide(refusal("FingerprintMismatch",
                              "This machine is not the one that was registered. Register it anew, or accept "
                              "the new hardware in the console."));
    wire::Welcome welcome;
    welcome.set_lease_epoch(static_cast<uint64_t>(m_fleet.raiseLeaseEpoch(connection.node)));
    welcome.set_keep_hardware(word == HardwareService::Word::Known);
    welcome.set_quarantined(node->state == NodeState::Quarantined);
    welcome.set_metrics_interval_ms(kMetricsInterval);
    for (const auto &step : m_steps)
        step(connection, welcome);
    decide(welcome);
}

void NodeAdmission::takeMessages(const QList<NodeMessage> &messages)
{
    for (const NodeMessage &message : messages) {
        if (message.type == protocol::FrameType::Metrics)
            takeMetrics(message);
        if (message.type != protocol::FrameType::Inventory)
            continue;
        const auto report = protocol::parse<wire::FactsReport>(
            message.payload.empty() ? message.header : message.payload, protocol::kMaxMessageBytes);
        if (report)
            m_fleet.factsReported(reportedNode(message.node, report->facts(), {}, {}));
    }
}

void NodeAdmission::takeMetrics(const NodeMessage &message)
{
    const auto report = protocol::parse<wire::MetricReport>(
        message.payload.empty() ? message.header : message.payload, protocol::kMaxMessageBytes);
    if (!report)
        return;
    QList<MetricSample> samples;
    for (const wire::MetricPoint &point : report->points()) {
        if (!std::isfinite(point.value()) || samples.size() == MetricStore::kMaxPointsPerReport)
            continue;
        MetricSample sample {.node = message.node,
                             .name = reportedText(point.name(), 128),
                             .dimensions = {},
                             .time = fromMicros(report->time_us()),
                             .value = point.value()};
        for (const wire::EnvEntry &dimension : point.dimensions())
            sample.dimensions.insert(reportedText(dimension.name(), 64),
                                     reportedText(dimension.value(), 255));
        samples.append(sample);
    }
    m_metrics.record(samples);
}

}
