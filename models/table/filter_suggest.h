#pragma once
// What a person may type next into a filter line: properties by their titles, operators, values that exist (ux.md 3); and what they have typed as
// a token. Ui thread.

#include "models/table/live_table_model.h"

#include <QCoreApplication>

namespace fb {

struct FilterSuggestion {
    QString label; // "Platform", "Debian 12"
    QString typed; // the whole line when it is taken
    bool isWhole = false; // then the line is a token
};

class FilterSuggest
{
    Q_DECLARE_TR_FUNCTIONS(fb::FilterSuggest)
public:
    static QList<FilterSuggestion> next(const LiveTableModel &table, const QString &typed, int most);

    struct Read {
        std::optional<FilterToken> token;
        QString problem; // why there is none, for the person; empty: what was typed is free text
    };
    static Read read(const LiveTableModel &table, const QString &typed);
    // "Last ping < 5 min ago": a token in the table's own words.
    static QString shown(const LiveTableModel &table, const FilterToken &token);

private:
    static std::optional<FilterProperty> named(const LiveTableModel &table, const QString &name);
    static QList<FilterSuggestion> properties(const LiveTableModel &table, const QString &word);
    static QList<FilterSuggestion> operators(const FilterProperty &property, const QString &name);
    static QStringList values(const LiveTableModel &table, const FilterProperty &property, const QString &key,
                              const QString &word, int most);
    static QString titleOf(const FilterProperty &property, const QString &key);
};

}
