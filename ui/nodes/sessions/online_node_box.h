#pragma once
// One node out of those that are online, by name. What is chosen stays so while nodes come and go. Ui thread.

#include "models/nodes/fleet/fleet_view_model.h"

#include <QComboBox>

namespace fb {

class OnlineNodeBox : public QComboBox
{
    Q_OBJECT
public:
    explicit OnlineNodeBox(FleetViewModel &fleet, QWidget *parent = nullptr);

    static constexpr int kMostNodes = 500;
    void setNode(const QString &nodeId);
    QString nodeId() const { return currentData().toString(); } // empty: none is online
    QString nodeName() const { return currentText(); }

signals:
    void filled();

private:
    void fill();

    FleetViewModel &m_fleet;
};

}
