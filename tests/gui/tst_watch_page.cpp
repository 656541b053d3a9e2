#include "tests/gui/shown_desk.h"
#include "tests/support/test_main.h"
#include "ui/nodes/sessions/watch_page.h"
#include "ui/terminal/terminal_view.h"
#include "ui/widgets/banner.h"

#include <QLabel>
#include <QPushButton>
#include <QTest>

namespace fb::test {

using namespace Qt::StringLiterals;
using Fleet = ConsoleFixture::Fleet;

// A session of somebody else, looked at.
class tst_WatchPage : public QObject
{
    Q_OBJECT
private slots:
    void opensFromTheListAndShowsTheScreen();
    void typesNothing();
    void endIsSaid();
    void refusalCanBeTriedAgain();
    void ownerIsShownThatItIsWatched();
    void tunnelsCannotBeWatched();

private:
    static constexpr auto kId = "k.suzuki-0a1b2c3d4e5f60711";
    static QString idText() { return QString::fromLatin1(kId); }
    static WatchPage *page(ConsoleFixture &shown) { return qobject_cast<WatchPage *>(shown.window().page()); }
    static void open(ConsoleFixture &shown)
    {
        shown.window().openAddress(u"sessions/%1/watch"_s.arg(idText()));
        QTRY_VERIFY(page(shown));
        QTRY_COMPARE(page(shown)->watch().state(), SessionWatch::State::Watching);
    }
};

void tst_WatchPage::opensFromTheListAndShowsTheScreen()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.window().openAddress(u"sessions?tab=active&row=m.tanaka-0a1b2c3d4e5f60711"_s);
    QTRY_VERIFY(shown.visible("sessionWatch"));
    shown.linksSource.screens.insert(u"m.tanaka-0a1b2c3d4e5f60711"_s, "hello\r\n");
    QTest::mouseClick(shown.visible("sessionWatch"), Qt::LeftButton);
    QTRY_VERIFY(page(shown));
    QCOMPARE(shown.linksSource.watched, QStringList {u"m.tanaka-0a1b2c3d4e5f60711"_s});
    QTRY_COMPARE(page(shown)->terminal().model().columns(), 100);
    QTRY_VERIFY(shown.linksSource.consumedBytes.value(u"m.tanaka-0a1b2c3d4e5f60711"_s) >= 7); // parsed
}

void tst_WatchPage::typesNothing()
{
    ConsoleFixture shown(Fleet::Sample);
    open(shown);
    page(shown)->terminal().view().setFocus();
    QTest::keyClicks(&page(shown)->terminal().view(), u"rm -rf /"_s);
    QTest::keyClick(&page(shown)->terminal().view(), Qt::Key_Return);
    shown.linksSource.say(idText(),
                          "\x1b[c\x1b[6n"); // what a program asks of its terminal is not answered by us
    QTRY_VERIFY(shown.linksSource.consumedBytes.value(idText()) >= 7);
    QTest::qWait(50);
    QVERIFY(shown.linksSource.typed.isEmpty());
    QVERIFY(shown.linksSource.sizes.isEmpty()); // nor is its window ours to change
}

void tst_WatchPage::endIsSaid()
{
    ConsoleFixture shown(Fleet::Sample);
    open(shown);
    shown.linksSource.change(idText(), u"Terminated"_s, u"exited 0"_s);
    QCOMPARE(page(shown)->watch().state(), SessionWatch::State::Ended);
    QCOMPARE(shown.find<Banner>("watchBanner")->statement(), u"The session has ended."_s);
}

void tst_WatchPage::refusalCanBeTriedAgain()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.linksSource.refusal = ShownError {.kind = ShownError::Kind::Denied,
                                            .code = u"AccessDeniedException"_s,
                                            .message = u"m.tanaka may not watch this session."_s};
    shown.window().openAddress(u"sessions/%1/watch"_s.arg(idText()));
    QTRY_VERIFY(shown.find<Banner>("watchBanner") && shown.find<Banner>("watchBanner")->isVisible());
    QCOMPARE(page(shown)->watch().state(), SessionWatch::State::Refused);
    emit shown.find<Banner>("watchBanner")->actionClicked();
    QTRY_COMPARE(page(shown)->watch().state(), SessionWatch::State::Watching);
    QVERIFY(!shown.find<Banner>("watchBanner")->isVisible());
}

void tst_WatchPage::ownerIsShownThatItIsWatched()
{
    ShownDesk shown;
    ConsoleFixture &console = shown.console;
    const int pane = shown.open(u"web-tyo-01"_s);
    const QString id = shown.desk().link(pane)->id();
    QTRY_VERIFY(console.visible("sessionStrip"));
    QVERIFY(!console.visible("sessionWatched"));
    console.linksSource.setWatchedBy(id, u"root, k.sato"_s);
    QTRY_VERIFY(console.visible("sessionWatched"));
    QCOMPARE(static_cast<QLabel *>(console.visible("sessionWatched"))->text(), u"Watched by root, k.sato"_s);
    console.linksSource.setWatchedBy(id, {});
    QTRY_VERIFY(!console.visible("sessionWatched"));
}

void tst_WatchPage::tunnelsCannotBeWatched()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.window().openAddress(u"sessions?tab=active&row=m.tanaka-0a1b2c3d4e5f60711"_s);
    QTRY_VERIFY(shown.visible("sessionWatch"));
    SessionRow port = *shown.sessions->values().value(u"m.tanaka-0a1b2c3d4e5f60711"_s);
    port.type = u"Port"_s;
    shown.sessionsSource.news.arrived({port});
    QTRY_VERIFY(!shown.visible("sessionWatch")->isEnabled());
    QVERIFY(!shown.visible("sessionResume")->isEnabled());
    QCOMPARE(shown.visible("sessionWatch")->toolTip(), u"A tunnel has no screen."_s);
}

FB_TEST(tst_WatchPage)

}

#include "tst_watch_page.moc"
