#pragma once
// Puts a backup into a data folder in which no engine runs. All of it is unpacked and verified beside the folder first; then the two change
// places in one step, and the folder that was there is kept under another name. What fails before leaves it as it was. One thread.

#include "backend/backup/backup_archive.h"
#include "backend/backup/backup_manifest.h"
#include "backend/backup/carried_over.h"
#include "backend/core/random.h"

#include <QHash>
#include <QStringList>

#include <optional>

namespace fb {

class EngineLock;
class StoreFile;

struct RestoreRequest {
    QString dataDir;
    QString file;
    bool replace = false; // the folder of another state of the same fleet
};

struct RestoreReport {
    QString dataDir;
    QString fleetId;
    Instant madeAt {}; // the backup
    QString program; // the version that made it
    qint64 epoch = 0;
    qint64 files = 0;
    qint64 bytes = 0;
    QStringList missing; // artifacts that were damaged when the backup was made
    QString replacedFolder; // where the folder that was there is now; empty: there was none
    CarriedOver carriedOver;
};

template <std::same_as<RestoreReport> T>
constexpr auto fieldsOf(const T *)
{
    return fieldTable(field("DataDir", &T::dataDir), field("FleetId", &T::fleetId),
                      field("MadeAt", &T::madeAt), field("Program", &T::program), field("Epoch", &T::epoch),
                      field("Files", &T::files), field("Bytes", &T::bytes), field("Missing", &T::missing),
                      field("ReplacedFolder", &T::replacedFolder), field("CarriedOver", &T::carriedOver));
}

class StoreRestore
{
public:
    StoreRestore(RestoreRequest request, const Clock &clock, Random &random);
    ~StoreRestore(); // what was unpacked and did not take its place goes

    // ConflictException: an engine runs in the folder, or it is not empty and is not to be replaced. ValidationException: the backup is none,
    // is damaged, or is another fleet's. UpgradeRequired: a newer Flagbridge made it.
    Result<RestoreReport> run();

private:
    Result<void> takeFolder();
    Result<void> unpack();
    Result<void> unpackFile(const BackupReader::Entry &entry);
    Result<void> compare(const BackupManifest &manifest);
    Result<void> verifyStore();
    Result<void> prepare();
    Result<void> carryFromReplaced(Transaction &tx, qint64 &epoch);
    Result<void> giveToOwner() const;
    Result<void> changePlaces();
    Error damaged(const QString &what) const;

    RestoreRequest m_request;
    const Clock &m_clock;
    Random &m_random;
    RestoreReport m_report;
    std::unique_ptr<EngineLock> m_lock;
    std::unique_ptr<BackupReader> m_reader;
    BackupHeader m_header;
    QHash<QString, BackupFile> m_unpacked;
    std::unique_ptr<StoreFile> m_replaced;
    QString m_staging; // empty: it has taken its place
    bool m_isEmpty = true; // the folder
};

}
