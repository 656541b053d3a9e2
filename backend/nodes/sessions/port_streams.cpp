#include "backend/nodes/sessions/port_streams.h"

#include "backend/base/fail.h"
#include "backend/core/text_safety.h"
#include "backend/events/arn.h"

#include <QJsonObject>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    QString nodeWord(const QString &text) // hostile
    {
        return toQString(withVisibleEscapes(firstCodePoints(toStd(text), 200)));
    }
}

QString PortTarget::text() const
{
    const QString name = host.isEmpty() ? u"localhost"_s : host;
    return (name.contains(u':') ? u'[' + name + u']' : name) + u':' + QString::number(port);
}

Result<SessionStream> PortStreams::open(const Session &session, PortStreamClient *client)
{
    wire::Open open;
    open.set_window(protocol::ForwardWindow::kFirst);
    wire::ForwardParams &wanted = *open.mutable_forward();
    wanted.set_session(toStd(session.token));
    wanted.set_host(toStd(session.target.host));
    wanted.set_port(session.target.port);
    for (const QString &network : session.denied)
        wanted.add_denied(toStd(network));
    const auto stream = m_channel.openForward(session.node, open);
    if (!stream)
        return stream.error();
    Stream entry;
    entry.session = session;
    entry.client = client;
    m_streams.insert(*stream, entry);
    return *stream;
}

bool PortStreams::write(SessionStream stream, const QByteArray &bytes)
{
    const auto found = m_streams.find(stream);
    if (found == m_streams.end() || !m_channel.write(stream, bytes.toStdString()))
        return false;
    found->toNode += bytes.size();
    m_moved(found->session.id, bytes.size(), 0);
    return true;
}

void PortStreams::finish(SessionStream stream)
{
    const auto found = m_streams.find(stream);
    if (found == m_streams.end() || std::exchange(found->endOut, true))
        return;
    m_channel.finish(stream, {});
    forgetIfDone(stream);
}

void PortStreams::consumed(SessionStream stream, qint64 bytes)
{
    const auto found = m_streams.find(stream);
    if (found != m_streams.end() && bytes > 0)
        m_channel.grant(stream, found->window.passed(static_cast<quint64>(bytes)));
}

void PortStreams::close(SessionStream stream)
{
    if (!m_streams.contains(stream))
        return;
    take(stream, u"closed by the client"_s);
    m_channel.reset(stream, u"closed"_s, {});
}

void PortStreams::endAll(const SessionId &session, const QString &cause)
{
    QList<SessionStream> ending;
    for (auto it = m_streams.cbegin(); it != m_streams.cend(); ++it) {
        if (it->session.id == session)
            ending.append(it.key());
    }
    for (const SessionStream stream : ending) {
        if (!m_streams.contains(stream))
            continue; // closed by a client that was told of another
        const Stream ended = take(stream, cause);
        m_channel.reset(stream, u"terminated"_s, cause);
        if (ended.client != nullptr)
            ended.client->portReset(cause);
    }
}

// ---- From the node -------------------------------------------------------------------------------------------------

void PortStreams::opened(SessionStream stream, const wire::Opened &opened)
{
    const auto found = m_streams.find(stream);
    if (found == m_streams.end())
        return;
    found->isOpened = true;
    audit(*found, u"flagbridge:OpenTunnelStream"_s, u"Success"_s,
          {{u"Address"_s, nodeWord(toQString(opened.note()))}});
    if (found->client != nullptr)
        found->client->portOpened();
}

void PortStreams::refused(SessionStream stream, const QString &code, const QString &text)
{
    const auto found = m_streams.find(stream);
    if (found == m_streams.end())
        return;
    const Stream refused = *found;
    m_streams.erase(found);
    const QString cause = nodeWord(text.isEmpty() ? code : text);
    const bool denied = code == u"denied"_s;
    audit(refused, u"flagbridge:OpenTunnelStream"_s, denied ? u"AccessDeniedException"_s : u"Failed"_s,
          {{u"Cause"_s, cause}});
    if (refused.client != nullptr)
        refused.client->portRefused(qtError(denied ? errors::kAccessDenied : errors::kServiceUnavailable,
                                            u"%1: %2"_s.arg(refused.session.target.text(), cause)));
}

void PortStreams::received(SessionStream stream, const QByteArray &bytes)
{
    const auto found = m_streams.find(stream);
    if (found == m_streams.end())
        return;
    found->fromNode += bytes.size();
    PortStreamClient *client = found->client;
    m_moved(found->session.id, 0, bytes.size());
    if (client != nullptr)
        client->portReceived(bytes);
}

void PortStreams::writable(SessionStream stream)
{
    const auto found = m_streams.find(stream);
    if (found != m_streams.end() && found->client != nullptr)
        found->client->portWritable();
}

void PortStreams::finished(SessionStream stream)
{
    const auto found = m_streams.find(stream);
    if (found == m_streams.end() || std::exchange(found->endIn, true))
        return;
    if (PortStreamClient *client = found->client)
        client->portFinished();
    forgetIfDone(stream);
}

void PortStreams::reset(SessionStream stream, const QString &text)
{
    if (!m_streams.contains(stream))
        return;
    const QString cause = nodeWord(text);
    const Stream broken = take(stream, cause);
    if (broken.client != nullptr)
        broken.client->portReset(cause);
}

// ---- The end -------------------------------------------------------------------------------------------------------

// The link still carries what was written before the end; it needs nothing of us for that.
void PortStreams::forgetIfDone(SessionStream stream)
{
    const auto found = m_streams.constFind(stream);
    if (found == m_streams.constEnd() || !found->endIn || !found->endOut)
        return;
    take(stream, u"ended"_s);
    m_channel.forget(stream);
}

PortStreams::Stream PortStreams::take(SessionStream stream, const QString &cause)
{
    const Stream ended = m_streams.take(stream);
    if (ended.isOpened)
        audit(ended, u"flagbridge:CloseTunnelStream"_s, u"Success"_s,
              {{u"Cause"_s, cause}, {u"BytesIn"_s, ended.toNode}, {u"BytesOut"_s, ended.fromNode}});
    return ended;
}

void PortStreams::audit(const Stream &stream, const QString &action, const QString &result, QJsonObject facts)
{
    facts.insert(u"SessionId"_s, toQString(stream.session.id));
    facts.insert(u"Target"_s, stream.session.target.text());
    (void)m_audit.record({.who = stream.session.who,
                          .action = action,
                          .target = nodeArn(m_fleet, stream.session.node),
                          .result = result,
                          .diff = facts});
}

}
