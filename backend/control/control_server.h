#pragma once
// The control socket beside a running engine: JSON lines, AWS operation names, the peer's user checked (design 2). Only the user that
// runs the engine, and root, may speak; they act as the stored Administrator with source "control". Engine thread.

#include "backend/api/operation_table.h"
#include "backend/control/control_message.h"

#include <QHash>
#include <QLocalServer>
#include <QObject>

#include <memory>

namespace fb {

class ControlConnection;

// A call that goes on after its first answer: a followed command, a shell. Owned by the connection that asked; deleted when the client
// ends it or goes away.
class ControlStream : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;
    virtual void receive(const QJsonObject &input) = 0; // from the client

signals:
    void event(const QJsonObject &event);
    void finished(const fb::Result<QJsonObject> &outcome); // the last line
    void writable(); // the client has read what was queued

public:
    // Set by the connection: bytes the client has not read yet. A stream that pours output stops above kMaxUnread.
    std::function<qint64()> unreadBytes;
    static constexpr qint64 kMaxUnread = 256 * 1024;
};

class ControlServer : public QObject
{
    Q_OBJECT

public:
    using OpenStream
        = std::function<std::unique_ptr<ControlStream>(const Principal &who, const QJsonObject &input)>;
    // Runs `then` after what the call wrote is committed, with the outcome.
    using AfterCommit = std::function<void(std::function<void(const Result<void> &)> then)>;

    ControlServer(const OperationTable &operations, Principal owner, AfterCommit afterCommit,
                  QObject *parent = nullptr);
    ~ControlServer() override;

    void addStream(const QString &operation, OpenStream open);
    Result<void> listen(const QString &dataDir);
    void close(); // removes the socket file

private:
    void takeConnections();

    const OperationTable &m_operations;
    Principal m_owner;
    AfterCommit m_afterCommit;
    QHash<QString, OpenStream> m_streams;
    QLocalServer m_server;
    QString m_dataDir;
};

}
