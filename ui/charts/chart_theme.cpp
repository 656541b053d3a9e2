#include "ui/charts/chart_theme.h"

#include "ui/theme/theme.h"

#include <QAbstractAxis>
#include <QChart>
#include <QGraphicsLayout>
#include <QLegend>

namespace fb {

void applyTheme(QChart &chart)
{
    chart.setAnimationOptions(QChart::NoAnimation);
    chart.legend()->hide();
    chart.setBackgroundVisible(false);
    chart.setPlotAreaBackgroundVisible(false);
    chart.setMargins({});
    chart.setBackgroundRoundness(0);
    chart.layout()->setContentsMargins(0, 0, 0, 0);
    const QList<QAbstractAxis *> axes = chart.axes();
    for (QAbstractAxis *axis : axes)
        axis->setVisible(
            false); // ChartArea draws grid and labels: with units and zone, in the theme of the moment
}

QPen seriesPen(const Theme &theme, int index)
{
    QPen pen(theme.series(index), 1.8, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin);
    switch (index) {
    case 2:
        pen.setDashPattern({4, 2.5});
        break;
    case 3:
        pen.setDashPattern({1.2, 2});
        break;
    case 4:
        pen.setDashPattern({6, 2, 1.2, 2});
        break;
    case 5:
        pen.setDashPattern({8, 3});
        break;
    default:
        break;
    }
    return pen;
}

}
