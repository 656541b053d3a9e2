#include "backend/control/control_connection.h"

#include "backend/base/fail.h"

#include <QPointer>

namespace fb {

using namespace Qt::StringLiterals;

ControlConnection::ControlConnection(QLocalSocket *socket, const OperationTable &operations,
                                     const QHash<QString, ControlServer::OpenStream> &streams,
                                     const Principal &who, const ControlServer::AfterCommit &afterCommit,
                                     QObject *parent)
    : QObject(parent),
      m_socket(socket),
      m_operations(operations),
      m_openers(streams),
      m_who(who),
      m_afterCommit(afterCommit)
{
    socket->setParent(this);
    socket->setReadBufferSize(kMaxControlLine + 2);
    connect(socket, &QLocalSocket::readyRead, this, &ControlConnection::readLines);
    connect(socket, &QLocalSocket::disconnected, this, &QObject::deleteLater);
    connect(socket, &QLocalSocket::bytesWritten, this, [this] {
        if (m_socket->bytesToWrite() >= ControlStream::kMaxUnread)
            return;
        for (ControlStream *stream : std::as_const(m_streams))
            emit stream->writable();
    });
    readLines();
}

void ControlConnection::readLines()
{
    while (m_socket->canReadLine()) {
        const QByteArray line = m_socket->readLine(kMaxControlLine + 1);
        const Result<ControlCall> call = parseControlCall(line);
        if (!call)
            write(controlErrorLine(0, call.error()));
        else
            take(*call);
    }
    if (m_socket->bytesAvailable() <= kMaxControlLine)
        return;
    write(controlErrorLine(
        0, qtError(errors::kValidation, u"A line is longer than %1 bytes."_s.arg(kMaxControlLine))));
    m_socket->disconnectFromServer();
}

void ControlConnection::take(const ControlCall &call)
{
    if (!call.operation.isEmpty())
        return run(call);
    ControlStream *stream = m_streams.value(call.id);
    if (!stream)
        return; // it has ended meanwhile
    if (!call.input.isEmpty())
        stream->receive(call.input);
    if (call.end && m_streams.remove(call.id) > 0)
        stream->deleteLater();
}

void ControlConnection::run(const ControlCall &call)
{
    if (const auto open = m_openers.constFind(call.operation); open != m_openers.constEnd())
        return startStream(call.id, (*open)(m_who, call.input));
    m_operations.call(call.operation, m_who, call.input,
                      [self = QPointer(this), id = call.id](const Result<QJsonObject> &outcome) {
                          if (!self)
                              return;
                          self->m_afterCommit([self, id, outcome](const Result<void> &committed) {
                              if (self)
                                  self->answer(id,
                                               committed ? outcome : Result<QJsonObject>(committed.error()));
                          });
                      });
}

void ControlConnection::startStream(qint64 id, std::unique_ptr<ControlStream> owned)
{
    if (m_streams.contains(id))
        return write(
            controlErrorLine(id, qtError(errors::kValidation, u"id %1 is in use."_s.arg(id), u"id"_s)));
    ControlStream *stream = owned.release();
    stream->setParent(this);
    m_streams.insert(id, stream);
    stream->unreadBytes = [this] { return m_socket->bytesToWrite(); };
    connect(stream, &ControlStream::event, this,
            [this, id](const QJsonObject &event) { write(controlEventLine(id, event)); });
    connect(stream, &ControlStream::finished, this, [this, id, stream](const Result<QJsonObject> &outcome) {
        if (m_streams.remove(id) == 0)
            return;
        answer(id, outcome);
        stream->deleteLater();
    });
    stream->receive({}); // starts it, now that its signals are heard
}

void ControlConnection::answer(qint64 id, const Result<QJsonObject> &outcome)
{
    write(outcome ? controlOutputLine(id, *outcome) : controlErrorLine(id, outcome.error()));
}

void ControlConnection::write(const QByteArray &line) { m_socket->write(line); }

}
