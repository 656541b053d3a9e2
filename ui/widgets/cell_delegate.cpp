#include "ui/widgets/cell_delegate.h"

#include "models/table/cell_roles.h"
#include "models/table/state_kind.h"
#include "ui/theme/flagbridge_style.h"
#include "ui/widgets/segmented_bar.h"
#include "ui/widgets/state_look.h"
#include "ui/widgets/tag_row.h"

#include <QPainter>
#include <QTableView>

namespace fb {

namespace {
    constexpr int kMeterHeight = 4;
    constexpr int kMeterWidth = 54;
    constexpr double kHigh = 0.80; // from here a meter asks for attention
    constexpr double kFull = 0.92;
    constexpr int kCurrentLine = 2;
    constexpr int kAccentBar = 3;
    constexpr int kBox = 15;
    constexpr int kDot = 8;
    constexpr int kSeries = 6; // colours of the theme
}

CellDelegate::CellDelegate(QObject *parent) : QStyledItemDelegate(parent) { }

void CellDelegate::setKind(int column, CellKind kind) { m_kinds.insert(column, kind); }

int CellDelegate::checkWidth(const Theme &theme) { return kBox + theme.metrics().step(4); }

QSize CellDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Theme &theme = themeOf(option.widget);
    const Metrics &m = theme.metrics();
    int width = theme.texts().width(TextRole::Body, index.data().toString()) + 2 * m.cellPadding();
    if (kind(index.column()) == CellKind::State)
        width += Metrics::kIcon + m.step(1);
    if (kind(index.column()) == CellKind::Marked)
        width += kDot + m.step(1.5);
    if (kind(index.column()) == CellKind::Meter)
        width = kMeterWidth + m.step(12) + 2 * m.cellPadding();
    if (kind(index.column()) == CellKind::Name && m_checks)
        width += checkWidth(theme);
    return {width, m.row()};
}

void CellDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index) const
{
    const Theme &theme = themeOf(option.widget);
    const Metrics &m = theme.metrics();
    const auto *view = qobject_cast<const QAbstractItemView *>(option.widget);
    const bool selected = option.state & QStyle::State_Selected;
    const bool active = view && view->hasFocus();
    const bool hovered = view && view->property("fbHoverRow").toInt() == index.row() + 1;
    const QRect r = option.rect;
    painter->save();
    const bool tinted = !selected && m_isTinted && m_isTinted(index);
    painter->fillRect(r,
                      theme.color(selected      ? (active ? Token::Selection : Token::SelectionIdle)
                                      : tinted  ? Token::Changed
                                      : hovered ? Token::Hover
                                                : Token::Base));
    painter->fillRect(QRect(r.left(), r.bottom(), r.width(), 1), theme.color(Token::RowLine));

    const CellKind cell = kind(index.column());
    QRect inner = r.adjusted(m.cellPadding(), 0, -m.cellPadding(), -1);
    const bool first = view && view->property("fbFirstColumn").toInt() == index.column();
    if (selected && first)
        painter->fillRect(QRect(r.left(), r.top(), kAccentBar, r.height()), theme.color(Token::Accent));
    if (active && !selected && view->currentIndex().row() == index.row()
        && view->window()->testAttribute(Qt::WA_KeyboardFocusChange)) { // where Space would select
        painter->fillRect(QRect(r.left(), r.top(), r.width(), kCurrentLine), theme.color(Token::Focus));
        painter->fillRect(QRect(r.left(), r.bottom() + 1 - kCurrentLine, r.width(), kCurrentLine),
                          theme.color(Token::Focus));
    }
    painter->setPen(theme.color(Token::Text2));
    TextStore &texts = theme.texts();
    const QString text = index.data().toString();
    switch (cell) {
    case CellKind::Name:
        if (m_checks) {
            QStyleOption box;
            box.rect = QRect(inner.left() + m.step(0.5), r.center().y() - kBox / 2, kBox, kBox);
            box.state = QStyle::State_Enabled
                | (selected ? QStyle::State_On | QStyle::State_Selected : QStyle::State_Off);
            option.widget->style()->drawPrimitive(QStyle::PE_IndicatorItemViewItemCheck, &box, painter,
                                                  option.widget);
            inner.setLeft(inner.left() + checkWidth(theme));
        }
        painter->setPen(theme.color(Token::Text));
        texts.draw(painter, inner, TextRole::BodyMedium, text, Qt::AlignLeft, Qt::ElideRight);
        break;
    case CellKind::State:
        paintState(painter, theme, inner, index);
        break;
    case CellKind::Marked:
        paintMarked(painter, theme, inner, index);
        break;
    case CellKind::Meter:
        paintMeter(painter, theme, inner, index);
        break;
    case CellKind::Number:
        texts.drawNumber(painter, inner, TextRole::Body, text, Qt::AlignRight);
        break;
    case CellKind::Tags:
        paintTags(painter, theme, inner, index);
        break;
    case CellKind::Progress:
        paintProgress(painter, theme, inner, index);
        break;
    case CellKind::Id:
        texts.draw(painter, inner, TextRole::Code, text, Qt::AlignLeft, Qt::ElideMiddle);
        break;
    case CellKind::Line:
        painter->setPen(theme.color(Token::Text));
        texts.draw(painter, inner, TextRole::Code, text, Qt::AlignLeft, Qt::ElideRight);
        break;
    case CellKind::Text:
        texts.draw(painter, inner, TextRole::Body, text, Qt::AlignLeft, Qt::ElideRight);
        break;
    }
    painter->restore();
}

void CellDelegate::paintState(QPainter *painter, const Theme &theme, QRect rect,
                              const QModelIndex &index) const
{
    const StateLook look = lookOf(index.data(StateRole).value<StateKind>());
    const qreal ratio = painter->device()->devicePixelRatioF();
    painter->drawPixmap(
        rect.left(), rect.top() + (rect.height() - Metrics::kIcon) / 2,
        theme.pixmap(look.icon, theme.toneText(look.tone), Metrics::kIcon, ratio, Stroke::Status));
    rect.setLeft(rect.left() + Metrics::kIcon + theme.metrics().step(1));
    painter->setPen(theme.color(Token::Text));
    theme.texts().draw(painter, rect, TextRole::Body, index.data().toString(), Qt::AlignLeft, Qt::ElideRight);
}

void CellDelegate::paintMarked(QPainter *painter, const Theme &theme, QRect rect,
                               const QModelIndex &index) const
{
    if (const QVariant dot = index.data(DotRole); dot.isValid()) {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        painter->setBrush(theme.series(dot.toInt() % kSeries));
        painter->drawEllipse(QRectF(rect.left(), rect.top() + (rect.height() - kDot) / 2.0, kDot, kDot));
        painter->restore();
        rect.setLeft(rect.left() + kDot + theme.metrics().step(1.5));
    }
    theme.texts().draw(painter, rect, TextRole::Body, index.data().toString(), Qt::AlignLeft, Qt::ElideRight);
}

void CellDelegate::paintMeter(QPainter *painter, const Theme &theme, QRect rect,
                              const QModelIndex &index) const
{
    const QVariant fraction = index.data(FractionRole);
    if (!fraction.isValid()) {
        painter->setPen(theme.color(Token::Text3));
        theme.texts().draw(painter, rect, TextRole::Body, tr("no data"), Qt::AlignLeft, Qt::ElideRight);
        return;
    }
    const double share = qBound(0.0, fraction.toDouble(), 1.0);
    const QRectF track(rect.left(), rect.center().y() - kMeterHeight / 2 + 1, kMeterWidth, kMeterHeight);
    drawOutline(painter, track, kMeterHeight / 2, Qt::transparent, theme.color(Token::SelectionIdle));
    const QColor fill = share >= kFull ? theme.toneFill(Tone::Failed)
        : share >= kHigh               ? theme.toneFill(Tone::TimedOut)
                                       : theme.color(Token::Field);
    if (share > 0)
        drawOutline(
            painter,
            QRectF(track.left(), track.top(), qMax<qreal>(kMeterHeight, track.width() * share), kMeterHeight),
            kMeterHeight / 2, Qt::transparent, fill);
    painter->setPen(theme.color(share >= kHigh ? Token::Text : Token::Text2));
    TextStore &texts = theme.texts();
    const int figures
        = kMeterWidth + theme.metrics().step(2) + texts.numberWidth(TextRole::Body, QStringLiteral("100%"));
    texts.drawNumber(painter, QRect(rect.left(), rect.top(), qMin(rect.width(), figures), rect.height()),
                     TextRole::Body, index.data().toString(), Qt::AlignRight);
}

void CellDelegate::paintTags(QPainter *painter, const Theme &theme, QRect rect,
                             const QModelIndex &index) const
{
    const QStringList tags = index.data(TagsRole).toStringList();
    const int gap = theme.metrics().step(1);
    const int height = theme.metrics().chip() - 2;
    int x = rect.left();
    for (qsizetype i = 0; i < tags.size(); ++i) {
        const int width = tagWidth(theme, tags[i]);
        const bool last = i + 1 == tags.size();
        const QString rest = QStringLiteral("+%1").arg(tags.size() - i);
        const int room = rect.right() - x - (last ? 0 : tagWidth(theme, rest) + gap);
        if (width > room && i > 0) {
            painter->setPen(theme.color(Token::Text3));
            theme.texts().draw(painter, QRect(x, rect.top(), rect.right() - x, rect.height()), TextRole::Tiny,
                               rest, Qt::AlignLeft, Qt::ElideRight);
            return;
        }
        paintTag(painter, theme,
                 QRect(x, rect.top() + (rect.height() - height) / 2, qMin(width, rect.right() - x), height),
                 tags[i]);
        x += width + gap;
    }
}

void CellDelegate::paintProgress(QPainter *painter, const Theme &theme, QRect rect,
                                 const QModelIndex &index) const
{
    if (!m_partsOf)
        return;
    const int textWidth = qMin(rect.width() / 2, theme.metrics().lines(4));
    const QRectF bar(rect.left(), rect.center().y() - 3, rect.width() - textWidth - theme.metrics().step(2),
                     7);
    paintSegments(painter, theme, bar, m_partsOf(index));
    theme.texts().drawNumber(painter, QRect(rect.right() - textWidth, rect.top(), textWidth, rect.height()),
                             TextRole::Body, index.data().toString(), Qt::AlignRight);
}

}
