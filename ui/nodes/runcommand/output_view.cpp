#include "ui/nodes/runcommand/output_view.h"

#include "ui/theme/theme.h"

#include <QPainter>
#include <QScrollBar>
#include <QTextBlock>

namespace fb {

namespace {

    Token fillOf(DiffLine::Kind kind)
    {
        switch (kind) {
        case DiffLine::Kind::Changed:
            return Token::Changed;
        case DiffLine::Kind::Added:
            return Token::DiffAdd;
        case DiffLine::Kind::Removed:
            return Token::DiffDel;
        case DiffLine::Kind::Same:
            break;
        }
        return Token::Base;
    }

    QString signOf(DiffLine::Kind kind)
    {
        switch (kind) {
        case DiffLine::Kind::Changed:
            return QStringLiteral("~");
        case DiffLine::Kind::Added:
            return QStringLiteral("+");
        case DiffLine::Kind::Removed:
            return QStringLiteral("-");
        case DiffLine::Kind::Same:
            break;
        }
        return {};
    }
}

class OutputView::Gutter final : public QWidget
{
public:
    explicit Gutter(OutputView *view) : QWidget(view), m_view(view) { }

protected:
    void paintEvent(QPaintEvent *event) override { m_view->paintGutter(event); }

private:
    OutputView *m_view;
};

OutputView::OutputView(const QString &objectName, QWidget *parent)
    : QPlainTextEdit(parent),
      m_gutter(new Gutter(this))
{
    setObjectName(objectName);
    setReadOnly(true);
    setUndoRedoEnabled(false);
    setFrameShape(QFrame::NoFrame);
    setWordWrapMode(QTextOption::WrapAnywhere);
    setLineWrapMode(QPlainTextEdit::NoWrap);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    document()->setDocumentMargin(themeOf(this).metrics().step(2));
    connect(this, &QPlainTextEdit::blockCountChanged, this,
            [this] { setViewportMargins(gutterWidth(), 0, 0, 0); });
    connect(this, &QPlainTextEdit::updateRequest, m_gutter, qOverload<>(&QWidget::update));
    restyle();
}

int OutputView::gutterWidth() const
{
    if (!m_nothing.isEmpty())
        return 0;
    const Metrics &m = themeOf(this).metrics();
    const int digits = digitsOfNumbers();
    const int figures = m_diff.isEmpty() ? digits : 2 * digits + 1 + 2; // old, new and the sign
    return m.step(4) + fontMetrics().horizontalAdvance(u'0') * figures + m.step(1);
}

int OutputView::digitsOfNumbers() const
{
    return static_cast<int>(QString::number(qMax(10, blockCount())).size());
}

void OutputView::insert(const QString &text, RunStream stream)
{
    const Theme &theme = themeOf(this);
    QTextCharFormat format;
    format.setForeground(stream == RunStream::Err ? theme.toneText(Tone::Failed) : theme.color(Token::Text));
    QTextCursor cursor(document());
    cursor.movePosition(QTextCursor::End);
    cursor.insertText(text, format);
}

void OutputView::showParts(const QList<OutputPart> &parts)
{
    m_diff.clear();
    m_nothing.clear();
    m_parts = parts;
    restyle();
}

void OutputView::append(RunStream stream, const QString &text)
{
    if (!m_diff.isEmpty() || !m_nothing.isEmpty()) {
        m_diff.clear();
        m_nothing.clear();
        QPlainTextEdit::clear();
    }
    if (!m_parts.isEmpty() && m_parts.last().stream == stream)
        m_parts.last().text += text;
    else
        m_parts.append({stream, text});
    QScrollBar *bar = verticalScrollBar();
    const bool atEnd = bar->value() >= bar->maximum() - 1;
    insert(text, stream);
    if (atEnd)
        bar->setValue(bar->maximum());
}

void OutputView::showDiff(const QList<DiffLine> &lines)
{
    m_diff = lines;
    m_parts.clear();
    m_nothing.clear();
    restyle();
}

void OutputView::showNothing(const QString &why)
{
    m_diff.clear();
    m_parts.clear();
    m_nothing = why;
    restyle();
}

void OutputView::restyle()
{
    const Theme &theme = themeOf(this);
    setFont(theme.font(TextRole::Code));
    const int at = verticalScrollBar()->value();
    QPlainTextEdit::clear();
    QPalette clear = theme.palette();
    clear.setColor(QPalette::Base, Qt::transparent); // paintEvent fills
    setPalette(clear);
    QList<QTextEdit::ExtraSelection> marks;
    if (!m_nothing.isEmpty()) {
        QTextCharFormat quiet;
        quiet.setForeground(theme.color(Token::Text3));
        quiet.setFont(theme.font(TextRole::Body));
        QTextCursor(document()).insertText(m_nothing, quiet);
    }
    for (const OutputPart &part : std::as_const(m_parts))
        insert(part.text, part.stream);
    for (qsizetype i = 0; i < m_diff.size(); ++i) {
        const DiffLine &line = m_diff[i];
        insert(line.text + (i + 1 < m_diff.size() ? QStringLiteral("\n") : QString()), RunStream::Out);
        const QTextCursor start(document()->findBlockByNumber(static_cast<int>(i)));
        if (line.kind == DiffLine::Kind::Changed && line.changedLength > 0) {
            QTextEdit::ExtraSelection words;
            words.cursor = start;
            words.cursor.setPosition(start.position() + line.changedFrom);
            words.cursor.setPosition(start.position() + line.changedFrom + line.changedLength,
                                     QTextCursor::KeepAnchor);
            words.format.setForeground(theme.toneText(Tone::Failed));
            words.format.setFontWeight(QFont::DemiBold);
            marks << words;
        }
    }
    setExtraSelections(marks);
    setViewportMargins(gutterWidth(), 0, 0, 0);
    verticalScrollBar()->setValue(at);
    m_gutter->update();
}

void OutputView::paintGutter(QPaintEvent *event)
{
    const Theme &theme = themeOf(this);
    const Metrics &m = theme.metrics();
    QPainter painter(m_gutter);
    painter.fillRect(event->rect(), theme.color(Token::Base));
    if (!m_nothing.isEmpty())
        return;
    painter.setFont(font());
    const int digit = fontMetrics().horizontalAdvance(u'0');
    const int numbers = m_gutter->width() - m.step(2) - (m_diff.isEmpty() ? 0 : 2 * digit);
    const int oldNumbers = numbers - digit * (digitsOfNumbers() + 1); // of a difference, the base's
    for (QTextBlock block = firstVisibleBlock(); block.isValid(); block = block.next()) {
        const QRectF place = blockBoundingGeometry(block).translated(contentOffset());
        if (place.top() > event->rect().bottom())
            break;
        if (block.text().isEmpty() && block.blockNumber() + 1 == blockCount())
            break; // after the last line's end
        const QRect line(0, qRound(place.top()), m_gutter->width(), fontMetrics().height());
        int number = block.blockNumber() + 1;
        int oldNumber = 0;
        if (!m_diff.isEmpty() && block.blockNumber() < m_diff.size()) {
            const DiffLine &diff = m_diff[block.blockNumber()];
            number = diff.number;
            oldNumber = diff.oldNumber;
            painter.fillRect(QRect(0, line.top(), line.width(), lineHeightOf(block)),
                             theme.color(fillOf(diff.kind)));
            painter.setPen(theme.color(Token::Text2));
            painter.drawText(QRect(numbers + m.step(1), line.top(), 2 * digit, line.height()), Qt::AlignLeft,
                             signOf(diff.kind));
        }
        painter.setPen(theme.color(Token::Text3));
        if (number > 0)
            painter.drawText(QRect(0, line.top(), numbers, line.height()), Qt::AlignRight,
                             QString::number(number));
        if (oldNumber > 0)
            painter.drawText(QRect(0, line.top(), oldNumbers, line.height()), Qt::AlignRight,
                             QString::number(oldNumber));
    }
}

void OutputView::paintEvent(QPaintEvent *event)
{
    const Theme &theme = themeOf(this);
    QPainter painter(viewport());
    painter.fillRect(event->rect(), theme.color(Token::Base));
    for (QTextBlock block = firstVisibleBlock(); block.isValid() && block.blockNumber() < m_diff.size();
         block = block.next()) {
        const QRectF place = blockBoundingGeometry(block).translated(contentOffset());
        if (place.top() > event->rect().bottom())
            break;
        painter.fillRect(QRect(0, qRound(place.top()), viewport()->width(), lineHeightOf(block)),
                         theme.color(fillOf(m_diff[block.blockNumber()].kind)));
    }
    painter.end();
    QPlainTextEdit::paintEvent(event);
}

// The last block's rectangle holds the document's margin too.
int OutputView::lineHeightOf(const QTextBlock &block) const
{
    return qRound(blockBoundingRect(block).height())
        - (block.next().isValid() ? 0 : qRound(document()->documentMargin()));
}

void OutputView::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    m_gutter->setGeometry(QRect(contentsRect().topLeft(), QSize(gutterWidth(), contentsRect().height())));
}

void OutputView::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        restyle();
}

}
