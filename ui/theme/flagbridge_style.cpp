#include "ui/theme/flagbridge_style.h"

#include "ui/theme/focus_edge.h"
#include "ui/theme/focus_visibility.h"
#include "ui/theme/wheel_guard.h"

#include <QAbstractItemView>
#include <QAbstractScrollArea>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QPainterPath>
#include <QScrollBar>
#include <QSpinBox>
#include <QStyleOption>
#include <QTabBar>
#include <QToolButton>

namespace fb {

using namespace Qt::StringLiterals;

FlagbridgeStyle::FlagbridgeStyle(const Theme &theme) : QProxyStyle(u"Fusion"_s), m_theme(theme) { }

FlagbridgeStyle *FlagbridgeStyle::install(Scheme scheme, int fontPixels)
{
    const QFont font = interfaceFont(fontPixels);
    QApplication::setFont(font);
    auto *style = new FlagbridgeStyle(Theme(scheme, font)); // the application owns its style
    QApplication::setStyle(style);
    QApplication::setPalette(style->theme().palette());
    FocusVisibility::install();
    return style;
}

void FlagbridgeStyle::setTheme(const Theme &theme)
{
    m_theme = theme;
    QApplication::setPalette(m_theme.palette());
    const QWidgetList widgets = QApplication::allWidgets();
    for (QWidget *widget : widgets) {
        QEvent change(QEvent::StyleChange);
        QApplication::sendEvent(widget, &change);
        widget->update();
    }
    emit themeChanged();
}

void FlagbridgeStyle::polish(QWidget *widget)
{
    QProxyStyle::polish(widget);
    if (qobject_cast<QAbstractButton *>(widget) || qobject_cast<QComboBox *>(widget)
        || qobject_cast<QTabBar *>(widget) || qobject_cast<QScrollBar *>(widget)
        || qobject_cast<QLineEdit *>(widget))
        widget->setAttribute(Qt::WA_Hover);
    if (qobject_cast<QComboBox *>(widget) || qobject_cast<QAbstractSpinBox *>(widget))
        WheelGuard::giveTo(widget);
    auto *area = qobject_cast<QAbstractScrollArea *>(widget);
    if (area && area->frameShape() == QFrame::NoFrame && (area->focusPolicy() & Qt::TabFocus)
        && area->window()->windowType() != Qt::Popup && !area->property("fbDrawsFocus").toBool())
        FocusEdge::giveTo(area);
}

void FlagbridgeStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                                    const QWidget *widget) const
{
    switch (element) {
    case PE_PanelButtonCommand:
        drawButton(option, painter, widget);
        return;
    case PE_PanelLineEdit:
        if (const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
            frame && frame->lineWidth > 0)
            drawField(option, painter, widget);
        return;
    case PE_FrameLineEdit:
        drawField(option, painter, widget);
        return;
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck:
        drawCheckBox(option, painter);
        return;
    case PE_IndicatorRadioButton:
        drawRadioButton(option, painter);
        return;
    case PE_FrameFocusRect: // each control draws its own ring
    case PE_FrameStatusBarItem:
    case PE_PanelStatusBar:
    case PE_FrameTabBarBase:
    case PE_IndicatorTabTear:
        return;
    case PE_Frame:
        if (qobject_cast<const QAbstractScrollArea *>(widget)) {
            if (widget->property("fbField").toBool())
                drawField(option, painter, widget);
            else
                drawOutline(painter, option->rect, 0, m_theme.color(Token::Border), Qt::transparent);
        }
        return;
    case PE_FrameMenu:
        return;
    case PE_PanelMenu:
    case PE_PanelTipLabel:
        drawOutline(painter, option->rect, 0, m_theme.color(Token::BorderStrong),
                    m_theme.color(Token::Raised));
        return;
    case PE_PanelItemViewRow:
        return; // delegates paint whole rows
    case PE_PanelItemViewItem:
        if (option->state & (State_Selected | State_MouseOver))
            painter->fillRect(
                option->rect,
                m_theme.color(option->state & State_Selected ? Token::Selection : Token::Hover));
        return;
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void FlagbridgeStyle::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                                  const QWidget *widget) const
{
    switch (element) {
    case CE_PushButtonBevel:
        drawButton(option, painter, widget);
        return;
    case CE_PushButtonLabel:
        drawButtonLabel(option, painter);
        return;
    case CE_TabBarTabShape:
        return;
    case CE_TabBarTabLabel:
        drawTab(option, painter);
        return;
    case CE_MenuItem:
        drawMenuItem(option, painter);
        return;
    case CE_MenuEmptyArea:
    case CE_MenuBarEmptyArea:
    case CE_ShapedFrame:
        if (element == CE_ShapedFrame)
            QProxyStyle::drawControl(element, option, painter, widget);
        return;
    case CE_ProgressBar: {
        const auto *bar = qstyleoption_cast<const QStyleOptionProgressBar *>(option);
        if (!bar)
            return;
        const double radius = bar->rect.height() / 2.0;
        drawOutline(painter, bar->rect, radius, Qt::transparent, m_theme.color(Token::Border));
        const int span = qMax(1, bar->maximum - bar->minimum);
        QRect filled = bar->rect;
        filled.setWidth(static_cast<int>(qint64(filled.width()) * (bar->progress - bar->minimum) / span));
        if (filled.width() >= filled.height()) // a shorter one would not be round
            drawOutline(painter, QStyle::visualRect(bar->direction, bar->rect, filled), radius,
                        Qt::transparent, m_theme.color(Token::Accent));
        return;
    }
    case CE_Splitter: {
        painter->save();
        const bool vertical = option->state & State_Horizontal; // between panes side by side
        const QRect r = option->rect;
        painter->fillRect(vertical ? QRect(r.center().x(), r.top(), 1, r.height())
                                   : QRect(r.left(), r.center().y(), r.width(), 1),
                          m_theme.color(Token::Border));
        painter->restore();
        return;
    }
    default:
        QProxyStyle::drawControl(element, option, painter, widget);
    }
}

void FlagbridgeStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option,
                                         QPainter *painter, const QWidget *widget) const
{
    switch (control) {
    case CC_ToolButton:
        drawToolButton(option, painter, widget);
        return;
    case CC_ComboBox:
        drawComboBox(option, painter, widget);
        return;
    case CC_SpinBox:
        drawSpinBox(option, painter, widget);
        return;
    case CC_ScrollBar:
        drawScrollBar(option, painter);
        return;
    default:
        QProxyStyle::drawComplexControl(control, option, painter, widget);
    }
}

QRect FlagbridgeStyle::subControlRect(ComplexControl control, const QStyleOptionComplex *option,
                                      SubControl sub, const QWidget *widget) const
{
    if (control == CC_ScrollBar) { // no arrows: the groove is the whole bar
        if (sub == SC_ScrollBarAddLine || sub == SC_ScrollBarSubLine)
            return {};
        if (const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option)) {
            const QRect r = bar->rect;
            const bool flat = bar->orientation == Qt::Horizontal;
            const int length = flat ? r.width() : r.height();
            const qint64 range = qint64(bar->maximum) - bar->minimum;
            const int slider = range <= 0 || bar->pageStep <= 0
                ? length
                : qMax(28, static_cast<int>(qint64(length) * bar->pageStep / (range + bar->pageStep)));
            const int start = sliderPositionFromValue(bar->minimum, bar->maximum, bar->sliderPosition,
                                                      length - slider, bar->upsideDown);
            const auto part = [&](int from, int size) {
                return flat ? QRect(r.left() + from, r.top(), size, r.height())
                            : QRect(r.left(), r.top() + from, r.width(), size);
            };
            switch (sub) {
            case SC_ScrollBarGroove:
                return r;
            case SC_ScrollBarSlider:
                return part(start, slider);
            case SC_ScrollBarSubPage:
                return part(0, start);
            case SC_ScrollBarAddPage:
                return part(start + slider, length - start - slider);
            default:
                break;
            }
        }
    }
    if (control == CC_ComboBox && sub == SC_ComboBoxEditField) {
        const int pad = m_theme.metrics().cellPadding();
        return option->rect.adjusted(pad - 2, 1, -pad - Metrics::kIcon, -1);
    }
    if (control == CC_ComboBox && sub == SC_ComboBoxArrow) {
        const int width = Metrics::kIcon + m_theme.metrics().step(2);
        return QRect(option->rect.right() - width, option->rect.top(), width, option->rect.height());
    }
    if (control == CC_SpinBox && sub == SC_SpinBoxEditField) {
        const int pad = m_theme.metrics().step(1);
        return option->rect.adjusted(pad, 1, -m_theme.metrics().step(5), -1);
    }
    if (control == CC_SpinBox && (sub == SC_SpinBoxUp || sub == SC_SpinBoxDown)) {
        const int width = m_theme.metrics().step(5);
        const QRect r = option->rect;
        const int half = r.height() / 2;
        return sub == SC_SpinBoxUp ? QRect(r.right() - width, r.top() + 1, width, half - 1)
                                   : QRect(r.right() - width, r.top() + half, width, half - 1);
    }
    return QProxyStyle::subControlRect(control, option, sub, widget);
}

QRect FlagbridgeStyle::subElementRect(SubElement element, const QStyleOption *option,
                                      const QWidget *widget) const
{
    if (element == SE_LineEditContents) {
        const int pad = m_theme.metrics().cellPadding() - 2; // the field adds 2 of its own
        if (const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
            frame && frame->lineWidth > 0)
            return option->rect.adjusted(pad, 1, -pad, -1);
        return option->rect;
    }
    return QProxyStyle::subElementRect(element, option, widget);
}

QSize FlagbridgeStyle::sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &contents,
                                        const QWidget *widget) const
{
    const Metrics &m = m_theme.metrics();
    switch (type) {
    case CT_PushButton:
        if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option)) {
            int width = button->fontMetrics.size(Qt::TextShowMnemonic, button->text).width() + 2 * m.step(3);
            if (!button->icon.isNull())
                width += Metrics::kIcon + (button->text.isEmpty() ? 0 : m.step(2));
            if (button->features & QStyleOptionButton::HasMenu)
                width += Metrics::kIcon + m.step(1);
            if (buttonKind(widget) == ButtonKind::Link || buttonKind(widget) == ButtonKind::Crumb)
                return {width - 2 * m.step(3), m.line() + 2};
            return {width, m.row()};
        }
        break;
    case CT_ToolButton: {
        const auto *button = qstyleoption_cast<const QStyleOptionToolButton *>(option);
        if (button && button->toolButtonStyle == Qt::ToolButtonTextBesideIcon)
            return {contents.width() + m.step(5), m.row()};
        return {m.row(), m.row()};
    }
    case CT_LineEdit:
        if (const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
            frame && frame->lineWidth > 0)
            return {contents.width() + 2 * m.cellPadding(), m.fieldHeight()};
        return contents;
    case CT_ComboBox:
        return {contents.width() + 2 * m.cellPadding() + Metrics::kIcon + m.step(1), m.fieldHeight()};
    case CT_SpinBox:
        return {contents.width() + m.step(5) + m.step(2), m.fieldHeight()};
    case CT_TabBarTab:
        return {contents.width() + m.step(1), m.tabStrip()};
    case CT_MenuItem:
        if (const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option)) {
            if (item->menuItemType == QStyleOptionMenuItem::Separator)
                return {contents.width(), m.step(2) + 1};
            return {contents.width() + m.step(14), m.row()};
        }
        break;
    case CT_CheckBox:
    case CT_RadioButton: {
        QSize size = QProxyStyle::sizeFromContents(type, option, contents, widget);
        return {size.width() + m.step(1), qMax(size.height(), m.compactRow())};
    }
    default:
        break;
    }
    return QProxyStyle::sizeFromContents(type, option, contents, widget);
}

int FlagbridgeStyle::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    const Metrics &m = m_theme.metrics();
    switch (metric) {
    case PM_ButtonMargin:
        return m.step(6);
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
    case PM_TabBarTabShiftVertical:
    case PM_TabBarTabShiftHorizontal:
    case PM_TabBarTabOverlap:
    case PM_MenuDesktopFrameWidth:
    case PM_ScrollView_ScrollBarSpacing:
        return 0;
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
        return 15;
    case PM_CheckBoxLabelSpacing:
    case PM_RadioButtonLabelSpacing:
    case PM_LayoutHorizontalSpacing:
        return m.toolGap();
    case PM_LayoutVerticalSpacing:
        return m.step(2);
    case PM_DefaultFrameWidth:
    case PM_MenuPanelWidth:
    case PM_ToolTipLabelFrameWidth:
        return 1;
    case PM_MenuVMargin:
        return m.step(1);
    case PM_MenuHMargin:
        return 0;
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
    case PM_ToolBarIconSize:
        return Metrics::kIcon;
    case PM_ScrollBarExtent:
        return 10;
    case PM_ScrollBarSliderMin:
        return 28;
    case PM_SplitterWidth:
        return 1;
    case PM_TabBarScrollButtonWidth:
        return m.step(6);
    case PM_TabBarTabHSpace:
        return m.step(5);
    case PM_TabBarTabVSpace:
        return m.step(2);
    case PM_FocusFrameHMargin: // beside the text of a list's row
        return m.step(2);
    case PM_MenuButtonIndicator:
        return Metrics::kIcon;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int FlagbridgeStyle::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                               QStyleHintReturn *data) const
{
    switch (hint) {
    case SH_EtchDisabledText:
    case SH_DialogButtonBox_ButtonsHaveIcons:
    case SH_ComboBox_Popup:
    case SH_UnderlineShortcut:
    case SH_Menu_FlashTriggeredItem:
    case SH_Widget_Animation_Duration:
        return 0;
    case SH_TabBar_Alignment:
        return Qt::AlignLeft;
    case SH_Widget_Animate:
        return m_reducedMotion ? 0 : 1;
    case SH_ItemView_ShowDecorationSelected:
    case SH_Menu_MouseTracking:
    case SH_ScrollBar_LeftClickAbsolutePosition:
        return hint != SH_ScrollBar_LeftClickAbsolutePosition;
    case SH_Table_GridLineColor:
        return static_cast<int>(m_theme.color(Token::RowLine).rgb());
    case SH_ToolTip_WakeUpDelay:
        return 500;
    default:
        return QProxyStyle::styleHint(hint, option, widget, data);
    }
}

void setButtonKind(QAbstractButton *button, ButtonKind kind)
{
    button->setProperty("fbButtonKind", static_cast<int>(kind));
    button->update();
}

ButtonKind buttonKind(const QWidget *widget)
{
    return widget ? static_cast<ButtonKind>(widget->property("fbButtonKind").toInt()) : ButtonKind::Normal;
}

void drawOutline(QPainter *painter, const QRectF &rect, qreal radius, const QColor &line, const QColor &fill)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const qreal pixel = 1 / painter->device()->devicePixelRatioF();
    painter->setPen(line.alpha() ? QPen(line, pixel) : QPen(Qt::NoPen));
    painter->setBrush(fill);
    painter->drawRoundedRect(rect.adjusted(pixel / 2, pixel / 2, -pixel / 2, -pixel / 2), radius, radius);
    painter->restore();
}

void drawFocusRing(QPainter *painter, const Theme &theme, const QRectF &rect, qreal radius)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(Qt::NoBrush);
    const qreal width = theme.isHighContrast() ? 3 : 2;
    painter->setPen(QPen(theme.color(Token::Focus), width));
    painter->drawRoundedRect(rect.adjusted(width / 2, width / 2, -width / 2, -width / 2), radius, radius);
    painter->restore();
}

}
