#pragma once
// SendCommand's checks in their order, and the command and rows that come of it (spec/run-command.md 3.1, 3.2). Writes nothing. Engine
// thread.

#include "backend/dispatch/rate_control.h"
#include "backend/nodes/runcommand/command.h"
#include "backend/nodes/runcommand/run_command_parts.h"

#include <memory>
#include <vector>

namespace fb {

struct CommandOrigin { // on whose behalf, when it is not the operator's own
    CommandSource source = CommandSource::Direct;
    QString id;
    qsizetype mostInstanceIds = 50; // the API's limit; the console lets people choose more nodes in a table
};

struct PreparedCommand {
    Command command;
    std::vector<Invocation> rows;
    QString content; // to be stored, see textToStore()
    std::shared_ptr<const Document> document;
};

class SendCommandCheck
{
public:
    SendCommandCheck(RunCommandParts &parts, qint64 mostOpenRows)
        : m_parts(parts),
          m_mostOpenRows(mostOpenRows)
    {
    }

    // `openRows`: how many invocations are open now, for the quota of the fleet.
    Result<PreparedCommand> prepare(const Principal &who, const SendCommandRequest &request,
                                    const CommandOrigin &origin, qint64 openRows);

private:
    Result<void> checkShape(const SendCommandRequest &request, qsizetype mostInstanceIds) const;
    Result<void> checkParameters(const Principal &who, const Document &document,
                                 const CommandParameters &parameters) const;
    Result<QList<NodeId>> nodesByIds(const Principal &who, const SendCommandRequest &request,
                                     const SendableDocument &document) const;
    Result<void> checkOutputs(const SendCommandRequest &request) const;
    Result<void> addRowsByIds(const Principal &who, const SendableDocument &document,
                              PreparedCommand &prepared) const;
    Result<void> addRowsByTargets(const Principal &who, const SendableDocument &document,
                                  PreparedCommand &prepared) const;
    void applyAlarm(PreparedCommand &prepared) const;
    Result<std::chrono::seconds> executionTime(const Principal &who, const Document &document,
                                               const CommandParameters &parameters) const;

    RunCommandParts &m_parts;
    qint64 m_mostOpenRows;
};

}
