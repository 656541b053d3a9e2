#include "ui/text/numbered_text.h"

#include "models/table/plain_tool_tip.h"
#include "ui/theme/theme.h"

#include <QHelpEvent>
#include <QPainter>
#include <QTextBlock>
#include <QToolTip>

namespace fb {

class NumberedText::Gutter final : public QWidget
{
public:
    explicit Gutter(NumberedText *text) : QWidget(text), m_text(text) { }

protected:
    void paintEvent(QPaintEvent *event) override { m_text->paintGutter(event); }

private:
    NumberedText *m_text;
};

NumberedText::NumberedText(const QString &objectName, QWidget *parent)
    : QPlainTextEdit(parent),
      m_gutter(new Gutter(this))
{
    setObjectName(objectName);
    setFrameShape(QFrame::NoFrame);
    setLineWrapMode(QPlainTextEdit::NoWrap);
    setWordWrapMode(QTextOption::WrapAnywhere);
    document()->setDocumentMargin(themeOf(this).metrics().step(2));
    connect(this, &QPlainTextEdit::blockCountChanged, this,
            [this] { setViewportMargins(gutterWidth(), 0, 0, 0); });
    connect(this, &QPlainTextEdit::updateRequest, m_gutter, qOverload<>(&QWidget::update));
    restyle();
}

int NumberedText::gutterWidth() const
{
    const Metrics &m = themeOf(this).metrics();
    qsizetype digits = QString::number(qMax(10, blockCount())).size();
    for (const QString &label : m_numbers)
        digits = qMax(digits, label.size());
    return m.step(5) + fontMetrics().horizontalAdvance(u'0') * static_cast<int>(digits) + m.step(1);
}

void NumberedText::restyle()
{
    const Theme &theme = themeOf(this);
    setFont(theme.font(TextRole::Code));
    setTabStopDistance(fontMetrics().horizontalAdvance(u' ') * 4);
    setViewportMargins(gutterWidth(), 0, 0, 0);
    m_gutter->update();
}

void NumberedText::setMarks(const QHash<int, QString> &messages)
{
    m_marks = messages;
    m_gutter->update();
}

void NumberedText::setNumbers(const QStringList &labels)
{
    m_numbers = labels;
    setViewportMargins(gutterWidth(), 0, 0, 0);
    m_gutter->update();
}

void NumberedText::goToLine(int line, int column)
{
    showLine(line, column);
    setFocus(Qt::OtherFocusReason);
}

void NumberedText::showLine(int line, int column)
{
    const QTextBlock block = document()->findBlockByNumber(qBound(1, line, blockCount()) - 1);
    QTextCursor cursor(block);
    cursor.movePosition(QTextCursor::Right, QTextCursor::MoveAnchor,
                        qBound(0, column - 1, block.length() - 1));
    setTextCursor(cursor);
    centerCursor();
}

QString NumberedText::exactText() const
{
    return document()->toRawText().replace(QChar::ParagraphSeparator, u'\n');
}

bool NumberedText::find(const QString &words, bool backward)
{
    if (words.isEmpty())
        return false;
    const auto flags = backward ? QTextDocument::FindBackward : QTextDocument::FindFlags();
    if (QPlainTextEdit::find(words, flags))
        return true;
    const QTextCursor before = textCursor();
    moveCursor(backward ? QTextCursor::End : QTextCursor::Start);
    if (QPlainTextEdit::find(words, flags))
        return true;
    setTextCursor(before);
    return false;
}

int NumberedText::count(const QString &words) const
{
    constexpr int kMost = 10'000;
    int found = 0;
    QTextCursor at(document());
    while (!words.isEmpty() && found < kMost && !(at = document()->find(words, at)).isNull())
        ++found;
    return found;
}

void NumberedText::paintGutter(QPaintEvent *event)
{
    const Theme &theme = themeOf(this);
    const Metrics &m = theme.metrics();
    QPainter painter(m_gutter);
    painter.fillRect(event->rect(), theme.color(isReadOnly() ? Token::Base : Token::Sunken));
    painter.setFont(font());
    const int right = m_gutter->width() - m.step(2);
    for (QTextBlock block = firstVisibleBlock(); block.isValid(); block = block.next()) {
        const QRectF place = blockBoundingGeometry(block).translated(contentOffset());
        if (place.top() > event->rect().bottom())
            break;
        const int line = block.blockNumber() + 1;
        const int top = qRound(place.top());
        if (m_marks.contains(line))
            painter.drawPixmap(m.step(1), top + (fontMetrics().height() - Metrics::kSmallIcon) / 2,
                               theme.pixmap(Icon::FieldError, theme.toneText(Tone::Failed),
                                            Metrics::kSmallIcon, devicePixelRatioF(), Stroke::Status));
        painter.setPen(m_marks.contains(line) ? theme.toneText(Tone::Failed) : theme.color(Token::Text3));
        painter.drawText(QRect(0, top, right, fontMetrics().height()), Qt::AlignRight,
                         m_numbers.isEmpty() ? QString::number(line) : m_numbers.value(line - 1));
    }
}

bool NumberedText::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const QTextBlock block = cursorForPosition(viewport()->mapFrom(this, help->pos())).block();
        const QString message = m_marks.value(block.blockNumber() + 1);
        if (message.isEmpty())
            return QPlainTextEdit::event(event);
        QToolTip::showText(help->globalPos(), plainToolTip(message), this);
        return true;
    }
    return QPlainTextEdit::event(event);
}

void NumberedText::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    m_gutter->setGeometry(QRect(contentsRect().topLeft(), QSize(gutterWidth(), contentsRect().height())));
}

void NumberedText::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        restyle();
}

}
