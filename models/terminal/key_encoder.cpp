#include "models/terminal/key_encoder.h"

#include <algorithm>
#include <optional>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    int xtermModifiers(Qt::KeyboardModifiers modifiers)
    {
        return 1 + (modifiers.testFlag(Qt::ShiftModifier) ? 1 : 0)
            + (modifiers.testFlag(Qt::AltModifier) ? 2 : 0)
            + (modifiers.testFlag(Qt::ControlModifier) ? 4 : 0);
    }

    QByteArray withFinal(char final, int modifiers, bool application)
    {
        if (modifiers > 1)
            return "\033[1;" + QByteArray::number(modifiers) + final;
        return application ? QByteArray("\033O") + final : QByteArray("\033[") + final;
    }

    QByteArray withNumber(int number, int modifiers)
    {
        QByteArray bytes = "\033[" + QByteArray::number(number);
        if (modifiers > 1)
            bytes += ';' + QByteArray::number(modifiers);
        return bytes + '~';
    }

    std::optional<QByteArray> functionKey(int key, int modifiers)
    {
        constexpr int kNumbers[] = {15, 17, 18, 19, 20, 21, 23, 24}; // F5 to F12
        if (key >= Qt::Key_F1 && key <= Qt::Key_F4) {
            const char final = "PQRS"[key - Qt::Key_F1];
            return modifiers > 1 ? withFinal(final, modifiers, false) : QByteArray("\033O") + final;
        }
        if (key >= Qt::Key_F5 && key <= Qt::Key_F12)
            return withNumber(kNumbers[key - Qt::Key_F5], modifiers);
        return std::nullopt;
    }

    std::optional<QByteArray> specialKey(int key, Qt::KeyboardModifiers modifiers, const TerminalModes &modes)
    {
        const int code = xtermModifiers(modifiers);
        const bool isControl = modifiers.testFlag(Qt::ControlModifier);
        const QByteArray alt = modifiers.testFlag(Qt::AltModifier) ? "\033" : "";
        switch (key) {
        case Qt::Key_Up:
            return withFinal('A', code, modes.applicationCursor);
        case Qt::Key_Down:
            return withFinal('B', code, modes.applicationCursor);
        case Qt::Key_Right:
            return withFinal('C', code, modes.applicationCursor);
        case Qt::Key_Left:
            return withFinal('D', code, modes.applicationCursor);
        case Qt::Key_Home:
            return withFinal('H', code, modes.applicationCursor);
        case Qt::Key_End:
            return withFinal('F', code, modes.applicationCursor);
        case Qt::Key_Insert:
            return withNumber(2, code);
        case Qt::Key_Delete:
            return withNumber(3, code);
        case Qt::Key_PageUp:
            return withNumber(5, code);
        case Qt::Key_PageDown:
            return withNumber(6, code);
        case Qt::Key_Backspace:
            return alt + (isControl ? "\b" : "\177");
        case Qt::Key_Tab:
            return alt + "\t";
        case Qt::Key_Backtab:
            return alt + "\033[Z";
        case Qt::Key_Return:
        case Qt::Key_Enter:
            return alt + (modes.newline ? "\r\n" : "\r");
        case Qt::Key_Escape:
            return alt + "\033";
        default:
            return functionKey(key, code);
        }
    }

    // Ctrl with a character: the control character of ECMA-48, by the key and not by the text, which not every platform gives.
    std::optional<char> controlCharacter(int key)
    {
        if (key >= Qt::Key_A && key <= Qt::Key_Z)
            return char(key - Qt::Key_A + 1);
        switch (key) {
        case Qt::Key_Space:
        case Qt::Key_At:
        case Qt::Key_2:
            return '\0';
        case Qt::Key_BracketLeft:
        case Qt::Key_3:
            return '\033';
        case Qt::Key_Backslash:
        case Qt::Key_4:
            return '\034';
        case Qt::Key_BracketRight:
        case Qt::Key_5:
            return '\035';
        case Qt::Key_AsciiCircum:
        case Qt::Key_6:
            return '\036';
        case Qt::Key_Underscore:
        case Qt::Key_Slash:
        case Qt::Key_7:
            return '\037';
        case Qt::Key_8:
            return '\177';
        default:
            return std::nullopt;
        }
    }

    int modifierBits(Qt::KeyboardModifiers modifiers)
    {
        return (modifiers.testFlag(Qt::ShiftModifier) ? 4 : 0) | (modifiers.testFlag(Qt::AltModifier) ? 8 : 0)
            | (modifiers.testFlag(Qt::ControlModifier) ? 16 : 0);
    }

    int buttonCode(Qt::MouseButton button)
    {
        return button == Qt::LeftButton  ? 0
            : button == Qt::MiddleButton ? 1
            : button == Qt::RightButton  ? 2
                                         : 3;
    }

    bool isWanted(const MouseReport &report, MouseTracking tracking)
    {
        switch (report.action) {
        case MouseAction::Press:
        case MouseAction::WheelUp:
        case MouseAction::WheelDown:
            return tracking != MouseTracking::None;
        case MouseAction::Release:
            return tracking > MouseTracking::Press;
        case MouseAction::Move:
            return tracking == MouseTracking::Motion
                || (tracking == MouseTracking::Drag && report.button != Qt::NoButton);
        }
        return false;
    }
}

QByteArray keyBytes(int key, Qt::KeyboardModifiers modifiers, const QString &text, const TerminalModes &modes)
{
    if (modes.applicationKeypad && modifiers.testFlag(Qt::KeypadModifier) && key == Qt::Key_Enter)
        return "\033OM";
    if (const auto special = specialKey(key, modifiers & ~Qt::KeyboardModifiers(Qt::KeypadModifier), modes))
        return *special;
    QByteArray bytes;
    if (modifiers.testFlag(Qt::ControlModifier)) {
        if (const auto control = controlCharacter(key))
            bytes = QByteArray(1, *control);
    }
    if (bytes.isEmpty())
        bytes = text.toUtf8();
    if (bytes.isEmpty() && modifiers.testFlag(Qt::AltModifier) && key >= Qt::Key_Space
        && key <= Qt::Key_AsciiTilde)
        bytes = QByteArray(
            1, char(modifiers.testFlag(Qt::ShiftModifier) ? key : QChar(key).toLower().unicode()));
    if (!bytes.isEmpty() && modifiers.testFlag(Qt::AltModifier))
        bytes.prepend('\033');
    return bytes;
}

QByteArray mouseBytes(const MouseReport &report, const TerminalModes &modes)
{
    if (!isWanted(report, modes.mouse))
        return {};
    const bool isWheel = report.action == MouseAction::WheelUp || report.action == MouseAction::WheelDown;
    int code = isWheel ? 64 + (report.action == MouseAction::WheelDown ? 1 : 0) : buttonCode(report.button);
    if (report.action == MouseAction::Move)
        code += 32;
    if (modes.mouse != MouseTracking::Press)
        code |= modifierBits(report.modifiers);
    const int column = report.column + 1;
    const int row = report.row + 1;
    if (modes.mouseEncoding == MouseEncoding::Sgr)
        return "\033[<" + QByteArray::number(code) + ';' + QByteArray::number(column) + ';'
            + QByteArray::number(row) + (report.action == MouseAction::Release ? 'm' : 'M');
    if (report.action == MouseAction::Release)
        code |= 3;
    if (modes.mouseEncoding == MouseEncoding::Urxvt)
        return "\033[" + QByteArray::number(code + 32) + ';' + QByteArray::number(column) + ';'
            + QByteArray::number(row) + 'M';
    if (modes.mouseEncoding == MouseEncoding::Utf8) {
        if (column > 2015 || row > 2015)
            return {};
        return "\033[M" + QString(QChar(code + 32)).toUtf8() + QString(QChar(column + 32)).toUtf8()
            + QString(QChar(row + 32)).toUtf8();
    }
    if (column > 223 || row > 223)
        return {}; // one byte can't say it
    return QByteArray("\033[M") + char(code + 32) + char(column + 32) + char(row + 32);
}

QByteArray pasteBytes(const QString &text, const TerminalModes &modes)
{
    QString clean = text;
    clean.replace(u"\r\n"_s, u"\n"_s);
    clean.replace(u'\n', u'\r');
    if (!modes.bracketedPaste)
        return clean.toUtf8();
    // Also what only becomes a mark when one within it is gone.
    QString kept;
    kept.reserve(clean.size());
    for (const QChar c : clean) {
        kept += c;
        if (c != u'~')
            continue;
        for (const QStringView mark : {u"\033[201~", u"\033[200~", u"\u009B201~", u"\u009B200~"}) {
            if (kept.endsWith(mark))
                kept.chop(mark.size());
        }
    }
    return "\033[200~" + kept.toUtf8() + "\033[201~";
}

}
