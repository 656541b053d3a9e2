#include "tests/gui/keyboard_hand.h"

#include "ui/text/code_editor.h"

#include <QApplication>
#include <QInputMethodEvent>
#include <QMenu>
#include <QTest>
#include <QTimer>

namespace fb::test {

using namespace Qt::StringLiterals;

namespace {
    constexpr int kMostKeys = 300;
}

QWidget *KeyboardHand::focus()
{
    if (QWidget *popup = QApplication::activePopupWidget())
        return popup->focusWidget() ? popup->focusWidget() : popup;
    if (QWidget *focused = QApplication::focusWidget())
        return focused;
    return QApplication::activeWindow();
}

void KeyboardHand::press(Qt::Key key, Qt::KeyboardModifiers modifiers, int times)
{
    for (int i = 0; i < times; ++i) {
        QWidget *at = focus();
        QTest::keyClick(at ? at : &m_window, key, modifiers);
        QCoreApplication::processEvents();
    }
}

void KeyboardHand::press(const QKeySequence &keys)
{
    for (int i = 0; i < keys.count(); ++i)
        press(keys[static_cast<uint>(i)].key(), keys[static_cast<uint>(i)].keyboardModifiers());
}

void KeyboardHand::type(const QString &text)
{
    for (const QChar letter : text) {
        if (letter.unicode() < 0x80) {
            QTest::keyClick(focus(), letter.toLatin1());
            continue;
        }
        QInputMethodEvent composed; // as an input method gives what no key has
        composed.setCommitString(letter);
        QCoreApplication::sendEvent(focus(), &composed);
    }
    QCoreApplication::processEvents();
}

void KeyboardHand::command(const QString &words)
{
    press(Qt::Key_K, Qt::ControlModifier);
    type(u'>' + words);
    press(Qt::Key_Return);
}

bool KeyboardHand::tabTo(const QString &objectName)
{
    for (int steps = 0; steps < kMostKeys; ++steps) {
        if (focus() && focus()->objectName() == objectName)
            return true;
        if (qobject_cast<CodeEditor *>(focus()))
            press(Qt::Key_Escape);
        press(Qt::Key_Tab);
    }
    return false;
}

bool KeyboardHand::chooseInMenu(const QString &text)
{
    auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
    for (int steps = 0; menu && steps < menu->actions().size() + 1; ++steps) {
        press(Qt::Key_Down);
        if (!menu->activeAction() || menu->activeAction()->text() != text)
            continue;
        press(menu->activeAction()->menu() ? Qt::Key_Right : Qt::Key_Return);
        return true;
    }
    return false;
}

// A push button waits in its own event loop for its menu.
bool KeyboardHand::openAndChoose(const QString &text)
{
    bool chosen = false;
    QTimer::singleShot(0, &m_window, [&] {
        chosen = chooseInMenu(text);
        if (QWidget *popup = QApplication::activePopupWidget(); popup && !chosen)
            popup->close();
    });
    press(Qt::Key_Space);
    return chosen;
}

}
