#pragma once
// A real flagbridge-engine on loopback, with its own folder and a free port, and its command line. For integration tests and benchmarks.

#include "tests/support/test_process.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QTemporaryDir>

#include <memory>

namespace fb::test {

struct CliAnswer {
    int exitCode = -1;
    QByteArray output; // standard output, whole
    QByteArray error;
    QJsonObject lastObject() const; // the last line, if it is a JSON object
};

class EngineProcess
{
public:
    // `binaries`: the folder of the programs. `extra`: more options for serve.
    explicit EngineProcess(QString binaries = QStringLiteral(FB_BIN_DIR), QStringList extra = {});
    ~EngineProcess(); // SIGTERM, then SIGKILL

    bool start(int milliseconds = 30000); // false: failure() says why
    bool stop(int milliseconds = 30000); // SIGTERM; true if it ended with 0
    bool waitForEnd(int milliseconds = 30000); // untold; true if it ended with 0
    void kill9();
    QString failure() const { return m_failure; }

    QByteArray log() const; // what it has written to standard error, over all its starts

    qint64 pid() const { return m_process ? m_process->pid() : 0; }
    QString dataFolder() const { return m_folder.filePath(QStringLiteral("data")); }
    QString agentUrl() const { return m_ready.value(QStringLiteral("agentUrl")).toString(); }
    QString caSha256() const { return m_ready.value(QStringLiteral("caSha256")).toString(); }
    QJsonObject readyLine() const { return m_ready; }
    QString program(const QString &name) const { return m_binaries + u'/' + name; }

    // flagbridge-engine COMMAND --data DIR ARGUMENTS
    CliAnswer cli(const QStringList &command, const QStringList &arguments = {},
                  int milliseconds = 60000) const;
    QJsonArray nodes() const; // flagbridge-engine nodes
    int onlineNodes() const;
    QJsonObject createActivation(int limit, const QStringList &arguments = {}) const;
    // An agent with its own state folder; enrols with a new activation.
    std::unique_ptr<TestProcess> startAgent(const QString &name);
    QString agentFolder(const QString &name) const { return m_folder.filePath(name); }

private:
    QString logFile() const { return m_folder.filePath(QStringLiteral("engine.log")); }

    QString m_binaries;
    QStringList m_extra;
    QTemporaryDir m_folder;
    std::unique_ptr<TestProcess> m_process;
    QJsonObject m_ready;
    QString m_failure;
    QString m_listen = QStringLiteral("127.0.0.1:0");
};

}
