#include "backend/language/shell_quoting.h"

#include <fmt/format.h>

namespace fb {

void ShellQuoting::read(std::string_view scriptPart)
{
    for (const char character : scriptPart)
        step(character);
}

void ShellQuoting::step(char character)
{
    const bool wasWordStart = m_isWordStart;
    m_isWordStart = false;
    if (m_isEscaped) {
        m_isEscaped = false;
        return;
    }
    switch (m_state) {
    case State::Single:
        if (character == '\'')
            m_state = State::Bare;
        return;
    case State::Double:
        if (character == '\\')
            m_isEscaped = true;
        else if (character == '"')
            m_state = State::Bare;
        return;
    case State::Comment:
        if (character == '\n') {
            m_state = State::Bare;
            m_isWordStart = true;
        }
        return;
    case State::Bare:
        break;
    }
    if (character == '\\')
        m_isEscaped = true;
    else if (character == '\'')
        m_state = State::Single;
    else if (character == '"')
        m_state = State::Double;
    else if (character == '#' && wasWordStart)
        m_state = State::Comment;
    else
        m_isWordStart = std::string_view(" \t\n;&|()").find(character) != std::string_view::npos;
}

std::string ShellQuoting::reference(std::string_view variable)
{
    std::string written;
    if (m_isEscaped)
        written.push_back('\\'); // a backslash stands before: keep it from escaping our quote or dollar sign
    switch (m_state) {
    case State::Double:
        written += fmt::format("${{{}}}", variable);
        break;
    case State::Single:
        written += fmt::format("'\"${{{}}}\"'", variable);
        break;
    case State::Bare:
    case State::Comment:
        written += fmt::format("\"${{{}}}\"", variable);
        break;
    }
    m_isEscaped = false;
    m_isWordStart = false;
    return written;
}

}
