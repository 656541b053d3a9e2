#include "ui/widgets/chip.h"

#include "ui/theme/flagbridge_style.h"
#include "ui/widgets/state_look.h"

#include <QPainter>

namespace fb {

Chip::Chip(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    hide();
}

void Chip::setState(StateKind kind, const QString &word)
{
    m_kind = kind;
    m_word = word;
    setAccessibleName(word);
    setVisible(!word.isEmpty());
    updateGeometry();
    update();
}

QSize Chip::sizeHint() const
{
    const Theme &theme = themeOf(this);
    const int text = QFontMetrics(theme.font(TextRole::SmallMedium)).horizontalAdvance(m_word);
    return {textLeft() + text + theme.metrics().step(2), theme.metrics().chip()};
}

int Chip::textLeft() const
{
    const Metrics &m = themeOf(this).metrics();
    return lookOf(m_kind).icon == Icon::None ? m.step(2) : m.step(1.5) + Metrics::kChipIcon + m.step(1.5);
}

void Chip::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeOf(this);
    const StateLook look = lookOf(m_kind);
    const Metrics &m = theme.metrics();
    QPainter painter(this);
    drawOutline(&painter, rect(), Metrics::kChipRadius,
                theme.isHighContrast() ? theme.toneText(look.tone) : QColor(Qt::transparent),
                theme.toneSoft(look.tone));
    if (look.icon != Icon::None)
        painter.drawPixmap(m.step(1.5), (height() - Metrics::kChipIcon) / 2,
                           theme.pixmap(look.icon, theme.toneText(look.tone), Metrics::kChipIcon,
                                        devicePixelRatioF(), Stroke::Status));
    painter.setFont(theme.font(TextRole::SmallMedium));
    painter.setPen(theme.toneText(look.tone));
    painter.drawText(rect().adjusted(textLeft(), 0, 0, 0), Qt::AlignVCenter, m_word);
}

}
