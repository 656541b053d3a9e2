#pragma once
// What the desk shows while no session is open: what belongs here, and the next step (ux.md 8). Ui thread.

#include "models/nodes/fleet/fleet_view_model.h"

#include <QWidget>

class QPushButton;

namespace fb {

class TextLabel;

class DeskEmpty : public QWidget
{
    Q_OBJECT
public:
    explicit DeskEmpty(FleetViewModel &fleet, QWidget *parent = nullptr);

signals:
    void startClicked();
    void historyClicked();
    void fleetClicked();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void update();

    FleetViewModel &m_fleet;
    TextLabel *m_words;
    QPushButton *m_start;
    QPushButton *m_toFleet;
};

}
