#include "ui/widgets/sparkline.h"

#include "ui/theme/theme.h"

#include <QPainter>
#include <QPainterPath>

namespace fb {

Sparkline::Sparkline(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void Sparkline::setTitle(const QString &title, const QString &nowText)
{
    m_title = title;
    m_nowText = nowText;
    setAccessibleName(QStringLiteral("%1: %2").arg(title, nowText));
    update();
}

void Sparkline::setPoints(const QList<QPointF> &points, double gapSeconds, double firstX, double lastX)
{
    m_points = points;
    m_gap = gapSeconds;
    m_firstX = firstX;
    m_lastX = qMax(firstX + 1, lastX);
    update();
}

QSize Sparkline::sizeHint() const
{
    const Metrics &m = themeOf(this).metrics();
    return {m.lines(10), m.lines(1) + m.lines(2.75)};
}

void Sparkline::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeOf(this);
    const Metrics &m = theme.metrics();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRect head(0, 0, width(), m.line());
    painter.setFont(theme.font(TextRole::SectionHeading));
    painter.setPen(theme.color(Token::Text));
    painter.drawText(head, Qt::AlignVCenter | Qt::AlignLeft, m_title);
    painter.drawText(head, Qt::AlignVCenter | Qt::AlignRight, m_nowText);

    const QRectF plot(0, m.line() + m.step(1), width() - 4, height() - m.line() - m.step(1) - 2);
    const qreal pixel = 1 / devicePixelRatioF();
    painter.setPen(QPen(theme.color(Token::Border), pixel, Qt::DashLine));
    painter.drawLine(plot.topLeft(), QPointF(width(), plot.top()));
    painter.setPen(QPen(theme.color(Token::BorderStrong), pixel));
    painter.drawLine(plot.bottomLeft(), QPointF(width(), plot.bottom()));
    if (m_points.isEmpty())
        return;
    const auto place = [&](const QPointF &point) {
        const double share = qBound(0.0, point.y(), 1.0);
        return QPointF(plot.left() + plot.width() * (point.x() - m_firstX) / (m_lastX - m_firstX),
                       plot.bottom() - 1 - (plot.height() - 2) * share);
    };
    QPainterPath line;
    for (qsizetype i = 0; i < m_points.size(); ++i) {
        if (i == 0 || m_points[i].x() - m_points[i - 1].x() > m_gap)
            line.moveTo(place(m_points[i]));
        else
            line.lineTo(place(m_points[i]));
    }
    painter.setPen(QPen(theme.series(0), 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(line);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.series(0));
    painter.drawEllipse(place(m_points.last()), 2.75, 2.75);
}

}
