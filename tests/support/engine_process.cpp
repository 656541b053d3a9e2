#include "tests/support/engine_process.h"

#include <QFile>
#include <QJsonDocument>
#include <QUrl>

namespace fb::test {

QJsonObject CliAnswer::lastObject() const
{
    const QList<QByteArray> lines = output.trimmed().split('\n');
    return QJsonDocument::fromJson(lines.last()).object();
}

EngineProcess::EngineProcess(QString binaries, QStringList extra)
    : m_binaries(std::move(binaries)),
      m_extra(std::move(extra))
{
    QFile passphrase(m_folder.filePath(QStringLiteral("passphrase")));
    if (passphrase.open(QIODevice::WriteOnly)) {
        passphrase.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
        passphrase.write("correct horse battery staple\n");
    }
}

EngineProcess::~EngineProcess()
{
    if (m_process)
        stop();
}

bool EngineProcess::start(int milliseconds)
{
    m_process = std::make_unique<TestProcess>(program(QStringLiteral("flagbridge-engine")),
                                              QStringList {QStringLiteral("serve"), QStringLiteral("--data"),
                                                           dataFolder(), QStringLiteral("--listen"), m_listen,
                                                           QStringLiteral("--passphrase-file"),
                                                           m_folder.filePath(QStringLiteral("passphrase"))}
                                                  + m_extra,
                                              QStringList {}, logFile());
    m_ready = QJsonDocument::fromJson(m_process->readLine(milliseconds)).object();
    if (m_ready.value(QStringLiteral("event")).toString() != QStringLiteral("ready")) {
        m_failure = QStringLiteral("the engine did not become ready: ") + QString::fromUtf8(log());
        m_process.reset();
        return false;
    }
    // its nodes look for it there when it starts again
    m_listen = QStringLiteral("127.0.0.1:%1").arg(QUrl(agentUrl()).port());
    return true;
}

bool EngineProcess::stop(int milliseconds)
{
    m_process->terminate();
    return waitForEnd(milliseconds);
}

bool EngineProcess::waitForEnd(int milliseconds)
{
    const bool ended = m_process->waitForExit(milliseconds);
    const bool clean = ended && m_process->process().exitStatus() == QProcess::NormalExit
        && m_process->process().exitCode() == 0;
    if (!clean)
        m_failure = QString::fromUtf8(log());
    m_process.reset();
    return clean;
}

void EngineProcess::kill9()
{
    m_process->kill9();
    m_process.reset();
}

QByteArray EngineProcess::log() const
{
    QFile file(logFile());
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

CliAnswer EngineProcess::cli(const QStringList &command, const QStringList &arguments, int milliseconds) const
{
    TestProcess client(program(QStringLiteral("flagbridge-engine")),
                       command + QStringList {QStringLiteral("--data"), dataFolder()} + arguments);
    if (!client.waitForExit(milliseconds))
        client.kill9();
    return {client.process().exitStatus() == QProcess::NormalExit ? client.process().exitCode() : -1,
            client.process().readAllStandardOutput(), client.process().readAllStandardError()};
}

QJsonArray EngineProcess::nodes() const
{
    const CliAnswer answer = cli({QStringLiteral("nodes")}, {QStringLiteral("--json")});
    return QJsonDocument::fromJson(answer.output).array();
}

int EngineProcess::onlineNodes() const
{
    int online = 0;
    for (const QJsonValue node : nodes())
        online += node[QStringLiteral("PingStatus")].toString() == QStringLiteral("Online") ? 1 : 0;
    return online;
}

QJsonObject EngineProcess::createActivation(int limit, const QStringList &arguments) const
{
    return cli({QStringLiteral("activation"), QStringLiteral("create")},
               QStringList {QStringLiteral("--limit"), QString::number(limit), QStringLiteral("--json")}
                   + arguments)
        .lastObject();
}

std::unique_ptr<TestProcess> EngineProcess::startAgent(const QString &name)
{
    const QJsonObject activation = createActivation(1);
    return std::make_unique<TestProcess>(
        program(QStringLiteral("flagbridge-agent")),
        QStringList {QStringLiteral("--state"), agentFolder(name), QStringLiteral("--engine"), agentUrl(),
                     QStringLiteral("--activation-id"),
                     activation.value(QStringLiteral("ActivationId")).toString(),
                     QStringLiteral("--activation-code"),
                     activation.value(QStringLiteral("ActivationCode")).toString(),
                     QStringLiteral("--ca-sha256"), caSha256()});
}

}
