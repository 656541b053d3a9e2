#pragma once
// One client of the control socket: cuts its lines, runs its calls, keeps its streams. Engine thread.

#include "backend/control/control_server.h"

#include <QLocalSocket>

namespace fb {

class ControlConnection : public QObject
{
    Q_OBJECT

public:
    // Takes the socket; deletes itself when the client goes.
    ControlConnection(QLocalSocket *socket, const OperationTable &operations,
                      const QHash<QString, ControlServer::OpenStream> &streams, const Principal &who,
                      const ControlServer::AfterCommit &afterCommit, QObject *parent);

private:
    void readLines();
    void take(const ControlCall &call);
    void run(const ControlCall &call);
    void startStream(qint64 id, std::unique_ptr<ControlStream> stream);
    void answer(qint64 id, const Result<QJsonObject> &outcome);
    void write(const QByteArray &line);

    QLocalSocket *m_socket;
    const OperationTable &m_operations;
    const QHash<QString, ControlServer::OpenStream> &m_openers;
    Principal m_who;
    const ControlServer::AfterCommit &m_afterCommit;
    QHash<qint64, ControlStream *> m_streams;
};

}
