#include "ui/nodes/sessions/player_bar.h"

#include "models/nodes/sessions/playback_time.h"
#include "models/table/relative_time.h"
#include "ui/nodes/sessions/player_timeline.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/text_label.h"

#include <QComboBox>
#include <QGuiApplication>
#include <QLineEdit>
#include <QLocale>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
    constexpr int kIdleSeconds[] = {0, 1, 2, 5, 10, 30};
    constexpr std::chrono::milliseconds kNote = 2500ms;
    constexpr std::chrono::milliseconds kFind = 150ms;
}

PlayerBar::PlayerBar(Playback &playback, QWidget *parent)
    : QWidget(parent),
      m_playback(playback),
      m_lines(new QBoxLayout(QBoxLayout::LeftToRight)),
      m_playing(new QWidget),
      m_searching(new QWidget),
      m_timeline(new PlayerTimeline(u"playerTimeline"_s)),
      m_play(makeButton(u"playerPlay"_s, tr("Play"), Icon::Start, ButtonKind::Primary)),
      m_time(new TextLabel(TextRole::Body)),
      m_note(new TextLabel(TextRole::Small, Token::Text2)),
      m_speed(new QComboBox),
      m_idle(new QComboBox),
      m_find(new QLineEdit),
      m_found(new TextLabel(TextRole::Small, Token::Text2))
{
    const Metrics &m = themeOf(this).metrics();
    const auto makeLine = [&m](QWidget *box) {
        auto *line = new QHBoxLayout(box);
        line->setContentsMargins(0, 0, 0, 0);
        line->setSpacing(m.toolGap());
        return line;
    };
    QHBoxLayout *playing = makeLine(m_playing);
    addPlaying(playing);
    addPace(playing);
    playing->addWidget(m_note, 1);
    addSearch(makeLine(m_searching));
    m_lines->setSpacing(m.toolGap());
    m_lines->addWidget(m_playing, 1);
    m_lines->addWidget(m_searching);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(m.pageMargin(), m.step(2), m.pageMargin(), m.step(3));
    column->setSpacing(m.step(1));
    column->addWidget(m_timeline);
    column->addLayout(m_lines);

    m_noteTimer.setSingleShot(true);
    m_noteTimer.setInterval(kNote);
    m_findTimer.setSingleShot(true);
    m_findTimer.setInterval(kFind);
    RecordingPlayer &player = m_playback.player();
    connect(m_timeline, &PlayerTimeline::seekWanted, this, &PlayerBar::seekWanted);
    connect(&m_noteTimer, &QTimer::timeout, this, &PlayerBar::updateState);
    connect(&m_findTimer, &QTimer::timeout, this,
            [this] { m_playback.search(m_find->text(), Qt::CaseInsensitive); });
    connect(&player, &RecordingPlayer::recordingChanged, this, &PlayerBar::updateRecording);
    connect(&player, &RecordingPlayer::positionChanged, this, &PlayerBar::updatePosition);
    connect(&player, &RecordingPlayer::stateChanged, this, &PlayerBar::updateState);
    connect(&player, &RecordingPlayer::idleSkipped, this, &PlayerBar::tellSkipped);
    connect(&m_playback, &Playback::hitsChanged, this, &PlayerBar::updateHits);
    updateRecording();
    updateState();
    updateHits();
}

QToolButton *PlayerBar::addButton(QHBoxLayout *line, const QString &name, Icon icon, const QString &toolTip,
                                  std::function<void()> run)
{
    auto *button = makeIconButton(name, icon, toolTip);
    connect(button, &QToolButton::clicked, this, std::move(run));
    line->addWidget(button);
    return button;
}

void PlayerBar::addPlaying(QHBoxLayout *line)
{
    RecordingPlayer &player = m_playback.player();
    m_play->setToolTip(tr("Play or pause (Space)"));
    connect(m_play, &QPushButton::clicked, this, [&player] { player.toggle(); });
    line->addWidget(m_play);
    m_stepButtons << addButton(line, u"playerStepBack"_s, Icon::StepBack, tr("Previous output (,)"),
                               [&player] { player.step(-1); });
    m_stepButtons << addButton(line, u"playerStep"_s, Icon::StepForward, tr("Next output (.)"),
                               [&player] { player.step(1); });
    m_markButtons << addButton(line, u"playerPreviousMark"_s, Icon::PreviousMark, tr("Previous mark ([)"),
                               [&player] { player.goToMark(-1); });
    m_markButtons << addButton(line, u"playerNextMark"_s, Icon::NextMark, tr("Next mark (])"),
                               [&player] { player.goToMark(1); });
    m_time->setObjectName(u"playerTime"_s);
    m_time->setAlignment(Qt::AlignCenter);
    line->addWidget(m_time);
}

void PlayerBar::addPace(QHBoxLayout *line)
{
    RecordingPlayer &player = m_playback.player();
    m_speed->setObjectName(u"playerSpeed"_s);
    m_speed->setAccessibleName(tr("Speed"));
    m_speed->setToolTip(tr("Speed (< slower, > faster)"));
    for (const double speed : RecordingPlayer::speeds())
        m_speed->addItem(tr("%1x", "speed of playing").arg(QLocale().toString(speed)), speed);
    connect(m_speed, &QComboBox::activated, this,
            [this, &player] { player.setSpeed(m_speed->currentData().toDouble()); });
    m_idle->setObjectName(u"playerIdle"_s);
    m_idle->setAccessibleName(tr("Idle time"));
    m_idle->setToolTip(tr("How long to wait where nothing was written"));
    for (const int seconds : kIdleSeconds)
        m_idle->addItem(seconds == 0 ? tr("Keep idle time") : tr("Skip idle > %1 s").arg(seconds), seconds);
    connect(m_idle, &QComboBox::activated, this,
            [this, &player] { player.setIdleLimit(std::chrono::seconds(m_idle->currentData().toInt())); });
    line->addWidget(m_speed);
    line->addWidget(m_idle);
    m_note->setObjectName(u"playerNote"_s);
    m_note->setElided(Qt::ElideRight);
    m_note->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
}

void PlayerBar::addSearch(QHBoxLayout *line)
{
    m_find->setObjectName(u"playerFind"_s);
    m_find->setPlaceholderText(tr("Find in the recording"));
    m_find->setAccessibleName(tr("Find in the recording"));
    m_find->setClearButtonEnabled(true);
    m_find->setMaxLength(200);
    m_find->setFixedWidth(themeOf(this).metrics().lines(11));
    m_found->setObjectName(u"playerFound"_s);
    connect(m_find, &QLineEdit::textChanged, &m_findTimer, qOverload<>(&QTimer::start));
    connect(m_find, &QLineEdit::returnPressed, this, [this] {
        m_findTimer.stop();
        m_playback.search(m_find->text(), Qt::CaseInsensitive);
        m_playback.goToHitBy(QGuiApplication::keyboardModifiers().testFlag(Qt::ShiftModifier) ? -1 : 1);
    });
    line->addWidget(m_found);
    line->addWidget(m_find);
    m_hitButtons << addButton(line, u"playerPreviousHit"_s, Icon::PreviousPlace,
                              tr("Previous hit (Shift+F3)"), [this] { m_playback.goToHitBy(-1); });
    m_hitButtons << addButton(line, u"playerNextHit"_s, Icon::NextPlace, tr("Next hit (F3)"),
                              [this] { m_playback.goToHitBy(1); });
}

QSize PlayerBar::minimumSizeHint() const
{
    const QSize one = QWidget::minimumSizeHint();
    const int margins = 2 * themeOf(this).metrics().pageMargin();
    return {std::max(m_playing->minimumSizeHint().width(), m_searching->minimumSizeHint().width()) + margins,
            one.height()};
}

void PlayerBar::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void PlayerBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::FontChange)
        arrange();
}

void PlayerBar::arrange()
{
    const Metrics &m = themeOf(this).metrics();
    const int wanted = m_playing->minimumSizeHint().width() + m_searching->sizeHint().width() + m.toolGap()
        + 2 * m.pageMargin();
    const bool fits = wanted <= width();
    m_lines->setDirection(fits ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    m_lines->setAlignment(m_searching, fits ? Qt::Alignment() : Qt::AlignLeft);
}

void PlayerBar::focusSearch()
{
    m_find->setFocus(Qt::ShortcutFocusReason);
    m_find->selectAll();
}

QString PlayerBar::wanted() const { return m_find->text(); }

void PlayerBar::setWanted(const QString &text) { m_find->setText(text); }

void PlayerBar::updateRecording()
{
    RecordingPlayer &player = m_playback.player();
    const Microseconds length = player.length();
    m_timeline->setLength(length);
    m_timeline->setActivity(m_playback.activity());
    m_timeline->setMarks(player.recording().marks);
    const bool isEmpty = player.recording().bytes.isEmpty();
    for (QWidget *control : std::initializer_list<QWidget *> {m_play, m_timeline, m_find, m_speed, m_idle})
        control->setEnabled(!isEmpty);
    for (QToolButton *button : std::as_const(m_stepButtons))
        button->setEnabled(!isEmpty);
    const QString widest = playbackTime(length, length);
    m_time->setFixedWidth(themeOf(this).texts().numberWidth(TextRole::Body, widest)
                          + themeOf(this).metrics().step(3));
    for (QToolButton *button : std::as_const(m_markButtons))
        button->setEnabled(!player.recording().marks.isEmpty());
    updatePosition();
}

void PlayerBar::updateState()
{
    const RecordingPlayer &player = m_playback.player();
    m_play->setText(player.isPlaying() ? tr("Pause") : tr("Play"));
    m_play->setIcon(Theme::icon(player.isPlaying() ? Icon::Pause : Icon::Start, Token::OnAccent));
    m_speed->setCurrentIndex(m_speed->findData(player.speed()));
    m_idle->setCurrentIndex(m_idle->findData(static_cast<int>(player.idleLimit() / 1s)));
    if (player.isSeeking())
        m_note->setText(tr("Seeking..."));
    else if (!m_noteTimer.isActive())
        m_note->clear();
}

void PlayerBar::updatePosition()
{
    const RecordingPlayer &player = m_playback.player();
    m_timeline->setPosition(player.position());
    m_time->setText(playbackTime(player.position(), player.length()));
}

void PlayerBar::updateHits()
{
    const qsizetype count = m_playback.hits().size();
    m_timeline->setHits(m_playback.hits(), m_playback.currentHit());
    for (QToolButton *button : std::as_const(m_hitButtons))
        button->setEnabled(count > 0);
    if (m_playback.wanted().isEmpty())
        m_found->clear();
    else if (m_playback.isSearching())
        m_found->setText(tr("Searching..."));
    else if (count == 0)
        m_found->setText(tr("Not found"));
    else if (m_playback.currentHit() >= 0)
        m_found->setText(
            tr("%1 of %2").arg(QLocale().toString(m_playback.currentHit() + 1), QLocale().toString(count)));
    else
        m_found->setText(tr("%n hit(s)", nullptr, static_cast<int>(count)));
    m_found->setVisible(!m_found->text().isEmpty());
    arrange();
}

void PlayerBar::tellSkipped(Microseconds length)
{
    m_note->setText(tr("Skipped %1 without output").arg(RelativeTime::duration(length)));
    m_noteTimer.start();
}

}
