#include "backend/engine/follow_command_stream.h"

#include "backend/base/on_result.h"
#include "backend/nodes/runcommand/run_command_api.h"

namespace fb {

using namespace Qt::StringLiterals;

FollowCommandStream::FollowCommandStream(RunCommandService &runCommand, Database &database, Principal who,
                                         QJsonObject input)
    : m_runCommand(runCommand),
      m_database(database),
      m_who(std::move(who)),
      m_input(std::move(input))
{
}

void FollowCommandStream::receive(const QJsonObject &)
{
    if (!std::exchange(m_started, true))
        start();
}

void FollowCommandStream::start()
{
    if (!m_input.contains(u"Send"_s))
        return follow(CommandId(m_input[u"CommandId"].toString().toStdString()));
    const Result<Command> sent = fromJson<SendCommandRequest>(m_input[u"Send"].toObject())
                                     .andThen([this](const SendCommandRequest &request) {
                                         return m_runCommand.sendCommand(m_who, request);
                                     });
    if (!sent)
        return emit finished(sent.error());
    m_database.whenCommitted([self = QPointer(this), command = *sent](const Result<void> &committed) {
        if (!self)
            return;
        if (!committed)
            return emit self->finished(committed.error());
        QJsonObject event {{u"Type"_s, u"Command"_s}, {u"Command"_s, commandJson(command)}};
        if (!command.warnings.isEmpty())
            event[u"Warnings"] = QJsonArray::fromStringList(command.warnings);
        emit self->event(event);
        self->follow(command.commandId);
    });
}

void FollowCommandStream::follow(const CommandId &id)
{
    m_command = id;
    const Result<Command> command = m_runCommand.command(m_who, id);
    if (!command)
        return emit finished(command.error());
    const Result<QList<Invocation>> rows = m_runCommand.invocationsOf(m_who, id);
    if (!rows)
        return emit finished(rows.error());
    for (const Invocation &row : *rows)
        m_names.insert(row.instanceId, row.instanceName);
    if (command->completedAt || !m_input[u"Wait"].toBool(true))
        return conclude();
    connect(&m_runCommand, &RunCommandService::invocationsChanged, this,
            &FollowCommandStream::takeInvocations);
    connect(&m_runCommand, &RunCommandService::commandsChanged, this, [this](const QList<Command> &commands) {
        for (const Command &changed : commands) {
            if (changed.commandId == m_command && changed.completedAt)
                conclude();
        }
    });
    if (m_input[u"Output"].toBool())
        connect(&m_runCommand, &RunCommandService::outputArrived, this,
                [this](const CommandId &ofCommand, const QString &instanceId, int step, OutputStream stream,
                       qint64,
                       const QByteArray &bytes) { takeOutput(ofCommand, instanceId, step, stream, bytes); });
}

void FollowCommandStream::takeInvocations(const QList<Invocation> &invocations)
{
    for (const Invocation &row : invocations) {
        if (row.commandId != m_command)
            continue;
        m_names.insert(row.instanceId, row.instanceName);
        emit event({{u"Type"_s, u"Invocation"_s},
                    {u"InstanceId"_s, row.instanceId},
                    {u"InstanceName"_s, row.instanceName},
                    {u"Status"_s, enumName(row.status())},
                    {u"StatusDetails"_s, row.statusDetails()},
                    {u"ResponseCode"_s, row.responseCode}});
    }
}

void FollowCommandStream::takeOutput(const CommandId &command, const QString &instanceId, int step,
                                     OutputStream stream, const QByteArray &bytes)
{
    // A client that does not read loses live lines, never the result; the script is not slowed (spec/run-command.md 3.11).
    if (command != m_command || unreadBytes() > kMaxUnread)
        return;
    QStringDecoder &decoder
        = m_decoders.try_emplace({instanceId, step, stream}, QStringDecoder(QStringConverter::Utf8))
              .first->second;
    const QString text = decoder.decode(bytes);
    if (text.isEmpty())
        return;
    emit event({{u"Type"_s, u"Output"_s},
                {u"InstanceId"_s, instanceId},
                {u"InstanceName"_s, m_names.value(instanceId)},
                {u"Step"_s, step},
                {u"Stream"_s, stream == OutputStream::StandardOutput ? u"stdout"_s : u"stderr"_s},
                {u"Text"_s, text}});
}

void FollowCommandStream::conclude()
{
    if (std::exchange(m_concluding, true))
        return;
    disconnect(&m_runCommand, nullptr, this, nullptr);
    const Result<QList<Invocation>> rows = m_runCommand.invocationsOf(m_who, m_command);
    if (!rows)
        return emit finished(rows.error());
    m_toRead = *rows;
    readNextResult();
}

void FollowCommandStream::readNextResult()
{
    if (m_toRead.isEmpty()) {
        const Result<Command> command = m_runCommand.command(m_who, m_command);
        if (!command)
            return emit finished(command.error());
        return emit finished(QJsonObject {{u"Status"_s, enumName(command->status())},
                                          {u"Command"_s, commandJson(*command)},
                                          {u"Invocations"_s, m_results}});
    }
    const Invocation row = m_toRead.takeFirst();
    onResult(m_runCommand.getCommandInvocation(m_who, m_command, row.instanceId), this,
             [this, row](const Result<InvocationResult> &result) {
                 if (!result)
                     return emit finished(result.error());
                 QJsonObject json = invocationResultJson(*result);
                 json[u"InstanceName"] = row.instanceName;
                 if (!row.trace.isEmpty())
                     json[u"TraceOutput"] = row.trace;
                 if (!row.note.isEmpty())
                     json[u"Note"] = row.note;
                 m_results.append(json);
                 readNextResult();
             });
}

}
