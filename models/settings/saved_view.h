#pragma once
// A table as a person likes to see it: tokens, columns and sort under a name (ux.md 3). Kept in the console's settings. Values; any thread.

#include <QByteArray>
#include <QList>
#include <QString>

namespace fb {

struct SavedView {
    QString name; // 1 to 64 characters
    QString query; // TableQuery::toText()
    QByteArray columns; // DataTable::saveColumns(); sort too
    bool isDefault = false; // the page opens with it

    bool operator==(const SavedView &) const = default;

    static constexpr qsizetype kMostChars = 64;
    static constexpr qsizetype kMostOfTable = 50;
    static QByteArray toJson(const QList<SavedView> &views);
    static QList<SavedView> fromJson(const QByteArray &json); // what is not understood is left out
};

}
