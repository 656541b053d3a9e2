// Whatever a program writes: bounded memory, bounded answers, bounded time, no crash. FB_SOAK: full sizes. [U02] [U03] [U09]

#include "backend/terminal/terminal.h"
#include "tests/support/test_main.h"
#include "tests/unit/terminal/screen_probe.h"
#include "tests/unit/terminal/stream_mixer.h"

#include <QElapsedTimer>
#include <QTest>

#include <malloc.h>

using namespace fb;
using namespace fb::test;

namespace {

constexpr size_t kMiB = 1024 * 1024;

bool isSoak() { return qEnvironmentVariableIsSet("FB_SOAK"); }

// What malloc has given out. Sanitizers have an allocator of their own: there it is 0, and only the rest of a test counts.
size_t allocated()
{
    const struct mallinfo2 info = mallinfo2();
    return info.uordblks + info.hblkhd;
}

// How much more is in use after `count` pieces than after the first tenth of them.
template <typename Make>
size_t growthOf(Terminal &terminal, int count, const Make &piece)
{
    size_t before = 0;
    for (int i = 0; i < count; ++i) {
        if (i == count / 10)
            before = allocated();
        terminal.write(piece(i));
    }
    const size_t after = allocated();
    return after > before ? after - before : 0;
}

const TerminalOptions kSmallHistory {.historyRows = 1000, .spillFolder = {}, .usesShortcuts = true};

}

class tst_TerminalLimits : public QObject
{
    Q_OBJECT
private slots:
    void longStrings_data();
    void longStrings();
    void stringsWithoutEnd_data();
    void stringsWithoutEnd();
    void titlesAreCut();
    void clipboardIsBounded();
    void floodsOfQuestions();
    void noAnswerCanBeInput();
    void hugeCounts();
    void noNewline();
    void everyCellAnotherPen();
    void everyCellOtherMarks();
    void everyCellAnotherLink();
    void floodOfLines();
    void resizeStorm();
    void sizesOutOfRange();
    void alternateScreenStorm();
};

void tst_TerminalLimits::longStrings_data()
{
    QTest::addColumn<QByteArray>("begin");
    QTest::addColumn<QByteArray>("end");
    QTest::newRow("OSC title") << QByteArray("\033]2;") << QByteArray("\a");
    QTest::newRow("OSC link") << QByteArray("\033]8;;https://example.com/") << QByteArray("\033\\");
    QTest::newRow("OSC link's id") << QByteArray("\033]8;id=") << QByteArray(";https://example.com\a");
    QTest::newRow("OSC clipboard") << QByteArray("\033]52;c;") << QByteArray("\a");
    QTest::newRow("OSC unknown") << QByteArray("\033]1337;File=:") << QByteArray("\a");
    QTest::newRow("OSC number") << QByteArray("\033]") << QByteArray(";\a");
    QTest::newRow("DCS sixel") << QByteArray("\033Pq") << QByteArray("\033\\");
    QTest::newRow("DCS DECRQSS") << QByteArray("\033P$q") << QByteArray("\033\\");
    QTest::newRow("APC") << QByteArray("\033_G") << QByteArray("\033\\");
    QTest::newRow("PM") << QByteArray("\033^") << QByteArray("\033\\");
    QTest::newRow("SOS") << QByteArray("\033X") << QByteArray("\033\\");
    QTest::newRow("CSI") << QByteArray("\033[") << QByteArray("m");
    QTest::newRow("CSI of semicolons") << QByteArray("\033[;;;;") << QByteArray("H");
}

// 1 MB each, whole and in pieces: nothing of it on the screen, nothing kept, and what follows is shown. [U02]
void tst_TerminalLimits::longStrings()
{
    QFETCH(QByteArray, begin);
    QFETCH(QByteArray, end);
    const bool isSequence = begin.startsWith("\033[");
    const std::string body(kMiB, isSequence ? '7' : 'A');
    Terminal terminal({80, 24}, kSmallHistory);
    terminal.write("before ");
    const std::string whole = begin.toStdString() + body + end.toStdString();
    const size_t start = allocated();
    for (int i = 0; i < 3; ++i) {
        terminal.write(whole);
        for (size_t at = 0; at < whole.size(); at += 1000)
            terminal.write(std::string_view(whole).substr(at, 1000));
    }
    const size_t now = allocated();
    QVERIFY2(now < start + 256 * 1024, qPrintable(QString::number(now - start)));
    if (!isSequence) // 7777...H is a move like any other
        QCOMPARE(screenRows(terminal), QList<QByteArray> {"before"});
    terminal.write("\r\nafter");
    QVERIFY(screenRows(terminal).last().endsWith("after"));
    QCOMPARE(terminal.takeReplies(), std::string());
    const TerminalNews news = terminal.takeNews();
    QVERIFY(!news.title || news.title->size() <= 256);
}

void tst_TerminalLimits::stringsWithoutEnd_data()
{
    QTest::addColumn<QByteArray>("begin");
    QTest::newRow("OSC") << QByteArray("\033]2;");
    QTest::newRow("DCS sixel bomb") << QByteArray("\033Pq!999999999~");
    QTest::newRow("APC") << QByteArray("\033_");
    QTest::newRow("PM") << QByteArray("\033^");
    QTest::newRow("SOS") << QByteArray("\033X");
    QTest::newRow("CSI") << QByteArray("\033[1");
    QTest::newRow("ESC") << QByteArray("\033 ");
}

// A string that never ends holds back nothing but itself: memory stays, and CAN ends it. [U02] [U09]
void tst_TerminalLimits::stringsWithoutEnd()
{
    QFETCH(QByteArray, begin);
    Terminal terminal({80, 24}, kSmallHistory);
    terminal.write(begin.toStdString());
    const std::string body(64 * 1024, begin.endsWith(' ') ? ' ' : '1');
    const size_t growth
        = growthOf(terminal, isSoak() ? 16'000 : 500, [&](int) { return std::string_view(body); });
    QVERIFY2(growth < 256 * 1024, qPrintable(QString::number(growth)));
    terminal.write("\x18next");
    QCOMPARE(screenRows(terminal), QList<QByteArray> {"next"});
}

// [U02]
void tst_TerminalLimits::titlesAreCut()
{
    Terminal terminal({80, 24});
    terminal.write("\033]2;" + std::string(60'000, 't') + "\a");
    QCOMPARE(terminal.takeNews().title, std::string(256, 't'));
    std::string wide;
    for (int i = 0; i < 1000; ++i)
        wide += "\u8A9E";
    terminal.write("\033]2;" + wide + "\a");
    QCOMPARE(terminal.takeNews().title, wide.substr(0, 256 * 3));
    terminal.write("\033]2;\xff\xfe"
                   "a\u202Eb\xe2\x80\a");
    const std::string title = terminal.takeNews().title.value_or("none");
    QVERIFY(QByteArray::fromStdString(title).startsWith("\u00EF\u00BF\u00BD") || title.find("\uFFFD") == 0);
    QVERIFY(title.find("\u202E") == std::string::npos); // nothing that turns the window's title round
    QVERIFY(QString::fromUtf8(title.c_str()).toUtf8() == QByteArray::fromStdString(title));
}

void tst_TerminalLimits::clipboardIsBounded()
{
    Terminal terminal({80, 24});
    const QByteArray text(40'000, 'c');
    terminal.write("\033]52;c;" + text.toBase64().toStdString() + "\a");
    QCOMPARE(terminal.takeNews().clipboard, text.toStdString());
    // Longer than an OSC may be: nothing, rather than a part of it.
    const QByteArray longer(80'000, 'c');
    terminal.write("\033]52;c;" + longer.toBase64().toStdString() + "\a");
    QVERIFY(!terminal.takeNews().clipboard);
}

// DA, DSR, DECRQM, size: answered, but never more than fits. [U02]
void tst_TerminalLimits::floodsOfQuestions()
{
    Terminal terminal({80, 24}, kSmallHistory);
    std::string flood;
    for (int i = 0; i < 1000; ++i)
        flood += "\033[c\033[>c\033[5n\033[6n\033[?6n\033[?25$p\033[18t\033Z\033[0c";
    const size_t growth
        = growthOf(terminal, isSoak() ? 10'000 : 100, [&](int) { return std::string_view(flood); });
    QVERIFY2(growth < 64 * 1024, qPrintable(QString::number(growth)));
    const std::string replies = terminal.takeReplies();
    QVERIFY(!replies.empty());
    QVERIFY(replies.size() <= Terminal::kMostReplies);
    QVERIFY(replies.ends_with("c") || replies.ends_with("n") || replies.ends_with("R")
            || replies.ends_with("y") || replies.ends_with("t")); // none was cut in the middle
    QCOMPARE(terminal.takeReplies(), std::string());
    terminal.write("\033[5n");
    QCOMPARE(terminal.takeReplies(), std::string("\033[0n")); // and it answers again
}

// Of all control functions there are, with all the text a program can set: an answer is made of ESC, digits and a few letters, and never holds
// a line end, a blank or what the program chose. [U02]
void tst_TerminalLimits::noAnswerCanBeInput()
{
    Terminal terminal({80, 24}, kSmallHistory);
    terminal.setCellPixels(9, 18);
    const std::string evil = ";rm -rf /\n";
    terminal.write("\033]0;" + evil + "\a\033]2;" + evil + "\033\\\033]1;" + evil
                   + "\a\033]52;c;cm0gLXJmIC8K\a\033[22t");
    StreamMixer mixer(11);
    std::string all;
    for (int final = 0x40; final < 0x7F; ++final) {
        for (const char *leader : {"", "?", ">", "=", "<"}) {
            for (const char *between : {"", "$", " ", "\"", "!", "'", "*", "+", "#"}) {
                for (const char *number :
                     {"",   "0",  "1",  "5",  "6",  "11", "13", "14", "15", "16", "18",
                      "19", "20", "21", "25", "26", "55", "62", "63", "75", "85", "996"}) {
                    terminal.write(std::string("\033[") + leader + number + between
                                   + static_cast<char>(final));
                    all += terminal.takeReplies();
                }
            }
        }
    }
    for (const char *string :
         {"\033P$qm", "\033P$qr", "\033P$q q", "\033P+q544e", "\033P+Q", "\033]4;1;?", "\033]10;?",
          "\033]11;?", "\033]12;?", "\033]52;c;?", "\033]50;?", "\033]l", "\033]L;?", "\033]60"}) {
        terminal.write(std::string(string) + "\033\\");
        QCOMPARE(terminal.takeReplies(), std::string());
    }
    for (int i = 0; i < 2000; ++i) {
        terminal.write(mixer.controls(20));
        all += terminal.takeReplies();
    }
    QVERIFY(!all.empty());
    for (const char c : all)
        QVERIFY2(c == '\033' || (c >= '0' && c <= '9') || QByteArray("[;?>$cnRyt").contains(c),
                 QByteArray(1, c).toPercentEncoding().constData());
}

// Counts that would take for ever are no more than the screen is large. [U02] [U03]
void tst_TerminalLimits::hugeCounts()
{
    Terminal terminal({200, 60}, kSmallHistory);
    terminal.write("x");
    QElapsedTimer timer;
    timer.start();
    const std::string finals = "@ABCDEFGILMPSTXZ`abdef";
    for (int round = 0; round < 50; ++round) {
        for (const char final : finals) {
            terminal.write(std::string("y\033[2147483647") + final);
            terminal.write(std::string("z\033[99999999999999999999") + final);
        }
    }
    terminal.write(
        "\033[2147483647;2147483647H\033[1;2147483647r\033[2147483647;1r\033[18446744073709551617A");
    QVERIFY2(timer.elapsed() < 20'000,
             qPrintable(QString::number(timer.elapsed()))); // 2,200 of them; as long as they ask for: hours
    terminal.write("\033[r\033[2J\033[Hafter");
    QCOMPARE(screenRows(terminal), QList<QByteArray> {"after"});
}

// [U09] The size of the history bounds it, whatever a line's length.
void tst_TerminalLimits::noNewline()
{
    Terminal terminal({80, 24}, kSmallHistory);
    std::string chunk;
    while (chunk.size() < 64 * 1024)
        chunk += "no newline here, " + std::to_string(chunk.size()) + ' ';
    const size_t growth
        = growthOf(terminal, isSoak() ? 16'384 : 200, [&](int) { return std::string_view(chunk); });
    QVERIFY2(growth < 4 * kMiB, qPrintable(QString::number(growth)));
    // It drops whole lines, and a very long one in pieces: a few rows more may stand.
    QVERIFY2(terminal.historyRows() <= 1100, qPrintable(QString::number(terminal.historyRows())));
    QVERIFY(terminal.historyRows() > 500);
    terminal.write("\r\nend");
    QCOMPARE(screenRows(terminal).last(), QByteArray("end"));
    terminal.resize({40, 24}); // one line of a thousand rows, broken anew
    QCOMPARE(screenRows(terminal).last(), QByteArray("end"));
}

void tst_TerminalLimits::everyCellAnotherPen()
{
    Terminal terminal({80, 24}, kSmallHistory);
    std::string text;
    const size_t growth = growthOf(terminal, isSoak() ? 200'000 : 4000, [&](int i) {
        text.clear();
        for (int n = 0; n < 80; ++n) {
            const int color = i * 80 + n;
            text += "\033[38;2;" + std::to_string(color >> 16 & 255) + ';' + std::to_string(color >> 8 & 255)
                + ';' + std::to_string(color & 255) + "mx";
        }
        return std::string_view(text);
    });
    QVERIFY2(growth < 24 * kMiB, qPrintable(QString::number(growth)));
    const Pen pen = penAt(terminal, 23, 79);
    QVERIFY(pen.foreground.isRgb()); // the newest is what it should be, after all those
    QCOMPARE(int(pen.foreground.rgbValue()), ((isSoak() ? 200'000 : 4000) * 80 - 1) & 0xFFFFFF);
}

void tst_TerminalLimits::everyCellOtherMarks()
{
    Terminal terminal({80, 24}, kSmallHistory);
    std::string text;
    const size_t growth = growthOf(terminal, isSoak() ? 100'000 : 3000, [&](int i) {
        text.clear();
        for (int n = 0; n < 80; ++n) {
            text += 'a';
            for (int mark = 0, rest = i * 80 + n; mark < 4; ++mark, rest /= 100)
                appendUtf8(text, char32_t(0x300 + rest % 100));
        }
        return std::string_view(text);
    });
    QVERIFY2(growth < 16 * kMiB, qPrintable(QString::number(growth)));
    QVERIFY(terminal.screenText().find("a\u0300") != std::string::npos
            || terminal.screenText().find('a') == 0);
}

void tst_TerminalLimits::everyCellAnotherLink()
{
    Terminal terminal({80, 24}, kSmallHistory);
    std::string text;
    const std::string path(1000, 'p');
    const size_t growth = growthOf(terminal, isSoak() ? 500'000 : 20'000, [&](int i) {
        text = "\033]8;id=" + std::to_string(i) + ";https://example.com/" + path + std::to_string(i) + "\ax";
        return std::string_view(text);
    });
    QVERIFY2(growth < 16 * kMiB, qPrintable(QString::number(growth)));
    terminal.write("\033]8;;https://example.com/last\a\rL");
    QCOMPARE(terminal.linkAddress(penAt(terminal, 23, 0).link), std::string("https://example.com/last"));
}

// [U09]
void tst_TerminalLimits::floodOfLines()
{
    Terminal terminal({80, 24}, kSmallHistory);
    std::string chunk;
    for (int i = 0; chunk.size() < 64 * 1024; ++i)
        chunk += "\033[3" + std::to_string(i % 8) + "mline " + std::to_string(i) + " \u65E5\u672C\r\n";
    const size_t growth
        = growthOf(terminal, isSoak() ? 4096 : 60, [&](int) { return std::string_view(chunk); });
    QVERIFY2(growth < 2 * kMiB, qPrintable(QString::number(growth)));
    QCOMPARE(terminal.historyRows(), int64_t(1000));
}

// [U03]
void tst_TerminalLimits::resizeStorm()
{
    Terminal terminal({80, 24}, kSmallHistory);
    for (int i = 0; i < 500; ++i)
        terminal.write("line " + std::to_string(i) + " of some words, \u65E5\u672C\u8A9E and e\u0301\r\n");
    terminal.write("prompt$ ");
    const std::string before = terminal.text(-terminal.historyRows(), terminal.historyRows() + 24, true);
    StreamMixer mixer(5);
    size_t start = 0;
    const int rounds = isSoak() ? 20'000 : 300;
    for (int i = 0; i < rounds; ++i) {
        terminal.resize({int(20 + mixer.below(200)), int(2 + mixer.below(60))});
        const TerminalCursor cursor = terminal.cursor();
        QVERIFY(cursor.row >= 0 && cursor.row < terminal.size().rows);
        QVERIFY(cursor.column >= 0 && cursor.column < terminal.size().columns);
        if (i == rounds / 10)
            start = allocated();
    }
    terminal.resize({80, 24});
    const size_t now = allocated();
    QVERIFY2(now < start + 2 * kMiB, qPrintable(QString::number(now - start)));
    const std::string after = terminal.text(-terminal.historyRows(), terminal.historyRows() + 24, true);
    // Nothing lost, nothing doubled: the history was not full.
    const auto lines = [](const std::string &text) {
        QList<QByteArray> list = QByteArray::fromStdString(text).split('\n');
        list.removeAll({});
        return list;
    };
    QCOMPARE(lines(after), lines(before));
    QVERIFY(terminal.cursor().column == 8);
}

void tst_TerminalLimits::sizesOutOfRange()
{
    for (const TerminalSize size : {TerminalSize {0, 0}, TerminalSize {-5, -7}, TerminalSize {1, 1},
                                    TerminalSize {1'000'000, 1'000'000}, TerminalSize {2, 1}}) {
        Terminal terminal(size, kSmallHistory);
        terminal.write("abc\u65E5\u672C\r\n\033[5;5Hx\033[2J\033[L\033[M\033[@\033[P\033#8\033[?1049h\u65E5");
        terminal.resize({80, 24});
        terminal.resize(size);
        terminal.write("\033[?1049l\u65E5\tabc");
        QVERIFY(terminal.size().columns >= TerminalSize::kLeastColumns
                && terminal.size().columns <= TerminalSize::kMost);
        QVERIFY(terminal.size().rows >= 1 && terminal.size().rows <= TerminalSize::kMost);
        QVERIFY(terminal.cursor().column < terminal.size().columns);
    }
}

void tst_TerminalLimits::alternateScreenStorm()
{
    Terminal terminal({80, 24}, kSmallHistory);
    terminal.write("kept");
    const size_t growth = growthOf(terminal, isSoak() ? 1'000'000 : 5000, [](int i) {
        return std::string_view(i % 2 == 0 ? "\033[?1049h\033[2Jx\033[99Sy"
                                           : "\033[?1049l\033[?47h\033[?47l");
    });
    QVERIFY2(growth < 64 * 1024, qPrintable(QString::number(growth)));
    QCOMPARE(screenRows(terminal), QList<QByteArray> {"kept"});
    QCOMPARE(terminal.historyRows(), int64_t(0));
}

FB_TEST(tst_TerminalLimits)
#include "tst_terminal_limits.moc"
