#pragma once
// The nodes whose charts lie over those of a node's page, live and stored ones alike: which, in which order, and by which names. As many as a
// chart has colours. Ui thread.

#include "models/nodes/fleet/fleet_view_model.h"

namespace fb {

class ComparedNodes : public QObject
{
    Q_OBJECT
public:
    static constexpr qsizetype kMost = ChartData::kMostSeries - 1; // beside the page's own node

    ComparedNodes(FleetViewModel &fleet, const QString &nodeId, QObject *parent = nullptr);

    FleetViewModel &fleet() { return m_fleet; }
    const QString &own() const { return m_own; }
    const QStringList &others() const { return m_others; }
    QStringList all() const { return QStringList {m_own} + m_others; } // a node's place is its colour
    // What is no node's id, the page's own node, doubles, and what is beyond kMost are left out.
    void setOthers(const QStringList &nodeIds);
    void remove(const QString &nodeId);
    QStringList names() const; // of all(), neutral for the screen; of the same name with the end of their ids

signals:
    void changed(); // also when one is called otherwise

private:
    void lookAtNames();

    FleetViewModel &m_fleet;
    QString m_own;
    QStringList m_others;
    QStringList m_names; // as last told
};

}
