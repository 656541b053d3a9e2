#pragma once
// Writes a backup: the copy of a SQLite store, and every artifact that it names, with the anchor of the audit log and the sealed master key,
// if it is kept here. Nothing is unsealed: what is secret in the store is secret in the backup. Any thread.

#include "backend/backup/backup_archive.h"
#include "backend/backup/backup_manifest.h"
#include "backend/store/store_copy.h"

#include <QStringList>

namespace fb {

struct BackupSource {
    QString dataDir;
    QString storeFile; // the copy (copyStore), which nobody writes to
    QByteArray auditHead; // DIR/audit.head as it was before the copy was made; empty: there was none
};

struct BackupReport {
    QString file;
    QString fleetId;
    Instant madeAt {};
    qint64 size = 0; // of the file
    qint64 files = 0;
    qint64 bytes = 0; // of them, unpacked
    QStringList damaged; // artifacts that are not what the store says of them: they are in no backup
};

template <std::same_as<BackupReport> T>
constexpr auto fieldsOf(const T *)
{
    return fieldTable(field("File", &T::file), field("FleetId", &T::fleetId), field("MadeAt", &T::madeAt),
                      field("Size", &T::size), field("Files", &T::files), field("Bytes", &T::bytes),
                      field("Damaged", &T::damaged));
}

class StoreBackup
{
public:
    // `file` appears whole, with mode 0600, or not at all. ConflictException when it is there already.
    StoreBackup(BackupSource source, QString file, const Clock &clock);

    Result<BackupReport> write(); // all but its name
    Result<void> commit(BackupReport &report); // its name
    ~StoreBackup();

private:
    Result<void> addStore();
    Result<void> addArtifact(const ArtifactFileEntry &artifact);

    BackupSource m_source;
    QString m_file;
    const Clock &m_clock;
    std::unique_ptr<StoreFile> m_store;
    std::unique_ptr<BackupWriter> m_writer;
    BackupManifest m_manifest;
};

}
