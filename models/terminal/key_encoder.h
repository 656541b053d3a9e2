#pragma once
// Keys and mouse as xterm sends them (ctlseqs: "PC-Style Function Keys", "Mouse Tracking"). Pure; any thread.

#include "backend/terminal/terminal_modes.h"

#include <QByteArray>
#include <QString>
#include <Qt>

namespace fb {

// What a key sends; empty: nothing. `text` is what the key typed, as QKeyEvent::text().
QByteArray keyBytes(int key, Qt::KeyboardModifiers modifiers, const QString &text,
                    const TerminalModes &modes);

enum class MouseAction { Press, Release, Move, WheelUp, WheelDown };

struct MouseReport {
    MouseAction action = MouseAction::Press;
    Qt::MouseButton button = Qt::NoButton; // Move: the one that is held
    int column = 0; // from 0
    int row = 0;
    Qt::KeyboardModifiers modifiers;
};

QByteArray mouseBytes(const MouseReport &report, const TerminalModes &modes); // empty: not wanted

// Text to be pasted: line ends as Return, and no mark in it that would end the paste early (security U05).
QByteArray pasteBytes(const QString &text, const TerminalModes &modes);

}
