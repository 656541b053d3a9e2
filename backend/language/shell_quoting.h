#pragma once
// Follows the quotes of a POSIX shell script far enough to say how a variable must be written at the place reached, so that its
// value arrives as one unchanged word. A misjudged place (in a here-document, say) prints the reference differently, but the value is
// never run: a shell does not parse what a variable holds. Any thread.

#include <string>
#include <string_view>

namespace fb {

class ShellQuoting
{
public:
    void read(std::string_view scriptPart);
    void endLine() { read("\n"); }

    // "${NAME}" outside of quotes, ${NAME} in double quotes; single quotes are closed around it.
    std::string reference(std::string_view variable);

private:
    enum class State { Bare, Single, Double, Comment };
    void step(char character);

    State m_state = State::Bare;
    bool m_isEscaped = false;
    bool m_isWordStart = true; // where # begins a comment
};

}
