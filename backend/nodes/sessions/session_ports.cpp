// Port sessions: the stream of the session itself, and the connections that go through it (spec/session-manager.md 3.5, 3.6).

#include "backend/nodes/sessions/session_service.h"

#include "backend/base/fail.h"
#include "backend/base/ip_network.h"

namespace fb {

Result<QStringList> deniedForwardsOf(const QString &text)
{
    constexpr qsizetype kMost = 100; // as many as an agent takes
    QStringList networks;
    if (text == QStringView(u"$None"))
        return networks;
    for (const QString &each : text.split(u',')) {
        const QString network = each.trimmed();
        if (!ipNetworkOf(network))
            return fail(
                errors::kValidation,
                QStringLiteral("SettingValue has \"%1\"; write addresses and networks such as 10.0.0.0/8, "
                               "parted by commas, or $None.")
                    .arg(network.left(64)),
                QStringLiteral("SettingValue"));
        networks << network;
    }
    if (networks.size() > kMost)
        return fail(
            errors::kValidation,
            QStringLiteral("SettingValue has %1 networks; it may have %2.").arg(networks.size()).arg(kMost),
            QStringLiteral("SettingValue"));
    return networks;
}

using namespace Qt::StringLiterals;

// What the node has to know each time it comes: it keeps nothing of a port session without a link.
Result<SessionStream> SessionService::openPortSession(const LiveSession &live)
{
    const Tick now = m_parts.clock.tick();
    const auto since
        = [&](Tick then) { return std::chrono::duration_cast<std::chrono::seconds>(now - then).count(); };
    wire::Open open;
    wire::ForwardParams &session = *open.mutable_forward();
    session.set_is_session(true);
    session.set_session(toStd(live.state.token));
    session.set_idle_timeout_s(static_cast<uint32_t>(live.state.idleSeconds));
    session.set_idle_for_s(static_cast<uint32_t>(std::max<qint64>(0, since(live.lastInputTick))));
    if (live.state.maxSeconds > 0)
        session.set_ends_in_s(
            static_cast<uint32_t>(std::max<qint64>(1, live.state.maxSeconds - since(live.startedTick))));
    return m_parts.channel.openForward(live.session().target, open);
}

std::optional<PortTarget> SessionService::portTarget(const SessionId &id) const
{
    const LiveSession *live = find(id);
    return live == nullptr ? std::nullopt : live->port;
}

Result<SessionStream> SessionService::openPort(const SessionId &id, PortStreamClient *client)
{
    const LiveSession *live = find(id);
    if (live == nullptr || !live->port)
        return fail(errors::kDoesNotExist,
                    u"Session %1 is no port session, or has ended."_s.arg(toQString(id)), u"SessionId"_s);
    if (live->session().status != SessionStatus::Connected)
        return fail(errors::kServiceUnavailable,
                    u"The session is %1; it takes connections while it is Connected."_s.arg(
                        enumName(live->session().status)));
    return m_ports.open({.id = id,
                         .node = live->session().target,
                         .token = live->state.token,
                         .who = live->startedBy,
                         .target = *live->port,
                         .denied = m_settings.deniedForwards},
                        client);
}

void SessionService::portMoved(const SessionId &session, qint64 toNode, qint64 fromNode)
{
    LiveSession *live = find(session);
    if (live == nullptr)
        return;
    live->lastInputTick = m_parts.clock.tick(); // either way counts
    live->session().bytesIn += toNode;
    live->session().bytesOut += fromNode;
    live->progressDirty = true;
}

}
