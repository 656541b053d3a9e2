#pragma once
// One filter token made ready for many rows: its values are read once, as its property's type wants them (ux.md 3). Value; one thread.

#include "models/table/filter_property.h"
#include "models/table/table_query.h"

#include <QCoreApplication>
#include <QSet>

#include <functional>
#include <vector>

namespace fb {

class FilterTest
{
    Q_DECLARE_TR_FUNCTIONS(fb::FilterTest)
public:
    FilterTest(const FilterToken &token, const FilterProperty &property);

    // Why the token cannot be used, for the person who typed it; empty: it can. Such a test accepts nothing.
    const QString &problem() const { return m_problem; }
    // What it accepts changes as time goes by.
    bool ages() const { return m_ages; }
    bool accepts(const FilterValue &value, Instant now) const;

private:
    struct Limit {
        double number = 0; // of a time: seconds of age, or microseconds since 1970
        QString text; // of a version
        bool isAge = false; // measured from now; the greater the older
        double day = 0; // of a date without a time: microseconds until its end
    };
    std::optional<Limit> limitOf(const QString &value, FilterType type);
    static std::optional<Limit> timeLimit(const QString &value);
    bool acceptsText(const QStringList &texts) const;
    bool acceptsLimit(const Limit &limit, const FilterValue &value, Instant now) const;
    bool compares(double actual, double wanted) const;

    FilterOperator m_op;
    FilterProperty m_property;
    QSet<QString> m_whole; // case folded
    QStringList m_parts;
    std::vector<Limit> m_limits;
    QString m_problem;
    bool m_ages = false;
};

// -1, 0, 1: part by part as numbers, then as text.
int compareVersions(const QString &a, const QString &b);

}
