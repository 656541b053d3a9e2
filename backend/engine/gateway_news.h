#pragma once
// What the gateway tells, sorted to the services that wait for it: connections, orders' answers, streams. Engine thread.

#include "backend/engine/gateway_channels.h"
#include "backend/gateway/gateway.h"

#include <QHash>
#include <QObject>

namespace fb {

class AuditLog;
class CaRollOverService;
class OrderFiles;
class OrderOutbox;
class RunCommandService;
class SessionService;
class ToolService;

class GatewayNews : public QObject
{
    Q_OBJECT

public:
    struct Parts { // borrowed for life
        Gateway &gateway;
        GatewayOrderChannel &orders;
        GatewaySessionChannel &terminals;
        GatewayToolChannel &toolChannel;
        OrderOutbox &outbox;
        RunCommandService &runCommand;
        OrderFiles &files;
        SessionService &sessions;
        ToolService &tools;
        CaRollOverService &rollOver;
        AuditLog &audit;
    };

    explicit GatewayNews(Parts parts, QObject *parent = nullptr);

private:
    void nodeConnected(const NodeConnection &connection);
    void nodeLost(const NodeId &node);
    void takeMessages(const QList<NodeMessage> &messages);
    void takeEvent(const NodeMessage &message);
    void takeStreams(const QList<StreamEvent> &events);
    void takeOutput(const StreamEvent &event);
    void takeFile(const StreamEvent &event);
    void takeTerminal(const StreamEvent &event);
    void takeTool(const StreamEvent &event);

    Parts m_parts;
    QHash<quint64, StreamKey> m_files; // streams on which nodes take files
    QHash<quint64, StreamKey> m_outputs; // exec streams that were handed to Run Command, by number
};

}
