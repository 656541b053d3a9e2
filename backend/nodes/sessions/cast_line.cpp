#include "backend/nodes/sessions/cast_line.h"

#include "backend/core/text_safety.h"

#include <QChar>

#include <charconv>
#include <cmath>

namespace fb {

namespace {

    void appendUtf8(QByteArray &out, char32_t point)
    {
        const auto tail = [&out](char32_t bits) { out += static_cast<char>(0x80 | (bits & 0x3f)); };
        if (point < 0x80) {
            out += static_cast<char>(point);
        } else if (point < 0x800) {
            out += static_cast<char>(0xc0 | point >> 6);
            tail(point);
        } else if (point < 0x10000) {
            out += static_cast<char>(0xe0 | point >> 12);
            tail(point >> 6);
            tail(point);
        } else {
            out += static_cast<char>(0xf0 | point >> 18);
            tail(point >> 12);
            tail(point >> 6);
            tail(point);
        }
    }
}

bool CastLine::read(QByteArrayView line)
{
    m_now = line.data();
    m_end = m_now + line.size();
    code.resize(0); // keeps what is reserved
    text.resize(0);
    if (!take('[') || !readTime() || !take(',') || !readString(code) || !take(',') || !readString(text)
        || !take(']'))
        return false;
    skipBlanks();
    if (m_now != m_end)
        return false;
    if (const std::string_view bytes(text.constData(), static_cast<size_t>(text.size())); !isValidUtf8(bytes))
        text = QByteArray::fromStdString(toValidUtf8(bytes));
    return true;
}

void CastLine::skipBlanks()
{
    while (m_now != m_end && (*m_now == ' ' || *m_now == '\t' || *m_now == '\r'))
        ++m_now;
}

bool CastLine::take(char wanted)
{
    skipBlanks();
    if (m_now == m_end || *m_now != wanted)
        return false;
    ++m_now;
    return true;
}

bool CastLine::readTime()
{
    skipBlanks();
    double seconds = 0;
    const auto [next, problem] = std::from_chars(m_now, m_end, seconds);
    if (problem != std::errc() || !std::isfinite(seconds) || seconds < 0 || seconds > 1e9)
        return false;
    m_now = next;
    at = std::llround(seconds * 1e6);
    return true;
}

bool CastLine::readString(QByteArray &out)
{
    if (!take('"'))
        return false;
    for (;;) {
        const char *plain = m_now;
        while (m_now != m_end && *m_now != '"' && *m_now != '\\'
               && static_cast<unsigned char>(*m_now) >= 0x20)
            ++m_now;
        out.append(plain, m_now - plain);
        if (m_now == m_end)
            return false;
        const char special = *m_now++;
        if (special == '"')
            return true;
        if (special != '\\' || !readEscape(out)) // a bare control character is not JSON
            return false;
    }
}

bool CastLine::readEscape(QByteArray &out)
{
    if (m_now == m_end)
        return false;
    switch (*m_now++) {
    case '"':
    case '\\':
    case '/':
        out += m_now[-1];
        return true;
    case 'b':
        out += '\b';
        return true;
    case 'f':
        out += '\f';
        return true;
    case 'n':
        out += '\n';
        return true;
    case 'r':
        out += '\r';
        return true;
    case 't':
        out += '\t';
        return true;
    case 'u':
        break;
    default:
        return false;
    }
    char16_t unit = 0;
    if (!readUnit(unit))
        return false;
    char32_t point = unit;
    if (QChar::isHighSurrogate(unit) && m_end - m_now >= 6 && m_now[0] == '\\' && m_now[1] == 'u') {
        const char *second = m_now;
        m_now += 2;
        char16_t low = 0;
        if (!readUnit(low))
            return false;
        if (QChar::isLowSurrogate(low))
            point = QChar::surrogateToUcs4(unit, low);
        else
            m_now = second; // it stands for itself
    }
    if (QChar::isSurrogate(point))
        point = QChar::ReplacementCharacter; // half of a pair
    appendUtf8(out, point);
    return true;
}

bool CastLine::readUnit(char16_t &unit)
{
    if (m_end - m_now < 4)
        return false;
    unsigned value = 0;
    const auto [next, problem] = std::from_chars(m_now, m_now + 4, value, 16);
    if (problem != std::errc() || next != m_now + 4)
        return false;
    unit = static_cast<char16_t>(value);
    m_now = next;
    return true;
}

}
