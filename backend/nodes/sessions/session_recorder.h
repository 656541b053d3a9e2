#pragma once
// Records one session from its first byte on: asciinema v2 events, gathered into sealed blocks and appended to an open artifact
// (spec/session-manager.md 3.8). Tells how far the terminal's bytes are durable, so that just those are acknowledged to the node. Input is
// given to it only where it is wanted and was shown. Engine thread.

#include "backend/core/clock.h"
#include "backend/nodes/sessions/recording_format.h"
#include "backend/store/artifact_store.h"

#include <QByteArray>
#include <QString>

#include <deque>
#include <memory>

namespace fb {

struct RecordingCheckpoint { // kept with the session; what lies behind it is read again after a crash
    int segment = 0;
    qint64 length = 0; // of the segment, up to a whole block
    RecordingPosition position;
    bool operator==(const RecordingCheckpoint &) const = default;
};

struct RecordingStart {
    SessionId session;
    Instant startedAt;
    int columns = 80;
    int rows = 24;
    QString title;
    bool isPlain
        = false; // of a program without a terminal: its bare line feeds are recorded as a terminal shows them
};

// Marks of the recorder's own begin with it: bytes are missing. Operators' may not.
inline const auto kRecordingGapLabel = QStringLiteral("recording gap: ");
inline const auto kRecordingDamage = QStringLiteral("altered or cut from here on"); // behind it

QString recordingOwner(const SessionId &session, int segment); // of the artifact

class SessionRecorder
{
public:
    // Begins `segment`; with segment 0 the asciinema header is written. `position`: where the segment before ended.
    static Result<std::unique_ptr<SessionRecorder>> begin(ArtifactStore &artifacts,
                                                          const RecordingStart &start, SecretBytes key,
                                                          const QByteArray &keyEnvelope, int segment,
                                                          const RecordingPosition &position, Random &random);

    // The terminal's bytes; they follow those given before. A gap is noted when the store takes no more.
    void output(const QByteArray &bytes, Instant at);
    void input(const QByteArray &bytes, Instant at); // the caller knows that the terminal showed it
    void resized(int columns, int rows, Instant at);
    void mark(const QString &label, Instant at);
    void skipTo(quint64 offset, Instant at); // bytes below it will never come; noted as a gap
    void flush(); // seals what has gathered; the owner calls it each turn with output, and at the end
    void end(Instant at); // the last bytes, also of a character that was cut

    bool isOwn(const ArtifactId &artifact) const { return artifact == m_artifact; }
    bool durable(qint64 length); // of the artifact; true when durableOffset() has moved
    // The disk is full or away: the session goes on, so its bytes are acknowledged though they wait in memory.
    void storeFailed() { m_isDegraded = !m_unsynced.empty(); }
    bool isDegraded() const { return m_isDegraded; }
    quint64 durableOffset() const;
    const std::string &chain() const { return m_sealer.position().chain; } // head of what was sealed
    const RecordingCheckpoint &checkpoint() const { return m_durable; }
    qint64 lostBytes() const { return m_lost; } // not recorded, because the store took no more
    qint64 missingAtEnd() const
    {
        return m_gap;
    } // of what was lost, that no mark tells: nothing came after it
    const ArtifactId &artifact() const { return m_artifact; }

private:
    SessionRecorder(ArtifactStore &artifacts, const RecordingStart &start, ArtifactId artifact, int segment,
                    RecordingSealer sealer);
    void event(Instant at, const char *code, const QString &text);
    bool keep(const std::string &text); // as one block; false when the store takes no more
    void lose(size_t bytes);

    ArtifactStore &m_artifacts;
    RecordingStart m_start;
    ArtifactId m_artifact;
    RecordingSealer m_sealer;
    std::string m_text; // not sealed yet
    QByteArray m_partial; // the first bytes of a character whose rest has not come
    quint64 m_offset = 0; // the terminal's bytes taken, without m_partial
    std::deque<RecordingCheckpoint> m_unsynced; // ends of blocks that are not durable
    RecordingCheckpoint m_durable;
    qint64 m_lost = 0;
    qint64 m_gap = 0; // lost, not told in the recording yet
    quint64 m_lostUpTo = 0;
    Instant m_lastAt {};
    bool m_isDegraded = false;
};

}
