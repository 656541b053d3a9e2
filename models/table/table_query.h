#pragma once
// What a filter line asks of a table: free text over all columns, and tokens "property = values" (ux.md 3). Value; any thread.

#include <QList>
#include <QString>
#include <QStringList>

namespace fb {

struct FilterToken {
    QString key; // "ping", "platform", "tag:env"; lower case but for the tag's own key
    bool negated = false; // != instead of =
    QStringList values; // OR

    bool operator==(const FilterToken &) const = default;
    QString text() const; // "tag:env=prod", as it is typed
    // Nothing when `typed` is not a token: no operator, no key, or no value.
    static std::optional<FilterToken> parse(const QString &typed);
};

struct TableQuery {
    QString text; // words; all must match
    QList<FilterToken> tokens; // AND

    bool isEmpty() const { return text.trimmed().isEmpty() && tokens.isEmpty(); }
    bool operator==(const TableQuery &) const = default;
};

}
