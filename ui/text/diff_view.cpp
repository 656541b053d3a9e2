#include "ui/text/diff_view.h"

#include "models/table/visible_text.h"
#include "ui/theme/theme.h"

#include <QKeyEvent>
#include <QTextBlock>

#include <algorithm>

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    Token fillOf(DiffLine::Kind kind)
    {
        return kind == DiffLine::Kind::Added  ? Token::DiffAdd
            : kind == DiffLine::Kind::Removed ? Token::DiffDel
                                              : Token::Changed;
    }

    QString signOf(DiffLine::Kind kind)
    {
        switch (kind) {
        case DiffLine::Kind::Added:
            return u"+"_s;
        case DiffLine::Kind::Removed:
            return u"-"_s;
        case DiffLine::Kind::Changed:
            return u"~"_s;
        case DiffLine::Kind::Same:
            break;
        }
        return u" "_s;
    }
}

DiffView::DiffView(const QString &objectName, QWidget *parent) : NumberedText(objectName, parent)
{
    setReadOnly(true);
}

void DiffView::setDiff(const QList<DiffLine> &lines)
{
    m_lines = lines;
    int greatest = 1;
    for (const DiffLine &line : lines)
        greatest = std::max({greatest, line.oldNumber, line.number});
    const qsizetype digits = QString::number(greatest).size();
    const auto padded = [digits](int number) {
        return (number > 0 ? QString::number(number) : QString()).rightJustified(digits);
    };
    QStringList texts;
    QStringList numbers;
    for (const DiffLine &line : lines) {
        texts << visibleLines(line.text);
        numbers << u"%1 %2 %3"_s.arg(padded(line.oldNumber), padded(line.number), signOf(line.kind));
    }
    setPlainText(texts.join(u'\n'));
    setNumbers(numbers);
    paintLines();
}

void DiffView::paintLines()
{
    const Theme &theme = themeOf(this);
    QList<QTextEdit::ExtraSelection> fills;
    for (qsizetype i = 0; i < m_lines.size(); ++i) {
        if (m_lines[i].kind == DiffLine::Kind::Same)
            continue;
        QTextEdit::ExtraSelection fill;
        fill.cursor = QTextCursor(document()->findBlockByNumber(static_cast<int>(i)));
        fill.format.setBackground(theme.color(fillOf(m_lines[i].kind)));
        fill.format.setProperty(QTextFormat::FullWidthSelection, true);
        fills << fill;
    }
    setExtraSelections(fills);
}

void DiffView::goToChange(int step)
{
    const auto count = static_cast<int>(m_lines.size());
    const auto differs = [this](int line) { return m_lines[line].kind != DiffLine::Kind::Same; };
    const int from = textCursor().blockNumber();
    for (int turn = 1; turn <= count; ++turn) {
        const int line = ((from + step * turn) % count + count) % count;
        const bool begins = line == 0 || !differs(line - 1); // of a run of changed lines the first
        if (differs(line) && begins)
            return showLine(line + 1);
    }
}

void DiffView::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_F7)
        return goToChange(event->modifiers() & Qt::ShiftModifier ? -1 : 1);
    NumberedText::keyPressEvent(event);
}

void DiffView::changeEvent(QEvent *event)
{
    NumberedText::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        paintLines();
}

}
