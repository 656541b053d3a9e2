#include "models/nodes/sessions/playback.h"

#include "backend/base/elsewhere.h"
#include "backend/base/on_result.h"

#include <QLocale>
#include <QPointer>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    QList<float> activityOf(const Recording &recording)
    {
        QList<float> bars(Playback::kActivityBars, 0.0F);
        const double length = std::max<double>(1, static_cast<double>(recording.length().count()));
        for (const RecordingEvent &event : recording.events) {
            if (event.kind != RecordingEvent::Kind::Output)
                continue;
            const double part = static_cast<double>(event.at) / length;
            const auto bar = static_cast<qsizetype>(part * (Playback::kActivityBars - 1));
            bars[bar] += static_cast<float>(event.size);
        }
        // A key's echo is to be seen beside a log that rushes by.
        float most = 1;
        for (float &bar : bars) {
            bar = std::log2(1 + bar);
            most = std::max(most, bar);
        }
        for (float &bar : bars)
            bar /= most;
        return bars;
    }
}

Playback::Playback(SessionsSource &source, const QString &id, QObject *parent)
    : QObject(parent),
      m_source(source),
      m_id(id)
{
}

Playback::~Playback()
{
    if (m_stopSearch)
        *m_stopSearch = true;
}

void Playback::read(RecordingExtent extent)
{
    const quint64 asked = ++m_asked;
    m_isForgotten = false;
    if (m_state == State::Failed) {
        m_state = State::Reading;
        emit stateChanged();
    }
    m_source.recording(
        m_id, extent,
        [self = QPointer(this), asked, extent](const ShownError &problem, const SessionRecord &record) {
            if (!self || self->m_asked != asked)
                return;
            self->m_session = record.session;
            self->m_isNothingProven = extent == RecordingExtent::ProvenPart && problem.field == kHashField;
            if (!problem.isEmpty())
                return self->fail(problem);
            self->m_cast = record.cast;
            const bool isProven = record.session.isEnded() && !record.session.recordingHash.isEmpty();
            self->m_proof = extent == RecordingExtent::ProvenPart ? Proof::Mismatch
                : isProven                                        ? Proof::Unchanged
                : record.session.isEnded()                        ? Proof::NoHash
                                                                  : Proof::StillRecording;
            onResult(elsewhere<Made>([cast = record.cast]() -> Result<Made> { return make(cast); }),
                     self.data(), [self, asked](const Result<Made> &made) {
                         if (self->m_asked == asked && made)
                             self->take(*made);
                     });
        });
}

void Playback::forget()
{
    ++m_asked;
    if (m_stopSearch)
        *m_stopSearch = true;
    m_isForgotten = true;
    m_state = State::Reading;
    m_recording.reset();
    m_text.reset();
    m_cast.clear();
    m_hits.clear();
    m_hit = -1;
    m_isSearching = false;
    m_player.setRecording(std::make_shared<const Recording>());
    emit stateChanged();
    emit hitsChanged();
}

Playback::Made Playback::make(const QByteArray &cast)
{
    Made made;
    made.reading = Recording::read(cast);
    if (made.reading.recording) {
        made.text = std::make_shared<const RecordingText>(made.reading.recording);
        made.activity = activityOf(*made.reading.recording);
    }
    return made;
}

void Playback::take(const Made &made)
{
    if (!made.reading.recording)
        return fail(
            {.kind = ShownError::Kind::Ours, .code = {}, .message = made.reading.problem, .field = {}});
    m_recording = made.reading.recording;
    m_text = made.text;
    m_activity = made.activity;
    m_state = State::Ready;
    m_problem = {};
    m_player.setRecording(made.reading.recording);
    emit stateChanged();
    if (!m_wanted.isEmpty())
        search(std::exchange(m_wanted, {}), m_sensitivity); // in what has come since, too
}

void Playback::fail(const ShownError &problem)
{
    m_state = State::Failed;
    m_problem = problem;
    m_proof = problem.field == kHashField ? Proof::Mismatch : Proof::Unknown;
    emit stateChanged();
}

void Playback::save(RecordingFormat format, const TerminalPalette &palette, const QString &path,
                    std::function<void(const QString &)> done)
{
    const RecordingExport wish {.recording = m_recording,
                                .cast = m_cast,
                                .format = format,
                                .palette = palette,
                                .title = u"%1 %2"_s.arg(m_session.nodeName, m_id)};
    ++m_saving;
    saveRecordingElsewhere(wish, path, this, [this, done = std::move(done)](const QString &problem) {
        --m_saving;
        done(problem);
    });
}

qint64 Playback::gapCount() const
{
    const QList<RecordingMark> &marks = m_player.recording().marks;
    return std::count_if(marks.begin(), marks.end(), [](const RecordingMark &mark) { return mark.isGap; });
}

QString Playback::gapText(const RecordingMark &gap)
{
    static const QRegularExpression words(
        u"^recording gap: (\\d{1,15}) bytes (are missing, the store took|were lost with the engine)"_s);
    const QRegularExpressionMatch match = words.match(gap.label);
    if (gap.label.endsWith(u"altered or cut from here on"))
        return tr("Altered or cut off from here on");
    if (!match.hasMatch())
        return tr("Bytes are missing");
    const QString size
        = QLocale().formattedDataSize(match.captured(1).toLongLong(), 1, QLocale::DataSizeIecFormat);
    return match.captured(2).startsWith(u"were") ? tr("%1 missing: lost with the engine").arg(size)
                                                 : tr("%1 missing: the disk was full or failed").arg(size);
}

void Playback::search(const QString &wanted, Qt::CaseSensitivity sensitivity)
{
    if (wanted == m_wanted && sensitivity == m_sensitivity)
        return;
    m_wanted = wanted;
    m_sensitivity = sensitivity;
    if (m_stopSearch)
        *m_stopSearch = true;
    m_hits.clear();
    m_hit = -1;
    m_isSearching = !wanted.isEmpty() && m_text;
    emit hitsChanged();
    if (!m_isSearching)
        return;
    m_stopSearch = std::make_shared<std::atomic<bool>>(false);
    using Hits = QList<RecordingHit>;
    const auto look = [text = m_text, wanted, sensitivity, stop = m_stopSearch]() -> Result<Hits> {
        return text->find(wanted, sensitivity, *stop);
    };
    onResult(elsewhere<Hits>(look), this, [this, stop = m_stopSearch](const Result<Hits> &hits) {
        if (*stop || !hits)
            return;
        m_hits = *hits;
        m_isSearching = false;
        emit hitsChanged();
    });
}

void Playback::goToHit(int index)
{
    if (index < 0 || index >= m_hits.size())
        return;
    m_hit = index;
    m_player.pause();
    m_player.seek(m_hits[index].at);
    emit hitsChanged();
}

void Playback::goToHitBy(int by)
{
    if (m_hits.isEmpty())
        return;
    const int count = static_cast<int>(m_hits.size());
    if (m_hit >= 0 && m_hits[m_hit].at == m_player.position())
        return goToHit((m_hit + by + count) % count); // several may stand at one time
    const auto later = std::upper_bound(m_hits.begin(), m_hits.end(), m_player.position(),
                                        [](Microseconds at, const RecordingHit &hit) { return at < hit.at; });
    const int next = static_cast<int>(later - m_hits.begin());
    goToHit(by > 0 ? next % count : (next - 1 + count) % count);
}

}
