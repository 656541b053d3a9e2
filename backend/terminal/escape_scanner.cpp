#include "backend/terminal/escape_scanner.h"

#include <algorithm>

namespace fb {

namespace {
    constexpr uint8_t kCan = 0x18;
    constexpr uint8_t kSub = 0x1A;
    constexpr uint8_t kEsc = 0x1B;
    constexpr uint8_t kBell = 0x07;

    uint8_t byteAt(std::string_view bytes, size_t at) { return static_cast<uint8_t>(bytes[at]); }
}

void EscapeScanner::reset()
{
    m_state = State::Ground;
    m_string.clear();
    m_missing = 0;
}

void EscapeScanner::write(std::string_view bytes)
{
    size_t at = 0;
    while (at < bytes.size()) {
        if (m_state == State::Ground) {
            at += ground(bytes.substr(at));
            continue;
        }
        const uint8_t byte = byteAt(bytes, at++);
        switch (m_state) {
        case State::Ground:
            break;
        case State::Escape:
        case State::EscapeIntermediate:
            inEscape(byte);
            break;
        case State::Csi:
        case State::CsiIgnore:
            inCsi(byte);
            break;
        case State::String:
        case State::StringEscape:
            inString(byte);
            break;
        }
    }
}

size_t EscapeScanner::ground(std::string_view bytes)
{
    size_t at = 0;
    while (at < bytes.size()) {
        const uint8_t byte = byteAt(bytes, at);
        if (m_missing > 0) {
            if (byte < m_low || byte > m_high) {
                brokenUtf8(); // the byte begins something new
                continue;
            }
            utf8(byte);
            ++at;
            continue;
        }
        if (byte >= 0x20 && byte < 0x7F) {
            size_t end = at + 1;
            while (end < bytes.size() && byteAt(bytes, end) >= 0x20 && byteAt(bytes, end) < 0x7F)
                ++end;
            m_sink.printAscii(bytes.substr(at, end - at));
            at = end;
            continue;
        }
        if (byte >= 0xE1 && byte <= 0xEC && bytes.size() - at >= 3 && (byteAt(bytes, at + 1) & 0xC0) == 0x80
            && (byteAt(bytes, at + 2) & 0xC0) == 0x80) {
            // All of a character that has no special case, as most of East Asia's.
            m_sink.print(char32_t((byte & 0x0F) << 12 | (byteAt(bytes, at + 1) & 0x3F) << 6
                                  | (byteAt(bytes, at + 2) & 0x3F)));
            at += 3;
            continue;
        }
        ++at;
        if (byte >= 0x80) {
            utf8(byte);
        } else if (byte == kEsc) {
            m_state = State::Escape;
            m_intermediate = 0;
            return at;
        } else if (byte != 0x7F && byte != 0) {
            m_sink.control(byte);
        }
    }
    return at;
}

// RFC 3629's table of well-formed sequences; each longest part of one that breaks off is one U+FFFD.
void EscapeScanner::utf8(uint8_t byte)
{
    if (m_missing > 0) {
        m_codePoint = (m_codePoint << 6) | (byte & 0x3F);
        m_low = 0x80;
        m_high = 0xBF;
        if (--m_missing == 0 && m_codePoint >= 0xA0) // C1 controls do nothing here
            m_sink.print(m_codePoint);
        return;
    }
    if (byte >= 0xC2 && byte <= 0xDF) {
        m_missing = 1;
        m_codePoint = byte & 0x1F;
    } else if (byte >= 0xE0 && byte <= 0xEF) {
        m_missing = 2;
        m_codePoint = byte & 0x0F;
        m_low = byte == 0xE0 ? 0xA0 : 0x80;
        m_high = byte == 0xED ? 0x9F : 0xBF;
    } else if (byte >= 0xF0 && byte <= 0xF4) {
        m_missing = 3;
        m_codePoint = byte & 0x07;
        m_low = byte == 0xF0 ? 0x90 : 0x80;
        m_high = byte == 0xF4 ? 0x8F : 0xBF;
    } else {
        m_sink.print(U'\uFFFD');
    }
}

void EscapeScanner::brokenUtf8()
{
    m_missing = 0;
    m_low = 0x80;
    m_high = 0xBF;
    m_sink.print(U'\uFFFD');
}

void EscapeScanner::inEscape(uint8_t byte)
{
    if (byte == kCan || byte == kSub) {
        m_state = State::Ground;
    } else if (byte == kEsc) {
        m_state = State::Escape;
        m_intermediate = 0;
    } else if (byte < 0x20) {
        m_sink.control(byte);
    } else if (byte < 0x30) {
        m_intermediate
            = m_state == State::EscapeIntermediate ? ControlSequence::kTooMany : static_cast<char>(byte);
        m_state = State::EscapeIntermediate;
    } else if (byte >= 0x7F) {
        if (byte != 0x7F) { // no escape sequence holds it: it is text
            m_state = State::Ground;
            utf8(byte);
        }
    } else if (m_state == State::Escape && byte == '[') {
        m_state = State::Csi;
        m_sequence.leader = m_sequence.intermediate = 0;
        m_sequence.count = 0;
    } else if (m_state == State::Escape
               && (byte == ']' || byte == 'P' || byte == '_' || byte == '^' || byte == 'X')) {
        m_kind = byte == ']' ? StringKind::Osc : byte == 'P' ? StringKind::Dcs : StringKind::Other;
        m_string.clear();
        m_isTooLong = false;
        m_state = State::String;
    } else {
        m_state = State::Ground;
        if (m_intermediate != ControlSequence::kTooMany)
            m_sink.escape(m_intermediate, static_cast<char>(byte));
    }
}

void EscapeScanner::inCsi(uint8_t byte)
{
    ControlSequence &sequence = m_sequence;
    if (byte >= '0' && byte <= '9') {
        if (sequence.intermediate != 0)
            m_state = State::CsiIgnore;
        if (sequence.count == 0) {
            sequence.count = 1;
            sequence.parameters[0] = ControlSequence::kMissing;
            sequence.isSub[0] = false;
        }
        int &parameter = sequence.parameters[size_t(sequence.count - 1)];
        parameter = std::min(ControlSequence::kLargest, std::max(parameter, 0) * 10 + (byte - '0'));
    } else if (byte == ';' || byte == ':') {
        if (sequence.intermediate != 0)
            m_state = State::CsiIgnore;
        if (sequence.count == 0) {
            sequence.count = 1;
            sequence.parameters[0] = ControlSequence::kMissing;
            sequence.isSub[0] = false;
        }
        if (sequence.count <= ControlSequence::kMostParameters)
            ++sequence.count;
        sequence.parameters[size_t(sequence.count - 1)] = ControlSequence::kMissing;
        sequence.isSub[size_t(sequence.count - 1)] = byte == ':';
    } else if (byte >= 0x40 && byte < 0x7F) {
        const bool isWhole = m_state == State::Csi && sequence.intermediate != ControlSequence::kTooMany;
        m_state = State::Ground;
        if (isWhole) {
            sequence.final = static_cast<char>(byte);
            sequence.count = std::min(sequence.count, ControlSequence::kMostParameters);
            m_sink.sequence(sequence);
        }
    } else if (byte >= 0x3C && byte <= 0x3F) {
        if (sequence.count == 0 && sequence.leader == 0 && sequence.intermediate == 0)
            sequence.leader = static_cast<char>(byte);
        else
            m_state = State::CsiIgnore;
    } else if (byte >= 0x20 && byte < 0x30) {
        sequence.intermediate
            = sequence.intermediate == 0 ? static_cast<char>(byte) : ControlSequence::kTooMany;
    } else if (byte == kCan || byte == kSub) {
        m_state = State::Ground;
    } else if (byte == kEsc) {
        m_state = State::Escape;
        m_intermediate = 0;
    } else if (byte < 0x20 && byte != 0) {
        m_sink.control(byte);
    } else if (byte >= 0x80) {
        m_state = State::Ground;
        utf8(byte);
    }
}

void EscapeScanner::inString(uint8_t byte)
{
    if (m_state == State::StringEscape) {
        if (byte == '\\') {
            endString();
            return;
        }
        // The string was broken off by another escape sequence.
        m_string.clear();
        m_state = State::Escape;
        m_intermediate = 0;
        inEscape(byte);
        return;
    }
    if (byte == kEsc) {
        m_state = State::StringEscape;
    } else if (byte == kCan || byte == kSub) {
        m_string.clear();
        m_state = State::Ground;
    } else if (byte == kBell && m_kind == StringKind::Osc) {
        endString();
    } else if (m_kind != StringKind::Osc || m_string.size() >= kMostString) {
        m_isTooLong
            = m_isTooLong || m_kind == StringKind::Osc; // a DCS is only told of: none has a meaning here
    } else {
        m_string += static_cast<char>(byte);
    }
}

void EscapeScanner::endString()
{
    m_state = State::Ground;
    if (!m_isTooLong)
        m_sink.string(m_kind, m_string);
    m_string.clear();
    if (m_string.capacity() > 4096)
        m_string.shrink_to_fit();
}

}
