#include "backend/engine/shell_stream.h"

#include "backend/base/fail.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr qsizetype kMostTyped = 64 * 1024; // pasted faster than the node takes it: the rest is refused
    constexpr char kEndOfTransmission = 4; // what a terminal sends for the end of input
    constexpr qsizetype kPiece = 32 * 1024;
}

ShellStream::ShellStream(SessionService &sessions, Database &database, Principal who, QJsonObject input)
    : m_sessions(sessions),
      m_database(database),
      m_who(std::move(who)),
      m_input(std::move(input))
{
    connect(this, &ControlStream::writable, this, &ShellStream::passOn);
}

ShellStream::~ShellStream()
{
    if (m_attached)
        m_sessions.detach(m_session, this);
}

void ShellStream::receive(const QJsonObject &input)
{
    if (!std::exchange(m_started, true))
        return start();
    if (const QJsonValue bytes = input[u"Bytes"]; bytes.isString()) {
        m_typed += QByteArray::fromBase64(bytes.toString().toLatin1());
        if (m_typed.size() > kMostTyped) {
            m_typed.truncate(kMostTyped);
            emit event({{u"Notice"_s, u"The node does not take input this fast; the rest was dropped."_s}});
        }
    }
    if (const QJsonObject size = input[u"Resize"].toObject(); !size.isEmpty() && m_attached)
        m_sessions.resize(m_session, this, size[u"Columns"].toInt(80), size[u"Rows"].toInt(24));
    m_endOfInput = m_endOfInput || input[u"EndOfInput"].toBool();
    if (m_endOfInput && input[u"EndOfInput"].toBool())
        m_typed += kEndOfTransmission;
    sendInput();
}

void ShellStream::start()
{
    StartSessionRequest request;
    request.target = m_input[u"Target"].toString();
    request.documentName = m_input[u"DocumentName"].toString();
    request.reason = m_input[u"Reason"].toString();
    const QJsonObject parameters = m_input[u"Parameters"].toObject();
    for (auto it = parameters.begin(); it != parameters.end(); ++it) {
        QStringList values;
        for (const QJsonValue &value : it.value().toArray())
            values.append(value.toString());
        request.parameters.insert(it.key(), values);
    }
    const auto session = m_sessions.startSession(m_who, request);
    if (!session)
        return emit finished(session.error());
    m_session = *session;
    m_database.whenCommitted([self = QPointer(this)](const Result<void> &committed) {
        if (!self)
            return;
        if (!committed)
            return emit self->finished(committed.error());
        const auto started = self->m_sessions.session(self->m_session);
        emit self->event({{u"SessionId"_s, toQString(self->m_session)},
                          {u"SessionType"_s, started ? started->sessionType : QString()}});
        const auto attached
            = self->m_sessions.attach(self->m_who, self->m_session, self, self->m_input[u"Columns"].toInt(80),
                                      self->m_input[u"Rows"].toInt(24));
        if (!attached)
            return emit self->finished(attached.error());
        self->m_attached = true;
        self->sendInput();
    });
}

void ShellStream::sendInput()
{
    if (!m_attached || m_typed.isEmpty())
        return;
    const qsizetype taken = m_sessions.input(m_session, this, m_typed);
    m_typed.remove(0, taken);
}

void ShellStream::show(const QByteArray &bytes, bool isError)
{
    if (!m_shown.isEmpty() && m_shown.last().isError == isError)
        m_shown.last().bytes += bytes;
    else
        m_shown.append({bytes, isError});
    passOn();
}

void ShellStream::passOn()
{
    while (!m_shown.isEmpty() && unreadBytes() < kMaxUnread) {
        Piece &first = m_shown.first();
        const QByteArray piece = first.bytes.left(kPiece);
        const QString name = first.isError ? u"ErrorBytes"_s : u"Bytes"_s;
        first.bytes.remove(0, piece.size());
        if (first.bytes.isEmpty())
            m_shown.removeFirst();
        emit event({{name, QString::fromLatin1(piece.toBase64())}});
        if (m_attached)
            m_sessions.consumed(m_session, this, piece.size());
    }
}

void ShellStream::sessionChanged(const Session &session)
{
    if (session.status == SessionStatus::Disconnected)
        emit event({{u"Notice"_s, u"The link to the node is lost; the session goes on when it is back."_s}});
    if (session.status != SessionStatus::Terminated && session.status != SessionStatus::Failed)
        return;
    m_attached = false;
    if (session.status == SessionStatus::Failed)
        return emit finished(qtError(errors::kTargetNotConnected, session.details));
    while (!m_shown.isEmpty()) { // the last words, however far behind the client is
        const Piece last = m_shown.takeFirst();
        emit event(
            {{last.isError ? u"ErrorBytes"_s : u"Bytes"_s, QString::fromLatin1(last.bytes.toBase64())}});
    }
    QJsonObject ended {{u"SessionId"_s, toQString(session.sessionId)},
                       {u"Status"_s, enumName(session.status)},
                       {u"Details"_s, session.details},
                       {u"SessionType"_s, session.sessionType}};
    if (session.exitCode)
        ended.insert(u"ExitCode"_s, static_cast<qint64>(*session.exitCode));
    emit finished(ended);
}

void ShellStream::sessionTakenOver()
{
    m_attached = false;
    emit finished(qtError(errors::kConflict, u"Another client has taken over the session."_s));
}

}
