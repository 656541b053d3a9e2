#pragma once
// Chooses nodes for sessions: a filter, and the list under it. Those that are not online stand there too, and say why they cannot be chosen.
// Ui thread.

#include "models/nodes/fleet/fleet_view_model.h"

#include <QSet>
#include <QWidget>

class QLineEdit;
class QListWidget;

namespace fb {

class TextLabel;

class NodePicker : public QWidget
{
    Q_OBJECT
public:
    explicit NodePicker(FleetViewModel &fleet, QWidget *parent = nullptr);

    void setChosen(const QStringList &nodeIds); // what is not online is left out
    QStringList chosen() const; // in the order of the list

signals:
    void chosenChanged();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fill();
    void note();

    FleetViewModel &m_fleet;
    QLineEdit *m_filter;
    QListWidget *m_list;
    TextLabel *m_count;
    QStringList m_chosen; // also those that the filter hides
    bool m_isFilling = false;
};

}
