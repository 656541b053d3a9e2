// Parts of the agent's tools that need no engine: what /proc says, what a file seems to hold, where a path leads.
#include "agent/tools/file_place.h"
#include "agent/tools/file_reader.h"
#include "agent/tools/process_table.h"
#include "backend/protocol/tool_messages.h"
#include "tests/support/test_main.h"

#include <QTest>

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
    void unknownTool();
};

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
