#include "backend/terminal/terminal.h"
#include "tests/support/test_main.h"

#include <QTest>

#include <fmt/format.h>

#include <filesystem>
#include <fstream>

using namespace fb;

namespace {
std::string rowText(const Terminal &terminal, int64_t row) { return terminal.text(row, 1, false); }

void writeLines(Terminal &terminal, int first, int count)
{
    std::string text;
    for (int i = first; i < first + count; ++i)
        text += fmt::format(
            "line {} of what the operators of Flagbridge have typed and read in a long night\r\n", i);
    terminal.write(text);
}
}

class tst_TerminalHistory : public QObject
{
    Q_OBJECT
private slots:
    void linesLeaveAtTheTop()
    {
        Terminal terminal({20, 3});
        terminal.write("one\r\ntwo\r\n\033[31mthree\033[0m\r\nfour\r\nfive");
        QCOMPARE(terminal.historyRows(), int64_t(2));
        QCOMPARE(rowText(terminal, -2), std::string("one\n"));
        QCOMPARE(rowText(terminal, -1), std::string("two\n"));
        QCOMPARE(terminal.screenText(), std::string("three\nfour\nfive\n"));
        terminal.write("\r\n");
        LineCells line;
        terminal.readRow(-1, line);
        QCOMPARE(line.pens.at(line.cells.at(0).pen).foreground, TerminalColor::indexed(1));
    }

    void theLimitIsKept_data()
    {
        QTest::addColumn<int>("limit");
        QTest::addRow("none") << 0;
        QTest::addRow("seven") << 7;
        QTest::addRow("a thousand") << 1000;
    }
    void theLimitIsKept()
    {
        QFETCH(int, limit);
        Terminal terminal({100, 2}, {.historyRows = limit});
        writeLines(terminal, 0, 3000);
        QCOMPARE(terminal.historyRows(), int64_t(limit));
        if (limit > 0)
            QVERIFY(rowText(terminal, -1).starts_with("line 2998 "));
        if (limit > 0)
            QVERIFY(rowText(terminal, -limit).starts_with(fmt::format("line {} ", 2999 - limit)));
    }

    // What memory does not hold lies in a file, and can be read from nobody's disk.
    void whatSpillsIsReadAgainAndSealed()
    {
        Terminal terminal({100, 2}, {.historyRows = History::kMostRows});
        constexpr int kLines = 160'000;
        writeLines(terminal, 0, kLines);
        QCOMPARE(terminal.historyRows(), int64_t(kLines - 1));
        QVERIFY2(terminal.history().memoryBytes() < 8 << 20,
                 qPrintable(QString::number(terminal.history().memoryBytes())));
        for (const int line : {0, 1, 255, 256, 70'000, 109'999, 110'001, kLines - 2})
            QVERIFY(rowText(terminal, line - (kLines - 1)).starts_with(fmt::format("line {} ", line)));

        int64_t sealedBytes = 0;
        for (const auto &entry : std::filesystem::directory_iterator("/proc/self/fd")) {
            std::error_code problem;
            const auto target = std::filesystem::read_symlink(entry, problem).string();
            if (problem || target.find("(deleted)") == std::string::npos)
                continue;
            std::ifstream file(entry.path(), std::ios::binary);
            const std::string bytes {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
            QVERIFY(bytes.find("Flagbridge") == std::string::npos);
            sealedBytes += int64_t(bytes.size());
        }
        QVERIFY(sealedBytes > 5'000'000);
    }

    void aDiskThatTakesNothingCostsTheOldest()
    {
        Terminal terminal({100, 2}, {.historyRows = History::kMostRows, .spillFolder = "/nonexistent"});
        writeLines(terminal, 0, 60'000);
        QVERIFY(terminal.historyRows() <= History::kRowsInMemory + 512);
        QVERIFY(terminal.historyRows() > History::kRowsInMemory - 512);
        QVERIFY(rowText(terminal, -1).starts_with("line 59998 "));
    }

    void oneEndlessLineIsBounded()
    {
        Terminal terminal({80, 24}, {.historyRows = 1000});
        for (int i = 0; i < 40; ++i)
            terminal.write(std::string(100'000, 'x'));
        QVERIFY(terminal.historyRows() <= 1000 + 410); // the longest line that is kept whole
        QCOMPARE(rowText(terminal, -1), std::string(80, 'x') + "\n");
        terminal.resize({40, 24});
        QCOMPARE(rowText(terminal, -1), std::string(40, 'x') + "\n");
    }

    void theAlternateScreenLeavesNothing() // [session-manager 8.21]
    {
        Terminal terminal({20, 3});
        terminal.write("a\r\nb\r\nc\r\nd");
        const std::string before = terminal.screenText();
        const int64_t rows = terminal.historyRows();
        terminal.write("\033[?1049h\033[H");
        for (int i = 0; i < 50; ++i)
            terminal.write("page\r\n");
        QCOMPARE(terminal.historyRows(), int64_t(0)); // there is none to scroll to
        terminal.write("\033[?1049l");
        QCOMPARE(terminal.screenText(), before);
        QCOMPARE(terminal.historyRows(), int64_t(rows));
        QCOMPARE(terminal.cursor().column, 1);
    }

    void marksAndWideCharactersComeBackWhole()
    {
        Terminal terminal({12, 1});
        terminal.write("\u65E5\u672C\u8A9E e\u0301 \U0001F469\u200D|\r\n");
        QCOMPARE(rowText(terminal, -1), std::string("\u65E5\u672C\u8A9E e\u0301 \U0001F469\u200D|\n"));
        LineCells line;
        terminal.readRow(-1, line);
        QCOMPARE(line.cells.size(), size_t(12));
        QVERIFY(line.cells.at(1).isWideTail());
        QVERIFY(line.cells.at(7).isCluster());
        QCOMPARE(line.cells.at(11).text, uint32_t('|'));
    }
};

FB_TEST(tst_TerminalHistory)
#include "tst_terminal_history.moc"
