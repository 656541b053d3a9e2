#pragma once
// What rows of a table can be filtered by, and a row's value for it. Values; any thread.

#include "backend/core/clock.h"

#include <QString>
#include <QStringList>

#include <optional>

namespace fb {

enum class FilterType {
    Text,
    Number,
    Percent, // the number is a share, 0 to 1
    Size, // bytes
    Version, // part by part as numbers: 3.10 is more than 3.9; addresses too
    Time
};

struct FilterProperty {
    QString key; // as in tokens: "lastping"; "tag:" stands for every tag key
    QString title; // translated, as its column's; empty: not offered
    FilterType type = FilterType::Text;
    bool byPart = false; // = takes a part of the value: platform = Debian
};

struct FilterValue {
    QStringList texts; // the word shown, the API's word, each tag
    std::optional<double> number; // of Number, Percent and Size
    std::optional<Instant> time;
};

// "tag:env" of {"env=prod", "team=shop"}: {"prod"}; "tag:": all of them as they are.
inline QStringList tagValues(const QStringList &tags, const QString &key)
{
    const QString name = key.mid(4) + u'=';
    if (name.size() == 1)
        return tags;
    QStringList values;
    for (const QString &tag : tags) {
        if (tag.startsWith(name))
            values << tag.mid(name.size());
    }
    return values;
}

}
