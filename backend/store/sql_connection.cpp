#include "backend/store/sql_connection.h"

#include "backend/base/fail.h"

#include <QFile>
#include <QLoggingCategory>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>

namespace fb {

using namespace Qt::StringLiterals;

Q_LOGGING_CATEGORY(lcSql, "fb.store")

namespace {
    constexpr size_t kMostStatements = 400;

    QString newConnectionName()
    {
        static std::atomic<int> next {0};
        return u"fb-store-%1"_s.arg(next++);
    }

    StoreFault sqliteFault(int code)
    {
        switch (code & 0xff) {
        case 5: // SQLITE_BUSY
        case 6: // SQLITE_LOCKED
            return StoreFault::Busy;
        case 7: // SQLITE_NOMEM
        case 8: // SQLITE_READONLY
        case 10: // SQLITE_IOERR
        case 11: // SQLITE_CORRUPT
        case 13: // SQLITE_FULL
        case 14: // SQLITE_CANTOPEN
        case 26: // SQLITE_NOTADB
            return StoreFault::Unwritable;
        default:
            return StoreFault::Statement;
        }
    }

    StoreFault postgresFault(const QString &sqlState)
    {
        if (sqlState == u"40001"_s || sqlState == u"40P01"_s || sqlState == u"55P03"_s)
            return StoreFault::Busy;
        // insufficient resources, operator intervention, system error, connection; libpq gives no state when the server is gone
        for (const QStringView group : {u"53", u"57P", u"58", u"08", u"XX", u"25006"}) {
            if (sqlState.startsWith(group))
                return StoreFault::Unwritable;
        }
        return sqlState.isEmpty() ? StoreFault::Unwritable : StoreFault::Statement;
    }

    ErrorCode codeOf(StoreFault fault, const QString &native)
    {
        if (fault != StoreFault::Statement)
            return errors::kServiceUnavailable;
        static const QStringList kClashes {u"2067"_s, u"1555"_s,
                                           u"23505"_s}; // unique, primary key; unique_violation
        return kClashes.contains(native) ? errors::kConflict : errors::kInternal;
    }

    // PostgreSQL's texts end at NUL: the rest of the statement would be lost, and the batch with it.
    bool holdsNul(const QVariant &value)
    {
        return value.metaType().id() == QMetaType::QString && value.toString().contains(QChar(u'\0'));
    }

    // An unset text is the empty text: NULL is bound only by QVariant(). (QVariant::isNull() does not look inside, the drivers do.)
    QVariant bindable(const QVariant &value)
    {
        if (value.metaType().id() == QMetaType::QString && value.toString().isNull())
            return QVariant(u""_s);
        if (value.metaType().id() == QMetaType::QByteArray && value.toByteArray().isNull())
            return QVariant(QByteArray(""));
        return value;
    }
}

SqlConnection::SqlConnection(const StoreAddress &address, Mode mode)
    : m_address(address),
      m_mode(mode),
      m_name(newConnectionName())
{
}

SqlConnection::~SqlConnection()
{
    m_statements.clear();
    m_database.close();
    m_database = {};
    QSqlDatabase::removeDatabase(m_name);
}

Result<std::unique_ptr<SqlConnection>> SqlConnection::open(const StoreAddress &address, Mode mode)
{
    std::unique_ptr<SqlConnection> connection(new SqlConnection(address, mode));
    const bool sqlite = address.dialect == Dialect::Sqlite;
    if (sqlite
        && mode == Mode::ReadWrite) { // made by us, so that nobody else may read it, whatever the umask
        const int file = ::open(QFile::encodeName(address.sqliteFile).constData(),
                                O_CREAT | O_RDWR | O_CLOEXEC, S_IRUSR | S_IWUSR);
        if (file >= 0)
            ::close(file);
    }
    connection->m_database
        = QSqlDatabase::addDatabase(sqlite ? u"QSQLITE"_s : u"QPSQL"_s, connection->m_name);
    if (!connection->m_database.isValid())
        return fail(errors::kServiceUnavailable,
                    u"Qt's driver for %1 is not installed (Debian: libqt6sql6-%2)."_s.arg(
                        sqlite ? u"SQLite"_s : u"PostgreSQL"_s, sqlite ? u"sqlite"_s : u"psql"_s));
    if (auto connected = connection->connect(); !connected)
        return fail(connected.error());
    return connection;
}

Result<void> SqlConnection::connect()
{
    if (dialect() == Dialect::Sqlite) {
        m_database.setDatabaseName(m_address.sqliteFile);
        m_database.setConnectOptions(m_mode == Mode::ReadOnly
                                         ? u"QSQLITE_OPEN_READONLY;QSQLITE_BUSY_TIMEOUT=5000"_s
                                         : u"QSQLITE_BUSY_TIMEOUT=2000"_s);
    } else {
        m_database.setHostName(m_address.host);
        m_database.setPort(m_address.port);
        m_database.setDatabaseName(m_address.database);
        m_database.setUserName(m_address.user);
        m_database.setConnectOptions(
            m_address.connectOptions
            + u"connect_timeout=10;tcp_user_timeout=20000;application_name=flagbridge"_s);
    }
    if (!m_database.open())
        return fail(errors::kServiceUnavailable,
                    u"The store %1 cannot be opened: %2"_s.arg(
                        dialect() == Dialect::Sqlite ? m_address.sqliteFile : m_address.database,
                        m_database.lastError().text().trimmed()));
    QStringList settings;
    if (dialect() == Dialect::Postgres) {
        settings << u"SET client_min_messages = warning"_s;
        if (m_mode == Mode::ReadOnly)
            settings << u"SET default_transaction_read_only = on"_s;
    } else {
        settings << u"PRAGMA foreign_keys = ON"_s << u"PRAGMA temp_store = MEMORY"_s;
        if (m_mode == Mode::ReadWrite)
            settings << u"PRAGMA journal_mode = WAL"_s << u"PRAGMA synchronous = FULL"_s
                     << u"PRAGMA journal_size_limit = 67108864"_s;
    }
    for (const QString &setting : settings) {
        if (auto set = run(setting); !set)
            return set;
    }
    return {};
}

bool SqlConnection::reconnect()
{
    m_statements.clear();
    m_database.close();
    const bool connected = connect().has_value();
    m_failure.reset();
    return connected;
}

Result<void> SqlConnection::run(const QString &sql)
{
    QSqlQuery query(m_database);
    if (!query.exec(sql))
        return failed(query.lastError(), sql);
    return {};
}

Result<void> SqlConnection::control(const QString &sql)
{
    if (dialect() == Dialect::Postgres)
        return run(sql);
    return execute(sql, {}).map([](qint64) {});
}

void SqlConnection::rollBack()
{
    QSqlQuery query(m_database);
    query.exec(u"ROLLBACK"_s);
}

Result<std::shared_ptr<SqlConnection::Statement>> SqlConnection::prepared(const QString &sql)
{
    const auto found = m_statements.find(sql);
    if (found != m_statements.end() && !found->second->busy)
        return found->second;
    auto statement = std::make_shared<Statement>(m_database);
    // SQLite would copy every row it passes; PostgreSQL's forward-only mode would bar other statements until the last row
    statement->query.setForwardOnly(dialect() == Dialect::Sqlite);
    if (!statement->query.prepare(sql))
        return failed(statement->query.lastError(), sql);
    if (found == m_statements.end()) { // else: the same statement inside its own rows; this one is used once
        if (m_statements.size() >= kMostStatements)
            std::erase_if(m_statements, [](const auto &entry) { return !entry.second->busy; });
        m_statements.emplace(sql, statement);
    }
    return statement;
}

Result<std::shared_ptr<SqlConnection::Statement>> SqlConnection::executed(const QString &sql,
                                                                          const QVariantList &binds)
{
    if (dialect() == Dialect::Postgres && std::ranges::any_of(binds, holdsNul))
        return fail(errors::kValidation, u"A text holds a NUL character, which cannot be stored."_s);
    auto statement = prepared(sql);
    if (!statement)
        return statement;
    QSqlQuery &query = (*statement)->query;
    for (int i = 0; i < binds.size(); ++i)
        query.bindValue(i, bindable(binds.at(i)));
    if (!query.exec()) {
        const Error error = failed(query.lastError(), sql);
        query.finish();
        return error;
    }
    return statement;
}

Result<int> SqlConnection::select(const QString &sql, const QVariantList &binds,
                                  const std::function<void(const Row &)> &fn)
{
    auto statement = executed(sql, binds);
    if (!statement)
        return statement.error();
    QSqlQuery &query = (*statement)->query;
    (*statement)->busy = true;
    const Row row(query);
    int rows = 0;
    for (; query.next(); ++rows)
        fn(row);
    const QSqlError error = query.lastError();
    query.finish();
    (*statement)->busy = false;
    if (error.isValid() && error.type() != QSqlError::NoError)
        return failed(error, sql);
    return rows;
}

Result<qint64> SqlConnection::execute(const QString &sql, const QVariantList &binds)
{
    if (binds.isEmpty()
        && dialect() == Dialect::Postgres) { // could be DDL, which PostgreSQL does not prepare
        QSqlQuery query(m_database);
        if (!query.exec(sql))
            return failed(query.lastError(), sql);
        return query.numRowsAffected();
    }
    auto statement = executed(sql, binds);
    if (!statement)
        return statement.error();
    QSqlQuery &query = (*statement)->query;
    const qint64 rows = query.numRowsAffected();
    query.finish();
    return rows;
}

std::optional<SqlConnection::Failure> SqlConnection::takeFailure()
{
    return std::exchange(m_failure, std::nullopt);
}

// The statement's text goes to the log, the values nowhere.
Error SqlConnection::failed(const QSqlError &error, const QString &sql)
{
    const QString native = error.nativeErrorCode();
    const StoreFault fault
        = dialect() == Dialect::Sqlite ? sqliteFault(native.toInt()) : postgresFault(native);
    QString message;
    switch (fault) {
    case StoreFault::Unwritable:
        message = u"The store cannot be used: %1. Free space or repair the disk or the connection; writing "
                  u"resumes by "
                  "itself."_s.arg(error.databaseText().trimmed());
        break;
    case StoreFault::Busy:
        message = u"The store is busy: %1. Try again."_s.arg(error.databaseText().trimmed());
        break;
    case StoreFault::Statement:
        message
            = u"The store refused a statement: %1"_s.arg(error.databaseText().trimmed().section(u'\n', 0, 0));
        break;
    }
    const Error result = qtError(codeOf(fault, native), message);
    if (result.code != errors::kConflict)
        qCWarning(lcSql).noquote() << "error" << native << error.databaseText().section(u'\n', 0, 0) << "in"
                                   << sql.simplified().left(200);
    if (!m_failure)
        m_failure = Failure {fault, result};
    return result;
}

}
