#include "backend/backup/store_restore.h"

#include "backend/base/fail.h"
#include "backend/base/field_table.h"
#include "backend/core/time_text.h"
#include "backend/security/audit_log.h"
#include "backend/store/engine_lock.h"
#include "backend/store/restore_mark.h"
#include "backend/store/store_copy.h"

#include <QDir>
#include <QDirIterator>
#include <QFileInfo>
#include <QStorageInfo>

#include <fcntl.h>
#include <sys/stat.h>

#include <cstdio>
#include <cstdlib>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr qint64 kMostHeaderBytes = 64 * 1024;
    constexpr qint64 kMostManifestBytes = 512 * 1024 * 1024;
    constexpr qint64 kRoomBeside = 64 * 1024 * 1024; // for the store's own log

    Error folderError(const QString &what, const QString &path)
    {
        const QString reason = systemReason();
        return qtError(errors::kServiceUnavailable, u"%1 cannot be %2: %3."_s.arg(path, what, reason),
                       u"data"_s);
    }

    Result<void> syncFolder(const QString &path, bool all)
    {
        const FileDescriptor folder(
            ::open(QFile::encodeName(path).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        if (!folder || (all ? ::syncfs(folder.get()) : ::fsync(folder.get())) != 0)
            return folderError(u"written to the disk"_s, path);
        return {};
    }
}

StoreRestore::StoreRestore(RestoreRequest request, const Clock &clock, Random &random)
    : m_request(std::move(request)),
      m_clock(clock),
      m_random(random)
{
}

StoreRestore::~StoreRestore()
{
    if (!m_staging.isEmpty())
        QDir(m_staging).removeRecursively();
}

Error StoreRestore::damaged(const QString &what) const
{
    return qtError(errors::kValidation,
                   u"The backup %1 is damaged: %2. Nothing was changed."_s.arg(m_request.file, what),
                   u"from"_s);
}

Result<RestoreReport> StoreRestore::run()
{
    for (const auto step : {&StoreRestore::takeFolder, &StoreRestore::unpack, &StoreRestore::verifyStore,
                            &StoreRestore::prepare, &StoreRestore::changePlaces}) {
        if (auto done = (this->*step)(); !done)
            return done.error();
    }
    return m_report;
}

Result<void> StoreRestore::takeFolder()
{
    const QFileInfo folder(m_request.dataDir);
    if (folder.isSymLink() && folder.exists())
        m_request.dataDir = folder.canonicalFilePath();
    m_request.dataDir = QDir::cleanPath(QDir(m_request.dataDir).absolutePath());
    m_report.dataDir = m_request.dataDir;
    if (!QFileInfo::exists(m_request.dataDir))
        return {};
    if (!QFileInfo(m_request.dataDir).isDir())
        return fail(errors::kValidation, u"%1 is no folder."_s.arg(m_request.dataDir), u"data"_s);
    QStringList present
        = QDir(m_request.dataDir)
              .entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
    present.removeAll(u"engine.lock"_s);
    m_isEmpty = present.isEmpty();
    if (!m_isEmpty && !present.contains(kBackupStoreName))
        return fail(
            errors::kConflict,
            u"%1 holds other files and no store of an engine (flagbridge.db). Restore into an empty folder."_s
                .arg(m_request.dataDir),
            u"data"_s);
    if (!m_isEmpty && !m_request.replace)
        return fail(
            errors::kConflict,
            u"%1 holds an engine's store. Restore into an empty folder, or say --replace: the folder is then "
            "kept beside the restored one."_s.arg(m_request.dataDir),
            u"data"_s);
    auto lock = EngineLock::take(m_request.dataDir);
    if (!lock)
        return lock.error();
    m_lock = std::move(*lock);
    return {};
}

Result<void> StoreRestore::unpack()
{
    auto reader = BackupReader::open(m_request.file);
    if (!reader)
        return reader.error();
    m_reader = std::move(*reader);
    const auto first = m_reader->next();
    if (!first)
        return first.error();
    if (!*first || (*first)->path != kBackupHeaderName)
        return fail(errors::kValidation, u"%1 is no backup of Flagbridge."_s.arg(m_request.file), u"from"_s);
    const auto header = m_reader->bytes(**first, kMostHeaderBytes).andThen(backupHeaderOf);
    if (!header)
        return header.error();
    m_header = *header;
    m_report.fleetId = m_header.fleetId;
    m_report.madeAt = m_header.madeAt;
    m_report.program = m_header.program;

    const QString parent = QFileInfo(m_request.dataDir).absolutePath();
    if (!QDir().mkpath(parent))
        return folderError(u"made"_s, parent);
    const qint64 free = QStorageInfo(parent).bytesAvailable();
    if (free >= 0 && free - kRoomBeside < m_header.bytes)
        return fail(errors::kServiceUnavailable,
                    u"The disk of %1 has %2 bytes free; the backup needs %3."_s.arg(
                        parent, QString::number(free), QString::number(m_header.bytes + kRoomBeside)),
                    u"data"_s);
    QByteArray pattern = QFile::encodeName(m_request.dataDir + u".restore-XXXXXX"_s); // mode 0700
    if (!::mkdtemp(pattern.data()))
        return folderError(u"made"_s, QFile::decodeName(pattern));
    m_staging = QFile::decodeName(pattern);

    for (;;) {
        const auto entry = m_reader->next();
        if (!entry)
            return entry.error();
        if (!*entry)
            return damaged(u"it is cut short, its list of files is missing"_s);
        if ((*entry)->path == kBackupManifestName) {
            const auto manifest = m_reader->bytes(**entry, kMostManifestBytes).andThen(backupManifestOf);
            return manifest ? compare(*manifest) : Result<void>(manifest.error());
        }
        if (auto unpacked = unpackFile(**entry); !unpacked)
            return unpacked;
    }
}

Result<void> StoreRestore::unpackFile(const BackupReader::Entry &entry)
{
    if (!isBackupPath(entry.path) || m_unpacked.contains(entry.path))
        return damaged(u"it holds \"%1\", which does not belong there"_s.arg(entry.path));
    m_report.bytes += entry.size;
    if (m_report.bytes > m_header.bytes)
        return damaged(u"it holds more than the %1 bytes that it says"_s.arg(m_header.bytes));
    const QString path = m_staging + u'/' + entry.path;
    if (!QDir().mkpath(QFileInfo(path).path()))
        return folderError(u"made"_s, QFileInfo(path).path());
    const FileDescriptor file(::open(QFile::encodeName(path).constData(),
                                     O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW,
                                     S_IRUSR | S_IWUSR));
    if (!file)
        return folderError(u"made"_s, path);
    const auto digest = m_reader->extract(entry, file.get());
    if (!digest)
        return digest.error();
    m_unpacked.insert(entry.path, {.path = entry.path, .size = entry.size, .sha256 = *digest});
    return {};
}

Result<void> StoreRestore::compare(const BackupManifest &manifest)
{
    qsizetype listed = 0;
    for (const BackupFile &file : manifest.files) {
        const auto found = m_unpacked.find(file.path);
        if (file.damaged) {
            m_report.missing.append(file.path);
            if (found != m_unpacked.end()) {
                QFile::remove(m_staging + u'/' + file.path);
                m_unpacked.erase(found);
            }
            continue;
        }
        if (found == m_unpacked.end())
            return damaged(u"%1 is missing"_s.arg(file.path));
        if (found->size != file.size || found->sha256 != file.sha256)
            return damaged(u"%1 is not what it was"_s.arg(file.path));
        ++listed;
    }
    if (listed != m_unpacked.size())
        return damaged(u"it holds files that are not in its list"_s);
    m_report.files = listed;
    const auto more = m_reader->next(); // reads on to the end, over the archive's own checks
    if (!more)
        return more.error();
    return *more ? Result<void>(damaged(u"something follows its list of files"_s)) : Result<void>();
}

Result<void> StoreRestore::verifyStore()
{
    if (!m_unpacked.contains(kBackupStoreName))
        return damaged(u"it holds no store"_s);
    auto store = StoreFile::open(m_staging + u'/' + kBackupStoreName);
    if (!store)
        return damaged(toQString(store.error().message));
    if (auto sound = (*store)->check(); !sound)
        return damaged(toQString(sound.error().message));
    const auto fleet = (*store)->state(u"fleet_id"_s);
    if (!fleet || fleet->isEmpty() || *fleet != m_header.fleetId)
        return damaged(u"its store is not of the fleet that it names"_s);
    const auto artifacts = (*store)->artifactFiles();
    if (!artifacts)
        return damaged(toQString(artifacts.error().message));
    for (const ArtifactFileEntry &artifact : *artifacts) {
        if (m_report.missing.contains(artifact.path))
            continue;
        const auto file = m_unpacked.constFind(artifact.path);
        if (file == m_unpacked.cend() || file->size != artifact.length
            || (!artifact.sha256.isEmpty() && file->sha256 != artifact.sha256))
            return damaged(u"the artifact %1 is not what the store says of it"_s.arg(artifact.path));
    }
    const auto links = AuditLog::verifyLinks((*store)->reader());
    if (!links)
        return damaged(toQString(links.error().message));
    if (!links->intact)
        return damaged(u"its audit log breaks at entry %1: %2"_s.arg(links->firstBad).arg(links->problem));
    return {};
}

// Brings the unpacked store to this program's form, and marks it as restored.
Result<void> StoreRestore::prepare()
{
    const QString replacedStore = m_request.dataDir + u'/' + kBackupStoreName;
    if (!m_isEmpty) {
        auto replaced = StoreFile::open(replacedStore);
        const auto fleet = replaced ? (*replaced)->state(u"fleet_id"_s) : Result<QString>(replaced.error());
        if (fleet && *fleet != m_header.fleetId)
            return fail(
                errors::kConflict,
                u"The backup is of the fleet %1, and %2 holds the fleet %3. Restore it into an empty folder. "
                "Nothing was changed."_s.arg(m_header.fleetId, m_request.dataDir, *fleet),
                u"data"_s);
        if (fleet)
            m_replaced = std::move(*replaced);
        else
            m_report.carriedOver.unknown.append(u"The store that was replaced cannot be read (%1): what was "
                                                u"revoked or shut out after the backup is "
                                                "not known."_s.arg(toQString(fleet.error().message)));
    } else {
        m_report.carriedOver.unknown.append(u"There was no store to compare with: certificates revoked, and "
                                            u"operators and access keys shut out after "
                                            "the backup, are good again. Look through them."_s);
    }
    auto database = Database::open({.dataDir = m_staging, .readConnections = 1}, m_clock, m_random);
    if (!database)
        return database.error();
    m_report.epoch = std::max<qint64>(
        (*database)->epoch() + 1,
        std::chrono::floor<std::chrono::seconds>(m_clock.now().time_since_epoch()).count());
    const auto marked = (*database)->write([&](Transaction &tx) -> Result<void> {
        if (m_replaced) {
            if (auto carried = carryFromReplaced(tx, m_report.epoch); !carried)
                return carried;
        }
        return RestoreMarks().put(tx,
                                  {.epoch = m_report.epoch,
                                   .restoredAt = m_clock.now(),
                                   .backupMadeAt = m_header.madeAt,
                                   .backupFile = QFileInfo(m_request.file).fileName(),
                                   .carriedOver = toJson(m_report.carriedOver)});
    });
    if (!marked)
        return marked;
    if (auto kept = (*database)->flush(); !kept)
        return kept;
    database->reset();
    m_replaced.reset();
    QDir(m_staging + u"/backups"_s)
        .removeRecursively(); // of the form that the store had: the backup itself is that copy
    QFile::remove(m_staging + u"/engine.lock"_s);
    if (auto given = giveToOwner(); !given)
        return given;
    return syncFolder(m_staging, true);
}

Result<void> StoreRestore::carryFromReplaced(Transaction &tx, qint64 &epoch)
{
    const auto reached = m_replaced->state(u"epoch"_s);
    if (reached)
        epoch = std::max(epoch, reached->toLongLong() + 1);
    auto carried = carryOver(m_replaced->reader(), tx, m_clock.now());
    if (!carried)
        return fail(
            errors::kServiceUnavailable,
            u"What was revoked after the backup cannot be read from %1: %2 Nothing was changed. To restore "
            "without it, move that folder away."_s.arg(m_request.dataDir,
                                                       toQString(carried.error().message)));
    m_report.carriedOver = *carried;
    return {};
}

// Root restores for the user that runs the engine.
Result<void> StoreRestore::giveToOwner() const
{
    struct stat owner {
    };
    if (::geteuid() != 0 || ::stat(QFile::encodeName(m_request.dataDir).constData(), &owner) != 0
        || (owner.st_uid == 0 && owner.st_gid == 0))
        return {};
    QStringList paths {m_staging};
    QDirIterator all(m_staging, QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot,
                     QDirIterator::Subdirectories);
    while (all.hasNext())
        paths.append(all.next());
    for (const QString &path : std::as_const(paths)) {
        if (::lchown(QFile::encodeName(path).constData(), owner.st_uid, owner.st_gid) != 0)
            return folderError(u"given to its owner"_s, path);
    }
    return {};
}

Result<void> StoreRestore::changePlaces()
{
    const QByteArray staging = QFile::encodeName(m_staging);
    const QByteArray folder = QFile::encodeName(m_request.dataDir);
    const QString parent = QFileInfo(m_request.dataDir).absolutePath();
    const auto notMoved = [&] {
        const bool isMount = errno == EBUSY || errno == EXDEV;
        Error error = folderError(u"replaced"_s, m_request.dataDir);
        if (isMount)
            error.message += " It is a mount point: restore into a folder below or beside it.";
        return error;
    };
    if (!QFileInfo::exists(m_request.dataDir)) {
        if (::rename(staging.constData(), folder.constData()) != 0)
            return notMoved();
        m_staging.clear();
        return syncFolder(parent, false);
    }
    if (::renameat2(AT_FDCWD, staging.constData(), AT_FDCWD, folder.constData(), RENAME_EXCHANGE) != 0)
        return notMoved();
    if (m_isEmpty)
        return syncFolder(parent, false); // the empty one goes with us
    QString time = toQString(toIso8601(m_clock.now()));
    time.remove(u':');
    const QString kept = u"%1.replaced-%2"_s.arg(m_request.dataDir, time);
    const bool named
        = !QFileInfo::exists(kept) && ::rename(staging.constData(), QFile::encodeName(kept).constData()) == 0;
    m_report.replacedFolder = named ? kept : m_staging;
    m_staging.clear();
    return syncFolder(parent, false);
}

}
