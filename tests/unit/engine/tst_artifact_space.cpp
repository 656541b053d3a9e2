// Room for artifacts: what goes, in which order, until when, and what is said of it. Real stores, small limits, a disk that tells what the test says.

#include "backend/base/on_result.h"
#include "backend/engine/artifact_space.h"
#include "backend/events/event_bus.h"
#include "backend/security/access.h"
#include "backend/security/audit_log.h"
#include "tests/support/test_database.h"
#include "tests/support/test_main.h"

#include <QSignalSpy>
#include <QTest>

using namespace fb;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class tst_ArtifactSpace : public QObject
{
    Q_OBJECT

private slots:
    void outputsGoOldestFirstUntilATenthIsFree_data() { test::addDatabaseRows(); }
    void outputsGoOldestFirstUntilATenthIsFree();
    void recordingsGoOnlyWhereTheyMay();
    void outputsGoBeforeRecordings();
    void aDiskThatFillsUp();
    void nothingMayGo();
    void whatMayNotGoIsRefused_data();
    void whatMayNotGoIsRefused();
    void openOnesStay();
    void aSweepThatWasKilledIsTold();
    void oneEngineSweepsAtATime();
    void thousandsInManySteps();
};

namespace {
constexpr qint64 kKiB = 1024;

class SpaceBench
{
public:
    explicit SpaceBench(const QString &database = u"sqlite"_s) : db(database) { open(); }

    void open()
    {
        events = std::make_unique<EventBus>(*db, db.clock, db.random);
        audit = std::make_unique<AuditLog>(*db, db.clock, SecretBytes(std::string(32, 'a')));
        artifacts = ArtifactStore::make(*db, db.clock, db.random);
        space = std::make_unique<ArtifactSpace>(
            ArtifactSpace::Parts {*db, *artifacts, *events, *audit, db.clock, [this] { return freeBytes; }});
        for (const ArtifactKind kind : {ArtifactKind::Output, ArtifactKind::Recording})
            space->addRemovable(
                kind, [this, kind](Transaction &tx, qint64 bytes) { return removeOldest(tx, kind, bytes); });
    }
    void kill() // between two steps of a sweep: nothing more is written
    {
        space.reset();
        artifacts.reset();
        audit.reset();
        events.reset();
        db.reopen();
        open();
    }

    // As a feature does it.
    Result<RemovedArtifacts> removeOldest(Transaction &tx, ArtifactKind kind, qint64 bytes)
    {
        const auto oldest = artifacts->oldest(tx, kind, mostAtOnce);
        if (!oldest)
            return oldest.error();
        RemovedArtifacts removed;
        for (const ArtifactInfo &each : *oldest) {
            if (removed.bytes >= bytes)
                break;
            if (auto gone = artifacts->remove(tx, each.id); !gone)
                return gone.error();
            ++removed.count;
            removed.bytes += each.durableLength;
            went << each.owner;
        }
        if (freesOfDisk && freeBytes)
            *freeBytes += removed.bytes;
        return removed;
    }

    void put(const QString &owner, qint64 bytes) // sealed; no two have the same bytes
    {
        const auto artifact = artifacts->open(owner);
        QVERIFY(artifact);
        QVERIFY(artifacts->append(artifact->id,
                                  owner.toUtf8().leftJustified(static_cast<qsizetype>(bytes), '.')));
        std::optional<bool> sealed;
        QObject context;
        onResult(artifacts->seal(artifact->id), &context,
                 [&](const Result<ArtifactInfo> &info) { sealed = info.has_value(); });
        QTRY_VERIFY(sealed);
        QVERIFY(*sealed);
        QVERIFY(db->flush());
        db.clock.advance(1s);
    }
    void putOutputs(int from, int to, qint64 bytes)
    {
        for (int i = from; i < to; ++i)
            put(output(i), bytes);
    }
    static QString output(int number) { return u"runcommand/%1/mi-1/0/stdout"_s.arg(number); }
    static QString recording(int number) { return u"session/%1/recording/0"_s.arg(number); }
    bool has(const QString &owner) { return artifacts->find(db->reader(), owner)->has_value(); }

    ArtifactLimits limits(qint64 total, qint64 outputs = 0, qint64 recordings = 0) const
    {
        ArtifactLimits some {.total = total, .byKind = {}, .leastFree = 0, .mayRemoveRecordings = false};
        some.byKind[static_cast<size_t>(ArtifactKind::Output)] = outputs;
        some.byKind[static_cast<size_t>(ArtifactKind::Recording)] = recordings;
        return some;
    }
    // Looks until nothing more is done.
    void settle()
    {
        QSignalSpy looked(space.get(), &ArtifactSpace::looked);
        for (int quiet = 0; quiet < 2;) {
            const ArtifactSpaceState before = space->state();
            const qsizetype gone = went.size();
            const qsizetype looks = looked.count();
            space->look();
            QTRY_VERIFY(looked.count() > looks);
            QVERIFY(db->flush());
            std::optional<bool> done;
            artifacts->whenDiscarded([&] { done = true; });
            QTRY_VERIFY(done);
            quiet = space->state() == before && went.size() == gone ? quiet + 1 : 0;
        }
    }
    QList<Event> sweeps()
    {
        QList<Event> found;
        const auto all = events->eventsSince(db->reader(), 0, 1000);
        for (const Event &event : *all) {
            if (event.detailType == u"Artifact Space Reclaimed"_s)
                found << event;
        }
        return found;
    }
    qint64 auditEntries()
    {
        return *db->reader().number(
            u"SELECT count(*) FROM audit_entry WHERE action = 'flagbridge:ArtifactsRemoved'"_s);
    }

    test::TestDatabase db;
    std::optional<qint64> freeBytes;
    bool freesOfDisk = true;
    int mostAtOnce = 200;
    QStringList went;
    std::unique_ptr<EventBus> events;
    std::unique_ptr<AuditLog> audit;
    std::unique_ptr<ArtifactStore> artifacts;
    std::unique_ptr<ArtifactSpace> space;
};
}

// [R12] artifact store full: oldest first, a warning meanwhile, one event of the whole sweep
void tst_ArtifactSpace::outputsGoOldestFirstUntilATenthIsFree()
{
    QFETCH(QString, database);
    SpaceBench bench(database);
    bench.mostAtOnce = 2; // in several steps
    bench.space->setLimits(bench.limits(0, 100 * kKiB));
    bench.putOutputs(0, 10, 10 * kKiB);
    bench.settle();
    QVERIFY(bench.went.isEmpty()); // at its limit, not beyond
    QCOMPARE(bench.space->warning(), QString());
    bench.putOutputs(10, 13, 10 * kKiB);
    bench.settle();
    const QStringList oldest {bench.output(0), bench.output(1), bench.output(2), bench.output(3)};
    QCOMPARE(bench.went, oldest);
    QCOMPARE(bench.space->state().usage.of(ArtifactKind::Output), 90 * kKiB);
    QCOMPARE(bench.space->state().full, ArtifactLimit::Outputs);
    QVERIFY(bench.space->warning().contains(u"the oldest outputs are removed"_s));
    QVERIFY(bench.has(bench.output(12)));
    const QList<Event> sweeps = bench.sweeps();
    QCOMPARE(sweeps.size(), 1);
    QCOMPARE(sweeps[0].detail[u"outputs-removed"].toInteger(), 4);
    QCOMPARE(sweeps[0].detail[u"removed-bytes"].toInteger(), 40 * kKiB);
    QCOMPARE(bench.auditEntries(), 1);
    QCOMPARE(bench.space->state().removed.count, 4);
    // It fills again and again: full all the while, until there is room for more than a sweep makes.
    QVERIFY(bench.db->write([&](Transaction &tx) {
        return bench.removeOldest(tx, ArtifactKind::Output, 1).map([](const RemovedArtifacts &) {});
    }));
    bench.settle();
    QCOMPARE(bench.space->state().full, ArtifactLimit::None);
    QCOMPARE(bench.space->warning(), QString());
}

// [R12] recordings are evidence: they go only where the fleet's setting allows it
void tst_ArtifactSpace::recordingsGoOnlyWhereTheyMay()
{
    SpaceBench bench;
    ArtifactLimits limits = bench.limits(0, 0, 50 * kKiB);
    bench.space->setLimits(limits);
    for (int i = 0; i < 6; ++i)
        bench.put(bench.recording(i), 10 * kKiB);
    bench.settle();
    QVERIFY(bench.went.isEmpty());
    QCOMPARE(bench.space->state().full, ArtifactLimit::Recordings);
    QVERIFY(!bench.space->state().canRemove);
    QVERIFY(bench.space->warning().contains(u"nothing more may be removed"_s));
    limits.mayRemoveRecordings = true;
    bench.space->setLimits(limits);
    bench.settle();
    QCOMPARE(bench.went, (QStringList {bench.recording(0), bench.recording(1)}));
    QCOMPARE(bench.sweeps().size(), 1);
    QCOMPARE(bench.sweeps()[0].detail[u"recordings-removed"].toInteger(), 2);
    QVERIFY(!bench.sweeps()[0].detail.contains(u"outputs-removed"_s));
}

// [R12] by class: a younger output goes before an older recording
void tst_ArtifactSpace::outputsGoBeforeRecordings()
{
    SpaceBench bench;
    ArtifactLimits limits = bench.limits(100 * kKiB);
    limits.mayRemoveRecordings = true;
    bench.space->setLimits(limits);
    for (int i = 0; i < 6; ++i)
        bench.put(bench.recording(i), 10 * kKiB);
    bench.putOutputs(0, 3, 10 * kKiB);
    bench.put(u"agent-build/ab"_s, 50 * kKiB);
    bench.settle(); // 140: 50 have to go, of which outputs give 30
    QCOMPARE(bench.went,
             (QStringList {bench.output(0), bench.output(1), bench.output(2), bench.recording(0),
                           bench.recording(1)}));
    QVERIFY(bench.has(u"agent-build/ab"_s));
    QCOMPARE(bench.sweeps().size(), 1);
    QCOMPARE(bench.sweeps()[0].detail[u"outputs-removed"].toInteger(), 3);
    QCOMPARE(bench.sweeps()[0].detail[u"recordings-removed"].toInteger(), 2);
}

// [R12] not by a limit of its own: the disk that others fill
void tst_ArtifactSpace::aDiskThatFillsUp()
{
    SpaceBench bench;
    ArtifactLimits limits = bench.limits(1024 * kKiB);
    limits.leastFree = 100 * kKiB;
    bench.freeBytes = 120 * kKiB;
    bench.space->setLimits(limits);
    bench.putOutputs(0, 10, 10 * kKiB);
    bench.settle();
    QVERIFY(bench.went.isEmpty());
    bench.freeBytes = 92 * kKiB;
    bench.settle();
    QCOMPARE(bench.went, (QStringList {bench.output(0), bench.output(1)})); // 112: a tenth above the least
    QCOMPARE(bench.space->state().full, ArtifactLimit::Disk);
    QVERIFY(bench.space->warning().startsWith(
        u"The disk of the artifact store has 1 MiB free; 1 are its least."_s));
    bench.freeBytes = 200 * kKiB;
    bench.settle();
    QCOMPARE(bench.space->state().full, ArtifactLimit::None);
    bench.freeBytes = 10 * kKiB; // and removing does not help, as on a disk that something else eats
    bench.freesOfDisk = false;
    bench.settle();
    QVERIFY(!bench.has(bench.output(9)));
    bench.settle();
    QVERIFY(!bench.space->state().canRemove);
}

void tst_ArtifactSpace::nothingMayGo()
{
    SpaceBench bench;
    bench.space->setLimits(bench.limits(10 * kKiB));
    bench.put(u"document-file/ab"_s, 20 * kKiB);
    bench.settle();
    QCOMPARE(bench.space->state().full, ArtifactLimit::Total);
    QVERIFY(!bench.space->state().canRemove);
    QVERIFY(bench.has(u"document-file/ab"_s));
    QVERIFY(bench.sweeps().isEmpty());
}

void tst_ArtifactSpace::whatMayNotGoIsRefused_data()
{
    QTest::addColumn<ArtifactKind>("kind");
    QTest::addColumn<qint64>("bytes");
    QTest::addColumn<QByteArray>("refusal"); // empty: taken
    QTest::addRow("[R12] a file of a document")
        << ArtifactKind::DocumentFile << 6 * kKiB << QByteArray("files of documents have 1 of at most 1 MiB");
    QTest::addRow("that fits") << ArtifactKind::DocumentFile << 5 * kKiB << QByteArray();
    QTest::addRow("[R12] beside all that stays")
        << ArtifactKind::AgentBuild << 986 * kKiB << QByteArray("all artifacts have 1 of at most 1 MiB");
    QTest::addRow("outputs give way") << ArtifactKind::AgentBuild << 900 * kKiB << QByteArray();
    QTest::addRow("[R12] the disk") << ArtifactKind::AgentBuild << 960 * kKiB << QByteArray("are left free");
}

void tst_ArtifactSpace::whatMayNotGoIsRefused()
{
    QFETCH(ArtifactKind, kind);
    QFETCH(qint64, bytes);
    QFETCH(QByteArray, refusal);
    SpaceBench bench;
    ArtifactLimits limits = bench.limits(1024 * kKiB);
    limits.byKind[static_cast<size_t>(ArtifactKind::DocumentFile)] = 45 * kKiB;
    limits.leastFree = 100 * kKiB;
    bench.freeBytes = 1050 * kKiB;
    bench.space->setLimits(limits);
    bench.put(u"document-file/ab"_s, 40 * kKiB);
    bench.putOutputs(0, 2, 200 * kKiB);
    bench.settle();
    const auto admitted = bench.space->admit(kind, bytes);
    QCOMPARE(admitted.has_value(), refusal.isEmpty());
    if (!admitted) {
        QCOMPARE(admitted.error().code, kServiceQuotaExceeded);
        QCOMPARE(admitted.error().field, std::string("Size"));
        QVERIFY2(QByteArray::fromStdString(admitted.error().message).contains(refusal),
                 admitted.error().message.c_str());
    }
}

// [R12] an output that is still written counts, and stays
void tst_ArtifactSpace::openOnesStay()
{
    SpaceBench bench;
    bench.space->setLimits(bench.limits(0, 50 * kKiB));
    const auto open = bench.artifacts->open(bench.output(0));
    QVERIFY(bench.artifacts->append(open->id, QByteArray(60 * kKiB, 'o')));
    bench.putOutputs(1, 3, 10 * kKiB);
    bench.settle();
    QCOMPARE(bench.went, (QStringList {bench.output(1), bench.output(2)}));
    QVERIFY(bench.has(bench.output(0)));
    QVERIFY(bench.artifacts->append(open->id, "on"));
}

// [R12] killed between two steps: what was removed is told at the next start, once, and the sweep goes on
void tst_ArtifactSpace::aSweepThatWasKilledIsTold()
{
    SpaceBench bench;
    bench.mostAtOnce = 1;
    bench.putOutputs(0, 10, 10 * kKiB);
    bench.space->setLimits(bench.limits(0, 50 * kKiB));
    QTRY_VERIFY(bench.went.size() >= 2);
    QVERIFY(bench.db->flush());
    bench.kill();
    const qsizetype before = bench.went.size();
    QVERIFY(bench.sweeps().isEmpty());
    QVERIFY(bench.space->start());
    QVERIFY(bench.db->flush());
    QCOMPARE(bench.sweeps().size(), 1);
    QCOMPARE(bench.sweeps()[0].detail[u"outputs-removed"].toInteger(), before);
    QCOMPARE(bench.sweeps()[0].detail[u"interrupted"].toBool(), true);
    bench.space->setLimits(bench.limits(0, 50 * kKiB));
    bench.settle();
    QCOMPARE(bench.sweeps().size(), 2);
    QCOMPARE(bench.sweeps()[1].detail[u"outputs-removed"].toInteger() + before, 6);
    QCOMPARE(bench.space->state().usage.of(ArtifactKind::Output), 40 * kKiB);
    bench.kill();
    QVERIFY(bench.space->start());
    QVERIFY(bench.db->flush());
    QCOMPARE(bench.sweeps().size(), 2);
}

void tst_ArtifactSpace::thousandsInManySteps()
{
    SpaceBench bench;
    QVERIFY(bench.db->write([&](Transaction &tx) -> Result<void> {
        for (int i = 0; i < 1000; ++i) {
            auto put
                = tx.execute(u"INSERT INTO artifact (id, owner, kind, state, durable_length, sha256, "
                             u"created_at, sealed_at) "
                             "VALUES (?, ?, 'output', 'sealed', 100, ?, 1, ?)"_s,
                             {u"id%1"_s.arg(i), bench.output(i), u"%1"_s.arg(i, 64, 16, QChar(u'0')), i});
            if (!put)
                return put.error();
        }
        return {};
    }));
    QVERIFY(bench.db->flush());
    bench.space->setLimits(bench.limits(0, 30'000));
    bench.settle();
    QTRY_COMPARE(bench.went.size(), 730);
    QCOMPARE(bench.went.first(), bench.output(0));
    QCOMPARE(bench.went.last(), bench.output(729));
    bench.settle();
    QCOMPARE(bench.sweeps().size(), 1);
    QCOMPARE(bench.sweeps()[0].detail[u"outputs-removed"].toInteger(), 730);
}

// Engines that share a database: while one makes room the others wait, and tell of it if it never ends.
void tst_ArtifactSpace::oneEngineSweepsAtATime()
{
    SpaceBench bench(u"postgres"_s);
    bench.putOutputs(0, 10, 10 * kKiB);
    QVERIFY(bench.db->write([&](Transaction &tx) {
        return ArtifactSweepRepository().put(
            tx,
            {{u"engine"_s, u"another"_s},
             {u"until"_s, static_cast<qint64>(toMicros(bench.db.clock.now() + 2min))},
             {u"outputs-removed"_s, 7},
             {u"removed-bytes"_s, 70}});
    }));
    QVERIFY(bench.db->flush());
    bench.space->setLimits(bench.limits(50 * kKiB));
    bench.settle();
    QVERIFY(bench.went.isEmpty());
    QVERIFY(bench.sweeps().isEmpty());
    bench.db.clock.advance(3min);
    bench.settle();
    QVERIFY(!bench.went.isEmpty());
    QCOMPARE(bench.sweeps().size(), 2);
    QCOMPARE(bench.sweeps()[0].detail[u"outputs-removed"].toInteger(), 7);
    QCOMPARE(bench.sweeps()[0].detail[u"interrupted"].toBool(), true);
    QCOMPARE(bench.sweeps()[1].detail[u"outputs-removed"].toInteger(), bench.went.size());
    QVERIFY(!bench.sweeps()[1].detail.contains(u"engine"_s));
}

FB_TEST(tst_ArtifactSpace)
#include "tst_artifact_space.moc"
