// Backup and restore of a store that an engine has open: what is in the file, what is refused by name, and what an older state must not bring
// back. The whole of it with real programs: tests/integration/engine/tst_backup_restore.cpp.

#include "backend/backup/store_backup.h"
#include "backend/backup/store_restore.h"
#include "backend/base/on_result.h"
#include "backend/engine/backup_stream.h"
#include "backend/security/audit_log.h"
#include "backend/security/certificate_repository.h"
#include "backend/security/operators/operator_repository.h"
#include "backend/store/engine_lock.h"
#include "backend/store/restore_mark.h"
#include "tests/support/scripted_access.h"
#include "tests/support/test_database.h"
#include "tests/support/test_main.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QSignalSpy>
#include <QTest>

using namespace fb;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

// A store with an audit log and artifacts, as an engine has it open.
class BackupBench
{
public:
    BackupBench() : db(u"sqlite"_s)
    {
        audit = std::make_unique<AuditLog>(*db, db.clock, SecretBytes(std::string(32, 'a')));
        artifacts = ArtifactStore::make(*db, db.clock, db.random);
        for (int i = 0; i < 5; ++i)
            record(u"command %1"_s.arg(i));
        put(u"runcommand/1/mi-1/0/stdout"_s, "the first output", true);
        put(u"runcommand/2/mi-1/0/stdout"_s, "still being written", false);
    }

    void record(const QString &target)
    {
        QVERIFY(
            audit->record({.who = {.name = u"alice"_s}, .action = u"ssm:SendCommand"_s, .target = target}));
        QVERIFY(db->flush());
    }

    void put(const QString &owner, const QByteArray &bytes, bool seal)
    {
        const auto artifact = artifacts->open(owner);
        QVERIFY(artifact);
        QVERIFY(artifacts->append(artifact->id, bytes));
        artifacts->flush();
        std::optional<bool> done;
        QObject context;
        if (seal) {
            onResult(artifacts->seal(artifact->id), &context,
                     [&](const Result<ArtifactInfo> &info) { done = info.has_value(); });
            QTRY_VERIFY(done);
            QVERIFY(*done);
        } else {
            QTRY_COMPARE(artifacts->info(db->reader(), artifact->id)->value_or(ArtifactInfo {}).durableLength,
                         bytes.size());
        }
        QVERIFY(db->flush());
    }

    QString path(const QString &name) const { return folder.filePath(name); }

    Result<BackupReport> backUp(const QString &name)
    {
        const QString copy = path(name + u".copy"_s);
        QFile head(db.dataDir() + u"/audit.head"_s);
        const QByteArray anchor = head.open(QIODevice::ReadOnly) ? head.readAll() : QByteArray();
        if (auto copied = copyStore(db.dataDir(), copy); !copied)
            return copied.error();
        StoreBackup backup({.dataDir = db.dataDir(), .storeFile = copy, .auditHead = anchor}, path(name),
                           db.clock);
        auto report = backup.write();
        if (report) {
            if (auto named = backup.commit(*report); !named)
                return named.error();
        }
        return report;
    }

    Result<RestoreReport> restore(const QString &name, const QString &into, bool replace = false)
    {
        StoreRestore work({.dataDir = into, .file = path(name), .replace = replace}, db.clock, db.random);
        return work.run();
    }

    test::TestDatabase db;
    std::unique_ptr<AuditLog> audit;
    std::unique_ptr<ArtifactStore> artifacts;
    QTemporaryDir folder;
};

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

// Every file below it with its bytes.
QMap<QString, QByteArray> everythingIn(const QString &folder)
{
    QMap<QString, QByteArray> found;
    QDirIterator all(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (all.hasNext()) {
        const QString path = all.next();
        found.insert(path.mid(folder.size()), contentOf(path));
    }
    return found;
}

bool write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
}

}

class tst_Backup : public QObject
{
    Q_OBJECT

private slots:
    void whatIsWrittenIsRestored();
    void refusedByName_data();
    void refusedByName();
    void refusedFolders();
    void keepsWhatWasShutOutSince();
    void aDamagedArtifactIsNamed();
    void bytesStayWhileTheyAreRead();
    void cleanupTestCase() { m_shared.reset(); }

private:
    std::unique_ptr<BackupBench> m_shared;
};

void tst_Backup::whatIsWrittenIsRestored()
{
    BackupBench bench;
    const auto backup = bench.backUp(u"a.backup"_s);
    QVERIFY2(backup, backup ? "" : backup.error().message.c_str());
    QVERIFY(backup->damaged.isEmpty());
    QCOMPARE(backup->fleetId, toQString(bench.db->fleet().fleetId));
    QCOMPARE(QFile::permissions(bench.path(u"a.backup"_s)) & ~QFile::Permissions(0xf000),
             QFile::ReadUser | QFile::WriteUser);
    QVERIFY(!QFile::exists(bench.path(u"a.backup.part"_s)));
    bench.record(u"after the backup"_s);
    QVERIFY(!bench.backUp(u"a.backup"_s)); // replaces no file
    QVERIFY(QFile::remove(bench.path(u"a.backup.copy"_s)));

    const QString elsewhere = bench.path(u"elsewhere"_s);
    const auto restored = bench.restore(u"a.backup"_s, elsewhere);
    QVERIFY2(restored, restored ? "" : restored.error().message.c_str());
    QCOMPARE(restored->fleetId, backup->fleetId);
    QVERIFY(restored->replacedFolder.isEmpty());
    QCOMPARE(restored->carriedOver.unknown.size(), 1); // nothing was there to compare with
    QVERIFY(!QDir(bench.folder.path()).entryList({u"elsewhere.*"_s}, QDir::Dirs).size());

    auto database = Database::open({.dataDir = elsewhere}, bench.db.clock, bench.db.random);
    QVERIFY(database);
    QVERIFY((*database)->epoch() > restored->epoch);
    QCOMPARE((*database)->fleet().fleetId, bench.db->fleet().fleetId);
    const AuditLog log(**database, bench.db.clock, SecretBytes(std::string(32, 'a')));
    const auto verdict = log.verify((*database)->reader());
    QVERIFY(verdict);
    QVERIFY2(verdict->intact, qPrintable(verdict->problem));
    QCOMPARE(verdict->entries, 5);
    const auto mark = RestoreMarks().find((*database)->reader());
    QVERIFY(mark);
    QVERIFY(*mark);
    QCOMPARE((*mark)->epoch, restored->epoch);
    const auto artifacts = ArtifactStore::make(**database, bench.db.clock, bench.db.random);
    for (const auto &[owner, bytes] :
         {std::pair(u"runcommand/1/mi-1/0/stdout"_s, QByteArray("the first output")),
          std::pair(u"runcommand/2/mi-1/0/stdout"_s, QByteArray("still being written"))}) {
        const auto info = artifacts->find((*database)->reader(), owner);
        QVERIFY(info);
        QVERIFY(*info);
        std::optional<QByteArray> read;
        QObject context;
        onResult(artifacts->read((*info)->id, 0, 100), &context,
                 [&](const Result<QByteArray> &found) { read = found.value_or("cannot be read"); });
        QTRY_VERIFY(read);
        QCOMPARE(*read, bytes);
    }
}

void tst_Backup::refusedByName_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("problem");
    for (const auto &[file, problem] :
         {std::pair("text", "is no backup of Flagbridge"), std::pair("none", "cannot be read"),
          std::pair("flipped", "flipped is "), std::pair("cut", "is damaged"),
          std::pair("newer", "was made by a newer Flagbridge"),
          std::pair("foreign", "no backup of Flagbridge"), std::pair("outside", "does not belong there"),
          std::pair("twice", "does not belong there"), std::pair("altered", "is not what it was"),
          std::pair("unlisted", "not in its list"), std::pair("missing", "is missing"),
          std::pair("greedy", "more than the"), std::pair("other audit", "audit log breaks at entry 3")})
        QTest::addRow("%s", file) << QString::fromLatin1(file) << QString::fromLatin1(problem);
}

// A folder that is to be replaced stays as it is, byte for byte.
void tst_Backup::refusedByName()
{
    QFETCH(QString, file);
    QFETCH(QString, problem);
    if (!m_shared) { // for all rows: a store takes its time to make
        m_shared = std::make_unique<BackupBench>();
        QVERIFY(m_shared->backUp(u"good"_s));
        QVERIFY(m_shared->restore(u"good"_s, m_shared->path(u"into"_s)));
        QVERIFY(EngineLock::take(m_shared->path(u"into"_s))); // leaves its file
    }
    BackupBench &bench = *m_shared;
    const QString into = bench.path(u"into"_s);
    const auto before = everythingIn(into);

    const QByteArray good = contentOf(bench.path(u"good"_s));
    const QString path = bench.path(file);
    if (file == u"text")
        QVERIFY(write(path, "not an archive at all\n"));
    else if (file == u"flipped")
        QVERIFY(write(
            path,
            QByteArray(good).replace(good.size() / 2, 1, QByteArray(1, char(good[good.size() / 2] ^ 0x40)))));
    else if (file == u"cut")
        QVERIFY(write(path, good.left(good.size() - 200)));
    else if (file == u"other audit") {
        QVERIFY(bench.db->write([](Transaction &tx) {
            return tx.execute(u"UPDATE audit_entry SET who = 'bob' WHERE sequence = 3"_s);
        }));
        QVERIFY(bench.db->flush());
        QVERIFY(bench.backUp(file));
    } else if (file != u"none") {
        BackupHeader header {.program = u"0"_s, .fleetId = u"f"_s, .bytes = 1000};
        if (file == u"newer")
            header.version = kBackupVersion + 1;
        if (file == u"foreign")
            header.format = u"tarball"_s;
        if (file == u"greedy")
            header.bytes = 4;
        BackupManifest manifest {{{.path = kBackupStoreName, .size = 5, .sha256 = u"0"_s}}};
        auto writer = BackupWriter::create(path);
        QVERIFY(writer);
        QVERIFY((*writer)->addBytes(kBackupHeaderName, toBytes(header)));
        if (file != u"missing")
            QVERIFY(
                (*writer)->addBytes(file == u"outside" ? u"../outside-of-it"_s : kBackupStoreName, "store"));
        if (file == u"twice")
            QVERIFY((*writer)->addBytes(kBackupStoreName, "store"));
        if (file == u"unlisted")
            manifest.files.clear();
        QVERIFY((*writer)->addBytes(kBackupManifestName, toBytes(manifest)));
        QVERIFY((*writer)->commit());
    }
    const auto restored = bench.restore(file, into, true);
    QVERIFY(!restored);
    QVERIFY2(toQString(restored.error().message).contains(problem), restored.error().message.c_str());
    QCOMPARE(restored.error().code, file == u"newer" ? errors::kUpgradeRequired : errors::kValidation);
    const auto after = everythingIn(into);
    QCOMPARE(after.keys(), before.keys());
    for (auto each = before.cbegin(); each != before.cend(); ++each)
        QVERIFY2(each.key() == u"/engine.lock" || after.value(each.key()) == each.value(),
                 qPrintable(each.key()));
    QCOMPARE(QDir(bench.folder.path()).entryList({u"into*"_s}, QDir::Dirs), QStringList {u"into"_s});
    QVERIFY(!QFile::exists(bench.path(u"outside-of-it"_s)));
}

void tst_Backup::refusedFolders()
{
    BackupBench bench;
    QVERIFY(bench.backUp(u"good"_s));
    const QString folder = bench.path(u"folder"_s);
    QVERIFY(QDir().mkpath(folder));
    QVERIFY(write(folder + u"/letter.txt"_s, "dear"));
    for (const bool replace : {false, true}) { // not an engine's, whatever is said
        const auto refused = bench.restore(u"good"_s, folder, replace);
        QVERIFY(!refused);
        QVERIFY2(refused.error().message.find("holds other files") != std::string::npos,
                 refused.error().message.c_str());
    }
    QCOMPARE(contentOf(folder + u"/letter.txt"_s), QByteArray("dear"));

    const auto running = bench.restore(u"good"_s, bench.db.dataDir(), true);
    QVERIFY(!running);
    QVERIFY2(running.error().message.find("Another engine") != std::string::npos,
             running.error().message.c_str());

    BackupBench other;
    QVERIFY(other.db->write([](Transaction &tx) {
        return tx.execute(u"UPDATE store_state SET value = 'another' WHERE name = 'fleet_id'"_s);
    }));
    QVERIFY(other.db->flush());
    other.artifacts.reset();
    other.audit.reset();
    other.db.close();
    const auto foreign = bench.restore(u"good"_s, other.db.dataDir(), true);
    QVERIFY(!foreign);
    QVERIFY2(foreign.error().message.find("holds the fleet") != std::string::npos,
             foreign.error().message.c_str());

    const QString mine = bench.path(u"mine"_s);
    QVERIFY(bench.restore(u"good"_s, mine));
    const auto unasked = bench.restore(u"good"_s, mine);
    QVERIFY(!unasked);
    QVERIFY2(unasked.error().message.find("--replace") != std::string::npos, unasked.error().message.c_str());
    const auto asked = bench.restore(u"good"_s, mine, true);
    QVERIFY2(asked, asked ? "" : asked.error().message.c_str());
    QVERIFY(QFile::exists(asked->replacedFolder + u"/flagbridge.db"_s));
}

// [S12] revocations made after the backup, and who was shut out since, as far as the replaced store knows
void tst_Backup::keepsWhatWasShutOutSince()
{
    BackupBench bench;
    const CertificateRepository certificates;
    const OperatorRepository operators;
    const Instant now = bench.db.clock.now();
    const auto issue = [&](Transaction &tx, const QString &serial, const QString &owner) {
        return certificates.insert(
            tx, {.serial = serial, .publicKeySha256 = u"k"_s, .notBefore = now, .notAfter = now + 24h},
            owner);
    };
    QVERIFY(bench.db->write([&](Transaction &tx) -> Result<void> {
        for (const auto &[serial, owner] : {std::pair(u"01"_s, u"mi-1"_s), std::pair(u"02"_s, u"mi-2"_s)}) {
            if (auto issued = issue(tx, serial, owner); !issued)
                return issued;
        }
        for (const QString &name : {u"root"_s, u"alice"_s, u"bob"_s, u"carol"_s}) {
            const Operator who {.name = name,
                                .role = name == u"root" ? Role::Administrator : Role::Operator,
                                .groups = {},
                                .scope = {},
                                .statements = {}};
            if (auto stored = operators.put(tx, who); !stored)
                return stored;
            if (auto stored = operators.putKey(tx, {.accessKeyId = u"AK"_s + name, .operatorName = name});
                !stored)
                return stored;
        }
        return operators.setPasswordHash(tx, u"carol"_s, u"old"_s, now);
    }));
    QVERIFY(bench.db->flush());
    const QString place = bench.path(u"place"_s);
    QVERIFY(bench.backUp(u"before"_s));
    QVERIFY(bench.restore(u"before"_s, place));
    {
        auto database = Database::open({.dataDir = place}, bench.db.clock, bench.db.random);
        QVERIFY(database);
        QVERIFY((*database)->write([&](Transaction &tx) -> Result<void> {
            if (auto revoked = certificates.revoke(tx, u"mi-2"_s, u"deregistered"_s, now); !revoked)
                return revoked.error();
            if (auto issued = issue(tx, u"03"_s, u"mi-1"_s); !issued)
                return issued;
            if (auto revoked = certificates.revokeOlder(tx, u"mi-1"_s, u"03"_s, u"renewed"_s, now); !revoked)
                return revoked.error();
            if (auto removed = operators.remove(tx, u"alice"_s); !removed)
                return removed;
            Operator bob {.name = u"bob"_s,
                          .role = Role::Viewer,
                          .enabled = false,
                          .groups = {},
                          .scope = {},
                          .statements = {}};
            if (auto stored = operators.put(tx, bob); !stored)
                return stored;
            return operators.setPasswordHash(tx, u"carol"_s, u"new"_s, now);
        }));
        QVERIFY((*database)->flush());
    }
    const auto restored = bench.restore(u"before"_s, place, true);
    QVERIFY2(restored, restored ? "" : restored.error().message.c_str());
    const CarriedOver &carried = restored->carriedOver;
    QCOMPARE(carried.revocations, 2);
    QCOMPARE(carried.deregisteredNodes, QStringList {u"mi-2"_s});
    QCOMPARE(carried.operatorsShutOut, (QStringList {u"alice"_s, u"bob"_s}));
    QCOMPARE(carried.keysShutOut, QStringList {u"AKalice"_s});
    QCOMPARE(carried.passwordsKept, QStringList {u"carol"_s});
    QCOMPARE(carried.permissionsDiffer, QStringList {u"bob"_s});
    QVERIFY(carried.unknown.isEmpty());

    auto database = Database::open({.dataDir = place}, bench.db.clock, bench.db.random);
    QVERIFY(database);
    Reader &reader = (*database)->reader();
    const auto rows = certificates.all(reader);
    QVERIFY(rows);
    QCOMPARE(rows->size(), 3);
    QVERIFY(rows->value(u"01"_s).revokedAt);
    QVERIFY(rows->value(u"02"_s).revokedAt);
    QVERIFY(!rows->value(u"03"_s).revokedAt); // the node that has it goes on with it
    QCOMPARE(*operators.passwordHash(reader, u"carol"_s), u"new"_s);
    const auto all = operators.all(reader);
    QVERIFY(all);
    for (const Operator &who : *all)
        QCOMPARE(who.enabled, who.name == u"root" || who.name == u"carol");
}

void tst_Backup::aDamagedArtifactIsNamed()
{
    BackupBench bench;
    const auto info = bench.artifacts->find(bench.db->reader(), u"runcommand/1/mi-1/0/stdout"_s);
    QVERIFY(info && *info);
    const QString path = u"artifacts/sealed/%1/%2"_s.arg((*info)->sha256.left(2), (*info)->sha256);
    QVERIFY(write(bench.db.dataDir() + u'/' + path, "the first 0utput"));
    const auto backup = bench.backUp(u"a"_s);
    QVERIFY(backup);
    QCOMPARE(backup->damaged, QStringList {path});
    const auto restored = bench.restore(u"a"_s, bench.path(u"elsewhere"_s));
    QVERIFY2(restored, restored ? "" : restored.error().message.c_str());
    QCOMPARE(restored->missing, QStringList {path});
    QVERIFY(!QFile::exists(bench.path(u"elsewhere/"_s + path)));
}

// An artifact that is removed, or sealed, after the copy of the rows is still there for the backup.
void tst_Backup::bytesStayWhileTheyAreRead()
{
    BackupBench bench;
    const test::ScriptedAccess access;
    JobThread jobs;
    auto stream = std::make_unique<BackupStream>(*bench.db, *bench.artifacts, access, *bench.audit, jobs,
                                                 Principal {.name = u"root"_s}, bench.path(u"a"_s));
    QSignalSpy events(stream.get(), &BackupStream::event);
    QSignalSpy ends(stream.get(), &BackupStream::finished);
    stream->receive({});
    QTRY_COMPARE(events.count(), 1);
    const QString copy
        = bench.db.dataDir() + u'/' + events.first().first().toJsonObject()[u"StoreFile"].toString();

    const auto sealed = bench.artifacts->find(bench.db->reader(), u"runcommand/1/mi-1/0/stdout"_s);
    const auto open = bench.artifacts->find(bench.db->reader(), u"runcommand/2/mi-1/0/stdout"_s);
    QVERIFY(sealed && *sealed && open && *open);
    QVERIFY(bench.db->write([&](Transaction &tx) { return bench.artifacts->remove(tx, (*sealed)->id); }));
    std::optional<bool> done;
    onResult(bench.artifacts->seal((*open)->id), stream.get(),
             [&](const Result<ArtifactInfo> &info) { done = info.has_value(); });
    QTRY_VERIFY(done);
    QVERIFY(bench.db->flush());
    bool isGone = false;
    bench.artifacts->whenDiscarded([&] { isGone = true; });

    StoreBackup backup({.dataDir = bench.db.dataDir(), .storeFile = copy, .auditHead = {}},
                       bench.path(u"a"_s), bench.db.clock);
    auto report = backup.write();
    QVERIFY(report);
    QVERIFY2(report->damaged.isEmpty(), qPrintable(report->damaged.join(u' ')));
    stream->receive({{u"Done"_s, true}});
    QCOMPARE(ends.count(), 1);
    QVERIFY(backup.commit(*report));
    QVERIFY(!isGone);
    stream.reset();
    QTRY_VERIFY(isGone);
    QTRY_VERIFY(!QFile::exists(copy));
    const QString path
        = bench.db.dataDir() + u"/artifacts/sealed/%1/%2"_s.arg((*sealed)->sha256.left(2), (*sealed)->sha256);
    QTRY_VERIFY(!QFile::exists(path));
    QVERIFY(bench.restore(u"a"_s, bench.path(u"elsewhere"_s)));
}

FB_TEST(tst_Backup)
#include "tst_backup.moc"
