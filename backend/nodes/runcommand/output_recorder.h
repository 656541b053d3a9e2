#pragma once
// Keeps what steps print: shown as it comes, stored in groups, acknowledged to the node only when it is durable, so that a node may forget
// only what the engine cannot lose (protocol-notes 7, 12; spec/run-command.md 3.11). The first bytes live in the step's row; an output
// that is longer is an artifact besides. What waits for the disk is bounded by the credit that nodes are granted. Engine thread.

#include "backend/nodes/runcommand/command_turn.h"
#include "backend/nodes/runcommand/output_channel.h"
#include "backend/store/artifact_store.h"

#include <QObject>

#include <map>
#include <memory>

namespace fb {

struct OutputLimits {
    int64_t inlineBytes = 8 * 1024; // longer output becomes an artifact
    int64_t mostBytes = 100 * 1024 * 1024; // kept of one stream of one step
    int64_t window = 256 * 1024; // granted to a stream
    int64_t smallWindow = 16 * 1024; // once `budget` is granted
    int64_t budget = 256 * 1024 * 1024; // granted to all streams
    int64_t flushBytes = 256 * 1024; // waiting of one stream: stored at once
    std::chrono::milliseconds flushAfter {200};
};

struct OutputChunk {
    QByteArray bytes;
    int64_t offset = 0;
    int64_t length = 0; // of the whole output so far
    int64_t dropped = 0;
    bool complete = false; // no more will come
    std::optional<Instant> removedAt; // all but its beginning went then, to make room
    bool isWhole() const
    {
        return dropped == 0 && !removedAt && (complete || length == 0);
    } // once its step has ended
};

class OutputRecorder : public QObject
{
    Q_OBJECT

public:
    OutputRecorder(RunCommandParts &parts, CommandRepository &commands, StepRepository &steps,
                   OutputChannel &channel, ArtifactStore &artifacts, OutputLimits limits = {});
    ~OutputRecorder() override;

    // ---- What streams bring
    bool streamOpened(const OutputStreamId &stream, const NodeId &from, OutputStream kind,
                      const wire::ExecParams &params);
    void streamData(const OutputStreamId &stream, uint64_t offset, const QByteArray &bytes);
    void streamFinished(const OutputStreamId &stream, const wire::Fin &fin);
    void streamLost(const OutputStreamId &stream);
    void flush(); // stores what waits; by itself after flushAfter

    // The step's result brings the head of each output: it is kept as far as the stream has not brought it yet.
    Result<void> stepEnded(CommandTurn &turn, const Invocation &row, const wire::OrderStep &step);

    int64_t waitingBytes() const { return m_waiting; } // arrived and not yet durable
    // Up to 4 MiB of one output, also what is not durable yet.
    QFuture<Result<OutputChunk>> read(const OutputKey &key, int64_t offset, int64_t length);
    Result<void> remove(Transaction &tx, const CommandId &command); // its artifacts
    // To make room: the oldest artifacts until so many bytes are freed, some hundred at most. What they belong to keeps the first bytes and says
    // when the rest went.
    Result<RemovedArtifacts> removeOldest(Transaction &tx, qint64 bytes);
    Result<void> sealLeftOver(); // what an earlier run has completed only

signals:
    // As it arrives, before it is stored. `offset`: of the first byte in the stream.
    void outputArrived(const fb::CommandId &command, const QString &instanceId, int step,
                       fb::OutputStream stream, qint64 offset, const QByteArray &bytes);

private:
    struct Output {
        StoredOutput stored; // as in the row
        QByteArray waiting; // arrived, not handed to the store
        int64_t end = 0; // bytes that arrived
        int64_t durable = 0; // bytes that survive a crash
        int64_t handed = 0; // bytes given to the store
        int64_t beyond = 0; // bytes that arrived over the limit and were let go
        bool finished = false; // no more will come
        bool isBeingStored = false; // by a transaction that is not committed
        bool isDirty = false; // the row has to be saved though nothing waits
        OutputStreamId stream; // that brings it now; number 0: none
        int64_t window = 0; // granted to it
        bool isDone() const { return finished && durable == end; }
        int64_t position() const { return end + beyond; } // in the node's stream
    };

    Result<std::optional<OutputKey>> keyOf(const NodeId &from, OutputStream kind,
                                           const wire::ExecParams &params);
    Result<Output *> outputOf(const OutputKey &key);
    void take(const OutputKey &key, Output &output, QByteArray bytes);
    Result<void> takeHead(CommandTurn &turn, const OutputKey &key, std::string_view head, int64_t size,
                          int64_t dropped);
    bool isDue(const Output &output) const;
    Result<OutputRow> store(Transaction &tx, const OutputKey &key, Output &output);
    Result<void> becomeArtifact(const OutputKey &key, Output &output, const QByteArray &bytes);
    void handToArtifact(Output &output);
    void stored(const OutputKey &key, int64_t inlineEnd);
    void lost(const OutputKey &key, const Output &before);
    void becameDurable(const ArtifactId &artifact, int64_t length);
    void advance(const OutputKey &key, Output &output, int64_t durable);
    void giveCredit(Output &output, int64_t bytes);
    void acknowledge(Output &output);
    void detach(Output &output);
    void forgetIfDone(const OutputKey &key);
    void scheduleFlush(std::chrono::milliseconds delay);
    void forgetArtifact(Transaction &tx, const OutputKey &key, Instant now);

    RunCommandParts &m_parts;
    CommandRepository &m_commands;
    StepRepository &m_steps;
    OutputChannel &m_channel;
    ArtifactStore &m_artifacts;
    OutputLimits m_limits;
    std::map<OutputKey, Output> m_outputs;
    std::map<OutputStreamId, OutputKey> m_streams;
    QHash<ArtifactId, OutputKey> m_keys; // of open artifacts
    int64_t m_waiting = 0;
    int64_t m_granted = 0;
    bool m_flushScheduled = false;
    bool m_flushSoon = false;
};

}
