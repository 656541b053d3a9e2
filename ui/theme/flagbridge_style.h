#pragma once
// Paints every standard control in the look of look.md 6 and 8, over Fusion. Owns the current Theme; switchable live. Ui thread.
// Buttons choose their kind with setButtonKind(); everything else needs nothing from the page.

#include "ui/theme/theme.h"

#include <QProxyStyle>

class QAbstractButton;

namespace fb {

enum class ButtonKind { Normal, Primary, Plain, Danger, Link, Crumb };

class FlagbridgeStyle : public QProxyStyle
{
    Q_OBJECT
public:
    explicit FlagbridgeStyle(const Theme &theme);

    const Theme &theme() const { return m_theme; }
    // New palette, new icon cache, one StyleChange to every widget.
    void setTheme(const Theme &theme);
    // Nothing slides, fades or flashes; widgets ask for SH_Widget_Animate.
    void setReducedMotion(bool reduced) { m_reducedMotion = reduced; }

    // Makes `style` the application's, with its font and palette.
    static FlagbridgeStyle *install(Scheme scheme, int fontPixels = 0);

    void polish(QWidget *widget) override;
    using QProxyStyle::polish;
    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget) const override;
    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                     const QWidget *widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                            const QWidget *widget) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl sub,
                         const QWidget *widget) const override;
    QRect subElementRect(SubElement element, const QStyleOption *option,
                         const QWidget *widget) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &contents,
                           const QWidget *widget) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const override;
    int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                  QStyleHintReturn *data) const override;

signals:
    void themeChanged();

private:
    void drawButton(const QStyleOption *option, QPainter *painter,
                    const QWidget *widget) const; // style_buttons.cpp
    void drawButtonLabel(const QStyleOption *option, QPainter *painter) const;
    void drawToolButton(const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const;
    void drawCheckBox(const QStyleOption *option, QPainter *painter) const; // style_fields.cpp
    void drawRadioButton(const QStyleOption *option, QPainter *painter) const;
    void drawField(const QStyleOption *option, QPainter *painter, const QWidget *widget) const;
    void drawComboBox(const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const;
    void drawSpinBox(const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const;
    void drawScrollBar(const QStyleOptionComplex *option, QPainter *painter) const;
    void drawTab(const QStyleOption *option, QPainter *painter) const; // style_menus.cpp
    void drawMenuItem(const QStyleOption *option, QPainter *painter) const;

    Theme m_theme;
    bool m_reducedMotion = false;
};

void setButtonKind(QAbstractButton *button, ButtonKind kind);
ButtonKind buttonKind(const QWidget *widget);
// 2 px ring with a 1 px gap around `rect`, for keyboard focus.
void drawFocusRing(QPainter *painter, const Theme &theme, const QRectF &rect, qreal radius);
// One device pixel wide, whatever the scale.
void drawOutline(QPainter *painter, const QRectF &rect, qreal radius, const QColor &line, const QColor &fill);

}
