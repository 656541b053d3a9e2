#pragma once
// The rows of sessions. Engine thread, but for the reading functions: those work on any Reader.

#include "backend/nodes/sessions/session.h"
#include "backend/nodes/sessions/session_recorder.h"
#include "backend/store/transaction.h"

namespace fb {

// What a running session needs beyond what is shown; forgotten when it ends.
struct SessionState {
    Session session;
    QString token; // names its stream across connections
    QString bootId; // of the node, when the terminal was opened; empty before
    qint64 idleSeconds = 0;
    qint64 maxSeconds = 0; // 0: none
    RecordingCheckpoint recording;
    std::optional<Instant> recordingUntil; // set at the start
    bool operator==(const SessionState &) const = default;
};

// Where a list goes on: rows below this one in the order newest first.
struct SessionMark {
    qint64 startedAt = 0;
    QString sessionId;
};

struct SessionQuery {
    std::optional<SessionList> list = SessionList::Active; // none: both
    bool recordedOnly = false;
    std::optional<Instant> startedAfter;
    std::optional<Instant> startedBefore;
    QString target;
    QString owner;
    std::optional<SessionStatus> status;
    QString sessionId;
    std::optional<SessionMark> after;
    int limit = 50;
};

class SessionRepository
{
public:
    Result<void> insert(Transaction &tx, const SessionState &state);
    Result<void> save(Transaction &tx, const SessionState &state); // all that changes
    Result<void> saveProgress(Transaction &tx,
                              const QList<SessionState> &states); // byte counts and recording positions

    Result<QList<SessionState>> open(Reader &reader) const; // not ended, oldest first
    Result<std::optional<Session>> find(Reader &reader, const SessionId &id) const;
    Result<QList<Session>> list(Reader &reader, const SessionQuery &query) const; // newest first
    Result<int> lastSegment(Reader &reader, const SessionId &id) const; // of its recording; -1: not recorded

    // Retention, oldest first: at most `limit` a call.
    struct ExpiredRecording {
        SessionId session;
        int lastSegment = 0;
    };
    Result<QList<ExpiredRecording>> expiredRecordings(Reader &reader, Instant now, int limit) const;
    Result<void> forgetRecording(Transaction &tx, const SessionId &id);
    Result<QList<ExpiredRecording>> oldestRecordings(Reader &reader, int limit) const; // of those that ended
    Result<void> markRecordingRemoved(Transaction &tx, const SessionId &id, Instant at);
    Result<qint64> removeEndedBefore(Transaction &tx, Instant before, int limit); // those without a recording
};

}
