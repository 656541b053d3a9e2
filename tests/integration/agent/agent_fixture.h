#pragma once
// A registered agent as a real process, against a ScriptEngine; for the tests of this folder.

#include "tests/integration/agent/script_engine.h"
#include "tests/support/test_process.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <csignal>
#include <memory>

namespace fb::test {

class AgentFixture
{
public:
    explicit AgentFixture(QString state = {})
        : state(state.isEmpty() ? folder.filePath(QStringLiteral("state")) : state)
    {
    }
    ~AgentFixture() { endWorkers(); }

    ScriptEngine engine;
    QTemporaryDir folder;
    QString state;
    std::unique_ptr<TestProcess> agent;
    QStringList environment; // of the agent, "NAME=value"

    static QString program() { return QStringLiteral(FB_BIN_DIR "/flagbridge-agent"); }
    QString installed = program(); // the file that is started
    QStringList registration() const
    {
        return {QStringLiteral("--state"),           state,
                QStringLiteral("--engine"),          engine.url(),
                QStringLiteral("--activation-id"),   QStringLiteral("aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee"),
                QStringLiteral("--activation-code"), QStringLiteral("the-code"),
                QStringLiteral("--ca-sha256"),       engine.caSha256()};
    }
    bool start(const QStringList &arguments)
    {
        agent = std::make_unique<TestProcess>(installed, arguments, environment);
        return engine.wait([this] { return engine.isConnected(); });
    }
    bool start() { return start(registration()); }
    bool again() { return start({QStringLiteral("--state"), state}); } // with the identity it has
    void kill()
    {
        agent->kill9();
        engine.cut();
    }

    QByteArray read(const QString &path) const
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    QString workFolder(uint64_t dispatchSeq) const
    {
        return state
            + QStringLiteral("/work/%1-1").arg(QString::fromStdString(ScriptEngine::orderId(dispatchSeq)));
    }
    qint64 workerPid(uint64_t dispatchSeq) const
    {
        return read(workFolder(dispatchSeq) + QStringLiteral("/pid")).split(' ').value(0).toLongLong();
    }
    // Processes whose command line or environment names the text.
    static QList<qint64> processesWith(const QByteArray &text, const char *file = "cmdline")
    {
        QList<qint64> found;
        for (const QString &name : QDir(QStringLiteral("/proc")).entryList(QDir::Dirs)) {
            bool isPid = false;
            const qint64 pid = name.toLongLong(&isPid);
            QFile read(QStringLiteral("/proc/%1/%2").arg(name, QLatin1String(file)));
            if (isPid && read.open(QIODevice::ReadOnly) && read.readAll().contains(text))
                found.append(pid);
        }
        return found;
    }

private:
    void endWorkers() // of this test's folder alone, by their numbers
    {
        agent.reset();
        for (const QString &kind : {QStringLiteral("/work"), QStringLiteral("/sessions")})
            for (const QString &name : QDir(state + kind).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
                const qint64 pid = read(state + kind + u'/' + name + QStringLiteral("/pid"))
                                       .split(' ')
                                       .value(0)
                                       .toLongLong();
                if (pid > 1)
                    ::kill(static_cast<pid_t>(pid), SIGKILL);
            }
    }
};

}
