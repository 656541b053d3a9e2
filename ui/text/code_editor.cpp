#include "ui/text/code_editor.h"

#include "ui/theme/theme.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QKeyEvent>
#include <QRegularExpression>
#include <QScrollBar>
#include <QStandardItemModel>
#include <QTextBlock>

namespace fb {

namespace {

    constexpr int kIndent = 2;

    // Line by line, no state: good enough to read by, and never slow.
    class Colours final : public QSyntaxHighlighter
    {
    public:
        Colours(QTextDocument *document, const QWidget *widget)
            : QSyntaxHighlighter(document),
              m_widget(widget)
        {
        }
        CodeLanguage language = CodeLanguage::Plain;

    protected:
        void highlightBlock(const QString &text) override
        {
            if (language == CodeLanguage::Plain || text.size() > kLongestLine)
                return;
            static const QRegularExpression yamlKey(
                QStringLiteral(R"(^\s*(?:-\s+)*([\w.$:/-]+)(?=:(?:\s|$)))"));
            static const QRegularExpression jsonKey(QStringLiteral(R"re("(?:[^"\\]|\\.)*"(?=\s*:))re"));
            static const QRegularExpression string(QStringLiteral(R"re("(?:[^"\\]|\\.)*"|'[^']*')re"));
            static const QRegularExpression token(QStringLiteral(R"(\{\{[^{}]*\}\})"));
            static const QRegularExpression comment(QStringLiteral(R"((?:^|\s)#.*$)"));
            static const QRegularExpression literal(
                QStringLiteral(R"((?<=[:\[,-]\s)(true|false|null|-?\d+(?:\.\d+)?)(?=\s*(?:[,\]}]|$)))"));
            const Theme &theme = themeOf(m_widget);
            paint(text, literal, theme.toneText(Tone::Waiting), 1);
            paint(text, string, theme.toneText(Tone::Success));
            if (language == CodeLanguage::Yaml) {
                paint(text, yamlKey, theme.color(Token::AccentText), 1);
                paint(text, comment, theme.color(Token::Text3));
            } else {
                paint(text, jsonKey, theme.color(Token::AccentText));
            }
            paint(text, token, theme.toneText(Tone::Quarantined));
        }

    private:
        static constexpr qsizetype kLongestLine = 4000;

        void paint(const QString &text, const QRegularExpression &pattern, const QColor &color, int group = 0)
        {
            auto match = pattern.globalMatch(text);
            while (match.hasNext()) {
                const QRegularExpressionMatch hit = match.next();
                setFormat(static_cast<int>(hit.capturedStart(group)),
                          static_cast<int>(hit.capturedLength(group)), color);
            }
        }

        const QWidget *m_widget;
    };
}

CodeEditor::CodeEditor(const QString &objectName, QWidget *parent)
    : NumberedText(objectName, parent),
      m_colours(new Colours(document(), this))
{
    setAccessibleDescription(tr("Tab indents; Esc, then Tab leaves the text"));
}

void CodeEditor::setLanguage(CodeLanguage language)
{
    static_cast<Colours *>(m_colours)->language = language;
    m_colours->rehighlight();
}

void CodeEditor::setFaults(const QList<Fault> &faults)
{
    m_faults = faults;
    QHash<int, QString> marks;
    for (const Fault &fault : faults) {
        if (!fault.isWarning && fault.line > 0 && !marks.contains(fault.line))
            marks.insert(fault.line, fault.message);
    }
    setMarks(marks);
    underline();
}

void CodeEditor::underline()
{
    QList<QTextEdit::ExtraSelection> selections;
    for (const Fault &fault : std::as_const(m_faults)) {
        const QTextBlock block = document()->findBlockByNumber(fault.line - 1);
        if (fault.line < 1 || !block.isValid())
            continue;
        QTextEdit::ExtraSelection selection;
        selection.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        selection.format.setUnderlineColor(
            themeOf(this).toneText(fault.isWarning ? Tone::Waiting : Tone::Failed));
        selection.cursor = QTextCursor(block);
        const QString text = block.text();
        int first = 0; // the line without its indentation
        while (first < text.size() && text[first].isSpace())
            ++first;
        selection.cursor.setPosition(block.position() + first);
        selection.cursor.movePosition(QTextCursor::EndOfBlock, QTextCursor::KeepAnchor);
        selections << selection;
    }
    setExtraSelections(selections);
}

void CodeEditor::indentSelection(bool deeper)
{
    QTextCursor cursor = textCursor();
    QTextBlock block = document()->findBlock(cursor.selectionStart());
    const QTextBlock last = document()->findBlock(cursor.selectionEnd());
    cursor.beginEditBlock();
    while (block.isValid() && block.blockNumber() <= last.blockNumber()) {
        QTextCursor at(block);
        if (deeper) {
            at.insertText(QString(kIndent, u' '));
        } else {
            for (int i = 0; i < kIndent && block.text().startsWith(u' '); ++i)
                at.deleteChar();
        }
        block = block.next();
    }
    cursor.endEditBlock();
}

void CodeEditor::newLine()
{
    const QString line = textCursor().block().text().left(textCursor().positionInBlock());
    int indent = 0;
    while (indent < line.size() && line[indent] == u' ')
        ++indent;
    const QString trimmed = line.trimmed();
    if (trimmed.endsWith(u':') || trimmed.endsWith(u'{') || trimmed.endsWith(u'[') || trimmed.endsWith(u'|'))
        indent += kIndent;
    textCursor().insertText(u'\n' + QString(indent, u' '));
    ensureCursorVisible();
}

// ---- Proposals

void CodeEditor::setProposals(std::function<Proposals(const QString &, qsizetype)> propose)
{
    m_propose = std::move(propose);
    m_proposals = new QStandardItemModel(this);
    m_completer = new QCompleter(m_proposals, this);
    m_completer->setWidget(this);
    m_completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    m_completer->popup()->setObjectName(QStringLiteral("editorProposals"));
    m_completer->popup()->setAccessibleName(tr("Suggestions for this place"));
    connect(m_completer, QOverload<const QModelIndex &>::of(&QCompleter::activated), this,
            &CodeEditor::takeProposal);
    setAccessibleDescription(tr("Tab indents; Esc, then Tab leaves the text; Ctrl+Space shows suggestions"));
}

void CodeEditor::showProposals()
{
    if (!m_propose || isReadOnly())
        return;
    const Proposals found = m_propose(exactText(), textCursor().position());
    m_proposals->clear();
    for (const Proposal &proposal : found.items) {
        auto *item = new QStandardItem(proposal.detail.isEmpty()
                                           ? proposal.text
                                           : QStringLiteral("%1   %2").arg(proposal.text, proposal.detail));
        item->setData(proposal.text, Qt::UserRole);
        m_proposals->appendRow(item);
    }
    if (found.items.isEmpty())
        return m_completer->popup()->hide();
    m_proposalsFrom = found.from;
    QRect place = cursorRect();
    place.translate(viewportMargins().left(), 0);
    place.setWidth(m_completer->popup()->sizeHintForColumn(0)
                   + m_completer->popup()->verticalScrollBar()->sizeHint().width());
    m_completer->complete(place);
    m_completer->popup()->setCurrentIndex(m_completer->completionModel()->index(0, 0));
}

void CodeEditor::takeProposal(const QModelIndex &index)
{
    QTextCursor cursor = textCursor();
    cursor.setPosition(static_cast<int>(m_proposalsFrom), QTextCursor::KeepAnchor);
    cursor.insertText(index.data(Qt::UserRole).toString());
    setTextCursor(cursor);
}

void CodeEditor::keyPressEvent(QKeyEvent *event)
{
    const bool isProposing = m_completer && m_completer->popup()->isVisible();
    if (isProposing
        && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_Escape
            || event->key() == Qt::Key_Tab || event->key() == Qt::Key_Backtab))
        return event->ignore(); // the list's
    if (m_completer && event->key() == Qt::Key_Space && event->modifiers() == Qt::ControlModifier)
        return showProposals();
    const int before = document()->revision();
    takeKey(event);
    if (!m_completer || document()->revision() == before)
        return;
    const QString typed = event->text();
    const bool isWord = !typed.isEmpty()
        && (typed[0].isLetterOrNumber() || typed[0] == u':' || typed[0] == u'_' || typed[0] == u'{');
    if (isWord || (isProposing && event->key() == Qt::Key_Backspace))
        showProposals();
    else if (isProposing)
        m_completer->popup()->hide();
}

void CodeEditor::takeKey(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Shift) // half of Shift+Tab
        return NumberedText::keyPressEvent(event);
    const bool leaves = std::exchange(m_leaves, false);
    switch (event->key()) {
    case Qt::Key_Escape:
        m_leaves = true; // a second one goes on, to what closes on it
        event->setAccepted(!leaves);
        return;
    case Qt::Key_Tab:
    case Qt::Key_Backtab:
        if (leaves) {
            QWidget::focusNextPrevChild(event->key() == Qt::Key_Tab); // the text edit's own refuses
            return;
        }
        if (event->key() == Qt::Key_Backtab || textCursor().hasSelection())
            indentSelection(event->key() == Qt::Key_Tab);
        else
            textCursor().insertText(QString(kIndent - textCursor().positionInBlock() % kIndent, u' '));
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (event->modifiers() == Qt::NoModifier)
            return newLine();
        break;
    default:
        break;
    }
    NumberedText::keyPressEvent(event);
}

bool CodeEditor::focusNextPrevChild(bool) { return false; } // Tab is a key of the text

void CodeEditor::changeEvent(QEvent *event)
{
    NumberedText::changeEvent(event);
    if (event->type() == QEvent::StyleChange) {
        m_colours->rehighlight();
        underline();
    }
}

}
