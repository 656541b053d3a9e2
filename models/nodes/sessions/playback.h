#pragma once
// One recording to watch: read from the engine with its proof, then played, searched, marked on its time line. Ui thread; parsing and searching
// are done on threads of the pool.

#include "models/nodes/sessions/recording_export.h"
#include "models/nodes/sessions/recording_player.h"
#include "models/nodes/sessions/recording_text.h"
#include "models/nodes/sessions/sessions_source.h"

namespace fb {

class Playback : public QObject
{
    Q_OBJECT
public:
    enum class State { Reading, Ready, Failed };
    // What the hash chain says of the text that is shown.
    enum class Proof { Unknown, Unchanged, StillRecording, NoHash, Mismatch };

    static constexpr int kActivityBars = 400;

    Playback(SessionsSource &source, const QString &id, QObject *parent = nullptr);
    ~Playback() override;

    // Also: again, when it has failed or the session still runs. A ProvenPart keeps the proof Mismatch.
    void read(RecordingExtent extent = RecordingExtent::Whole);
    // Lets go of what read() brought; one that is shown again is read again.
    void forget();
    bool isForgotten() const { return m_isForgotten; }
    bool isLarge() const { return m_cast.size() > (16 << 20); }
    State state() const { return m_state; }
    Proof proof() const { return m_proof; }
    bool isNothingProven() const { return m_isNothingProven; } // its damage is at its beginning
    const ShownError &problem() const
    {
        return m_problem;
    } // when it has failed; without a code: what cannot be played
    const SessionRow &session() const { return m_session; } // empty before it is read
    const QString &id() const { return m_id; }
    const QByteArray &cast() const { return m_cast; }
    RecordingPlayer &player() { return m_player; }
    const RecordingPlayer &player() const { return m_player; }
    const QList<float> &activity() const
    {
        return m_activity;
    } // how much was written, 0 to 1, in kActivityBars equal times
    qint64 gapCount() const; // where the recording lacks bytes
    static QString gapText(const RecordingMark &gap); // what is missing and why

    // Search: the hits come later, with hitsChanged().
    void search(const QString &wanted, Qt::CaseSensitivity sensitivity);
    const QString &wanted() const { return m_wanted; }
    Instant now() const { return m_source.now(); }
    bool isSearching() const { return m_isSearching; }
    const QList<RecordingHit> &hits() const { return m_hits; }
    int currentHit() const { return m_hit; } // -1: none
    void goToHit(int index);
    void goToHitBy(int by); // the next (1) or previous (-1) from where it plays, round the ends

    // In the background; `problem` is the file system's word, or empty.
    void save(RecordingFormat format, const TerminalPalette &palette, const QString &path,
              std::function<void(const QString &problem)> done);
    bool isSaving() const { return m_saving > 0; }

signals:
    void stateChanged();
    void hitsChanged(); // also: searching, current hit

private:
    struct Made { // by a thread of the pool
        Recording::Reading reading;
        std::shared_ptr<const RecordingText> text;
        QList<float> activity;
    };
    static Made make(const QByteArray &cast);
    void take(const Made &made);
    void fail(const ShownError &problem);

    SessionsSource &m_source;
    QString m_id;
    RecordingPlayer m_player;
    State m_state = State::Reading;
    Proof m_proof = Proof::Unknown;
    ShownError m_problem;
    SessionRow m_session;
    QByteArray m_cast;
    std::shared_ptr<const Recording> m_recording;
    std::shared_ptr<const RecordingText> m_text;
    QList<float> m_activity;
    QString m_wanted;
    Qt::CaseSensitivity m_sensitivity = Qt::CaseInsensitive;
    QList<RecordingHit> m_hits;
    int m_hit = -1;
    bool m_isSearching = false;
    std::shared_ptr<std::atomic<bool>> m_stopSearch;
    int m_saving = 0;
    bool m_isForgotten = false;
    bool m_isNothingProven = false;
    quint64 m_asked = 0; // reads; an answer to an older one is dropped
};

}
