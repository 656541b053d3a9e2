// What real programs wrote, and the screen that tmux (and xterm) show for the same bytes. data/README.md. [session-manager 8.21]

#include "tests/support/test_main.h"
#include "tests/unit/terminal/screen_probe.h"
#include "tests/unit/terminal/stream_file.h"

#include <QTest>

using namespace fb;
using namespace fb::test;

namespace {

// Of a blank cell only this can be seen.
QByteArray seenOfBlank(const QByteArray &words)
{
    for (const QByteArray &word : words.split(' ')) {
        if (word.startsWith("ul=") || word == "strike" || word == "reverse")
            return words;
    }
    for (const QByteArray &word : words.split(' ')) {
        if (word.startsWith("bg="))
            return word;
    }
    return {};
}

}

class tst_TerminalStreams : public QObject
{
    Q_OBJECT
private slots:
    void screens_data() { streamRows(); }
    void screens();
    void pens_data() { streamRows(); }
    void pens();
    void inPieces_data() { streamRows(); }
    void inPieces();
    void resized_data();
    void resized();
    void earlierScreenIsBackAfterLess();

private:
    static void streamRows()
    {
        QTest::addColumn<QString>("name");
        const QStringList names = streamNames();
        QVERIFY(names.size() > 30); // all were found
        for (const QString &name : names)
            QTest::newRow(qPrintable(name)) << name;
    }
};

void tst_TerminalStreams::screens()
{
    QFETCH(QString, name);
    const StreamFile stream = readStream(name);
    Terminal terminal(stream.size);
    terminal.write(stream.bytes.toStdString());
    const QList<QByteArray> got = screenRows(terminal);
    for (int row = 0; row < stream.size.rows; ++row)
        QVERIFY2(got.value(row) == stream.screen.value(row),
                 ("row " + QByteArray::number(row + 1) + "\nshould be |" + stream.screen.value(row)
                  + "\nis        |" + got.value(row))
                     .constData());
    const TerminalCursor cursor = terminal.cursor();
    QCOMPARE(QByteArray::number(cursor.row + 1) + ',' + QByteArray::number(cursor.column + 1), stream.cursor);
    QCOMPARE(terminal.modes().alternateScreen, stream.isAlternate);
    if (stream.historyRows == 0)
        QCOMPARE(terminal.historyRows(), int64_t(0));
}

void tst_TerminalStreams::pens()
{
    QFETCH(QString, name);
    const StreamFile stream = readStream(name);
    Terminal terminal(stream.size);
    terminal.write(stream.bytes.toStdString());
    for (int row = 0; row < stream.size.rows; ++row) {
        for (int column = 0; column < stream.size.columns; ++column) {
            // tmux does not tell what an erase did to the last column.
            if (column == stream.size.columns - 1 && isBlankAt(terminal, row, column))
                continue;
            QByteArray got = penWords(penAt(terminal, row, column));
            QByteArray wanted = stream.pens.value({row, column});
            if (isBlankAt(terminal, row, column)) {
                got = seenOfBlank(got);
                wanted = seenOfBlank(wanted);
            }
            QVERIFY2(got == wanted,
                     ("row " + QByteArray::number(row + 1) + " column " + QByteArray::number(column + 1)
                      + " should be \"" + wanted + "\", is \"" + got + '"')
                         .constData());
        }
    }
}

// However the network cuts it.
void tst_TerminalStreams::inPieces()
{
    QFETCH(QString, name);
    const StreamFile stream = readStream(name);
    const std::string bytes = stream.bytes.toStdString();
    Terminal whole(stream.size);
    whole.write(bytes);
    Terminal single(stream.size);
    for (const char byte : bytes)
        single.write(std::string_view(&byte, 1));
    QCOMPARE(everything(single), everything(whole));
    QCOMPARE(single.takeReplies(), whole.takeReplies());
}

void tst_TerminalStreams::resized_data()
{
    QTest::addColumn<QString>("name");
    for (const QString &name : streamNames()) {
        if (!readStream(name).resized.isEmpty())
            QTest::newRow(qPrintable(name)) << name;
    }
}

// Lines are broken anew as tmux does it.
void tst_TerminalStreams::resized()
{
    QFETCH(QString, name);
    const StreamFile stream = readStream(name);
    Terminal terminal(stream.size);
    terminal.write(stream.bytes.toStdString());
    for (const ResizedScreen &wanted : stream.resized) {
        terminal.resize(wanted.size);
        QCOMPARE(terminal.historyRows(), int64_t(wanted.historyRows));
        QList<QByteArray> got
            = QByteArray::fromStdString(
                  terminal.text(-terminal.historyRows(), terminal.historyRows() + wanted.size.rows, false))
                  .split('\n');
        while (!got.isEmpty() && got.last().trimmed().isEmpty())
            got.removeLast();
        for (QByteArray &row : got) {
            while (row.endsWith(' '))
                row.chop(1);
        }
        QVERIFY2(got == wanted.rows,
                 ("should be\n" + wanted.rows.join('\n') + "\nis\n" + got.join('\n')).constData());
        const TerminalCursor cursor = terminal.cursor();
        QCOMPARE(QByteArray::number(cursor.row + 1) + ',' + QByteArray::number(cursor.column + 1),
                 wanted.cursor);
    }
}

// less and quit: the earlier screen is back, the history has none of less's lines. [session-manager 8.21]
void tst_TerminalStreams::earlierScreenIsBackAfterLess()
{
    const StreamFile stream = readStream(QStringLiteral("less-quit"));
    Terminal terminal(stream.size);
    const std::string bytes = stream.bytes.toStdString();
    const size_t enter = bytes.find("\033[?1049h");
    const size_t leave = bytes.find("\033[?1049l");
    QVERIFY(enter != std::string::npos && leave != std::string::npos && enter < leave);
    terminal.write(bytes.substr(0, enter));
    const std::string screen = terminal.screenAnsi();
    const TerminalCursor cursor = terminal.cursor();
    const int64_t history = terminal.historyRows();
    terminal.write(bytes.substr(enter, leave - enter));
    QVERIFY(terminal.modes().alternateScreen);
    QVERIFY(terminal.screenText().find("line 3") != std::string::npos);
    terminal.write("\033[?1049l");
    QVERIFY(!terminal.modes().alternateScreen);
    QCOMPARE(terminal.screenAnsi(), screen);
    QCOMPARE(terminal.cursor(), cursor);
    QCOMPARE(terminal.historyRows(), history);
}

FB_TEST(tst_TerminalStreams)
#include "tst_terminal_streams.moc"
