#pragma once
// A real engine and real agents as processes over loopback TLS, in throwaway folders; for integration tests. Everything ends with it.

#include "tests/support/engine_process.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QStringList>

#include <functional>
#include <map>
#include <memory>

namespace fb::test {

struct CommandRun { // what one call of flagbridge-engine printed
    int exitCode = -1;
    QList<QJsonObject> lines; // of JSON
    QByteArray standardOutput;
    QByteArray standardError;
    QJsonObject last() const { return lines.isEmpty() ? QJsonObject() : lines.constLast(); }
};

class TestFleet
{
public:
    explicit TestFleet(const QStringList &serveOptions = {});
    ~TestFleet();

    // ---- The engine
    bool startEngine(); // waits for the ready line; the same port again after a restart
    void killEngine() { m_engine.kill9(); }
    bool stopEngine() { return m_engine.stop(); } // SIGTERM; true when it exited with 0
    EngineProcess &engine() { return m_engine; }
    QJsonObject ready() const { return m_engine.readyLine(); }
    QString dataDir() const { return m_engine.dataFolder(); }
    QString folder() const { return m_engine.agentFolder(QString()); } // for the test's own files

    // ---- The command line beside it
    CommandRun call(const QStringList &arguments, int milliseconds = 60000); // "--data DIR" is added
    QJsonObject createActivation(const QStringList &arguments = {});
    QJsonArray nodes() const { return m_engine.nodes(); }
    bool waitForOnline(int count, int milliseconds = 20000);
    CommandRun runScript(const QString &script, const QStringList &arguments); // AWS-RunShellScript

    // ---- Agents, by a name of the test's
    bool startAgent(const QString &name, const QJsonObject &activation = {}); // without activation: as before
    void setAgentEnvironment(const QStringList &environment)
    {
        m_agentEnvironment = environment;
    } // "NAME=value"
    void setAgentArguments(const QStringList &arguments)
    {
        m_agentArguments = arguments;
    } // more of them, at each start
    void killAgent(const QString &name); // SIGKILL of the supervisor only
    void stopAgent(const QString &name); // SIGTERM
    TestProcess *agent(const QString &name);
    bool agentSays(const QString &name, const QByteArray &text); // on its error channel, from now on
    QString agentDir(const QString &name) const
    {
        return m_engine.agentFolder(QStringLiteral("agent-") + name);
    }

private:
    EngineProcess m_engine;
    QStringList m_agentEnvironment;
    QStringList m_agentArguments;
    std::map<QString, std::unique_ptr<TestProcess>> m_agents;
};

// Asks again until `holds` or the time is over.
bool eventually(const std::function<bool()> &holds, int milliseconds = 15000);

}
