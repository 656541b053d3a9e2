// Builds of the agent: published from files of this machine into the engine in this process, as a console has it; and counted over a fleet.

#include "backend/core/byte_encoding.h"
#include "backend/nodes/agentbuilds/agent_build_service.h"
#include "backend/protocol/agent_build_signature.h"
#include "backend/protocol/order_signature.h"
#include "models/nodes/agentbuilds/agent_builds_feed.h"
#include "models/nodes/agentbuilds/agent_builds_view_model.h"
#include "models/nodes/agentbuilds/build_commands.h"
#include "models/nodes/agentbuilds/build_publishing.h"
#include "tests/support/models/fake_agent_builds_source.h"
#include "tests/support/models/fake_sources.h"
#include "tests/support/test_engine.h"
#include "tests/support/test_main.h"

#include <QAbstractItemModelTester>
#include <QFile>
#include <QSignalSpy>
#include <QTest>

#include <sys/stat.h>

using namespace fb;
using namespace fb::test;
using namespace Qt::StringLiterals;

class tst_AgentBuilds : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase();
    void noKeyNoBuild();
    void publishes();
    void refusals_data();
    void refusals();
    void brokenOffLeavesNothing();
    void removes();
    void anotherKeySignsNothing();
    void countsByMachine();
    void versionsSortAsAgentsCompare();
    void commandIsQuoted();

private:
    QString write(const QString &name, const QByteArray &bytes) const
    {
        QFile file(m_engine.path(name));
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() ? file.fileName()
                                                                                    : QString();
    }
    // The files of a build, signed.
    BuildWish wish(const QByteArray &bytes, const QString &version, const QString &architecture = u"x86_64"_s)
    {
        wire::AgentBuild build;
        build.set_version(version.toStdString());
        build.set_platform("Linux");
        build.set_architecture(architecture.toStdString());
        build.set_sha256(sha256(bytes.toStdString()));
        build.set_size(static_cast<uint64_t>(bytes.size()));
        const auto signature = protocol::signOrderText(m_key.seed, protocol::signedAgentBuildText(build));
        const QString file = write(u"agent-"_s + version, bytes);
        const QString beside
            = write(u"agent-%1.sig"_s.arg(version), QByteArray::fromStdString(toBase64(*signature)) + '\n');
        return {file, beside, version, u"Linux"_s, architecture};
    }
    ShownError answered(const std::function<void(AgentBuildsSource::Done)> &ask)
    {
        std::optional<ShownError> answer;
        ask([&](const ShownError &problem) { answer = problem; });
        ShownError none;
        none.code = u"no answer"_s;
        return QTest::qWaitFor([&] { return answer.has_value(); }, 60'000) ? *answer : none;
    }
    ShownError publish(const BuildWish &wish)
    {
        return answered([&](const AgentBuildsSource::Done &done) {
            m_feed->publish(
                wish, [this](const PublishProgress &progress) { m_progress << progress; }, done);
        });
    }
    ShownError setKey(const QByteArray &text)
    {
        const QString file = write(u"release.pub"_s, text);
        return answered([&](const AgentBuildsSource::Done &done) { m_feed->setReleaseKey(file, done); });
    }
    const AgentBuildRow *row(const QString &version)
    {
        return m_builds->values().value(version + u"/Linux/x86_64"_s);
    }

    protocol::OrderSigningKey m_key = *protocol::newOrderSigningKey();
    FakeFleetSource m_nodes;
    std::unique_ptr<FleetViewModel> m_fleet;
    fb::test::TestEngine m_engine;
    std::unique_ptr<AgentBuildsFeed> m_feed;
    std::unique_ptr<AgentBuildsViewModel> m_builds;
    QList<PublishProgress> m_progress;
};

void tst_AgentBuilds::initTestCase()
{
    QVERIFY(m_engine.start());
    m_fleet = std::make_unique<FleetViewModel>(m_nodes);
    m_feed = std::make_unique<AgentBuildsFeed>(m_engine.engine());
    m_builds = std::make_unique<AgentBuildsViewModel>(*m_feed, *m_fleet);
    new QAbstractItemModelTester(&m_builds->table(), QAbstractItemModelTester::FailureReportingMode::QtTest,
                                 m_builds.get());
    m_builds->start();
    QTRY_VERIFY_WITH_TIMEOUT(m_builds->isLoaded(), 30'000);
}

void tst_AgentBuilds::cleanupTestCase()
{
    m_builds.reset();
    m_engine.stop();
    m_feed.reset();
}

void tst_AgentBuilds::noKeyNoBuild()
{
    QVERIFY(m_builds->releaseKey().hex.isEmpty());
    const ShownError refused = publish(wish("early", u"0.9"_s));
    QCOMPARE(refused.field, u"Signature"_s);
    QVERIFY2(refused.message.contains(u"no release key"), qPrintable(refused.message));
    QCOMPARE(setKey("no key").field, u"ReleaseKey"_s);
    QSignalSpy changed(m_builds.get(), &AgentBuildsViewModel::releaseKeyChanged);
    QVERIFY(setKey(QByteArray::fromStdString(toHex(m_key.publicKey)) + '\n').isEmpty());
    QTRY_COMPARE(m_builds->releaseKey().hex, QString::fromStdString(toHex(m_key.publicKey)));
    QVERIFY(!m_builds->releaseKey().setBy.isEmpty() && toMicros(m_builds->releaseKey().setAt) > 0);
    QCOMPARE(changed.size(), 1);
}

void tst_AgentBuilds::publishes()
{
    QByteArray big(9 * 1024 * 1024 + 17, '\0'); // more than goes ahead of the disk
    for (qsizetype i = 0; i < big.size(); ++i)
        big[i] = static_cast<char>((i * 7919) >> 8);
    m_progress.clear();
    QVERIFY(publish(wish(big, u"1.9"_s)).isEmpty());
    QTRY_VERIFY(row(u"1.9"_s));
    QCOMPARE(row(u"1.9"_s)->size, big.size());
    QVERIFY(row(u"1.9"_s)->isSigned);
    QVERIFY(!row(u"1.9"_s)->addedBy.isEmpty());
    QCOMPARE(row(u"1.9"_s)->sha256, QString::fromStdString(sha256Hex(big.toStdString())));
    QVERIFY(std::any_of(m_progress.begin(), m_progress.end(), [&](const PublishProgress &each) {
        return each.phase == PublishProgress::Phase::Reading && each.done == big.size();
    }));
    QVERIFY(publish(wish(big, u"1.10"_s)).isEmpty()); // the same bytes are not sent again
    QTRY_VERIFY(row(u"1.10"_s));
    QTRY_COMPARE(row(u"1.9"_s)->newer, u"1.10"_s);
    QCOMPARE(row(u"1.10"_s)->newer, QString());
}

void tst_AgentBuilds::refusals_data()
{
    QTest::addColumn<QString>("wrong"); // what of the wish
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("field");
    QTest::addRow("no such file") << u"file"_s << u"gone"_s << u"File"_s;
    QTest::addRow("a folder") << u"file"_s << u"."_s << u"File"_s;
    QTest::addRow("a pipe") << u"file"_s << u"pipe"_s << u"File"_s;
    QTest::addRow("empty") << u"file"_s << u"empty"_s << u"File"_s;
    QTest::addRow("another program") << u"file"_s << u"other"_s << u"Signature"_s;
    QTest::addRow("no signature") << u"signature"_s << u"gone"_s << u"Signature"_s;
    QTest::addRow("a long signature") << u"signature"_s << u"long"_s << u"Signature"_s;
    QTest::addRow("no base64") << u"signature"_s << u"other"_s << u"Signature"_s;
    QTest::addRow("no version") << u"version"_s << u"v1"_s << u"Version"_s;
    QTest::addRow("another version") << u"version"_s << u"2.1"_s << u"Signature"_s;
    QTest::addRow("there already") << u"version"_s << u"1.9"_s << u"Version"_s;
    QTest::addRow("platform") << u"platform"_s << u"Plan9"_s << u"Platform"_s;
    QTest::addRow("architecture") << u"architecture"_s << u"x 86"_s << u"Architecture"_s;
}

void tst_AgentBuilds::refusals()
{
    QFETCH(QString, wrong);
    QFETCH(QString, value);
    QFETCH(QString, field);
    QVERIFY(!write(u"empty"_s, {}).isEmpty() && !write(u"other"_s, "another program").isEmpty());
    QVERIFY(!write(u"long"_s, QByteArray(20'000, 'x')).isEmpty());
    if (value == u"pipe" && !QFile::exists(m_engine.path(value)))
        QCOMPARE(::mkfifo(QFile::encodeName(m_engine.path(value)).constData(), 0600), 0);
    BuildWish wanted = wish("a build", wrong == u"version" && value == u"1.9" ? value : u"2.0"_s);
    if (wrong == u"file")
        wanted.file = m_engine.path(value);
    else if (wrong == u"signature")
        wanted.signatureFile = m_engine.path(value);
    else if (wrong == u"version")
        wanted.version = value;
    else if (wrong == u"platform")
        wanted.platform = value;
    else
        wanted.architecture = value;
    const ShownError refused = publish(wanted);
    QCOMPARE(refused.field, field);
    QVERIFY(!refused.message.isEmpty());
    QCOMPARE(m_builds->values().totalRows(), 2);
}

void tst_AgentBuilds::brokenOffLeavesNothing()
{
    const BuildWish wanted = wish(QByteArray(3 * 1024 * 1024, 'z'), u"3.0"_s);
    PublishingTurn turn;
    turn.progress = [&turn](const PublishProgress &progress) {
        if (progress.phase == PublishProgress::Phase::Sending) // some of it is with the engine
            turn.stops = true;
    };
    QVERIFY(!publishBuild(m_engine.engine(), wanted, turn));
    QVERIFY(turn.stops);
    auto isThere = m_engine.engine().post([](Engine &engine) -> Result<bool> {
        const auto artifact = engine.agentBuilds().artifacts().find(
            engine.agentBuilds().database().reader(),
            u"agent-build/"_s + QString::fromStdString(sha256Hex(std::string(3 * 1024 * 1024, 'z'))));
        return artifact ? Result<bool>(artifact->has_value()) : Result<bool>(artifact.error());
    });
    isThere.waitForFinished();
    QVERIFY(isThere.result());
    QVERIFY(!*isThere.result());
    QVERIFY(publish(wanted).isEmpty()); // and it can be tried again
    QTRY_VERIFY(row(u"3.0"_s));
}

void tst_AgentBuilds::removes()
{
    const auto remove = [&](const AgentBuildRow &build) {
        return answered([&](const AgentBuildsSource::Done &done) { m_feed->remove(build, done); });
    };
    const AgentBuildRow build = *row(u"3.0"_s);
    QVERIFY(remove(build).isEmpty());
    QTRY_VERIFY(!row(u"3.0"_s));
    QCOMPARE(remove(build).kind, ShownError::Kind::NotFound);
    QCOMPARE(m_builds->values().totalRows(), 2);
}

void tst_AgentBuilds::anotherKeySignsNothing()
{
    const auto other = protocol::newOrderSigningKey();
    QVERIFY(setKey(QByteArray::fromStdString(toHex(other->publicKey))).isEmpty());
    QTRY_VERIFY(row(u"1.9"_s) && !row(u"1.9"_s)->isSigned);
    QVERIFY(setKey(QByteArray::fromStdString(toHex(m_key.publicKey))).isEmpty());
    QTRY_VERIFY(row(u"1.9"_s)->isSigned);
}

void tst_AgentBuilds::countsByMachine()
{
    FakeFleetSource nodes;
    const auto node = [](int number, const QString &machine, const QString &version) {
        NodeRow made;
        made.id = u"mi-%1"_s.arg(number, 17, 16, QChar(u'0'));
        made.ping = PingState::Online;
        made.machine = machine;
        made.agentVersion = version;
        return made;
    };
    const auto x86 = u"Linux x86_64"_s;
    const auto arm = u"Linux aarch64"_s;
    nodes.nodes = {node(1, x86, u"0.1.0"_s), node(2, x86, u"1.4.0"_s), node(3, x86, u"1.10.0"_s),
                   node(4, arm, u"0.1.0"_s), node(5, arm, u"0.0.9"_s), node(6, u"MacOS arm64"_s, u"0.1.0"_s),
                   node(7, x86, QString()),  node(8, x86, u"0.1.0"_s)};
    nodes.nodes[7].ping = PingState::Quarantined; // runs it, and takes no order
    FleetViewModel fleet(nodes);
    FakeAgentBuildsSource source;
    source.values = FakeAgentBuildsSource::sample(source.now());
    AgentBuildsViewModel builds(source, fleet);
    fleet.start();
    builds.start();
    QTRY_VERIFY(builds.isLoaded());
    const auto of = [&](const char *id) { return *builds.values().value(QString::fromLatin1(id)); };
    QCOMPARE(of("1.4.0/Linux/x86_64").nodes, 1);
    QCOMPARE(of("1.4.0/Linux/x86_64").behind, 1); // 1.10.0 is higher
    QCOMPARE(of("0.1.0/Linux/x86_64").nodes, 2);
    QCOMPARE(of("0.1.0/Linux/x86_64").newer, u"1.4.0"_s);
    QCOMPARE(of("0.1.0/Linux/aarch64").nodes, 1);
    QCOMPARE(of("0.1.0/Linux/aarch64").behind, 1);
    QCOMPARE(builds.nodesBehind(u"1.4.0/Linux/x86_64"_s), QStringList {nodes.nodes[0].id});
    QCOMPARE(builds.nodesBehind(u"0.1.0/Linux/x86_64"_s), QStringList());
    QCOMPARE(builds.nodesBehind(), (QStringList {nodes.nodes[0].id, nodes.nodes[4].id}));

    NodeRow updated = nodes.nodes[0];
    updated.agentVersion = u"1.4.0"_s;
    emit nodes.nodesArrived({updated});
    QTRY_COMPARE(of("1.4.0/Linux/x86_64").nodes, 2);
    QCOMPARE(of("1.4.0/Linux/x86_64").behind, 0);
}

void tst_AgentBuilds::versionsSortAsAgentsCompare()
{
    const QStringList rising {u"0.9"_s, u"1.0-alpha"_s, u"1.0-rc1"_s, u"1.0-rc2"_s, u"1.0-rc10"_s,
                              u"1.0"_s, u"1.0.1"_s,     u"1.9"_s,     u"1.10"_s,    u"2"_s};
    for (qsizetype i = 1; i < rising.size(); ++i) {
        QVERIFY(protocol::compareAgentVersions(rising[i - 1].toStdString(), rising[i].toStdString()) < 0);
        QVERIFY2(AgentBuildTable::versionOrder(rising[i - 1]) < AgentBuildTable::versionOrder(rising[i]),
                 qPrintable(rising[i]));
    }
    QCOMPARE(AgentBuildTable::versionOrder(u"1.01"_s), AgentBuildTable::versionOrder(u"1.1"_s));
}

void tst_AgentBuilds::commandIsQuoted()
{
    const QString command = BuildCommands::sign(
        {u"/my builds/it's"_s, u"/my builds/it's.sig"_s, u"1.4.0"_s, u"Linux"_s, u"x86_64"_s});
    QVERIFY2(command.contains(u"--file '/my builds/it'\\''s' --version 1.4.0"_s), qPrintable(command));
    QVERIFY(BuildCommands::sign({}).contains(u"--out flagbridge-agent.sig"));
}

FB_TEST(tst_AgentBuilds)
#include "tst_agent_builds.moc"
