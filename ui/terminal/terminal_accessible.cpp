#include "ui/terminal/terminal_accessible.h"

#include "ui/terminal/terminal_view.h"

namespace fb {

namespace {
    QAccessibleInterface *makeInterface(const QString &className, QObject *object)
    {
        if (className != QLatin1String("fb::TerminalView"))
            return nullptr;
        return new TerminalAccessible(static_cast<TerminalView *>(object));
    }

    // Text of a row's columns before `end`; blanks behind the row's text are spaces.
    QString textBefore(const LineCells &line, int end)
    {
        std::string text;
        line.appendText(text, 0, size_t(end));
        return QString::fromStdString(text) + QString(std::max(0, end - int(line.cells.size())), u' ');
    }

    // A row as it is read: without blanks at its end, but with those before the cursor.
    QString rowText(const TerminalFrame &frame, int row)
    {
        const LineCells &line = *frame.lines[size_t(row)];
        const bool hasCursor = frame.topRow + row == frame.cursorRow;
        return textBefore(line, std::max(int(line.textEnd()), hasCursor ? frame.cursorColumn : 0));
    }

    QString allText(const TerminalFrame &frame)
    {
        QString text;
        for (int row = 0; row < int(frame.lines.size()); ++row)
            text += rowText(frame, row) + u'\n';
        return text;
    }

    int offsetOf(const TerminalFrame &frame, int row, int column)
    {
        qsizetype offset = 0;
        for (int above = 0; above < row; ++above)
            offset += rowText(frame, above).size() + 1;
        return int(
            offset
            + std::min(textBefore(*frame.lines[size_t(row)], column).size(), rowText(frame, row).size()));
    }

    int cursorOffset(const TerminalFrame &frame)
    {
        if (frame.line(frame.cursorRow) == nullptr)
            return -1; // scrolled away
        return offsetOf(frame, int(frame.cursorRow - frame.topRow), frame.cursorColumn);
    }
}

TerminalAccessible::TerminalAccessible(TerminalView *view)
    : QAccessibleWidget(view, QAccessible::Terminal) { }

void TerminalAccessible::install()
{
    static const bool isInstalled = [] {
        QAccessible::installFactory(makeInterface);
        return true;
    }();
    Q_UNUSED(isInstalled)
}

void TerminalAccessible::tellChanged(TerminalView &view)
{
    if (!QAccessible::isActive())
        return;
    const TerminalFrame &frame = view.model().frame();
    if (const int offset = cursorOffset(frame); offset >= 0) {
        QAccessibleTextCursorEvent event(&view, offset);
        QAccessible::updateAccessibility(&event);
    }
}

TerminalView &TerminalAccessible::view() const { return *static_cast<TerminalView *>(object()); }

void *TerminalAccessible::interface_cast(QAccessible::InterfaceType type)
{
    if (type == QAccessible::TextInterface)
        return static_cast<QAccessibleTextInterface *>(this);
    return QAccessibleWidget::interface_cast(type);
}

QString TerminalAccessible::text(QAccessible::Text kind) const
{
    if (kind != QAccessible::Value)
        return QAccessibleWidget::text(kind);
    const TerminalFrame &frame = view().model().frame();
    const LineCells *line = frame.line(frame.cursorRow);
    std::string text;
    if (line != nullptr)
        line->appendText(text, 0, line->textEnd());
    return QString::fromStdString(text);
}

int TerminalAccessible::cursorPosition() const { return cursorOffset(view().model().frame()); }

QString TerminalAccessible::text(int start, int end) const
{
    return allText(view().model().frame()).mid(start, end - start);
}

int TerminalAccessible::characterCount() const { return int(allText(view().model().frame()).size()); }

QRect TerminalAccessible::characterRect(int offset) const
{
    const TerminalFrame &frame = view().model().frame();
    int row = 0;
    for (; row + 1 < int(frame.lines.size()); ++row) {
        const int size = int(rowText(frame, row).size()) + 1;
        if (offset < size)
            break;
        offset -= size;
    }
    const LineCells &line = *frame.lines[size_t(row)];
    int column = 0;
    while (column + 1 < frame.columns && textBefore(line, column + 1).size() <= offset)
        ++column;
    const QRect cell = view().cellRect(row, column);
    return {view().mapToGlobal(cell.topLeft()), cell.size()};
}

int TerminalAccessible::offsetAtPoint(const QPoint &point) const
{
    const QPoint cell = view().cellAt(view().mapFromGlobal(point));
    return offsetOf(view().model().frame(), cell.y(), cell.x());
}

QString TerminalAccessible::attributes(int, int *start, int *end) const
{
    *start = 0;
    *end = characterCount();
    return {};
}

}
