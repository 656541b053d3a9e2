#include "tests/unit/house/text_rules.h"

#include <QRegularExpression>

namespace fb::test {

bool holdsSql(const QString &line)
{
    static const QRegularExpression pattern(QStringLiteral(
        R"re("\s*(SELECT\s.+|INSERT\s+(OR\s+\w+\s+)?INTO\s|UPDATE\s+\w+\s+SET|DELETE\s+FROM\s|CREATE\s+(TABLE|INDEX|UNIQUE))re"
        R"re(|DROP\s+TABLE|PRAGMA\s))re"));
    return pattern.match(line).hasMatch();
}

bool holdsColour(const QString &line)
{
    static const QRegularExpression pattern(QStringLiteral(
        R"re("#([0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})"|\bQColor\s*[({]\s*[0-9"]|\bqRgba?\s*\()re"
        R"re(|\bQt::(red|green|blue|white|black|gray|darkGray|lightGray|yellow|cyan|magenta)\b|\bQColorConstants\b)re"));
    return pattern.match(line).hasMatch();
}

}
