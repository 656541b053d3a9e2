// Reading recordings and finding text in them: hostile and torn ones too.
#include "backend/core/text_safety.h"
#include "models/nodes/sessions/recording_text.h"
#include "tests/support/models/sample_recording.h"
#include "tests/support/seeded_random.h"
#include "tests/support/test_main.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

namespace fb::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class tst_Recording : public QObject
{
    Q_OBJECT
private slots:
    void readsWhatTheEngineWrites();
    void readsJsonAsQtDoes();
    void refusesWhatIsNone_data();
    void refusesWhatIsNone();
    void playsUpToTheBrokenLine_data();
    void playsUpToTheBrokenLine();
    void mutatedOnesNeverHurt();
    void textWithoutSequences_data();
    void textWithoutSequences();
    void findsText();
};

void tst_Recording::readsWhatTheEngineWrites()
{
    const auto recording = recordingOf(sampleCast());
    QVERIFY(recording);
    QCOMPARE(recording->columns, 80);
    QCOMPARE(recording->rows, 24);
    QCOMPARE(recording->startedAt, 1'764'000'000);
    QCOMPARE(recording->title, u"web-1"_s);
    QCOMPARE(recording->bytes, QByteArray("$ ls\r\na b\r\n$ exit\r\nbye\r\n"));
    QCOMPARE(recording->events.size(), size_t(8));
    QCOMPARE(recording->events[0].columns(), 100);
    QCOMPARE(recording->events[0].rows(), 30);
    QCOMPARE(recording->length(), Microseconds(65s));
    QCOMPARE(recording->marks.size(), 2);
    QCOMPARE(recording->marks[0].label, u"deploy begins"_s);
    QVERIFY(!recording->marks[0].isGap);
    QVERIFY(recording->marks[1].isGap); // a full disk: what is missing shows
    QCOMPARE(recording->brokenLine, 0);
    // Input, and what later versions may add, is left out, and time does not go back.
    const auto odd = recordingOf(
        castHeader()
        + "[1,\"i\",\"secret\"]\n [ 2.5e0 , \"o\" , \"x\" ] \r\n\n[1,\"z\",\"\"]\n[2,\"o\",\"y\"]\n");
    QCOMPARE(odd->bytes, QByteArray("xy"));
    QCOMPARE(odd->events[1].at, 2'500'000);
    QCOMPARE(odd->brokenLine, 0);
}

// The parser by hand and Qt's agree on every string.
void tst_Recording::readsJsonAsQtDoes()
{
    SeededRandom random(7);
    const QByteArray pieces[]
        = {"a",       "\\n",     "\\\"",    "\\\\",           "\\/",          "\\b\\f\\r\\t",
           "\\u001b", "\\u00e9", "\\u3042", "\\ud83d\\ude42", "\xe6\x97\xa5", "\xf0\x9f\x99\x82",
           " ",       "[",       "\\u0000"};
    for (int round = 0; round < 500; ++round) {
        QByteArray text;
        for (int i = 0; i < 12; ++i)
            text += pieces[static_cast<unsigned char>(random.bytes(1)[0]) % std::size(pieces)];
        const QByteArray line = "[0.25,\"o\",\"" + text + "\"]";
        const auto recording = recordingOf(castHeader() + line + "\n");
        QVERIFY2(recording && recording->brokenLine == 0, line);
        QCOMPARE(recording->bytes, QJsonDocument::fromJson(line).array()[2].toString().toUtf8());
    }
    QCOMPARE(recordingOf(castHeader() + "[0,\"o\",\"a\xff\xe6\x97z\"]\n")->bytes,
             QByteArray("a\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbdz"));
    // Half of a pair is no character.
    QCOMPARE(recordingOf(castHeader() + "[0,\"o\",\"a\\ud83db\\ude42\\ud83d\\u0041\"]\n")->bytes,
             QByteArray("a\xef\xbf\xbd"
                        "b\xef\xbf\xbd\xef\xbf\xbd"
                        "A"));
}

void tst_Recording::refusesWhatIsNone_data()
{
    QTest::addColumn<QByteArray>("cast");
    QTest::addRow("empty") << QByteArray();
    QTest::addRow("no line") << QByteArray("{\"version\":2,\"width\":80,\"height\":24}");
    QTest::addRow("no JSON") << QByteArray("hello\n");
    QTest::addRow("version 1") << QByteArray("{\"version\":1,\"width\":80,\"height\":24}\n");
    QTest::addRow("version 3") << QByteArray("{\"version\":3,\"width\":80,\"height\":24}\n");
    QTest::addRow("no size") << QByteArray("{\"version\":2}\n");
    QTest::addRow("0 rows") << QByteArray("{\"version\":2,\"width\":80,\"height\":0}\n");
    QTest::addRow("huge") << QByteArray("{\"version\":2,\"width\":1000000,\"height\":1000000}\n");
    QTest::addRow("header without end") << QByteArray("{\"a\":\"" + QByteArray(100'000, 'x') + "\"}\n");
    QTest::addRow("nested") << QByteArray(60'000, '[') + "\n";
}

void tst_Recording::refusesWhatIsNone()
{
    QFETCH(QByteArray, cast);
    const Recording::Reading reading = Recording::read(cast);
    QVERIFY(!reading.recording);
    QVERIFY(!reading.problem.isEmpty());
}

void tst_Recording::playsUpToTheBrokenLine_data()
{
    QTest::addColumn<QByteArray>("rest");
    QTest::addColumn<bool>("torn");
    QTest::addRow("torn") << QByteArray("[2,\"o\",\"hal") << true;
    QTest::addRow("torn after a comma") << QByteArray("[2,") << true;
    QTest::addRow("no array") << QByteArray("{}\n") << false;
    QTest::addRow("two values") << QByteArray("[2,\"o\"]\n") << false;
    QTest::addRow("four values") << QByteArray("[2,\"o\",\"a\",1]\n") << false;
    QTest::addRow("no number") << QByteArray("[\"2\",\"o\",\"a\"]\n") << false;
    QTest::addRow("before the start") << QByteArray("[-1,\"o\",\"a\"]\n") << false;
    QTest::addRow("not a number") << QByteArray("[nan,\"o\",\"a\"]\n") << false;
    QTest::addRow("without end") << QByteArray("[inf,\"o\",\"a\"]\n") << false;
    QTest::addRow("too late") << QByteArray("[1e300,\"o\",\"a\"]\n") << false;
    QTest::addRow("ten years") << QByteArray("[315360000,\"o\",\"a\"]\n") << false;
    QTest::addRow("bare control") << QByteArray("[2,\"o\",\"a\x01\"]\n") << false;
    QTest::addRow("bad escape") << QByteArray("[2,\"o\",\"\\x\"]\n") << false;
    QTest::addRow("short escape") << QByteArray("[2,\"o\",\"\\u12\"]\n") << false;
    QTest::addRow("signed escape") << QByteArray("[2,\"o\",\"\\u-123\"]\n") << false;
    QTest::addRow("more behind") << QByteArray("[2,\"o\",\"a\"] x\n") << false;
    QTest::addRow("no size") << QByteArray("[2,\"r\",\"100\"]\n") << false;
    QTest::addRow("size 0") << QByteArray("[2,\"r\",\"0x24\"]\n") << false;
    QTest::addRow("size huge") << QByteArray("[2,\"r\",\"99999x99999\"]\n") << false;
    QTest::addRow("size signed") << QByteArray("[2,\"r\",\"-80x24\"]\n") << false;
    QTest::addRow("line of 5 MB") << "[2,\"o\",\"" + QByteArray(5 << 20, 'x') + "\"]\n" << false;
    QTest::addRow("NULs") << QByteArray(64, '\0') << true; // a file system's word for a crash
}

void tst_Recording::playsUpToTheBrokenLine()
{
    QFETCH(QByteArray, rest);
    QFETCH(bool, torn);
    const QByteArray after = torn ? QByteArray() : QByteArray("[3,\"o\",\"later\"]\n");
    const Recording::Reading reading
        = Recording::read(castHeader() + "[1,\"o\",\"before\"]\n" + rest + after);
    QVERIFY(reading.recording);
    QCOMPARE(reading.recording->bytes, QByteArray("before"));
    QCOMPARE(reading.recording->brokenLine, 3);
    QCOMPARE(reading.recording->isTorn, torn);
}

void tst_Recording::mutatedOnesNeverHurt()
{
    SeededRandom random(11);
    const QByteArray whole = sampleCast();
    for (int round = 0; round < 3000; ++round) {
        QByteArray cast = whole;
        const std::string dice = random.bytes(8);
        for (size_t i = 0; i < 6; i += 2) {
            const auto at
                = (static_cast<unsigned char>(dice[i]) * 256 + static_cast<unsigned char>(dice[i + 1]))
                % cast.size();
            cast[at] = dice[7];
        }
        if (dice[6] < 0)
            cast.truncate((static_cast<unsigned char>(dice[6]) * 3) % cast.size());
        const auto recording = recordingOf(cast);
        if (!recording)
            continue;
        RecordingPlayer player;
        NotingScreen screen(player);
        player.setRecording(recording);
        player.setScreen(&screen);
        player.seek(player.length());
        QVERIFY(screen.shown.size() >= recording->bytes.size());
        const RecordingText text(recording);
        const std::atomic<bool> stop = false;
        QVERIFY(
            isValidUtf8(std::string_view(text.utf8().constData(), static_cast<size_t>(text.utf8().size()))));
        static_cast<void>(text.find(u"e"_s, Qt::CaseInsensitive, stop));
    }
}

void tst_Recording::textWithoutSequences_data()
{
    QTest::addColumn<QStringList>("pieces");
    QTest::addColumn<QString>("text");
    QTest::addRow("colours") << QStringList {u"\x1b[1;31mred\x1b[0m rest"_s} << u"red rest"_s;
    QTest::addRow("in pieces") << QStringList {u"a\x1b"_s, u"[1;3"_s, u"1mb"_s} << u"ab"_s;
    QTest::addRow("title") << QStringList {u"\x1b]0;secret title\aok"_s} << u"ok"_s;
    QTest::addRow("title with ST") << QStringList {u"\x1b]0;secret\x1b\\ok"_s} << u"ok"_s;
    QTest::addRow("string without end") << QStringList {u"a\x1bPq"_s, u"never"_s} << u"a"_s;
    QTest::addRow("character set") << QStringList {u"\x1b(0x\x1b(B"_s} << u"x"_s;
    QTest::addRow("typed with a mistake") << QStringList {u"l"_s, u"x"_s, u"\b \b"_s, u"s"_s} << u"ls"_s;
    QTest::addRow("wide taken back") << QStringList {u"a日"_s, u"\b"_s} << u"a"_s;
    QTest::addRow("not over a line") << QStringList {u"a\r\n\b\bb"_s} << u"a\nb"_s;
    QTest::addRow("progress") << QStringList {u"10 %\r"_s, u"20 %\r\n"_s} << u"10 %\n20 %\n"_s;
    QTest::addRow("bell and NUL") << QStringList {u"a\a\0b"_s + QChar(0) + u"c"_s} << u"abc"_s;
    QTest::addRow("character after ESC") << QStringList {u"\x1b日\x1b(本"_s} << u"日本"_s;
    QTest::addRow("bare end of line inside a sequence") << QStringList {u"\x1b[3\n1mx"_s} << u"\nx"_s;
}

void tst_Recording::textWithoutSequences()
{
    QFETCH(QStringList, pieces);
    QFETCH(QString, text);
    QByteArray cast = castHeader();
    for (const QString &piece : std::as_const(pieces))
        cast += castLine(1, "o", piece);
    QCOMPARE(RecordingText(recordingOf(cast)).utf8(), text.toUtf8());
}

void tst_Recording::findsText()
{
    const std::atomic<bool> stop = false;
    const RecordingText text(recordingOf(castHeader() + castLine(1, "o", u"日本 er"_s)
                                         + castLine(2, "o", u"r"_s) + castLine(3, "o", u"or: ERROR\r\n"_s)
                                         + castLine(4, "o", u"\x1b[31mer\x1b[0mror\r\n"_s)));
    const QList<RecordingHit> hits = text.find(u"error"_s, Qt::CaseInsensitive, stop);
    QCOMPARE(hits.size(), 3);
    QCOMPARE(hits[0].at, Microseconds(3s)); // typed over three events: there when its last key was
    QCOMPARE(hits[0].line, u"日本 error: ERROR"_s);
    QCOMPARE(hits[1].at, Microseconds(3s));
    QCOMPARE(hits[2].at, Microseconds(4s)); // colours between its letters do not hide it
    QCOMPARE(text.find(u"error"_s, Qt::CaseSensitive, stop).size(), 2);
    QCOMPARE(text.find(u"本"_s, Qt::CaseSensitive, stop).size(), 1);
    QVERIFY(text.find(QString(), Qt::CaseSensitive, stop).isEmpty());
    QVERIFY(text.find(u"nothing"_s, Qt::CaseSensitive, stop).isEmpty());
    // Bounded, also in one line without end.
    const RecordingText many(recordingOf(castHeader() + castLine(1, "o", QString(3'000'000, u'e'))));
    QCOMPARE(many.find(u"e"_s, Qt::CaseSensitive, stop).size(), RecordingText::kMostHits);
    const RecordingText wide(
        recordingOf(castHeader() + castLine(1, "o", QString(1'100'000, QChar(0x65e5)) + u"x"_s)));
    QCOMPARE(wide.find(u"日x"_s, Qt::CaseSensitive, stop).size(), 1);
    const std::atomic<bool> stopped = true;
    QVERIFY(many.find(u"e"_s, Qt::CaseSensitive, stopped).isEmpty());
}

FB_TEST(tst_Recording)

}

#include "tst_recording.moc"
