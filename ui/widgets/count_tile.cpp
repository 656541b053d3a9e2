#include "ui/widgets/count_tile.h"

#include "ui/theme/flagbridge_style.h"
#include "ui/widgets/state_look.h"

#include <QLocale>
#include <QPainter>

namespace fb {

CountTile::CountTile(const QString &objectName, StateKind kind, const QString &word, QWidget *parent)
    : QAbstractButton(parent),
      m_kind(kind)
{
    setObjectName(objectName);
    setText(word);
    setCheckable(true);
    setAttribute(Qt::WA_Hover);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setCount(0);
}

void CountTile::setCount(int count)
{
    m_count = count;
    setAccessibleName(QStringLiteral("%1 %2").arg(count).arg(text()));
    update();
}

QSize CountTile::sizeHint() const
{
    const Theme &theme = themeOf(this);
    const Metrics &m = theme.metrics();
    return {Metrics::kIcon + m.step(13) + QFontMetrics(theme.font(TextRole::Body)).horizontalAdvance(text()),
            m.topBar()};
}

void CountTile::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeOf(this);
    const Metrics &m = theme.metrics();
    QPainter painter(this);
    const bool hot = underMouse() && isEnabled();
    drawOutline(&painter, rect(), Metrics::kCardRadius,
                theme.color(isChecked() ? Token::Accent : Token::Border),
                theme.color(isChecked() ? Token::AccentSoft
                                : hot   ? Token::Hover
                                        : Token::Raised));
    if (hasFocus())
        drawFocusRing(&painter, theme, rect(), Metrics::kCardRadius);
    QRect r = rect().adjusted(m.step(3), 0, -m.step(2), 0);
    const StateLook look = lookOf(m_kind);
    const QColor tint = m_count > 0 ? theme.toneText(look.tone) : theme.color(Token::Text3);
    painter.drawPixmap(r.left(), (height() - Metrics::kIcon) / 2,
                       theme.pixmap(look.icon, tint, Metrics::kIcon, devicePixelRatioF(), Stroke::Status));
    r.setLeft(r.left() + Metrics::kIcon + m.step(2.5));
    const QString count = QLocale().toString(m_count);
    painter.setPen(theme.color(m_count > 0 ? Token::Text : Token::Text2));
    theme.texts().drawNumber(&painter, r, TextRole::BigNumber, count, Qt::AlignLeft);
    r.setLeft(r.left() + theme.texts().numberWidth(TextRole::BigNumber, count) + m.step(2));
    painter.setPen(theme.color(Token::Text2));
    theme.texts().draw(&painter, r, TextRole::Body, text(), Qt::AlignLeft, Qt::ElideRight);
}

}
