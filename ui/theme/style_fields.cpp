// FlagbridgeStyle: fields, combo boxes, check boxes, scroll bars (look.md 6).
#include "ui/theme/flagbridge_style.h"

#include <QAbstractScrollArea>
#include <QPainter>
#include <QStyleOption>
#include <QWidget>

namespace fb {

void FlagbridgeStyle::drawCheckBox(const QStyleOption *option, QPainter *painter) const
{
    const QRectF box = QRectF(option->rect);
    const bool on = option->state & (State_On | State_NoChange);
    const bool enabled = option->state & State_Enabled;
    QColor line = m_theme.color(enabled ? Token::Field : Token::Disabled);
    QColor fill = m_theme.color(Token::Base);
    if (on) {
        fill = m_theme.color(enabled ? Token::Accent : Token::Disabled);
        line = m_theme.color(option->state & State_Selected ? Token::Focus
                                 : enabled                  ? Token::Accent
                                                            : Token::Disabled);
    }
    drawOutline(painter, box, Metrics::kBoxRadius, line, fill);
    if (on) {
        const int size = qMin(option->rect.width(), option->rect.height()) - 2;
        painter->drawPixmap(option->rect.topLeft() + QPoint(1, 1),
                            m_theme.pixmap(option->state & State_NoChange ? Icon::Remove : Icon::Check,
                                           m_theme.color(Token::OnAccent), size,
                                           painter->device()->devicePixelRatioF(), Stroke::Status));
    }
    if ((option->state & State_HasFocus) && (option->state & State_KeyboardFocusChange))
        drawFocusRing(painter, m_theme, box.adjusted(-2, -2, 2, 2), Metrics::kBoxRadius + 2);
}

void FlagbridgeStyle::drawRadioButton(const QStyleOption *option, QPainter *painter) const
{
    const QRectF box = QRectF(option->rect);
    const bool on = option->state & State_On;
    const bool enabled = option->state & State_Enabled;
    const QColor tint = m_theme.color(!enabled ? Token::Disabled : on ? Token::Accent : Token::Field);
    drawOutline(painter, box, box.width() / 2, tint, m_theme.color(Token::Base));
    if (on) {
        const QRectF dot = box.adjusted(4, 4, -4, -4);
        drawOutline(painter, dot, dot.width() / 2, Qt::transparent, tint);
    }
    if ((option->state & State_HasFocus) && (option->state & State_KeyboardFocusChange))
        drawFocusRing(painter, m_theme, box.adjusted(-2, -2, 2, 2), box.width() / 2 + 2);
}

void FlagbridgeStyle::drawField(const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    const bool enabled = option->state & State_Enabled;
    const bool focused = option->state & State_HasFocus;
    const bool wrong = widget && widget->property("fbWrong").toBool();
    QColor line = m_theme.color(enabled ? Token::Field : Token::Border);
    if (wrong)
        line = m_theme.toneFill(Tone::Failed);
    else if (focused)
        line = m_theme.color(Token::Focus);
    drawOutline(painter, option->rect, Metrics::kButtonRadius, line,
                m_theme.color(enabled ? Token::Base : Token::Page));
    if (focused) { // a second line inside: 2 px in all
        drawOutline(painter, QRectF(option->rect).adjusted(1, 1, -1, -1), Metrics::kButtonRadius - 1, line,
                    Qt::transparent);
    }
}

void FlagbridgeStyle::drawComboBox(const QStyleOptionComplex *option, QPainter *painter,
                                   const QWidget *widget) const
{
    drawField(option, painter, widget);
    const QRect arrow = subControlRect(CC_ComboBox, option, SC_ComboBoxArrow, widget);
    painter->drawPixmap(
        arrow.left(), arrow.top() + (arrow.height() - Metrics::kIcon) / 2,
        m_theme.pixmap(Icon::Expand,
                       m_theme.color(option->state & State_Enabled ? Token::Text2 : Token::Disabled),
                       Metrics::kIcon, painter->device()->devicePixelRatioF()));
}

void FlagbridgeStyle::drawSpinBox(const QStyleOptionComplex *option, QPainter *painter,
                                  const QWidget *widget) const
{
    drawField(option, painter, widget);
    const auto *spin = qstyleoption_cast<const QStyleOptionSpinBox *>(option);
    if (!spin || spin->buttonSymbols == QAbstractSpinBox::NoButtons)
        return;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    for (const auto sub : {SC_SpinBoxUp, SC_SpinBoxDown}) {
        const QPointF c = QRectF(subControlRect(CC_SpinBox, option, sub, widget)).center();
        const bool can = spin->stepEnabled
            & (sub == SC_SpinBoxUp ? QAbstractSpinBox::StepUpEnabled : QAbstractSpinBox::StepDownEnabled);
        painter->setPen(QPen(m_theme.color(can ? Token::Text2 : Token::Disabled), 1.5, Qt::SolidLine,
                             Qt::RoundCap, Qt::RoundJoin));
        const qreal d = sub == SC_SpinBoxUp ? 1.5 : -1.5;
        painter->drawPolyline(QPolygonF {c + QPointF(-3, d), c + QPointF(0, -d), c + QPointF(3, d)});
    }
    painter->restore();
}

void FlagbridgeStyle::drawScrollBar(const QStyleOptionComplex *option, QPainter *painter) const
{
    const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option);
    if (!bar || bar->maximum <= bar->minimum)
        return;
    QRectF slider = subControlRect(CC_ScrollBar, option, SC_ScrollBarSlider, nullptr);
    slider
        = bar->orientation == Qt::Horizontal ? slider.adjusted(2, 2, -2, -2) : slider.adjusted(2, 2, -2, -2);
    const bool hot = option->state & (State_MouseOver | State_Sunken);
    drawOutline(painter, slider, qMin(slider.width(), slider.height()) / 2, Qt::transparent,
                m_theme.color(hot ? Token::Field : Token::BorderStrong));
}

}
