#pragma once
// Sessions of the stock AWS tools: StartSession and ResumeSession of the wire, and the data channels that their answers lead to
// (spec/session-manager.md 3.1, 3.2). A token opens one channel, once. Engine thread, but for openChannel().

#include "backend/core/token_bucket.h"
#include "backend/nodes/datachannel/channel_tokens.h"
#include "backend/nodes/datachannel/plugin_session.h"

#include <QTimer>

#include <map>

namespace fb {

class OperationTable;

class PluginSessions : public QObject
{
    Q_OBJECT

public:
    // Where a session's channel is, for its client; empty: the wire is not served.
    using ChannelUrl = std::function<QString(const QString &session)>;

    PluginSessions(SessionService &sessions, AuditLog &audit, const FleetIdentity &fleet, const Clock &clock,
                   Random &random, ChannelUrl channelUrl, QObject *parent = nullptr);
    ~PluginSessions() override;

    struct Opening { // of StartSession and ResumeSession
        SessionId sessionId;
        QString tokenValue;
        QString streamUrl;
    };
    // As SessionService::startSession(). ServiceUnavailable when no data channels are served.
    Result<Opening> start(const Principal &who, const StartSessionRequest &request);
    Result<Opening> resume(const Principal &who, const SessionId &id);

    // Who takes a new socket of this session. On the wire's thread.
    SocketOpened openChannel(const QString &session, const QString &peer);
    // The engine stops: clients are told that their sessions go on.
    void shutDown();

private:
    struct Unproven { // its token has not come
        std::shared_ptr<ApiSocket> socket;
        SessionId session;
        QString peer;
        Tick since {};
    };

    Opening opening(const SessionId &id, const Principal &who);
    void received(const std::shared_ptr<ApiSocket> &socket, const SessionId &id, std::string message,
                  bool isText);
    void closed(const ApiSocket *socket, const SessionId &id);
    void prove(const Unproven &unproven, const std::string &message, bool isText);
    void refuse(const Unproven &unproven, const Error &why);
    void tick();

    SessionService &m_sessions;
    AuditLog &m_audit;
    const FleetIdentity &m_fleet;
    const Clock &m_clock;
    Random &m_random;
    ChannelUrl m_channelUrl;
    ChannelTokens m_tokens;
    TokenBucket m_refusalsTold; // to the audit log
    std::map<const ApiSocket *, Unproven> m_unproven;
    std::map<SessionId, std::unique_ptr<PluginSession>> m_open;
    QTimer m_timer;
};

void bindPluginSessions(OperationTable &operations, PluginSessions &plugins);

}
