#pragma once
// Fleet Manager's live tools (spec/fleet-manager.md 3.3): channels to a process on the node, over which typed requests go, one answer each.
// Everything is checked here before it goes out and when it comes back; each change is one audit record, whatever came of it. Engine thread.
//
//     auto channel = tools.open(who, node, u"processes"_s);
//     QFuture<ToolReply> reply = tools.ask(who, *channel, request);  // request.id is filled in
//     tools.close(*channel);

#include "backend/core/waiting_bytes.h"
#include "backend/dispatch/node_directory.h"
#include "backend/nodes/tools/tool_channel.h"
#include "backend/protocol/tool_messages.h"
#include "backend/security/access.h"
#include "backend/security/audit_log.h"

#include <QFuture>
#include <QObject>
#include <QPromise>
#include <QTimer>

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <utility>

namespace fb {

using ToolChannelId = quint64; // never used twice
// Never an answer with a problem: that is an Error. TargetNotConnected: the channel was lost, opening another may help.
using ToolReply = Result<std::shared_ptr<const wire::ToolAnswer>>;

struct ToolParts { // borrowed for life
    ToolChannelPort &port;
    NodeDirectory &nodes;
    AuditLog &audit;
    const Access &access;
    const FleetIdentity &fleet;
    const Clock &clock;
};

struct ToolSettings {
    std::chrono::seconds answerWithin {35}; // the node ends its own at 30
    std::chrono::seconds longAnswerWithin {30 * 60}; // to the end of an upload
    std::chrono::seconds idle {20 * 60}; // without a request: closed
    size_t perEngine = 500; // channels
    size_t waiting = 64; // requests of one channel
    int transfersPerNode = 4; // at once
};

class ToolService : public QObject, public ToolChannelEvents
{
    Q_OBJECT

public:
    explicit ToolService(ToolParts parts, ToolSettings settings = {}, QObject *parent = nullptr);
    ~ToolService() override;

    // AccessDeniedException, TargetNotConnected, ThrottlingException, UnsupportedPlatformType (no such tool there).
    // `kind`: Rpc; of transfers FilePut or FileGet, which let others pass.
    Result<ToolChannelId> open(const Principal &who, const NodeId &node, const QString &tool,
                               protocol::StreamKind kind = protocol::StreamKind::Rpc);
    // The answers come in the order of the requests. After close() none comes.
    QFuture<ToolReply> ask(const Principal &who, ToolChannelId channel, wire::ToolRequest request);
    void close(ToolChannelId channel);
    bool isOpen(ToolChannelId channel) const { return m_channels.contains(channel); }

    void tick(); // time-outs; by itself each second

    // ToolChannelEvents
    void toolOpened(ToolStreamNumber stream) override;
    void toolRefused(ToolStreamNumber stream, const QString &code, const QString &text) override;
    void toolReceived(ToolStreamNumber stream, const QByteArray &bytes) override;
    void toolWritable(ToolStreamNumber stream) override;
    void toolEnded(ToolStreamNumber stream) override;
    void toolLost(ToolStreamNumber stream) override;

private:
    struct Pending {
        wire::ToolRequest request;
        Principal who;
        std::shared_ptr<QPromise<ToolReply>> promise;
    };
    struct Channel {
        ToolChannelId id = 0;
        NodeId node;
        QString tool;
        QString owner;
        ToolStreamNumber stream = 0;
        bool isOpened = false;
        bool isTransfer = false;
        WaitingBytes unsent;
        protocol::ToolMessageReader reader {protocol::kMaxToolAnswerBytes};
        std::deque<Pending> pending; // the first is worked on
        quint64 lastRequest = 0;
        std::optional<std::pair<wire::ToolRequest, Principal>> work; // that later requests go on with
        Tick usedAt {};
        Tick workedOnSince {};
    };
    using ChannelPointer = std::shared_ptr<Channel>;

    Result<AccessTarget> targetOf(const NodeId &node) const;
    ChannelPointer at(ToolStreamNumber stream) const;
    std::chrono::seconds timeFor(const Channel &channel) const; // of its request that is under way
    void flush(Channel &channel);
    bool take(Channel &channel, std::string_view message); // false: it is no sound answer
    void settle(Channel &channel, const Pending &pending, const ToolReply &reply);
    void fail(const ChannelPointer &channel, const Error &error); // and forget it
    void abandon(const ChannelPointer &channel, const Error &error); // fail, and end it on the node
    void record(const Principal &who, const NodeId &node, const QString &action, const QString &result,
                const QJsonObject &diff);

    ToolParts m_parts;
    ToolSettings m_settings;
    std::map<ToolChannelId, ChannelPointer> m_channels;
    std::map<ToolStreamNumber, ChannelPointer> m_byStream;
    ToolChannelId m_last = 0;
    QTimer m_timer;
};

}
