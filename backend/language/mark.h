#pragma once
// Where in a document's text something stands, and what is wrong there. Any thread.

#include "backend/language/fault.h"

#include <string>
#include <string_view>

namespace fb {

// Counted from 1, columns in bytes; zero where the place is not known.
struct Mark {
    int line = 0;
    int column = 0;
    friend bool operator==(const Mark &, const Mark &) = default;
};

// One fault of a document. The console lists them all; the API's message carries the first and a count.
struct Problem {
    std::string path {}; // mainSteps[1].inputs.runCommand; empty for the text as a whole
    Mark mark {};
    std::string message {}; // English
    Fault fault {};

    std::string text() const; // "mainSteps[1].inputs.runCommand (line 12, column 7): ..."
    friend bool operator==(const Problem &, const Problem &) = default;
};

Problem problemAt(std::string path, Mark mark, Fault fault);

// mainSteps + [1], mainSteps[1] + inputs
std::string childPath(std::string_view parent, size_t index);
std::string childPath(std::string_view parent, std::string_view key);

}
