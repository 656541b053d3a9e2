#pragma once
// Enter presses the button that has the focus, as Space does, on every desktop; Qt leaves it to the platform. Windows and sheets ask for it with
// the keys that nobody inside has taken. Ui thread.

class QKeyEvent;
class QWidget;

namespace fb {

bool clickByEnter(const QKeyEvent &event,
                  QWidget *focused); // false: it was no Enter, or the focus is on no button

}
