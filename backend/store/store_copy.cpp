#include "backend/store/store_copy.h"

#include "backend/base/fail.h"
#include "backend/store/artifact_files.h"
#include "backend/store/sql_connection.h"

#include <QFile>
#include <QSet>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    Result<std::unique_ptr<SqlConnection>> openReadOnly(const QString &sqliteFile)
    {
        StoreAddress address;
        address.sqliteFile = sqliteFile;
        return SqlConnection::open(address, SqlConnection::Mode::ReadOnly);
    }
}

Result<void> copyStore(const QString &dataDir, const QString &toFile)
{
    const QString store = dataDir + u"/flagbridge.db"_s;
    if (!QFile::exists(store))
        return fail(
            errors::kValidation,
            u"%1 holds no SQLite store (flagbridge.db). A store in PostgreSQL is backed up with pg_dump."_s
                .arg(dataDir),
            u"data"_s);
    auto connection = openReadOnly(store);
    if (!connection)
        return connection.error();
    // An empty file of ours comes first, so that the copy is nobody else's to read for a moment either.
    const int file = ::open(QFile::encodeName(toFile).constData(),
                            O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
    if (file < 0)
        return fail(errors::kServiceUnavailable,
                    u"The copy %1 cannot be made: %2."_s.arg(toFile, qt_error_string()));
    QString quoted = toFile;
    quoted.replace(u'\'', u"''"_s);
    const auto copied = (*connection)->run(u"VACUUM INTO '%1'"_s.arg(quoted));
    const bool synced = copied && ::fsync(file) == 0;
    ::close(file);
    if (synced)
        return {};
    QFile::remove(toFile);
    if (!copied)
        return fail(errors::kServiceUnavailable,
                    u"The store %1 cannot be copied: %2"_s.arg(store, toQString(copied.error().message)));
    return fail(errors::kServiceUnavailable, u"The copy %1 could not be written to the disk."_s.arg(toFile));
}

StoreFile::StoreFile(std::unique_ptr<SqlConnection> connection)
    : m_connection(std::move(connection)),
      m_reader(std::make_unique<Reader>(*m_connection))
{
}

StoreFile::~StoreFile() = default;

Result<std::unique_ptr<StoreFile>> StoreFile::open(const QString &sqliteFile)
{
    auto connection = openReadOnly(sqliteFile);
    if (!connection)
        return connection.error();
    return std::unique_ptr<StoreFile>(new StoreFile(std::move(*connection)));
}

Result<void> StoreFile::check()
{
    const auto found
        = m_reader->one(u"PRAGMA integrity_check(1)"_s, {}, [](const Row &row) { return row.text(0); });
    if (!found)
        return found.error();
    if (*found != u"ok"_s)
        return fail(errors::kInternal, u"The store is damaged: %1."_s.arg(found->value_or(u"it is empty"_s)));
    return {};
}

Result<QString> StoreFile::state(const QString &name)
{
    return m_reader
        ->one(u"SELECT value FROM store_state WHERE name = ?"_s, {name},
              [](const Row &row) { return row.text(0); })
        .map([](const std::optional<QString> &value) { return value.value_or(QString()); });
}

Result<QList<ArtifactFileEntry>> StoreFile::artifactFiles()
{
    const ArtifactFiles names {QString()};
    QList<ArtifactFileEntry> files;
    QSet<QString> known;
    auto read = m_reader->each(
        u"SELECT id, state, durable_length, sha256 FROM artifact ORDER BY id"_s, {}, [&](const Row &row) {
            const bool sealed = row.text(1) == u"sealed"_s;
            const QString sha256 = sealed ? row.text(3) : QString();
            const QString path = (sealed ? names.sealedPath(sha256) : names.openPath(row.text(0))).mid(1);
            const bool hasFile = sealed || row.integer(2) > 0; // an open one without a byte has none yet
            if (!hasFile || known.contains(path))
                return;
            known.insert(path);
            files.append({.path = path, .length = row.integer(2), .sha256 = sha256});
        });
    if (!read)
        return read.error();
    return files;
}

}
