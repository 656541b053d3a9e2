// An artifact store and a spool that are full, with a real engine and real agents: commands go on, the oldest gives way, and each says so.

#include "tests/support/test_fleet.h"
#include "tests/support/test_main.h"

#include <QDir>
#include <QSet>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTest>
#include <QThread>

using namespace fb::test;
using namespace Qt::StringLiterals;

class tst_ArtifactRoom : public QObject
{
    Q_OBJECT

private slots:
    void outputsGiveWayAndCommandsGoOn();
    void filesAreRefused();
    void engineKilledInMidSweep();
    void aFloodedSpool();

private:
    static bool limit(TestFleet &fleet, const QString &what, int mebibytes)
    {
        return fleet
                   .call({u"setting"_s, u"set"_s, u"--id"_s, u"/flagbridge/artifacts/%1-mib"_s.arg(what),
                          u"--value"_s, QString::number(mebibytes)})
                   .exitCode
            == 0;
    }
    // So many KiB of one letter, so that no two outputs are the same file.
    static QString send(TestFleet &fleet, int number, int kibibytes)
    {
        const CommandRun run = fleet.runScript(
            u"echo number %1; head -c %2 /dev/zero | tr '\\0' x"_s.arg(number).arg(kibibytes * 1024),
            {u"--all"_s});
        return run.exitCode == 0 ? run.last()[u"Command"][u"CommandId"].toString() : QString();
    }
    static QString output(TestFleet &fleet, const QString &command)
    {
        const CommandRun run = fleet.call({u"status"_s, u"--command"_s, command, u"--json"_s});
        return run.last()[u"Invocations"][0][u"StandardOutputContent"].toString();
    }
    static bool isRemoved(const QString &output)
    {
        return output.startsWith(u"number ") && output.contains(u"[removed to make room at ");
    }
};

namespace {
// The store's own words, with no engine at it.
template <typename Fn>
void inStore(const TestFleet &fleet, Fn fn)
{
    const QString name = u"artifact-room-test"_s;
    {
        QSqlDatabase store = QSqlDatabase::addDatabase(u"QSQLITE"_s, name);
        store.setDatabaseName(fleet.dataDir() + u"/flagbridge.db"_s);
        QVERIFY(store.open());
        fn(store);
    }
    QSqlDatabase::removeDatabase(name);
}

QSet<QString> column(QSqlDatabase &store, const QString &sql)
{
    QSet<QString> values;
    QSqlQuery query(store);
    if (!query.exec(sql))
        qWarning("%s", qPrintable(sql));
    while (query.next())
        values.insert(query.value(0).toString());
    return values;
}

QSet<QString> sealedFiles(const TestFleet &fleet)
{
    QSet<QString> names;
    const QDir sealed(fleet.dataDir() + u"/artifacts/sealed"_s);
    for (const QString &folder : sealed.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        for (const QString &name : QDir(sealed.filePath(folder)).entryList(QDir::Files))
            names.insert(name);
    }
    return names;
}
}

// [R12] artifact store full: oldest outputs show when they were removed, commands are taken with a warning
void tst_ArtifactRoom::outputsGiveWayAndCommandsGoOn()
{
    TestFleet fleet;
    QVERIFY(fleet.startEngine());
    QVERIFY(fleet.startAgent(u"a"_s, fleet.createActivation()));
    QVERIFY(fleet.waitForOnline(1));
    QVERIFY(limit(fleet, u"outputs"_s, 1));
    QStringList sent;
    for (int i = 0; i < 5; ++i) {
        sent << send(fleet, i, 300);
        QVERIFY(!sent.last().isEmpty());
    }
    QVERIFY(eventually([&] { return isRemoved(output(fleet, sent[0])); }));
    QVERIFY(eventually([&] { return isRemoved(output(fleet, sent[1])); }));
    const CommandRun warned = fleet.runScript(u"echo still here"_s, {u"--all"_s});
    QCOMPARE(warned.exitCode, 0);
    QCOMPARE(warned.last()[u"Invocations"][0][u"StandardOutputContent"].toString(), u"still here\n"_s);
    QVERIFY2(
        warned.standardError.contains("warning: The artifact store is full: its limit of outputs is reached. "
                                      "Commands run; the oldest outputs are removed to make room."),
        warned.standardError.constData());
    const QString newest = output(fleet, sent[4]);
    QVERIFY(newest.startsWith(u"number 4\n"_s) && !isRemoved(newest));
    QVERIFY(limit(fleet, u"outputs"_s, 100));
    QVERIFY(eventually([&] { return fleet.runScript(u"true"_s, {u"--all"_s}).standardError.isEmpty(); }));
    QVERIFY(fleet.stopEngine());
    inStore(fleet, [&](QSqlDatabase &store) {
        QVERIFY(
            !column(store, u"SELECT sequence FROM audit_entry WHERE action = 'flagbridge:ArtifactsRemoved'"_s)
                 .isEmpty());
        QCOMPARE(sealedFiles(fleet), column(store, u"SELECT sha256 FROM artifact WHERE state = 'sealed'"_s));
    });
}

// [R12] files of documents are never removed: the next is refused, with what there is and what is allowed
void tst_ArtifactRoom::filesAreRefused()
{
    TestFleet fleet;
    QVERIFY(fleet.startEngine());
    QVERIFY(limit(fleet, u"document-files"_s, 1));
    const auto put = [&](const QString &name, qsizetype bytes) {
        const QString path = fleet.folder() + u'/' + name;
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(QByteArray(bytes, name.at(0).toLatin1())) != bytes)
            return CommandRun();
        file.close();
        return fleet.call({u"artifact"_s, u"put"_s, u"--folder"_s, u"tools"_s, u"--file"_s, path});
    };
    QCOMPARE(put(u"first"_s, 900'000).exitCode, 0);
    const CommandRun refused = put(u"second"_s, 900'000);
    QVERIFY2(refused.standardError.contains("ServiceQuotaExceededException"),
             refused.standardError.constData());
    QVERIFY2(refused.standardError.contains("files of documents have 1 of at most 1 MiB"),
             refused.standardError.constData());
    QCOMPARE(put(u"small"_s, 1000).exitCode, 0);
}

// [R12] kill -9 of the engine in the middle of a sweep: each output is whole or says when it went; no row without its file, no file without a row
void tst_ArtifactRoom::engineKilledInMidSweep()
{
    TestFleet fleet;
    QVERIFY(fleet.startEngine());
    QVERIFY(fleet.startAgent(u"a"_s, fleet.createActivation()));
    QVERIFY(fleet.waitForOnline(1));
    // Many small ones, in one run of many steps' worth of commands.
    constexpr int kCommands = 12;
    QStringList sent;
    for (int i = 0; i < kCommands; ++i) {
        sent << send(fleet, i, 300);
        QVERIFY(!sent.last().isEmpty());
    }
    for (const int delay : {0, 3, 15}) {
        // Each time a lower limit, so that each time there is something to remove.
        QVERIFY(limit(fleet, u"outputs"_s, delay == 0 ? 3 : delay == 3 ? 2 : 1));
        QThread::msleep(static_cast<unsigned long>(delay));
        fleet.killEngine();
        inStore(fleet, [&](QSqlDatabase &store) {
            const QSet<QString> held = column(store, u"SELECT sha256 FROM artifact WHERE state = 'sealed'"_s);
            QVERIFY(sealedFiles(fleet).contains(held)); // also before anybody has tidied up
            QCOMPARE(column(store, u"SELECT out_artifact FROM run_command_step WHERE out_artifact <> ''"_s),
                     column(store, u"SELECT id FROM artifact WHERE kind = 'output'"_s));
        });
        QVERIFY(fleet.startEngine());
    }
    QVERIFY(eventually([&] { return isRemoved(output(fleet, sent[0])); }));
    int removed = 0;
    for (int i = 0; i < kCommands; ++i) {
        const QString shown = output(fleet, sent[i]);
        QVERIFY2(shown.startsWith(u"number %1\n"_s.arg(i)), qPrintable(shown.left(200)));
        removed += isRemoved(shown) ? 1 : 0;
    }
    QVERIFY(removed >= kCommands / 2 && removed < kCommands);
    QVERIFY(eventually([&] {
        bool isTidy = false;
        inStore(fleet, [&](QSqlDatabase &store) {
            isTidy = sealedFiles(fleet)
                == column(store, u"SELECT sha256 FROM artifact WHERE state = 'sealed'"_s);
        });
        return isTidy;
    }));
    QVERIFY(fleet.stopEngine());
}

// [R12] node spool full: the agent keeps to its quota and takes commands, the output says what it lacks, the engine is told
void tst_ArtifactRoom::aFloodedSpool()
{
    TestFleet fleet;
    QVERIFY(fleet.startEngine());
    fleet.setAgentArguments({u"--spool-limit"_s, u"1"_s});
    QVERIFY(fleet.startAgent(u"a"_s, fleet.createActivation()));
    QVERIFY(fleet.waitForOnline(1));
    // The flood comes while the engine is away: nothing of it can be delivered.
    const QString go = fleet.folder() + u"/go"_s;
    const CommandRun flood = fleet.runScript(
        u"until [ -e %1 ]; do sleep 0.1; done; head -c 20000000 /dev/zero | tr '\\0' x; echo; echo end > %1.done; sleep 1; echo end"_s
            .arg(go),
        {u"--all"_s, u"--no-wait"_s});
    const QString id = flood.last()[u"Command"][u"CommandId"].toString();
    const auto status = [&] { return fleet.call({u"status"_s, u"--command"_s, id, u"--json"_s}).last(); };
    QVERIFY(eventually(
        [&] { return status()[u"Invocations"][0][u"StatusDetails"].toString() == u"InProgress"_s; }));
    fleet.killEngine();
    QFile file(go);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QVERIFY(eventually([&] { return QFile::exists(go + u".done"_s); }, 60000));
    qint64 spooled = 0;
    const QDir work(fleet.agentDir(u"a"_s) + u"/work"_s);
    for (const QString &order : work.entryList(QDir::Dirs | QDir::NoDotAndDotDot))
        spooled += QFileInfo(work.filePath(order + u"/0.stdout"_s)).size();
    QVERIFY2(spooled >= (1 << 20) && spooled <= 3 * (1 << 20), QByteArray::number(spooled));
    QVERIFY(fleet.startEngine());
    QVERIFY(eventually([&] { return status()[u"Status"].toString() == u"Success"_s; }, 60000));
    QVERIFY(eventually(
        [&] {
            bool isTold = false;
            inStore(fleet, [&](QSqlDatabase &store) {
                isTold
                    = !column(
                           store,
                           u"SELECT detail FROM event WHERE detail_type = 'Managed Node Room Change' AND detail LIKE '%SpoolFull%'"_s)
                           .isEmpty();
            });
            return isTold;
        },
        90000));
    const CommandRun next = fleet.runScript(u"echo taken"_s, {u"--all"_s});
    QCOMPARE(next.last()[u"Invocations"][0][u"StandardOutputContent"].toString(), u"taken\n"_s);
    inStore(fleet, [&](QSqlDatabase &store) {
        const QSet<QString> dropped
            = column(store, u"SELECT out_dropped FROM run_command_step WHERE command_id = '%1'"_s.arg(id));
        QVERIFY(dropped.values().value(0).toLongLong() > 15'000'000);
    });
}

FB_TEST(tst_ArtifactRoom)
#include "tst_artifact_room.moc"
