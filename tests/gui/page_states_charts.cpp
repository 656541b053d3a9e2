#include "tests/gui/page_states_charts.h"

#include "ui/charts/line_chart.h"

#include <QLineEdit>
#include <QListWidget>
#include <QTest>

namespace fb::test {

using namespace Qt::StringLiterals;

QStringList ChartPageStates::names()
{
    return {u"node-metrics"_s, u"node-metrics-compare"_s, u"node-performance"_s,
            u"node-performance-compare"_s, u"node-performance-choose"_s};
}

void ChartPageStates::open(const QString &name, ConsoleFixture &shown)
{
    const auto id = [&shown](int row) { return shown.fleet->nodes().idAt(row); };
    QString address = u"fleet/%1?tab=%2"_s.arg(id(7), name.section(u'-', 1, 1));
    if (name.endsWith(u"-compare")) {
        shown.performanceSource.nodes << id(7);
        shown.performanceSource.problems.insert(id(2),
                                                {.kind = ShownError::Kind::Unavailable,
                                                 .code = u"TargetNotConnected"_s,
                                                 .message = u"%1 is not connected."_s.arg(id(2)),
                                                 .field = {}});
        address += u"&compare=%1,%2,%3,%4"_s.arg(id(8), id(9), id(1), id(2));
    }
    shown.window().openAddress(address);
    if (name == u"node-performance") {
        auto *chart = shown.find<LineChart>("liveChart-load");
        QTRY_VERIFY(!chart->shownSeries().isEmpty() && chart->shownSeries().first().points.size() > 2);
    } else if (name == u"node-performance-compare") {
        auto *chart = shown.find<LineChart>("compareChart-load");
        QTRY_VERIFY(chart->shownSeries().size() == 5 && chart->shownSeries().first().points.size() > 2);
    } else if (name == u"node-metrics-compare") {
        auto *chart = shown.find<LineChart>("overlayChart-cpu");
        QTRY_VERIFY(chart->shownSeries().size() == 5 && !chart->shownSeries()[4].points.isEmpty());
    } else if (name == u"node-performance-choose") {
        QTest::mouseClick(shown.visible("performanceCompare"), Qt::LeftButton);
        QTest::keyClicks(shown.visible("compareFilter"), u"web"_s);
        auto *list = qobject_cast<QListWidget *>(shown.visible("compareNodes"));
        list->item(0)->setCheckState(Qt::Checked);
        list->item(1)->setCheckState(Qt::Checked);
    }
}

}
