#include "tests/unit/terminal/screen_probe.h"

namespace fb::test {

namespace {

    LineCells cellsOf(const Terminal &terminal, int64_t row)
    {
        LineCells line;
        terminal.readRow(row, line);
        return line;
    }

    void appendNumber(QByteArray &text, int64_t number)
    {
        text += QByteArray::number(qlonglong(number)) + ' ';
    }

}

QList<QByteArray> screenRows(const Terminal &terminal)
{
    QList<QByteArray> rows = QByteArray::fromStdString(terminal.screenText()).split('\n');
    for (QByteArray &row : rows) {
        while (row.endsWith(' '))
            row.chop(1);
    }
    while (!rows.isEmpty() && rows.last().isEmpty())
        rows.removeLast();
    return rows;
}

QByteArray colorWord(const TerminalColor &color)
{
    if (color.isDefault())
        return {};
    if (color.isIndexed())
        return QByteArray::number(color.index());
    return '#' + QByteArray::number(color.rgbValue(), 16).rightJustified(6, '0');
}

QByteArray penWords(const Pen &pen)
{
    QByteArrayList words;
    static constexpr std::pair<Pen::Flag, const char *> kFlags[] = {
        {Pen::Bold, "bold"},       {Pen::Dim, "dim"},         {Pen::Italic, "italic"}, {Pen::Blink, "blink"},
        {Pen::Reverse, "reverse"}, {Pen::Conceal, "conceal"}, {Pen::Strike, "strike"}};
    for (const auto &[flag, word] : kFlags) {
        if (pen.has(flag))
            words << word;
    }
    static constexpr const char *kStyles[] = {"", "single", "double", "curly", "dotted", "dashed"};
    if (pen.underline != UnderlineStyle::None)
        words << QByteArray("ul=") + kStyles[size_t(pen.underline)];
    if (!pen.foreground.isDefault())
        words << "fg=" + colorWord(pen.foreground);
    if (!pen.background.isDefault())
        words << "bg=" + colorWord(pen.background);
    return words.join(' ');
}

Pen penAt(const Terminal &terminal, int row, int column)
{
    const LineCells line = cellsOf(terminal, row);
    if (size_t(column) >= line.cells.size())
        return {};
    return line.pens.at(line.cells[size_t(column)].pen);
}

bool isBlankAt(const Terminal &terminal, int row, int column)
{
    const LineCells line = cellsOf(terminal, row);
    if (size_t(column) >= line.cells.size())
        return true;
    const Cell &cell = line.cells[size_t(column)];
    return cell.isBlank() || cell.text == ' ';
}

QByteArray everything(const Terminal &terminal)
{
    QByteArray text;
    appendNumber(text, terminal.size().columns);
    appendNumber(text, terminal.size().rows);
    appendNumber(text, terminal.cursor().row);
    appendNumber(text, terminal.cursor().column);
    appendNumber(text, terminal.cursor().pendingWrap);
    appendNumber(text, terminal.historyRows());
    const TerminalModes &modes = terminal.modes();
    for (const int mode : {int(modes.applicationCursor), int(modes.applicationKeypad), int(modes.newline),
                           int(modes.reverseVideo), int(modes.cursorVisible), int(modes.cursorBlinks),
                           int(modes.cursorShape), int(modes.mouse), int(modes.mouseEncoding),
                           int(modes.alternateScroll), int(modes.focusEvents), int(modes.bracketedPaste),
                           int(modes.synchronizedOutput), int(modes.alternateScreen), int(modes.commandRuns)})
        appendNumber(text, mode);
    for (int64_t row = -terminal.historyRows(); row < terminal.size().rows; ++row) {
        const LineCells line = cellsOf(terminal, row);
        text += line.wraps ? "\n>" : "\n|";
        size_t end = line.cells.size();
        // Cells that were never written and a row that is shorter look the same.
        while (end > 0 && line.cells[end - 1].isBlank() && line.pens.at(line.cells[end - 1].pen) == Pen())
            --end;
        QByteArray last;
        for (size_t column = 0; column < end; ++column) {
            const Pen &pen = line.pens.at(line.cells[column].pen);
            QByteArray words = penWords(pen) + colorWord(pen.underlineColor)
                + QByteArray::fromStdString(terminal.linkAddress(pen.link));
            if (pen.has(Pen::Overline))
                words += " overline";
            if (pen.has(Pen::Protected))
                words += " protected";
            if (words != last)
                text += '<' + words + '>';
            last = words;
            std::string glyph;
            line.appendText(glyph, column, column + 1);
            text += line.cells[column].isBlank() ? QByteArray("\x01") : QByteArray::fromStdString(glyph);
        }
    }
    return text;
}

}
