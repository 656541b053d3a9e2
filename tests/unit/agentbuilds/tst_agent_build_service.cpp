#include "backend/base/field_table.h"
#include "backend/core/byte_encoding.h"
#include "backend/events/event_bus.h"
#include "backend/nodes/agentbuilds/agent_build_service.h"
#include "backend/protocol/agent_build_signature.h"
#include "backend/protocol/order_signature.h"
#include "backend/security/actions.h"
#include "backend/security/audit_log.h"
#include "backend/store/artifact_owners.h"
#include "tests/support/scripted_access.h"
#include "tests/support/test_database.h"
#include "tests/support/test_main.h"

#include <QSignalSpy>
#include <QTest>

using namespace fb;
using namespace fb::test;
using namespace Qt::StringLiterals;

class tst_AgentBuildService : public QObject
{
    Q_OBJECT

private slots:
    void migration_data() { addDatabaseRows(); }
    void migration();
    void publishes_data() { addDatabaseRows(); }
    void publishes();
    void refusals();
    void denied();
    void sharedBytes();
};

namespace {

struct Bench {
    explicit Bench(const QString &kind) : db(kind)
    {
        if (!service.setReleaseKey(alice, QByteArray::fromStdString(key.publicKey)))
            qFatal("no release key");
    }
    ~Bench() { (void)db->flush(); } // while those that hear of it are there
    AgentBuild build(const QByteArray &bytes, const char *version, const char *architecture = "x86_64") const
    {
        wire::AgentBuild wire;
        wire.set_version(version);
        wire.set_platform("Linux");
        wire.set_architecture(architecture);
        wire.set_sha256(sha256(bytes.toStdString()));
        wire.set_size(static_cast<uint64_t>(bytes.size()));
        const std::string signature
            = *protocol::signOrderText(key.seed, protocol::signedAgentBuildText(wire));
        return {.version = QString::fromLatin1(version),
                .platform = u"Linux"_s,
                .architecture = QString::fromLatin1(architecture),
                .sha256 = QString::fromStdString(toHex(wire.sha256())),
                .size = bytes.size(),
                .signature = QString::fromStdString(toBase64(signature))};
    }
    bool bring(const QByteArray &bytes)
    {
        const auto opened
            = artifacts->open(agentBuildArtifact(QString::fromStdString(sha256Hex(bytes.toStdString()))));
        if (!opened || !artifacts->append(opened->id, bytes))
            return false;
        auto sealed = artifacts->seal(opened->id);
        return QTest::qWaitFor([&] { return sealed.isFinished(); }, 10'000) && sealed.result().has_value();
    }

    TestDatabase db;
    protocol::OrderSigningKey key = *protocol::newOrderSigningKey();
    Principal alice {u"alice"_s, Role::Administrator, u"console"_s};
    ScriptedAccess access;
    AuditLog audit {*db, db.clock, SecretBytes(std::string(32, 'a'))};
    EventBus events {*db, db.clock, db.random};
    std::unique_ptr<ArtifactStore> artifacts = ArtifactStore::make(*db, db.clock, db.random);
    AgentBuildService service {{*db, *artifacts, audit, events, access, db.clock}};
};

}

void tst_AgentBuildService::migration()
{
    QFETCH(QString, database);
    TestDatabase db(database, UpTo {62});
    QVERIFY(db->write([](Transaction &tx) {
        return tx.execute(
            u"INSERT INTO operator_account (name, role, created_at) VALUES ('alice', 'Administrator', 1)"_s);
    }));
    QVERIFY(db->flush());
    db.reopen();
    QCOMPARE(*db->reader().number(u"SELECT count(*) FROM operator_account"_s), 1);
    QCOMPARE(*db->reader().number(u"SELECT count(*) FROM agent_build"_s), 0);
    QCOMPARE(*db->reader().number(u"SELECT count(*) FROM release_key"_s), 0);
}

void tst_AgentBuildService::publishes()
{
    QFETCH(QString, database);
    Bench b(database);
    QSignalSpy changed(&b.service, &AgentBuildService::agentBuildsChanged);
    QVERIFY(b.bring("nine") && b.bring("ten"));
    QVERIFY(b.service.addAgentBuild(b.alice, b.build("nine", "1.9")));
    const auto added = b.service.addAgentBuild(b.alice, b.build("ten", "1.10"));
    QVERIFY(added);
    QCOMPARE(added->addedBy, u"alice"_s);
    QVERIFY(b.db->flush());
    QVERIFY(changed.count() >= 2);
    const auto list = b.service.listAgentBuilds(b.alice);
    QCOMPARE(list->builds.size(), 2);
    QCOMPARE(list->builds[0], *added); // the highest first
    QCOMPARE(list->releaseKey, QString::fromStdString(toHex(b.key.publicKey)));
    QVERIFY(!list->releaseKeySetBy.isEmpty() && list->releaseKeySetAt);
    const auto offered = b.service.offered();
    QCOMPARE(offered->size(), size_t(2));
    for (const wire::AgentBuild &each : *offered)
        QVERIFY(protocol::verifyAgentBuild(b.service.releaseKey(), each));

    QVERIFY(b.service.removeAgentBuild(b.alice, {u"1.9"_s, u"Linux"_s, u"x86_64"_s}));
    QVERIFY(b.db->flush());
    QCOMPARE(b.service.listAgentBuilds(b.alice)->builds.size(), 1);
    const auto nine = agentBuildArtifact(QString::fromStdString(sha256Hex("nine")));
    QVERIFY(!*b.artifacts->find(b.db->reader(), nine)); // its bytes are gone too
    QCOMPARE(*b.db->reader().number(
                 u"SELECT count(*) FROM audit_entry WHERE action LIKE 'flagbridge:%AgentBuild'"_s),
             3);
    const auto events = b.events.eventsSince(b.db->reader(), 0, 10);
    QCOMPARE(events->size(), 3);
    QCOMPARE((*events)[2].detailType, u"Agent Build State Change"_s);
    QCOMPARE((*events)[2].detail[u"state"].toString(), u"Removed"_s);
}

void tst_AgentBuildService::refusals()
{
    Bench b(u"sqlite"_s);
    const auto codeOf = [&](const AgentBuild &build) {
        const auto added = b.service.addAgentBuild(b.alice, build);
        return added
            ? u"added"_s
            : QString::fromStdString(std::string(added.error().code.name()) + " " + added.error().field);
    };
    QVERIFY(b.bring("bytes"));
    AgentBuild altered = b.build("bytes", "2.0");
    altered.version = u"3.0"_s;
    QCOMPARE(codeOf(altered), u"ValidationException Signature"_s);
    AgentBuild bad = b.build("bytes", "2.0");
    bad.version = u"not one"_s;
    QCOMPARE(codeOf(bad), u"ValidationException Version"_s);
    QCOMPARE(codeOf(b.build("never came", "2.0")), u"ValidationException Sha256"_s);
    QCOMPARE(codeOf(b.build("bytes", "2.0")), u"added"_s);
    QCOMPARE(codeOf(b.build("bytes", "2.0")), u"ConflictException Version"_s);
    QCOMPARE(b.service.removeAgentBuild(b.alice, {u"9"_s, u"Linux"_s, u"x86_64"_s}).error().code,
             errors::kResourceNotFound);
    QCOMPARE(b.service.setReleaseKey(b.alice, "short").error().field, std::string("ReleaseKey"));
    // Another key: what it has not signed is not published any more, what was stays.
    const auto other = *protocol::newOrderSigningKey();
    QVERIFY(b.service.setReleaseKey(b.alice, QByteArray::fromStdString(other.publicKey)));
    QCOMPARE(codeOf(b.build("bytes", "2.1")), u"ValidationException Signature"_s);
    QCOMPARE(b.service.offered()->size(), size_t(1));
}

void tst_AgentBuildService::denied()
{
    Bench b(u"sqlite"_s);
    for (const Action action : {actions::kListAgentBuilds, actions::kPublishAgentBuild,
                                actions::kRemoveAgentBuild, actions::kSetReleaseKey})
        b.access.deny(action);
    QVERIFY(b.bring("bytes"));
    QCOMPARE(b.service.listAgentBuilds(b.alice).error().code, errors::kAccessDenied);
    QCOMPARE(b.service.addAgentBuild(b.alice, b.build("bytes", "1")).error().code, errors::kAccessDenied);
    QCOMPARE(b.service.removeAgentBuild(b.alice, {u"1"_s, u"Linux"_s, u"x86_64"_s}).error().code,
             errors::kAccessDenied);
    QCOMPARE(b.service.setReleaseKey(b.alice, QByteArray(32, 'k')).error().code, errors::kAccessDenied);
    QVERIFY(b.db->flush());
    QCOMPARE(
        *b.db->reader().number(u"SELECT count(*) FROM audit_entry WHERE result = 'AccessDeniedException'"_s),
        3); // refused changes are kept, refused reads are not
}

void tst_AgentBuildService::sharedBytes()
{
    Bench b(u"sqlite"_s);
    QVERIFY(b.bring("same"));
    QVERIFY(b.service.addAgentBuild(b.alice, b.build("same", "1.0")));
    QVERIFY(b.service.addAgentBuild(b.alice, b.build("same", "1.0", "i686")));
    QVERIFY(b.service.removeAgentBuild(b.alice, {u"1.0"_s, u"Linux"_s, u"i686"_s}));
    QVERIFY(b.db->flush());
    QVERIFY(*b.artifacts->find(b.db->reader(), agentBuildArtifact(b.build("same", "1.0").sha256)));
}

FB_TEST(tst_AgentBuildService)
#include "tst_agent_build_service.moc"
