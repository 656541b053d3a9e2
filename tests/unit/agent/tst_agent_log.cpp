// The agent's log where there is no room for it: real full disks, real limits, a real pipe that nobody reads.

#include "agent/supervisor/agent_log.h"
#include "tests/support/test_main.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <fcntl.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <unistd.h>

using namespace fb::agent;
using namespace Qt::StringLiterals;

class tst_AgentLog : public QObject
{
    Q_OBJECT

private slots:
    void filesTakeTurnsWithinTheLimit();
    void aLargerOneIsBroughtUnderTheLimit();
    void longLinesAreCut();
    void aLimitOfTheSystemIsCounted();
    void aFullPartition();
    void aReaderThatStands();
    void plantedFiles();
};

namespace {
QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

class LogPlace
{
public:
    explicit LogPlace(const QString &folder = {}) : m_folder(folder.isEmpty() ? m_temporary.path() : folder)
    {
    }
    std::filesystem::path file() const { return path().toStdString(); }
    QString path(int number = 0) const
    {
        return m_folder + u"/agent.log"_s + (number > 0 ? u".%1"_s.arg(number) : QString());
    }
    qint64 bytes() const
    {
        qint64 all = 0;
        for (const QFileInfo &each : QDir(m_folder).entryInfoList({u"agent.log*"_s}, QDir::Files))
            all += each.size();
        return all;
    }

private:
    QTemporaryDir m_temporary;
    QString m_folder;
};

std::string line(int number)
{
    return QStringLiteral("line %1 ").arg(number, 6).toStdString() + std::string(88, '.');
}
}

// [R12] however much is logged, the files hold no more than their limit, and the newest lines are there
void tst_AgentLog::filesTakeTurnsWithinTheLimit()
{
    LogPlace place;
    AgentLog log(place.file(), 40'000);
    for (int i = 0; i < 2000; ++i) {
        log.write(line(i));
        QVERIFY(place.bytes() <= 40'000);
    }
    QVERIFY(!log.state().isFull);
    QCOMPARE(log.state().lostLines, uint64_t(0));
    QCOMPARE(log.state().bytes, uint64_t(place.bytes()));
    QVERIFY(contentOf(place.path()).endsWith(QByteArray::fromStdString(line(1999)) + '\n'));
    QVERIFY(QFile::exists(place.path(3)));
    QVERIFY(!QFile::exists(place.path(4)));
    QVERIFY(contentOf(place.path(3)) < contentOf(place.path(2))); // oldest last
    for (int number = 0; number < 4; ++number)
        QVERIFY(contentOf(place.path(number)).endsWith('\n'));
}

// [R12] what an agent with another limit has left
void tst_AgentLog::aLargerOneIsBroughtUnderTheLimit()
{
    LogPlace place;
    for (int number = 1; number < 4; ++number) {
        QFile file(place.path(number));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(30'000, static_cast<char>('0' + number)));
    }
    AgentLog log(place.file(), 80'000);
    QVERIFY(QFile::exists(place.path(2)) && !QFile::exists(place.path(3)));
    QVERIFY(place.bytes() <= 60'000);
    log.write("on");
    QCOMPARE(contentOf(place.path()), QByteArray("on\n"));
}

void tst_AgentLog::longLinesAreCut()
{
    LogPlace place;
    AgentLog log(place.file(), 1'000'000);
    log.write(std::string(100'000, 'x'));
    QCOMPARE(contentOf(place.path()).size(), qsizetype(AgentLog::kMostLineBytes));
}

// [R12] where nothing can be mounted: the system refuses to let the file grow
void tst_AgentLog::aLimitOfTheSystemIsCounted()
{
    LogPlace place;
    AgentLog log(place.file(), 1'000'000);
    log.write("before");
    const auto before = std::signal(SIGXFSZ, SIG_IGN); // as the agent's own main() does
    rlimit limit {};
    QCOMPARE(::getrlimit(RLIMIT_FSIZE, &limit), 0);
    const rlimit small {50, limit.rlim_max};
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &small), 0);
    for (int i = 0; i < 7; ++i)
        log.write(line(i));
    const AgentLog::State full = log.state();
    ::setrlimit(RLIMIT_FSIZE, &limit);
    std::signal(SIGXFSZ, before);
    QVERIFY(full.isFull);
    QCOMPARE(full.lostLines, uint64_t(7));
    QCOMPARE(full.trouble, std::string("File too large"));
    QCOMPARE(contentOf(place.path()), QByteArray("before\n")); // no half of a line
    log.write("after");
    QVERIFY(!log.state().isFull);
    QCOMPARE(contentOf(place.path()),
             QByteArray("before\n[7 lines of this log were lost: File too large]\nafter\n"));
}

// [R12] a partition that others have filled: the oldest file goes first, then lines are lost and counted; with room again it says so
void tst_AgentLog::aFullPartition()
{
    if (::geteuid() != 0)
        QSKIP("a small filesystem needs root to be mounted");
    QTemporaryDir mountPoint;
    const QByteArray path = QFile::encodeName(mountPoint.path());
    if (::mount("tmpfs", path.constData(), "tmpfs", 0, "size=128k,mode=0700") != 0)
        QSKIP("tmpfs cannot be mounted here");
    {
        LogPlace place(mountPoint.path());
        AgentLog log(place.file(), 64 * 1024);
        for (int i = 0; i < 600; ++i)
            log.write(line(i));
        QVERIFY(QFile::exists(place.path(3)));
        QFile filler(mountPoint.filePath(u"filler"_s));
        QVERIFY(filler.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
        while (filler.write(QByteArray(4096, 'f')) == 4096) { }
        int written = 600;
        while (written < 1200) // within what is its own
            log.write(line(written++));
        QCOMPARE(log.state().lostLines, uint64_t(0));
        const QByteArray oldest = contentOf(place.path(3)).left(100);
        while (!log.state().isFull && written < 5000) { // who fills it takes each page that becomes free
            log.write(line(written++));
            while (filler.write(QByteArray(4096, 'f')) == 4096) { }
        }
        QVERIFY(log.state().isFull);
        QCOMPARE(log.state().trouble, std::string("No space left on device"));
        QVERIFY(!QFile::exists(place.path(1)) && !QFile::exists(place.path(2))
                && !QFile::exists(place.path(3)));
        QVERIFY(!contentOf(place.path()).contains(oldest));
        QVERIFY(contentOf(place.path())
                    .contains(QByteArray::fromStdString(line(written - 2)))); // the newest is there
        log.write("lost too");
        QCOMPARE(log.state().lostLines, uint64_t(2));
        filler.resize(0);
        log.tryAgain();
        QVERIFY(!log.state().isFull);
        QVERIFY(
            contentOf(place.path()).endsWith("[2 lines of this log were lost: No space left on device]\n"));
    }
    ::umount2(path.constData(), MNT_DETACH);
}

// [R12] standard error is a pipe, and who should read it does not
void tst_AgentLog::aReaderThatStands()
{
    int ends[2];
    QCOMPARE(::pipe2(ends, O_CLOEXEC), 0);
    const int before = ::dup(STDERR_FILENO);
    ::dup2(ends[1], STDERR_FILENO);
    AgentLog log;
    for (int i = 0; i < 5000; ++i) // 500 KiB; a pipe holds 64
        log.write(line(i));
    const AgentLog::State full = log.state();
    QByteArray got(1024 * 1024, '\0');
    qsizetype size = std::max<ssize_t>(0, ::read(ends[0], got.data(), static_cast<size_t>(got.size())));
    log.write("again");
    size += std::max<ssize_t>(0, ::read(ends[0], got.data() + size, static_cast<size_t>(got.size() - size)));
    ::dup2(before, STDERR_FILENO);
    for (const int fd : {before, ends[0], ends[1]})
        ::close(fd);
    got.truncate(size);
    QVERIFY(full.isFull);
    QVERIFY(full.lostLines > 1000);
    const QByteArrayList lines = got.trimmed().split('\n');
    QCOMPARE(lines.last(), QByteArray("again"));
    QCOMPARE(lines.at(lines.size() - 2),
             "[" + QByteArray::number(qulonglong(full.lostLines))
                 + " lines of this log were lost: Resource temporarily unavailable]");
    QCOMPARE(lines.size() - 2 + qsizetype(full.lostLines), qsizetype(5000)); // each is there or counted
}

void tst_AgentLog::plantedFiles() // [N03]
{
    LogPlace place;
    QTemporaryDir elsewhere;
    const QString victim = elsewhere.filePath(u"victim"_s);
    QVERIFY(QFile::link(victim, place.path()));
    AgentLog log(place.file(), 100'000);
    log.write("x");
    QVERIFY(log.state().isFull);
    QVERIFY(!QFile::exists(victim));
    QFile::remove(place.path());
    QFile other(victim);
    QVERIFY(other.open(QIODevice::WriteOnly));
    if (::link(QFile::encodeName(victim).constData(), QFile::encodeName(place.path()).constData()) == 0) {
        log.write("y");
        QCOMPARE(QFileInfo(victim).size(), qint64(0));
        QFile::remove(place.path());
    }
    log.write("z");
    QVERIFY(contentOf(place.path()).endsWith("z\n"));
}

FB_TEST(tst_AgentLog)
#include "tst_agent_log.moc"
