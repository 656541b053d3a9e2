#pragma once
// The SQL of parameters and their versions. Takes and gives value types. Thread: the caller's transaction or reader.

#include "backend/applications/parameters/parameter.h"
#include "backend/store/transaction.h"

namespace fb {

class ParameterRepository
{
public:
    Result<std::optional<ParameterHead>> head(Reader &reader, const QString &canonicalName) const;
    // Held until the transaction ends; nothing when it is not there, or when another engine holds it (then head() finds it).
    Result<std::optional<ParameterHead>> lockedHead(Transaction &tx, const QString &canonicalName) const;
    Result<std::optional<ParameterHead>> lockedHead(Transaction &tx, qint64 id) const;
    // The new row's id; nothing when there is one of that name.
    Result<std::optional<qint64>> insert(Transaction &tx, const ParameterHead &head,
                                         const QString &parentPath) const;
    // False when the newest version is not `expected` any more.
    Result<bool> update(Transaction &tx, const ParameterHead &head, qint64 expected) const;
    Result<bool> remove(Transaction &tx,
                        qint64 id) const; // with all that hangs on it; false: it is gone already
    Result<qint64> countOf(Reader &reader, ParameterTier tier, qint64 most) const; // `most` at most

    Result<void> insertVersion(Transaction &tx, qint64 id, const ParameterVersion &version) const;
    Result<std::optional<ParameterVersion>> version(Reader &reader, qint64 id, qint64 version) const;
    Result<QList<ParameterVersion>> versionsAfter(Reader &reader, qint64 id, qint64 after, int limit) const;
    struct Kept {
        qint64 count = 0;
        qint64 oldest = 0;
    };
    Result<Kept> keptVersions(Reader &reader, qint64 id) const;
    Result<void> removeVersion(Transaction &tx, qint64 id, qint64 version) const;

    static const QString &headColumns(); // of the table as p, for headOf()
    static ParameterHead headOf(const Row &row);
    static constexpr int kHeadColumns = 8;
    static const QString &versionColumns(); // of the table as v
    static ParameterVersion versionOf(const Row &row, int first = 0);
};

}
