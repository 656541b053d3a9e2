#include "models/table/visible_text.h"

#include "backend/core/text_safety.h"

namespace fb {

QString visibleLines(const QString &text)
{
    return QString::fromStdString(withVisibleEscapes(text.toStdString()));
}

QString visibleText(const QString &text, qsizetype most)
{
    // Cut first: each character becomes ten at most.
    QString shown = QString::fromStdString(withVisibleEscapes(text.left(most + 1).toStdString()));
    if (shown.size() > most)
        shown = shown.left(most) + QChar(0x2026);
    return shown.replace(u'\n', QStringLiteral("\\n")).replace(u'\t', QStringLiteral("\\t"));
}

}
