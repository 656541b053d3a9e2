#include "backend/engine/gateway_channels.h"

#include "backend/base/qt_text.h"
#include "backend/dispatch/order.h"
#include "backend/nodes/fleet/fleet_service.h"

namespace fb {

// ---- Orders

void GatewayOrderChannel::nodeConnected(const NodeConnection &connection)
{
    QStringList features;
    for (const std::string &feature : connection.hello.features())
        features.append(toQString(feature));
    m_features.insert(connection.node, features);
}

uint64_t GatewayOrderChannel::leaseEpoch(const NodeId &node) const
{
    const Node *known = m_fleet.node(node);
    return known ? static_cast<uint64_t>(known->leaseEpoch) : 0;
}

bool GatewayOrderChannel::hasFeature(const NodeId &node, std::string_view feature) const
{
    return m_features.value(node).contains(toQString(feature));
}

void GatewayOrderChannel::sendOrder(const NodeId &node, const wire::OrderHead &head,
                                    std::shared_ptr<const OrderContent> content)
{
    m_gateway.send(node, protocol::FrameType::Order, head, content->serialised);
}

void GatewayOrderChannel::sendCancel(const NodeId &node, const wire::Cancel &cancel)
{
    m_gateway.send(node, protocol::FrameType::Cancel, cancel);
}

void GatewayOrderChannel::sendSettled(const NodeId &node, const wire::OrderSettled &settled)
{
    m_gateway.send(node, protocol::FrameType::OrderSettled, settled);
}

void GatewayOrderChannel::refuse(const NodeId &node, const Error &why)
{
    m_gateway.reportViolation(node, toQString(why.message));
}

// ---- Trust

bool GatewayTrustChannel::send(const NodeId &node, const wire::TrustBundle &bundle)
{
    return m_gateway.send(node, protocol::FrameType::Endpoints, bundle);
}

// ---- Output

void GatewayOutputChannel::accept(const OutputStreamId &stream, uint64_t window, uint64_t receiveFrom)
{
    m_gateway.accept({stream.connection, stream.number}, window, receiveFrom);
}

void GatewayOutputChannel::refuse(const OutputStreamId &stream, std::string_view code, std::string_view text)
{
    m_gateway.refuse({stream.connection, stream.number}, toQString(code), toQString(text));
}

void GatewayOutputChannel::acknowledge(const OutputStreamId &stream, uint64_t offset)
{
    m_gateway.acknowledge({stream.connection, stream.number}, offset);
}

void GatewayOutputChannel::grant(const OutputStreamId &stream, uint64_t bytes)
{
    m_gateway.grant({stream.connection, stream.number}, bytes);
}

// ---- Files

void GatewayFileChannel::acceptFile(const OutputStreamId &stream)
{
    m_gateway.accept({stream.connection, stream.number}, 0, 0); // the node sends nothing on it
}

void GatewayFileChannel::refuseFile(const OutputStreamId &stream, std::string_view code,
                                    std::string_view text)
{
    m_gateway.refuse({stream.connection, stream.number}, toQString(code), toQString(text));
}

bool GatewayFileChannel::writeFile(const OutputStreamId &stream, std::string bytes)
{
    return m_gateway.write({stream.connection, stream.number}, std::move(bytes));
}

void GatewayFileChannel::finishFile(const OutputStreamId &stream)
{
    m_gateway.finish({stream.connection, stream.number});
}

void GatewayFileChannel::resetFile(const OutputStreamId &stream, std::string_view text)
{
    m_gateway.reset({stream.connection, stream.number}, QStringLiteral("failed"), toQString(text));
}

// ---- Sessions

Result<SessionStream> GatewaySessionChannel::openTerminal(const NodeId &node, const wire::Open &terminal,
                                                          bool resumed)
{
    return open(node, protocol::StreamKind::Pty, terminal, resumed);
}

Result<SessionStream> GatewaySessionChannel::openForward(const NodeId &node, const wire::Open &forward)
{
    return open(node, protocol::StreamKind::ForwardTcp, forward, false);
}

Result<SessionStream> GatewaySessionChannel::open(const NodeId &node, protocol::StreamKind kind,
                                                  const wire::Open &wanted, bool resumed)
{
    return m_gateway.openStream(node, kind, wanted, resumed).map([this](const StreamKey &key) {
        m_streams.insert(key.number, key);
        return SessionStream(key.number);
    });
}

void GatewaySessionChannel::reset(SessionStream stream, const QString &code, const QString &text)
{
    m_gateway.reset(m_streams.take(stream), code, text);
}

// ---- Tools

Result<ToolStreamNumber> GatewayToolChannel::openTool(const NodeId &node, const std::string &name,
                                                      protocol::StreamKind kind, quint64 window)
{
    wire::Open open;
    open.set_window(window);
    open.mutable_rpc()->set_method(name);
    return m_gateway.openStream(node, kind, open).map([this](const StreamKey &key) {
        m_streams.insert(key.number, key);
        return ToolStreamNumber(key.number);
    });
}

}
