#include "ui/charts/chart_area.h"

#include "models/charts/time_axis.h"
#include "models/table/relative_time.h"
#include "models/table/visible_text.h"
#include "ui/charts/chart_theme.h"
#include "ui/theme/flagbridge_style.h"

#include <QAccessible>
#include <QKeyEvent>
#include <QLineSeries>
#include <QMouseEvent>
#include <QPainter>
#include <QValueAxis>

#include <algorithm>

namespace fb {

namespace {
    constexpr int kDragFrom = 6; // px; a shorter drag is a click
    constexpr qsizetype kNameChars = 60;

    double seconds(Instant at) { return static_cast<double>(toMicros(at)) / 1e6; }
}

ChartArea::ChartArea(QWidget *parent)
    : QChartView(new QChart, parent),
      m_time(new QValueAxis),
      m_value(new QValueAxis)
{
    chart()->addAxis(m_time, Qt::AlignBottom);
    chart()->addAxis(m_value, Qt::AlignLeft);
    setFrameShape(QFrame::NoFrame);
    setRenderHint(QPainter::Antialiasing);
    setBackgroundBrush(Qt::NoBrush);
    viewport()->setAutoFillBackground(false);
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setViewportUpdateMode(QGraphicsView::FullViewportUpdate); // labels are not items: paint them whole
    applyTheme(*chart());
}

QSize ChartArea::sizeHint() const
{
    const Metrics &m = themeOf(this).metrics();
    return {m.lines(20), m.lines(9)};
}

void ChartArea::show(const QList<ChartSeries> &series, const QList<int> &colors, Instant from, Instant to)
{
    m_series = series;
    m_colors = colors;
    m_from = from;
    m_to = std::max(to, from + std::chrono::seconds(1));
    m_ticks = ChartData::ticks(series, m_unit, m_from, m_to);
    if (m_cursor && (*m_cursor < m_from || *m_cursor > m_to))
        setCursorAt(std::nullopt);
    rebuild();
    place();
}

void ChartArea::rebuild()
{
    const Theme &theme = themeOf(this);
    chart()->removeAllSeries();
    m_time->setRange(seconds(m_from), seconds(m_to));
    m_value->setRange(0, m_ticks.last());
    const int columns = std::max(50, static_cast<int>(chart()->plotArea().width()));
    for (qsizetype i = 0; i < m_series.size(); ++i) {
        const QList<QList<QPointF>> lines
            = ChartData::lines(m_series[i].points, m_gap, m_from, m_to, columns);
        for (const QList<QPointF> &points : lines) {
            auto *line = new QLineSeries; // the chart's own
            line->setPen(seriesPen(theme, m_colors.value(i)));
            if (points.size() == 1) // one value alone is still seen
                line->append(points[0] - QPointF(seconds(m_to) - seconds(m_from), 0) / columns);
            line->append(points);
            chart()->addSeries(line);
            line->attachAxis(m_time);
            line->attachAxis(m_value);
        }
    }
    applyTheme(*chart());
}

void ChartArea::place()
{
    const Theme &theme = themeOf(this);
    const Metrics &m = theme.metrics();
    const QFontMetrics figures(theme.font(TextRole::Tiny));
    int left = 0;
    for (const double tick : std::as_const(m_ticks))
        left = std::max(left, figures.horizontalAdvance(ChartData::valueText(tick, m_unit)));
    const QFontMetrics names(theme.font(TextRole::SmallMedium));
    int right = m.step(2);
    if (m_series.size() > 1) {
        for (const ChartSeries &series : std::as_const(m_series))
            right = std::max(right, names.horizontalAdvance(series.name.left(kNameChars)) + m.step(4));
    }
    right = std::min(right, width() / 4);
    const QRectF area
        = QRectF(viewport()->rect())
              .adjusted(left + m.step(2), figures.height() / 2.0 + 1, -right, -figures.height() - m.step(2));
    chart()->setPlotArea(area);
    viewport()->update();
}

double ChartArea::x(Instant at) const
{
    const QRectF area = chart()->plotArea();
    return area.left()
        + area.width() * (seconds(at) - seconds(m_from)) / std::max(1.0, seconds(m_to) - seconds(m_from));
}

Instant ChartArea::timeAt(double x) const
{
    const QRectF area = chart()->plotArea();
    const double share = std::clamp((x - area.left()) / std::max(1.0, area.width()), 0.0, 1.0);
    return m_from + Microseconds(static_cast<qint64>(static_cast<double>((m_to - m_from).count()) * share));
}

void ChartArea::drawBackground(QPainter *painter, const QRectF &)
{
    const Theme &theme = themeOf(this);
    const QRectF area = chart()->plotArea();
    painter->setRenderHint(QPainter::Antialiasing, false);
    for (const double tick : std::as_const(m_ticks)) {
        const double y = area.bottom() - area.height() * tick / m_ticks.last();
        painter->setPen(QPen(theme.color(tick > 0 ? Token::Border : Token::BorderStrong), 1));
        painter->drawLine(QPointF(area.left(), y), QPointF(area.right(), y));
    }
    painter->setRenderHint(QPainter::Antialiasing);
}

void ChartArea::drawForeground(QPainter *painter, const QRectF &)
{
    if (chart()->plotArea().width() < 20)
        return;
    drawAxes(painter);
    drawEnds(painter);
    drawCursor(painter);
    if (hasFocus() && !m_cursor)
        drawFocusRing(painter, themeOf(this), viewport()->rect().adjusted(3, 3, -3, -3),
                      Metrics::kChipRadius);
}

void ChartArea::drawAxes(QPainter *painter)
{
    const Theme &theme = themeOf(this);
    const Metrics &m = theme.metrics();
    const QRectF area = chart()->plotArea();
    painter->setFont(theme.font(TextRole::Tiny));
    painter->setPen(theme.color(Token::Text3));
    const int height = painter->fontMetrics().height();
    for (const double tick : std::as_const(m_ticks)) {
        const double y = area.bottom() - area.height() * tick / m_ticks.last();
        painter->drawText(QRectF(0, y - height / 2.0, area.left() - m.step(1.5), height),
                          Qt::AlignRight | Qt::AlignVCenter, ChartData::valueText(tick, m_unit));
    }
    const int labelWidth = painter->fontMetrics().horizontalAdvance(QStringLiteral("00:00:00 MMMM"));
    const QList<TimeTick> ticks
        = timeTicks(m_from, m_to, std::clamp(static_cast<int>(area.width()) / labelWidth, 2, 8));
    for (const TimeTick &tick : ticks) {
        const double width = painter->fontMetrics().horizontalAdvance(tick.label);
        const double left = std::clamp(x(tick.at) - width / 2, 0.0, viewport()->width() - width);
        painter->drawText(QRectF(left, area.bottom() + m.step(1), width + 1, height), Qt::AlignLeft,
                          tick.label);
    }
}

void ChartArea::drawEnds(QPainter *painter)
{
    const Theme &theme = themeOf(this);
    const Metrics &m = theme.metrics();
    const QRectF area = chart()->plotArea();
    struct End {
        QPointF at;
        double labelY;
        qsizetype series;
    };
    QList<End> ends;
    for (qsizetype i = 0; i < m_series.size(); ++i) {
        const QList<ChartPoint> &points = m_series[i].points;
        const auto after = std::find_if(points.rbegin(), points.rend(),
                                        [this](const ChartPoint &point) { return point.at <= m_to; });
        if (after == points.rend() || after->at < m_from)
            continue;
        const double y = area.bottom() - area.height() * std::min(1.0, after->value / m_ticks.last());
        ends.append({QPointF(x(after->at), y), y, i});
    }
    painter->setPen(Qt::NoPen);
    for (const End &end : std::as_const(ends)) {
        painter->setBrush(theme.series(m_colors.value(end.series)));
        painter->drawEllipse(end.at, 3, 3);
    }
    if (m_series.size() < 2)
        return;
    // Direct labels beside the ends, pushed apart so that none covers another.
    std::sort(ends.begin(), ends.end(), [](const End &a, const End &b) { return a.at.y() < b.at.y(); });
    painter->setFont(theme.font(TextRole::SmallMedium));
    painter->setPen(theme.color(Token::Text));
    const double height = painter->fontMetrics().height();
    for (qsizetype i = 1; i < ends.size(); ++i)
        ends[i].labelY = std::max(ends[i].labelY, ends[i - 1].labelY + height);
    double lowest = area.bottom() + height / 2;
    for (qsizetype i = ends.size() - 1; i >= 0; --i) {
        ends[i].labelY = std::min(ends[i].labelY, lowest - height / 2);
        lowest = ends[i].labelY - height / 2;
    }
    for (const End &end : std::as_const(ends)) {
        const QRectF room(area.right() + m.step(2), end.labelY - height / 2,
                          viewport()->width() - area.right() - m.step(2), height);
        const QString name = visibleText(m_series[end.series].name, kNameChars);
        painter->drawText(
            room, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
            painter->fontMetrics().elidedText(name, Qt::ElideRight, static_cast<int>(room.width())));
    }
}

QString ChartArea::cursorText() const
{
    if (!m_cursor)
        return {};
    QStringList lines;
    for (const ChartSeries &series : m_series) {
        const std::optional<ChartPoint> point = ChartData::nearest(series.points, *m_cursor, m_gap / 2);
        const QString name = visibleText(series.name, kNameChars);
        if (!point)
            continue;
        if (lines.isEmpty())
            lines << RelativeTime::exact(point->at);
        const QString value = ChartData::valueText(point->value, m_unit);
        lines << (m_series.size() > 1 ? QStringLiteral("%1  %2").arg(value, name) : value);
    }
    if (lines.isEmpty())
        lines << RelativeTime::exact(*m_cursor) << tr("no data");
    return lines.join(u'\n');
}

void ChartArea::drawCursor(QPainter *painter)
{
    const Theme &theme = themeOf(this);
    const Metrics &m = theme.metrics();
    const QRectF area = chart()->plotArea();
    if (m_dragFrom) {
        QColor tint = theme.color(Token::Accent);
        tint.setAlphaF(0.16F);
        painter->fillRect(QRectF(QPointF(*m_dragFrom, area.top()), QPointF(m_dragTo, area.bottom())), tint);
    }
    if (!m_cursor)
        return;
    const double at = x(*m_cursor);
    painter->setPen(QPen(theme.color(Token::Text3), 1, Qt::DotLine));
    painter->drawLine(QPointF(at, area.top()), QPointF(at, area.bottom()));
    const QString text = cursorText();
    painter->setFont(theme.font(TextRole::Small));
    const QRectF measured = painter->fontMetrics().boundingRect(QRect(0, 0, 600, 400), Qt::AlignLeft, text);
    QRectF box(0, area.top() + m.step(1), measured.width() + m.step(4), measured.height() + m.step(2));
    box.moveLeft(at + m.step(2) + box.width() > viewport()->width() ? at - m.step(2) - box.width()
                                                                    : at + m.step(2));
    drawOutline(painter, box, Metrics::kChipRadius, theme.color(Token::BorderStrong),
                theme.color(Token::Raised));
    painter->setPen(theme.color(Token::Text));
    painter->drawText(box.adjusted(m.step(2), m.step(1), 0, 0), Qt::AlignLeft | Qt::AlignTop, text);
}

QList<Instant> ChartArea::times() const
{
    QList<Instant> times;
    for (const ChartSeries &series : m_series) {
        for (const ChartPoint &point : series.points) {
            if (point.at >= m_from && point.at <= m_to)
                times << point.at;
        }
    }
    std::sort(times.begin(), times.end());
    times.erase(std::unique(times.begin(), times.end()), times.end());
    return times;
}

void ChartArea::setCursorAt(const std::optional<Instant> &at)
{
    if (at == m_cursor)
        return;
    m_cursor = at;
    setAccessibleDescription(cursorText());
    emit cursorMoved();
    viewport()->update();
}

void ChartArea::stepCursor(int steps)
{
    const QList<Instant> all = times();
    if (all.isEmpty())
        return;
    const qsizetype last = all.size() - 1;
    if (!m_cursor)
        return setCursorAt(steps > 0 ? all.first() : all.last());
    const auto place = std::lower_bound(all.begin(), all.end(), *m_cursor);
    setCursorAt(all[std::clamp<qsizetype>((place - all.begin()) + steps, 0, last)]);
}

void ChartArea::keyPressEvent(QKeyEvent *event)
{
    const auto width = m_to - m_from;
    switch (event->key()) {
    case Qt::Key_Left:
        return stepCursor(-1);
    case Qt::Key_Right:
        return stepCursor(1);
    case Qt::Key_Home:
        setCursorAt(std::nullopt);
        return stepCursor(1);
    case Qt::Key_End:
        setCursorAt(std::nullopt);
        return stepCursor(-1);
    case Qt::Key_Plus:
    case Qt::Key_Equal: {
        const Instant middle = m_cursor.value_or(m_from + width / 2);
        if (width > std::chrono::minutes(2))
            emit zoomed(std::max(m_from, middle - width / 4), std::min(m_to, middle + width / 4));
        return;
    }
    case Qt::Key_Minus:
    case Qt::Key_0:
        emit resetAsked();
        return;
    case Qt::Key_Escape:
        if (m_cursor)
            return setCursorAt(std::nullopt);
        break;
    default:
        break;
    }
    event->ignore();
}

void ChartArea::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || !chart()->plotArea().contains(event->position()))
        return event->ignore();
    m_dragFrom = event->position().x();
    m_dragTo = *m_dragFrom;
}

void ChartArea::mouseMoveEvent(QMouseEvent *event)
{
    const QRectF area = chart()->plotArea();
    if (m_dragFrom)
        m_dragTo = std::clamp(event->position().x(), area.left(), area.right());
    if (!area.contains(event->position()))
        setCursorAt(std::nullopt);
    else
        setCursorAt(timeAt(event->position().x()));
    viewport()->update();
}

void ChartArea::mouseReleaseEvent(QMouseEvent *)
{
    if (!m_dragFrom)
        return;
    const double from = std::min(*m_dragFrom, m_dragTo);
    const double to = std::max(*m_dragFrom, m_dragTo);
    m_dragFrom.reset();
    viewport()->update();
    if (to - from >= kDragFrom)
        emit zoomed(timeAt(from), timeAt(to));
}

void ChartArea::mouseDoubleClickEvent(QMouseEvent *) { emit resetAsked(); }

void ChartArea::leaveEvent(QEvent *event)
{
    QChartView::leaveEvent(event);
    if (!m_dragFrom)
        setCursorAt(std::nullopt);
}

void ChartArea::resizeEvent(QResizeEvent *event)
{
    QChartView::resizeEvent(event);
    place();
}

void ChartArea::changeEvent(QEvent *event)
{
    QChartView::changeEvent(event);
    if (event->type() == QEvent::StyleChange) {
        rebuild(); // pens of the new theme
        place();
    }
}

}
