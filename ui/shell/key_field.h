#pragma once
// Takes the next keys pressed in it as its value: with Ctrl, Alt or Shift, or a function key. Backspace takes none, Esc leaves it as it was,
// Tab goes on. Ui thread.

#include <QKeySequence>
#include <QLineEdit>

namespace fb {

class KeyField : public QLineEdit
{
    Q_OBJECT
public:
    explicit KeyField(QWidget *parent = nullptr);
    void setKeys(const QKeySequence &keys);

signals:
    void keysPressed(const QKeySequence &keys); // empty: none; the field still shows what it had

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
};

}
