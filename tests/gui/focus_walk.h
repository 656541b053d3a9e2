#pragma once
// Walks a window by Tab as somebody without a mouse does, and says what is wrong with the way: controls that are never reached, traps, an
// order that jumps about, a focus that cannot be seen.

#include <QPointer>
#include <QStringList>
#include <QWidget>

namespace fb::test {

class FocusWalk
{
public:
    explicit FocusWalk(QWidget &window) : m_window(window) { }

    void lap(Qt::Key key); // Tab or Backtab, until the focus is back where it began
    QList<QPointer<QWidget>> seen() const { return m_seen; } // in the order they were reached
    QStringList problems() const { return m_problems; }
    QStringList unreached() const; // controls in view that no lap has come to

    static QString nameOf(const QWidget *widget); // "QPushButton fleetRun"

private:
    QWidget *scope() const; // the sheet or palette that lies over the rest, else the window
    bool step(Qt::Key key);
    void checkSeen(QWidget *widget, const QImage &focused);
    void checkOrder(const QWidget *before, const QWidget *now);
    const QWidget *regionOf(const QWidget *widget) const;

    QWidget &m_window;
    QList<QPointer<QWidget>> m_seen;
    QStringList m_problems;
    bool m_wrapped = false;
};

}
