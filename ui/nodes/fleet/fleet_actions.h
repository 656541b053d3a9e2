#pragma once
// What can be done to nodes from the fleet's table, the pane and a node's page alike: the sheets that ask, the banner that tells what came of
// it and takes tags and names back for ten seconds (ux.md 8). One for a page. Ui thread.

#include "models/nodes/fleet/fleet_view_model.h"

#include <QObject>

namespace fb {

class Banner;

class FleetActions : public QObject
{
    Q_OBJECT
public:
    // `banner` and `page` outlive it.
    FleetActions(FleetViewModel &fleet, Banner &banner, QWidget *page);

    void askDeregister(const QStringList &nodeIds);
    void askQuarantine(const QStringList &nodeIds);
    void release(const QStringList &nodeIds) { m_fleet.setQuarantined(nodeIds, false); }
    void openProfile(const QStringList &nodeIds); // another node profile for them
    void openReenrol(const QString &nodeId);
    void openTags(const QStringList &nodeIds); // of several nodes: set and remove
    void openRename(const QString &nodeId);
    void copyIds(const QStringList &nodeIds);
    bool undo(); // false: there is nothing to take back

private:
    void showOutcome(const FleetOutcome &outcome);
    static QString failure(FleetDeed deed, int done, int all);
    static QString success(FleetDeed deed, int done);
    QString nameOf(const QString &nodeId) const;

    FleetViewModel &m_fleet;
    Banner &m_banner;
    QWidget *m_page;
    bool m_offersUndo = false;
};

}
