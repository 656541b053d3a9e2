#pragma once
// A SQLite store as a file: copied whole at one point in time, and looked at while no engine has it. Used by backup and restore. Any thread,
// each object on one.

#include "backend/core/result.h"
#include "backend/store/transaction.h"

#include <QString>

#include <memory>

namespace fb {

// The committed rows of DIR/flagbridge.db as they are now, also while an engine writes to it (VACUUM INTO). `toFile` must not exist; it
// gets mode 0600 and is on the disk when this returns. ValidationException when there is no SQLite store in `dataDir`.
Result<void> copyStore(const QString &dataDir, const QString &toFile);

struct ArtifactFileEntry { // where the bytes of an artifact are
    QString path; // below DIR
    qint64 length = 0;
    QString sha256; // hex; empty: it is still open, and its file may have more bytes than count
};

class StoreFile
{
public:
    static Result<std::unique_ptr<StoreFile>> open(const QString &sqliteFile); // for reading alone
    ~StoreFile();
    StoreFile(const StoreFile &) = delete;
    StoreFile &operator=(const StoreFile &) = delete;

    Reader &reader() { return *m_reader; }
    Result<void> check(); // every page and index; InternalServerError with the first that is damaged
    Result<QString> state(const QString &name); // of store_state; empty: there is none
    Result<QList<ArtifactFileEntry>> artifactFiles(); // each file once

private:
    explicit StoreFile(std::unique_ptr<SqlConnection> connection);

    std::unique_ptr<SqlConnection> m_connection;
    std::unique_ptr<Reader> m_reader;
};

}
