#pragma once
// The SQL of lists of parameters, by pages in the byte order of their names, and of the tree's counts. Thread: the caller's transaction or
// reader.

#include "backend/applications/parameters/parameter_query.h"
#include "backend/store/transaction.h"

#include <map>

namespace fb {

class ParameterListRepository
{
public:
    struct Item {
        ParameterHead head;
        ParameterVersion version; // the newest, or the labelled one
        QString label; // that found it; empty: none was asked for
    };
    // After that canonical name (empty: from the first).
    Result<QList<Item>> list(Reader &reader, const ParameterConditions &conditions, const QString &after,
                             int limit) const;

    struct Change {
        qint64 children = 0;
        qint64 total = 0;
    };
    using Changes = std::map<QString, Change>; // by path
    static void addTo(Changes &changes, const QString &canonicalName, int by); // all paths above it
    Result<void> addToPaths(Transaction &tx, const Changes &changes) const;
    // Those right below a path, after one of them.
    Result<QList<ParameterPath>> paths(Reader &reader, const QString &parent, const QString &after,
                                       int limit) const;
    Result<ParameterPath> path(Reader &reader, const QString &path) const;
};

}
