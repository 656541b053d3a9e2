// A recording on its page: its proof, searching it, keeping it for others.
#include "models/nodes/sessions/playback.h"
#include "tests/support/models/fake_sessions_source.h"
#include "tests/support/models/sample_recording.h"
#include "tests/support/test_main.h"

#include <QTemporaryDir>
#include <QTest>

namespace fb::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class tst_Playback : public QObject
{
    Q_OBJECT
private slots:
    void tellsItsProof_data();
    void tellsItsProof();
    void searches();
    void grownRecordingKeepsItsPlace();
    void savesForOthers_data();
    void savesForOthers();
    void savesHistoryInParts();
    void savingFails();
    void hundredMegabytes();
};

void tst_Playback::tellsItsProof_data()
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

void tst_Playback::tellsItsProof()
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
    if (static_cast<Playback::Proof>(proof) == Playback::Proof::Mismatch) { // what stands before its damage
        source.provenPart = sampleCast();
        QVERIFY(!playback.isNothingProven());
        playback.read(RecordingExtent::ProvenPart);
        QTRY_COMPARE(playback.state(), Playback::State::Ready);
        QCOMPARE(playback.proof(), Playback::Proof::Mismatch);
        source.provenRefusal = source.refusal; // it is at the beginning
        playback.read(RecordingExtent::ProvenPart);
        QTRY_COMPARE(playback.state(), Playback::State::Failed);
        QVERIFY(playback.isNothingProven());
    }
    // What cannot be played at all says so.
    source.refusal = {};
    source.cast = "nonsense\n";
    playback.read();
    QTRY_COMPARE(playback.state(), Playback::State::Failed);
    QTRY_VERIFY(playback.problem().message.contains(u"asciinema"));
}

void tst_Playback::searches()
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

void tst_Playback::grownRecordingKeepsItsPlace()
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
    source.cast = castHeader() + castLine(1, "o", u"another"_s);
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

void tst_Playback::savesForOthers_data()
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

void tst_Playback::savesForOthers()
{
    QFETCH(QByteArray, written);
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, html);
    const QTemporaryDir folder;
    const QByteArray cast = castHeader() + castLine(1, "o", QString::fromUtf8(written));
    RecordingExport wish {.recording = recordingOf(cast), .cast = cast, .title = u"<web-1>"_s};
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

void tst_Playback::savesHistoryInParts()
{
    const QTemporaryDir folder;
    QByteArray cast = castHeader();
    QByteArray all;
    for (int i = 0; i < 300; ++i) {
        QByteArray lines;
        for (int line = 0; line < 40; ++line) // some wrap
            lines += "line " + QByteArray::number(i * 40 + line) + QByteArray(line % 7 == 0 ? 200 : 3, '.')
                + "\r\n";
        cast += castLine(i, "o", QString::fromUtf8(lines));
        all += lines.replace("\r\n", "\n");
    }
    RecordingExport wish {.recording = recordingOf(cast), .format = RecordingFormat::Text};
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

void tst_Playback::savingFails()
{
    RecordingExport wish {.recording = recordingOf(sampleCast()), .cast = sampleCast()};
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

// The ui thread goes on while 100 MB are read and searched.
void tst_Playback::hundredMegabytes()
{
    FakeSessionsSource source;
    QByteArray cast = castHeader();
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

FB_TEST(tst_Playback)

}

#include "tst_playback.moc"
