// The agent's network process against an engine that a test plays (the real one: tests/integration/sessions/tst_live_network.cpp).

#include "tests/integration/agent/agent_fixture.h"
#include "tests/support/test_main.h"

#include <QTest>

using namespace fb;
using namespace fb::test;
using namespace Qt::StringLiterals;

class tst_NetworkProcess : public QObject
{
    Q_OBJECT
private slots:
    void theTicketOutlivesItsProcess();
    void findsTheEngineByName();
    void wantsItsSandbox();
};

void tst_NetworkProcess::
    theTicketOutlivesItsProcess() // a process is for one connection; its TLS session goes on
{
    AgentFixture f;
    QVERIFY(f.start());
    f.engine.waitFor(200); // the ticket comes behind the handshake
    for (int i = 1; i <= 2; ++i) {
        f.engine.cut();
        QVERIFY(f.engine.wait([&] { return f.engine.connections == i + 1 && f.engine.isConnected(); }));
        f.engine.waitFor(200);
    }
    QCOMPARE(f.engine.resumed, (std::vector<bool> {false, true, true}));
}

void tst_NetworkProcess::findsTheEngineByName() // [N08] what it may read is enough
{
    AgentFixture f;
    QStringList arguments = f.registration();
    arguments.replaceInStrings(u"127.0.0.1"_s, u"localhost"_s);
    QVERIFY(arguments.join(u' ').contains(u"wss://localhost:"_s));
    QVERIFY(f.start(arguments));
    f.engine.script(1, "echo by name");
    QVERIFY(f.engine.wait([&] { return f.engine.hasResult(1) && f.engine.outputEnded(1); }));
    QCOMPARE(f.engine.output(1), std::string("by name\n"));
}

void tst_NetworkProcess::
    wantsItsSandbox() // [N08] with network-sandbox = required: confined, or not connected and said why
{
    AgentFixture f;
    const QString file = f.folder.filePath(u"agent.conf"_s);
    QFile configuration(file);
    QVERIFY(configuration.open(QIODevice::WriteOnly)
            && configuration.write("network-sandbox = required\n") > 0);
    configuration.close();
    f.agent
        = std::make_unique<TestProcess>(f.installed, f.registration() + QStringList {u"--config"_s, file});
    QByteArray said;
    QVERIFY(f.engine.wait([&] {
        f.agent->process().waitForReadyRead(1);
        said += f.agent->process().readAllStandardError();
        return f.engine.isConnected() || said.contains("cannot be confined");
    }));
    if (!f.engine.isConnected()) {
        QVERIFY2(said.contains("network-sandbox = required"), said.constData());
        QCOMPARE(f.engine.enrolments, 0); // nor has it registered
    } else {
        QVERIFY2(!said.contains("goes without"), said.constData());
    }
}

FB_TEST(tst_NetworkProcess)
#include "tst_network_process.moc"
