#pragma once
// A real journal in a folder, without a systemd that runs: systemd-journal-remote writes what the test says, journalctl reads it.

#include <QByteArray>
#include <QList>
#include <QPair>
#include <QString>
#include <QTemporaryDir>

namespace fb::test {

struct TestEntry {
    qint64 micros = 0; // since 1970
    QList<QPair<QByteArray, QByteArray>> fields; // any bytes
};

class TestJournal
{
public:
    QString folder() const { return m_folder.filePath(QStringLiteral("journal")); }
    bool append(const QList<TestEntry> &entries); // below what is there
    // What journalctl says by itself, a line an entry.
    QList<QByteArray> journalctl(const QStringList &arguments) const;

    static QByteArray exportText(const QList<TestEntry> &entries); // systemd's export format

private:
    QTemporaryDir m_folder;
};

}
