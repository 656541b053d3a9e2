#include "models/table/table_query.h"

namespace fb {

QString FilterToken::text() const
{
    return key + (negated ? QStringLiteral("!=") : QStringLiteral("=")) + values.join(u',');
}

std::optional<FilterToken> FilterToken::parse(const QString &typed)
{
    const qsizetype equals = typed.indexOf(u'=');
    if (equals <= 0)
        return std::nullopt;
    FilterToken token;
    token.negated = typed[equals - 1] == u'!';
    token.key = typed.left(token.negated ? equals - 1 : equals).trimmed();
    if (token.key.startsWith(QStringLiteral("tag:"), Qt::CaseInsensitive))
        token.key = QStringLiteral("tag:") + token.key.mid(4).trimmed(); // the tag's key keeps its case
    else
        token.key = token.key.toLower();
    const QStringList values = typed.mid(equals + 1).split(u',', Qt::SkipEmptyParts);
    for (const QString &value : values) {
        if (!value.trimmed().isEmpty())
            token.values << value.trimmed();
    }
    if (token.key.isEmpty() || token.key == u"tag:" || token.values.isEmpty())
        return std::nullopt;
    return token;
}

}
