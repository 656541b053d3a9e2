#pragma once
// The few differences between the two databases. Any thread.

#include <QString>

namespace fb {

enum class Dialect { Sqlite, Postgres };

// A migration's text with ${BLOB}, ${IDENTITY} (an integer primary key the database numbers) and ${BYTEWISE} (a text column that sorts by
// its bytes, whatever the database's language) put in.
QString withTokens(QString sql, Dialect dialect);

// The statements of a migration: split at semicolons outside quotes and comments; comments and blank statements left out.
QStringList splitStatements(const QString &sql);

// To end a SELECT of due rows with, so that several engines share them; empty on SQLite, which has one engine.
QString skipLocked(Dialect dialect);

// A query whose number is 1 when this transaction, until it ends, is the only one of all engines that does the job of that key.
QString tryJobLock(Dialect dialect, qint64 key);

}
