#include "backend/nodes/runcommand/output_recorder.h"

#include "backend/base/fail.h"
#include "backend/base/on_result.h"
#include "backend/base/qt_text.h"

#include <QLoggingCategory>
#include <QTimer>

#include <algorithm>

namespace fb {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

Q_LOGGING_CATEGORY(lcOutput, "fb.runcommand.output")

namespace {
    constexpr auto kRetryAfterFailedWrite = 1s;
    constexpr uint32_t kMostSteps = 1000;

    constexpr int kRemovedAtOnce = 200;

    QString ownerOf(const OutputKey &key)
    {
        return u"runcommand/%1/%2/%3/%4"_s.arg(toQString(key.command), key.instanceId)
            .arg(key.step)
            .arg(key.stream == OutputStream::StandardOutput ? u"stdout"_s : u"stderr"_s);
    }

    std::optional<OutputKey> keyOfOwner(const QString &owner)
    {
        const QStringList parts = owner.split(u'/');
        bool isNumber = false;
        const int step = parts.value(3).toInt(&isNumber);
        if (parts.size() != 5 || !isNumber)
            return std::nullopt;
        return OutputKey {.command = toId<CommandId>(parts[1]),
                          .instanceId = parts[2],
                          .step = step,
                          .stream = parts[4] == u"stdout"_s ? OutputStream::StandardOutput
                                                            : OutputStream::StandardError};
    }
}

OutputRecorder::OutputRecorder(RunCommandParts &parts, CommandRepository &commands, StepRepository &steps,
                               OutputChannel &channel, ArtifactStore &artifacts, OutputLimits limits)
    : m_parts(parts),
      m_commands(commands),
      m_steps(steps),
      m_channel(channel),
      m_artifacts(artifacts),
      m_limits(limits)
{
    connect(&m_artifacts, &ArtifactStore::durable, this, &OutputRecorder::becameDurable);
}

OutputRecorder::~OutputRecorder() = default;

// ---- What streams bring ----

Result<std::optional<OutputKey>> OutputRecorder::keyOf(const NodeId &from, OutputStream kind,
                                                       const wire::ExecParams &params)
{
    const OrderId order(params.order_id());
    if (!isUlid(order.text()) || !params.has_step_index() || params.step_index() >= kMostSteps)
        return std::optional<OutputKey>();
    auto command = m_commands.commandOfOrder(m_parts.database.reader(), toQString(from), order);
    if (!command)
        return command.error();
    if (!*command)
        return std::optional<OutputKey>();
    return std::optional(OutputKey {.command = **command,
                                    .instanceId = toQString(from),
                                    .step = static_cast<int>(params.step_index()),
                                    .stream = kind});
}

Result<OutputRecorder::Output *> OutputRecorder::outputOf(const OutputKey &key)
{
    if (const auto known = m_outputs.find(key); known != m_outputs.end())
        return &known->second;
    auto row = m_steps.output(m_parts.database.reader(), key);
    if (!row)
        return row.error();
    Output output;
    output.stored = row->value_or(StoredOutput());
    output.finished = output.stored.complete;
    output.end = output.stored.length;
    if (!output.stored.artifact.isEmpty() && !output.finished) {
        auto artifact = m_artifacts.open(ownerOf(key));
        if (!artifact)
            return artifact.error();
        m_keys.insert(artifact->id, key);
        // A crash may have come between the row and the artifact's first bytes.
        const QByteArray &first = output.stored.inlineBytes;
        if (artifact->durableLength < first.size()) {
            if (auto appended = m_artifacts.append(artifact->id, first.mid(artifact->durableLength));
                !appended)
                return appended.error();
        }
        output.end = std::max<int64_t>(artifact->durableLength, first.size());
    }
    output.durable = output.end;
    output.handed = output.end;
    if (output.end >= m_limits.mostBytes)
        output.beyond = output.stored.dropped;
    return &m_outputs.insert_or_assign(key, std::move(output)).first->second;
}

bool OutputRecorder::streamOpened(const OutputStreamId &stream, const NodeId &from, OutputStream kind,
                                  const wire::ExecParams &params)
{
    const auto key = keyOf(from, kind, params);
    if (!key || !*key) {
        m_channel.refuse(stream, key ? "not-found" : "busy",
                         key ? "This engine knows no such order of this node."
                             : "The store cannot be read now.");
        return false;
    }
    auto output = outputOf(**key);
    if (!output) {
        m_channel.refuse(stream, "busy", "The store cannot be read now.");
        return false;
    }
    detach(**output); // an older connection's
    (*output)->stream = stream;
    (*output)->window = m_granted < m_limits.budget ? m_limits.window : m_limits.smallWindow;
    m_granted += (*output)->window;
    m_streams.insert_or_assign(stream, **key);
    m_channel.accept(stream, static_cast<uint64_t>((*output)->window),
                     static_cast<uint64_t>((*output)->position()));
    return true;
}

void OutputRecorder::streamData(const OutputStreamId &stream, uint64_t offset, const QByteArray &bytes)
{
    const auto known = m_streams.find(stream);
    if (known == m_streams.end())
        return;
    const OutputKey key = known->second;
    Output &output = m_outputs[key];
    const auto begin = static_cast<int64_t>(offset);
    if (begin > output.position()) {
        qCWarning(lcOutput) << "output of" << key.instanceId << "skips from" << output.position() << "to"
                            << begin;
        return;
    }
    // The head that came with the step's result may have been faster.
    const int64_t repeated = std::min<int64_t>(output.position() - begin, bytes.size());
    giveCredit(output, repeated);
    take(key, output, bytes.mid(repeated));
    scheduleFlush(output.waiting.size() >= m_limits.flushBytes ? 0ms : m_limits.flushAfter);
}

void OutputRecorder::take(const OutputKey &key, Output &output, QByteArray bytes)
{
    const int64_t room = std::max<int64_t>(0, m_limits.mostBytes - output.end);
    if (bytes.size() > room) {
        const int64_t over = bytes.size() - room;
        output.beyond += over;
        output.stored.dropped += over;
        output.isDirty = true;
        giveCredit(output, over);
        acknowledge(output);
        bytes.truncate(room);
    }
    if (bytes.isEmpty())
        return;
    const int64_t offset = output.end;
    output.waiting.append(bytes);
    output.end += bytes.size();
    m_waiting += bytes.size();
    emit outputArrived(key.command, key.instanceId, key.step, key.stream, offset, bytes);
}

void OutputRecorder::streamFinished(const OutputStreamId &stream, const wire::Fin &fin)
{
    const auto known = m_streams.find(stream);
    if (known == m_streams.end())
        return;
    Output &output = m_outputs[known->second];
    output.finished = true;
    output.stored.dropped = std::max(output.stored.dropped, static_cast<int64_t>(fin.dropped()));
    output.isDirty = true;
    scheduleFlush(m_limits.flushAfter);
}

void OutputRecorder::streamLost(const OutputStreamId &stream)
{
    const auto known = m_streams.find(stream);
    if (known == m_streams.end())
        return;
    const OutputKey key = known->second;
    Output &output = m_outputs[key];
    if (output.stream == stream)
        detach(output);
    m_streams.erase(stream);
    forgetIfDone(key);
}

void OutputRecorder::detach(Output &output)
{
    if (output.stream.number == 0)
        return;
    m_granted -= output.window;
    m_streams.erase(output.stream);
    output.stream = {};
    output.window = 0;
}

void OutputRecorder::forgetIfDone(const OutputKey &key)
{
    const auto known = m_outputs.find(key);
    if (known == m_outputs.end())
        return;
    const Output &output = known->second;
    if (output.stream.number == 0 && output.durable == output.end && !output.isBeingStored
        && !output.isDirty) {
        m_keys.remove(toId<ArtifactId>(output.stored.artifact));
        m_outputs.erase(known);
    }
}

void OutputRecorder::acknowledge(Output &output)
{
    if (output.stream.number == 0)
        return;
    // what is over the limit need not be kept by anybody, once all before it is durable
    const int64_t offset = output.durable == output.end ? output.position() : output.durable;
    m_channel.acknowledge(output.stream, static_cast<uint64_t>(offset));
}

void OutputRecorder::giveCredit(Output &output, int64_t bytes)
{
    if (output.stream.number == 0 || bytes <= 0)
        return;
    int64_t kept = 0; // over the budget the window shrinks by what is not given back
    if (m_granted > m_limits.budget)
        kept = std::clamp<int64_t>(output.window - m_limits.smallWindow, 0, bytes);
    output.window -= kept;
    m_granted -= kept;
    if (bytes > kept)
        m_channel.grant(output.stream, static_cast<uint64_t>(bytes - kept));
}

// ---- Storing ----

void OutputRecorder::scheduleFlush(std::chrono::milliseconds delay)
{
    const bool soon = delay == 0ms;
    if (m_flushScheduled && (m_flushSoon || !soon))
        return;
    m_flushScheduled = true;
    m_flushSoon = soon;
    QTimer::singleShot(delay, this, [this] { flush(); });
}

bool OutputRecorder::isDue(const Output &output) const
{
    if (output.isBeingStored)
        return false;
    return output.isDirty || (output.stored.artifact.isEmpty() && !output.waiting.isEmpty())
        || (output.isDone() && !output.stored.complete);
}

void OutputRecorder::flush()
{
    m_flushScheduled = false;
    m_flushSoon = false;
    std::vector<OutputKey> due;
    for (auto &[key, output] : m_outputs) {
        handToArtifact(output);
        if (isDue(output))
            due.push_back(key);
    }
    if (due.empty())
        return;
    const auto written = m_parts.database.write([&](Transaction &tx) -> Result<void> {
        QList<OutputRow> rows;
        for (const OutputKey &key : due) {
            auto row = store(tx, key, m_outputs[key]);
            if (!row)
                return row.error();
            rows.append(*row);
        }
        return m_steps.saveOutputs(tx, rows);
    });
    if (!written) {
        qCWarning(lcOutput) << "output waits for the store:" << toQString(written.error().message);
        scheduleFlush(kRetryAfterFailedWrite);
    }
}

// Moves what waits into the stored form; the row that says so is the caller's to save in the same transaction.
Result<OutputRow> OutputRecorder::store(Transaction &tx, const OutputKey &key, Output &output)
{
    tx.onRolledBack([this, key, before = output](const Error &) { lost(key, before); });
    output.isBeingStored = true;
    output.isDirty = false;
    StoredOutput &kept = output.stored;
    int64_t inlineEnd = output.durable;
    if (kept.artifact.isEmpty()) {
        const QByteArray bytes = kept.inlineBytes + output.waiting;
        if (bytes.size() > m_limits.inlineBytes) {
            if (auto made = becomeArtifact(key, output, bytes); !made)
                return made.error();
        }
        kept.inlineBytes = bytes.left(m_limits.inlineBytes);
        output.waiting.clear();
        output.handed = output.end;
        inlineEnd = kept.inlineBytes.size();
    }
    const bool whole = output.finished && std::max(output.durable, inlineEnd) == output.end;
    kept.complete = whole;
    kept.length = std::max(output.durable, inlineEnd);
    tx.onCommitted([this, key, inlineEnd] { stored(key, inlineEnd); });
    return OutputRow {key, kept};
}

Result<void> OutputRecorder::becomeArtifact(const OutputKey &key, Output &output, const QByteArray &bytes)
{
    auto artifact = m_artifacts.open(ownerOf(key));
    if (!artifact)
        return artifact.error();
    if (auto appended = m_artifacts.append(artifact->id, bytes.mid(artifact->durableLength)); !appended)
        return appended.error();
    output.stored.artifact = toQString(artifact->id);
    m_keys.insert(artifact->id, key);
    return {};
}

void OutputRecorder::handToArtifact(Output &output)
{
    if (output.stored.artifact.isEmpty() || output.waiting.isEmpty() || output.isBeingStored)
        return;
    const auto appended = m_artifacts.append(toId<ArtifactId>(output.stored.artifact), output.waiting);
    if (!appended) { // the disk is slower than the nodes: it waits here, and no credit goes out for it
        scheduleFlush(m_limits.flushAfter);
        return;
    }
    output.waiting.clear();
    output.handed = output.end;
}

void OutputRecorder::stored(const OutputKey &key, int64_t inlineEnd)
{
    const auto known = m_outputs.find(key);
    if (known == m_outputs.end())
        return;
    Output &output = known->second;
    output.isBeingStored = false;
    if (!output.waiting.isEmpty() || output.isDirty)
        scheduleFlush(m_limits.flushAfter);
    advance(key, output, inlineEnd);
}

void OutputRecorder::becameDurable(const ArtifactId &artifact, int64_t length)
{
    const auto key = m_keys.constFind(artifact);
    if (key == m_keys.constEnd())
        return;
    const auto known = m_outputs.find(*key);
    if (known != m_outputs.end())
        advance(known->first, known->second, length);
}

void OutputRecorder::advance(const OutputKey &key, Output &output, int64_t durable)
{
    const int64_t more = durable - output.durable;
    if (more > 0) {
        output.durable = durable;
        m_waiting -= more;
        acknowledge(output);
        giveCredit(output, more);
    }
    if (!output.isDone())
        return;
    if (!output.stored.complete) {
        scheduleFlush(0ms); // the row learns that it is whole
        return;
    }
    if (!output.stored.artifact.isEmpty() && !output.isBeingStored) {
        const auto artifact = toId<ArtifactId>(output.stored.artifact);
        m_keys.remove(artifact);
        onResult(m_artifacts.seal(artifact), this, [key](const Result<ArtifactInfo> &sealed) {
            if (!sealed)
                qCWarning(lcOutput) << ownerOf(key) << "was not sealed:" << toQString(sealed.error().message);
        });
    }
    const OutputKey done = key;
    forgetIfDone(done);
}

void OutputRecorder::lost(const OutputKey &key, const Output &before)
{
    const auto known = m_outputs.find(key);
    if (known == m_outputs.end())
        return;
    Output &output = known->second;
    const QByteArray since = output.waiting; // arrived after the write that was lost
    output.stored = before.stored;
    output.stored.complete = false;
    output.waiting = before.waiting + since;
    output.handed = before.handed;
    output.isBeingStored = false;
    output.isDirty = true;
    scheduleFlush(kRetryAfterFailedWrite);
}

// ---- Reading ----

QFuture<Result<OutputChunk>> OutputRecorder::read(const OutputKey &key, int64_t offset, int64_t length)
{
    using Answer = Result<OutputChunk>;
    auto row = m_steps.output(m_parts.database.reader(), key);
    if (!row)
        return readyResult(Answer(row.error()));
    const auto known = m_outputs.find(key);
    const StoredOutput stored
        = known != m_outputs.end() ? known->second.stored : row->value_or(StoredOutput());
    OutputChunk chunk {.bytes = {}, .offset = offset, .length = stored.length, .dropped = stored.dropped};
    chunk.complete = stored.complete;
    chunk.removedAt = stored.removedAt;
    QByteArray waiting;
    if (known != m_outputs.end()) {
        chunk.length = known->second.end;
        chunk.complete = chunk.complete || known->second.finished; // here already, if not yet in the row
        waiting = known->second.waiting;
    }
    if (offset < 0 || length < 0)
        return readyResult(Answer(qtError(errors::kValidation, u"Output is read from %1 on."_s.arg(offset))));
    if (stored.artifact.isEmpty()) {
        chunk.bytes = (stored.inlineBytes + waiting).mid(offset, length);
        return readyResult(Answer(chunk));
    }
    const int64_t inArtifact = chunk.length - waiting.size();
    auto promise = std::make_shared<QPromise<Answer>>();
    promise->start();
    onResult(m_artifacts.read(toId<ArtifactId>(stored.artifact), offset, length), this,
             [promise, chunk, waiting, inArtifact, length](const Result<QByteArray> &bytes) mutable {
                 if (!bytes) {
                     promise->addResult(Answer(bytes.error()));
                     promise->finish();
                     return;
                 }
                 chunk.bytes = *bytes;
                 const int64_t next = chunk.offset + chunk.bytes.size();
                 if (next >= inArtifact && chunk.bytes.size() < length)
                     chunk.bytes += waiting.mid(next - inArtifact, length - chunk.bytes.size());
                 promise->addResult(Answer(chunk));
                 promise->finish();
             });
    return promise->future();
}

Result<void> OutputRecorder::remove(Transaction &tx, const CommandId &command)
{
    auto artifacts = m_steps.artifactsOf(tx, command);
    if (!artifacts)
        return artifacts.error();
    for (const QString &artifact : std::as_const(*artifacts)) {
        if (auto removed = m_artifacts.remove(tx, toId<ArtifactId>(artifact)); !removed)
            return removed;
    }
    return {};
}

Result<RemovedArtifacts> OutputRecorder::removeOldest(Transaction &tx, qint64 bytes)
{
    const auto oldest = m_artifacts.oldest(tx, ArtifactKind::Output, kRemovedAtOnce);
    if (!oldest)
        return oldest.error();
    const Instant now = m_parts.clock.now();
    RemovedArtifacts removed;
    for (const ArtifactInfo &artifact : *oldest) {
        if (removed.bytes >= bytes)
            break;
        if (const auto key = keyOfOwner(artifact.owner)) {
            if (auto marked = m_steps.markRemoved(tx, *key, toQString(artifact.id), now); !marked)
                return marked.error();
            forgetArtifact(tx, *key, now);
        }
        if (auto gone = m_artifacts.remove(tx, artifact.id); !gone)
            return gone.error();
        ++removed.count;
        removed.bytes += artifact.durableLength;
    }
    return removed;
}

// Of an output whose stream has not closed yet: what is saved of it next must not name the artifact again.
void OutputRecorder::forgetArtifact(Transaction &tx, const OutputKey &key, Instant now)
{
    const auto known = m_outputs.find(key);
    if (known == m_outputs.end())
        return;
    StoredOutput &stored = known->second.stored;
    tx.onRolledBack([this, key, before = stored](const Error &) {
        if (const auto still = m_outputs.find(key); still != m_outputs.end())
            still->second.stored = before;
    });
    m_keys.remove(toId<ArtifactId>(stored.artifact));
    stored.artifact = u""_s;
    stored.removedAt = now;
}

Result<void> OutputRecorder::sealLeftOver()
{
    const auto keys = m_steps.unsealed(m_parts.database.reader());
    if (!keys)
        return keys.error();
    for (const OutputKey &key : *keys) {
        const auto artifact = m_artifacts.open(ownerOf(key));
        if (!artifact)
            return artifact.error();
        m_artifacts.seal(artifact->id);
    }
    return {};
}

// ---- With a step's result ----

Result<void> OutputRecorder::stepEnded(CommandTurn &turn, const Invocation &row, const wire::OrderStep &step)
{
    OutputKey key {
        .command = row.commandId, .instanceId = row.instanceId, .step = static_cast<int>(step.step_index())};
    if (auto taken = takeHead(turn, key, step.stdout_head(), static_cast<int64_t>(step.stdout_size()),
                              static_cast<int64_t>(step.stdout_dropped()));
        !taken)
        return taken;
    key.stream = OutputStream::StandardError;
    return takeHead(turn, key, step.stderr_head(), static_cast<int64_t>(step.stderr_size()),
                    static_cast<int64_t>(step.stderr_dropped()));
}

Result<void> OutputRecorder::takeHead(CommandTurn &turn, const OutputKey &key, std::string_view head,
                                      int64_t size, int64_t dropped)
{
    const auto known = m_outputs.find(key);
    if (size == 0 && known == m_outputs.end())
        return {}; // printed nothing: the row's defaults say so
    Output *output = nullptr;
    if (known != m_outputs.end()) {
        output = &known->second;
    } else if (static_cast<int64_t>(head.size()) == size && size <= m_limits.inlineBytes) {
        output = &m_outputs
                     [key]; // the head is all of it: whatever part of it is stored is replaced by the whole
    } else {
        auto stored = outputOf(key);
        if (!stored)
            return stored.error();
        output = *stored;
    }
    if (output->finished && output->stored.complete) {
        forgetIfDone(key);
        return {}; // a repeat
    }
    if (output->end < static_cast<int64_t>(head.size()))
        take(key, *output, toBytes(head.substr(static_cast<size_t>(output->end))));
    output->stored.dropped = std::max(output->stored.dropped, dropped);
    if (output->end >= size)
        output->finished = true;
    if (output->isBeingStored) { // by a write of this turn: the rest follows with the next
        output->isDirty = true;
        scheduleFlush(0ms);
        return {};
    }
    handToArtifact(*output);
    auto row = store(turn.tx(), key, *output);
    if (!row)
        return row.error();
    turn.save(*row);
    return {};
}

}
