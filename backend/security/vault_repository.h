#pragma once
// The vault's rows: sealed items and the id of the key they are sealed with. Used by Vault only. Engine thread.

#include "backend/core/clock.h"
#include "backend/store/transaction.h"

#include <optional>

namespace fb {

struct VaultRow {
    qint64 version = 0;
    QByteArray envelope;
};

class VaultRepository
{
public:
    Result<std::optional<QString>> keyId(Reader &reader) const; // nothing before the first start with a key
    Result<void> setKeyId(Transaction &tx, const QString &keyId, Instant now) const;
    Result<std::optional<VaultRow>> item(Reader &reader, const QString &purpose, const QString &name) const;
    Result<void> put(Transaction &tx, const QString &purpose, const QString &name, const VaultRow &row,
                     Instant now) const;
    Result<void> insertIfAbsent(Transaction &tx, const QString &purpose, const QString &name,
                                const VaultRow &row, Instant now) const;
    Result<bool> remove(Transaction &tx, const QString &purpose, const QString &name) const;
};

}
