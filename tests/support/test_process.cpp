#include "tests/support/test_process.h"

#include <QDeadlineTimer>
#include <QProcessEnvironment>

#include <csignal>

namespace fb::test {

TestProcess::TestProcess(const QString &program, const QStringList &arguments,
                         const QStringList &extraEnvironment, const QString &standardErrorFile)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString &entry : extraEnvironment)
        environment.insert(entry.section(u'=', 0, 0), entry.section(u'=', 1));
    m_process.setProcessEnvironment(environment);
    m_process.setProcessChannelMode(QProcess::SeparateChannels);
    if (!standardErrorFile.isEmpty())
        m_process.setStandardErrorFile(standardErrorFile, QIODevice::Append);
    m_process.start(program, arguments);
    m_process.waitForStarted(10000);
}

TestProcess::~TestProcess()
{
    if (m_process.state() != QProcess::NotRunning)
        kill9();
}

QByteArray TestProcess::readLine(int milliseconds)
{
    const QDeadlineTimer deadline(milliseconds);
    while (!m_process.canReadLine() && !deadline.hasExpired()) {
        if (!m_process.waitForReadyRead(static_cast<int>(deadline.remainingTime()))
            && m_process.state() == QProcess::NotRunning)
            break;
    }
    return m_process.canReadLine() ? m_process.readLine() : QByteArray();
}

bool TestProcess::waitForExit(int milliseconds)
{
    return m_process.state() == QProcess::NotRunning || m_process.waitForFinished(milliseconds);
}

void TestProcess::kill9()
{
    m_process.kill();
    m_process.waitForFinished(10000);
}

void TestProcess::terminate() { m_process.terminate(); }

}
