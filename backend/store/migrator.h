#pragma once
// Brings a database to the program's schema: forward-only files NNNN_name.sql, each in its own transaction together with the row that
// records it, so that an interrupted start goes on where it stopped (spec/security R16). Inside backend/store; engine thread.

#include "backend/core/clock.h"
#include "backend/core/result.h"
#include "backend/store/sql_connection.h"

#include <QList>
#include <QString>

namespace fb {

struct Migration {
    int number = 0;
    QString name; // "0001_store"
    QString sql;
    QString checksum; // SHA-256 of the file, hex
};

class Migrator
{
public:
    Migrator(SqlConnection &connection, const StoreAddress &address, QString dataDir, const Clock &clock);

    // The files of a folder, by number. Two files of one number are an error.
    static Result<QList<Migration>> readFolder(const QString &folder);

    // Refuses a database with migrations that `known` lacks (made by a newer program) or whose files have changed since. Takes a copy of
    // a database that has rows before the first change: DIR/backups/*.db, or the schema flagbridge_backup in PostgreSQL.
    Result<void> migrate(const QList<Migration> &known);

private:
    struct Applied {
        int number = 0;
        QString name;
        QString checksum;
    };

    Result<QList<Applied>> applied();
    Result<void> check(const QList<Migration> &known, const QList<Applied> &applied) const;
    Result<void> apply(const Migration &migration);
    Result<void> backUp(int from);
    Result<void> backUpSqlite(int from);
    Result<void> backUpPostgres();

    SqlConnection &m_connection;
    StoreAddress m_address;
    QString m_dataDir;
    const Clock &m_clock;
};

}
