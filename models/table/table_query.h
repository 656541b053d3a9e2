#pragma once
// What a filter line asks of a table: free text over all columns, and tokens "property operator values" (ux.md 3). Has a text of its own, to
// be copied, pasted and kept: ping=Online; tag:env=prod,test; lastping<5 min ago; web. Value; any thread.

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace fb {

enum class FilterOperator {
    Equals, // =   any of the values
    NotEquals, // !=  none of them
    Contains, // ~
    NotContains, // !~
    Less, // <   of a time: "5 min ago" and younger, or before a date
    LessOrEqual, // <=
    Greater, // >
    GreaterOrEqual // >=
};

struct FilterToken {
    QString key; // "ping", "platform", "tag:env"; lower case but for the tag's own key
    FilterOperator op = FilterOperator::Equals;
    QStringList values; // OR

    bool operator==(const FilterToken &) const = default;
    QString text() const; // "tag:env=prod", as it is typed; one that could be misread is quoted
    static QString signOf(FilterOperator op); // "<="
    // Nothing when `typed` is not a token: no operator, no key, or no value.
    static std::optional<FilterToken> parse(const QString &typed);
    // Where the operator stands in `typed`, and how long it is; nothing: there is none.
    struct Sign {
        qsizetype at;
        FilterOperator op;
    };
    static std::optional<Sign> findSign(const QString &typed);
};

struct TableQuery {
    QString text; // words; all must match
    QList<FilterToken> tokens; // AND

    bool isEmpty() const { return text.trimmed().isEmpty() && tokens.isEmpty(); }
    bool operator==(const TableQuery &) const = default;
    QString toText() const;
    static TableQuery fromText(const QString &text); // what is no token is free text
};

}
