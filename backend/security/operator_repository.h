#pragma once
// The stored operators. At first there is one: the Administrator that the first run names after the OS user (design 7). Engine thread.

#include "backend/core/clock.h"
#include "backend/security/principal.h"
#include "backend/store/transaction.h"

#include <optional>

namespace fb {

class OperatorRepository
{
public:
    // The Administrator; stored under `osUser` if there is none yet. `source` goes into the Principal only.
    Result<Principal> owner(Transaction &tx, const QString &osUser, Instant now, const QString &source) const;
    Result<QList<Principal>> all(Reader &reader) const; // by name; source empty
};

QString osUserName(); // of this process; "uid-1000" if the system has no name for it

}
