#include "models/table/visible_text.h"

#include "backend/core/text_safety.h"

#include <algorithm>

namespace fb {

QString visibleLines(const QString &text)
{
    return QString::fromStdString(withVisibleEscapes(text.toStdString()));
}

QString visibleText(const QString &text, qsizetype most)
{
    const auto showsByItself = [](QChar c) { return c.unicode() >= 0x20 && c.unicode() < 0x7f; };
    if (text.size() <= most && std::all_of(text.begin(), text.end(), showsByItself))
        return text; // most texts, and the same one: a large fleet has it once
    // Cut first: each character becomes ten at most.
    QString shown = QString::fromStdString(withVisibleEscapes(text.left(most + 1).toStdString()));
    if (shown.size() > most)
        shown = shown.left(most) + QChar(0x2026);
    return shown.replace(u'\n', QStringLiteral("\\n")).replace(u'\t', QStringLiteral("\\t"));
}

}
