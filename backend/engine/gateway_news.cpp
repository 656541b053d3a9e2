#include "backend/engine/gateway_news.h"

#include "backend/base/qt_text.h"
#include "backend/dispatch/order_outbox.h"
#include "backend/nodes/rollover/ca_roll_over_service.h"
#include "backend/nodes/runcommand/order_files.h"
#include "backend/nodes/runcommand/run_command_service.h"
#include "backend/nodes/sessions/session_service.h"
#include "backend/nodes/tools/tool_service.h"
#include "backend/protocol/features.h"
#include "backend/security/audit_log.h"

#include <QLoggingCategory>

namespace fb {

using namespace Qt::StringLiterals;

Q_LOGGING_CATEGORY(newsLog, "fb.engine.news")

namespace {
    template <typename Message>
    void pass(OrderOutbox &outbox, const NodeMessage &message)
    {
        // Orders' answers come as header; a result with many steps is too long for one and comes as payload.
        const auto report = protocol::parse<Message>(
            message.payload.empty() ? message.header : message.payload, protocol::kMaxMessageBytes);
        if (report)
            outbox.report(message.node, *report);
        else
            qCWarning(newsLog) << "dropped a malformed" << toQString(protocol::frameTypeName(message.type))
                               << "of" << toQString(message.node) << report.error().message.c_str();
    }

    template <typename... Fn>
    struct Cases : Fn... {
        using Fn::operator()...;
    };
}

GatewayNews::GatewayNews(Parts parts, QObject *parent) : QObject(parent), m_parts(parts)
{
    connect(&m_parts.gateway, &Gateway::nodeConnected, this, &GatewayNews::nodeConnected);
    connect(&m_parts.gateway, &Gateway::nodeLost, this,
            [this](const NodeId &node, quint64, const Error &, Instant) {
                if (!m_parts.gateway.isConnected(node))
                    nodeLost(node);
            });
    connect(&m_parts.gateway, &Gateway::controlReceived, this, &GatewayNews::takeMessages);
    connect(&m_parts.gateway, &Gateway::streamsChanged, this, &GatewayNews::takeStreams);
    connect(&m_parts.gateway, &Gateway::identityViolated, this,
            [this](const NodeId &node, const QString &what) {
                const auto recorded = m_parts.audit.record(
                    {.who = {.name = toQString(node), .role = Role::Viewer, .source = u"node"_s},
                     .action = u"flagbridge:NodeMessage"_s,
                     .target = toQString(node),
                     .result = u"AccessDeniedException"_s,
                     .diff = {{u"what"_s, what}}});
                if (!recorded)
                    qCWarning(newsLog) << "a violation was not recorded:" << recorded.error().message.c_str();
            });
    connect(&m_parts.gateway, &Gateway::certificateRefused, this, [](const RefusedCertificate &refused) {
        qCWarning(newsLog) << "refused a certificate of" << refused.address
                           << toQString(refused.cause.code.name());
    });
}

void GatewayNews::nodeConnected(const NodeConnection &connection)
{
    if (!m_parts.gateway.isConnected(connection.node))
        return; // quarantined: it gets nothing
    m_parts.rollOver.nodeConnected(connection);
    m_parts.orders.nodeConnected(connection);
    const QList<wire::StreamState> terminals(connection.hello.streams().begin(),
                                             connection.hello.streams().end());
    m_parts.sessions.nodeConnected(connection.node, toBytes(connection.hello.boot_id()), terminals);
    m_parts.outbox.nodeConnected(connection.node, connection.hello.settled_watermark());
    m_parts.runCommand.nodeConnected(connection.node);
}

void GatewayNews::nodeLost(const NodeId &node)
{
    m_parts.orders.nodeLost(node);
    m_parts.sessions.nodeLost(node);
    m_parts.runCommand.nodeLost(node);
}

void GatewayNews::takeMessages(const QList<NodeMessage> &messages)
{
    using protocol::FrameType;
    for (const NodeMessage &message : messages) {
        switch (message.type) {
        case FrameType::OrderSeen:
            pass<wire::OrderSeen>(m_parts.outbox, message);
            break;
        case FrameType::OrderStarted:
            pass<wire::OrderStarted>(m_parts.outbox, message);
            break;
        case FrameType::OrderStep:
            pass<wire::OrderStep>(m_parts.outbox, message);
            break;
        case FrameType::OrderResult:
            pass<wire::OrderResult>(m_parts.outbox, message);
            break;
        case FrameType::CancelResult:
            pass<wire::CancelResult>(m_parts.outbox, message);
            break;
        case FrameType::EndpointsKept:
            if (const auto kept = protocol::parse<wire::TrustKept>(message.header))
                m_parts.rollOver.nodeKept(message.node, *kept);
            break;
        case FrameType::Event:
            takeEvent(message);
            break;
        default: // facts and metrics are NodeAdmission's
            break;
        }
    }
}

// Somebody between this engine and the node tries to command it.
void GatewayNews::takeEvent(const NodeMessage &message)
{
    const auto report = protocol::parse<wire::EventReport>(message.header);
    if (!report || report->kind() != protocol::kUnsignedRefused)
        return;
    const QString what = toQString(report->text()).left(200);
    qCWarning(newsLog) << toQString(message.node) << "refused what was not signed:" << what;
    const auto recorded = m_parts.audit.record(
        {.who = {.name = toQString(message.node), .role = Role::Viewer, .source = u"node"_s},
         .action = u"flagbridge:UnsignedRefused"_s,
         .target = toQString(message.node),
         .result = u"AccessDeniedException"_s,
         .diff = {{u"what"_s, what}}});
    if (!recorded)
        qCWarning(newsLog) << "a refusal was not recorded:" << recorded.error().message.c_str();
}

void GatewayNews::takeStreams(const QList<StreamEvent> &events)
{
    for (const StreamEvent &event : events) {
        const auto *opened = std::get_if<protocol::StreamOpenReceived>(&event.what);
        if (opened) {
            const auto kind = static_cast<protocol::StreamKind>(opened->open.kind());
            if (kind == protocol::StreamKind::FileGet) {
                if (m_parts.files.streamOpened({event.key.connection, event.key.number}, event.node,
                                               opened->open.artifact(), opened->open.receive_from()))
                    m_files.insert(event.key.number, event.key);
                continue;
            }
            if (kind != protocol::StreamKind::ExecOut && kind != protocol::StreamKind::ExecErr) {
                m_parts.gateway.refuse(event.key, u"unknown-kind"_s,
                                       u"Nodes open streams of output and of files only."_s);
                continue;
            }
            const bool taken = m_parts.runCommand.outputs().streamOpened(
                {event.key.connection, event.key.number}, event.node,
                kind == protocol::StreamKind::ExecOut ? OutputStream::StandardOutput
                                                      : OutputStream::StandardError,
                opened->open.exec());
            if (taken) // nothing more is heard of a refused one
                m_outputs.insert(event.key.number, event.key);
        } else if (m_outputs.contains(event.key.number)) {
            takeOutput(event);
        } else if (m_files.contains(event.key.number)) {
            takeFile(event);
        } else if (m_parts.terminals.owns(event.key)) {
            takeTerminal(event);
        } else if (m_parts.toolChannel.owns(event.key)) {
            takeTool(event);
        }
    }
}

void GatewayNews::takeOutput(const StreamEvent &event)
{
    OutputRecorder &outputs = m_parts.runCommand.outputs();
    const OutputStreamId id {event.key.connection, event.key.number};
    std::visit(Cases {[&](const protocol::StreamData &data) {
                          outputs.streamData(id, data.offset, toBytes(data.bytes));
                      },
                      [&](const protocol::StreamFinished &finished) {
                          outputs.streamFinished(id, finished.fin);
                          m_outputs.remove(event.key.number);
                      },
                      [&](const protocol::StreamReset &) {
                          outputs.streamLost(id);
                          m_outputs.remove(event.key.number);
                      },
                      [&](const StreamLost &) {
                          outputs.streamLost(id);
                          m_outputs.remove(event.key.number);
                      },
                      [](const auto &) {}},
               event.what);
}

void GatewayNews::takeFile(const StreamEvent &event)
{
    const OutputStreamId id {event.key.connection, event.key.number};
    const auto gone = [&] {
        m_parts.files.streamGone(id);
        m_files.remove(event.key.number);
    };
    std::visit(Cases {[&](const protocol::StreamWritable &) { m_parts.files.streamWritable(id); },
                      [&](const protocol::StreamFinished &) { gone(); },
                      [&](const protocol::StreamReset &) { gone(); }, [&](const StreamLost &) { gone(); },
                      [](const auto &) {}},
               event.what);
}

void GatewayNews::takeTerminal(const StreamEvent &event)
{
    SessionService &sessions = m_parts.sessions;
    const SessionStream stream = event.key.number;
    std::visit(
        Cases {
            [&](const protocol::StreamOpened &opened) { sessions.streamOpened(stream, opened.opened); },
            [&](const protocol::StreamRefused &refused) {
                m_parts.terminals.forget(event.key);
                sessions.streamRefused(stream, toQString(refused.code), toQString(refused.text));
            },
            [&](const protocol::StreamData &data) {
                sessions.streamReceived(stream, data.offset, toBytes(data.bytes), data.isError);
            },
            [&](const protocol::StreamAcked &acked) { sessions.streamAcknowledged(stream, acked.offset); },
            [&](const protocol::StreamWritable &) { sessions.streamWritable(stream); },
            [&](const protocol::StreamInputGiven &given) {
                sessions.streamInputGiven(stream, given.below, given.echo);
            },
            [&](const protocol::StreamFinished &finished) { sessions.streamFinished(stream, finished.fin); },
            [&](const protocol::StreamReset &reset) {
                m_parts.terminals.forget(event.key);
                sessions.streamReset(stream, toQString(reset.code), toQString(reset.text));
            },
            [&](const StreamLost &) { m_parts.terminals.forget(event.key); }, // nodeLost() tells the sessions
            [](const auto &) {}},
        event.what);
}

void GatewayNews::takeTool(const StreamEvent &event)
{
    ToolService &tools = m_parts.tools;
    const ToolStreamNumber stream = event.key.number;
    std::visit(
        Cases {[&](const protocol::StreamOpened &) { tools.toolOpened(stream); },
               [&](const protocol::StreamRefused &refused) {
                   m_parts.toolChannel.forget(event.key);
                   tools.toolRefused(stream, toQString(refused.code), toQString(refused.text));
               },
               [&](const protocol::StreamData &data) { tools.toolReceived(stream, toBytes(data.bytes)); },
               [&](const protocol::StreamWritable &) { tools.toolWritable(stream); },
               [&](const protocol::StreamFinished &) { tools.toolEnded(stream); },
               [&](const protocol::StreamReset &) {
                   m_parts.toolChannel.forget(event.key);
                   tools.toolEnded(stream);
               },
               [&](const StreamLost &) {
                   m_parts.toolChannel.forget(event.key);
                   tools.toolLost(stream);
               },
               [](const auto &) {}},
        event.what);
}

}
