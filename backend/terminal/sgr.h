#pragma once
// Select Graphic Rendition: all of ECMA-48 and xterm that a pen can show, 256 and true colours in both spellings. Pure.

#include "backend/terminal/escape_scanner.h"
#include "backend/terminal/pen.h"

#include <string>

namespace fb {

void applySgr(const ControlSequence &sequence, Pen &pen); // link and protection stay
std::string sgrOf(const Pen &pen); // "\e[0;1;31m": the sequence that makes this pen from any
}
