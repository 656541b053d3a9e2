// A node's page > Performance: it samples only while it is shown, says how things are, and stays when the node goes.
#include "tests/gui/console_fixture.h"
#include "tests/support/test_main.h"

#include "ui/charts/line_chart.h"

#include <QComboBox>
#include <QLabel>
#include <QListWidget>
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
    void severalNodesOverlaid();

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
    QTRY_VERIFY(
        status(shown).startsWith(u"The counters could not be read: Its state does not allow this now. no"));
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

// By keys only: chosen in the sheet, in the charts with its name, in the stored ones too, in the address, and out of them again.
void tst_PerformanceTab::severalNodesOverlaid()
{
    ConsoleFixture shown(Fleet::Sample);
    open(shown);
    QVERIFY(!shown.visible("compareBar"));
    shown.visible("performanceCompare")->setFocus();
    QTest::keyClick(shown.visible("performanceCompare"), Qt::Key_Space);
    QTRY_VERIFY(shown.visible("compareFilter"));
    QVERIFY(!shown.visible("compareApply")->isEnabled()); // nothing is new yet
    auto *list = qobject_cast<QListWidget *>(shown.visible("compareNodes"));
    QTest::keyClicks(shown.visible("compareFilter"), u"web"_s);
    QVERIFY(list->count() > 1);
    QTest::keyClick(shown.visible("compareFilter"), Qt::Key_Down);
    QTest::keyClick(list, Qt::Key_Space);
    const QString other = list->item(0)->data(Qt::UserRole).toString();
    QCOMPARE(list->item(0)->checkState(), Qt::Checked);
    QTest::keyClick(list, Qt::Key_Down);
    QTest::keyClick(list, Qt::Key_Space);
    QTest::keyClick(shown.visible("compareFilter"), Qt::Key_Escape); // the filter goes, what is ticked stays
    QTest::mouseClick(shown.visible("compareApply"), Qt::LeftButton);
    QTRY_VERIFY(shown.visible("compareBar"));
    QTRY_VERIFY(shown.visible("compareChart-cpu"));
    QVERIFY(!shown.visible("liveChart-cpu"));
    auto *cpu = shown.find<LineChart>("compareChart-cpu");
    const QString name = shown.fleet->nodes().node(other)->name;
    QTRY_VERIFY(cpu->shownSeries().size() == 3 && !cpu->shownSeries()[1].points.isEmpty());
    QCOMPARE(cpu->shownSeries()[1].name, name);
    QVERIFY(qAbs(cpu->shownSeries()[1].points.last().value - 25) < 0.01); // half as busy as the node itself
    QVERIFY(cpu->csv().section(u'\n', 0, 0).contains(name));
    const QString address = shown.window().link();
    QVERIFY2(address.contains(other), qPrintable(address));
    // One that is away says so beside its name, and its line ends.
    shown.performanceSource.problems.insert(other,
                                            {.kind = ShownError::Kind::Unavailable,
                                             .code = u"TargetNotConnected"_s,
                                             .message = u"it is not connected."_s,
                                             .field = {}});
    QTRY_VERIFY(shown.visible("compareNote"));
    QCOMPARE(qobject_cast<QLabel *>(shown.visible("compareNote"))->text(), u"not connected"_s);
    QTest::mouseClick(shown.visible("performanceStored"), Qt::LeftButton);
    QTRY_VERIFY(shown.visible("overlayChart-network"));
    auto *stored = shown.find<LineChart>("overlayChart-network");
    QTRY_VERIFY(stored->shownSeries().size() == 3 && !stored->shownSeries()[2].points.isEmpty());
    while (QWidget *away = shown.visible("compareRemove")) {
        QTest::mouseClick(away, Qt::LeftButton);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
    QTRY_VERIFY(shown.visible("nodeChart-network"));
    QVERIFY(!shown.visible("compareBar"));
    QVERIFY(!shown.window().link().contains(u"compare"));
}

FB_TEST(tst_PerformanceTab)

}

#include "tst_performance_tab.moc"
