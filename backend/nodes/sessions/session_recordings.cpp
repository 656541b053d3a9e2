// Reading recordings back: whole, for who may, and their end after an engine's restart.

#include "backend/nodes/sessions/session_service.h"

#include "backend/base/fail.h"
#include "backend/base/on_result.h"
#include "backend/core/byte_encoding.h"
#include "backend/core/text_safety.h"
#include "backend/core/time_text.h"
#include "backend/events/arn.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QLoggingCategory>

#include <limits>

namespace fb {

using namespace Qt::StringLiterals;

Q_DECLARE_LOGGING_CATEGORY(lcSessions)

namespace {
    constexpr qint64 kRecordingReadBytes = 1 << 20;
    constexpr qsizetype kMaxText = 256 << 20;

    // The terminal's bytes of a block's output events, up to `end` of the terminal. A byte that was no UTF-8 counts as the three that stand for
    // it in the recording, so that a cut behind one may come early: never late.
    void appendOutput(const QByteArray &text, quint64 begin, quint64 end, QByteArray &output)
    {
        quint64 at = begin;
        for (const QByteArray &line : text.split('\n')) {
            const QJsonArray event = QJsonDocument::fromJson(line).array();
            if (event.size() != 3 || event[1] != u"o"_s)
                continue;
            const QByteArray bytes = event[2].toString().toUtf8();
            at += static_cast<quint64>(bytes.size());
            if (at > end)
                return;
            output += bytes;
        }
    }

    // `known`: what is stored of the session, if it is known at all.
    Error noRecording(const SessionId &id, const std::optional<Session> &known)
    {
        if (known && known->recordingRemovedAt)
            return qtError(errors::kDoesNotExist,
                           u"The recording of session %1 was removed at %2 to make room."_s.arg(
                               toQString(id), toQString(toIso8601Millis(*known->recordingRemovedAt))),
                           kRecordingRemovedField);
        return qtError(errors::kDoesNotExist, u"Session %1 has no recording."_s.arg(toQString(id)),
                       u"SessionId"_s);
    }

    // In the recording's own form, at the time of the last event before it.
    QByteArray damageLine(const QByteArray &text)
    {
        double at = 0;
        for (const QByteArray &line :
             text.last(std::min<qsizetype>(text.size(), 2 * kRecordingBlockBytes)).split('\n')) {
            if (const QJsonArray event = QJsonDocument::fromJson(line).array(); event.size() == 3)
                at = event[0].toDouble();
        }
        const QJsonArray event {at, u"m"_s, QString(kRecordingGapLabel + kRecordingDamage)};
        return (text.endsWith('\n') ? QByteArray() : QByteArray("\n"))
            + QJsonDocument(event).toJson(QJsonDocument::Compact) + '\n';
    }

    Error altered()
    {
        return qtError(errors::kInternal, u"The recording does not match its hash: it was altered or cut."_s,
                       kRecordingHashField);
    }
}

SecretName recordingKeyName(const SessionId &id)
{
    return {.purpose = u"recording"_s, .name = toQString(id), .version = 1};
}

// One pass over a recording's segments, block by block.
struct SessionService::Reading {
    SessionId id;
    int segment = 0;
    int lastSegment = 0;
    qint64 offset = 0; // in the segment
    qint64 beginAt = 0; // in the first segment: a whole block begins there
    ArtifactId artifact;
    std::optional<RecordingReader> reader; // of this segment
    RecordingPosition position;
    QByteArray keyEnvelope;
    bool wantsText = true;
    bool isUnproven = false; // only the blocks' own chain is asked
    QByteArray text;
    std::function<void(const QByteArray &text, quint64 begin)>
        block; // instead of text: each, and the terminal's offset before it
    std::function<void(const Result<void> &)> done;
};

void SessionService::readOn(const std::shared_ptr<Reading> &reading)
{
    if (!reading->reader && reading->artifact.isEmpty()) {
        const auto found = m_parts.artifacts.find(m_parts.database.reader(),
                                                  recordingOwner(reading->id, reading->segment));
        if (!found)
            return reading->done(found.error());
        if (!*found)
            return nextSegment(reading); // it was never begun
        reading->artifact = (*found)->id;
    }
    ArtifactStore &artifacts = m_parts.artifacts;
    onResult(reading->isUnproven
                 ? artifacts.readUnproven(reading->artifact, reading->offset, kRecordingReadBytes)
                 : artifacts.read(reading->artifact, reading->offset, kRecordingReadBytes),
             this, [this, reading](const Result<QByteArray> &bytes) {
                 if (!bytes)
                     return reading->done(
                         toQString(bytes.error().field) == kArtifactDamagedField ? altered() : bytes.error());
                 if (bytes->isEmpty())
                     return nextSegment(reading);
                 if (auto taken = take(*reading, *bytes); !taken)
                     return reading->done(taken);
                 readOn(reading);
             });
}

void SessionService::nextSegment(const std::shared_ptr<Reading> &reading)
{
    if (reading->reader)
        reading->position = reading->reader->position();
    if (++reading->segment > reading->lastSegment)
        return reading->done({});
    reading->reader.reset();
    reading->artifact = {};
    reading->offset = 0;
    readOn(reading);
}

Result<void> SessionService::take(Reading &reading, const QByteArray &bytes)
{
    QByteArray rest = bytes;
    if (!reading.reader) {
        const auto header = RecordingReader::readHeader(bytes);
        if (!header)
            return fail(errors::kInternal,
                        u"Segment %1 of the recording of %2 has no header."_s.arg(
                            QString::number(reading.segment), toQString(reading.id)),
                        kRecordingHashField);
        auto key = m_parts.vault.unseal(recordingKeyName(reading.id), header->keyEnvelope);
        if (!key)
            return key.error();
        reading.keyEnvelope = header->keyEnvelope;
        reading.reader.emplace(std::move(*key), reading.id.text(), reading.position);
        const qint64 begin = std::max<qint64>(header->size, reading.beginAt);
        reading.beginAt = 0;
        if (begin > bytes.size()) { // only the end is wanted
            reading.offset = begin;
            return {};
        }
        rest.remove(0, static_cast<qsizetype>(begin));
    }
    reading.offset += bytes.size();
    reading.reader->add(rest);
    for (;;) {
        const quint64 begin = reading.reader->position().terminalOffset;
        const auto text = reading.reader->next();
        if (!text)
            return text.error();
        if (!*text)
            return {};
        if (reading.block) {
            reading.block(toBytes(**text), begin);
            continue;
        }
        if (!reading.wantsText)
            continue;
        reading.text += toBytes(**text);
        if (reading.text.size() > kMaxText)
            return fail(errors::kValidation,
                        u"The recording of %1 has more than %2 MiB of text."_s.arg(
                            toQString(reading.id), QString::number(kMaxText >> 20)));
    }
}

Result<void> SessionService::mayReadRecording(const Principal &who, const SessionId &id)
{
    const AccessTarget target {.resource = u"recording of session "_s + toQString(id)};
    const auto allowed = m_parts.access.check(who, actions::kReadRecording, target);
    const auto audited
        = m_parts.audit.record({.who = who,
                                .action = toQString(actions::kReadRecording.name()),
                                .target = sessionArn(m_parts.database.fleet(), id),
                                .result = allowed ? u"Success"_s : toQString(allowed.error().code.name())});
    if (!allowed)
        return allowed;
    return audited; // unseen reading is not allowed
}

QFuture<Result<QByteArray>> SessionService::recording(const Principal &who, const SessionId &id)
{
    const auto allowed = mayReadRecording(who, id);
    return allowed ? verified(id) : readyResult<QByteArray>(allowed.error());
}

QFuture<Result<QByteArray>> SessionService::provenPart(const Principal &who, const SessionId &id)
{
    if (const auto allowed = mayReadRecording(who, id); !allowed)
        return readyResult<QByteArray>(allowed.error());
    const auto known = session(id);
    if (!known || !known->recorded)
        return readyResult<QByteArray>(noRecording(id, known));
    auto promise = std::make_shared<QPromise<Result<QByteArray>>>();
    promise->start();
    const auto reading = readingOf(*known);
    reading->isUnproven = true;
    reading->done = [promise, expected = known->recordingHash,
                     reading = std::weak_ptr<Reading>(reading)](const Result<void> &outcome) {
        const auto read = reading.lock();
        const bool isDamaged = !outcome && toQString(outcome.error().field) == kRecordingHashField;
        const bool isWhole
            = outcome && (expected.isEmpty() || toQString(toHex(read->position.chain)) == expected);
        if (!outcome && !isDamaged)
            promise->addResult(outcome.error()); // a store that cannot be read says nothing of the recording
        else if (read->text.isEmpty())
            promise->addResult(altered());
        else
            promise->addResult(isWhole ? read->text : read->text + damageLine(read->text));
        promise->finish();
    };
    readOn(reading);
    return promise->future();
}

std::shared_ptr<SessionService::Reading> SessionService::readingOf(const Session &session)
{
    auto reading = std::make_shared<Reading>();
    reading->id = session.sessionId;
    if (LiveSession *live = find(session.sessionId)) {
        if (live->recorder)
            live->recorder->flush();
        reading->lastSegment = live->state.recording.segment;
    } else {
        const auto last = m_repository.lastSegment(m_parts.database.reader(), session.sessionId);
        reading->lastSegment = last ? *last : 0;
    }
    return reading;
}

QFuture<Result<QByteArray>> SessionService::verified(const SessionId &id)
{
    const auto known = session(id);
    if (!known || !known->recorded)
        return readyResult<QByteArray>(noRecording(id, known));
    auto promise = std::make_shared<QPromise<Result<QByteArray>>>();
    promise->start();
    const auto reading = readingOf(*known);
    reading->done = [promise, expected = known->recordingHash,
                     reading = std::weak_ptr<Reading>(reading)](const Result<void> &outcome) {
        const auto read = reading.lock();
        Result<QByteArray> answer
            = outcome ? Result<QByteArray>(read->text) : Result<QByteArray>(outcome.error());
        if (outcome && !expected.isEmpty() && toQString(toHex(read->position.chain)) != expected)
            answer = altered();
        promise->addResult(answer);
        promise->finish();
    };
    readOn(reading);
    return promise->future();
}

QFuture<Result<QByteArray>> SessionService::shownBefore(const Principal &who, const SessionId &id)
{
    LiveSession *live = find(id);
    if (live == nullptr || isEnded(live->session().status))
        return readyResult<QByteArray>(qtError(errors::kDoesNotExist,
                                               u"Session %1 has ended or never was."_s.arg(toQString(id)),
                                               u"SessionId"_s));
    const AccessTarget target {.resource = u"session "_s + toQString(id)};
    if (auto allowed = m_parts.access.check(who, actions::kResumeSession, target); !allowed)
        return readyResult<QByteArray>(allowed.error());
    if (!mayTouch(who, live->session().operatorName))
        return readyResult<QByteArray>(accessDenied(who, actions::kResumeSession, target));
    // While no client is there, what has not been seen begins where it began.
    return shownUpTo(*live, live->received - static_cast<quint64>(live->unseen.size() + live->given.size()));
}

QFuture<Result<QByteArray>> SessionService::shownUpTo(LiveSession &live, quint64 most)
{
    if (!live.session().recorded)
        return readyResult<QByteArray>(QByteArray());
    if (live.recorder)
        live.recorder->flush();
    // After a restart all that is recorded was before.
    const quint64 end = live.isRecovering ? std::numeric_limits<quint64>::max() : most;
    auto shown = std::make_shared<QByteArray>();
    auto promise = std::make_shared<QPromise<Result<QByteArray>>>();
    promise->start();
    auto reading = std::make_shared<Reading>();
    reading->id = live.session().sessionId;
    reading->lastSegment = live.state.recording.segment;
    const quint64 known = live.isRecovering ? live.state.recording.position.terminalOffset : end;
    reading->block = [shown, end, known](const QByteArray &text, quint64 begin) {
        if (begin + kRecordingBlockBytes + kMostShownBefore < known)
            return; // of a long one only the end is shown, and only that is parsed
        appendOutput(text, begin, end, *shown);
        if (shown->size() > 2 * kMostShownBefore)
            shown->remove(0, shown->size() - kMostShownBefore);
    };
    reading->done = [promise, shown](const Result<void> &outcome) {
        if (shown->size() > kMostShownBefore) // from the begin of a line on
            shown->remove(0, shown->indexOf('\n', shown->size() - kMostShownBefore) + 1);
        promise->addResult(outcome ? Result<QByteArray>(*shown) : Result<QByteArray>(outcome.error()));
        promise->finish();
    };
    readOn(reading);
    return promise->future();
}

Result<void> SessionService::markRecording(const Principal &who, const SessionId &id, const QString &label)
{
    LiveSession *live = find(id);
    if (live == nullptr || isEnded(live->session().status))
        return fail(errors::kDoesNotExist, u"Session %1 has ended or never was."_s.arg(toQString(id)),
                    u"SessionId"_s);
    const AccessTarget target {.resource = u"session "_s + toQString(id)};
    if (auto allowed = m_parts.access.check(who, actions::kResumeSession, target); !allowed)
        return allowed.error();
    if (!mayTouch(who, live->session().operatorName))
        return accessDenied(who, actions::kResumeSession, target);
    const size_t length = codePointCount(toStd(label));
    if (length < 1 || length > 256 || hasControlOrBidi(toStd(label)) || label.startsWith(kRecordingGapLabel))
        return fail(errors::kValidation,
                    u"A mark's label has 1 to 256 printable characters and does not begin with \"%1\"."_s.arg(
                        kRecordingGapLabel),
                    u"Label"_s);
    if (!live->recorder)
        return fail(errors::kDoesNotExist, u"Session %1 is not recorded."_s.arg(toQString(id)),
                    u"SessionId"_s);
    live->recorder->mark(label, m_parts.clock.now());
    live->recorder->flush();
    return {};
}

// ---- Retention ---------------------------------------------------------------------------------------------------

Result<qint64> SessionService::prune()
{
    constexpr int kAtOnce = 500;
    const Instant now = m_parts.clock.now();
    return m_parts.database.write([&](Transaction &tx) -> Result<qint64> {
        const auto expired = m_repository.expiredRecordings(tx, now, kAtOnce);
        if (!expired)
            return expired.error();
        for (const auto &[id, lastSegment] : *expired) {
            if (auto removed = removeRecording(tx, id, lastSegment); !removed)
                return removed.error();
            if (auto forgotten = m_repository.forgetRecording(tx, id); !forgotten)
                return forgotten.error();
            m_parts.audit.append(tx,
                                 {.who = enginePrincipal(),
                                  .action = u"flagbridge:RecordingExpired"_s,
                                  .target = sessionArn(m_parts.database.fleet(), id)});
        }
        const auto rows = m_repository.removeEndedBefore(tx, now - m_settings.historyKept, kAtOnce);
        if (!rows)
            return rows.error();
        return *rows + expired->size();
    });
}

Result<RemovedArtifacts> SessionService::removeOldestRecordings(Transaction &tx, qint64 bytes)
{
    constexpr int kAtOnce = 50;
    const auto oldest = m_repository.oldestRecordings(tx, kAtOnce);
    if (!oldest)
        return oldest.error();
    const Instant now = m_parts.clock.now();
    RemovedArtifacts removed;
    for (const auto &[id, lastSegment] : *oldest) {
        if (removed.bytes >= bytes)
            break;
        auto size = sealedSize(tx, id, lastSegment);
        if (!size)
            return size.error();
        if (!*size)
            continue; // some of it is still being written
        if (auto gone = removeRecording(tx, id, lastSegment); !gone)
            return gone.error();
        if (auto marked = m_repository.markRecordingRemoved(tx, id, now); !marked)
            return marked.error();
        m_parts.audit.append(tx,
                             {.who = enginePrincipal(),
                              .action = u"flagbridge:RecordingRemoved"_s,
                              .target = sessionArn(m_parts.database.fleet(), id),
                              .diff = {{u"Bytes"_s, **size}, {u"Reason"_s, u"to make room"_s}}});
        ++removed.count;
        removed.bytes += **size;
        tx.onCommitted([this, id] {
            if (const auto changed = session(id))
                emit sessionsChanged({*changed});
        });
    }
    return removed;
}

// Of all its segments; nothing: one is not sealed.
Result<std::optional<qint64>> SessionService::sealedSize(Reader &reader, const SessionId &id,
                                                         int lastSegment) const
{
    qint64 bytes = 0;
    for (int segment = 0; segment <= lastSegment; ++segment) {
        const auto artifact = m_parts.artifacts.find(reader, recordingOwner(id, segment));
        if (!artifact)
            return artifact.error();
        if (*artifact && !(*artifact)->sealed)
            return std::optional<qint64>();
        bytes += *artifact ? (*artifact)->durableLength : 0;
    }
    return std::optional(bytes);
}

Result<void> SessionService::removeRecording(Transaction &tx, const SessionId &id, int lastSegment)
{
    for (int segment = 0; segment <= lastSegment; ++segment) {
        const auto artifact = m_parts.artifacts.find(tx, recordingOwner(id, segment));
        if (!artifact)
            return artifact.error();
        if (!*artifact)
            continue;
        if (auto removed = m_parts.artifacts.remove(tx, (*artifact)->id); !removed)
            return removed;
    }
    return m_search.forget(tx, id);
}

// ---- After a restart -----------------------------------------------------------------------------------------------

void SessionService::beginRecovery(const Live &live)
{
    live->isRecovering = true;
    auto reading = std::make_shared<Reading>();
    reading->id = live->session().sessionId;
    reading->segment = reading->lastSegment = live->state.recording.segment;
    reading->position = live->state.recording.position;
    reading->beginAt = live->state.recording.length;
    reading->wantsText = false;
    reading->done = [this, live, reading = std::weak_ptr<Reading>(reading)](const Result<void> &outcome) {
        const auto read = reading.lock();
        if (!outcome)
            qCWarning(lcSessions, "recording of %s: %s", read->id.text().c_str(),
                      outcome.error().message.c_str());
        recovered(*live, read->reader ? read->reader->position() : read->position, read->keyEnvelope);
    };
    readOn(reading);
}

void SessionService::recovered(LiveSession &live, const RecordingPosition &position,
                               const QByteArray &keyEnvelope)
{
    live.received = live.acknowledged = position.terminalOffset;
    const Session &session = live.session();
    auto key = m_parts.vault.unseal(recordingKeyName(session.sessionId), keyEnvelope);
    auto recorder = key
        ? SessionRecorder::begin(m_parts.artifacts,
                                 {.session = session.sessionId,
                                  .startedAt = live.startedAt,
                                  .title = {},
                                  .isPlain = session.sessionType == QLatin1String(kPlainSessionType)},
                                 std::move(*key), keyEnvelope, live.state.recording.segment + 1, position,
                                 m_parts.random)
        : Result<std::unique_ptr<SessionRecorder>>(key.error());
    if (recorder) {
        live.recorder = std::move(*recorder);
        m_recordings.insert(live.recorder->artifact(), session.sessionId);
        live.state.recording = live.recorder->checkpoint();
    } else {
        qCWarning(lcSessions, "recording of %s: %s", session.sessionId.text().c_str(),
                  recorder.error().message.c_str());
    }
    // The new segment is stored before anything is written into it.
    const SessionId id = session.sessionId;
    auto written = m_parts.database.write([&](Transaction &tx) -> Result<void> {
        const auto goOn = [this, id] {
            LiveSession *recoveredOne = find(id);
            if (recoveredOne == nullptr)
                return;
            recoveredOne->isRecovering = false;
            if (std::exchange(recoveredOne->resumesAfterRecovery, false))
                resumeTerminal(*recoveredOne);
        };
        tx.onCommitted(whileAlive(goOn));
        return m_repository.save(tx, live.state);
    });
    if (!written)
        qCWarning(lcSessions, "recording of %s: %s", id.text().c_str(), written.error().message.c_str());
}

}
