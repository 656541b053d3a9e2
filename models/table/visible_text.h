#pragma once
// Text of strangers as one line on the screen (security U01, U04): what does not show by itself, such as a right-to-left mark or a line
// break, is written as an escape, and what is too long is cut. Any thread.

#include <QString>

namespace fb {

inline constexpr qsizetype kShownChars = 300;

QString visibleText(const QString &text, qsizetype most = kShownChars);
QString visibleLines(const QString &text); // the whole of it, for a viewer: newlines and tabs stay

}
