// The terminals' bytes: from the node to recording and client, from the client to the node.

#include "backend/nodes/sessions/session_service.h"

#include "backend/core/byte_encoding.h"
#include "backend/core/text_safety.h"
#include "backend/events/arn.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    QString nodeText(const QString &text)
    {
        return toQString(withVisibleEscapes(firstCodePoints(toStd(text), 200)));
    }
}

void SessionService::streamOpened(SessionStream stream, const wire::Opened &opened)
{
    if (m_ports.owns(stream))
        return m_ports.opened(stream, opened);
    LiveSession *live = find(stream);
    if (live == nullptr)
        return;
    live->isOpened = true;
    live->nodeReady = true;
    live->nodeLostAt.reset();
    live->state.bootId = QString::fromUtf8(m_bootIds.value(live->session().target).toHex());
    if (opened.has_note())
        live->session().runAs = nodeText(toQString(opened.note()));
    // The node says which input it has: what lies below need not be kept, what lies above is sent again.
    const quint64 taken = std::min<quint64>(opened.receive_from(), live->inputEnd());
    if (taken > live->inputBegin) {
        live->input.remove(0, static_cast<qsizetype>(taken - live->inputBegin));
        live->inputBegin = taken;
    } else if (live->input.isEmpty()) {
        live->inputBegin = opened.receive_from(); // an earlier engine sent it
    }
    live->inputSent = live->inputBegin;
    if (live->recordsInput) { // of what the node had before, nobody told how it was shown
        live->unrecordedInput = live->input;
        live->unrecordedBegin = live->inputBegin;
    }
    if (live->session().status == SessionStatus::Terminating)
        return;
    if (!live->port)
        m_parts.channel.resize(stream, static_cast<quint32>(live->columns), static_cast<quint32>(live->rows));
    sendInput(*live);
    const SessionStatus before = live->session().status;
    updateConnected(*live);
    if (live->session().status == before) { // boot id and run-as are news all the same
        const SessionState state = live->state;
        (void)m_parts.database.write(
            [&](Transaction &tx) -> Result<void> { return m_repository.save(tx, state); });
    }
    if (live->client != nullptr && live->clientWantsInput)
        live->client->sessionInputWritable();
}

void SessionService::streamRefused(SessionStream stream, const QString &code, const QString &text)
{
    if (m_ports.owns(stream))
        return m_ports.refused(stream, code, text);
    LiveSession *live = find(stream);
    if (live == nullptr)
        return;
    loseStream(*live);
    const QString cause = text.isEmpty() ? nodeText(code) : nodeText(text);
    if (!live->nodeReady)
        conclude(*live, SessionStatus::Failed, cause);
    else
        conclude(*live, SessionStatus::Terminated, live->endDetails.isEmpty() ? cause : live->endDetails);
}

void SessionService::streamReset(SessionStream stream, const QString &code, const QString &text)
{
    if (m_ports.owns(stream))
        return m_ports.reset(stream, text.isEmpty() ? code : text);
    if (LiveSession *live = find(stream); live != nullptr && code != u"taken-over"_s)
        streamRefused(stream, code, text);
    else if (live != nullptr)
        loseStream(*live);
}

void SessionService::loseStream(LiveSession &live)
{
    m_streams.remove(live.stream);
    live.stream = 0;
    live.isOpened = false;
    live.fin.reset(); // told again by the next stream
    live.inputSent = live.inputBegin;
    if (live.port)
        m_ports.endAll(live.session().sessionId, u"the link to the node is lost"_s);
    if (!live.nodeLostAt)
        live.nodeLostAt = m_parts.clock.tick();
    updateConnected(live);
}

void SessionService::streamReceived(SessionStream stream, quint64 offset, const QByteArray &bytes,
                                    bool isError)
{
    if (m_ports.owns(stream))
        return m_ports.received(stream, bytes);
    LiveSession *live = find(stream);
    if (live == nullptr || offset != live->received)
        return;
    live->received += static_cast<quint64>(bytes.size());
    if (isError)
        live->errors.add(offset, live->received);
    live->session().bytesOut += bytes.size();
    live->progressDirty = true;
    live->unseen += bytes;
    if (live->recorder) {
        live->recorder->output(bytes, m_parts.clock.now());
        if (!m_flushTimer.isActive())
            m_flushTimer.start();
    } else {
        m_parts.channel.acknowledge(stream, live->received);
    }
    for (const LiveSession::Watching &each : live->watchers)
        each.watcher->watchedOutput(bytes);
    deliver(*live);
}

void SessionService::deliver(LiveSession &live)
{
    if (live.client == nullptr || live.unseen.isEmpty())
        return;
    QByteArray bytes = std::exchange(live.unseen, {});
    quint64 at = live.received - static_cast<quint64>(bytes.size());
    live.given += bytes;
    while (!bytes.isEmpty() && live.client != nullptr) { // a client may go in the middle
        const auto alike = live.errors.at(at, at + static_cast<quint64>(bytes.size()));
        const QByteArray piece = bytes.left(static_cast<qsizetype>(alike.size));
        bytes.remove(0, piece.size());
        at += alike.size;
        if (alike.isMarked)
            live.client->sessionError(piece);
        else
            live.client->sessionOutput(piece);
    }
}

void SessionService::flushRecordings()
{
    for (auto &[id, live] : m_live) {
        if (!live->recorder)
            continue;
        live->recorder->flush();
        acknowledgeDurable(*live); // the store may be taking nothing
    }
}

void SessionService::artifactDurable(const ArtifactId &artifact, qint64 length)
{
    const auto id = m_recordings.constFind(artifact);
    LiveSession *live = id == m_recordings.constEnd() ? nullptr : find(*id);
    if (live == nullptr || !live->recorder)
        return;
    live->recorder->durable(length);
    live->progressDirty = true;
    acknowledgeDurable(*live);
}

void SessionService::acknowledgeDurable(LiveSession &live)
{
    if (live.recorder->isDegraded() && !std::exchange(live.gapTold, true))
        (void)m_parts.audit.record({.who = enginePrincipal(),
                                    .action = u"flagbridge:RecordingGap"_s,
                                    .target = sessionArn(m_parts.database.fleet(), live.session().sessionId),
                                    .result = u"Failed"_s,
                                    .diff = {{u"LostBytes"_s, live.recorder->lostBytes()}}});
    const quint64 offset = live.recorder->durableOffset();
    if (offset > live.acknowledged && live.stream != 0 && !live.fin) {
        live.acknowledged = offset;
        m_parts.channel.acknowledge(live.stream, offset);
    }
    concludeIfDurable(live);
}

void SessionService::streamFinished(SessionStream stream, const wire::Fin &fin)
{
    if (m_ports.owns(stream))
        return m_ports.finished(stream);
    LiveSession *live = find(stream);
    if (live == nullptr)
        return;
    live->fin = fin;
    if (live->recorder)
        live->recorder->end(m_parts.clock.now());
    concludeIfDurable(*live); // else once it is durable: the node keeps it until then
}

// ---- Input ---------------------------------------------------------------------------------------------------------

void SessionService::sendInput(LiveSession &live)
{
    if (!live.isOpened || live.inputSent >= live.inputEnd())
        return;
    const QByteArray rest = live.input.mid(static_cast<qsizetype>(live.inputSent - live.inputBegin));
    if (m_parts.channel.write(live.stream, rest.toStdString()))
        live.inputSent = live.inputEnd();
}

void SessionService::streamInputGiven(SessionStream stream, quint64 below, bool echo)
{
    LiveSession *live = find(stream);
    if (live == nullptr || below <= live->unrecordedBegin)
        return;
    const qsizetype size = static_cast<qsizetype>(
        std::min<quint64>(below - live->unrecordedBegin, static_cast<quint64>(live->unrecordedInput.size())));
    if (echo && live->recorder && size > 0) {
        live->recorder->input(live->unrecordedInput.left(size), m_parts.clock.now());
        m_flushTimer.start();
    }
    live->unrecordedInput.remove(0, size);
    live->unrecordedBegin = below;
}

void SessionService::streamWritable(SessionStream stream)
{
    if (m_ports.owns(stream))
        return m_ports.writable(stream);
    if (LiveSession *live = find(stream))
        sendInput(*live);
}

void SessionService::streamAcknowledged(SessionStream stream, quint64 offset)
{
    LiveSession *live = find(stream);
    if (live == nullptr || offset <= live->inputBegin || offset > live->inputSent)
        return;
    live->input.remove(0, static_cast<qsizetype>(offset - live->inputBegin));
    live->inputBegin = offset;
    if (live->client != nullptr && std::exchange(live->clientWantsInput, false))
        live->client->sessionInputWritable();
}

}
