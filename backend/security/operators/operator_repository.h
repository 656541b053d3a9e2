#pragma once
// The stored operators, their groups and access keys. At first there is one operator: the Administrator that the first run names after the
// OS user (design 7). Engine thread.

#include "backend/core/clock.h"
#include "backend/security/access_key.h"
#include "backend/security/operators/operator.h"
#include "backend/store/transaction.h"

#include <optional>

namespace fb {

class OperatorRepository
{
public:
    // The Administrator: `osUser` if that is one, else the oldest that is enabled; made of `osUser` if there is none. `source` goes into the
    // Principal only.
    Result<Principal> owner(Transaction &tx, const QString &osUser, Instant now, const QString &source) const;

    Result<QList<Operator>> all(Reader &reader) const; // by name
    Result<void> put(Transaction &tx, const Operator &who) const; // new, or all but what signing in changes
    Result<void> remove(Transaction &tx, const QString &name) const; // with memberships and keys

    Result<QList<OperatorGroup>> groups(Reader &reader) const; // by name
    Result<void> putGroup(Transaction &tx, const OperatorGroup &group, Instant now) const;
    Result<void> removeGroup(Transaction &tx, const QString &name) const;

    Result<QList<AccessKey>> keys(Reader &reader) const; // by operator, oldest first
    Result<void> putKey(Transaction &tx, const AccessKey &key) const;
    Result<void> keyUsed(Transaction &tx, const QString &accessKeyId, Instant at, const QString &from) const;
    Result<void> removeKey(Transaction &tx, const QString &accessKeyId) const;

    Result<QString> passwordHash(Reader &reader,
                                 const QString &name) const; // empty: none, or no such operator
    Result<void> setPasswordHash(Transaction &tx, const QString &name, const QString &hash,
                                 Instant now) const;
};

QString osUserName(); // of this process; "uid-1000" if the system has no name for it

}
