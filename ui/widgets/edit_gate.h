#pragma once
// While the engine does not answer, what would change something waits (ux.md 9): buttons that are marked so look disabled, take no press, and
// say why. They keep their own enabled state meanwhile. One gate a window. Ui thread.

#include <QObject>

class QAbstractButton;
class QWidget;

namespace fb {

void markChange(QAbstractButton *button); // pressing it changes something in the engine

class EditGate : public QObject
{
    Q_OBJECT
public:
    explicit EditGate(QWidget &window);

    void setOpen(bool open);
    // For keys that do what a marked button does.
    static bool waits(const QAbstractButton &button);
    static bool isShut(const QWidget &inWindow); // for menus

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void refuse(QWidget &button) const;

    QWidget &m_window;
    bool m_open = true;
};

}
