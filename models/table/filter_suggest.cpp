#include "models/table/filter_suggest.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    QString squeezed(const QString &name) { return name.toCaseFolded().remove(u' '); }

    QList<FilterOperator> operatorsOf(FilterType type)
    {
        if (type == FilterType::Text)
            return {FilterOperator::Equals, FilterOperator::NotEquals, FilterOperator::Contains,
                    FilterOperator::NotContains};
        QList<FilterOperator> ordered {FilterOperator::Less, FilterOperator::LessOrEqual,
                                       FilterOperator::Greater, FilterOperator::GreaterOrEqual};
        if (type != FilterType::Time)
            ordered = QList {FilterOperator::Equals, FilterOperator::NotEquals} + ordered;
        return ordered;
    }
}

// By key or by title, whatever the case and the blanks.
std::optional<FilterProperty> FilterSuggest::named(const LiveTableModel &table, const QString &name)
{
    if (name.startsWith(u"tag:", Qt::CaseInsensitive))
        return table.filterProperty(u"tag:"_s);
    const QList<FilterProperty> properties = table.filterProperties();
    for (const FilterProperty &property : properties) {
        if (property.key != u"tag:" && !property.title.isEmpty()
            && (property.key == squeezed(name) || squeezed(property.title) == squeezed(name)))
            return property;
    }
    return std::nullopt;
}

QString FilterSuggest::titleOf(const FilterProperty &property, const QString &key)
{
    return property.key == u"tag:" ? key : property.title;
}

FilterSuggest::Read FilterSuggest::read(const LiveTableModel &table, const QString &typed)
{
    const auto sign = FilterToken::findSign(typed);
    if (!sign)
        return {};
    const QString name = typed.left(sign->at).trimmed();
    const auto property = named(table, name);
    if (!property) {
        if (sign->op != FilterOperator::Equals && sign->op != FilterOperator::NotEquals)
            return {}; // a < in what is looked for
        QStringList titles;
        const QList<FilterProperty> properties = table.filterProperties();
        for (const FilterProperty &each : properties) {
            if (!each.title.isEmpty())
                titles << (each.key == u"tag:" ? u"tag:KEY"_s : each.title);
        }
        return {{}, tr("Filter by one of: %1").arg(titles.join(u", "_s))};
    }
    auto token = FilterToken::parse(typed);
    if (!token)
        return {{}, tr("A value is missing after %1.").arg(FilterToken::signOf(sign->op))};
    if (property->key != u"tag:")
        token->key = property->key;
    const FilterTest test(*token, *property);
    if (!test.problem().isEmpty())
        return {{}, test.problem()};
    return {token, {}};
}

QString FilterSuggest::shown(const LiveTableModel &table, const FilterToken &token)
{
    const auto property = table.filterProperty(token.key);
    const QString name = token.key.startsWith(u"tag:") ? token.key.mid(4)
        : property && !property->title.isEmpty()       ? property->title
                                                       : token.key;
    return u"%1 %2 %3"_s.arg(name, FilterToken::signOf(token.op), token.values.join(u", "_s));
}

QList<FilterSuggestion> FilterSuggest::properties(const LiveTableModel &table, const QString &word)
{
    QList<FilterSuggestion> found;
    const QList<FilterProperty> properties = table.filterProperties();
    for (const FilterProperty &property : properties) {
        if (property.key == u"tag:" || property.title.isEmpty())
            continue;
        if (property.title.contains(word, Qt::CaseInsensitive) || property.key.startsWith(squeezed(word)))
            found.append(
                {property.title,
                 property.title + u' ' + FilterToken::signOf(operatorsOf(property.type).first()) + u' '});
    }
    if (table.filterProperty(u"tag:"_s)) {
        const QStringList keys = table.knownTagKeys();
        for (const QString &key : keys) {
            const QString name = u"tag:"_s + key;
            if (name.contains(word, Qt::CaseInsensitive))
                found.append({name, name + u" = "_s});
        }
    }
    return found;
}

QList<FilterSuggestion> FilterSuggest::operators(const FilterProperty &property, const QString &name)
{
    QList<FilterSuggestion> found;
    const QList<FilterOperator> all = operatorsOf(property.type);
    for (const FilterOperator op : all) {
        const QString text = titleOf(property, name) + u' ' + FilterToken::signOf(op);
        found.append({text, text + u' '});
    }
    return found;
}

QStringList FilterSuggest::values(const LiveTableModel &table, const FilterProperty &property,
                                  const QString &key, const QString &word, int most)
{
    switch (property.type) {
    case FilterType::Time:
        return {tr("5 min ago"), tr("1 h ago"), tr("1 day ago"), tr("7 days ago")};
    case FilterType::Percent:
        return {u"50%"_s, u"80%"_s, u"90%"_s};
    case FilterType::Size:
        return {u"1 MiB"_s, u"100 MiB"_s, u"1 GiB"_s};
    default:
        return table.knownValues(key, word, most);
    }
}

QList<FilterSuggestion> FilterSuggest::next(const LiveTableModel &table, const QString &typed, int most)
{
    QList<FilterSuggestion> found;
    const auto sign = FilterToken::findSign(typed);
    if (!sign) {
        const QString name = typed.trimmed();
        const auto property = name.isEmpty() ? std::nullopt : named(table, name);
        found = property && property->key != u"tag:" ? operators(*property, name) : properties(table, name);
        return found.first(qMin<qsizetype>(most, found.size()));
    }
    const QString name = typed.left(sign->at).trimmed();
    const auto property = named(table, name);
    if (!property)
        return {};
    const qsizetype after = sign->at + FilterToken::signOf(sign->op).size();
    const qsizetype begin = qMax(after, typed.lastIndexOf(u',') + 1);
    const QString word = typed.mid(begin).trimmed();
    const QString key = property->key == u"tag:" ? u"tag:"_s + name.mid(4).trimmed() : property->key;
    const QStringList known = values(table, *property, key, word, most);
    for (const QString &value : known) {
        if (!value.contains(word, Qt::CaseInsensitive))
            continue;
        const FilterToken one {key, sign->op, {value}}; // quotes where they are needed
        const QString written = one.text().mid(key.size() + FilterToken::signOf(sign->op).size());
        found.append({value, typed.left(begin) + u' ' + written, true});
    }
    return found.first(qMin<qsizetype>(most, found.size()));
}

}
