#include "tests/gui/console_fixture.h"
#include "tests/support/test_main.h"
#include "ui/nodes/sessions/player_page.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/data_table.h"

#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

namespace fb::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Fleet = ConsoleFixture::Fleet;

// Sessions > Recordings: words over all recordings, by keys and clicks.
class tst_RecordingSearchPage : public QObject
{
    Q_OBJECT
private slots:
    void findsByKeyboardAndPlays();
    void stopsAndGoesOnToOlder();
    void whatWasNotSearchedIsSaid();
    void problemIsSaid();
    void addressHoldsTheWords();

private:
    static QLineEdit *words(ConsoleFixture &shown)
    {
        return static_cast<QLineEdit *>(shown.visible("recordingsWords"));
    }
    static QString outcome(ConsoleFixture &shown)
    {
        return static_cast<QLabel *>(shown.visible("recordingsOutcome"))->text();
    }
    static void show(ConsoleFixture &shown)
    {
        shown.window().openAddress(u"sessions?tab=recordings"_s);
        QTRY_VERIFY(shown.visible("recordingsWords"));
    }
};

void tst_RecordingSearchPage::findsByKeyboardAndPlays()
{
    ConsoleFixture shown(Fleet::Sample);
    show(shown);
    QTRY_VERIFY(words(shown)->hasFocus());
    QTest::keyClicks(words(shown), u"f"_s);
    QTest::keyClick(words(shown), Qt::Key_Return);
    QVERIFY(shown.recordingSearch.searched.isEmpty()); // too short
    QVERIFY(!shown.visible("recordingsSearch")->isEnabled());
    QTest::keyClicks(words(shown), u"ailed"_s);
    QTest::keyClick(words(shown), Qt::Key_Return);
    QCOMPARE(shown.recordingSearch.searched, QStringList {u"failed"_s});
    auto *table = shown.find<DataTable>("recordingsTable");
    QTRY_COMPARE(table->model()->rowCount(), 3);
    QCOMPARE(outcome(shown), u"3 matches in 12 recordings"_s);
    table->setFocus();
    table->select(u"m.tanaka-0a1b2c3d4e5f60721#1"_s);
    QTest::keyClick(table, Qt::Key_Return);
    QTRY_COMPARE(shown.window().address(), u"sessions/m.tanaka-0a1b2c3d4e5f60721/play"_s);
    auto *player = qobject_cast<PlayerPage *>(shown.window().page());
    QVERIFY(player);
    QCOMPARE(player->view().value(u"find"_s), u"failed"_s);
    // It is at the place once the recording is here.
    QTRY_COMPARE(player->playback().state(), Playback::State::Ready);
    QTRY_COMPARE(player->playback().player().position(), Microseconds(131s));
}

void tst_RecordingSearchPage::stopsAndGoesOnToOlder()
{
    ConsoleFixture shown(Fleet::Sample);
    show(shown);
    shown.recordingSearch.isHeld = true;
    shown.visible("recordingsCase")->setFocus();
    QTest::keyClick(shown.visible("recordingsCase"), Qt::Key_Space);
    QTest::keyClicks(words(shown), u"Failed"_s);
    QTest::keyClick(words(shown), Qt::Key_Return);
    QVERIFY(shown.recordingSearch.isCaseSensitive);
    auto *go = static_cast<QPushButton *>(shown.visible("recordingsSearch"));
    QCOMPARE(go->text(), u"Stop"_s);
    QTest::mouseClick(go, Qt::LeftButton);
    QVERIFY(!shown.recordingSearch.state().isRunning);
    QCOMPARE(go->text(), u"Search"_s);
    QVERIFY(outcome(shown).endsWith(u"stopped"_s));
}

void tst_RecordingSearchPage::whatWasNotSearchedIsSaid()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.recordingSearch.unreadable = 2;
    shown.recordingSearch.cut = 1;
    shown.recordingSearch.found.clear();
    show(shown);
    QTest::keyClicks(words(shown), u"nothing like it"_s);
    QTest::keyClick(words(shown), Qt::Key_Return);
    QTRY_VERIFY(outcome(shown).startsWith(u"0 matches in 12 recordings"_s));
    QVERIFY(outcome(shown).contains(u"2 could not be read"_s));
    QVERIFY(outcome(shown).contains(u"1 with more matches than are listed"_s));
}

void tst_RecordingSearchPage::problemIsSaid()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.recordingSearch.refusal = ShownError {.kind = ShownError::Kind::Denied,
                                                .code = u"AccessDeniedException"_s,
                                                .message = u"v.viewer may not search recordings."_s};
    show(shown);
    QTest::keyClicks(words(shown), u"failed"_s);
    QTest::keyClick(words(shown), Qt::Key_Return);
    QTRY_VERIFY(shown.find<Banner>("recordingsBanner")->isVisible());
    QCOMPARE(static_cast<QPushButton *>(shown.visible("recordingsSearch"))->text(), u"Search"_s);
}

void tst_RecordingSearchPage::addressHoldsTheWords()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.window().openAddress(u"sessions?tab=recordings&find=failed"_s);
    QTRY_COMPARE(shown.recordingSearch.searched, QStringList {u"failed"_s});
    QCOMPARE(words(shown)->text(), u"failed"_s);
    QVERIFY2(shown.window().link().contains(u"find=failed"_s), qPrintable(shown.window().link()));
}

FB_TEST(tst_RecordingSearchPage)

}

#include "tst_recording_search_page.moc"
