#include "models/nodes/sessions/plain_output.h"

namespace fb {

void PlainOutput::ground(char byte, QByteArray &text, qsizetype floor)
{
    const auto code = static_cast<unsigned char>(byte);
    if (byte == '\r') {
        m_isReturned = true;
        return;
    }
    if (byte == '\n') {
        m_isReturned = false;
        text += '\n';
        return;
    }
    if (byte == '\b') {
        if (text.size() <= floor || text.back() == '\n')
            return;
        while (text.size() > floor && (static_cast<unsigned char>(text.back()) & 0xc0) == 0x80)
            text.chop(1);
        if (text.size() > floor)
            text.chop(1);
        return;
    }
    if ((code < 0x20 && byte != '\t') || code == 0x7f)
        return;
    if (m_isReturned && !text.isEmpty() && text.back() != '\n')
        text += '\n'; // what stood there is written over
    m_isReturned = false;
    text += byte;
}

// The byte is the sequence's last, unless it is of a character, which is kept whole.
void PlainOutput::endEscape(char byte, QByteArray &text, qsizetype floor)
{
    m_state = State::Ground;
    if (static_cast<unsigned char>(byte) >= 0x80)
        ground(byte, text, floor);
}

void PlainOutput::add(QByteArrayView bytes, QByteArray &text, qsizetype floor)
{
    for (const char byte : bytes) {
        const auto code = static_cast<unsigned char>(byte);
        switch (m_state) {
        case State::Ground:
            if (byte == '\x1b')
                m_state = State::Escape;
            else
                ground(byte, text, floor);
            break;
        case State::Escape:
            if (byte == '[')
                m_state = State::Csi;
            else if (byte == ']' || byte == 'P' || byte == 'X' || byte == '^' || byte == '_')
                m_state = State::String;
            else if (code >= 0x20 && code < 0x30)
                m_state = State::EscapeMore;
            else if (byte != '\x1b')
                endEscape(byte, text, floor);
            break;
        case State::EscapeMore: // a character set: one final follows
            if (byte == '\x1b')
                m_state = State::Escape;
            else if (code >= 0x30)
                endEscape(byte, text, floor);
            break;
        case State::Csi:
            if (byte == '\x1b')
                m_state = State::Escape;
            else if (byte == '\x18' || byte == '\x1a' || (code >= 0x40 && code < 0x7f))
                m_state = State::Ground;
            else if (code < 0x20)
                ground(byte, text, floor); // it takes effect in the middle of the sequence
            break;
        case State::String:
            if (byte == '\x1b')
                m_state = State::StringEscape;
            else if (byte == '\a' || byte == '\x18' || byte == '\x1a')
                m_state = State::Ground;
            break;
        case State::StringEscape:
            m_state = byte == '\\' ? State::Ground : byte == '\x1b' ? State::StringEscape : State::String;
            break;
        }
    }
}

}
