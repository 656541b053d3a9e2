#pragma once
// Starts the real programs in tests, and always ends them.

#include <QProcess>
#include <QString>
#include <QStringList>

namespace fb::test {

class TestProcess
{
public:
    TestProcess(const QString &program, const QStringList &arguments,
                const QStringList &extraEnvironment = {}, const QString &standardErrorFile = {});
    ~TestProcess(); // kills and waits

    QProcess &process() { return m_process; }
    qint64 pid() const { return m_process.processId(); }
    // Waits for a whole line on standard output; empty when none came in time.
    QByteArray readLine(int milliseconds = 10000);
    bool waitForExit(int milliseconds = 30000);
    void kill9(); // SIGKILL, and waits for the end
    void terminate(); // SIGTERM

private:
    QProcess m_process;
};

}
