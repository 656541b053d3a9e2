#pragma once
// Box drawing and block elements (U+2500 to U+259F) as masks of a cell, so that frames have no gaps at any font and size. Pure.

#include <QtGlobal>

#include <vector>

namespace fb {

bool isBoxGlyph(char32_t codePoint);
std::vector<uchar> boxGlyph(char32_t codePoint, int width, int height, int lineWidth);

}
