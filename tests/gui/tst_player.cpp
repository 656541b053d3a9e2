// The player of recordings, by keys and clicks.
#include "models/nodes/sessions/playback_time.h"
#include "tests/gui/console_fixture.h"
#include "tests/gui/page_walker.h"
#include "tests/support/test_main.h"
#include "ui/nodes/sessions/place_list.h"
#include "ui/nodes/sessions/player_page.h"
#include "ui/nodes/sessions/player_timeline.h"
#include "ui/nodes/sessions/recorded_terminal.h"
#include "ui/nodes/sessions/sessions_page.h"
#include "ui/terminal/terminal_view.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/data_table.h"

#include <QAccessible>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalSpy>
#include <QTest>

namespace fb::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Fleet = ConsoleFixture::Fleet;

class tst_Player : public QObject
{
    Q_OBJECT
private slots:
    void playsFromTheList();
    void keysPlay();
    void keysNeverReachTheTerminal();
    void timelineGoesThere();
    void speedAndIdle();
    void searches();
    void marks();
    void badges_data();
    void badges();
    void alteredIsNotShown();
    void shortcomingsAreTold_data();
    void shortcomingsAreTold();
    void emptyIsTold();
    void hostileTextIsText();
    void saves();
    void addressKeepsThePlace();
    void addressesOfNothing();
    void pausesWhenHidden();
    void fitsItsRoom_data();
    void fitsItsRoom();
    void setsAMark();
    void recordingsView();
};

namespace {

    const auto kEnded = u"m.tanaka-0a1b2c3d4e5f60715"_s;

    struct Shown {
        explicit Shown(const QString &view = {},
                       const std::function<void(FakeSessionsSource &)> &prepare = {})
            : console(Fleet::Sample)
        {
            if (prepare)
                prepare(console.sessionsSource);
            console.window().openAddress(PlayerPage::addressOf(kEnded) + view);
            page = qobject_cast<PlayerPage *>(console.window().page());
            if (!page)
                qFatal("no player");
            if (!QTest::qWaitFor([this] { return page->playback().state() != Playback::State::Reading; }))
                qFatal("not read");
        }
        RecordingPlayer &player() { return page->playback().player(); }
        template <typename T>
        T *find(const char *name)
        {
            return page->findChild<T *>(QString::fromLatin1(name));
        }
        void click(const char *name) { QTest::mouseClick(find<QWidget>(name), Qt::LeftButton); }
        TerminalView &terminal() { return *page->findChild<TerminalView *>(); }

        ConsoleFixture console;
        PlayerPage *page = nullptr;
    };
}

void tst_Player::playsFromTheList()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.window().openAddress(u"sessions?row="_s + kEnded);
    QTRY_VERIFY(shown.visible("sessionPlay"));
    QTest::mouseClick(shown.visible("sessionPlay"), Qt::LeftButton);
    auto *page = qobject_cast<PlayerPage *>(shown.window().page());
    QVERIFY(page);
    QTRY_COMPARE(page->playback().state(), Playback::State::Ready);
    QCOMPARE(page->playback().session().id, kEnded);
    QCOMPARE(shown.sessionsSource.readings, 1); // each reading is audited: not twice
    QVERIFY(!page->playback().player().isPlaying()); // it waits to be asked
    // Enter plays an ended one, too; one without a recording says why not.
    shown.window().openAddress(u"sessions?row="_s + kEnded);
    auto *table = shown.find<DataTable>("sessionsTable");
    QTest::keyClick(table, Qt::Key_Return);
    QCOMPARE(shown.window().page(), page);
    shown.window().openAddress(u"sessions?row=m.tanaka-0a1b2c3d4e5f60714"_s);
    QTRY_VERIFY(shown.visible("sessionPlay"));
    QVERIFY(!shown.visible("sessionPlay")->isEnabled());
    QCOMPARE(shown.visible("sessionPlay")->toolTip(), u"This session was not recorded."_s);
}

void tst_Player::keysPlay()
{
    Shown shown;
    QWidget *focus = QApplication::focusWidget();
    QCOMPARE(focus, &shown.terminal()); // keys work at once
    QTest::keyClick(focus, Qt::Key_Space);
    QVERIFY(shown.player().isPlaying());
    QCOMPARE(shown.find<QPushButton>("playerPlay")->text(), u"Pause"_s);
    QTRY_VERIFY(shown.player().position() > 500ms);
    QTRY_VERIFY(shown.terminal().shownText().contains(u"ops@edge-fra-02:~$"_s));
    QTest::keyClick(focus, Qt::Key_Space);
    QVERIFY(!shown.player().isPlaying());
    const Microseconds at = shown.player().position();
    QTest::keyClick(focus, Qt::Key_Right);
    QCOMPARE(shown.player().position(), at + 5s);
    QTest::keyClick(focus, Qt::Key_Right, Qt::ShiftModifier);
    QCOMPARE(shown.player().position(), at + 35s);
    QTest::keyClick(focus, Qt::Key_Left);
    QCOMPARE(shown.player().position(), at + 30s);
    QTest::keyClick(focus, Qt::Key_End);
    QVERIFY(shown.player().isAtEnd());
    QTRY_VERIFY2(shown.terminal().shownText().contains(u"exit"_s), qPrintable(shown.terminal().shownText()));
    QTest::keyClick(focus, Qt::Key_Home);
    QCOMPARE(shown.player().position(), Microseconds(0));
    QTRY_VERIFY(!shown.terminal().shownText().contains(u"ops"_s));
    QTest::keyClick(focus, Qt::Key_Period);
    QCOMPARE(shown.player().position(), Microseconds(400ms));
    QTest::keyClick(focus, Qt::Key_Period);
    QTRY_VERIFY(shown.terminal().shownText().contains(u"$ u"_s));
    QTest::keyClick(focus, Qt::Key_Comma);
    QTRY_VERIFY(!shown.terminal().shownText().contains(u"$ u"_s));
    QTest::keyClick(focus, Qt::Key_Greater);
    QCOMPARE(shown.player().speed(), 1.5);
    QTest::keyClick(focus, Qt::Key_Less);
    QCOMPARE(shown.player().speed(), 1.0);
}

void tst_Player::keysNeverReachTheTerminal()
{
    Shown shown;
    QSignalSpy typed(&shown.page->terminal().model(), &TerminalModel::typed);
    QTest::keyClicks(&shown.terminal(), u"rm -rf /"_s);
    QTest::keyClick(&shown.terminal(), Qt::Key_Return);
    QTest::keyClick(&shown.terminal(), Qt::Key_V, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(typed.size(), 0);
    // Tab goes on: a recorded terminal is no trap.
    QTest::keyClick(&shown.terminal(), Qt::Key_Tab);
    QVERIFY(QApplication::focusWidget() != &shown.terminal());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Backtab);
    QCOMPARE(QApplication::focusWidget(), &shown.terminal());
    // The window's keys are the window's.
    QTest::keyClick(&shown.terminal(), Qt::Key_F, Qt::ControlModifier);
    QTRY_COMPARE(QApplication::focusWidget(), shown.find<QLineEdit>("playerFind"));
    // While one types there, a blank is a blank.
    QTest::keyClicks(QApplication::focusWidget(), u"a b."_s);
    QCOMPARE(shown.find<QLineEdit>("playerFind")->text(), u"a b."_s);
    QVERIFY(!shown.player().isPlaying());
}

void tst_Player::timelineGoesThere()
{
    Shown shown;
    auto *line = shown.find<PlayerTimeline>("playerTimeline");
    QTest::mouseClick(line, Qt::LeftButton, {}, QPoint(line->width() / 2, line->height() / 2));
    const double half = static_cast<double>(shown.player().position().count())
        / static_cast<double>(shown.player().length().count());
    QVERIFY2(half > 0.48 && half < 0.52, qPrintable(QString::number(half)));
    QTest::mousePress(line, Qt::LeftButton, {}, QPoint(line->width() / 2, 10));
    QTest::mouseMove(line, QPoint(line->width() / 4, 10)); // drag
    QTest::mouseRelease(line, Qt::LeftButton, {}, QPoint(line->width() / 4, 10));
    QTRY_VERIFY(!shown.player().isSeeking());
    line->setFocus();
    QTest::keyClick(line, Qt::Key_End);
    QVERIFY(shown.player().isAtEnd());
    QTest::keyClick(line, Qt::Key_PageDown); // a tenth
    QVERIFY(!shown.player().isAtEnd());
    QTest::keyClick(line, Qt::Key_Home);
    QCOMPARE(shown.player().position(), Microseconds(0));
    QTest::keyClick(line, Qt::Key_Right); // as everywhere on the page
    QCOMPARE(shown.player().position(), Microseconds(5s));
    QCOMPARE(line->accessibleDescription(), u"0:05 / "_s + playbackTime(shown.player().length()));
    QVERIFY(line->textAt(shown.player().recording().marks[0].at).endsWith(u"roll-out begins"));
    QVERIFY(line->textAt(shown.player().recording().marks[1].at).endsWith(u"the disk was full or failed"));
}

void tst_Player::speedAndIdle()
{
    Shown shown;
    auto *speed = shown.find<QComboBox>("playerSpeed");
    QCOMPARE(speed->count(), 8);
    QCOMPARE(speed->currentText(), u"1x"_s);
    speed->setFocus();
    QTest::keyClick(speed, Qt::Key_End);
    QCOMPARE(shown.player().speed(), 16.0);
    auto *idle = shown.find<QComboBox>("playerIdle");
    idle->setFocus();
    QTest::keyClick(idle, Qt::Key_Down);
    QCOMPARE(shown.player().idleLimit(), Microseconds(1s));
    shown.player().play();
    QTRY_VERIFY(shown.find<QLabel>("playerNote")->text().startsWith(u"Skipped"));
}

void tst_Player::searches()
{
    Shown shown;
    auto *find = shown.find<QLineEdit>("playerFind");
    QVERIFY(!shown.find<QWidget>("playerNextHit")->isEnabled());
    QTest::keyClicks(find, u"POOL"_s);
    QTRY_COMPARE(shown.page->playback().hits().size(), 14);
    QCOMPARE(shown.find<QLabel>("playerFound")->text(), u"14 hits"_s);
    QTest::keyClick(find, Qt::Key_Return);
    QCOMPARE(shown.find<QLabel>("playerFound")->text(), u"1 of 14"_s);
    QTRY_VERIFY(shown.terminal().shownText().contains(u"pool"_s));
    QTest::keyClick(find, Qt::Key_Return, Qt::ShiftModifier);
    QCOMPARE(shown.page->playback().currentHit(), 13);
    QTest::keyClick(&shown.terminal(), Qt::Key_F3);
    QCOMPARE(shown.page->playback().currentHit(), 0);
    auto *hits = shown.find<PlaceList>("playerHits");
    QVERIFY(hits->isVisible());
    QCOMPARE(hits->count(), 14);
    hits->setFocus();
    QTest::keyClick(hits, Qt::Key_Down);
    QTest::keyClick(hits, Qt::Key_Return);
    QCOMPARE(shown.page->playback().currentHit(), 1);
    find->clear();
    QTest::keyClicks(find, u"nowhere"_s);
    QTRY_COMPARE(shown.find<QLabel>("playerFound")->text(), u"Not found"_s);
    QVERIFY(!hits->isVisible());
}

void tst_Player::marks()
{
    Shown shown;
    auto *marks = shown.find<PlaceList>("playerMarks");
    QCOMPARE(marks->count(), 3);
    QCOMPARE(marks->model()->index(0, 0).data().toString(), u"roll-out begins"_s);
    QCOMPARE(marks->model()->index(1, 0).data().toString(),
             u"4.0 KiB missing: the disk was full or failed"_s);
    QTest::keyClick(&shown.terminal(), Qt::Key_BracketRight);
    const Microseconds first = shown.player().recording().marks[0].at;
    QCOMPARE(shown.player().position(), first);
    shown.click("playerNextMark");
    QVERIFY(shown.player().position() > first);
    QTest::keyClick(&shown.terminal(), Qt::Key_BracketLeft);
    QCOMPARE(shown.player().position(), first);
    marks->setFocus();
    QTest::keyClick(marks, Qt::Key_Down);
    QTest::keyClick(marks, Qt::Key_Return);
    QVERIFY(shown.player().position() > first);
}

void tst_Player::badges_data()
{
    QTest::addColumn<bool>("ended");
    QTest::addColumn<QString>("hash");
    QTest::addColumn<QString>("word");
    QTest::addRow("ended") << true << u"ab"_s << u"Recording unchanged"_s;
    QTest::addRow("running") << false << QString() << u"Still recording"_s;
    QTest::addRow("no hash") << true << QString() << u"No hash to check"_s;
}

void tst_Player::badges()
{
    QFETCH(bool, ended);
    QFETCH(QString, hash);
    QFETCH(QString, word);
    Shown shown({}, [&](FakeSessionsSource &source) {
        for (SessionRow &row : source.values) {
            row.recordingHash = hash;
            row.ended = ended ? row.started + 1min : Instant();
        }
    });
    QCOMPARE(shown.page->findChild<Chip *>()->word(), word);
    auto *again = shown.find<QWidget>("playerAgain");
    QCOMPARE(again->isVisible(), !ended);
    if (ended)
        return;
    shown.player().seek(20s); // what came since, at the same place
    shown.console.sessionsSource.cast += "[5000,\"o\",\"later\"]\n";
    shown.click("playerAgain");
    QTRY_COMPARE(shown.player().length(), Microseconds(5000s));
    QCOMPARE(shown.player().position(), Microseconds(20s));
}

void tst_Player::alteredIsNotShown() // [session-manager 8.18]
{
    Shown shown({}, [](FakeSessionsSource &source) {
        source.refusal = {.kind = ShownError::Kind::Ours,
                          .code = u"InternalServerError"_s,
                          .message = u"..."_s,
                          .field = u"RecordingHash"_s};
    });
    QCOMPARE(shown.page->findChild<Chip *>()->word(), u"Hash does not match"_s);
    QCOMPARE(shown.find<QLabel>("playerProblem")->text(), u"The hash does not match"_s);
    QVERIFY(shown.find<QLabel>("playerProblemText")->isVisible());
    QVERIFY(!shown.terminal().isVisible());
    QVERIFY(!shown.find<QWidget>("playerSave")->isEnabled());
    // What stands before the damage is proven by itself; that it is not all stays said.
    shown.console.sessionsSource.provenPart
        = "{\"version\":2,\"width\":80,\"height\":24}\n[1,\"o\",\"proven\"]\n"
          "[2,\"m\",\"recording gap: altered or cut from here on\"]\n";
    shown.click("playerProvenPart");
    QTRY_VERIFY(shown.terminal().isVisible());
    QCOMPARE(shown.page->playback().player().recording().bytes, QByteArray("proven"));
    QCOMPARE(shown.page->findChild<Chip *>()->word(), u"Hash does not match"_s);
    QVERIFY(shown.page->findChild<Banner *>()->isVisible());
    QCOMPARE(Playback::gapText(shown.page->playback().player().recording().marks.at(0)),
             u"Altered or cut off from here on"_s);
    shown.click("playerList");
    QVERIFY(shown.console.visible("sessionsTable"));
    QCOMPARE(shown.console.window().address(), u"sessions"_s);
    // Another fault can be tried again.
    shown.console.sessionsSource.refusal
        = {.kind = ShownError::Kind::Unavailable, .code = u"ServiceUnavailable"_s, .message = u"<b>x</b>"_s};
    shown.console.window().openAddress(PlayerPage::addressOf(kEnded));
    shown.click("playerRetry");
    QTRY_COMPARE(shown.find<QLabel>("playerProblem")->text(), u"The recording could not be read"_s);
    QCOMPARE(shown.find<QLabel>("playerProblemText")->textFormat(), Qt::PlainText);
    shown.console.sessionsSource.refusal = {};
    shown.click("playerRetry");
    QTRY_COMPARE(shown.page->playback().state(), Playback::State::Ready);
    QVERIFY(shown.terminal().isVisible());
}

void tst_Player::shortcomingsAreTold_data()
{
    QTest::addColumn<QByteArray>("end");
    QTest::addColumn<bool>("withoutGap");
    QTest::addColumn<QString>("statement"); // empty: no banner
    QTest::addRow("gap") << QByteArray() << false << u"Bytes are missing at 1 place."_s;
    QTest::addRow("whole") << QByteArray() << true << QString();
    QTest::addRow("torn") << QByteArray("[9000,\"o\",\"ha") << false
                          << u"The end of this recording is cut off."_s;
    QTest::addRow("broken") << QByteArray("nonsense\n[9000,\"o\",\"x\"]\n") << false
                            << u"Only the first part of this recording can be played."_s;
}

void tst_Player::shortcomingsAreTold()
{
    QFETCH(QByteArray, end);
    QFETCH(bool, withoutGap);
    QFETCH(QString, statement);
    Shown shown({}, [&](FakeSessionsSource &source) {
        if (withoutGap)
            source.cast.replace("recording gap", "a mark");
        source.cast += end;
    });
    QCOMPARE(shown.page->playback().state(), Playback::State::Ready);
    auto *banner = shown.find<Banner>("playerBanner");
    QCOMPARE(banner->isVisible(), !statement.isEmpty());
    if (!statement.isEmpty())
        QCOMPARE(banner->statement(), statement);
    QTest::keyClick(&shown.terminal(), Qt::Key_End); // what there is plays
    QTRY_VERIFY(shown.terminal().shownText().contains(u"exit"_s));
}

void tst_Player::emptyIsTold()
{
    Shown shown({}, [](FakeSessionsSource &source) { source.cast.truncate(source.cast.indexOf('\n') + 1); });
    QCOMPARE(shown.page->playback().state(), Playback::State::Ready);
    QCOMPARE(shown.find<Banner>("playerBanner")->statement(), u"This recording is empty."_s);
    QVERIFY(!shown.find<QWidget>("playerPlay")->isEnabled());
    QTest::keyClick(&shown.terminal(), Qt::Key_Space);
    QTest::keyClick(&shown.terminal(), Qt::Key_Period);
    QVERIFY(!shown.player().isPlaying());
}

void tst_Player::hostileTextIsText() // [U01] [U04]
{
    const QString evil = u"<img src=x>\u202Egnp.exe"_s + QString(2000, u'A');
    Shown shown({}, [&](FakeSessionsSource &source) {
        for (SessionRow &row : source.values) {
            row.reason = evil;
            row.nodeName = u"<u>node</u>"_s;
        }
        source.cast += "[9000,\"m\",\"<script>\\u202e\\u0007\"]\n[9001,\"o\",\"\\u001b]0;<b>title</"
                       "b>\\u0007<i>x</i>\\r\\n\"]\n";
    });
    shown.page->playback().search(u"<i>"_s, Qt::CaseInsensitive);
    QTRY_COMPARE(shown.page->playback().hits().size(), 1);
    const QList<QLabel *> labels = shown.page->findChildren<QLabel *>();
    for (const QLabel *label : labels)
        QCOMPARE(label->textFormat(), Qt::PlainText);
    const QString mark = shown.find<PlaceList>("playerMarks")->model()->index(3, 0).data().toString();
    QVERIFY(mark.startsWith(u"<script>\\u202e"));
    QVERIFY(!mark.contains(QChar(0x202e)) && !mark.contains(QChar(7)));
    QVERIFY(!shown.find<PlayerTimeline>("playerTimeline")->textAt(9000s).contains(QChar(0x202e)));
}

void tst_Player::saves()
{
    Shown shown;
    const auto save = [&](RecordingFormat format, const QString &name) {
        const QString path = shown.console.folder.filePath(name);
        shown.page->save(format, path);
        auto *banner = shown.find<Banner>("playerBanner");
        if (!QTest::qWaitFor([&] { return banner->statement() == u"The recording was saved."; }))
            return QByteArray("not saved");
        banner->hide();
        banner->showMessage(Tone::Accent, Icon::Notice, {}, {});
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("no file");
    };
    QCOMPARE(save(RecordingFormat::Cast, u"a.cast"_s), shown.console.sessionsSource.cast);
    QVERIFY(save(RecordingFormat::Text, u"a.txt"_s).contains("pool exhausted: 64 of 64 in use\n"));
    const QByteArray page = save(RecordingFormat::Html, u"a.html"_s);
    QVERIFY(page.contains("<span style=\"color:#bc2529;\">ERROR</span>")); // look.md's light palette
    shown.page->save(RecordingFormat::Text, u"/no/such/folder/a"_s);
    QTRY_COMPARE(shown.find<Banner>("playerBanner")->statement(), u"The recording was not saved."_s);
    // The menu offers the three.
    shown.click("playerSave");
    QTRY_VERIFY(QApplication::activePopupWidget());
    QCOMPARE(QApplication::activePopupWidget()->actions().size(), 3);
    QApplication::activePopupWidget()->close();
}

void tst_Player::addressKeepsThePlace()
{
    Shown shown(u"?at=62.5&find=pool"_s);
    QCOMPARE(shown.player().position(), Microseconds(62'500ms));
    QTRY_COMPARE(shown.page->playback().hits().size(), 14);
    QVERIFY(shown.console.window().link().endsWith(u"at=62.5&find=pool"_s)
            || shown.console.window().link().endsWith(u"find=pool&at=62.5"_s));
    QTest::keyClick(&shown.terminal(), Qt::Key_Right);
    QVERIFY(shown.console.window().link().contains(u"at=67.5"));
    // Nonsense is the start.
    Shown odd(u"?at=1e999"_s);
    QCOMPARE(odd.player().position(), Microseconds(0));
}

void tst_Player::addressesOfNothing()
{
    ConsoleFixture shown(Fleet::Sample);
    for (const char *address : {"sessions/a/play/more", "sessions//play", "sessions/play"}) {
        shown.window().openAddress(QString::fromLatin1(address));
        QVERIFY2(!qobject_cast<PlayerPage *>(shown.window().page()), address);
    }
}

void tst_Player::pausesWhenHidden()
{
    Shown shown;
    shown.player().play();
    shown.console.window().openAddress(u"fleet"_s);
    QVERIFY(!shown.player().isPlaying());
    const Microseconds at = shown.player().position();
    shown.console.window().openAddress(PlayerPage::addressOf(kEnded));
    QCOMPARE(shown.player().position(), at);
    QCOMPARE(shown.console.sessionsSource.readings, 1); // it was kept
    // A large one is not: it is read again, and is where it was.
    shown.console.sessionsSource.cast += "[5000,\"o\",\"" + QByteArray(3 << 20, 'x') + "\"]\n";
    for (int i = 0; i < 6; ++i)
        shown.console.sessionsSource.cast += "[5001,\"o\",\"" + QByteArray(3 << 20, 'x') + "\"]\n";
    shown.page->playback().read();
    QTRY_COMPARE(shown.player().length(), Microseconds(5001s));
    shown.player().seek(60s);
    shown.console.window().openAddress(u"fleet"_s);
    QTRY_VERIFY(shown.page->playback().isForgotten());
    shown.console.window().openAddress(PlayerPage::addressOf(kEnded));
    QTRY_COMPARE(shown.page->playback().state(), Playback::State::Ready);
    QCOMPARE(shown.player().position(), Microseconds(60s));
}

void tst_Player::fitsItsRoom_data()
{
    QTest::addColumn<QByteArray>("size");
    QTest::addColumn<bool>("fits");
    QTest::addRow("small") << QByteArray("40x10") << true;
    QTest::addRow("large") << QByteArray("140x40") << true;
    QTest::addRow("larger than the window") << QByteArray("300x120") << false;
}

// A large recording is made small enough to be seen whole; one that cannot be is scrolled to where its cursor is.
void tst_Player::fitsItsRoom()
{
    QFETCH(QByteArray, size);
    QFETCH(bool, fits);
    Shown shown({}, [&](FakeSessionsSource &source) { source.cast.replace("96x26", size); });
    TerminalView &view = shown.terminal();
    auto *area = shown.find<QScrollArea>("playerScreen");
    const auto isWhole = [&] {
        return view.sizeHint().width() <= view.width() && view.sizeHint().height() <= view.height();
    };
    QTRY_VERIFY(isWhole());
    QTRY_COMPARE(view.size() == area->viewport()->size(), fits);
    QVERIFY(view.fontPoints() >= TerminalView::kLeastPoints);
    QTest::keyClick(&view, Qt::Key_End);
    QTRY_VERIFY(view.shownText().contains(u"exit"_s));
    const auto cursorShows = [&] {
        const TerminalFrame &frame = shown.page->terminal().model().frame();
        const QRect cell
            = view.cellRect(static_cast<int>(frame.cursorRow - frame.topRow), frame.cursorColumn);
        return area->viewport()->rect().contains(view.mapTo(area->viewport(), cell.center()));
    };
    QTRY_VERIFY(cursorShows());
    // Zoomed by hand, it stays.
    const int points = view.fontPoints();
    QTest::keyClick(&view, Qt::Key_Plus, Qt::ControlModifier);
    QCOMPARE(view.fontPoints(), points + 1);
    shown.console.window().resize(1200, 700);
    QTRY_VERIFY(isWhole());
    QCOMPARE(view.fontPoints(), points + 1);
}

// While it runs, an operator marks what is worth finding again.
void tst_Player::setsAMark()
{
    ConsoleFixture shown(Fleet::Sample);
    const auto id = u"m.tanaka-0a1b2c3d4e5f60710"_s;
    shown.window().openAddress(u"sessions?row="_s + id);
    QTRY_VERIFY(shown.visible("sessionMark"));
    QTest::mouseClick(shown.visible("sessionMark"), Qt::LeftButton);
    QWidget *label = shown.visible("markLabel");
    QVERIFY(label);
    QCOMPARE(QApplication::focusWidget(), label);
    QTest::keyClick(label, Qt::Key_Return); // nothing is no name
    QCOMPARE(shown.sessionsSource.marked, QStringList());
    QVERIFY(shown.visible("markSheet"));
    shown.sessionsSource.markRefusal = {.kind = ShownError::Kind::WrongInput,
                                        .code = u"ValidationException"_s,
                                        .message = u"no"_s,
                                        .field = u"Label"_s};
    QTest::keyClicks(label, u" <b>roll-out</b> begins "_s);
    QTest::keyClick(label, Qt::Key_Return);
    QTRY_COMPARE(label->parentWidget()->findChild<QLabel *>()->textFormat(), Qt::PlainText);
    QTRY_VERIFY(shown.visible("markSet")->isEnabled());
    QVERIFY(shown.visible("markSheet")); // refused: what was typed stays
    shown.sessionsSource.markRefusal = {};
    QTest::keyClick(label, Qt::Key_Return);
    QTRY_VERIFY(!shown.visible("markSheet"));
    QCOMPARE(shown.sessionsSource.marked.last(), id + u" <b>roll-out</b> begins"_s);
    QCOMPARE(shown.find<Banner>("sessionsBanner")->statement(), u"The mark was set."_s);
    // One that has ended takes none.
    shown.window().openAddress(u"sessions?row="_s + kEnded);
    QTRY_VERIFY(shown.visible("sessionSaveRecording"));
    QVERIFY(!shown.visible("sessionMark"));
}

void tst_Player::recordingsView()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.window().openAddress(u"sessions?row="_s + kEnded); // among all
    auto *table = shown.find<DataTable>("sessionsTable");
    QTRY_COMPARE(table->model()->rowCount(), 12);
    auto *button = shown.find<QPushButton>("sessionsRecordings");
    QCOMPARE(button->text(), u"Recorded only"_s);
    QTest::mouseClick(button, Qt::LeftButton);
    QTRY_COMPARE(table->model()->rowCount(), 11);
    QCOMPARE(button->text(), u"All sessions"_s);
    QTest::mouseClick(button, Qt::LeftButton);
    QTRY_COMPARE(table->model()->rowCount(), 12);
    shown.find<QAction>("cmdRecordings")->trigger();
    QTRY_COMPARE(table->model()->rowCount(), 11);
}

FB_TEST(tst_Player)

}

#include "tst_player.moc"
