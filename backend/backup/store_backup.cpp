#include "backend/backup/store_backup.h"

#include "backend/base/fail.h"
#include "backend/core/byte_encoding.h"

#include <QFile>
#include <QFileInfo>

#include <fcntl.h>
#include <sys/stat.h>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr qint64 kMostKeyFile = 64 * 1024;
    const QString kKeyFile = u"master.sealed"_s;

    FileDescriptor openForBackup(const QString &path)
    {
        return FileDescriptor(::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    }
}

StoreBackup::StoreBackup(BackupSource source, QString file, const Clock &clock)
    : m_source(std::move(source)),
      m_file(std::move(file)),
      m_clock(clock)
{
}

StoreBackup::~StoreBackup() = default;

Result<BackupReport> StoreBackup::write()
{
    auto store = StoreFile::open(m_source.storeFile);
    if (!store)
        return store.error();
    m_store = std::move(*store);
    const auto fleet = m_store->state(u"fleet_id"_s);
    if (!fleet)
        return fleet.error();
    const auto artifacts = m_store->artifactFiles();
    if (!artifacts)
        return artifacts.error();
    QByteArray key;
    if (QFile file(m_source.dataDir + u'/' + kKeyFile); file.exists()) {
        if (!file.open(QIODevice::ReadOnly) || file.size() > kMostKeyFile)
            return fail(errors::kServiceUnavailable,
                        u"%1 cannot be read: %2."_s.arg(file.fileName(), file.errorString()));
        key = file.readAll();
    }
    BackupHeader header {.program = QStringLiteral(FB_VERSION), .fleetId = *fleet, .madeAt = m_clock.now()};
    header.bytes = QFileInfo(m_source.storeFile).size() + m_source.auditHead.size() + key.size();
    for (const ArtifactFileEntry &artifact : *artifacts)
        header.bytes += artifact.length;
    header.files = artifacts->size() + 1 + (key.isEmpty() ? 0 : 1) + (m_source.auditHead.isEmpty() ? 0 : 1);

    auto writer = BackupWriter::create(m_file);
    if (!writer)
        return writer.error();
    m_writer = std::move(*writer);
    if (auto added = m_writer->addBytes(kBackupHeaderName, toBytes(header)); !added)
        return added.error();
    if (auto added = addStore(); !added)
        return added.error();
    for (const auto &[path, bytes] :
         {std::pair(u"audit.head"_s, m_source.auditHead), std::pair(kKeyFile, key)}) {
        if (bytes.isEmpty())
            continue;
        if (auto added = m_writer->addBytes(path, bytes); !added)
            return added.error();
        m_manifest.files.append(
            {.path = path, .size = bytes.size(), .sha256 = toQString(sha256Hex(viewOf(bytes)))});
    }
    for (const ArtifactFileEntry &artifact : *artifacts) {
        if (auto added = addArtifact(artifact); !added)
            return added.error();
    }
    if (auto added = m_writer->addBytes(kBackupManifestName, toBytes(m_manifest)); !added)
        return added.error();
    BackupReport report {.file = m_file,
                         .fleetId = header.fleetId,
                         .madeAt = header.madeAt,
                         .files = header.files,
                         .bytes = header.bytes,
                         .damaged = {}};
    for (const BackupFile &file : std::as_const(m_manifest.files)) {
        if (file.damaged)
            report.damaged.append(file.path);
    }
    return report;
}

Result<void> StoreBackup::addStore()
{
    const FileDescriptor file = openForBackup(m_source.storeFile);
    if (!file)
        return fail(errors::kServiceUnavailable,
                    u"%1 cannot be read: %2."_s.arg(m_source.storeFile, systemReason()));
    const qint64 size = QFileInfo(m_source.storeFile).size();
    const auto digest = m_writer->addFile(kBackupStoreName, file.get(), size);
    if (!digest)
        return digest.error();
    m_manifest.files.append({.path = kBackupStoreName, .size = size, .sha256 = *digest});
    return {};
}

// One that is not what it should be stops no backup: the rest is worth keeping, and the report names it.
Result<void> StoreBackup::addArtifact(const ArtifactFileEntry &artifact)
{
    BackupFile entry {.path = artifact.path, .size = artifact.length, .sha256 = artifact.sha256};
    const FileDescriptor file = openForBackup(m_source.dataDir + u'/' + artifact.path);
    struct stat status {
    };
    const bool isThere = file && ::fstat(file.get(), &status) == 0
        && (artifact.sha256.isEmpty() ? status.st_size >= artifact.length
                                      : status.st_size == artifact.length);
    if (isThere) {
        const auto digest = m_writer->addFile(artifact.path, file.get(), artifact.length);
        if (!digest)
            return digest.error();
        entry.damaged = !artifact.sha256.isEmpty() && *digest != artifact.sha256;
        entry.sha256 = *digest;
    } else {
        entry.damaged = true;
        entry.size = 0;
    }
    m_manifest.files.append(entry);
    return {};
}

Result<void> StoreBackup::commit(BackupReport &report)
{
    if (auto committed = m_writer->commit(); !committed)
        return committed;
    report.size = m_writer->size();
    return {};
}

}
