#include "tests/support/postgres_server.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QThread>

#include <csignal>
#include <cstdlib>
#include <memory>

#include <grp.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <unistd.h>

namespace fb::test {

using namespace Qt::StringLiterals;

namespace {
    constexpr int kStartMilliseconds = 60000;

    QString programPath(const QString &name)
    {
        for (const QString &version : {u"15"_s, u"16"_s, u"17"_s, u"14"_s, u"13"_s}) {
            const QString path = u"/usr/lib/postgresql/%1/bin/%2"_s.arg(version, name);
            if (QFile::exists(path))
                return path;
        }
        return name;
    }

    class Server
    {
    public:
        Server()
        {
            QByteArray folder = QDir::tempPath().toLocal8Bit() + "/fb-pg-XXXXXX";
            m_folder = QString::fromLocal8Bit(mkdtemp(folder.data()));
            if (geteuid() == 0) {
                m_user = getpwnam("postgres");
                if (!m_user || chown(folder.constData(), m_user->pw_uid, m_user->pw_gid) != 0)
                    qFatal("user postgres is missing: install postgresql");
            }
            runToEnd(u"initdb"_s,
                     {u"-D"_s, data(), u"-A"_s, u"trust"_s, u"-E"_s, u"UTF8"_s, u"--locale=C"_s, u"-U"_s,
                      u"flagbridge"_s, u"--no-sync"_s});
            prepare(m_process);
            m_process.setStandardErrorFile(m_folder + u"/log"_s);
            m_process.setStandardOutputFile(QProcess::nullDevice());
            m_process.start(programPath(u"postgres"_s),
                            {u"-D"_s, data(), u"-k"_s, m_folder, u"-c"_s, u"listen_addresses="_s, u"-c"_s,
                             u"fsync=off"_s, u"-c"_s, u"shared_buffers=16MB"_s, u"-c"_s,
                             u"max_connections=60"_s});
            waitUntilReady();
        }

        ~Server()
        {
            if (m_process.state() != QProcess::NotRunning) {
                kill(static_cast<pid_t>(m_process.processId()), SIGINT); // fast shutdown
                if (!m_process.waitForFinished(20000))
                    m_process.kill();
                m_process.waitForFinished(10000);
            }
            QDir(m_folder).removeRecursively();
        }

        QString newDatabase()
        {
            const QString name = u"t%1"_s.arg(++m_made);
            execute(u"CREATE DATABASE %1"_s.arg(name));
            return u"postgresql://flagbridge@localhost/%1?host=%2"_s.arg(name, m_folder);
        }

        void execute(const QString &sql)
        {
            const QString connection = u"fb-test-server"_s;
            {
                QSqlDatabase database = QSqlDatabase::addDatabase(u"QPSQL"_s, connection);
                database.setHostName(m_folder);
                database.setDatabaseName(u"postgres"_s);
                database.setUserName(u"flagbridge"_s);
                if (!database.open())
                    qFatal("PostgreSQL does not answer: %s", qPrintable(database.lastError().text()));
                QSqlQuery query(database);
                if (!query.exec(sql))
                    qFatal("PostgreSQL: %s", qPrintable(query.lastError().text()));
            }
            QSqlDatabase::removeDatabase(connection);
        }

    private:
        QString data() const { return m_folder + u"/data"_s; }

        void prepare(QProcess &process) const
        {
            process.setWorkingDirectory(m_folder);
            process.setChildProcessModifier([user = m_user, parent = getpid()] {
                if (user
                    && (setgroups(0, nullptr) != 0 || setgid(user->pw_gid) != 0 || setuid(user->pw_uid) != 0))
                    _exit(126);
                prctl(PR_SET_PDEATHSIG, SIGQUIT); // it never outlives a test that crashed
                if (getppid() != parent)
                    _exit(126);
            });
        }

        void runToEnd(const QString &program, const QStringList &arguments) const
        {
            QProcess process;
            prepare(process);
            process.start(programPath(program), arguments);
            if (!process.waitForFinished(kStartMilliseconds) || process.exitCode() != 0)
                qFatal("%s failed: %s", qPrintable(program), process.readAllStandardError().constData());
        }

        void waitUntilReady()
        {
            QElapsedTimer timer;
            timer.start();
            const QString probe = programPath(u"pg_isready"_s);
            while (QProcess::execute(probe, {u"-q"_s, u"-h"_s, m_folder}) != 0) {
                if (timer.hasExpired(kStartMilliseconds) || m_process.state() == QProcess::NotRunning)
                    qFatal("PostgreSQL did not start; see %s/log", qPrintable(m_folder));
                QThread::msleep(20);
            }
        }

        QString m_folder;
        const passwd *m_user = nullptr;
        QProcess m_process;
        int m_made = 0;
    };

    std::unique_ptr<Server> &theServer()
    {
        static std::unique_ptr<Server>
            server; // ended with the application, while processes can still be waited for
        return server;
    }

    Server &server()
    {
        if (!theServer()) {
            theServer() = std::make_unique<Server>();
            qAddPostRoutine([] { theServer().reset(); });
        }
        return *theServer();
    }
}

QString newPostgresDatabase() { return server().newDatabase(); }

void cutPostgresConnections()
{
    server().execute(u"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() "
                     u"AND backend_type = "
                     "'client backend'"_s);
}

}
