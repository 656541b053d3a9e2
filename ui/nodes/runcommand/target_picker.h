#pragma once
// Where a run goes: chosen nodes, nodes by tag, or all; with a live count of what matches now (ux.md 6). Ui thread.

#include "models/nodes/fleet/fleet_view_model.h"
#include "models/nodes/runcommand/run.h"

#include <QWidget>

class QLineEdit;
class QListWidget;
class QPushButton;
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
    QStringList matchNames() const; // now, in the order of their names
    QWidget *validate(); // shows what is wrong; the field to mend, or nullptr
    bool showError(const QString &message); // of the engine

signals:
    void changed();

private:
    void updatePreview();
    void updateList(QList<const NodeRow *> rows);
    void showWrong(const QString &wrong);
    QString wrongTags() const; // empty: none
    QList<const NodeRow *> matching() const; // until the fleet changes

    FleetViewModel &m_fleet;
    QStringList m_nodeIds;
    QRadioButton *m_byNodes;
    QRadioButton *m_byTags;
    QRadioButton *m_all;
    QLineEdit *m_tags;
    TextLabel *m_preview;
    QPushButton *m_toggle;
    QListWidget *m_list;
    bool m_isWrong = false; // judged, and not mended yet
};

}
