#include "ui/shell/status_strip.h"

#include "ui/theme/flagbridge_style.h"

#include <QDateTime>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>

namespace fb {

namespace {
    constexpr int kDot = 8;
}

StatusStrip::StatusStrip(QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("statusStrip"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_minute.setInterval(std::chrono::seconds(10)); // the clock at the right
    connect(&m_minute, &QTimer::timeout, this, qOverload<>(&QWidget::update));
    m_minute.start();
}

QSize StatusStrip::sizeHint() const { return {400, themeOf(this).metrics().statusBar()}; }

void StatusStrip::setItems(const QList<StatusItem> &items)
{
    m_items = items;
    QStringList spoken;
    for (const StatusItem &item : items)
        spoken << item.text;
    setAccessibleName(tr("Status"));
    setAccessibleDescription(spoken.join(QStringLiteral(", ")));
    update();
}

QString StatusStrip::text(const QString &name) const
{
    for (const StatusItem &item : m_items) {
        if (item.name == name)
            return item.text;
    }
    return {};
}

int StatusStrip::widthOf(const StatusItem &item) const
{
    const Theme &theme = themeOf(this);
    const Metrics &m = theme.metrics();
    return m.step(3.5) + (item.icon == Icon::None ? kDot : Metrics::kSmallIcon) + m.step(1.5)
        + QFontMetrics(theme.font(TextRole::Small)).horizontalAdvance(item.text) + m.step(2.5);
}

void StatusStrip::draw(QPainter &painter, const StatusItem &item, QRect place) const
{
    const Theme &theme = themeOf(this);
    const Metrics &m = theme.metrics();
    int x = place.left() + m.step(3.5);
    if (item.icon == Icon::None) {
        drawOutline(&painter, QRectF(x, (height() - kDot) / 2.0, kDot, kDot), kDot / 2.0,
                    item.tone == Tone::Neutral ? theme.color(Token::Field) : QColor(Qt::transparent),
                    item.tone == Tone::Neutral ? QColor(Qt::transparent) : theme.toneFill(item.tone));
        x += kDot + m.step(1.5);
    } else {
        const QColor tint
            = item.tone == Tone::Neutral ? theme.color(Token::Text2) : theme.toneText(item.tone);
        painter.drawPixmap(x, (height() - Metrics::kSmallIcon) / 2,
                           theme.pixmap(item.icon, tint, Metrics::kSmallIcon, devicePixelRatioF()));
        x += Metrics::kSmallIcon + m.step(1.5);
    }
    painter.setPen(theme.color(Token::Text2));
    painter.drawText(QRect(x, 0, place.right() - x, height()), Qt::AlignVCenter, item.text);
    const int edge = item.atRight ? place.left() : place.right();
    painter.fillRect(QRect(edge, 1, 1, height() - 1), theme.color(Token::Border));
}

void StatusStrip::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeOf(this);
    const Metrics &m = theme.metrics();
    QPainter painter(this);
    painter.fillRect(rect(), theme.color(Token::Chrome));
    painter.fillRect(QRect(0, 0, width(), 1), theme.color(Token::Border));
    painter.setFont(theme.font(TextRole::Small));
    const QDateTime now = m_clock ? m_clock() : QDateTime::currentDateTime();
    const QString clock = QStringLiteral("%1 %2").arg(QLocale().toString(now.time(), QStringLiteral("HH:mm")),
                                                      now.timeZoneAbbreviation());
    painter.setPen(theme.color(Token::Text2));
    painter.drawText(rect().adjusted(0, 0, -m.step(3.5), 0), Qt::AlignVCenter | Qt::AlignRight, clock);
    int right = width() - m.step(7) - painter.fontMetrics().horizontalAdvance(clock);
    painter.fillRect(QRect(right, 1, 1, height() - 1), theme.color(Token::Border));
    for (const StatusItem &item : std::as_const(m_items))
        right -= item.atRight ? widthOf(item) : 0;
    int left = 0;
    m_places.clear();
    for (const StatusItem &item : std::as_const(m_items)) {
        int &x = item.atRight ? right : left;
        m_places << QRect(x, 0, widthOf(item), height());
        draw(painter, item, m_places.last());
        x += widthOf(item);
    }
}

void StatusStrip::mouseReleaseEvent(QMouseEvent *event)
{
    for (qsizetype i = 0; i < m_places.size(); ++i) {
        if (!m_places[i].contains(event->position().toPoint()))
            continue;
        if (m_items[i].run)
            return m_items[i].run();
        if (!m_items[i].address.isEmpty())
            return emit chosen(m_items[i].address);
    }
}

}
