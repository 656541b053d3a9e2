#include "models/terminal/terminal_model.h"
#include "tests/support/test_main.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

namespace fb::test {

using namespace Qt::StringLiterals;

namespace {
    // Sizes are a tenth in ordinary runs; FB_SOAK: whole.
    int sized(int whole) { return qEnvironmentVariableIsSet("FB_SOAK") ? whole : whole / 10; }
}

// A terminal's model under what programs and hurried owners do to it.
class tst_TerminalModel : public QObject
{
    Q_OBJECT
private slots:
    void goneWhileItIsAsked();
    void aLargeWriteIsTakenInTime();
    void everyByteIsConsumedOnce();
    void newsAreToldOnceAFrame();
    void anUnendedUpdateIsShown();
    void whatIsSaidShowsAfterAnUnendedString();
    void aLineThatGoesOnIsSearched();
    void searchKeepsItsTurnsShort();
    void searchCatchesUpWithAFlood();
    void anotherScreenIsSearchedAlone();
    void promptsAreFoundFarAway();
    void allOfALongHistoryIsCopied();

private:
    QString textOf(TerminalModel &model) const
    {
        std::string text;
        for (const auto &line : model.frame().lines) {
            line->appendText(text, 0, line->textEnd());
            text += '\n';
        }
        return QString::fromStdString(text);
    }
    int matches(TerminalModel &model, const std::string &wanted)
    {
        model.search({.text = wanted});
        return QTest::qWaitFor([&] { return model.searchState().isComplete; }, 20'000)
            ? model.searchState().matches
            : -1;
    }
    TerminalThread m_thread;
};

void tst_TerminalModel::goneWhileItIsAsked()
{
    for (int i = 0; i < 300; ++i) {
        auto model = std::make_unique<TerminalModel>(m_thread);
        bool isAnswered = false;
        model->write("text\r\n");
        for (int j = 0; j < 20; ++j)
            model->textOf({.firstRow = 0, .firstColumn = 0, .lastRow = 3, .lastColumn = 9},
                          [&isAnswered](const QString &) { isAnswered = true; });
        model->promptFrom(3, true, [&isAnswered](RowNumber) { isAnswered = true; });
        if (i % 3 == 0)
            QThread::usleep(50);
        model.reset();
        QCoreApplication::processEvents();
        QVERIFY(!isAnswered);
    }
}

void tst_TerminalModel::aLargeWriteIsTakenInTime()
{
    TerminalModel model(m_thread);
    qint64 consumed = 0;
    connect(&model, &TerminalModel::consumed, this, [&consumed](qint64 bytes) { consumed += bytes; });
    const QByteArray piece = QByteArray("0123456789 and so on, a line of a file\r\n").repeated(1'000);
    QElapsedTimer clock;
    clock.start();
    const int pieces = sized(1'000);
    for (int i = 0; i < pieces; ++i)
        model.write(piece);
    QTRY_COMPARE_WITH_TIMEOUT(consumed, qint64(piece.size()) * pieces, 30'000);
    const qint64 inPieces = clock.restart();
    consumed = 0;
    model.write(piece.repeated(pieces));
    QTRY_COMPARE_WITH_TIMEOUT(consumed, qint64(piece.size()) * pieces, 30'000);
    qInfo("in pieces: %lld ms, in one: %lld ms", inPieces, clock.elapsed());
    if (qEnvironmentVariableIsSet("FB_SOAK")) // times are judged on a machine of its own
        QVERIFY(clock.elapsed() < 2 * inPieces + 500);
}

void tst_TerminalModel::everyByteIsConsumedOnce()
{
    TerminalModel model(m_thread);
    qint64 consumed = 0;
    connect(&model, &TerminalModel::consumed, this, [&consumed](qint64 bytes) { consumed += bytes; });
    qint64 written = 0;
    for (int i = 0; i < 400; ++i) {
        const QByteArray piece = QByteArray(1 + i * 37 % 5'000, char('a' + i % 26)) + "\033[?2026h\r\n";
        model.write(piece);
        written += piece.size();
        if (i == 200) {
            model.resize(20, 5);
            model.clear(40, 10);
        }
    }
    QTRY_COMPARE(consumed, written);
}

// A program that floods its title, its bell or the clipboard must not flood the ui thread (U09).
void tst_TerminalModel::newsAreToldOnceAFrame() // [U09]
{
    TerminalModel model(m_thread);
    QSignalSpy titles(&model, &TerminalModel::titleChanged);
    QSignalSpy bells(&model, &TerminalModel::bell);
    QSignalSpy wishes(&model, &TerminalModel::clipboardWanted);
    QSignalSpy frames(&model, &TerminalModel::frameChanged);
    QByteArray text;
    const int count = sized(100'000);
    for (int i = 0; i < count; ++i)
        text += "\033]2;title " + QByteArray::number(i) + "\007\007\033]52;c;aGFja2Vk\007";
    model.write(text);
    const QString last = u"title %1"_s.arg(count - 1);
    QTRY_COMPARE_WITH_TIMEOUT(model.title(), last, 20'000);
    qInfo("%lld titles, %lld bells, %lld wishes in %lld frames", titles.size(), bells.size(), wishes.size(),
          frames.size());
    QVERIFY(titles.size() <= frames.size() + 1);
    QVERIFY(bells.size() <= frames.size() + 1);
    QVERIFY(wishes.size() <= frames.size() + 1);
    const auto told = titles.size();
    model.write("\033]2;" + last.toLatin1() + "\007shown"); // the same one
    QTRY_VERIFY(textOf(model).contains(u"shown"_s));
    QCOMPARE(titles.size(), told);
}

void tst_TerminalModel::anUnendedUpdateIsShown()
{
    TerminalModel model(m_thread);
    model.write("\033[?2026hheld");
    QTRY_VERIFY_WITH_TIMEOUT(textOf(model).contains(u"held"_s), 600);
    // Nor by one that begins anew and anew.
    for (int i = 0; i < 20; ++i) {
        model.write("\033[?2026l\033[?2026h" + QByteArray::number(i) + ' ');
        QTest::qWait(20);
    }
    QVERIFY2(textOf(model).contains(u"held0 1"_s), qPrintable(textOf(model)));
}

void tst_TerminalModel::whatIsSaidShowsAfterAnUnendedString()
{
    for (const char *open :
         {"\033]0;abc", "\033Pq", "\033_x", "\033[12;", "\033", "\xe6\x97", "\033(0", "\033[?7l"}) {
        TerminalModel model(m_thread);
        model.write(open);
        model.programEnded();
        model.say(u"Session ended: exited 0"_s);
        QTRY_VERIFY2(textOf(model).contains(u"Session ended: exited 0"_s), open);
    }
}

void tst_TerminalModel::aLineThatGoesOnIsSearched()
{
    TerminalModel model(m_thread, {.columns = 20, .rows = 4});
    // One line of thirty rows, the end of which still stands on the screen.
    model.write("needle" + QByteArray(20 * 28, '.') + "needle");
    QCOMPARE(matches(model, "needle"), 2);
    // It goes on, and leaves the screen.
    model.write(QByteArray(20 * 10, '.') + "needle" + QByteArray(20 * 10, '.'));
    QTRY_COMPARE(model.searchState().matches, 3);
    model.write("\r\n" + QByteArray("x\r\n").repeated(10));
    QTRY_COMPARE(model.searchState().matches, 3);
    // And a match that lies across the screen's upper edge.
    model.search({});
    model.write("\033c\033[3J" + QByteArray(17, '.') + "nee");
    model.write("dle" + QByteArray(20 * 4 - 3 - 1, '.'));
    QTRY_VERIFY(model.frame().screenRow > 0);
    QTRY_COMPARE(matches(model, "needle"), 1);
}

// One turn of the terminals' thread is short, whatever is searched: other sessions wait for it.
void tst_TerminalModel::searchKeepsItsTurnsShort()
{
    TerminalModel model(m_thread);
    TerminalModel other(m_thread);
    QByteArray text;
    const int lines = sized(5'000);
    for (int i = 0; i < lines; ++i)
        text += QByteArray("\u65e5\u672c\u8a9e").repeated(150) + QByteArray::number(i) + "\r\n";
    model.write(text);
    model.write("\033]2;all\007");
    QTRY_COMPARE_WITH_TIMEOUT(model.title(), u"all"_s, 20'000);
    model.search({.text = "(\u65e5|\u672c)+[^a]*99x", .isPattern = true});
    qint64 longest = 0;
    for (int i = 0; i < 20 && !model.searchState().isComplete; ++i) {
        QElapsedTimer clock;
        clock.start();
        const QString mark = u"t%1"_s.arg(i);
        other.write("\033]2;" + mark.toLatin1() + '\007');
        QTRY_COMPARE_WITH_TIMEOUT(other.title(), mark, 20'000);
        longest = std::max(longest, clock.elapsed());
    }
    qInfo("the longest wait was %lld ms", longest);
    if (qEnvironmentVariableIsSet("FB_SOAK")) // times are judged on a machine of its own
        QVERIFY(longest < 150);
}

void tst_TerminalModel::searchCatchesUpWithAFlood()
{
    TerminalModel model(m_thread, {.scrollbackLines = 1'000});
    QCOMPARE(matches(model, "needle"), 0);
    QByteArray text = QByteArray("a line of a flood\r\n").repeated(sized(500'000));
    model.write(text + "needle\r\n\033]2;all\007");
    QTRY_COMPARE_WITH_TIMEOUT(model.title(), u"all"_s, 20'000);
    QElapsedTimer clock;
    clock.start();
    QTRY_VERIFY_WITH_TIMEOUT(model.searchState().isComplete && model.searchState().matches == 1, 20'000);
    qInfo("caught up after %lld ms", clock.elapsed());
    if (qEnvironmentVariableIsSet("FB_SOAK")) // times are judged on a machine of its own
        QVERIFY(clock.elapsed() < 300);
}

// In a full-screen program the history is not to be seen, so nothing in it is a match.
void tst_TerminalModel::anotherScreenIsSearchedAlone()
{
    TerminalModel model(m_thread, {.columns = 20, .rows = 4});
    model.write("needle\r\n" + QByteArray("x\r\n").repeated(10) + "\033[?1049h\033[Hneedle");
    QCOMPARE(matches(model, "needle"), 1);
    model.write("\033[?1049l");
    QTRY_COMPARE(model.searchState().matches, 1);
    QTRY_VERIFY(model.searchState().isComplete);
    model.searchNext(true);
    QTRY_VERIFY(textOf(model).contains(u"needle"_s));
}

void tst_TerminalModel::promptsAreFoundFarAway()
{
    TerminalModel model(m_thread, {.scrollbackLines = 1'000'000});
    const int far = sized(490'000);
    model.write("\033]133;A\007$ first\r\n" + QByteArray("line\r\n").repeated(far) + "\033]2;all\007");
    QTRY_COMPARE_WITH_TIMEOUT(model.title(), u"all"_s, 30'000);
    QElapsedTimer clock;
    clock.start();
    RowNumber found = -2;
    model.promptFrom(far - 1'000, true, [&found](RowNumber row) { found = row; });
    QTRY_VERIFY_WITH_TIMEOUT(found != -2, 20'000);
    qInfo("a prompt %d rows away: %lld ms", far - 1'000, clock.elapsed());
    QCOMPARE(found, RowNumber(0));
    if (qEnvironmentVariableIsSet("FB_SOAK")) // times are judged on a machine of its own
        QVERIFY(clock.elapsed() < 300);
    found = -2;
    model.promptFrom(0, false, [&found](RowNumber row) { found = row; });
    QTRY_COMPARE(found, RowNumber(-1));
}

void tst_TerminalModel::allOfALongHistoryIsCopied()
{
    TerminalModel model(m_thread, {.scrollbackLines = 100'000});
    TerminalModel other(m_thread);
    const int rows = sized(90'000);
    model.write(QByteArray("0123456789 and so on, a line of a file\r\n").repeated(rows) + "\033]2;all\007");
    QTRY_COMPARE_WITH_TIMEOUT(model.title(), u"all"_s, 30'000);
    QElapsedTimer clock;
    clock.start();
    QString text;
    model.textOf({.firstRow = 0, .firstColumn = 0, .lastRow = rows + 23, .lastColumn = 80},
                 [&text](const QString &all) { text = all; });
    other.write("\033]2;quick\007");
    QTRY_COMPARE_WITH_TIMEOUT(other.title(), u"quick"_s, 20'000);
    const qint64 waited = clock.elapsed();
    QTRY_VERIFY_WITH_TIMEOUT(!text.isEmpty(), 20'000);
    qInfo("%d rows: %lld ms, another session waited %lld ms", rows, clock.elapsed(), waited);
    if (qEnvironmentVariableIsSet("FB_SOAK")) // times are judged on a machine of its own
        QVERIFY(waited < clock.elapsed() / 2 + 50);
    QCOMPARE(text.count(u"so on"_s), rows);
}

FB_TEST(tst_TerminalModel)

}

#include "tst_terminal_model.moc"
