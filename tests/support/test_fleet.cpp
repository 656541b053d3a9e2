#include "tests/support/test_fleet.h"

#include <QDeadlineTimer>
#include <QJsonDocument>
#include <QProcess>
#include <QThread>

namespace fb::test {

using namespace Qt::StringLiterals;

bool TestFleet::agentSays(const QString &name, const QByteArray &text)
{
    QByteArray log;
    const bool said = eventually(
        [&] {
            agent(name)->process().waitForReadyRead(50);
            log += agent(name)->process().readAllStandardError();
            return log.contains(text);
        },
        20000);
    if (!said)
        qWarning("%s", log.constData());
    return said;
}

bool eventually(const std::function<bool()> &holds, int milliseconds)
{
    const QDeadlineTimer deadline(milliseconds);
    while (!holds()) {
        if (deadline.hasExpired())
            return false;
        QThread::msleep(20);
    }
    return true;
}

TestFleet::TestFleet(const QStringList &serveOptions) : m_engine(QStringLiteral(FB_BIN_DIR), serveOptions) { }

TestFleet::~TestFleet()
{
    for (auto &[name, agent] : m_agents) {
        agent->terminate();
        if (!agent->waitForExit(5000))
            agent->kill9();
    }
    // Workers outlive their supervisor on purpose; a test's must not.
    QProcess::execute(u"pkill"_s, {u"-KILL"_s, u"-f"_s, folder()});
}

bool TestFleet::startEngine()
{
    if (m_engine.start())
        return true;
    qWarning("%s", qPrintable(m_engine.failure()));
    return false;
}

CommandRun TestFleet::call(const QStringList &arguments, int milliseconds)
{
    const CliAnswer answer = m_engine.cli(arguments, {}, milliseconds);
    CommandRun run {.exitCode = answer.exitCode,
                    .lines = {},
                    .standardOutput = answer.output,
                    .standardError = answer.error};
    for (const QByteArray &line : answer.output.split('\n')) {
        const QJsonDocument document = QJsonDocument::fromJson(line);
        if (document.isObject())
            run.lines.append(document.object());
    }
    return run;
}

QJsonObject TestFleet::createActivation(const QStringList &arguments)
{
    return call(QStringList {u"activation"_s, u"create"_s, u"--json"_s} + arguments).last();
}

bool TestFleet::waitForOnline(int count, int milliseconds)
{
    return eventually([&] { return m_engine.onlineNodes() == count; }, milliseconds);
}

CommandRun TestFleet::runScript(const QString &script, const QStringList &arguments)
{
    return call(QStringList {u"run"_s, u"--document"_s, u"AWS-RunShellScript"_s, u"--parameter"_s,
                             u"commands="_s + script, u"--json"_s}
                + arguments);
}

bool TestFleet::startAgent(const QString &name, const QJsonObject &activation)
{
    QStringList arguments = QStringList {u"--state"_s, agentDir(name)} + m_agentArguments;
    if (!activation.isEmpty())
        arguments << u"--engine"_s << m_engine.agentUrl() << u"--activation-id"_s
                  << activation[u"ActivationId"].toString() << u"--activation-code"_s
                  << activation[u"ActivationCode"].toString() << u"--ca-sha256"_s << m_engine.caSha256();
    m_agents[name] = std::make_unique<TestProcess>(m_engine.program(u"flagbridge-agent"_s), arguments,
                                                   m_agentEnvironment);
    return m_agents[name]->process().state() == QProcess::Running;
}

void TestFleet::killAgent(const QString &name) { m_agents.at(name)->kill9(); }

void TestFleet::stopAgent(const QString &name)
{
    m_agents.at(name)->terminate();
    m_agents.at(name)->waitForExit(10000);
}

TestProcess *TestFleet::agent(const QString &name)
{
    const auto found = m_agents.find(name);
    return found == m_agents.end() ? nullptr : found->second.get();
}

}
