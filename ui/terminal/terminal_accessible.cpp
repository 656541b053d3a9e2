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

    // Offset of a row's first character in the shown text.
    qsizetype rowOffset(const QString &text, RowNumber row)
    {
        qsizetype at = 0;
        for (RowNumber i = 0; i < row && at >= 0; ++i)
            at = text.indexOf(QLatin1Char('\n'), at) + 1;
        return at;
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
    QAccessibleTextCursorEvent event(
        &view, int(rowOffset(view.shownText(), frame.cursorRow - frame.topRow)) + frame.cursorColumn);
    QAccessible::updateAccessibility(&event);
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

int TerminalAccessible::cursorPosition() const
{
    const TerminalFrame &frame = view().model().frame();
    const LineCells *line = frame.line(frame.cursorRow);
    std::string before;
    if (line != nullptr)
        line->appendText(before, 0, size_t(frame.cursorColumn));
    return int(rowOffset(view().shownText(), frame.cursorRow - frame.topRow)
               + QString::fromStdString(before).size());
}

QString TerminalAccessible::text(int start, int end) const
{
    return view().shownText().mid(start, end - start);
}

int TerminalAccessible::characterCount() const { return int(view().shownText().size()); }

QRect TerminalAccessible::characterRect(int offset) const
{
    const QString before = view().shownText().left(offset);
    const auto row = int(before.count(QLatin1Char('\n')));
    const auto column = int(offset - (before.lastIndexOf(QLatin1Char('\n')) + 1));
    const QRect cell = view().cellRect(row, column);
    return {view().mapToGlobal(cell.topLeft()), cell.size()};
}

int TerminalAccessible::offsetAtPoint(const QPoint &point) const
{
    const QPoint at = view().mapFromGlobal(point);
    const QRect first = view().cellRect(0, 0);
    const int row = std::max(0, (at.y() - first.top()) / std::max(1, first.height()));
    const int column = std::max(0, (at.x() - first.left()) / std::max(1, first.width()));
    return int(std::min<qsizetype>(rowOffset(view().shownText(), row) + column, characterCount()));
}

QString TerminalAccessible::attributes(int, int *start, int *end) const
{
    *start = 0;
    *end = characterCount();
    return {};
}

}
