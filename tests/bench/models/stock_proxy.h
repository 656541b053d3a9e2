#pragma once
// The yardstick of list filters: a QSortFilterProxyModel as Qt ships it, over the same texts.

#include <QStringList>

namespace fb::bench {

// CPU milliseconds of each key press: the filter text grows by one letter, searched in all columns.
QList<double> stockProxyKeystrokesMs(const QList<QStringList> &rows, const QStringList &filterTexts);

// 100,000 rows of ten columns, as a fleet's table has them.
QList<QStringList> fleetRows(int count);
// What somebody types: "w", "we", "web", ... and other words.
QStringList typedTexts();

}
