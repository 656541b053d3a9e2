#include "ui/widgets/view_state.h"

#include <QUrlQuery>

#include <algorithm>

namespace fb {

namespace {
    constexpr qsizetype kLongest = 4096;
    constexpr qsizetype kMostValues = 64;
    const auto kFilter = QStringLiteral("filter");
    const auto kText = QStringLiteral("text");
}

ViewState ViewState::parse(const QString &text)
{
    ViewState state;
    if (text.size() > kLongest)
        return state;
    const auto pairs = QUrlQuery(text).queryItems(QUrl::FullyDecoded);
    for (const auto &[key, value] : pairs.first(std::min(pairs.size(), kMostValues))) {
        if (!key.isEmpty() && !value.isEmpty())
            state.m_values[key] << value;
    }
    return state;
}

QString ViewState::text() const
{
    QUrlQuery query;
    QStringList keys = m_values.keys();
    keys.sort();
    for (const QString &key : std::as_const(keys)) {
        for (const QString &value : m_values.value(key))
            query.addQueryItem(key, QString::fromLatin1(QUrl::toPercentEncoding(value)));
    }
    return query.toString(QUrl::FullyEncoded);
}

void ViewState::set(const QString &key, const QString &value)
{
    if (value.isEmpty())
        m_values.remove(key);
    else
        m_values[key] = {value};
}

void ViewState::setQuery(const TableQuery &query)
{
    m_values.remove(kFilter);
    set(kText, query.text.trimmed());
    for (const FilterToken &token : query.tokens)
        m_values[kFilter] << token.text();
}

TableQuery ViewState::query() const
{
    TableQuery query {.text = value(kText), .tokens = {}};
    for (const QString &text : m_values.value(kFilter)) {
        if (const auto token = FilterToken::parse(text))
            query.tokens << *token;
    }
    return query;
}

}
