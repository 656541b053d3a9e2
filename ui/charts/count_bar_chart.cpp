#include "ui/charts/count_bar_chart.h"

#include "models/charts/time_axis.h"
#include "models/table/plain_tool_tip.h"
#include "ui/theme/flagbridge_style.h"
#include "ui/theme/theme.h"
#include "ui/widgets/segmented_bar.h"
#include "ui/widgets/state_look.h"
#include "ui/widgets/text_label.h"

#include <QDateTime>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <QVBoxLayout>

#include <algorithm>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr qreal kBarGap = 1;

    QDateTime localTime(Instant at) { return QDateTime::fromMSecsSinceEpoch(toMicros(at) / 1000); }

    int highestOf(const QList<CountBar> &bars)
    {
        int most = 1;
        for (const CountBar &bar : bars)
            most = std::max(most, bar.total());
        return most;
    }
}

CountBarChart::CountBarChart(const QString &objectName, const QString &title, QList<CountKind> kinds,
                             QWidget *parent)
    : Surface(Token::Raised, parent),
      m_kinds(std::move(kinds)),
      m_legend(new SegmentLegend),
      m_area(new CountBarArea(m_kinds))
{
    const Metrics &m = themeOf(this).metrics();
    setObjectName(objectName);
    setOutline(Token::Border, Metrics::kCardRadius);
    m_legend->setObjectName(objectName + u"Legend"_s);
    m_area->setObjectName(objectName + u"Area"_s);
    m_area->setAccessibleName(title);
    auto *head = new QHBoxLayout;
    head->setSpacing(m.step(4));
    head->addWidget(new TextLabel(title, TextRole::SectionHeading));
    head->addStretch(1);
    head->addWidget(m_legend);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(m.cardPadding(), m.step(2.5), m.cardPadding(), m.step(2));
    column->setSpacing(m.step(1.5));
    column->addLayout(head);
    column->addWidget(m_area);
    connect(m_legend, &SegmentLegend::partClicked, this, [this](StateKind look) {
        const auto kind = std::ranges::find(m_kinds, look, &CountKind::look);
        if (kind != m_kinds.end())
            emit kindChosen(static_cast<int>(kind - m_kinds.begin()));
    });
    connect(m_area, &CountBarArea::chosen, this,
            [this](qsizetype bar) { emit periodChosen(m_bars[bar].from, m_bars[bar].to); });
}

void CountBarChart::setBars(const QList<CountBar> &bars)
{
    if (bars == m_bars)
        return;
    m_bars = bars;
    QList<BarPart> parts;
    for (qsizetype kind = 0; kind < m_kinds.size(); ++kind) {
        int count = 0;
        for (const CountBar &bar : bars)
            count += bar.counts[kind];
        parts.append({m_kinds[kind].look, count, m_kinds[kind].word});
    }
    m_legend->setParts(parts);
    m_area->setBars(bars);
}

CountBarArea::CountBarArea(const QList<CountKind> &kinds, QWidget *parent) : QWidget(parent), m_kinds(kinds)
{
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setCursor(Qt::PointingHandCursor);
}

void CountBarArea::setBars(const QList<CountBar> &bars)
{
    m_bars = bars;
    m_current = std::min(m_current, m_bars.size() - 1);
    update();
}

QSize CountBarArea::sizeHint() const
{
    const Metrics &m = themeOf(this).metrics();
    return {m.lines(20), m.lines(3.5)};
}

// Room for the numbers at the left and the times below.
QRectF CountBarArea::plot() const
{
    const Theme &theme = themeOf(this);
    const Metrics &m = theme.metrics();
    const QFontMetrics tiny(theme.font(TextRole::Tiny));
    const int left = tiny.horizontalAdvance(QLocale().toString(highestOf(m_bars))) + m.step(2);
    return QRectF(rect()).adjusted(left, m.step(1), -m.step(1), -tiny.height() - m.step(1));
}

QRect CountBarArea::barAt(qsizetype bar) const
{
    const QRectF area = plot();
    const qreal step = area.width() / static_cast<qreal>(std::max<qsizetype>(1, m_bars.size()));
    return QRectF(area.left() + step * static_cast<qreal>(bar), area.top(), step, area.height())
        .toAlignedRect();
}

qsizetype CountBarArea::barUnder(const QPointF &place) const
{
    const QRectF area = plot();
    if (m_bars.isEmpty() || place.x() < area.left() || place.x() >= area.right())
        return -1;
    return static_cast<qsizetype>((place.x() - area.left()) / area.width()
                                  * static_cast<qreal>(m_bars.size()));
}

QString CountBarArea::textOf(qsizetype bar) const
{
    const QLocale locale;
    const CountBar &shown = m_bars[bar];
    QStringList parts;
    for (qsizetype kind = 0; kind < m_kinds.size(); ++kind) {
        if (shown.counts[kind] > 0)
            parts << u"%1 %2"_s.arg(locale.toString(shown.counts[kind]), m_kinds[kind].word);
    }
    const QDateTime from = localTime(shown.from);
    const QDateTime to = localTime(shown.to);
    const bool isOneDay = from.date() == to.date();
    //: a period and what happened in it; %1, %2: times, %3: counts
    return tr("%1 to %2: %3")
        .arg(locale.toString(from, QLocale::ShortFormat),
             isOneDay ? locale.toString(to.time(), QLocale::ShortFormat)
                      : locale.toString(to, QLocale::ShortFormat),
             parts.isEmpty() ? tr("nothing") : parts.join(u", "_s));
}

void CountBarArea::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeOf(this);
    const Metrics &m = theme.metrics();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF area = plot();
    const qreal pixel = 1 / devicePixelRatioF();
    const int highest = highestOf(m_bars);
    painter.setPen(QPen(theme.color(Token::Border), pixel, Qt::DashLine));
    painter.drawLine(area.topLeft(), area.topRight());
    painter.setPen(QPen(theme.color(Token::BorderStrong), pixel));
    painter.drawLine(area.bottomLeft(), area.bottomRight());
    painter.setFont(theme.font(TextRole::Tiny));
    painter.setPen(theme.color(Token::Text3));
    const int line = painter.fontMetrics().height();
    for (const int value : {0, highest}) {
        const qreal y = area.bottom() - area.height() * value / highest;
        painter.drawText(QRectF(0, y - line / 2.0, area.left() - m.step(1.5), line),
                         Qt::AlignRight | Qt::AlignVCenter, QLocale().toString(value));
    }
    if (m_bars.isEmpty())
        return;
    const Instant from = m_bars.first().from;
    const Instant to = m_bars.last().to;
    const int labelWidth = painter.fontMetrics().horizontalAdvance(u"00:00:00 MMMM"_s);
    for (const TimeTick &tick :
         timeTicks(from, to, std::clamp(static_cast<int>(area.width()) / labelWidth, 2, 8))) {
        const qreal share
            = static_cast<qreal>((tick.at - from).count()) / static_cast<qreal>((to - from).count());
        const qreal width = painter.fontMetrics().horizontalAdvance(tick.label);
        const qreal left = std::clamp(area.left() + area.width() * share - width / 2, area.left(),
                                      std::max(area.left(), this->width() - width));
        painter.drawText(QRectF(left, area.bottom() + m.step(0.5), width + 1, line), Qt::AlignLeft,
                         tick.label);
    }
    painter.setPen(Qt::NoPen);
    for (qsizetype bar = 0; bar < m_bars.size(); ++bar) {
        const QRectF column(barAt(bar));
        const qreal width = std::clamp<qreal>(column.width() - 2 * kBarGap, 1, m.lines(3));
        qreal bottom = area.bottom();
        for (qsizetype kind = 0; kind < m_kinds.size(); ++kind) {
            if (m_bars[bar].counts[kind] == 0)
                continue;
            const qreal height = std::max<qreal>(1, area.height() * m_bars[bar].counts[kind] / highest);
            painter.setBrush(theme.toneFill(lookOf(m_kinds[kind].look).tone));
            painter.drawRect(QRectF(column.center().x() - width / 2, bottom - height, width, height));
            bottom -= height;
        }
    }
    if (hasFocus() && m_current >= 0)
        drawFocusRing(&painter, theme, barAt(m_current), Metrics::kBoxRadius);
}

bool CountBarArea::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const qsizetype bar = barUnder(help->pos());
        QToolTip::showText(help->globalPos(), bar < 0 ? QString() : plainToolTip(textOf(bar)), this);
        return true;
    }
    return QWidget::event(event);
}

void CountBarArea::mouseReleaseEvent(QMouseEvent *event)
{
    const qsizetype bar = barUnder(event->position());
    if (event->button() != Qt::LeftButton || bar < 0)
        return;
    moveTo(bar);
    emit chosen(bar);
}

void CountBarArea::moveTo(qsizetype bar)
{
    m_current = std::clamp<qsizetype>(bar, 0, m_bars.size() - 1);
    setAccessibleDescription(textOf(m_current));
    update();
}

void CountBarArea::keyPressEvent(QKeyEvent *event)
{
    if (m_bars.isEmpty())
        return QWidget::keyPressEvent(event);
    switch (event->key()) {
    case Qt::Key_Left:
        return moveTo(m_current < 0 ? m_bars.size() - 1 : m_current - 1);
    case Qt::Key_Right:
        return moveTo(m_current + 1);
    case Qt::Key_Home:
        return moveTo(0);
    case Qt::Key_End:
        return moveTo(m_bars.size() - 1);
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_current >= 0)
            emit chosen(m_current);
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

void CountBarArea::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    if (m_current < 0 && !m_bars.isEmpty())
        moveTo(m_bars.size() - 1);
    update();
}

void CountBarArea::focusOutEvent(QFocusEvent *event)
{
    QWidget::focusOutEvent(event);
    update();
}

}
