#include "backend/store/migrator.h"

#include "backend/base/fail.h"
#include "backend/core/byte_encoding.h"
#include "backend/core/time_text.h"

#include <QDir>
#include <QFile>
#include <QLoggingCategory>

#include <fcntl.h>
#include <unistd.h>

namespace fb {

using namespace Qt::StringLiterals;

Q_LOGGING_CATEGORY(lcMigrator, "fb.store")

namespace {
    constexpr int kKeptBackups = 3;
    constexpr auto kCreateTable = "CREATE TABLE IF NOT EXISTS schema_migration (number INTEGER PRIMARY KEY, "
                                  "name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at BIGINT NOT NULL)";
    constexpr auto kAdvisoryLock
        = "SELECT pg_advisory_lock(5060731471)"; // held by one migrating engine at a time
    constexpr auto kAdvisoryUnlock = "SELECT pg_advisory_unlock(5060731471)";

    Result<void> syncFile(const QString &path)
    {
        const int file = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC);
        const bool synced = file >= 0 && fsync(file) == 0;
        if (file >= 0)
            ::close(file);
        if (!synced)
            return fail(errors::kServiceUnavailable,
                        u"The copy %1 could not be written to the disk."_s.arg(path));
        return {};
    }
}

Migrator::Migrator(SqlConnection &connection, const StoreAddress &address, QString dataDir,
                   const Clock &clock)
    : m_connection(connection),
      m_address(address),
      m_dataDir(std::move(dataDir)),
      m_clock(clock)
{
}

Result<QList<Migration>> Migrator::readFolder(const QString &folder)
{
    QList<Migration> migrations;
    const QStringList files = QDir(folder).entryList({u"*.sql"_s}, QDir::Files, QDir::Name);
    for (const QString &name : files) {
        QFile file(folder + u'/' + name);
        if (!file.open(QIODevice::ReadOnly))
            return fail(errors::kInternal, u"The migration %1 cannot be read."_s.arg(name));
        const QByteArray text = file.readAll();
        const Migration migration {.number = name.section(u'_', 0, 0).toInt(),
                                   .name = name.chopped(4),
                                   .sql = QString::fromUtf8(text),
                                   .checksum = toQString(sha256Hex(viewOf(text)))};
        if (migration.number <= 0 || (!migrations.isEmpty() && migrations.back().number == migration.number))
            return fail(errors::kInternal,
                        u"The migration %1 has no number of its own; name it NNNN_name.sql."_s.arg(name));
        migrations.append(migration);
    }
    return migrations;
}

Result<QList<Migrator::Applied>> Migrator::applied()
{
    QList<Applied> rows;
    auto read
        = m_connection.select(u"SELECT number, name, checksum FROM schema_migration ORDER BY number"_s, {},
                              [&rows](const Row &row) {
                                  rows.append({static_cast<int>(row.integer(0)), row.text(1), row.text(2)});
                              });
    if (!read)
        return read.error();
    return rows;
}

Result<void> Migrator::check(const QList<Migration> &known, const QList<Applied> &applied) const
{
    for (const Applied &row : applied) {
        const auto match = std::find_if(known.cbegin(), known.cend(),
                                        [&row](const Migration &m) { return m.number == row.number; });
        if (match == known.cend())
            return fail(
                errors::kUpgradeRequired,
                u"The database was made by a newer Flagbridge: it has the change %1, and this program knows "
                "changes up to %2. Install the newer version, or restore the copy made before the change "
                "(folder backups)."_s.arg(row.name, known.isEmpty() ? u"none"_s : known.back().name));
        if (match->checksum != row.checksum)
            return fail(
                errors::kUpgradeRequired,
                u"The database holds another form of the change %1 than this program: they do not belong "
                "together. Use the program that made the database."_s.arg(row.name));
    }
    return {};
}

Result<void> Migrator::migrate(const QList<Migration> &known)
{
    const bool postgres = m_connection.dialect() == Dialect::Postgres;
    if (postgres) {
        if (auto locked = m_connection.run(QString::fromLatin1(kAdvisoryLock)); !locked)
            return locked;
    }
    const auto all = [&]() -> Result<void> {
        if (auto created = m_connection.run(QString::fromLatin1(kCreateTable)); !created)
            return created;
        const auto rows = applied();
        if (!rows)
            return rows.error();
        if (auto checked = check(known, *rows); !checked)
            return checked;
        bool backedUp = rows->isEmpty(); // a new database has nothing to lose
        for (const Migration &migration : known) {
            const bool done = std::any_of(rows->cbegin(), rows->cend(),
                                          [&](const Applied &row) { return row.number == migration.number; });
            if (done)
                continue;
            if (!backedUp) {
                if (auto copied = backUp(rows->back().number); !copied)
                    return copied;
                backedUp = true;
            }
            if (auto changed = apply(migration); !changed)
                return changed;
        }
        return {};
    };
    const Result<void> result = all();
    if (postgres)
        static_cast<void>(m_connection.run(QString::fromLatin1(kAdvisoryUnlock)));
    static_cast<void>(m_connection.takeFailure());
    return result;
}

Result<void> Migrator::apply(const Migration &migration)
{
    qCInfo(lcMigrator).noquote() << "applying" << migration.name;
    QStringList statements = splitStatements(withTokens(migration.sql, m_connection.dialect()));
    statements.prepend(m_connection.dialect() == Dialect::Sqlite ? u"BEGIN IMMEDIATE"_s : u"BEGIN"_s);
    Result<void> done;
    for (const QString &statement : statements) {
        done = m_connection.run(statement);
        if (!done)
            break;
    }
    if (done)
        done
            = m_connection
                  .execute(
                      u"INSERT INTO schema_migration (number, name, checksum, applied_at) VALUES (?, ?, ?, ?)"_s,
                      {migration.number, migration.name, migration.checksum, toSql(m_clock.now())})
                  .map([](qint64) {});
    if (done)
        done = m_connection.run(u"COMMIT"_s);
    if (done)
        return {};
    m_connection.rollBack();
    return fail(errorCodeNamed(done.error().code.name()),
                u"The change %1 of the database failed and was undone: %2"_s.arg(
                    migration.name, toQString(done.error().message)));
}

Result<void> Migrator::backUp(int from)
{
    return m_connection.dialect() == Dialect::Sqlite ? backUpSqlite(from) : backUpPostgres();
}

Result<void> Migrator::backUpSqlite(int from)
{
    const QString folder = m_dataDir + u"/backups"_s;
    if (!QDir().mkpath(folder))
        return fail(errors::kServiceUnavailable, u"The folder %1 for the copy cannot be made."_s.arg(folder));
    QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    QString time = toQString(toIso8601(m_clock.now()));
    time.remove(u':');
    const QString path = u"%1/before-%2-%3.db"_s.arg(folder).arg(from + 1, 4, 10, QChar(u'0')).arg(time);
    QFile::remove(path + u".part"_s);
    QString quoted = path + u".part"_s;
    quoted.replace(u'\'', u"''"_s);
    if (auto copied = m_connection.run(u"VACUUM INTO '%1'"_s.arg(quoted)); !copied) {
        QFile::remove(path + u".part"_s);
        return fail(
            errors::kServiceUnavailable,
            u"No copy of the database could be made before changing it, so it was left as it is: %1"_s.arg(
                toQString(copied.error().message)));
    }
    QFile::setPermissions(path + u".part"_s, QFile::ReadOwner | QFile::WriteOwner);
    if (auto synced = syncFile(path + u".part"_s); !synced)
        return synced;
    QFile::remove(path);
    if (!QFile::rename(path + u".part"_s, path))
        return fail(errors::kServiceUnavailable, u"The copy %1 cannot be named."_s.arg(path));
    const QStringList copies = QDir(folder).entryList({u"before-*.db"_s}, QDir::Files, QDir::Time);
    for (qsizetype i = kKeptBackups; i < copies.size(); ++i)
        QFile::remove(folder + u'/' + copies.at(i));
    return {};
}

// Tables of rows beside the originals: needs no program of the server's version. Artifacts never change once sealed and are not copied.
Result<void> Migrator::backUpPostgres()
{
    QStringList statements {u"BEGIN"_s, u"DROP SCHEMA IF EXISTS flagbridge_backup CASCADE"_s,
                            u"CREATE SCHEMA flagbridge_backup"_s};
    auto listed = m_connection.select(
        u"SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename"_s,
        {}, [&statements](const Row &row) {
            if (row.text(0) != u"artifact_chunk"_s)
                statements.append(u"CREATE TABLE flagbridge_backup.%1 AS TABLE %1"_s.arg(row.text(0)));
        });
    if (!listed)
        return listed.error();
    statements.append(u"COMMIT"_s);
    for (const QString &statement : statements) {
        if (auto done = m_connection.run(statement); !done) {
            m_connection.rollBack();
            return fail(
                errors::kServiceUnavailable,
                u"No copy of the database could be made before changing it, so it was left as it is: %1"_s
                    .arg(toQString(done.error().message)));
        }
    }
    return {};
}

}
