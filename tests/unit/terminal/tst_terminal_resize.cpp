#include "backend/terminal/terminal.h"
#include "tests/support/test_main.h"

#include <QTest>

using namespace fb;

class tst_TerminalResize : public QObject
{
    Q_OBJECT
private slots:
    void linesAreBrokenAnew()
    {
        Terminal terminal({10, 4});
        terminal.write("abcdefghijklmnop\r\nq");
        QCOMPARE(terminal.screenText(), std::string("abcdefghij\nklmnop\nq\n\n"));
        terminal.resize({6, 4});
        QCOMPARE(terminal.screenText(), std::string("abcdef\nghijkl\nmnop\nq\n"));
        QCOMPARE(terminal.cursor(), (TerminalCursor {.row = 3, .column = 1}));
        terminal.resize({40, 4});
        QCOMPARE(terminal.text(-terminal.historyRows(), terminal.historyRows() + 2, false),
                 "abcdefghijklmnop\nq\n");
        QCOMPARE(terminal.cursor().column, 1);
    }

    // What a narrow window pushed away comes back with a wide one.
    void thereAndBackIsTheSame()
    {
        Terminal terminal({40, 6});
        terminal.write("\033[1mone\033[0m two three four five six seven eight nine ten\r\n"
                       "\u65E5\u672C\u8A9E\u306E\u9577\u3044\u884C\u3067\u3059\u3002\u3053\u308C\u306F\u6298"
                       "\u308A\u8FD4\u3059\u3002\r\nlast");
        const std::string before = terminal.screenAnsi();
        const TerminalCursor cursor = terminal.cursor();
        for (const TerminalSize size :
             {TerminalSize {7, 3}, TerminalSize {3, 2}, TerminalSize {100, 9}, TerminalSize {40, 6}})
            terminal.resize(size);
        QCOMPARE(terminal.screenAnsi(), before);
        QCOMPARE(terminal.cursor(), cursor);
    }

    void theHistoryIsBrokenAnewToo()
    {
        Terminal terminal({10, 2});
        for (int i = 0; i < 100; ++i)
            terminal.write("0123456789abcde\r\n");
        QCOMPARE(terminal.historyRows(), int64_t(199));
        terminal.resize({5, 2});
        QCOMPARE(terminal.historyRows(), int64_t(299));
        QCOMPARE(terminal.text(-2, 3, false), std::string("01234\n56789\nabcde\n"));
        QCOMPARE(terminal.text(-2, 3, true), std::string("0123456789abcde\n"));
        terminal.resize({20, 2});
        QCOMPARE(terminal.historyRows(), int64_t(99));
    }

    void aClearedScreenIsNotFilledFromTheHistory()
    {
        Terminal terminal({20, 5});
        for (int i = 0; i < 20; ++i)
            terminal.write("old\r\n");
        terminal.write("\033[H\033[2J$ ");
        terminal.resize({19, 5});
        QCOMPARE(terminal.screenText(), std::string("$\n\n\n\n\n"));
        QCOMPARE(terminal.cursor(), (TerminalCursor {.row = 0, .column = 2}));
    }

    void aTallerWindowShowsMoreOfTheHistory()
    {
        Terminal terminal({20, 3});
        terminal.write("1\r\n2\r\n3\r\n4\r\n5");
        terminal.resize({20, 5});
        QCOMPARE(terminal.screenText(), std::string("1\n2\n3\n4\n5\n"));
        QCOMPARE(terminal.historyRows(), int64_t(0));
        QCOMPARE(terminal.cursor().row, 4);
    }

    void theMainScreenIsReflowedBehindTheAlternateOne()
    {
        Terminal terminal({10, 3});
        terminal.write("abcdefghijkl\r\n$ \033[?1049h\033[Hfull");
        terminal.resize({20, 3});
        QCOMPARE(terminal.screenText(), std::string("full\n\n\n"));
        terminal.write("\033[?1049l");
        QCOMPARE(terminal.screenText(), std::string("abcdefghijkl\n$\n\n"));
        QCOMPARE(terminal.cursor(), (TerminalCursor {.row = 1, .column = 2}));
    }

    void aWideCharacterIsNeverCut()
    {
        Terminal terminal({5, 3});
        terminal.write("\u65E5\u672C\u8A9E|");
        QCOMPARE(terminal.screenText(), std::string("\u65E5\u672C\n\u8A9E|\n\n"));
        terminal.resize({3, 4});
        QCOMPARE(terminal.screenText(), std::string("\u65E5\n\u672C\n\u8A9E|\n\n"));
        terminal.resize({7, 3});
        QCOMPARE(terminal.screenText(), std::string("\u65E5\u672C\u8A9E|\n\n\n"));
    }
};

FB_TEST(tst_TerminalResize)
#include "tst_terminal_resize.moc"
