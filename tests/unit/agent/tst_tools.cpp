// Parts of the agent's tools that need no engine: what /proc says, what a file seems to hold, where a path leads.
#include "agent/platform/private_folder.h"
#include "agent/tools/account_table.h"
#include "agent/tools/account_tool.h"
#include "agent/tools/file_place.h"
#include "agent/tools/file_reader.h"
#include "agent/tools/performance_reader.h"
#include "agent/tools/process_table.h"
#include "backend/protocol/tool_messages.h"
#include "tests/support/test_main.h"

#include <QScopeGuard>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace fb::test {

using namespace agent;

class tst_Tools : public QObject
{
    Q_OBJECT
private slots:
    void statOfHostileNames();
    void encodings_data();
    void encodings();
    void placesAndNames();
    void guards();
    void whoIsTheAgent();
    void countersOfProc();
    void hostileProc();
    void passwordsInShadow();
    void lastLogins();
    void accountNames();
    void unknownTool();
};

void tst_Tools::passwordsInShadow()
{
    const auto state = [](const char *hash) { return passwordState(hash); };
    QVERIFY(state("$y$j9T$abc$def") == (PasswordState {.isLocked = false, .hasNone = false}));
    QVERIFY(state("!$y$j9T$abc$def") == (PasswordState {.isLocked = true, .hasNone = false}));
    QVERIFY(state("!!$1$x") == (PasswordState {.isLocked = true, .hasNone = false}));
    for (const char *none : {"!", "!!", "!*", "!*LK*"})
        QVERIFY2(state(none) == (PasswordState {.isLocked = true, .hasNone = true}), none);
    for (const char *none : {"", "*", "*LK*"})
        QVERIFY2(state(none) == (PasswordState {.isLocked = false, .hasNone = true}), none);
}

void tst_Tools::lastLogins()
{
    const size_t size = lastLoginRecordBytes();
    std::string record(size, '\0');
    QVERIFY(!lastLoginUs(record)); // never
    record[0] = 100; // the time stands first, in s, little-endian
    QCOMPARE(lastLoginUs(record), std::optional<int64_t>(100'000'000));
    for (size_t i = 0; i < size; ++i)
        record[i] = '\xff';
    for (const std::string &bad : {std::string(), record.substr(1), record + "x"})
        QVERIFY(!lastLoginUs(bad));
}

void tst_Tools::accountNames()
{
    for (const std::string &name : {std::string("dave"), std::string("_a-1"), std::string(32, 'a')})
        QVERIFY2(isNewAccountName(name), name.c_str());
    for (const std::string &name :
         {std::string(), std::string("-r"), std::string("9"), std::string("Dave"), std::string(33, 'a'),
          std::string("a\0b", 3), std::string("a\n"), std::string("a.b"), std::string("caf\xc3\xa9")})
        QVERIFY2(!isNewAccountName(name), name.c_str());
}

void tst_Tools::countersOfProc()
{
    wire::PerformanceSample sample;
    readCpus("cpu  100 20 30 400 5 6 7 8 0 0\ncpu0 50 10 15 200 2 3 3 4 0 0\nintr 5 6\n", 100, sample);
    QCOMPARE(sample.cpus_size(), 2);
    QCOMPARE(sample.cpus(0).user(), 1.2);
    QCOMPARE(sample.cpus(0).system(), 0.43);
    QCOMPARE(sample.cpus(0).steal(), 0.08);
    QCOMPARE(sample.cpus(1).name(), std::string("cpu0"));
    readMemory("MemTotal: 1000 kB\nMemAvailable: 400 kB\nCached: 7 kB\nSwapTotal: 9 kB\nSwapFree: 9 kB\n",
               sample);
    QCOMPARE(sample.memory_used(), uint64_t(600 * 1024));
    QCOMPARE(sample.memory_cached(), uint64_t(7 * 1024));
    QCOMPARE(sample.swap_used(), uint64_t(0));
    readLoad("1.50 0.25 0.00 2/300 4711\n", sample);
    QCOMPARE(sample.load1(), 1.5);
    readDisks(
        "8 0 sda 10 0 80 5 20 0 16 4 0 1500 9\n8 1 sda1 10 0 80 5 20 0 16 4 0 1500 9\n7 0 loop0 0 0 0 0 0 0 "
        "0 0 0 0 0\n",
        [](const std::string &name) { return name != "sda1"; }, sample);
    QCOMPARE(sample.disks_size(), 1);
    QCOMPARE(sample.disks(0).read_bytes(), uint64_t(80 * 512));
    QCOMPARE(sample.disks(0).writes(), uint64_t(20));
    QCOMPARE(sample.disks(0).busy(), 1.5);
    readNetworks("Inter-| Receive\n face |bytes\n  lo: 1 1 0 0 0 0 0 0 1 1 0 0 0 0 0 0\n"
                 "eth0:1: 900 9 1 2 0 0 0 0 800 8 3 4 0 0 0 0\n",
                 sample);
    QCOMPARE(sample.networks_size(), 1);
    QCOMPARE(sample.networks(0).name(), std::string("eth0:1"));
    QCOMPARE(sample.networks(0).sent_bytes(), uint64_t(800));
    QCOMPARE(sample.networks(0).errors(), uint64_t(10));
}

void tst_Tools::hostileProc()
{
    const auto always = [](const std::string &) { return true; };
    const std::string big(300'000, '9');
    for (const std::string &text :
         {std::string(), std::string("\n\n\n"),
          std::string("cpu\ncpu 1\ncpux 1 2 3 4 5 6 7 8\ncpu -1 2 3 4 5 6 7 8\n"),
          std::string("MemTotal\n:\nMemTotal: kB\nMemAvailable: -3 kB\n"), std::string("a b c d\n"),
          std::string("0.1"), std::string("8 0 sda x 0 80 5 20 0 16 4 0 1500\n8 0 sda 1\n"),
          std::string("eth0\neth0:\n:1 2 3\n: :\n"), big, "cpu " + big + " 2 3 4 5 6 7 8\n",
          std::string("cpu \0 1 2 3 4 5 6 7 8", 20)}) {
        wire::PerformanceSample sample;
        readCpus(text, 100, sample);
        readMemory(text, sample);
        readLoad(text, sample);
        readDisks(text, always, sample);
        readNetworks(text, sample);
        QCOMPARE(sample.cpus_size() + sample.disks_size() + sample.networks_size(), 0);
        QVERIFY(!sample.has_memory_used() && !sample.has_load1());
    }
    wire::PerformanceSample most;
    std::string cpus;
    for (int i = 0; i < 5000; ++i)
        cpus += "cpu" + std::to_string(i) + " 1 2 3 4 5 6 7 8\n";
    readCpus(cpus, 100, most);
    QCOMPARE(most.cpus_size(), 1025);
    // More is available than there is, and sectors that no disk has.
    readMemory("MemTotal: 1 kB\nMemAvailable: 2 kB\n", most);
    QCOMPARE(most.memory_used(), uint64_t(0));
    readDisks("8 0 " + std::string(9000, 'd') + " 1 0 18446744073709551615 5 20 0 16 4 0 1500", always, most);
    QCOMPARE(most.disks(0).read_bytes(), ~uint64_t(0));
    QCOMPARE(most.disks(0).name().size(), size_t(256));
}

void tst_Tools::statOfHostileNames()
{
    const std::string rest
        = " S 7 8 9 0 -1 4194304 1 0 0 0 61 4 0 0 20 -5 3 0 320472 2654208 407 18446744073709551615";
    const auto plain = parseProcessStat("42 (sleep)" + rest);
    QVERIFY(plain);
    QCOMPARE(plain->pid, 42);
    QCOMPARE(plain->parent, 7);
    QCOMPARE(plain->cpuTicks, uint64_t(65));
    QCOMPARE(plain->nice, -5);
    QCOMPARE(plain->threads, 3U);
    QCOMPARE(plain->startTicks, uint64_t(320472));
    QCOMPARE(plain->residentPages, uint64_t(407));
    const auto hostile = parseProcessStat("42 (a) R 1 (b\n)" + rest); // the name claims to be another process
    QVERIFY(hostile);
    QCOMPARE(hostile->name, std::string("a) R 1 (b\n"));
    QCOMPARE(hostile->parent, 7);
    for (const char *line : {"", "42", "42 (x", "42 x) S 1", "42 (x) S 1 2 3", "0 (x) S"})
        QVERIFY2(!parseProcessStat(line), line);
}

void tst_Tools::encodings_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("encoding");
    QTest::addRow("nothing") << QByteArray() << QByteArray("utf-8");
    QTest::addRow("text") << QByteArray("hello\n") << QByteArray("utf-8");
    QTest::addRow("cut in a character") << QByteArray("日本").chopped(1) << QByteArray("utf-8");
    QTest::addRow("Latin-1") << QByteArray("caf\xe9 au lait") << QByteArray("latin-1");
    QTest::addRow("UTF-16") << QByteArray("\xff\xfe"
                                          "h\0",
                                          4)
                            << QByteArray("utf-16le");
    QTest::addRow("NUL") << QByteArray("a\0b", 3) << QByteArray("binary");
    QTest::addRow("controls") << QByteArray("\x80\x01\x02\x03\x04\x05") << QByteArray("binary");
}

void tst_Tools::encodings()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, encoding);
    QCOMPARE(QByteArray::fromStdString(guessedEncoding({bytes.constData(), size_t(bytes.size())})), encoding);
}

void tst_Tools::placesAndNames()
{
    const auto place = placeOf("/usr/../proc/self/status");
    QVERIFY(place);
    QCOMPARE(place->name, std::string("status"));
    QVERIFY(place->path.starts_with("/proc/") && place->path.ends_with("/status"));
    QCOMPARE(placeOf("/usr/..")->path, std::string("/"));
    QCOMPARE(placeOf("//")->path, std::string("/"));
    QCOMPARE(placeOf("/usr/./")->path, std::string("/usr"));
    QVERIFY(!placeOf("usr"));
    QVERIFY(!placeOf(std::string_view("/a\0b", 4)));
    QVERIFY(placeOf("/no/such/folder/x").error().code == errors::kDoesNotExist);
    QVERIFY(checkedName("-rf") && checkedName(std::string(255, 'n')));
    for (const std::string &name : {std::string(), std::string("."), std::string(".."), std::string("a/b"),
                                    std::string("a\0b", 3), std::string(256, 'n')})
        QVERIFY2(!checkedName(name), name.c_str());
    QVERIFY(isAtOrBelow("/etc", "/etc") && isAtOrBelow("/etc/x", "/etc")
            && !isAtOrBelow("/etcetera", "/etc"));
}

// Told by descent and by what the workers noted: this program stands for the agent's here, its tool is this process.
void tst_Tools::whoIsTheAgent()
{
    QTemporaryDir folder;
    const SystemClock clock;
    ProcessTable table(clock, folder.path().toStdString());
    const auto guardOf = [&table](pid_t pid) {
        table.findAgent();
        const auto stat = readProcessStat(pid);
        return stat ? table.guardOf(*stat) : std::string("gone");
    };
    const auto waits = [] {
        for (;;)
            ::pause();
    };
    QCOMPARE(guardOf(::getpid()), std::string("agent"));
    QCOMPARE(guardOf(::getppid()), std::string(::getppid() == 1 ? "first" : "agent"));
    QCOMPARE(guardOf(1), std::string("first"));

    // The agent's program as a child of the agent: a step's own process.
    const pid_t child = ::fork();
    if (child == 0)
        waits();
    QVERIFY(child > 0);
    QCOMPARE(guardOf(child), std::string("agent"));
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);

    // Another program as its child: a script.
    int ends[2];
    QCOMPARE(::pipe2(ends, O_CLOEXEC), 0);
    const pid_t script = ::fork();
    if (script == 0) {
        ::execl("/bin/sleep", "sleep", "600", nullptr);
        ::_exit(1);
    }
    ::close(ends[1]);
    char nothing = 0;
    QCOMPARE(::read(ends[0], &nothing, 1), ssize_t(0)); // it is the other program now
    ::close(ends[0]);
    QCOMPARE(guardOf(script), std::string());
    ::kill(script, SIGKILL);
    ::waitpid(script, nullptr, 0);

    // The agent's program, and nobody's child: started by whoever is on this node.
    QCOMPARE(::pipe(ends), 0);
    const pid_t between = ::fork();
    if (between == 0) {
        const pid_t stranger = ::fork();
        if (stranger == 0)
            waits();
        ::_exit(::write(ends[1], &stranger, sizeof stranger) > 0 ? 0 : 1);
    }
    pid_t stranger = 0;
    QCOMPARE(::read(ends[0], &stranger, sizeof stranger), ssize_t(sizeof stranger));
    ::waitpid(between, nullptr, 0);
    ::close(ends[0]);
    ::close(ends[1]);
    QVERIFY(stranger > 1);
    const auto kill = qScopeGuard([stranger] { ::kill(stranger, SIGKILL); });
    QTRY_VERIFY(readProcessStat(stranger)->parent != between);
    QCOMPARE(guardOf(stranger), std::string());

    // Noted by a worker, it is one; a number that came round again is not.
    const auto stamp = stampOf(stranger);
    QVERIFY(stamp);
    const auto state = PrivateFolder::openOrMake(folder.path().toStdString());
    const auto worker = state->subfolder("sessions")->subfolder("s");
    QVERIFY(worker && worker->write("pid", stamp->text() + " boot"));
    QCOMPARE(guardOf(stranger), std::string("agent"));
    ProcessStamp earlier = *stamp;
    --earlier.startTime;
    QVERIFY(worker->write("pid", earlier.text() + " boot"));
    QCOMPARE(guardOf(stranger), std::string());
}

void tst_Tools::guards()
{
    const FileGuard guard({"/var/lib/flagbridge-agent", "/usr/bin/flagbridge-agent"});
    for (const char *path :
         {"/", "/proc", "/proc/1", "/sys/kernel", "/dev/null", "/boot", "/boot/vmlinuz", "/var",
          "/var/lib/flagbridge-agent", "/var/lib/flagbridge-agent/key.pem", "/usr/bin"})
        QVERIFY2(!guard.mayRemove(-1, {}, path), path);
    for (const char *path : {"/var/log", "/usr/bin/other", "/devices", "/home/proc"})
        QVERIFY2(guard.mayRemove(-1, {}, path), path);
    QVERIFY(!guard.mayRead(-1, {}, "/var/lib/flagbridge-agent/key.pem"));
    QVERIFY(!guard.mayWrite(-1, {}, "/usr/bin/flagbridge-agent"));
    QVERIFY(guard.mayWrite(-1, {}, "/var/lib/other"));
}

// [fleet-manager 8.17]
void tst_Tools::unknownTool()
{
    const SystemClock clock;
    const auto none = makeTool("registry", {}, clock);
    QVERIFY(!none && none.error().code == errors::kUnsupportedPlatformType);
    QCOMPARE(none.error().message, std::string("registry is not supported on Linux"));
    QVERIFY(makeTool("files", {}, clock) && makeTool("processes", {}, clock));
}

FB_TEST(tst_Tools)

}

#include "tst_tools.moc"
