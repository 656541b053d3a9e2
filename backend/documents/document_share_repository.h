#pragma once
// The rows of what is shared with whom. Keeps no state; any thread that has a Reader.

#include "backend/documents/document_share.h"
#include "backend/store/transaction.h"

namespace fb {

class DocumentShareRepository
{
public:
    Result<qint64> count(Reader &reader, const QString &name) const;
    Result<qint64> publicCount(Reader &reader) const; // documents that are shared with all
    // By account id, beyond `after`.
    Result<QList<AccountSharingInfo>> shares(Reader &reader, const QString &name, const QString &after,
                                             int limit) const;
    Result<void> put(Transaction &tx, const QString &name, const QList<AccountSharingInfo> &shares) const;
    Result<void> remove(Transaction &tx, const QString &name, const QStringList &accountIds) const;
    Result<void> removeAll(Transaction &tx, const QString &name) const;
};

}
