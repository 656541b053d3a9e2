// Backup, restore and the audit log's verification as an operator does them: real programs, a real node, folders of their own.

#include "backend/store/store_copy.h"
#include "tests/support/test_fleet.h"
#include "tests/support/test_main.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTest>

#include <atomic>
#include <thread>

using namespace fb::test;
using namespace Qt::StringLiterals;

class tst_BackupRestore : public QObject
{
    Q_OBJECT

private slots:
    void busyEngineElsewhere();
    void nothingComesBackToLife();
    void auditLogEditedByHand();
};

namespace {

// What a person with the right to the file can do to it.
bool editStore(const QString &folder, const QString &sql)
{
    const QString name = u"edited-by-hand"_s;
    bool done = false;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, name);
        database.setDatabaseName(folder + u"/flagbridge.db"_s);
        done = database.open() && QSqlQuery(database).exec(sql);
        database.close();
    }
    QSqlDatabase::removeDatabase(name);
    return done;
}

// An engine on a folder of its own, with the fleet's passphrase.
class SecondEngine
{
public:
    SecondEngine(TestFleet &fleet, const QString &folder)
        : m_fleet(fleet),
          m_folder(folder),
          m_process(fleet.engine().program(u"flagbridge-engine"_s),
                    {u"serve"_s, u"--data"_s, folder, u"--listen"_s, u"127.0.0.1:0"_s, u"--passphrase-file"_s,
                     fleet.folder() + u"/passphrase"_s})
    {
        m_isReady = QJsonDocument::fromJson(m_process.readLine(30000)).object()[u"event"] == u"ready"_s;
    }
    ~SecondEngine()
    {
        m_process.terminate();
        m_process.waitForExit(30000);
    }
    bool isReady() const { return m_isReady; }
    CliAnswer call(const QStringList &command)
    {
        return m_fleet.engine().cli(command, {u"--data"_s, m_folder});
    }

private:
    TestFleet &m_fleet;
    QString m_folder;
    TestProcess m_process;
    bool m_isReady = false;
};

}

// [R20] taken while commands run, restored in another folder: one point in time, every artifact as it was, the audit log whole
void tst_BackupRestore::busyEngineElsewhere()
{
    TestFleet fleet;
    QVERIFY(fleet.startEngine());
    QVERIFY(fleet.startAgent(u"a"_s, fleet.createActivation()));
    QVERIFY(fleet.waitForOnline(1));
    const CommandRun first
        = fleet.runScript(u"seq 1 20000; echo the end"_s, {u"--all"_s}); // beyond what a row holds
    QCOMPARE(first.exitCode, 0);

    std::atomic<bool> enough = false;
    std::atomic<int> ended = 0;
    std::thread busy([&] {
        while (!enough)
            ended += fleet.runScript(u"seq 1 5000"_s, {u"--all"_s}).exitCode == 0 ? 1 : 0;
    });
    const bool works = eventually([&] { return ended > 0; }, 30000);
    const QString file = fleet.folder() + u"/fleet.backup"_s;
    const CommandRun backup = fleet.call({u"backup"_s, u"--to"_s, file, u"--json"_s});
    const int endedBefore = ended;
    const bool worksOn = eventually([&] { return ended > endedBefore; }, 30000);
    enough = true;
    busy.join();
    QVERIFY(works);
    QVERIFY(worksOn);
    QVERIFY2(backup.exitCode == 0, backup.standardError.constData());
    QVERIFY(backup.last()[u"Damaged"].toArray().isEmpty());
    QVERIFY(!QFile::exists(file + u".part"_s));
    QVERIFY(QDir(fleet.dataDir() + u"/backups"_s).entryList(QDir::Files).isEmpty());
    QCOMPARE(QFile::permissions(file)
                 & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther),
             QFile::Permissions());
    QCOMPARE(fleet.call({u"backup"_s, u"--to"_s, file}).exitCode, 3); // there already
    QCOMPARE(fleet.call({u"restore"_s, u"--from"_s, file, u"--replace"_s}).exitCode, 3); // the engine runs

    const QString elsewhere = fleet.folder() + u"/elsewhere"_s;
    const CliAnswer restored
        = fleet.engine().cli({u"restore"_s}, {u"--data"_s, elsewhere, u"--from"_s, file, u"--json"_s});
    QVERIFY2(restored.exitCode == 0, restored.error.constData());
    QCOMPARE(restored.lastObject()[u"FleetId"], backup.last()[u"FleetId"]);
    const CliAnswer verdict = fleet.engine().cli(
        {u"audit"_s, u"verify"_s},
        {u"--data"_s, elsewhere, u"--passphrase-file"_s, fleet.folder() + u"/passphrase"_s, u"--json"_s});
    QVERIFY2(verdict.exitCode == 0, verdict.output.constData());
    QVERIFY(verdict.lastObject()[u"Entries"].toInteger() > 5);
    QVERIFY(verdict.lastObject()[u"Anchored"].toBool());
    QVERIFY(!verdict.output.contains("FirstBad\":1"));

    SecondEngine second(fleet, elsewhere);
    QVERIFY(second.isReady());
    const CliAnswer status = second.call(
        {u"status"_s, u"--command"_s, first.last()[u"Command"][u"CommandId"].toString(), u"--json"_s});
    QVERIFY2(status.output.contains("the end"), status.output.right(300).constData());
    QCOMPARE(second.call({u"audit"_s, u"verify"_s}).exitCode, 0);
}

// [S12] codes of the backup are void, what was shut out since stays out, and nodes that have seen more than the store knows take orders again
void tst_BackupRestore::nothingComesBackToLife()
{
    TestFleet fleet;
    QVERIFY(fleet.startEngine());
    QVERIFY(fleet.startAgent(u"a"_s, fleet.createActivation()));
    QVERIFY(fleet.startAgent(u"gone"_s, fleet.createActivation()));
    QVERIFY(fleet.waitForOnline(2));
    const QJsonObject unused = fleet.createActivation({u"--limit"_s, u"5"_s});
    QCOMPARE(fleet.call({u"operator"_s, u"create"_s, u"--name"_s, u"alice"_s, u"--role"_s, u"Operator"_s})
                 .exitCode,
             0);
    QCOMPARE(fleet.runScript(u"true"_s, {u"--all"_s}).exitCode, 0);

    const QString file = fleet.folder() + u"/fleet.backup"_s;
    QCOMPARE(fleet.call({u"backup"_s, u"--to"_s, file}).exitCode, 0);

    fleet.stopAgent(u"a"_s);
    QVERIFY(fleet.waitForOnline(1));
    QString gone;
    QString stays;
    for (const QJsonValue &node : fleet.nodes())
        (node[u"PingStatus"] == u"Online"_s ? gone : stays) = node[u"InstanceId"].toString();
    QVERIFY(!gone.isEmpty() && !stays.isEmpty());
    QVERIFY(fleet.startAgent(u"a"_s));
    QVERIFY(fleet.waitForOnline(2));
    for (int i = 0; i < 3; ++i) // the node has seen more orders than the backup knows
        QCOMPARE(fleet.runScript(u"true"_s, {u"--all"_s}).exitCode, 0);
    QCOMPARE(fleet.call({u"node"_s, u"deregister"_s, u"--node"_s, gone}).exitCode, 0);
    QCOMPARE(fleet.call({u"operator"_s, u"delete"_s, u"--name"_s, u"alice"_s}).exitCode, 0);
    QVERIFY(fleet.waitForOnline(1));
    QVERIFY(fleet.stopEngine());

    QCOMPARE(fleet.call({u"restore"_s, u"--from"_s, file}).exitCode, 3); // not unless it is said
    const CommandRun restored = fleet.call({u"restore"_s, u"--from"_s, file, u"--replace"_s, u"--json"_s});
    QVERIFY2(restored.exitCode == 0, restored.standardError.constData());
    const QJsonObject carried = restored.last()[u"CarriedOver"].toObject();
    QCOMPARE(carried[u"DeregisteredNodes"].toArray(), QJsonArray {gone});
    QCOMPARE(carried[u"OperatorsShutOut"].toArray(), QJsonArray {u"alice"_s});
    QVERIFY(carried[u"Revocations"].toInteger() >= 1);
    QVERIFY(QFile::exists(restored.last()[u"ReplacedFolder"].toString() + u"/flagbridge.db"_s));

    QVERIFY(fleet.startEngine());
    const CommandRun after = fleet.runScript(u"echo taken"_s, {u"--node"_s, stays});
    QCOMPARE(after.exitCode, 0);
    QCOMPARE(after.last()[u"Invocations"][0][u"StandardOutputContent"].toString(), u"taken\n"_s);
    fleet.stopAgent(u"gone"_s);
    QVERIFY(fleet.startAgent(u"gone"_s)); // it would try again in an hour by itself
    QVERIFY(fleet.agentSays(u"gone"_s, "revoked"));
    QVERIFY(fleet.startAgent(u"late"_s, unused));
    QVERIFY(fleet.agentSays(u"late"_s, "expired"));
    QCOMPARE(fleet.call({u"audit"_s, u"verify"_s}).exitCode, 0);
    QVERIFY(fleet.stopEngine());
    auto store = fb::StoreFile::open(fleet.dataDir() + u"/flagbridge.db"_s);
    QVERIFY(store);
    const auto told = (*store)->reader().number(
        u"SELECT count(*) FROM audit_entry WHERE action = 'flagbridge:StoreRestored'"_s);
    QCOMPARE(told.value_or(0), 1);
}

// [S07] an entry edited in the store's file is found and named: by the command line with and without an engine, and by the engine itself
void tst_BackupRestore::auditLogEditedByHand()
{
    TestFleet fleet;
    QVERIFY(fleet.startEngine());
    for (int i = 0; i < 6; ++i)
        QVERIFY(!fleet.createActivation().isEmpty());
    QCOMPARE(fleet.call({u"audit"_s, u"verify"_s}).exitCode, 0);
    QVERIFY(fleet.stopEngine());
    QVERIFY(editStore(fleet.dataDir(), u"UPDATE audit_entry SET who = 'mallory' WHERE sequence = 4"_s));
    const QStringList key {u"--passphrase-file"_s, fleet.folder() + u"/passphrase"_s};
    const CommandRun stopped = fleet.call(QStringList {u"audit"_s, u"verify"_s, u"--json"_s} + key);
    QCOMPARE(stopped.exitCode, 1);
    QCOMPARE(stopped.last()[u"FirstBad"].toInteger(), 4);
    QCOMPARE(fleet.call({u"audit"_s, u"verify"_s, u"--json"_s}).last()[u"FirstBad"].toInteger(), 4); // no key

    QVERIFY(fleet.startEngine());
    const CommandRun running = fleet.call({u"audit"_s, u"verify"_s, u"--json"_s});
    QCOMPARE(running.exitCode, 1);
    QCOMPARE(running.last()[u"FirstBad"].toInteger(), 4);
    QVERIFY(eventually([&] { return fleet.engine().log().contains("the audit log breaks at entry 4"); }));
}

FB_TEST(tst_BackupRestore)
#include "tst_backup_restore.moc"
