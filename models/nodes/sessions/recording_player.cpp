#include "models/nodes/sessions/recording_player.h"

#include <algorithm>
#include <cmath>

namespace fb {

namespace {

    using Kind = RecordingEvent::Kind;

    constexpr std::chrono::milliseconds kTick {16};
    constexpr Microseconds kLongestTick {100'000}; // a window that was busy does not leap
    constexpr qint64 kSlice = 64 * 1024; // written at once
}

RecordingPlayer::RecordingPlayer(QObject *parent)
    : QObject(parent),
      m_recording(std::make_shared<const Recording>())
{
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.setInterval(kTick);
    connect(&m_timer, &QTimer::timeout, this, [this] { tick(Microseconds(m_real.nsecsElapsed() / 1000)); });
}

const QList<double> &RecordingPlayer::speeds()
{
    static const QList<double> all {0.25, 0.5, 1, 1.5, 2, 4, 8, 16};
    return all;
}

void RecordingPlayer::setScreen(PlayerScreen *screen)
{
    m_screen = screen;
    m_written = 0;
    m_unread = 0;
    if (m_screen != nullptr)
        restartScreen();
}

void RecordingPlayer::setRecording(std::shared_ptr<const Recording> recording)
{
    const std::vector<RecordingEvent> &before = m_recording->events;
    const bool isGrown = !before.empty() && recording->events.size() >= before.size()
        && std::equal(before.begin(), before.end(), recording->events.begin());
    m_recording = std::move(recording);
    if (!isGrown) {
        pause();
        m_position = {};
        m_target = 0;
        m_written = 0;
        if (m_screen != nullptr)
            restartScreen();
    }
    moveTo(std::min(m_position, length()));
    emit recordingChanged();
}

void RecordingPlayer::play()
{
    if (m_playing || m_recording->events.empty())
        return;
    m_playing = true;
    if (isAtEnd())
        moveTo({});
    m_real.start();
    m_timer.start();
    emit stateChanged();
}

void RecordingPlayer::pause()
{
    if (!m_playing)
        return;
    m_playing = false;
    m_timer.stop();
    emit stateChanged();
}

void RecordingPlayer::setSpeed(double speed)
{
    const double nearest
        = *std::min_element(speeds().begin(), speeds().end(), [speed](double one, double other) {
              return std::abs(one - speed) < std::abs(other - speed);
          });
    if (nearest == m_speed)
        return;
    m_speed = nearest;
    emit stateChanged();
}

void RecordingPlayer::changeSpeed(int steps)
{
    const qsizetype at = speeds().indexOf(m_speed) + steps;
    setSpeed(speeds().at(std::clamp<qsizetype>(at, 0, speeds().size() - 1)));
}

void RecordingPlayer::setIdleLimit(Microseconds most)
{
    if (most == m_idleLimit)
        return;
    m_idleLimit = most;
    emit stateChanged();
}

void RecordingPlayer::seek(Microseconds to)
{
    moveTo(std::clamp(to, Microseconds(0), length()));
    setSeeking(m_written != m_target || m_unread > 0);
}

void RecordingPlayer::step(int by)
{
    pause();
    const std::vector<RecordingEvent> &events = m_recording->events;
    const auto isOutput = [](const RecordingEvent &event) { return event.kind == Kind::Output; };
    const auto here = events.begin() + static_cast<std::ptrdiff_t>(m_target);
    if (by > 0) {
        const auto next = std::find_if(here, events.end(), isOutput);
        return seek(next == events.end() ? length() : Microseconds(next->at));
    }
    const auto last = std::find_if(std::make_reverse_iterator(here), events.rend(), isOutput);
    if (last == events.rend())
        return seek({});
    const auto before = std::find_if(last, events.rend(), [&](const RecordingEvent &event) {
        return isOutput(event) && event.at < last->at;
    });
    seek(before == events.rend() ? Microseconds(0) : Microseconds(before->at));
}

void RecordingPlayer::goToMark(int by)
{
    const QList<RecordingMark> &marks = m_recording->marks;
    const auto isLater = [this](const RecordingMark &mark) { return mark.at > m_position; };
    const auto isEarlier = [this](const RecordingMark &mark) { return mark.at < m_position; };
    if (by > 0) {
        if (const auto next = std::find_if(marks.begin(), marks.end(), isLater); next != marks.end())
            seek(next->at);
    } else if (const auto next = std::find_if(marks.rbegin(), marks.rend(), isEarlier);
               next != marks.rend()) {
        seek(next->at);
    }
}

void RecordingPlayer::tick(Microseconds passed)
{
    m_real.restart();
    if (!m_playing)
        return;
    if (m_written != m_target || m_unread > kMostUnread)
        return; // the screen is behind: it catches up first
    auto left
        = Microseconds(std::llround(static_cast<double>(std::min(passed, kLongestTick).count()) * m_speed));
    Microseconds now = m_position;
    Microseconds skipped {};
    const std::vector<RecordingEvent> &events = m_recording->events;
    for (size_t next = m_target; left.count() > 0 && next < events.size();) {
        const Microseconds nextAt(events[next].at);
        const Microseconds lastAt(next == 0 ? 0 : events[next - 1].at);
        const bool isCut = m_idleLimit.count() > 0 && nextAt - lastAt > m_idleLimit;
        const Microseconds until = isCut ? std::max(lastAt + m_idleLimit, now) : nextAt;
        const Microseconds step = std::min(left, until - now);
        now += step;
        left -= step;
        if (isCut && now >= until) {
            skipped += nextAt - now;
            now = nextAt;
        }
        if (now < nextAt)
            break;
        ++next;
    }
    moveTo(now);
    if (skipped.count() > 0)
        emit idleSkipped(skipped);
    if (isAtEnd())
        pause();
}

void RecordingPlayer::moveTo(Microseconds to)
{
    m_position = to;
    m_target = m_recording->eventsUntil(to);
    if (m_target < m_written && m_screen != nullptr)
        restartScreen();
    else
        pump();
    emit positionChanged();
}

void RecordingPlayer::restartScreen()
{
    m_written = 0;
    m_unread = 0;
    m_screen->restart(m_recording->columns, m_recording->rows);
    pump();
}

// Writes what belongs on the screen, as long as it takes it.
void RecordingPlayer::pump()
{
    if (m_screen == nullptr) {
        m_written = m_target;
        return setSeeking(false);
    }
    const std::vector<RecordingEvent> &events = m_recording->events;
    while (m_written < m_target && m_unread <= kMostUnread) {
        const RecordingEvent &first = events[m_written];
        if (first.kind == Kind::Resize) {
            if (m_unread > 0)
                break; // what came before it is laid out in the old size first
            m_screen->resize(first.columns(), first.rows());
        }
        if (first.kind != Kind::Output) {
            ++m_written;
            continue;
        }
        qint64 size = 0; // of outputs that lie end to end
        while (m_written < m_target && events[m_written].kind == Kind::Output && size < kSlice)
            size += events[m_written++].size;
        if (size == 0)
            continue;
        m_unread += size;
        m_screen->write(
            m_recording->bytes.mid(static_cast<qsizetype>(first.begin), static_cast<qsizetype>(size)));
    }
    if (m_written == m_target && m_unread <= 0)
        setSeeking(false);
}

void RecordingPlayer::consumed(qint64 bytes)
{
    m_unread = std::max<qint64>(0, m_unread - bytes); // some may be of before a restart
    pump();
}

void RecordingPlayer::setSeeking(bool seeking)
{
    if (seeking == m_isSeeking)
        return;
    m_isSeeking = seeking;
    emit stateChanged();
}

}
