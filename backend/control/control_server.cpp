#include "backend/control/control_server.h"

#include "backend/control/control_connection.h"
#include "backend/control/control_socket.h"

#include <QLocalSocket>
#include <QLoggingCategory>

#include <unistd.h>

namespace fb {

Q_LOGGING_CATEGORY(controlLog, "fb.control")

ControlServer::ControlServer(const OperationTable &operations, Principal owner, AfterCommit afterCommit,
                             QObject *parent)
    : QObject(parent),
      m_operations(operations),
      m_owner(std::move(owner)),
      m_afterCommit(std::move(afterCommit))
{
    connect(&m_server, &QLocalServer::newConnection, this, &ControlServer::takeConnections);
}

ControlServer::~ControlServer() { close(); }

void ControlServer::addStream(const QString &operation, OpenStream open)
{
    m_streams.insert(operation, std::move(open));
}

Result<void> ControlServer::listen(const QString &dataDir)
{
    m_dataDir = dataDir;
    return listenOnControlSocket(dataDir).andThen([this](int descriptor) -> Result<void> {
        if (m_server.listen(qintptr(descriptor)))
            return {};
        ::close(descriptor);
        return makeError(errors::kInternal,
                         "The control socket cannot be used: " + m_server.errorString().toStdString());
    });
}

void ControlServer::close()
{
    if (!m_server.isListening())
        return;
    m_server.close();
    removeControlSocket(m_dataDir);
}

void ControlServer::takeConnections()
{
    while (QLocalSocket *socket = m_server.nextPendingConnection()) {
        const uid_t user = peerUser(static_cast<int>(socket->socketDescriptor()));
        if (user != ::getuid() && user != 0) {
            qCWarning(controlLog) << "refused a connection of user" << user;
            socket->abort();
            socket->deleteLater();
            continue;
        }
        new ControlConnection(socket, m_operations, m_streams, m_owner, m_afterCommit, this);
    }
}

}
