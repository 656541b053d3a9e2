#pragma once
// Where the rows are: a SQLite file or a PostgreSQL database. Any thread.

#include "backend/core/result.h"
#include "backend/store/dialect.h"

#include <QString>

namespace fb {

struct StoreAddress {
    Dialect dialect = Dialect::Sqlite;
    QString sqliteFile;
    QString host; // a host name, or the folder of a Unix socket
    int port = 5432;
    QString database;
    QString user;
    QString connectOptions; // libpq's, from the URL's query: sslmode, sslrootcert, passfile
};

// `url` empty: SQLite at dataDir/flagbridge.db. Otherwise postgresql://user@host:port/database?sslmode=verify-full; a Unix socket is
// ?host=/run/postgresql. ValidationException names the part that is wrong; a password in the URL is refused.
Result<StoreAddress> storeAddress(const QString &dataDir, const QString &url);

}
