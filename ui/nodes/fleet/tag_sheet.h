#pragma once
// Tags of several nodes at once: what to set on each, which keys to take away. What is not named stays. Ui thread.

#include "models/nodes/fleet/fleet_view_model.h"
#include "ui/widgets/sheet.h"

class QCheckBox;

namespace fb {

class TagEditor;

class TagSheet : public Sheet
{
    Q_OBJECT
public:
    TagSheet(FleetViewModel &fleet, const QStringList &nodeIds, QWidget *window);

private:
    void submit();

    FleetViewModel &m_fleet;
    QStringList m_nodeIds;
    TagEditor *m_set;
    QList<QCheckBox *> m_removed;
};

}
