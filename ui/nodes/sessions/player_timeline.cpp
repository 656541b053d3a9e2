#include "ui/nodes/sessions/player_timeline.h"

#include "models/nodes/sessions/playback.h"
#include "models/nodes/sessions/playback_time.h"
#include "models/table/plain_tool_tip.h"
#include "models/table/visible_text.h"
#include "ui/theme/flagbridge_style.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr int kTrack = 4; // px high
    constexpr int kKnob = 12; // px across
    constexpr double kNear = 5; // px: what the mouse points at
}

PlayerTimeline::PlayerTimeline(const QString &objectName, QWidget *parent) : QAbstractSlider(parent)
{
    setObjectName(objectName);
    setOrientation(Qt::Horizontal);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAccessibleName(tr("Place in the recording"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(this, &QAbstractSlider::actionTriggered, this,
            [this] { emit seekWanted(m_unit * sliderPosition()); });
}

void PlayerTimeline::setLength(Microseconds length)
{
    m_length = length;
    m_unit = std::max(Microseconds(1000), length / 1'000'000'000 + Microseconds(1));
    setRange(0, static_cast<int>(length / m_unit));
    setPageStep(std::max(1, maximum() / 10));
    update();
}

void PlayerTimeline::setPosition(Microseconds at)
{
    if (at == m_position)
        return;
    m_position = at;
    setValue(static_cast<int>(at / m_unit));
    setAccessibleDescription(playbackTime(at, m_length));
    update();
}

void PlayerTimeline::setActivity(const QList<float> &bars)
{
    m_bars = bars;
    update();
}

void PlayerTimeline::setMarks(const QList<RecordingMark> &marks)
{
    m_marks = marks;
    update();
}

void PlayerTimeline::setHits(const QList<RecordingHit> &hits, int current)
{
    m_hits = hits;
    m_hit = current;
    update();
}

QSize PlayerTimeline::sizeHint() const
{
    const Metrics &m = themeOf(this).metrics();
    return {m.lines(20), m.lines(2) + m.step(3)};
}

QSize PlayerTimeline::minimumSizeHint() const
{
    return {themeOf(this).metrics().lines(8), sizeHint().height()};
}

int PlayerTimeline::inset() const { return kKnob / 2 + 2; }

double PlayerTimeline::xOf(Microseconds at) const
{
    const double room = std::max(1, width() - 2 * inset());
    const double part
        = m_length.count() > 0 ? static_cast<double>(at.count()) / static_cast<double>(m_length.count()) : 0;
    return inset() + room * part;
}

Microseconds PlayerTimeline::timeAt(double x) const
{
    const double room = std::max(1, width() - 2 * inset());
    const double part = std::clamp((x - inset()) / room, 0.0, 1.0);
    return Microseconds(static_cast<qint64>(part * static_cast<double>(m_length.count())));
}

QString PlayerTimeline::textAt(Microseconds at) const
{
    QString text = playbackTime(at, m_length);
    const double x = xOf(at);
    const auto isNear = [&](Microseconds place) { return std::abs(xOf(place) - x) <= kNear; };
    for (const RecordingMark &mark : m_marks) {
        if (isNear(mark.at))
            return text + u'\n' + (mark.isGap ? Playback::gapText(mark) : visibleText(mark.label, 80));
    }
    for (const RecordingHit &hit : m_hits) {
        if (isNear(hit.at))
            return text + u'\n' + visibleText(hit.line, 80);
    }
    return text;
}

void PlayerTimeline::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeOf(this);
    const Metrics &m = theme.metrics();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const int marks = m.step(3);
    const int track = height() - marks - kKnob / 2;
    paintActivity(&painter, QRect(inset(), m.step(0.5), width() - 2 * inset(), track - kTrack - m.step(0.5)));
    paintTrack(&painter, track);
    paintMarks(&painter, track);
    const QPointF knob(xOf(m_position), track);
    painter.setPen(QPen(theme.color(Token::Base), 2));
    painter.setBrush(isEnabled() ? theme.color(Token::Accent) : theme.color(Token::Disabled));
    painter.drawEllipse(knob, kKnob / 2.0, kKnob / 2.0);
    if (hasFocus() && window()->testAttribute(Qt::WA_KeyboardFocusChange))
        drawFocusRing(&painter, theme, rect().adjusted(1, 1, -1, -1), Metrics::kChipRadius);
}

void PlayerTimeline::paintActivity(QPainter *painter, const QRect &room) const
{
    const Theme &theme = themeOf(this);
    if (m_bars.isEmpty() || m_length.count() == 0)
        return;
    painter->setPen(Qt::NoPen);
    const double played = xOf(m_position);
    const double width = room.width() / static_cast<double>(m_bars.size());
    for (qsizetype i = 0; i < m_bars.size(); ++i) {
        if (m_bars[i] <= 0)
            continue;
        const double height = std::max(1.0, static_cast<double>(m_bars[i]) * room.height());
        const QRectF bar(room.left() + width * static_cast<double>(i), room.bottom() + 1 - height,
                         std::max(1.0, width - 0.5), height);
        painter->setBrush(theme.color(bar.left() <= played ? Token::Field : Token::BorderStrong));
        painter->drawRect(bar);
    }
    // Hits stand through the bars.
    const QColor tick = theme.color(Token::AccentText);
    double last = -1;
    for (const RecordingHit &hit : m_hits) {
        const double x = xOf(hit.at);
        if (x - last < 1)
            continue; // on the pixels of one before it
        last = x;
        painter->fillRect(QRectF(x - 0.75, room.top(), 1.5, room.height()), tick);
    }
    if (m_hit >= 0 && m_hit < m_hits.size())
        painter->fillRect(QRectF(xOf(m_hits[m_hit].at) - 2, room.top(), 4, room.height()), tick);
}

void PlayerTimeline::paintTrack(QPainter *painter, int y) const
{
    const Theme &theme = themeOf(this);
    const QRectF whole(inset(), y - kTrack / 2.0, width() - 2 * inset(), kTrack);
    painter->setPen(Qt::NoPen);
    painter->setBrush(theme.color(Token::SelectionIdle));
    painter->drawRoundedRect(whole, kTrack / 2.0, kTrack / 2.0);
    if (m_length.count() > 0) {
        QRectF played = whole;
        played.setRight(xOf(m_position));
        painter->setBrush(theme.color(isEnabled() ? Token::Accent : Token::Disabled));
        painter->drawRoundedRect(played, kTrack / 2.0, kTrack / 2.0);
    }
    if (m_hoverX >= 0)
        painter->fillRect(QRectF(m_hoverX - 0.5, 0, 1, y + kKnob / 2.0), theme.color(Token::Text3));
}

// Below the track: a flag for an operator's mark, a hatched block where bytes are missing.
void PlayerTimeline::paintMarks(QPainter *painter, int y) const
{
    const Theme &theme = themeOf(this);
    const double top = y + kKnob / 2.0 - 1;
    const double size = themeOf(this).metrics().step(2);
    double lastFlag = -1;
    double lastGap = -1;
    for (const RecordingMark &mark : m_marks) {
        const double x = xOf(mark.at);
        double &last = mark.isGap ? lastGap : lastFlag;
        if (x - last < 1)
            continue; // on the pixels of one before it
        last = x;
        painter->setPen(Qt::NoPen);
        if (mark.isGap) {
            painter->setBrush(theme.toneFill(Tone::Failed));
            painter->drawRect(QRectF(x - 2, y - kTrack, 4, 2 * kTrack));
            painter->setBrush(QBrush(theme.toneFill(Tone::Failed), Qt::BDiagPattern));
            painter->drawRect(QRectF(x - size, top, 2 * size, size));
            continue;
        }
        painter->setBrush(theme.toneFill(Tone::Waiting));
        const QPointF flag[] = {{x, top}, {x + size / 2 + 1, top + size}, {x - size / 2 - 1, top + size}};
        painter->drawPolygon(flag, 3);
    }
}

void PlayerTimeline::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return event->ignore();
    m_dragging = true;
    emit seekWanted(timeAt(event->position().x()));
}

void PlayerTimeline::mouseMoveEvent(QMouseEvent *event)
{
    m_hoverX = event->position().toPoint().x();
    if (m_dragging)
        emit seekWanted(timeAt(event->position().x()));
    QToolTip::showText(event->globalPosition().toPoint(), plainToolTip(textAt(timeAt(m_hoverX))), this);
    update();
}

void PlayerTimeline::mouseReleaseEvent(QMouseEvent *) { m_dragging = false; }

void PlayerTimeline::leaveEvent(QEvent *)
{
    m_hoverX = -1;
    update();
}

void PlayerTimeline::keyPressEvent(QKeyEvent *event)
{
    const int key = event->key();
    if (key == Qt::Key_Left || key == Qt::Key_Right || key == Qt::Key_Up || key == Qt::Key_Down)
        return event->ignore(); // seconds, which the page counts
    QAbstractSlider::keyPressEvent(event);
}

bool PlayerTimeline::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        QToolTip::showText(help->globalPos(), plainToolTip(textAt(timeAt(help->pos().x()))), this);
        return true;
    }
    return QAbstractSlider::event(event);
}

}
