// A node's page > Performance: it samples only while it is shown, says how things are, and stays when the node goes.
#include "tests/gui/console_fixture.h"
#include "tests/support/test_main.h"

#include "ui/charts/line_chart.h"

#include <QComboBox>
#include <QLabel>
#include <QTabBar>
#include <QTest>

namespace fb::test {

using namespace Qt::StringLiterals;
using Fleet = ConsoleFixture::Fleet;

class tst_PerformanceTab : public QObject
{
    Q_OBJECT
private slots:
    void samplesWhileItIsShown();
    void offlineAndBack();
    void longerRanges();

private:
    static void open(ConsoleFixture &shown)
    {
        shown.window().openAddress(u"fleet/%1?tab=performance"_s.arg(shown.fleet->nodes().idAt(7)));
        QTRY_VERIFY(shown.visible("performanceSpan"));
    }
    static QString status(ConsoleFixture &shown) { return shown.find<QLabel>("performanceStatus")->text(); }
};

void tst_PerformanceTab::samplesWhileItIsShown()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.window().openAddress(u"fleet/"_s + shown.fleet->nodes().idAt(7));
    QCOMPARE(shown.performanceSource.samples, 0);
    open(shown);
    auto *cpu = shown.find<LineChart>("liveChart-cpu");
    QTRY_VERIFY(!cpu->shownSeries().isEmpty());
    QTRY_VERIFY(cpu->csv().contains(u"in all"));
    QCOMPARE(status(shown), u"live, one point a second"_s);
    const ChartSeries all = cpu->shownSeries().first(); // one of two cores is busy
    QCOMPARE(all.name, u"in all"_s);
    QVERIFY(qAbs(all.points.last().value - 50) < 0.01);
    shown.window().openAddress(u"audit"_s);
    const int samples = shown.performanceSource.samples;
    QTest::qWait(2500); // more than two of its steps: nothing is asked any more
    QVERIFY(shown.performanceSource.samples <= samples + 1);
}

void tst_PerformanceTab::offlineAndBack()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.performanceSource.problem = ShownError {.kind = ShownError::Kind::Unavailable,
                                                  .code = u"TargetNotConnected"_s,
                                                  .message = u"it is not connected."_s,
                                                  .field = {}};
    open(shown);
    QTRY_COMPARE(status(shown), u"Not connected."_s);
    shown.performanceSource.problem.reset();
    QTRY_COMPARE(status(shown), u"live, one point a second"_s);
    shown.performanceSource.problem = ShownError {.kind = ShownError::Kind::State,
                                                  .code = u"AccessDeniedException"_s,
                                                  .message = u"no\u202e <b>way</b>"_s,
                                                  .field = {}};
    QTRY_VERIFY(status(shown).startsWith(u"The counters could not be read: no"));
    QVERIFY(!status(shown).contains(u'\u202e'));
    QVERIFY(!shown.find<LineChart>("liveChart-load")->shownSeries().isEmpty()); // what was measured stays
}

void tst_PerformanceTab::longerRanges()
{
    ConsoleFixture shown(Fleet::Sample);
    open(shown);
    QTest::mouseClick(shown.visible("performanceStored"), Qt::LeftButton);
    QTRY_VERIFY(shown.visible("nodeRange"));
}

FB_TEST(tst_PerformanceTab)

}

#include "tst_performance_tab.moc"
