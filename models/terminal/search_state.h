#pragma once
// What is searched for in a terminal, and how far that is. Plain values.

#include "models/terminal/terminal_frame.h"

#include <string>

namespace fb {

struct SearchWish {
    std::string text; // empty: none
    bool isPattern = false; // a regular expression
    bool ignoresCase = true;
    bool operator==(const SearchWish &) const = default;
};

struct SearchState {
    SearchWish wish;
    int matches = 0; // found so far
    int current = 0; // from 1, newest first; 0: none
    bool isComplete = false;
    bool isCapped = false; // there may be more than are counted
    std::string fault; // of the expression
    RowNumber currentRow = -1;
    bool operator==(const SearchState &) const = default;
};

}
