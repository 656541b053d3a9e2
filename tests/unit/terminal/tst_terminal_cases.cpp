// Control functions: bytes and the screen they make, from the public descriptions. The rows: data/cases. [U02] [session-manager 8.19]

#include "tests/support/test_main.h"
#include "tests/unit/terminal/case_file.h"
#include "tests/unit/terminal/screen_probe.h"

#include <QRegularExpression>
#include <QTest>

using namespace fb;
using namespace fb::test;

namespace {

// "1;2-5 rest" -> row and columns from 0, rest
struct Place {
    int row = 0;
    int first = 0;
    int last = 0;
    QByteArray rest;
};

Place placeOf(const QByteArray &value)
{
    const qsizetype blank = value.indexOf(' ');
    const QByteArray where = blank < 0 ? value : value.left(blank);
    const QList<QByteArray> rowAndColumns = where.split(';');
    const QList<QByteArray> columns = rowAndColumns.value(1).split('-');
    return {rowAndColumns.at(0).toInt() - 1, columns.value(0).toInt() - 1, columns.value(1).toInt() - 1,
            blank < 0 ? QByteArray() : value.mid(blank + 1)};
}

QByteArray modeWord(const TerminalModes &modes, const QByteArray &name)
{
    if (name == "mouse") {
        static constexpr const char *kWords[] = {"off", "presses", "clicks", "drags", "moves"};
        return kWords[size_t(modes.mouse)];
    }
    if (name == "cursorShape") {
        static constexpr const char *kWords[] = {"block", "underline", "bar"};
        return kWords[size_t(modes.cursorShape)];
    }
    const std::pair<const char *, bool> flags[] = {{"alternateScreen", modes.alternateScreen},
                                                   {"applicationCursorKeys", modes.applicationCursor},
                                                   {"applicationKeypad", modes.applicationKeypad},
                                                   {"bracketedPaste", modes.bracketedPaste},
                                                   {"cursorVisible", modes.cursorVisible},
                                                   {"focusEvents", modes.focusEvents},
                                                   {"mouseSgr", modes.mouseEncoding == MouseEncoding::Sgr},
                                                   {"synchronized", modes.synchronizedOutput}};
    for (const auto &[word, on] : flags) {
        if (name == word)
            return on ? "1" : "0";
    }
    return "no such mode";
}

QByteArray orNone(const std::optional<std::string> &text)
{
    return text ? QByteArray::fromStdString(*text) : QByteArray("none");
}

// What the terminal has where the row says `key: value`, in the same words.
class Answers
{
public:
    explicit Answers(Terminal &terminal)
        : m_terminal(terminal),
          m_news(terminal.takeNews()),
          m_replies(QByteArray::fromStdString(terminal.takeReplies()))
    {
    }

    void compare(const QByteArray &key, const QByteArray &value)
    {
        if (key == "reply") {
            compareReply(value);
        } else if (key == "pens" || key == "ulcolour" || key == "link") {
            comparePlace(key, placeOf(value));
        } else {
            const QByteArray got = plain(key, value);
            QVERIFY2(got == value, (key + ": should be " + value + ", is " + got).constData());
        }
    }

private:
    QByteArray plain(const QByteArray &key, const QByteArray &value) const
    {
        if (key == "cursor") {
            const TerminalCursor cursor = m_terminal.cursor();
            return QByteArray::number(cursor.row + 1) + ',' + QByteArray::number(cursor.column + 1);
        }
        if (key == "title")
            return orNone(m_news.title);
        if (key == "clipboard")
            return orNone(m_news.clipboard);
        if (key == "event")
            return m_news.bell ? "bell" : "none";
        if (key == "history")
            return QByteArray::number(qlonglong(m_terminal.historyRows()));
        if (key == "mode") {
            const QByteArray name = value.left(value.indexOf(' '));
            return name + ' ' + modeWord(m_terminal.modes(), name);
        }
        if (key == "wrapped" || key == "not-wrapped") {
            LineCells line;
            m_terminal.readRow(value.toInt() - 1, line);
            return line.wraps == (key == "wrapped") ? value : QByteArray("otherwise");
        }
        return "an unknown key";
    }

    void compareReply(const QByteArray &value) const
    {
        const QString wanted = value == "none" ? QString() : QString::fromLatin1(unescaped(value));
        const QString pattern
            = QRegularExpression::escape(wanted).replace(QStringLiteral("\\*"), QStringLiteral("[^\\x1b]*"));
        const QRegularExpression expression(QRegularExpression::anchoredPattern(pattern));
        QVERIFY2(
            expression.match(QString::fromLatin1(m_replies)).hasMatch(),
            ("reply: should be " + value + ", is " + m_replies.toPercentEncoding(" []?;>$")).constData());
    }

    void comparePlace(const QByteArray &key, const Place &place) const
    {
        for (int column = place.first; column <= place.last; ++column) {
            const Pen pen = penAt(m_terminal, place.row, column);
            QByteArray got = penWords(pen);
            if (key == "ulcolour")
                got = pen.underlineColor.isDefault() ? QByteArray("default") : colorWord(pen.underlineColor);
            else if (key == "link")
                got = pen.link == 0 ? QByteArray("none")
                                    : QByteArray::fromStdString(m_terminal.linkAddress(pen.link));
            QVERIFY2(got == place.rest,
                     (key + " in column " + QByteArray::number(column + 1) + ": should be \"" + place.rest
                      + "\", is \"" + got + '"')
                         .constData());
        }
    }

    Terminal &m_terminal;
    TerminalNews m_news;
    QByteArray m_replies;
};

}

class tst_TerminalCases : public QObject
{
    Q_OBJECT
private slots:
    void rows_data();
    void rows();
};

void tst_TerminalCases::rows_data()
{
    QTest::addColumn<int>("index");
    const QList<TerminalCase> cases = allCases();
    QVERIFY(cases.size() > 350); // all files were found
    for (int i = 0; i < cases.size(); ++i)
        QTest::newRow(qPrintable(cases[i].file + QStringLiteral(": ") + cases[i].name)) << i;
}

void tst_TerminalCases::rows()
{
    QFETCH(int, index);
    static const QList<TerminalCase> cases = allCases();
    const TerminalCase &row = cases[index];
    Terminal terminal(row.size);
    terminal.setCellPixels(row.cellWidth, row.cellHeight);
    const std::string feed = row.feed.toStdString();
    if (row.oneByteAtATime) {
        for (const char byte : feed)
            terminal.write(std::string_view(&byte, 1));
    } else {
        terminal.write(feed);
    }
    if (row.screen) {
        const QList<QByteArray> got = screenRows(terminal);
        QVERIFY2(got == *row.screen,
                 ("should be:\n|" + row.screen->join("\n|") + "\nis:\n|" + got.join("\n|")).constData());
    }
    Answers answers(terminal);
    for (const auto &[key, value] : row.others) {
        answers.compare(key, value);
        if (QTest::currentTestFailed())
            return;
    }
}

FB_TEST(tst_TerminalCases)
#include "tst_terminal_cases.moc"
