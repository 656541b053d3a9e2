// The journal of a node, apart from journalctl: arguments that cannot be turned into others, and entries of any bytes.
#include "agent/tools/journal_command.h"
#include "agent/tools/journal_entry.h"
#include "tests/support/test_main.h"

#include <QTest>

namespace fb::test {

using namespace agent;
using namespace std::string_literals;

class tst_Journal : public QObject
{
    Q_OBJECT
private slots:
    void arguments();
    void namesThatArePatterns();
    void badFilters_data();
    void badFilters();
    void records();
    void hugeValues();
    void brokenLines();
    void manyFields();
    void boots();

private:
    static std::vector<JournalRecord> read(std::string_view text, size_t piece)
    {
        JournalReader reader;
        std::vector<JournalRecord> all;
        for (size_t at = 0; at < text.size(); at += piece) {
            for (JournalRecord &record : reader.add(text.substr(at, piece)))
                all.push_back(std::move(record));
        }
        return all;
    }
    static bool has(const std::vector<std::string> &arguments, const std::string &one)
    {
        return std::find(arguments.begin(), arguments.end(), one) != arguments.end();
    }
};

void tst_Journal::arguments()
{
    wire::JournalQueryRequest request;
    request.set_most(200);
    wire::JournalFilter &filter = *request.mutable_filter();
    filter.add_units("ssh");
    filter.add_units("-x.service"); // a name may begin so: it stands behind its own option
    filter.add_identifiers("--file=/etc/passwd");
    filter.set_priority(3);
    filter.set_text("--rotate");
    filter.set_since_us(1'790'000'002'000'500);
    auto arguments = queryArguments(request);
    QVERIFY(arguments);
    for (const auto *one : {"--unit=ssh", "--unit=-x.service", "--identifier=--file=/etc/passwd",
                            "--priority=3", "--grep=--rotate", "--since=@1790000002.000500", "--reverse",
                            "--lines=201", "--output=json", "--all", "--no-pager"})
        QVERIFY2(has(*arguments, one), one);
    for (const std::string &argument : *arguments)
        QVERIFY2(argument.starts_with("--"), argument.c_str()); // no match, no file
    QVERIFY(!has(*arguments, "--rotate"));
    request.set_before("s=055b;i=b;b=01;m=a7;t=65;x=f3");
    arguments = queryArguments(request);
    QVERIFY(arguments && has(*arguments, "--after-cursor=s=055b;i=b;b=01;m=a7;t=65;x=f3"));
    for (const std::string &argument : *arguments)
        QVERIFY(!argument.starts_with("--since")); // journalctl takes only one of them
    wire::JournalFollowRequest follow;
    follow.set_most(1);
    follow.set_since_us(5);
    arguments = followArguments(follow);
    QVERIFY(arguments && has(*arguments, "--follow") && has(*arguments, "--since=@0.000005"));
}

void tst_Journal::namesThatArePatterns()
{
    for (const char *good :
         {"ssh", "ssh.service", "getty@tty1.service", "dev-disk\\x2d.mount", "a:b_c-d.scope"})
        QVERIFY2(isJournalUnit(good), good);
    for (const std::string &bad :
         {""s, "ssh*"s, "a?b"s, "[x]"s, "a b"s, "a/b"s, "a\0b"s, "a\n"s, "\xc3\xa4"s, std::string(256, 'a')})
        QVERIFY2(!isJournalUnit(bad), bad.c_str());
    QVERIFY(isJournalCursor("s=0a;i=1"));
    for (const std::string &bad : {""s, "s=1 --x"s, "s=1\n"s, std::string(257, 'a')})
        QVERIFY(!isJournalCursor(bad));
}

void tst_Journal::badFilters_data()
{
    QTest::addColumn<QByteArray>("field");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("says");
    QTest::addRow("unit") << QByteArray("unit") << QByteArray("ssh*")
                          << QByteArray("\"ssh*\" is no name of a unit");
    QTest::addRow("unit with an escape")
        << QByteArray("unit") << QByteArray("\x1b[2J") << QByteArray("\\x1b[2J");
    QTest::addRow("identifier") << QByteArray("identifier") << QByteArray(300, 'a')
                                << QByteArray("1 to 256 bytes");
    QTest::addRow("empty identifier")
        << QByteArray("identifier") << QByteArray() << QByteArray("1 to 256 bytes");
    QTest::addRow("boot") << QByteArray("boot") << QByteArray("-1") << QByteArray("32 hex digits");
    QTest::addRow("text") << QByteArray("text") << QByteArray(1025, 'a') << QByteArray("1025 bytes");
    QTest::addRow("text with a NUL") << QByteArray("text") << QByteArray("a\0b", 3)
                                     << QByteArray("without NUL");
    QTest::addRow("text of no UTF-8") << QByteArray("text") << QByteArray("\xff") << QByteArray("UTF-8");
    QTest::addRow("priority") << QByteArray("priority") << QByteArray("8")
                              << QByteArray("0 (emergency) to 7");
    QTest::addRow("since") << QByteArray("since") << QByteArray("-1") << QByteArray("since is -1 us");
    QTest::addRow("17 units") << QByteArray("units") << QByteArray("17") << QByteArray("at most 16");
}

void tst_Journal::badFilters()
{
    QFETCH(QByteArray, field);
    QFETCH(QByteArray, value);
    QFETCH(QByteArray, says);
    wire::JournalFilter filter;
    const std::string text = value.toStdString();
    if (field == "unit")
        filter.add_units(text);
    else if (field == "identifier")
        filter.add_identifiers(text);
    else if (field == "boot")
        filter.set_boot(text);
    else if (field == "text")
        filter.set_text(text);
    else if (field == "priority")
        filter.set_priority(value.toUInt());
    else if (field == "since")
        filter.set_since_us(value.toLongLong());
    else
        for (int i = 0; i < value.toInt(); ++i)
            filter.add_units("a");
    const auto checked = checkJournalFilter(filter);
    QVERIFY(!checked);
    QCOMPARE(checked.error().code, errors::kValidation);
    QVERIFY2(QByteArray::fromStdString(checked.error().message).contains(says),
             checked.error().message.c_str());
}

void tst_Journal::records()
{
    const std::string text
        = "{\"__CURSOR\":\"s=1\",\"__REALTIME_TIMESTAMP\":\"1790000000000001\",\"MESSAGE\":"
          "[104,105,255],\"PRIORITY\":\"3\",\"TWICE\":[\"a\",[98,0],\"c\"],\"NONE\":null,"
          "\"_PID\":\"1\",\"UNIT\":\"ssh.service\",\"_SYSTEMD_UNIT\":\"init.scope\","
          "\"EMPTY\":\"\",\"ODD\":{\"a\":[1]},\"ESC\":\"\\u001b\\n\"}\n"
          "{\"__CURSOR\":\"s=2\",\"__REALTIME_TIMESTAMP\":\"x\"}\n\n"
          "{\"__CURSOR\":\"s=3\",\"__REALTIME_TIMESTAMP\":\"7\",\"PRIORITY\":\"-1\"}\n";
    for (const size_t piece : {size_t(1), size_t(7), text.size()}) {
        const auto all = read(text, piece);
        QCOMPARE(all.size(), size_t(3));
        QCOMPARE(all[0].text("MESSAGE"), std::string_view("hi\xff"));
        std::vector<std::string> twice;
        for (const JournalValue &value : all[0].values) {
            if (value.name == "TWICE")
                twice.push_back(value.value);
        }
        QCOMPARE(twice, (std::vector<std::string> {"a", "b\0"s, "c"}));
        QVERIFY(!all[0].find("NONE") && !all[0].find("missing"));
        QVERIFY(all[0].find("EMPTY"));
        QCOMPARE(all[0].text("ESC"), std::string_view("\x1b\n"));
        wire::JournalEntry entry;
        QVERIFY(fillEntry(all[0], 2, true, entry));
        QCOMPARE(entry.message(), std::string("hi"));
        QCOMPARE(entry.message_size(), uint64_t(3));
        QCOMPARE(entry.unit(), std::string("ssh.service")); // the manager's words are about that one
        QCOMPARE(entry.priority(), 3u);
        QCOMPARE(entry.at_us(), int64_t(1790000000000001));
        wire::JournalEntry bad;
        QVERIFY(!fillEntry(all[1], 2, false, bad));
        wire::JournalEntry odd;
        QVERIFY(fillEntry(all[2], 2, false, odd) && !odd.has_priority() && !odd.has_message());
    }
}

// A line of a gigabyte, shortened for the test's time: little is kept, and its length is known.
void tst_Journal::hugeValues()
{
    JournalReader reader;
    QVERIFY(reader.add("{\"__CURSOR\":\"s=1\",\"__REALTIME_TIMESTAMP\":\"7\",\"MESSAGE\":\"").empty());
    const std::string piece(1024 * 1024, 'x');
    for (int i = 0; i < 100; ++i)
        QVERIFY(reader.add(piece).empty());
    const auto all = reader.add("\"}\n");
    QCOMPARE(all.size(), size_t(1));
    const JournalValue *message = all[0].find("MESSAGE");
    QVERIFY(message);
    QCOMPARE(message->value.size(), JournalReader::kMaxValue);
    QCOMPARE(message->size, uint64_t(100 * 1024 * 1024));
}

void tst_Journal::brokenLines()
{
    JournalReader reader;
    const auto all
        = reader.add("no json\n{\"A\":\n{\"A\":\"1\"}\n{\"A\":[[[[[1]]]]]}\n[1,2]\n\"x\"\n{\"A\":\"2\"} x\n"
                     "{\"A\":\"\xff\"}\n{\"B\":\"3\"}\n");
    QVERIFY(reader.broken() >= 4);
    QVERIFY(!all.empty());
    QCOMPARE(all.back().text("B"), std::string_view("3")); // what is broken in one line ends with it
    QCOMPARE(all.front().text("A"), std::string_view("1"));
}

void tst_Journal::manyFields()
{
    std::string text = "{";
    for (int i = 0; i < 3000; ++i)
        text += "\"F" + std::to_string(i) + "\":\"" + std::string(100, 'v') + "\",";
    text += "\"LAST\":\"1\"}\n";
    const auto all = read(text, 4096);
    QCOMPARE(all.size(), size_t(1));
    QCOMPARE(all[0].values.size(), JournalReader::kMaxValues);
    QCOMPARE(all[0].leftOut, uint32_t(2001));
    std::string wide = "{";
    for (int i = 0; i < 30; ++i)
        wide += "\"F" + std::to_string(i) + "\":\"" + std::string(60'000, 'v') + "\",";
    const auto few = read(wide + "\"LAST\":\"1\"}\n", 4096);
    QCOMPARE(few.size(), size_t(1));
    size_t bytes = 0;
    for (const JournalValue &value : few[0].values)
        bytes += value.name.size() + value.value.size();
    QVERIFY(bytes <= JournalReader::kMaxBytes && few[0].leftOut > 0);
}

void tst_Journal::boots()
{
    const auto boots = readBoots(
        "IDX BOOT ID                          FIRST ENTRY                 LAST ENTRY\n"
        " -1 1123456789abcdef0123456789abcdef Mon 2026-09-21 14:13:20 UTC—Mon 2026-09-21 14:13:32 UTC\n"
        "  0 0123456789abcdef0123456789abcdef Mon 2026-09-21 15:00:00 UTC Mon 2026-09-21 16:00:00 UTC\n"
        "  1 short Mon 2026-09-21 15:00:00 UTC Mon 2026-09-21 16:00:00 UTC\n"
        "2026-09-21 15:00:0\n\xff\xfe",
        10);
    QCOMPARE(boots.size(), size_t(2));
    QCOMPARE(boots[0].id(), std::string("0123456789abcdef0123456789abcdef")); // the newest first
    QCOMPARE(boots[1].first_us(), int64_t(1790000000) * 1'000'000);
    QCOMPARE(boots[1].last_us() - boots[1].first_us(), int64_t(12'000'000));
    QCOMPARE(readBoots("-1 1123456789abcdef0123456789abcdef 2026-09-21 14:13:20 2026-09-21 14:13:32\n"
                       "0 0123456789abcdef0123456789abcdef 2026-09-21 14:13:20 2026-09-21 14:13:32\n",
                       1)
                 .size(),
             size_t(1));
}

FB_TEST(tst_Journal)

}

#include "tst_journal.moc"
