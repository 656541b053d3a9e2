#pragma once
// A fresh store for a repository test, on both databases. Main thread. (Link fb_test_store: DEPENDS fb_test_store in fb_tests.)
//
//     void tst_CommandRepository::storesACommand_data() { test::addDatabaseRows(); }       // rows "sqlite" and "postgres"
//     void tst_CommandRepository::storesACommand()
//     {
//         QFETCH(QString, database);
//         test::TestDatabase db(database);
//         CommandRepository commands;
//         QVERIFY(db->write([&](Transaction &tx) { return commands.insert(tx, command); }));
//         QVERIFY(db->flush());                        // commits and runs onCommitted
//         db.reopen();                                 // as after a restart: the same rows, new connections
//     }
//
// Migration tests: TestDatabase db(database, test::UpTo {12}) has only migrations up to 0012; put rows in; db.reopen(all) migrates.

#include "backend/store/database.h"
#include "tests/support/manual_clock.h"
#include "tests/support/seeded_random.h"

#include <QTemporaryDir>

#include <limits>
#include <memory>

namespace fb::test {

void addDatabaseRows(); // QFETCH(QString, database)

struct UpTo {
    int migration = std::numeric_limits<int>::max();
};

class TestDatabase
{
public:
    explicit TestDatabase(const QString &kind, UpTo upTo = {}); // "sqlite" or "postgres"
    ~TestDatabase();

    Database &operator*() { return *m_database; }
    Database *operator->() { return m_database.get(); }

    void close();
    void reopen(UpTo upTo = {}); // closes first; the program ends if it cannot be opened
    Result<void> tryReopen(const DatabaseOptions &options);

    DatabaseOptions options() const; // those it was opened with
    QString dataDir() const { return m_folder.path(); }
    QString sqliteFile() const { return m_folder.filePath(QStringLiteral("flagbridge.db")); }

    ManualClock clock;
    SeededRandom random {42};

private:
    QString migrationFolder(UpTo upTo);

    QTemporaryDir m_folder;
    QTemporaryDir m_migrations;
    QString m_url;
    DatabaseOptions m_options;
    std::unique_ptr<Database> m_database;
};

}
