#pragma once
// How every chart of Qt Charts looks here (look.md 6 and 8). Called again at each theme switch; nothing keeps a colour. Ui thread.

#include <QPen>

class QChart;

namespace fb {

class Theme;

// No animation, legend, frame, margin or fill, and no axes of its own: ChartArea draws them.
void applyTheme(QChart &chart);
// 1.8 px in the series' colour; dashed or dotted from the third series on, so that colour is not all that tells them apart.
QPen seriesPen(const Theme &theme, int index);

}
