// A build of the agent from its signature to the node that runs it (spec/documents.md 3.12), with the real programs.

#include "tests/support/test_fleet.h"
#include "tests/support/test_main.h"

#include <QCryptographicHash>
#include <QFile>
#include <QJsonDocument>
#include <QProcess>
#include <QTest>

#include <csignal>

using namespace fb;
using namespace fb::test;
using namespace Qt::StringLiterals;

class tst_AgentBuilds : public QObject
{
    Q_OBJECT

private slots:
    void fromSignatureToNode();

private:
    static bool writeFile(const QString &path, const QByteArray &bytes)
    {
        QFile file(path);
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
    }
    static QByteArray hashOf(const QString &path)
    {
        QFile file(path);
        QCryptographicHash hash(QCryptographicHash::Sha256);
        return file.open(QIODevice::ReadOnly) && hash.addData(&file) ? hash.result() : QByteArray();
    }
};

// Keys of RFC 8410, section 10.
void tst_AgentBuilds::fromSignatureToNode()
{
    TestFleet fleet;
    QVERIFY(fleet.startEngine());
    const QString folder = fleet.folder();
    const QString next = QStringLiteral(FB_BIN_DIR "/flagbridge-agent-next");
    const QString secret = folder + u"/release.key"_s;
    const QString shared = folder + u"/release.pub"_s;
    QVERIFY(writeFile(secret,
                      "-----BEGIN PRIVATE KEY-----\n"
                      "MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n"
                      "-----END PRIVATE KEY-----\n"));
    QVERIFY(writeFile(shared,
                      "-----BEGIN PUBLIC KEY-----\n"
                      "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n"
                      "-----END PUBLIC KEY-----\n"));
    QCOMPARE(fleet.engine().cli({u"agent-build"_s, u"key"_s}, {shared}).exitCode, 0);
    const QString machine = QSysInfo::currentCpuArchitecture();
    const auto sign = [&](const QString &key, const QString &version, const QString &out) {
        return QProcess::execute(QStringLiteral(FB_BIN_DIR "/flagbridge-engine"),
                                 {u"agent-build"_s, u"sign"_s, u"--key"_s, key, u"--file"_s, next,
                                  u"--version"_s, version, u"--architecture"_s, machine, u"--out"_s, out});
    };
    const QString signature = folder + u"/build.sig"_s;
    QCOMPARE(sign(secret, u"99.1.0"_s, signature), 0);
    const auto add = [&](const QString &version, const QString &signatureFile) {
        return fleet.engine().cli({u"agent-build"_s, u"add"_s},
                                  {u"--file"_s, next, u"--version"_s, version, u"--architecture"_s, machine,
                                   u"--signature"_s, signatureFile, u"--json"_s});
    };
    const CliAnswer mismatch = add(u"99.2.0"_s, signature); // signed for another version
    QCOMPARE(mismatch.exitCode, 3);
    QVERIFY(mismatch.error.contains("Signature is not one of this build"));
    const CliAnswer added = add(u"99.1.0"_s, signature);
    QVERIFY2(added.exitCode == 0, added.error.constData());
    QCOMPARE(added.lastObject()[u"Size"].toInteger(), QFile(next).size());

    // A node whose program lies in a folder of its own.
    const QString program = folder + u"/flagbridge-agent"_s;
    const QString state = folder + u"/agent-updated"_s;
    QVERIFY(QFile::copy(QStringLiteral(FB_BIN_DIR "/flagbridge-agent"), program));
    const QJsonObject activation = fleet.createActivation();
    TestProcess agent(program,
                      {u"--state"_s, state, u"--engine"_s, fleet.engine().agentUrl(), u"--activation-id"_s,
                       activation[u"ActivationId"].toString(), u"--activation-code"_s,
                       activation[u"ActivationCode"].toString(), u"--ca-sha256"_s, fleet.engine().caSha256(),
                       u"--update-within"_s, u"30"_s});
    QVERIFY(fleet.waitForOnline(1));
    const auto versionOnline = [&] {
        const QJsonObject node = fleet.nodes().at(0).toObject();
        return node[u"PingStatus"].toString() == u"Online"_s ? node[u"AgentVersion"].toString() : QString();
    };
    const QString before = versionOnline();
    const QByteArray programBefore = hashOf(program);
    const auto update = [&](const QString &document) {
        return fleet.call({u"run"_s, u"--document"_s, document, u"--all"_s, u"--json"_s}, 120'000).last();
    };

    // [documents 8.21] The engine's release key was replaced; what it signs is not what this node trusts.
    const QString otherKey = folder + u"/other.key"_s;
    const QString otherShared = folder + u"/other.pub"_s;
    QCOMPARE(
        QProcess::execute(u"openssl"_s, {u"genpkey"_s, u"-algorithm"_s, u"ed25519"_s, u"-out"_s, otherKey}),
        0);
    QCOMPARE(QProcess::execute(u"openssl"_s,
                               {u"pkey"_s, u"-in"_s, otherKey, u"-pubout"_s, u"-out"_s, otherShared}),
             0);
    QCOMPARE(
        fleet.engine()
            .cli({u"agent-build"_s, u"remove"_s}, {u"--version"_s, u"99.1.0"_s, u"--architecture"_s, machine})
            .exitCode,
        0);
    QCOMPARE(fleet.engine().cli({u"agent-build"_s, u"key"_s}, {otherShared}).exitCode, 0);
    QCOMPARE(sign(otherKey, u"99.1.0"_s, folder + u"/other.sig"_s), 0);
    QCOMPARE(add(u"99.1.0"_s, folder + u"/other.sig"_s).exitCode, 0);
    const QJsonObject refused = update(u"AWS-UpdateSSMAgent"_s);
    QCOMPARE(refused[u"Status"].toString(), u"Failed"_s);
    QVERIFY2(QJsonDocument(refused).toJson().contains("release key"),
             QJsonDocument(refused).toJson().constData());
    QCOMPARE(versionOnline(), before);
    QCOMPARE(hashOf(program), programBefore);

    QCOMPARE(
        fleet.engine()
            .cli({u"agent-build"_s, u"remove"_s}, {u"--version"_s, u"99.1.0"_s, u"--architecture"_s, machine})
            .exitCode,
        0);
    QCOMPARE(fleet.engine().cli({u"agent-build"_s, u"key"_s}, {shared}).exitCode, 0);
    QCOMPARE(add(u"99.1.0"_s, signature).exitCode, 0);
    const CliAnswer list = fleet.engine().cli({u"agent-build"_s, u"list"_s}, {u"--json"_s});
    QCOMPARE(list.lastObject()[u"AgentBuilds"].toArray().size(), 1);

    const QJsonObject done = update(u"Flagbridge-UpdateAgent"_s); // its other name
    QVERIFY2(done[u"Status"].toString() == u"Success"_s, QJsonDocument(done).toJson().constData());
    QVERIFY(eventually([&] { return versionOnline() == u"99.1.0"_s; }));
    QCOMPARE(hashOf(program), hashOf(next));
    QCOMPARE(agent.process().state(), QProcess::Running); // the same process
}

FB_TEST(tst_AgentBuilds)
#include "tst_agent_builds.moc"
