#pragma once
// One connection of Qt Sql with its prepared statements, and the meaning of its errors. Inside backend/store only; thread: the one that
// opened it.

#include "backend/core/result.h"
#include "backend/store/row.h"
#include "backend/store/store_address.h"

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>

#include <memory>
#include <optional>
#include <unordered_map>

namespace fb {

// What a failed statement says about the store.
enum class StoreFault {
    Statement, // this statement alone: a constraint, wrong SQL
    Busy, // clashed with another user of the database; the same batch may succeed later
    Unwritable, // disk full, I/O error, connection lost: nothing can be written until that ends
};

class SqlConnection
{
public:
    enum class Mode { ReadWrite, ReadOnly };

    static Result<std::unique_ptr<SqlConnection>> open(const StoreAddress &address, Mode mode);
    ~SqlConnection();
    SqlConnection(const SqlConnection &) = delete;
    SqlConnection &operator=(const SqlConnection &) = delete;

    Dialect dialect() const { return m_address.dialect; }
    Result<void> run(const QString &sql); // BEGIN, PRAGMA, DDL: not prepared, no values
    Result<void>
    control(const QString &sql); // SAVEPOINT, COMMIT and their like: run(), prepared where the database can
    void rollBack(); // ends the transaction, if there is one: SQLite may have undone it already
    Result<int> select(const QString &sql, const QVariantList &binds,
                       const std::function<void(const Row &)> &fn);
    Result<qint64> execute(const QString &sql, const QVariantList &binds);

    // The first failure since the last call; none when all went well.
    struct Failure {
        StoreFault fault;
        Error error;
    };
    std::optional<Failure> takeFailure();
    const std::optional<Failure> &failure() const { return m_failure; }
    bool reconnect(); // after the connection was lost; forgets all statements

private:
    struct Statement {
        explicit Statement(const QSqlDatabase &database) : query(database) { }
        QSqlQuery query;
        bool busy = false;
    };

    SqlConnection(const StoreAddress &address, Mode mode);
    Result<void> connect();
    Result<std::shared_ptr<Statement>> prepared(const QString &sql);
    Result<std::shared_ptr<Statement>> executed(const QString &sql, const QVariantList &binds);
    Error failed(const QSqlError &error, const QString &sql);

    StoreAddress m_address;
    Mode m_mode;
    QString m_name;
    QSqlDatabase m_database;
    std::unordered_map<QString, std::shared_ptr<Statement>> m_statements;
    std::optional<Failure> m_failure;
};

}
