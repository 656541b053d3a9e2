#pragma once
// One local TCP connection and its stream to the node: bytes both ways, each half ended by itself, each side held back by the other. A socket of
// our own, since a QTcpSocket closes both halves when one ends. Engine thread.

#include "backend/core/clock.h"
#include "backend/nodes/sessions/port_streams.h"

#include <QObject>
#include <QSocketNotifier>

#include <memory>

namespace fb {

class PortConnection final : public QObject, private PortStreamClient
{
    Q_OBJECT

public:
    PortConnection(int socket, QString peer, Instant openedAt, QObject *parent); // takes the socket
    ~PortConnection() override;

    // Once: the streams of its session, and a way to open one. Until then nothing is read from it.
    void begin(PortStreams &streams, const std::function<Result<SessionStream>(PortStreamClient *)> &open);
    bool hasBegun() const { return m_streams != nullptr; }
    void abort(const QString &cause); // the client is told that it broke; ended() follows

    const QString &peer() const { return m_peer; } // "127.0.0.1:51312"
    Instant openedAt() const { return m_openedAt; }
    bool isConnected() const { return m_isOpened; } // to the target
    qint64 toNode() const { return m_toNode; }
    qint64 fromNode() const { return m_fromNode; }

signals:
    // Once, never from inside a call. `cause`: why it was cut or refused; empty: both ends were told as they came.
    void ended(const QString &cause);

private:
    void portOpened() override;
    void portRefused(const Error &why) override;
    void portReceived(const QByteArray &bytes) override;
    void portFinished() override;
    void portWritable() override;
    void portReset(const QString &cause) override;

    void read();
    void send();
    void finishIfDone();
    void close(const QString &cause, bool isBroken);

    int m_socket;
    const QString m_peer;
    const Instant m_openedAt;
    PortStreams *m_streams = nullptr;
    SessionStream m_stream = 0; // 0: none, or gone
    QSocketNotifier m_readable;
    QSocketNotifier m_writable;
    QByteArray m_untaken; // read, and not taken by the stream
    QByteArray m_unsent; // of the node, not yet taken by the client
    qsizetype m_unsentHead = 0;
    bool m_isOpened = false;
    bool m_endIn = false; // the client sends no more
    bool m_endOut = false; // the node sends no more
    bool m_endOutTold = false; // and the client knows
    bool m_isClosed = false;
    qint64 m_toNode = 0;
    qint64 m_fromNode = 0;
};

}
