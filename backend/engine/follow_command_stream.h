#pragma once
// FollowCommand of the control socket: a command's states and output as they come, then its result. Input {"CommandId": ...} follows a
// command that was sent before; {"Send": {SendCommand's input}} sends it first, so that nothing is missed. "Output": true adds the live
// output, "Wait": false answers with the result as it is now. Engine thread.

#include "backend/control/control_server.h"
#include "backend/nodes/runcommand/run_command_service.h"

#include <QStringDecoder>

#include <map>
#include <memory>
#include <tuple>

namespace fb {

class FollowCommandStream : public ControlStream
{
    Q_OBJECT

public:
    FollowCommandStream(RunCommandService &runCommand, Database &database, Principal who, QJsonObject input);
    void receive(const QJsonObject &input) override; // the first call starts it

private:
    void start();
    void follow(const CommandId &command);
    void takeInvocations(const QList<Invocation> &invocations);
    void takeOutput(const CommandId &command, const QString &instanceId, int step, OutputStream stream,
                    const QByteArray &bytes);
    void conclude();
    void readNextResult();

    RunCommandService &m_runCommand;
    Database &m_database;
    Principal m_who;
    QJsonObject m_input;
    CommandId m_command;
    QHash<QString, QString> m_names; // instance id -> name
    std::map<std::tuple<QString, int, OutputStream>, QStringDecoder>
        m_decoders; // characters may be split between pieces
    QList<Invocation> m_toRead;
    QJsonArray m_results;
    bool m_started = false;
    bool m_concluding = false;
};

}
