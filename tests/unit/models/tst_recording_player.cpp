// Playing recordings, tick by tick.
#include "backend/terminal/terminal.h"
#include "models/nodes/sessions/recording_screen.h"
#include "tests/support/models/sample_recording.h"
#include "tests/support/seeded_random.h"
#include "tests/support/test_main.h"

#include <QSignalSpy>
#include <QTest>

namespace fb::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class tst_RecordingPlayer : public QObject
{
    Q_OBJECT
private slots:
    void playsInTime();
    void skipsIdleTime();
    void speeds();
    void seeksBothWays();
    void newerSeekReplacesOlder();
    void waitsForTheScreen();
    void stepsFromOutputToOutput();
    void goesToMarks();
    void resizesInOrder();
    void playsIntoATerminal();
};

void tst_RecordingPlayer::playsInTime()
{
    RecordingPlayer player;
    NotingScreen screen(player);
    QSignalSpy states(&player, &RecordingPlayer::stateChanged);
    player.setScreen(&screen);
    player.setRecording(recordingOf(sampleCast()));
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
    player.setRecording(recordingOf(sampleCast()));
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
    player.setRecording(recordingOf(sampleCast()));
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
    player.setRecording(recordingOf(sampleCast()));
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
    QByteArray cast = castHeader();
    for (int i = 0; i < 400; ++i)
        cast += castLine(i, "o", QString(20'000, QChar(u'a' + i % 26)));
    RecordingPlayer player;
    NotingScreen screen(player);
    screen.takesAtOnce = false;
    player.setScreen(&screen);
    player.setRecording(recordingOf(cast));
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
    QByteArray cast = castHeader();
    for (int i = 0; i < 400; ++i)
        cast += castLine(i * 0.001, "o", QString(60'000, u'x'));
    RecordingPlayer player;
    NotingScreen screen(player);
    screen.takesAtOnce = false;
    player.setScreen(&screen);
    player.setRecording(recordingOf(cast + castLine(100, "o", u"end"_s)));
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
    player.setRecording(recordingOf(sampleCast()));
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
    player.setRecording(recordingOf(sampleCast()));
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
    player.setRecording(recordingOf(castHeader() + castLine(1, "o", u"old"_s) + castLine(2, "r", u"132x43"_s)
                                    + castLine(3, "o", u"new"_s)));
    player.seek(3s);
    QCOMPARE(screen.shown, QByteArray("old"));
    QVERIFY(player.isSeeking());
    screen.take();
    QCOMPARE(screen.shown, QByteArray("old<132x43>new"));
    screen.take();
    QVERIFY(!player.isSeeking());
}

// Seeking to and fro ends with the screen that playing straight through has.
void tst_RecordingPlayer::playsIntoATerminal()
{
    QByteArray cast = castHeader();
    SeededRandom random(3);
    for (int i = 0; i < 200; ++i) {
        if (i % 37 == 20)
            cast += castLine(i, "r", u"%1x%2"_s.arg(40 + i / 2).arg(10 + i / 10));
        const QString color = u"\x1b[3%1m"_s.arg(i % 8);
        cast += castLine(i, "o",
                         color + u"row %1 "_s.arg(i)
                             + QString(static_cast<unsigned char>(random.bytes(1)[0]), u'x') + u"\r\n"_s);
    }
    const auto recording = recordingOf(cast);
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

FB_TEST(tst_RecordingPlayer)

}

#include "tst_recording_player.moc"
