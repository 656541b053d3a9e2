#include "ui/welcome/choice_card.h"

#include "ui/theme/flagbridge_style.h"

#include <QKeyEvent>
#include <QPainter>

namespace fb {

ChoiceCard::ChoiceCard(const QString &objectName, Icon icon, const QString &title, const QString &sentence,
                       QWidget *parent)
    : QAbstractButton(parent),
      m_icon(icon),
      m_sentence(sentence)
{
    setObjectName(objectName);
    setText(title);
    setAccessibleName(title);
    setAccessibleDescription(sentence);
    setAttribute(Qt::WA_Hover);
    setFocusPolicy(Qt::StrongFocus);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

// Of the sentence, below the title and beside the icon.
QRect ChoiceCard::sentenceRect(int width) const
{
    const Theme &theme = themeOf(this);
    const Metrics &m = theme.metrics();
    const int left = m.step(5) + Metrics::kLargeIcon + m.step(4);
    const int top = m.step(4) + m.line() + m.step(1);
    const QRect space(left, top, width - left - m.step(11), m.lines(10));
    return QFontMetrics(theme.font(TextRole::Body)).boundingRect(space, Qt::TextWordWrap, m_sentence);
}

int ChoiceCard::heightForWidth(int width) const
{
    return sentenceRect(width).bottom() + 1 + themeOf(this).metrics().step(4);
}

QSize ChoiceCard::sizeHint() const
{
    const int width = themeOf(this).metrics().lines(30);
    return {width, heightForWidth(width)};
}

void ChoiceCard::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeOf(this);
    const Metrics &m = theme.metrics();
    QPainter painter(this);
    drawOutline(&painter, rect(), Metrics::kCardRadius, theme.color(Token::BorderStrong),
                theme.color(underMouse() && isEnabled() ? Token::SelectionIdle : Token::Raised));
    if (hasFocus())
        drawFocusRing(&painter, theme, rect(), Metrics::kCardRadius);
    painter.drawPixmap(m.step(5), (height() - Metrics::kLargeIcon) / 2,
                       theme.pixmap(m_icon, theme.color(Token::AccentText), Metrics::kLargeIcon,
                                    devicePixelRatioF(), Stroke::Chrome));
    painter.drawPixmap(width() - m.step(5) - Metrics::kIcon, (height() - Metrics::kIcon) / 2,
                       theme.pixmap(Icon::CrumbSeparator, theme.color(Token::Text2), Metrics::kIcon,
                                    devicePixelRatioF(), Stroke::Chrome));
    const QRect words = sentenceRect(width());
    painter.setFont(theme.font(TextRole::SectionHeading));
    painter.setPen(theme.color(Token::Text));
    painter.drawText(QRect(words.left(), m.step(4), width() - words.left() - m.step(11), m.line()),
                     Qt::AlignVCenter | Qt::TextSingleLine, text());
    painter.setFont(theme.font(TextRole::Body));
    painter.setPen(theme.color(Token::Text2));
    painter.drawText(words.adjusted(0, 0, m.step(1), 0), Qt::TextWordWrap, m_sentence);
}

void ChoiceCard::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        return click();
    QAbstractButton::keyPressEvent(event);
}

}
