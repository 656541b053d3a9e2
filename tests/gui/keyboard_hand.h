#pragma once
// Works the console as somebody with a keyboard alone does. Keys go where the focus is; nothing is called, clicked or given the focus.

#include "ui/shell/main_window.h"

namespace fb::test {

class KeyboardHand
{
public:
    explicit KeyboardHand(MainWindow &window) : m_window(window) { }

    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier, int times = 1);
    void press(const QKeySequence &keys);
    void type(const QString &text);
    void command(const QString &words); // Ctrl+K, the words, Enter
    bool tabTo(const QString &objectName); // by Tab; false: it is not on the way
    bool chooseInMenu(const QString &text); // of the menu that is open, by the arrows

    bool openAndChoose(const QString &text); // Space on a button that has a menu, then its entry

    static QWidget *focus(); // what has it, in whatever window is in front

private:
    MainWindow &m_window;
};

}
