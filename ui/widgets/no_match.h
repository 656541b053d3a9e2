#pragma once
// What a table says when it has rows and none of them matches its filter (ux.md 8), with the way out. Stands above the table. Ui thread.

#include <QWidget>

namespace fb {

class FilterLine;
class LiveTableModel;

class NoMatch : public QWidget
{
    Q_OBJECT
public:
    NoMatch(const QString &name, FilterLine &filter, const LiveTableModel &model, QWidget *parent = nullptr);
};

}
