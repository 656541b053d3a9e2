#pragma once
// Text for a tooltip that Qt must not take for markup (security U01): Qt guesses rich text from a "<" or a "&lt;" on the first line. Any thread.

#include <QString>

namespace fb {

inline QString plainToolTip(const QString &text)
{
    const qsizetype lineEnd = text.indexOf(u'\n');
    const QString first = lineEnd < 0 ? text : text.left(lineEnd);
    return first.contains(u'<') || first.contains(QStringLiteral("&lt;")) ? text.toHtmlEscaped() : text;
}

}
