#pragma once
// What a backup says of itself. Its first member, header.json, tells whether it is one of ours and for whom; its last, manifest.json,
// names every file with size and SHA-256, so that a cut or altered archive is found before anything is changed. Plain values; any thread.

#include "backend/base/field.h"
#include "backend/core/clock.h"
#include "backend/core/result.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace fb {

inline const auto kBackupFormat = QStringLiteral("flagbridge-backup");
inline constexpr qint64 kBackupVersion = 1;
inline const auto kBackupHeaderName = QStringLiteral("header.json");
inline const auto kBackupManifestName = QStringLiteral("manifest.json");
inline const auto kBackupStoreName = QStringLiteral("flagbridge.db");

struct BackupHeader {
    QString format = kBackupFormat;
    qint64 version = kBackupVersion;
    QString program; // the version of Flagbridge that made it
    QString fleetId;
    Instant madeAt {};
    qint64 files = 0;
    qint64 bytes = 0; // of all files, unpacked
};

struct BackupFile {
    QString path; // "flagbridge.db", "artifacts/sealed/ab/ab..."
    qint64 size = 0;
    QString sha256; // hex
    bool damaged = false; // it was not what the store says of it already when the backup was made
};

struct BackupManifest {
    QList<BackupFile> files;
};

template <std::same_as<BackupHeader> T>
constexpr auto fieldsOf(const T *)
{
    return fieldTable(field("Format", &T::format).required(), field("Version", &T::version),
                      field("Program", &T::program), field("FleetId", &T::fleetId),
                      field("MadeAt", &T::madeAt), field("Files", &T::files), field("Bytes", &T::bytes));
}

template <std::same_as<BackupFile> T>
constexpr auto fieldsOf(const T *)
{
    return fieldTable(field("Path", &T::path).required(), field("Size", &T::size),
                      field("Sha256", &T::sha256), field("Damaged", &T::damaged));
}

template <std::same_as<BackupManifest> T>
constexpr auto fieldsOf(const T *)
{
    return fieldTable(field("Files", &T::files));
}

QByteArray toBytes(const BackupHeader &header);
QByteArray toBytes(const BackupManifest &manifest);
// ValidationException for what is none of ours; UpgradeRequired for one of a newer form.
Result<BackupHeader> backupHeaderOf(const QByteArray &bytes);
Result<BackupManifest> backupManifestOf(const QByteArray &bytes);
bool isBackupPath(const QString &path); // of a file that a backup may hold, header and manifest apart

}
