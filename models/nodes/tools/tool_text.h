#pragma once
// Text of a node's tools for the screen: any bytes become valid and neutral, and are bounded. Any thread.

#include "backend/base/qt_text.h"
#include "backend/core/text_safety.h"

namespace fb {

inline QString toolText(const std::string &bytes)
{
    constexpr size_t kMost = 4096; // bytes
    QString text = toQString(withVisibleEscapes(toValidUtf8(std::string_view(bytes).substr(0, kMost))));
    text.replace(u'\n', QStringLiteral("\\n"));
    text.replace(u'\t', QStringLiteral("\\t"));
    return text;
}

}
