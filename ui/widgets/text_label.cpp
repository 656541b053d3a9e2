#include "ui/widgets/text_label.h"

#include "models/table/plain_tool_tip.h"

#include <QEvent>
#include <QPainter>
#include <QTextDocument>
#include <QTextOption>

#include <algorithm>

namespace fb {

TextLabel::TextLabel(TextRole role, Token color, QWidget *parent) : TextLabel({}, role, color, parent) { }

TextLabel::TextLabel(const QString &text, TextRole role, Token color, QWidget *parent)
    : QLabel(text, parent),
      m_role(role),
      m_token(color)
{
    setTextFormat(Qt::PlainText);
    applyTheme();
}

void TextLabel::setRole(TextRole role)
{
    m_role = role;
    applyTheme();
}

void TextLabel::setToken(Token color)
{
    m_token = color;
    m_tone = Tone::Neutral;
    applyTheme();
}

void TextLabel::setTone(Tone tone)
{
    m_tone = tone;
    applyTheme();
}

void TextLabel::setElided(Qt::TextElideMode mode)
{
    m_elide = mode;
    updateGeometry();
    update();
}

void TextLabel::setWrapsAnywhere(int leastWidth)
{
    m_leastWidth = leastWidth;
    setWordWrap(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse); // what is selectable has a document
    updateGeometry();
}

// QLabel lays its document out with breaks between words only, and anew when its text or width has changed: after that, not before.
void TextLabel::layOut() const
{
    if (m_leastWidth < 0)
        return;
    static_cast<void>(QLabel::heightForWidth(width()));
    auto *document = findChild<QTextDocument *>();
    if (!document)
        return;
    QTextOption option = document->defaultTextOption();
    if (option.wrapMode() == QTextOption::WrapAtWordBoundaryOrAnywhere)
        return;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    document->setDefaultTextOption(option);
}

int TextLabel::lineWidth() const
{
    return fontMetrics().boundingRect(QRect(), Qt::AlignLeft, text()).width() + 2 * margin() + 2;
}

QSize TextLabel::sizeHint() const
{
    if (m_leastWidth < 0)
        return QLabel::sizeHint();
    return {lineWidth(), heightForWidth(lineWidth())};
}

int TextLabel::heightForWidth(int width) const
{
    layOut();
    return QLabel::heightForWidth(width);
}

QSize TextLabel::minimumSizeHint() const
{
    if (m_leastWidth >= 0)
        return {std::min(lineWidth(), m_leastWidth), fontMetrics().height()};
    const QSize hint = QLabel::minimumSizeHint();
    return m_elide == Qt::ElideNone ? hint : QSize(fontMetrics().averageCharWidth() * 4, hint.height());
}

void TextLabel::changeEvent(QEvent *event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        applyTheme();
}

void TextLabel::paintEvent(QPaintEvent *event)
{
    layOut();
    if (m_elide == Qt::ElideNone)
        return QLabel::paintEvent(event);
    const QString shown = fontMetrics().elidedText(text(), m_elide, contentsRect().width());
    QPainter painter(this);
    painter.setPen(palette().color(foregroundRole()));
    painter.drawText(contentsRect(), static_cast<int>(alignment()) | Qt::TextSingleLine, shown);
    setToolTip(shown == text() ? QString() : plainToolTip(text()));
}

void TextLabel::applyTheme()
{
    const Theme &theme = themeOf(this);
    setFont(theme.font(m_role));
    QPalette own = theme.palette();
    const QColor color = m_tone == Tone::Neutral ? theme.color(m_token) : theme.toneText(m_tone);
    own.setColor(QPalette::WindowText, color);
    own.setColor(QPalette::Text, color);
    setPalette(own);
}

}
