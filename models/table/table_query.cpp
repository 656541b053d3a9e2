#include "models/table/table_query.h"

#include <array>

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    struct Operator {
        FilterOperator op;
        QLatin1StringView sign;
    };
    // The longer ones first, as they are looked for.
    constexpr std::array<Operator, 8> kOperators {
        Operator {FilterOperator::NotEquals, QLatin1StringView("!=")},
        Operator {FilterOperator::NotContains, QLatin1StringView("!~")},
        Operator {FilterOperator::LessOrEqual, QLatin1StringView("<=")},
        Operator {FilterOperator::GreaterOrEqual, QLatin1StringView(">=")},
        Operator {FilterOperator::Equals, QLatin1StringView("=")},
        Operator {FilterOperator::Contains, QLatin1StringView("~")},
        Operator {FilterOperator::Less, QLatin1StringView("<")},
        Operator {FilterOperator::Greater, QLatin1StringView(">")}};

    // Splits where `separator` stands outside quotes.
    QStringList splitOutsideQuotes(const QString &text, QChar separator)
    {
        QStringList parts;
        QString part;
        bool quoted = false;
        for (const QChar letter : text) {
            quoted = quoted != (letter == u'"');
            if (letter == separator && !quoted) {
                parts << part;
                part.clear();
            } else {
                part += letter;
            }
        }
        return parts << part;
    }

    QString quoted(const QString &value)
    {
        const bool plain = !value.isEmpty() && !u"=~<>!"_s.contains(value[0]) && value == value.trimmed()
            && !value.contains(u',') && !value.contains(u';') && !value.contains(u'"');
        return plain ? value : u'"' + QString(value).replace(u'"', u"\"\""_s) + u'"';
    }

    QString unquoted(const QString &value)
    {
        const QString text = value.trimmed();
        if (text.size() < 2 || !text.startsWith(u'"') || !text.endsWith(u'"'))
            return text;
        return text.mid(1, text.size() - 2).replace(u"\"\""_s, u"\""_s);
    }
}

QString FilterToken::signOf(FilterOperator op)
{
    for (const Operator &known : kOperators) {
        if (known.op == op)
            return known.sign;
    }
    return {};
}

std::optional<FilterToken::Sign> FilterToken::findSign(const QString &typed)
{
    for (qsizetype at = 0; at < typed.size(); ++at) {
        for (const Operator &known : kOperators) {
            if (QStringView(typed).mid(at).startsWith(known.sign))
                return Sign {at, known.op};
        }
    }
    return std::nullopt;
}

QString FilterToken::text() const
{
    QStringList shown;
    for (const QString &value : values)
        shown << quoted(value);
    return key + signOf(op) + shown.join(u',');
}

std::optional<FilterToken> FilterToken::parse(const QString &typed)
{
    const auto sign = findSign(typed);
    if (!sign)
        return std::nullopt;
    FilterToken token;
    token.op = sign->op;
    token.key = typed.left(sign->at).trimmed();
    if (token.key.startsWith(u"tag:", Qt::CaseInsensitive))
        token.key = u"tag:"_s + token.key.mid(4).trimmed(); // the tag's key keeps its case
    else
        token.key = token.key.toLower();
    const QStringList values = splitOutsideQuotes(typed.mid(sign->at + signOf(sign->op).size()), u',');
    for (const QString &value : values) {
        if (!value.trimmed().isEmpty())
            token.values << unquoted(value);
    }
    const bool misread = token.key.contains(u'!') || token.key.contains(u'"') || token.key.contains(u';');
    if (token.key.isEmpty() || token.key == u"tag:" || token.values.isEmpty() || misread)
        return std::nullopt;
    return token;
}

QString TableQuery::toText() const
{
    QStringList parts;
    for (const FilterToken &token : tokens)
        parts << token.text();
    if (!text.trimmed().isEmpty())
        parts << text.trimmed();
    return parts.join(u"; "_s);
}

TableQuery TableQuery::fromText(const QString &text)
{
    TableQuery query;
    QStringList words;
    const QStringList parts = splitOutsideQuotes(text, u';');
    for (const QString &part : parts) {
        if (const auto token = FilterToken::parse(part.trimmed()))
            query.tokens << *token;
        else if (!part.trimmed().isEmpty())
            words << part.trimmed();
    }
    query.text = words.join(u' ');
    return query;
}

}
