#include "backend/engine/ssh_proxy_stream.h"

#include "backend/base/fail.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr qsizetype kSshPiece = 64 * 1024;
}

SshProxyStream::SshProxyStream(SessionService &sessions, Database &database, Principal who, QJsonObject input)
    : m_sessions(sessions),
      m_database(database),
      m_who(std::move(who)),
      m_input(std::move(input))
{
    connect(this, &ControlStream::writable, this, &SshProxyStream::passOn);
}

SshProxyStream::~SshProxyStream()
{
    m_isOver = true;
    if (m_stream != 0)
        m_sessions.ports().close(m_stream);
    if (std::exchange(m_isAttached, false)) {
        m_sessions.detach(m_session, this);
        (void)m_sessions.terminateSession(m_who, m_session);
    }
}

void SshProxyStream::receive(const QJsonObject &input)
{
    if (!std::exchange(m_isStarted, true))
        return start();
    if (m_isOver)
        return;
    if (const QJsonValue bytes = input[u"Bytes"]; bytes.isString())
        m_toNode += QByteArray::fromBase64(bytes.toString().toLatin1());
    if (m_toNode.size() > 2 * kSshProxyWindow)
        return end(qtError(errors::kThrottling, u"More bytes were sent than may be on their way."_s));
    m_endIn = m_endIn || input[u"EndOfInput"].toBool();
    sendInput();
}

void SshProxyStream::start()
{
    StartSessionRequest request;
    request.target = m_input[u"Target"].toString();
    request.documentName = u"AWS-StartSSHSession"_s;
    request.reason = m_input[u"Reason"].toString();
    request.parameters = {{u"portNumber"_s, {m_input[u"PortNumber"].toString(u"22"_s)}}};
    const auto session = m_sessions.startSession(m_who, request);
    if (!session)
        return emit finished(session.error());
    m_session = *session;
    m_database.whenCommitted([self = QPointer(this)](const Result<void> &committed) {
        if (!self)
            return;
        if (!committed)
            return emit self->finished(committed.error());
        emit self->event({{u"SessionId"_s, toQString(self->m_session)}});
        self->m_isAttached = true;
        if (auto attached = self->m_sessions.attach(self->m_who, self->m_session, self, 80, 24); !attached) {
            self->m_isAttached = false;
            emit self->finished(attached.error());
        }
    });
}

void SshProxyStream::sessionChanged(const Session &session)
{
    if (m_isOver)
        return;
    if (session.status == SessionStatus::Connected && m_stream == 0) {
        const auto stream = m_sessions.openPort(m_session, this);
        if (!stream)
            return end(stream.error());
        m_stream = *stream;
    }
    if (!isEnded(session.status))
        return;
    m_isAttached = false;
    end(qtError(errors::kTargetNotConnected, u"The session has ended: %1."_s.arg(session.details)));
}

void SshProxyStream::portOpened()
{
    m_isOpened = true;
    sendInput();
}

void SshProxyStream::sendInput()
{
    if (!m_isOpened || m_stream == 0)
        return;
    if (!m_toNode.isEmpty()) {
        if (!m_sessions.ports().write(m_stream, m_toNode))
            return;
        emit event({{u"Taken"_s, m_toNode.size()}});
        m_toNode.clear();
    }
    if (m_endIn && !std::exchange(m_endInTold, true)) {
        m_sessions.ports().finish(m_stream);
        if (m_endOutTold)
            end({});
    }
}

void SshProxyStream::portReceived(const QByteArray &bytes)
{
    m_toClient += bytes;
    passOn();
}

void SshProxyStream::passOn()
{
    while (!m_toClient.isEmpty() && unreadBytes() < kMaxUnread) {
        const QByteArray piece = m_toClient.left(kSshPiece);
        m_toClient.remove(0, piece.size());
        emit event({{u"Bytes"_s, QString::fromLatin1(piece.toBase64())}});
        if (m_stream != 0)
            m_sessions.ports().consumed(m_stream, piece.size());
    }
    if (m_endOut && m_toClient.isEmpty() && !std::exchange(m_endOutTold, true)) {
        emit event({{u"EndOfOutput"_s, true}});
        if (m_endInTold)
            end({});
    }
}

void SshProxyStream::portFinished()
{
    m_endOut = true;
    passOn();
}

void SshProxyStream::portRefused(const Error &why)
{
    m_stream = 0;
    end(why);
}

void SshProxyStream::portReset(const QString &cause)
{
    m_stream = 0;
    end(qtError(errors::kServiceUnavailable, u"The connection broke: %1."_s.arg(cause)));
}

void SshProxyStream::end(const std::optional<Error> &failure)
{
    if (std::exchange(m_isOver, true))
        return;
    if (m_stream != 0 && failure)
        m_sessions.ports().close(m_stream);
    m_stream = 0; // else it ends by itself
    if (std::exchange(m_isAttached, false)) {
        m_sessions.detach(m_session, this);
        (void)m_sessions.terminateSession(m_who, m_session);
    }
    if (failure)
        return emit finished(*failure);
    emit finished(QJsonObject {{u"SessionId"_s, toQString(m_session)}});
}

}
