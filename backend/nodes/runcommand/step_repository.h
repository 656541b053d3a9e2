#pragma once
// The rows of steps with where their output is. Engine thread, but for the reading functions: those work on any Reader.

#include "backend/nodes/runcommand/command.h"
#include "backend/store/transaction.h"

namespace fb {

// One stream of one step.
struct OutputKey {
    CommandId command;
    QString instanceId;
    int step = 0;
    OutputStream stream = OutputStream::StandardOutput;
    auto operator<=>(const OutputKey &other) const
    {
        if (const auto order = command <=> other.command; order != 0)
            return order;
        if (instanceId != other.instanceId)
            return instanceId < other.instanceId ? std::strong_ordering::less : std::strong_ordering::greater;
        if (const auto order = step <=> other.step; order != 0)
            return order;
        return static_cast<int>(stream) <=> static_cast<int>(other.stream);
    }
    bool operator==(const OutputKey &) const = default;
};

struct OutputRow {
    OutputKey key;
    StoredOutput output;
};

class StepRepository
{
public:
    Result<void> saveResults(Transaction &tx, const QList<InvocationStep> &steps); // all but the output
    Result<void> saveOutputs(Transaction &tx, const QList<OutputRow> &outputs); // nothing but the output
    // That the artifact is gone; false: the row holds another, or is not there any more.
    Result<bool> markRemoved(Transaction &tx, const OutputKey &key, const QString &artifact, Instant at);
    // Outputs that are complete while their artifact is not sealed: of an engine that was killed between the two.
    Result<QList<OutputKey>> unsealed(Reader &reader) const;

    Result<QList<InvocationStep>> stepsOf(Reader &reader, const CommandId &command,
                                          const QString &node) const;
    Result<QList<InvocationStep>> stepsOf(Reader &reader, const CommandId &command) const; // of all its nodes
    Result<std::optional<StoredOutput>> output(Reader &reader, const OutputKey &key) const;
    Result<QStringList> artifactsOf(Reader &reader, const CommandId &command) const;
};

}
