#pragma once
// What must not come back to life when an older state takes the place of a newer one (spec/security-and-robustness.md S12): certificates
// revoked since, operators and access keys shut out since, passwords changed since. Read from the store that is replaced, written into the
// one that takes its place; what cannot be carried over is told. One thread.

#include "backend/base/field.h"
#include "backend/store/transaction.h"

#include <QStringList>

namespace fb {

struct CarriedOver {
    qint64 revocations = 0; // certificates that the backup held to be good
    QStringList
        deregisteredNodes; // are in the backup, and were deregistered since: their certificates open nothing
    QStringList operatorsShutOut; // disabled or removed since
    QStringList keysShutOut; // access keys, the same
    QStringList passwordsKept; // operators whose password was changed since
    QStringList
        permissionsDiffer; // operators whose role or permissions were changed since: they are those of the backup
    QStringList unknown; // sentences: what is not carried over
};

template <std::same_as<CarriedOver> T>
constexpr auto fieldsOf(const T *)
{
    return fieldTable(field("Revocations", &T::revocations),
                      field("DeregisteredNodes", &T::deregisteredNodes),
                      field("OperatorsShutOut", &T::operatorsShutOut), field("KeysShutOut", &T::keysShutOut),
                      field("PasswordsKept", &T::passwordsKept),
                      field("PermissionsDiffer", &T::permissionsDiffer), field("Unknown", &T::unknown));
}

Result<CarriedOver> carryOver(Reader &replaced, Transaction &tx, Instant now);

}
