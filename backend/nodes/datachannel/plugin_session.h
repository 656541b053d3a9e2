#pragma once
// A session at whose other end the stock session-manager-plugin is: its data channel bridged to the node's terminal, or to the connections of
// a tunnel. It stays while its client is away, so that the same client goes on where it was. Engine thread.

#include "backend/api/api_socket.h"
#include "backend/nodes/datachannel/data_channel.h"
#include "backend/nodes/datachannel/plugin_ports.h"
#include "backend/nodes/sessions/session_service.h"

#include <memory>

namespace fb {

class PluginSession final : public QObject,
                            private SessionClient,
                            private DataChannel::Owner,
                            private PluginPorts::Owner
{
    Q_OBJECT

public:
    PluginSession(SessionService &sessions, const Clock &clock, Random &random, SessionId id, Principal who,
                  QString clientId);
    ~PluginSession() override; // leaves the session, which goes on without it

    // A socket that has proven itself; an earlier one is closed. As SessionService::attach().
    Result<void> begin(std::shared_ptr<ApiSocket> socket);
    void received(const ApiSocket *socket, std::string message, bool isText);
    void socketClosed(const ApiSocket *socket);
    void tick(); // each 100 ms
    void leave(const QString &text); // channel_closed says it; the session goes on

    const QString &clientId() const { return m_clientId; }
    bool isOver() const { return m_stage == Stage::Over; }

signals:
    void over(); // nothing more comes of it; never from inside a call

private:
    enum class Stage { Waiting, Shaking, Open, Over };

    struct Piece {
        PayloadType type = PayloadType::Output;
        QByteArray bytes;
    };

    void shakeHands(const Session &session);
    void handshakeAnswered(std::string_view payload);
    void later(); // pump(), outside the present call
    void pump();
    void passTerminal(bool withTails);
    void show(PayloadType type, const QByteArray &bytes);
    bool typed(std::string_view payload);
    void endIfShown();
    void conclude(const QString &text);

    void sessionOutput(const QByteArray &bytes) override { show(PayloadType::Output, bytes); }
    void sessionError(const QByteArray &bytes) override { show(PayloadType::StdErr, bytes); }
    void sessionChanged(const Session &session) override;
    void sessionInputWritable() override { later(); }
    void sessionTakenOver() override;

    void channelSends(std::string message) override;
    bool channelReceived(PayloadType type, std::string_view payload) override;
    void channelDelivered(PayloadType type, size_t bytes) override;

    void portsSend(std::string_view bytes) override;
    void portsFlag(ChannelFlag flag) override;
    void portsMoved() override { later(); }
    void portsBroken(const QString &cause) override;

    SessionService &m_sessions;
    const Clock &m_clock;
    const SessionId m_id;
    const Principal m_who;
    const QString m_clientId;
    DataChannel m_channel;
    std::unique_ptr<PluginPorts> m_ports;
    std::shared_ptr<ApiSocket> m_socket;
    Stage m_stage = Stage::Waiting;
    Tick m_since {}; // of the stage, or of the client's going
    QString m_target;
    bool m_isAttached = false;
    bool m_isPumping = false;
    int m_columns = 80;
    int m_rows = 24;
    size_t m_untook = 0; // messages of the socket, not given back yet

    QList<Piece> m_pending; // of the terminal, not sent yet
    qint64 m_unconsumed = 0; // of the terminal: pending, or sent and not acknowledged
    qint64 m_skip = 0; // of what attach() gives anew, since it is here
    qsizetype m_typed = 0; // of the message at the front that the session took
    std::optional<Session> m_ended;
    QString m_cause; // why this side ends it
    Tick m_endBy {};
    bool m_exitCodeSent = false;
};

}
