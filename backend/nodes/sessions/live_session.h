#pragma once
// A session that has not ended, in memory: its stream on the present connection, the client that looks at it, what no client has seen yet,
// and its recording. Plain state with small moves; the rules are SessionService's. Engine thread.

#include "backend/nodes/sessions/port_streams.h"
#include "backend/nodes/sessions/session_client.h"
#include "backend/nodes/sessions/session_recorder.h"
#include "backend/nodes/sessions/session_repository.h"
#include "backend/nodes/sessions/session_sources.h"
#include "backend/protocol/offset_runs.h"

#include <memory>

namespace fb {

inline constexpr quint64 kSessionOutputWindow = 256 * 1024; // bytes a client may be behind
inline constexpr qsizetype kSessionInputKept = 64 * 1024; // typed and not yet taken by the node

struct LiveSession {
    SessionState state;
    wire::PtyParams pty;
    std::optional<PortTarget>
        port; // a port session: its stream carries no bytes, its connections have their own
    Principal startedBy;

    // The stream.
    SessionStream stream = 0; // 0: none
    bool isOpened = false; // OPENED has come: the node's terminal is there
    bool nodeReady = false; // it was opened at least once
    quint64 received = 0; // offset after the last byte of the terminal that came
    quint64 acknowledged = 0;
    std::optional<wire::Fin> fin; // the terminal has ended; kept until its bytes are durable

    // The client.
    SessionClient *client = nullptr;
    QByteArray unseen; // given to no client yet
    QByteArray given; // to the client, which has not consumed it
    protocol::OffsetRuns errors; // of both: standard error's
    bool clientWantsInput = false;
    bool wasAttached = false; // the next attach() is a resume
    int columns = 80;
    int rows = 24;

    struct Watching {
        SessionWatcher *watcher = nullptr;
        Principal who;
        Tick since {};
    };
    QList<Watching> watchers;

    // Input: kept until the node has taken it, so that a cut link loses no key.
    QByteArray input;
    quint64 inputBegin = 0; // offset of its first byte
    quint64 inputSent = 0; // offset after what the stream has taken

    // Recorded only once the node says that the terminal showed it.
    bool recordsInput = false;
    QByteArray unrecordedInput;
    quint64 unrecordedBegin = 0; // offset of its first byte

    std::unique_ptr<SessionRecorder> recorder; // none: not recorded, or still being recovered
    bool isRecovering = false; // after a restart: the recording's end is being read
    bool resumesAfterRecovery = false; // its node has come meanwhile
    quint64 firstKept = 0; // lowest offset the node can still send, as its HELLO says
    bool gapTold = false; // in the audit log

    Instant startedAt {};
    Tick startedTick {};
    std::optional<Tick> nodeLostAt; // the link is away since
    Tick lastInputTick {};
    Tick terminatingSince {};
    QString endDetails; // wanted: what ended it
    bool progressDirty = false;

    Session &session() { return state.session; }
    const Session &session() const { return state.session; }
    quint64 firstUnconsumed() const { return received - static_cast<quint64>(unseen.size() + given.size()); }
    quint64 inputEnd() const { return inputBegin + static_cast<quint64>(input.size()); }
};

}
