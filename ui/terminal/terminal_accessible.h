#pragma once
// The terminal for screen readers: its text is the rows that are shown, its cursor the program's; a change of the cursor's row is told.
// Ui thread.

#include <QAccessibleWidget>

namespace fb {

class TerminalView;

class TerminalAccessible : public QAccessibleWidget, public QAccessibleTextInterface
{
public:
    explicit TerminalAccessible(TerminalView *view);
    static void install(); // once a program
    static void tellChanged(TerminalView &view);

    void *interface_cast(QAccessible::InterfaceType type) override;
    QString text(QAccessible::Text kind) const override; // the value: the row of the cursor
    // QAccessibleTextInterface
    void selection(int, int *start, int *end) const override { *start = *end = 0; }
    int selectionCount() const override { return 0; }
    void addSelection(int, int) override { }
    void removeSelection(int) override { }
    void setSelection(int, int, int) override { }
    int cursorPosition() const override;
    void setCursorPosition(int) override { }
    QString text(int start, int end) const override;
    int characterCount() const override;
    QRect characterRect(int offset) const override;
    int offsetAtPoint(const QPoint &point) const override;
    void scrollToSubstring(int, int) override { }
    QString attributes(int offset, int *start, int *end) const override;

private:
    TerminalView &view() const;
};

}
