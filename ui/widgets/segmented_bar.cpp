#include "ui/widgets/segmented_bar.h"

#include "ui/theme/flagbridge_style.h"
#include "ui/widgets/state_look.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <optional>

namespace fb {

namespace {
    constexpr int kBarHeight = 12;
    constexpr qreal kGap = 2;
    constexpr qreal kLeastPart = 3;

    QString spoken(const QList<BarPart> &parts)
    {
        QStringList words;
        for (const BarPart &part : parts) {
            if (part.count > 0)
                words << QStringLiteral("%1 %2").arg(part.count).arg(part.word);
        }
        return words.join(QStringLiteral(", "));
    }

    // Where each part lies; parts of nothing are empty.
    QList<QRectF> placesOf(const QRectF &rect, const QList<BarPart> &parts)
    {
        int total = 0;
        int shown = 0;
        for (const BarPart &part : parts) {
            total += part.count;
            shown += part.count > 0;
        }
        QList<QRectF> places(parts.size());
        if (total == 0)
            return places;
        const qreal room = rect.width() - kGap * (shown - 1);
        qreal taken = 0; // by parts too small for their share
        qreal large = 0;
        for (const BarPart &part : parts) {
            if (part.count > 0 && room * part.count / total < kLeastPart)
                taken += kLeastPart;
            else
                large += part.count;
        }
        qreal x = rect.left();
        for (qsizetype i = 0; i < parts.size(); ++i) {
            if (parts[i].count == 0)
                continue;
            const bool small = room * parts[i].count / total < kLeastPart;
            const qreal width = small ? kLeastPart : (room - taken) * parts[i].count / large;
            places[i] = QRectF(x, rect.top(), width, rect.height());
            x += width + kGap;
        }
        return places;
    }
}

void paintSegments(QPainter *painter, const Theme &theme, const QRectF &rect, const QList<BarPart> &parts)
{
    const QList<QRectF> pieces = placesOf(rect, parts);
    if (std::none_of(parts.begin(), parts.end(), [](const BarPart &part) { return part.count > 0; })) {
        drawOutline(painter, rect, Metrics::kBoxRadius, theme.color(Token::Border), Qt::transparent);
        return;
    }
    for (qsizetype i = 0; i < parts.size(); ++i) {
        const QRectF &piece = pieces[i];
        if (piece.isEmpty())
            continue;
        const qreal radius = qMin<qreal>(Metrics::kBoxRadius - 1, piece.width() / 2);
        if (parts[i].kind == StateKind::Waiting)
            drawOutline(painter, piece, radius, theme.color(Token::Field), Qt::transparent);
        else
            drawOutline(painter, piece, radius, Qt::transparent, theme.toneFill(lookOf(parts[i].kind).tone));
    }
}

SegmentedBar::SegmentedBar(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QRect SegmentedBar::placeOf(StateKind kind) const
{
    const QList<QRectF> places = placesOf(rect(), m_parts);
    for (qsizetype i = 0; i < m_parts.size(); ++i) {
        if (m_parts[i].kind == kind)
            return places[i].toAlignedRect();
    }
    return {};
}

void SegmentedBar::mouseReleaseEvent(QMouseEvent *event)
{
    const QList<QRectF> places = placesOf(rect(), m_parts);
    for (qsizetype i = 0; i < m_parts.size(); ++i) {
        if (event->button() == Qt::LeftButton && places[i].contains(event->position()))
            return emit partClicked(m_parts[i].kind);
    }
}

void SegmentedBar::setParts(const QList<BarPart> &parts)
{
    m_parts = parts;
    setAccessibleName(spoken(parts));
    update();
}

QSize SegmentedBar::sizeHint() const { return {120, kBarHeight}; }

void SegmentedBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintSegments(&painter, themeOf(this), rect(), m_parts);
}

SegmentLegend::SegmentLegend(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void SegmentLegend::setParts(const QList<BarPart> &parts)
{
    const std::optional<StateKind> before
        = m_chosen < m_parts.size() ? std::optional(m_parts[m_chosen].kind) : std::nullopt;
    m_parts.clear();
    m_chosen = 0; // parts come and go; the chosen one stays chosen
    for (const BarPart &part : parts) {
        if (part.count == 0)
            continue;
        if (part.kind == before)
            m_chosen = m_parts.size();
        m_parts << part;
    }
    setFocusPolicy(m_parts.isEmpty() ? Qt::NoFocus : Qt::TabFocus);
    setAccessibleName(spoken(m_parts));
    choose(m_chosen);
    updateGeometry();
    update();
}

QList<QRect> SegmentLegend::places() const
{
    const Theme &theme = themeOf(this);
    const Metrics &m = theme.metrics();
    TextStore &texts = theme.texts();
    QList<QRect> places;
    int x = m.step(1); // room for the ring
    for (const BarPart &part : m_parts) {
        const int width = Metrics::kIcon + m.step(2)
            + texts.numberWidth(TextRole::SectionHeading, QString::number(part.count)) + m.step(1.5)
            + texts.width(TextRole::Body, part.word);
        places << QRect(x, 0, width, m.chip());
        x += width + m.step(6);
    }
    return places;
}

QSize SegmentLegend::sizeHint() const
{
    const QList<QRect> all = places();
    const Metrics &m = themeOf(this).metrics();
    return {all.isEmpty() ? 0 : all.last().right() + 1 + m.step(1), m.chip()};
}

void SegmentLegend::choose(qsizetype part)
{
    m_chosen = qBound<qsizetype>(0, part, m_parts.size() - 1);
    setAccessibleDescription(
        m_parts.isEmpty() ? QString()
                          : tr("%1 %2. Enter shows only these.")
                                .arg(QString::number(m_parts[m_chosen].count), m_parts[m_chosen].word));
    update();
}

void SegmentLegend::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Up:
        return choose(m_chosen - 1);
    case Qt::Key_Right:
    case Qt::Key_Down:
        return choose(m_chosen + 1);
    case Qt::Key_Home:
        return choose(0);
    case Qt::Key_End:
        return choose(m_parts.size() - 1);
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        if (m_chosen < m_parts.size())
            emit partClicked(m_parts[m_chosen].kind);
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

void SegmentLegend::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    update();
}

void SegmentLegend::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeOf(this);
    const Metrics &m = theme.metrics();
    QPainter painter(this);
    const QList<QRect> all = places();
    for (qsizetype i = 0; i < all.size(); ++i) {
        const StateLook look = lookOf(m_parts[i].kind);
        QRect r = all[i];
        if (hasFocus() && i == m_chosen)
            drawFocusRing(&painter, theme, r.adjusted(-m.step(1), 0, m.step(1), 0), Metrics::kChipRadius);
        painter.drawPixmap(r.left(), r.top() + (r.height() - Metrics::kIcon) / 2,
                           theme.pixmap(look.icon, theme.toneText(look.tone), Metrics::kIcon,
                                        devicePixelRatioF(), Stroke::Status));
        r.setLeft(r.left() + Metrics::kIcon + m.step(2));
        const QString count = QString::number(m_parts[i].count);
        painter.setPen(theme.color(Token::Text));
        theme.texts().drawNumber(&painter, r, TextRole::SectionHeading, count, Qt::AlignLeft);
        r.setLeft(r.left() + theme.texts().numberWidth(TextRole::SectionHeading, count) + m.step(1.5));
        painter.setPen(theme.color(Token::Text2));
        theme.texts().draw(&painter, r.adjusted(0, 0, m.step(2), 0), TextRole::Body, m_parts[i].word,
                           Qt::AlignLeft, Qt::ElideRight);
    }
}

void SegmentLegend::mouseReleaseEvent(QMouseEvent *event)
{
    const QList<QRect> all = places();
    for (qsizetype i = 0; i < all.size(); ++i) {
        if (all[i].contains(event->position().toPoint()))
            emit partClicked(m_parts[i].kind);
    }
}

}
