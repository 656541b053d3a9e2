#pragma once
// Where a run goes: chosen nodes, nodes by tag, or all; with a live count of what matches now (ux.md 6). Ui thread.

#include "models/nodes/fleet/fleet_view_model.h"
#include "models/nodes/runcommand/run.h"

#include <QWidget>

class QLineEdit;
class QRadioButton;

namespace fb {

class TextLabel;

class TargetPicker : public QWidget
{
    Q_OBJECT
public:
    explicit TargetPicker(FleetViewModel &fleet, QWidget *parent = nullptr);

    void setTargets(const RunTargets &targets);
    RunTargets targets() const;
    int matchCount() const; // now
    // What is wrong; empty when it may be sent. The field takes the focus.
    QString validate();

signals:
    void changed();

private:
    void updatePreview();
    QStringList typedTags() const;
    bool matches(const NodeRow &row, const RunTargets &targets) const;

    FleetViewModel &m_fleet;
    QStringList m_nodeIds;
    QRadioButton *m_byNodes;
    QRadioButton *m_byTags;
    QRadioButton *m_all;
    QLineEdit *m_tags;
    TextLabel *m_preview;
};

}
