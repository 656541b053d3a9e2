#pragma once
// The SQL of what is put on parameters: labels of versions, tags. Thread: the caller's transaction or reader.

#include "backend/applications/parameters/parameter.h"
#include "backend/store/transaction.h"

#include <QMap>

namespace fb {

class ParameterMarkRepository
{
public:
    Result<QMap<QString, qint64>> labels(Reader &reader, qint64 id) const; // label -> version
    Result<std::optional<qint64>> labelled(Reader &reader, qint64 id,
                                           const QString &label) const; // its version
    Result<void> setLabels(Transaction &tx, qint64 id, qint64 version,
                           const QStringList &labels) const; // moves them
    Result<void> removeLabels(Transaction &tx, qint64 id, qint64 version, const QStringList &labels) const;

    Result<QList<ParameterTag>> tags(Reader &reader, qint64 id) const; // by key
    Result<void> setTags(Transaction &tx, qint64 id, const QList<ParameterTag> &tags) const; // all of them
};

}
