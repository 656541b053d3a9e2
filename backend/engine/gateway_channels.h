#pragma once
// The gateway behind the small interfaces that dispatch, Run Command and Session Manager speak to, and the gateway's news sorted to those
// who want them. Engine thread.

#include "backend/dispatch/order_channel.h"
#include "backend/gateway/gateway.h"
#include "backend/nodes/rollover/ca_roll_over_service.h"
#include "backend/nodes/runcommand/order_files.h"
#include "backend/nodes/runcommand/output_channel.h"
#include "backend/nodes/sessions/session_sources.h"
#include "backend/nodes/tools/tool_channel.h"

#include <QHash>

namespace fb {

class FleetService;

class GatewayOrderChannel final : public OrderChannel
{
public:
    GatewayOrderChannel(Gateway &gateway, const FleetService &fleet) : m_gateway(gateway), m_fleet(fleet) { }

    void nodeConnected(const NodeConnection &connection); // remembers what the node can do
    void nodeLost(const NodeId &node) { m_features.remove(node); }

    bool isConnected(const NodeId &node) const override { return m_gateway.isConnected(node); }
    uint64_t leaseEpoch(const NodeId &node) const override;
    bool hasFeature(const NodeId &node, std::string_view feature) const override;
    void sendOrder(const NodeId &node, const wire::OrderHead &head,
                   std::shared_ptr<const OrderContent> content) override;
    void sendCancel(const NodeId &node, const wire::Cancel &cancel) override;
    void sendSettled(const NodeId &node, const wire::OrderSettled &settled) override;
    void refuse(const NodeId &node, const Error &why) override;

private:
    Gateway &m_gateway;
    const FleetService &m_fleet;
    QHash<NodeId, QStringList> m_features;
};

class GatewayTrustChannel final : public TrustChannel
{
public:
    explicit GatewayTrustChannel(Gateway &gateway) : m_gateway(gateway) { }
    bool isConnected(const NodeId &node) const override { return m_gateway.isConnected(node); }
    bool send(const NodeId &node, const wire::TrustBundle &bundle) override;

private:
    Gateway &m_gateway;
};

class GatewayOutputChannel final : public OutputChannel
{
public:
    explicit GatewayOutputChannel(Gateway &gateway) : m_gateway(gateway) { }
    void accept(const OutputStreamId &stream, uint64_t window, uint64_t receiveFrom) override;
    void refuse(const OutputStreamId &stream, std::string_view code, std::string_view text) override;
    void acknowledge(const OutputStreamId &stream, uint64_t offset) override;
    void grant(const OutputStreamId &stream, uint64_t bytes) override;

private:
    Gateway &m_gateway;
};

class GatewayFileChannel final : public FileChannel
{
public:
    explicit GatewayFileChannel(Gateway &gateway) : m_gateway(gateway) { }
    void acceptFile(const OutputStreamId &stream) override;
    void refuseFile(const OutputStreamId &stream, std::string_view code, std::string_view text) override;
    bool writeFile(const OutputStreamId &stream, std::string bytes) override;
    void finishFile(const OutputStreamId &stream) override;
    void resetFile(const OutputStreamId &stream, std::string_view text) override;

private:
    Gateway &m_gateway;
};

class GatewaySessionChannel final : public SessionChannel
{
public:
    explicit GatewaySessionChannel(Gateway &gateway) : m_gateway(gateway) { }
    bool isConnected(const NodeId &node) const override { return m_gateway.isConnected(node); }
    std::optional<Instant> lastHeardAt(const NodeId &node) const override
    {
        return m_gateway.lastHeardAt(node);
    }
    Result<SessionStream> openTerminal(const NodeId &node, const wire::Open &open, bool resumed) override;
    Result<SessionStream> openForward(const NodeId &node, const wire::Open &open) override;
    bool write(SessionStream stream, std::string bytes) override
    {
        return m_gateway.write(m_streams.value(stream), std::move(bytes));
    }
    void finish(SessionStream stream, const wire::Fin &fin) override
    {
        m_gateway.finish(m_streams.value(stream), fin);
    }
    void reset(SessionStream stream, const QString &code, const QString &text) override;
    void acknowledge(SessionStream stream, quint64 offset) override
    {
        m_gateway.acknowledge(m_streams.value(stream), offset);
    }
    void grant(SessionStream stream, quint64 bytes) override
    {
        m_gateway.grant(m_streams.value(stream), bytes);
    }
    void resize(SessionStream stream, quint32 columns, quint32 rows) override
    {
        m_gateway.resize(m_streams.value(stream), columns, rows);
    }
    void forget(SessionStream stream) override { m_streams.remove(stream); }

    bool owns(const StreamKey &key) const { return m_streams.contains(key.number); }
    void forget(const StreamKey &key) { m_streams.remove(key.number); }

private:
    Result<SessionStream> open(const NodeId &node, protocol::StreamKind kind, const wire::Open &open,
                               bool resumed);

    Gateway &m_gateway;
    QHash<SessionStream, StreamKey> m_streams;
};

class GatewayToolChannel final : public ToolChannelPort
{
public:
    explicit GatewayToolChannel(Gateway &gateway) : m_gateway(gateway) { }
    bool isConnected(const NodeId &node) const override { return m_gateway.isConnected(node); }
    Result<ToolStreamNumber> openTool(const NodeId &node, const std::string &name, protocol::StreamKind kind,
                                      quint64 window) override;
    bool write(ToolStreamNumber stream, std::string bytes) override
    {
        return m_gateway.write(m_streams.value(stream), std::move(bytes));
    }
    void grant(ToolStreamNumber stream, quint64 bytes) override
    {
        m_gateway.grant(m_streams.value(stream), bytes);
    }
    void reset(ToolStreamNumber stream, const QString &code) override
    {
        m_gateway.reset(m_streams.take(stream), code);
    }

    bool owns(const StreamKey &key) const { return m_streams.contains(key.number); }
    void forget(const StreamKey &key) { m_streams.remove(key.number); }

private:
    Gateway &m_gateway;
    QHash<ToolStreamNumber, StreamKey> m_streams;
};

}
