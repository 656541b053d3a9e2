#pragma once
// The few differences between the two databases. Any thread.

#include <QString>

namespace fb {

enum class Dialect { Sqlite, Postgres };

// A migration's text with ${BLOB} and ${IDENTITY} (an integer primary key the database numbers) put in.
QString withTokens(QString sql, Dialect dialect);

// The statements of a migration: split at semicolons outside quotes and comments; comments and blank statements left out.
QStringList splitStatements(const QString &sql);

// To end a SELECT of due rows with, so that several engines share them; empty on SQLite, which has one engine.
QString skipLocked(Dialect dialect);

}
