#pragma once
// Finds what must never be given away with a program: private keys, access tokens, passwords that are the same everywhere. Any thread.

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace fb::test {

enum class SecretKinds {
    KeysAndTokens,
    DefaultPasswords, // and those too; for what an administrator reads or edits, where a test's own words would be found
};

QStringList secretsIn(const QByteArray &bytes,
                      SecretKinds kinds); // what was found, with the place where it begins
QStringList secretsInFile(const QString &path, SecretKinds kinds); // "path: what"
QStringList secretsBelow(const QString &folder, SecretKinds kinds,
                         int *files = nullptr); // `files`: how many were looked through

}
