#include "backend/nodes/datachannel/plugin_session.h"

#include "backend/base/fail.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLoggingCategory>

namespace fb {

using namespace Qt::StringLiterals;

Q_LOGGING_CATEGORY(lcDataChannel, "fb.datachannel")

namespace {
    constexpr auto kAgentVersion = "3.3.0.0"; // selects smux without keep-alives
    constexpr auto kFirstWithSmux = "1.1.70"; // of the plugin
    constexpr std::chrono::seconds kShakenWithin {10};
    constexpr std::chrono::seconds kShownWithin {10}; // after the end
    constexpr std::chrono::seconds kPortClientAway {60}; // then a tunnel that nobody uses is ended
    constexpr uint16_t kNormal = 1000;

    // Bytes at the end that begin a character of UTF-8 and do not end it.
    qsizetype tailOf(const QByteArray &bytes)
    {
        for (qsizetype back = 1; back <= std::min<qsizetype>(3, bytes.size()); ++back) {
            const auto byte = static_cast<unsigned char>(bytes[bytes.size() - back]);
            if ((byte & 0xc0) == 0x80)
                continue;
            const qsizetype whole = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
            return whole > back ? back : 0;
        }
        return 0;
    }

    QJsonObject propertiesOf(const PortTarget &port)
    {
        QJsonObject properties {{u"portNumber"_s, QString::number(port.port)}};
        if (!port.isRaw) {
            properties.insert(u"type"_s, u"LocalPortForwarding"_s);
            properties.insert(u"localPortNumber"_s, QString::number(port.localPort));
        }
        if (!port.host.isEmpty())
            properties.insert(u"host"_s, port.host);
        return properties;
    }
}

PluginSession::PluginSession(SessionService &sessions, const Clock &clock, Random &random, SessionId id,
                             Principal who, QString clientId)
    : m_sessions(sessions),
      m_clock(clock),
      m_id(std::move(id)),
      m_who(std::move(who)),
      m_clientId(std::move(clientId)),
      m_channel(*this, clock, random),
      m_since(clock.tick())
{
    if (const auto port = sessions.portTarget(m_id))
        m_ports = std::make_unique<PluginPorts>(sessions, clock, m_id, port->isRaw,
                                                static_cast<PluginPorts::Owner &>(*this));
}

PluginSession::~PluginSession()
{
    m_ports.reset();
    if (std::exchange(m_isAttached, false))
        m_sessions.detach(m_id, this);
    if (m_socket)
        m_socket->close(kNormal, {});
}

// ---- The client's coming and going ---------------------------------------------------------------------------------

Result<void> PluginSession::begin(std::shared_ptr<ApiSocket> socket)
{
    if (m_socket)
        socketClosed(m_socket.get());
    if (!m_isAttached) {
        m_isAttached = true;
        m_skip = m_unconsumed;
        if (auto attached = m_sessions.attach(m_who, m_id, this, m_columns, m_rows); !attached) {
            m_isAttached = false;
            return attached.error();
        }
    }
    m_socket = std::move(socket);
    m_untook = 0;
    m_since = m_clock.tick();
    m_channel.connected();
    later();
    return {};
}

void PluginSession::socketClosed(const ApiSocket *socket)
{
    if (m_socket.get() != socket)
        return;
    m_socket->close(kNormal, {});
    m_socket.reset();
    m_channel.disconnected();
    m_since = m_clock.tick();
    if (m_stage == Stage::Over || m_ended)
        return conclude({});
    if (std::exchange(m_isAttached, false)) // a tunnel's connections stay
        m_sessions.detach(m_id, this);
}

void PluginSession::leave(const QString &text)
{
    m_ports.reset();
    if (std::exchange(m_isAttached, false))
        m_sessions.detach(m_id, this);
    conclude(text);
}

void PluginSession::sessionTakenOver()
{
    m_isAttached = false;
    leave(u"taken over by another client"_s);
}

void PluginSession::conclude(const QString &text)
{
    if (std::exchange(m_stage, Stage::Over) == Stage::Over)
        return;
    if (m_socket) {
        m_channel.close(m_id.text(), toStd(m_target), toStd(text));
        m_socket->close(kNormal, {});
        m_socket.reset();
    }
    m_channel.disconnected();
    QMetaObject::invokeMethod(this, &PluginSession::over, Qt::QueuedConnection);
}

// ---- Handshake -----------------------------------------------------------------------------------------------------

void PluginSession::sessionChanged(const Session &session)
{
    m_target = toQString(session.target);
    if (isEnded(session.status)) {
        m_isAttached = false;
        m_ended = session;
        m_endBy = m_clock.tick() + kShownWithin;
        return later();
    }
    if (session.status == SessionStatus::Connected && m_stage == Stage::Waiting)
        shakeHands(session);
    else if (session.status == SessionStatus::Connected)
        later();
}

void PluginSession::shakeHands(const Session &session)
{
    m_stage = Stage::Shaking;
    m_since = m_clock.tick();
    QJsonObject parameters {{u"SessionType"_s, session.sessionType}};
    if (const auto port = m_sessions.portTarget(m_id))
        parameters.insert(u"Properties"_s, propertiesOf(*port));
    else
        parameters.insert(u"Properties"_s, QJsonValue::Null);
    const QJsonObject request {{u"AgentVersion"_s, QString::fromLatin1(kAgentVersion)},
                               {u"RequestedClientActions"_s,
                                QJsonArray {QJsonObject {{u"ActionType"_s, u"SessionType"_s},
                                                         {u"ActionParameters"_s, parameters}}}}};
    m_channel.send(PayloadType::HandshakeRequest,
                   QJsonDocument(request).toJson(QJsonDocument::Compact).toStdString());
}

void PluginSession::handshakeAnswered(std::string_view payload)
{
    if (m_stage != Stage::Shaking)
        return;
    const auto answer = readHandshakeAnswer(payload);
    QString refusal;
    if (!answer)
        refusal = toQString(answer.error().message);
    else if (!answer->refusal.empty())
        refusal = u"The client refused the session: %1."_s.arg(toQString(answer->refusal));
    const auto port = m_sessions.portTarget(m_id);
    if (answer && port && !port->isRaw && isVersionBelow(answer->clientVersion, kFirstWithSmux))
        refusal = u"session-manager-plugin %1 carries one connection at a time, which is not offered; it "
                  u"must be %2 "
                  "or newer."_s.arg(toQString(answer->clientVersion), QString::fromLatin1(kFirstWithSmux));
    if (!refusal.isEmpty()) {
        m_cause = refusal;
        return later();
    }
    m_stage = Stage::Open;
    const auto took = std::chrono::nanoseconds(m_clock.tick() - m_since);
    const QJsonObject complete {{u"HandshakeTimeToComplete"_s, qint64(took.count())},
                                {u"CustomerMessage"_s, QString()}};
    m_channel.send(PayloadType::HandshakeComplete,
                   QJsonDocument(complete).toJson(QJsonDocument::Compact).toStdString());
    if (m_ports)
        m_ports->begin();
    later();
}

// ---- From the client -----------------------------------------------------------------------------------------------

void PluginSession::received(const ApiSocket *socket, std::string message, bool isText)
{
    if (m_socket.get() != socket)
        return;
    ++m_untook;
    if (!isText)
        m_channel.receive(message);
    if (m_channel.isOfAnother() && m_stage != Stage::Open && m_cause.isEmpty())
        m_cause = u"The engine was started anew, and does not know this client any more. The session goes "
                  u"on: open it "
                  "in the console, or end it with terminate-session."_s;
    later();
}

bool PluginSession::channelReceived(PayloadType type, std::string_view payload)
{
    if (m_stage == Stage::Over || m_ended || !m_cause.isEmpty())
        return true; // nobody is there for it
    switch (type) {
    case PayloadType::HandshakeResponse:
        handshakeAnswered(payload);
        return true;
    case PayloadType::Size:
        if (const auto size = readTerminalSize(payload)) {
            m_columns = size->columns;
            m_rows = size->rows;
            if (m_isAttached && !m_ports)
                m_sessions.resize(m_id, this, m_columns, m_rows);
        }
        return true;
    case PayloadType::Flag:
        if (readFlag(payload) == ChannelFlag::TerminateSession)
            (void)m_sessions.terminateSession(m_who, m_id);
        return true;
    case PayloadType::Output:
        if (m_stage != Stage::Open)
            return true; // before the handshake
        return m_ports ? m_ports->receive(payload) : typed(payload);
    default:
        return true;
    }
}

bool PluginSession::typed(std::string_view payload)
{
    const QByteArray rest(payload.data() + m_typed, static_cast<qsizetype>(payload.size()) - m_typed);
    m_typed += m_isAttached ? m_sessions.input(m_id, this, rest) : 0;
    if (m_typed < static_cast<qsizetype>(payload.size()))
        return false;
    m_typed = 0;
    return true;
}

// ---- To the client -------------------------------------------------------------------------------------------------

void PluginSession::show(PayloadType type, const QByteArray &bytes)
{
    const qint64 known = std::min<qint64>(m_skip, bytes.size());
    m_skip -= known;
    const QByteArray fresh = bytes.mid(known);
    if (fresh.isEmpty())
        return;
    m_unconsumed += fresh.size();
    if (!m_pending.isEmpty() && m_pending.last().type == type)
        m_pending.last().bytes += fresh;
    else
        m_pending.append({type, fresh});
    later();
}

void PluginSession::passTerminal(bool withTails)
{
    while (!m_pending.isEmpty() && m_channel.room() > 0) {
        Piece &first = m_pending.first();
        QByteArray piece = first.bytes.left(static_cast<qsizetype>(DataChannel::kPayloadBytes));
        const bool isLast = m_pending.size() == 1 && piece.size() == first.bytes.size();
        if (const qsizetype tail = tailOf(piece);
            tail > 0 && (tail < piece.size() || isLast) && !(isLast && withTails))
            piece.chop(tail);
        if (piece.isEmpty())
            return; // the rest of the character is on its way
        m_channel.send(first.type, std::string_view(piece.constData(), static_cast<size_t>(piece.size())));
        first.bytes.remove(0, piece.size());
        if (first.bytes.isEmpty())
            m_pending.removeFirst();
    }
}

void PluginSession::channelSends(std::string message)
{
    if (m_socket)
        m_socket->send(std::move(message));
}

void PluginSession::channelDelivered(PayloadType type, size_t bytes)
{
    if (!m_ports && (type == PayloadType::Output || type == PayloadType::StdErr)) {
        m_unconsumed -= static_cast<qint64>(bytes);
        if (m_isAttached)
            m_sessions.consumed(m_id, this, static_cast<qint64>(bytes));
    }
    later();
}

void PluginSession::portsSend(std::string_view bytes)
{
    for (; !bytes.empty(); bytes.remove_prefix(std::min(bytes.size(), DataChannel::kPayloadBytes)))
        m_channel.send(PayloadType::Output, bytes.substr(0, DataChannel::kPayloadBytes));
}

void PluginSession::portsFlag(ChannelFlag flag) { m_channel.send(PayloadType::Flag, flagPayload(flag)); }

void PluginSession::portsBroken(const QString &cause)
{
    if (m_cause.isEmpty())
        m_cause = cause;
    later();
}

// ---- Turns ---------------------------------------------------------------------------------------------------------

void PluginSession::later()
{
    if (!std::exchange(m_isPumping, true))
        QMetaObject::invokeMethod(this, &PluginSession::pump, Qt::QueuedConnection);
}

void PluginSession::pump()
{
    m_isPumping = false;
    if (m_stage == Stage::Over)
        return;
    m_channel.retry();
    if (m_stage == Stage::Open && m_ports)
        m_ports->pass(m_channel.room());
    else if (m_stage == Stage::Open)
        passTerminal(m_ended.has_value());
    if (m_socket && !m_channel.isFull() && m_untook > 0)
        m_socket->took(std::exchange(m_untook, 0));
    endIfShown();
}

void PluginSession::endIfShown()
{
    const bool isShown = m_pending.isEmpty() && !m_channel.hasUnacknowledged();
    if (!m_ended && m_cause.isEmpty())
        return;
    if (m_channel.isOfAnother())
        return leave(m_cause);
    if (m_endBy == Tick {})
        m_endBy = m_clock.tick() + kShownWithin;
    const bool isWaitedFor = m_stage == Stage::Open && m_socket && m_clock.tick() < m_endBy;
    if (isWaitedFor && !isShown)
        return;
    if (!m_ended) { // this side ends it
        leave(m_cause);
        (void)m_sessions.terminateSession(m_who, m_id);
        return;
    }
    if (isWaitedFor) {
        const bool hasCode = m_ended->exitCode && m_ended->sessionType == QLatin1String(kPlainSessionType);
        if (hasCode && !std::exchange(m_exitCodeSent, true)) {
            m_channel.send(PayloadType::ExitCode, std::to_string(*m_ended->exitCode));
            return;
        }
    }
    m_ports.reset();
    conclude(m_ended->details.startsWith(u"exited "_s) ? QString() : m_ended->details);
}

void PluginSession::tick()
{
    if (!m_socket && !m_sessions.times(m_id)) // it ended while its client was away
        return conclude({});
    m_channel.tick();
    if (m_stage == Stage::Open && !m_ports)
        passTerminal(true); // half a character may be all there is
    if (m_stage == Stage::Shaking && m_socket && m_clock.tick() - m_since >= kShakenWithin)
        return leave(u"The handshake was not answered within %1 s."_s.arg(kShakenWithin.count()));
    if (m_ports && !m_socket && m_clock.tick() - m_since >= kPortClientAway) {
        m_cause = u"its client did not come back"_s;
    }
    later();
}

}
