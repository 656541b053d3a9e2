// Reading and playing recordings: hostile and torn ones too.
#include "backend/core/text_safety.h"
#include "backend/terminal/terminal.h"
#include "models/nodes/sessions/playback.h"
#include "models/nodes/sessions/recording_screen.h"
#include "tests/support/models/fake_sessions_source.h"
#include "tests/support/seeded_random.h"
#include "tests/support/test_main.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace fb::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class tst_RecordingPlayer : public QObject
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
    void playsInTime();
    void skipsIdleTime();
    void speeds();
    void seeksBothWays();
    void newerSeekReplacesOlder();
    void waitsForTheScreen();
    void stepsFromOutputToOutput();
    void goesToMarks();
    void resizesInOrder();
    void textWithoutSequences_data();
    void textWithoutSequences();
    void findsText();
    void playbackTellsItsProof_data();
    void playbackTellsItsProof();
    void playbackSearches();
    void grownRecordingKeepsItsPlace();
    void savesForOthers_data();
    void savesForOthers();
    void savesHistoryInParts();
    void savingFails();
    void playsIntoATerminal();
    void hundredMegabytes();
};

namespace {

    const QByteArray kHeader
        = "{\"version\":2,\"width\":80,\"height\":24,\"timestamp\":1764000000,\"title\":\"web-1\"}\n";

    QByteArray castLine(double at, const char *code, const QString &text)
    {
        return QJsonDocument(QJsonArray {at, QLatin1String(code), text}).toJson(QJsonDocument::Compact)
            + '\n';
    }

    QByteArray sampleCast()
    {
        return kHeader + castLine(0, "r", u"100x30"_s) + castLine(0, "o", u"$ "_s)
            + castLine(1.5, "o", u"ls\r\n"_s) + castLine(2, "m", u"deploy begins"_s)
            + castLine(3, "o", u"a b\r\n$ "_s) + castLine(63, "o", u"exit\r\n"_s)
            + castLine(64, "m", u"recording gap: 12 bytes are missing, the store took no more"_s)
            + castLine(65, "o", u"bye\r\n"_s);
    }

    std::shared_ptr<const Recording> read(const QByteArray &cast) { return Recording::read(cast).recording; }

    // Notes what it is given; takes it at once or when told.
    class NotingScreen final : public PlayerScreen
    {
    public:
        explicit NotingScreen(RecordingPlayer &player) : m_player(player) { }
        void restart(int columns, int rows) override
        {
            said = u"restart %1x%2"_s.arg(columns).arg(rows);
            shown.clear();
            waiting = 0;
            ++restarts;
        }
        void resize(int columns, int rows) override
        {
            shown += "<" + QByteArray::number(columns) + "x" + QByteArray::number(rows) + ">";
        }
        void write(const QByteArray &bytes) override
        {
            shown += bytes;
            waiting += bytes.size();
            if (takesAtOnce)
                take();
        }
        void take() { m_player.consumed(std::exchange(waiting, 0)); }

        QByteArray shown;
        QString said;
        qint64 waiting = 0;
        int restarts = 0;
        bool takesAtOnce = true;

    private:
        RecordingPlayer &m_player;
    };

    // Ticks of real time, as the timer gives them.
    void pass(RecordingPlayer &player, std::chrono::milliseconds time)
    {
        for (; time.count() > 0 && player.isPlaying(); time -= 20ms)
            player.tick(20ms);
    }
}

void tst_RecordingPlayer::readsWhatTheEngineWrites()
{
    const auto recording = read(sampleCast());
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
    const auto odd = read(
        kHeader + "[1,\"i\",\"secret\"]\n [ 2.5e0 , \"o\" , \"x\" ] \r\n\n[1,\"z\",\"\"]\n[2,\"o\",\"y\"]\n");
    QCOMPARE(odd->bytes, QByteArray("xy"));
    QCOMPARE(odd->events[1].at, 2'500'000);
    QCOMPARE(odd->brokenLine, 0);
}

// The parser by hand and Qt's agree on every string.
void tst_RecordingPlayer::readsJsonAsQtDoes()
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
        const auto recording = read(kHeader + line + "\n");
        QVERIFY2(recording && recording->brokenLine == 0, line);
        QCOMPARE(recording->bytes, QJsonDocument::fromJson(line).array()[2].toString().toUtf8());
    }
    QCOMPARE(read(kHeader + "[0,\"o\",\"a\xff\xe6\x97z\"]\n")->bytes,
             QByteArray("a\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbdz"));
    // Half of a pair is no character.
    QCOMPARE(read(kHeader + "[0,\"o\",\"a\\ud83db\\ude42\\ud83d\\u0041\"]\n")->bytes,
             QByteArray("a\xef\xbf\xbd"
                        "b\xef\xbf\xbd\xef\xbf\xbd"
                        "A"));
}

void tst_RecordingPlayer::refusesWhatIsNone_data()
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

void tst_RecordingPlayer::refusesWhatIsNone()
{
    QFETCH(QByteArray, cast);
    const Recording::Reading reading = Recording::read(cast);
    QVERIFY(!reading.recording);
    QVERIFY(!reading.problem.isEmpty());
}

void tst_RecordingPlayer::playsUpToTheBrokenLine_data()
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

void tst_RecordingPlayer::playsUpToTheBrokenLine()
{
    QFETCH(QByteArray, rest);
    QFETCH(bool, torn);
    const QByteArray after = torn ? QByteArray() : QByteArray("[3,\"o\",\"later\"]\n");
    const Recording::Reading reading = Recording::read(kHeader + "[1,\"o\",\"before\"]\n" + rest + after);
    QVERIFY(reading.recording);
    QCOMPARE(reading.recording->bytes, QByteArray("before"));
    QCOMPARE(reading.recording->brokenLine, 3);
    QCOMPARE(reading.recording->isTorn, torn);
}

void tst_RecordingPlayer::mutatedOnesNeverHurt()
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
        const auto recording = read(cast);
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

void tst_RecordingPlayer::playsInTime()
{
    RecordingPlayer player;
    NotingScreen screen(player);
    QSignalSpy states(&player, &RecordingPlayer::stateChanged);
    player.setScreen(&screen);
    player.setRecording(read(sampleCast()));
    QCOMPARE(screen.said, u"restart 80x24"_s);
    QCOMPARE(screen.shown, QByteArray("<100x30>$ "));
    player.play();
    QVERIFY(player.isPlaying());
    QVERIFY(states.size() > 0);
    pass(player, 1480ms);
    QCOMPARE(screen.shown, QByteArray("<100x30>$ "));
    pass(player, 20ms);
    QCOMPARE(screen.shown, QByteArray("<100x30>$ ls\r\n"));
    QCOMPARE(player.position(), Microseconds(1500ms));
    player.pause();
    player.tick(10s); // says nothing to a pause
    QCOMPARE(player.position(), Microseconds(1500ms));
    player.play();
    player.tick(10s); // the window was busy: it does not leap
    QCOMPARE(player.position(), Microseconds(1600ms));
    pass(player, 70s);
    QVERIFY(player.isAtEnd() && !player.isPlaying());
    QCOMPARE(screen.shown, "<100x30>" + player.recording().bytes);
    player.play(); // again, from the start
    QCOMPARE(player.position(), Microseconds(0));
    QCOMPARE(screen.shown, QByteArray("<100x30>$ "));
    QCOMPARE(screen.restarts, 3); // screen, recording, start
}

void tst_RecordingPlayer::skipsIdleTime()
{
    RecordingPlayer player;
    QSignalSpy skipped(&player, &RecordingPlayer::idleSkipped);
    player.setRecording(read(sampleCast()));
    player.setIdleLimit(2s);
    player.play();
    player.seek(3s);
    pass(player, 1980ms);
    QCOMPARE(player.position(), Microseconds(4980ms));
    pass(player, 20ms); // 60 s without output: two of them are waited
    QCOMPARE(player.position(), Microseconds(63s));
    QCOMPARE(skipped.size(), 1);
    QCOMPARE(skipped[0][0].value<Microseconds>(), Microseconds(58s));
    player.setIdleLimit({});
    player.seek(3s);
    pass(player, 10s);
    QCOMPARE(player.position(), Microseconds(13s));
    player.setIdleLimit(2s); // in the middle of idle time
    pass(player, 20ms);
    QCOMPARE(player.position(), Microseconds(63'020ms));
}

void tst_RecordingPlayer::speeds()
{
    RecordingPlayer player;
    player.setRecording(read(sampleCast()));
    player.setSpeed(0.25);
    player.play();
    pass(player, 4s);
    QCOMPARE(player.position(), Microseconds(1s));
    player.changeSpeed(-1);
    QCOMPARE(player.speed(), 0.25);
    player.changeSpeed(+2);
    QCOMPARE(player.speed(), 1.0);
    player.setSpeed(1000);
    QCOMPARE(player.speed(), 16.0);
    player.seek(0s);
    pass(player, 2s);
    QCOMPARE(player.position(), Microseconds(32s));
}

void tst_RecordingPlayer::seeksBothWays()
{
    RecordingPlayer player;
    NotingScreen screen(player);
    player.setScreen(&screen);
    player.setRecording(read(sampleCast()));
    const int before = screen.restarts;
    player.seek(3s);
    QCOMPARE(screen.shown, QByteArray("<100x30>$ ls\r\na b\r\n$ "));
    QCOMPARE(screen.restarts, before); // onwards, nothing is done twice
    player.seek(1s);
    QCOMPARE(screen.shown, QByteArray("<100x30>$ "));
    QCOMPARE(screen.restarts, before + 1);
    player.seek(99h);
    QCOMPARE(player.position(), Microseconds(65s));
    player.seek(-5s);
    QCOMPARE(player.position(), Microseconds(0));
    QVERIFY(!player.isSeeking());
}

void tst_RecordingPlayer::newerSeekReplacesOlder()
{
    QByteArray cast = kHeader;
    for (int i = 0; i < 400; ++i)
        cast += castLine(i, "o", QString(20'000, QChar(u'a' + i % 26)));
    RecordingPlayer player;
    NotingScreen screen(player);
    screen.takesAtOnce = false;
    player.setScreen(&screen);
    player.setRecording(read(cast));
    player.seek(400s);
    QVERIFY(player.isSeeking());
    QVERIFY(screen.shown.size() <= RecordingPlayer::kMostUnread + 100'000); // not all of 8 MB at once
    player.seek(1s);
    while (screen.waiting > 0)
        screen.take();
    QVERIFY(!player.isSeeking());
    QCOMPARE(screen.shown, QByteArray(20'000, 'a') + QByteArray(20'000, 'b'));
}

void tst_RecordingPlayer::waitsForTheScreen()
{
    QByteArray cast = kHeader;
    for (int i = 0; i < 400; ++i)
        cast += castLine(i * 0.001, "o", QString(60'000, u'x'));
    RecordingPlayer player;
    NotingScreen screen(player);
    screen.takesAtOnce = false;
    player.setScreen(&screen);
    player.setRecording(read(cast + castLine(100, "o", u"end"_s)));
    player.play();
    player.tick(100ms);
    const Microseconds behind = player.position();
    player.tick(100ms);
    QCOMPARE(player.position(), behind); // its clock stands while the screen has much to do
    while (screen.waiting > 0)
        screen.take();
    player.tick(100ms);
    QVERIFY(player.position() > behind);
}

void tst_RecordingPlayer::stepsFromOutputToOutput()
{
    RecordingPlayer player;
    player.setRecording(read(sampleCast()));
    player.play();
    QList<qint64> places;
    for (int i = 0; i < 6; ++i) {
        player.step(1);
        places << player.position().count() / 1000;
    }
    QVERIFY(!player.isPlaying());
    QCOMPARE(places, (QList<qint64> {1500, 3000, 63000, 65000, 65000, 65000}));
    places.clear();
    for (int i = 0; i < 6; ++i) {
        player.step(-1);
        places << player.position().count() / 1000;
    }
    QCOMPARE(places, (QList<qint64> {63000, 3000, 1500, 0, 0, 0}));
}

void tst_RecordingPlayer::goesToMarks()
{
    RecordingPlayer player;
    player.setRecording(read(sampleCast()));
    player.goToMark(-1);
    QCOMPARE(player.position(), Microseconds(0));
    player.goToMark(1);
    QCOMPARE(player.position(), Microseconds(2s));
    player.goToMark(1);
    QCOMPARE(player.position(), Microseconds(64s));
    player.goToMark(1);
    QCOMPARE(player.position(), Microseconds(64s));
    player.goToMark(-1);
    QCOMPARE(player.position(), Microseconds(2s));
}

// A new size comes when all that was laid out in the old one is on the screen.
void tst_RecordingPlayer::resizesInOrder()
{
    RecordingPlayer player;
    NotingScreen screen(player);
    screen.takesAtOnce = false;
    player.setScreen(&screen);
    player.setRecording(read(kHeader + castLine(1, "o", u"old"_s) + castLine(2, "r", u"132x43"_s)
                             + castLine(3, "o", u"new"_s)));
    player.seek(3s);
    QCOMPARE(screen.shown, QByteArray("old"));
    QVERIFY(player.isSeeking());
    screen.take();
    QCOMPARE(screen.shown, QByteArray("old<132x43>new"));
    screen.take();
    QVERIFY(!player.isSeeking());
}

void tst_RecordingPlayer::textWithoutSequences_data()
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

void tst_RecordingPlayer::textWithoutSequences()
{
    QFETCH(QStringList, pieces);
    QFETCH(QString, text);
    QByteArray cast = kHeader;
    for (const QString &piece : std::as_const(pieces))
        cast += castLine(1, "o", piece);
    QCOMPARE(RecordingText(read(cast)).utf8(), text.toUtf8());
}

void tst_RecordingPlayer::findsText()
{
    const std::atomic<bool> stop = false;
    const RecordingText text(read(kHeader + castLine(1, "o", u"日本 er"_s) + castLine(2, "o", u"r"_s)
                                  + castLine(3, "o", u"or: ERROR\r\n"_s)
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
    const RecordingText many(read(kHeader + castLine(1, "o", QString(3'000'000, u'e'))));
    QCOMPARE(many.find(u"e"_s, Qt::CaseSensitive, stop).size(), RecordingText::kMostHits);
    const RecordingText wide(read(kHeader + castLine(1, "o", QString(1'100'000, QChar(0x65e5)) + u"x"_s)));
    QCOMPARE(wide.find(u"日x"_s, Qt::CaseSensitive, stop).size(), 1);
    const std::atomic<bool> stopped = true;
    QVERIFY(many.find(u"e"_s, Qt::CaseSensitive, stopped).isEmpty());
}

void tst_RecordingPlayer::playbackTellsItsProof_data()
{
    QTest::addColumn<bool>("ended");
    QTest::addColumn<QString>("hash");
    QTest::addColumn<QString>("field"); // of the engine's refusal
    QTest::addColumn<int>("proof");
    using Proof = Playback::Proof;
    const auto number = [](Proof proof) { return static_cast<int>(proof); };
    QTest::addRow("ended") << true << u"ab12"_s << QString() << number(Proof::Unchanged);
    QTest::addRow("running") << false << QString() << QString() << number(Proof::StillRecording);
    QTest::addRow("ended without one") << true << QString() << QString() << number(Proof::NoHash);
    QTest::addRow("[session-manager 8.18] altered")
        << true << u"ab12"_s << u"RecordingHash"_s << number(Proof::Mismatch);
    QTest::addRow("gone") << true << u"ab12"_s << u"SessionId"_s << number(Proof::Unknown);
}

void tst_RecordingPlayer::playbackTellsItsProof()
{
    QFETCH(bool, ended);
    QFETCH(QString, hash);
    QFETCH(QString, field);
    QFETCH(int, proof);
    FakeSessionsSource source;
    SessionRow row;
    row.id = u"alice-1"_s;
    row.ended = ended ? fromMicros(5) : Instant();
    row.recordingHash = hash;
    source.values = {row};
    source.cast = sampleCast();
    if (!field.isEmpty())
        source.refusal = {.kind = ShownError::Kind::Ours,
                          .code = u"InternalServerError"_s,
                          .message = u"no"_s,
                          .field = field};
    Playback playback(source, row.id);
    playback.read();
    QTRY_VERIFY(playback.state() != Playback::State::Reading);
    QCOMPARE(static_cast<int>(playback.proof()), proof);
    QCOMPARE(playback.state() == Playback::State::Failed, !field.isEmpty());
    QCOMPARE(playback.player().recording().bytes.isEmpty(), !field.isEmpty()); // nothing unproven is shown
    if (field.isEmpty()) {
        QCOMPARE(playback.session().id, row.id);
        QCOMPARE(playback.gapCount(), 1);
        QCOMPARE(playback.activity().size(), Playback::kActivityBars);
        QCOMPARE(*std::max_element(playback.activity().begin(), playback.activity().end()), 1.0F);
    }
    // What cannot be played at all says so.
    source.refusal = {};
    source.cast = "nonsense\n";
    playback.read();
    QTRY_COMPARE(playback.state(), Playback::State::Failed);
    QTRY_VERIFY(playback.problem().message.contains(u"asciinema"));
}

void tst_RecordingPlayer::playbackSearches()
{
    FakeSessionsSource source;
    source.cast = sampleCast();
    Playback playback(source, u"alice-1"_s);
    playback.search(u"B"_s, Qt::CaseInsensitive); // before it is read: found when it is
    playback.read();
    QTRY_COMPARE(playback.hits().size(), 2);
    QVERIFY(!playback.isSearching());
    playback.goToHitBy(1);
    QCOMPARE(playback.currentHit(), 0);
    QCOMPARE(playback.player().position(), Microseconds(3s));
    playback.goToHitBy(1);
    QCOMPARE(playback.currentHit(), 1);
    playback.goToHitBy(1); // round the end
    QCOMPARE(playback.currentHit(), 0);
    playback.goToHitBy(-1);
    QCOMPARE(playback.currentHit(), 1);
    playback.player().seek(10s); // from where one is
    playback.goToHitBy(-1);
    QCOMPARE(playback.currentHit(), 0);
    playback.search(QString(), Qt::CaseInsensitive);
    QVERIFY(playback.hits().isEmpty());
    QCOMPARE(playback.currentHit(), -1);
}

void tst_RecordingPlayer::grownRecordingKeepsItsPlace()
{
    FakeSessionsSource source;
    source.cast = sampleCast();
    Playback playback(source, u"alice-1"_s);
    NotingScreen screen(playback.player());
    playback.player().setScreen(&screen);
    playback.read();
    QTRY_COMPARE(playback.state(), Playback::State::Ready);
    playback.player().seek(3s);
    const int before = screen.restarts;
    source.cast += castLine(70, "o", u"more"_s);
    playback.read();
    QTRY_COMPARE(playback.player().length(), Microseconds(70s));
    QCOMPARE(playback.player().position(), Microseconds(3s));
    QCOMPARE(screen.restarts, before);
    source.cast = kHeader + castLine(1, "o", u"another"_s);
    playback.read();
    QTRY_COMPARE(playback.player().length(), Microseconds(1s));
    QCOMPARE(playback.player().position(), Microseconds(0));
    // One that is let go of is read again when it is wanted.
    playback.search(u"other"_s, Qt::CaseInsensitive);
    QTRY_COMPARE(playback.hits().size(), 1);
    playback.forget();
    QVERIFY(playback.isForgotten() && playback.hits().isEmpty() && playback.cast().isEmpty());
    QCOMPARE(playback.state(), Playback::State::Reading);
    playback.read();
    QTRY_COMPARE(playback.state(), Playback::State::Ready);
    QTRY_COMPARE(playback.hits().size(), 1);
}

void tst_RecordingPlayer::savesForOthers_data()
{
    QTest::addColumn<QByteArray>("written"); // by the recorded program
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("html"); // what it holds
    QTest::addRow("colours")
        << QByteArray("\x1b[1;31mred\x1b[0m\r\nplain") << QByteArray("red\nplain\n")
        << QByteArray("<span style=\"color:#aa0000;font-weight:bold;\">red</span>\nplain\n</pre>");
    QTest::addRow("[U01] markup") << QByteArray("<script>alert(1)</script>&<b>\"x'\r\n")
                                  << QByteArray("<script>alert(1)</script>&<b>\"x'\n")
                                  << QByteArray(
                                         "&lt;script&gt;alert(1)&lt;/script&gt;&amp;&lt;b&gt;&quot;x'");
    QTest::addRow("[U04] right to left mark") << QByteArray("a\xe2\x80\xae"
                                                            "b\r\n")
                                              << QByteArray("a\\u202eb\n") << QByteArray("a\\u202eb\n");
    QTest::addRow("link") << QByteArray("\x1b]8;;javascript:alert(1)\x1b\\here\x1b]8;;\x1b\\\r\n")
                          << QByteArray("here\n") << QByteArray("here");
    QTest::addRow("title and clipboard")
        << QByteArray("\x1b]0;<title>\a\x1b]52;c;aGk=\aok\r\n") << QByteArray("ok\n") << QByteArray("ok");
    QTest::addRow("left in a full-screen program")
        << QByteArray("$ vim\r\n\x1b[?1049hinside") << QByteArray("$ vim\n") << QByteArray("$ vim");
    QTest::addRow("wrapped") << QByteArray(100, 'w') + "\r\n"
                             << QByteArray(100, 'w') + "\n"
                             << QByteArray(100, 'w');
}

void tst_RecordingPlayer::savesForOthers()
{
    QFETCH(QByteArray, written);
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, html);
    const QTemporaryDir folder;
    const QByteArray cast = kHeader + castLine(1, "o", QString::fromUtf8(written));
    RecordingExport wish {.recording = read(cast), .cast = cast, .title = u"<web-1>"_s};
    wish.palette.background = 0x112233;
    wish.palette.foreground = 0xeeeeee;
    wish.palette.colors[1] = 0xaa0000;
    const auto saved = [&](RecordingFormat format) {
        const QString path = folder.filePath(u"out"_s);
        wish.format = format;
        if (!saveRecording(wish, path))
            return QByteArray("[not saved]");
        QFile file(path);
        if (file.permissions() & (QFile::ReadGroup | QFile::ReadOther))
            return QByteArray("[others may read it]");
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("[no file]");
    };
    QCOMPARE(saved(RecordingFormat::Cast), cast);
    QCOMPARE(saved(RecordingFormat::Text), text);
    const QByteArray page = saved(RecordingFormat::Html);
    QVERIFY2(page.contains(html), page);
    QVERIFY(page.contains("<title>&lt;web-1&gt;</title>"));
    QVERIFY(page.contains("background:#112233"));
    for (const char *live : {"<script", "javascript:", "<title>\a", "\xe2\x80\xae"})
        QVERIFY2(!page.contains(live), live);
}

void tst_RecordingPlayer::savesHistoryInParts()
{
    const QTemporaryDir folder;
    QByteArray cast = kHeader;
    QByteArray all;
    for (int i = 0; i < 300; ++i) {
        QByteArray lines;
        for (int line = 0; line < 40; ++line) // some wrap
            lines += "line " + QByteArray::number(i * 40 + line) + QByteArray(line % 7 == 0 ? 200 : 3, '.')
                + "\r\n";
        cast += castLine(i, "o", QString::fromUtf8(lines));
        all += lines.replace("\r\n", "\n");
    }
    RecordingExport wish {.recording = read(cast), .format = RecordingFormat::Text};
    const QString path = folder.filePath(u"out"_s);
    QVERIFY(saveRecording(wish, path));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), all);
    file.close();
    wish.format = RecordingFormat::Html;
    QVERIFY(saveRecording(wish, path));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QByteArray page = file.readAll();
    page = page.sliced(page.indexOf("<pre"));
    page = page.sliced(page.indexOf('>') + 1).first(page.indexOf("</pre>") - page.indexOf('>') - 1);
    QCOMPARE(page, all);
}

void tst_RecordingPlayer::savingFails()
{
    RecordingExport wish {.recording = read(sampleCast()), .cast = sampleCast()};
    for (const RecordingFormat format :
         {RecordingFormat::Cast, RecordingFormat::Text, RecordingFormat::Html}) {
        wish.format = format;
        const auto saved = saveRecording(wish, u"/no/such/folder/a"_s);
        QVERIFY(!saved && !saved.error().message.empty());
    }
    FakeSessionsSource source;
    source.cast = sampleCast();
    Playback playback(source, u"alice-1"_s);
    playback.read();
    QTRY_COMPARE(playback.state(), Playback::State::Ready);
    std::optional<QString> told;
    playback.save(RecordingFormat::Text, {}, u"/no/such/folder/a"_s,
                  [&](const QString &problem) { told = problem; });
    QVERIFY(playback.isSaving() && !told);
    QTRY_VERIFY(told && !told->isEmpty());
    QVERIFY(!playback.isSaving());
}

// Seeking to and fro ends with the screen that playing straight through has.
void tst_RecordingPlayer::playsIntoATerminal()
{
    QByteArray cast = kHeader;
    SeededRandom random(3);
    for (int i = 0; i < 200; ++i) {
        if (i % 37 == 20)
            cast += castLine(i, "r", u"%1x%2"_s.arg(40 + i / 2).arg(10 + i / 10));
        const QString color = u"\x1b[3%1m"_s.arg(i % 8);
        cast += castLine(i, "o",
                         color + u"row %1 "_s.arg(i)
                             + QString(static_cast<unsigned char>(random.bytes(1)[0]), u'x') + u"\r\n"_s);
    }
    const auto recording = read(cast);
    const auto expected = [&](Microseconds at) {
        Terminal terminal({recording->columns, recording->rows});
        for (size_t i = 0; i < recording->eventsUntil(at); ++i) {
            const RecordingEvent &event = recording->events[i];
            if (event.kind == RecordingEvent::Kind::Resize)
                terminal.resize({event.columns(), event.rows()});
            else
                terminal.write({recording->bytes.constData() + event.begin, event.size});
        }
        return terminal.screenText();
    };
    TerminalThread thread;
    TerminalModel terminal(thread);
    RecordingPlayer player;
    {
        RecordingScreen screen(terminal, player);
        player.setRecording(recording);
        for (const int second : {150, 30, 199, 57, 58, 0, 120}) {
            player.seek(std::chrono::seconds(second));
            QTRY_VERIFY(!player.isSeeking());
            const auto look = [&] {
                std::string text;
                for (const auto &line : terminal.frame().lines) {
                    line->appendText(text, 0, line->textEnd());
                    text += '\n';
                }
                return text;
            };
            QTRY_COMPARE(QString::fromStdString(look()).trimmed(),
                         QString::fromStdString(expected(player.position())).trimmed());
        }
    }
    player.seek(0s); // no screen any more
    QVERIFY(!player.isSeeking());
}

// The ui thread goes on while 100 MB are read and searched.
void tst_RecordingPlayer::hundredMegabytes()
{
    FakeSessionsSource source;
    QByteArray cast = kHeader;
    const QString line = u"Lorem ipsum dolor sit amet, consectetur \x1b[32madipiscing\x1b[0m elit\r\n"_s;
    for (int i = 0; i < 1300; ++i)
        cast += castLine(i * 0.01, "o", line.repeated(1100));
    cast += castLine(20, "o", u"the needle\r\n"_s);
    QVERIFY(cast.size() > 100'000'000);
    source.cast = cast;
    Playback playback(source, u"alice-1"_s);
    NotingScreen screen(playback.player());
    playback.player().setScreen(&screen);
    QElapsedTimer turn;
    qint64 longest = 0;
    QTimer beat;
    connect(&beat, &QTimer::timeout, this, [&] { longest = std::max(longest, turn.restart()); });
    beat.start(5ms);
    turn.start();
    playback.read();
    QTRY_COMPARE_WITH_TIMEOUT(playback.state(), Playback::State::Ready, 60'000);
    playback.search(u"needle"_s, Qt::CaseInsensitive);
    QTRY_COMPARE_WITH_TIMEOUT(playback.hits().size(), 1, 60'000);
    QVERIFY2(longest < 1000,
             qPrintable(QString::number(longest))); // much more under load than alone; reading takes longer
    QVERIFY(!playback.hits()[0].line.isEmpty());
}

FB_TEST(tst_RecordingPlayer)

}

#include "tst_recording_player.moc"
