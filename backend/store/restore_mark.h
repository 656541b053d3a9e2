#pragma once
// What a restore leaves in the store for the engine that starts on it first: that what the backup let in is void, and from which epoch on
// everything is newer than all that was before (spec/security-and-robustness.md S12). Thread: that of the Reader.

#include "backend/base/field.h"
#include "backend/store/transaction.h"

#include <QJsonObject>

#include <optional>

namespace fb {

struct RestoreMark {
    qint64 epoch = 0; // of the store; above any that an engine of this fleet has had
    Instant restoredAt {};
    Instant backupMadeAt {};
    QString backupFile;
    QJsonObject carriedOver; // from the store that was replaced, as reported
};

template <std::same_as<RestoreMark> T>
constexpr auto fieldsOf(const T *)
{
    return fieldTable(field("Epoch", &T::epoch), field("RestoredAt", &T::restoredAt),
                      field("BackupMadeAt", &T::backupMadeAt), field("BackupFile", &T::backupFile),
                      field("CarriedOver", &T::carriedOver));
}

class RestoreMarks
{
public:
    // Raises the store's epoch to the mark's. In the last write of a Database: its engine would take itself for an older one.
    Result<void> put(Transaction &tx, const RestoreMark &mark) const;
    Result<std::optional<RestoreMark>> find(Reader &reader) const;
    Result<void> remove(Transaction &tx) const;
};

}
