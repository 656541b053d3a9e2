#pragma once
// The nodes of a run (picture 03): by what they said, those that said the same together, or each by itself in a table that filters and
// exports; the output beside, live while it is printed. Ui thread.

#include "models/nodes/runcommand/run_view_model.h"
#include "ui/widgets/view_state.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QPushButton;
class QStackedWidget;

namespace fb {

class DataTable;
class OutputList;
class OutputView;
class TableBar;
class TextLabel;

class RunNodesTab : public QWidget
{
    Q_OBJECT
public:
    explicit RunNodesTab(RunViewModel &run, QWidget *parent = nullptr);

    void showOnly(StateKind kind); // those in this state; again: all
    void focusFilter();
    void writeTo(ViewState &view) const; // view, filter
    void readFrom(const ViewState &view);

signals:
    void runOnRequested(const QStringList &nodeIds);
    void navigate(const QString &address);
    void viewChanged();

private:
    QWidget *makeGroups();
    QWidget *makeNodes();
    void updateTitle();
    void updateCounts();
    void showChosen();
    void showTarget(const QString &nodeId);
    QString headOf(const OutputGroup &group);
    void setEveryNode(bool every);

    RunViewModel &m_run;
    QComboBox *m_by;
    DataTable *m_targetTable;
    TableBar *m_bar;
    QStackedWidget *m_parts;

    OutputList *m_list;
    TextLabel *m_listTitle;
    TextLabel *m_outputTitle;
    TextLabel *m_outputFacts;
    QCheckBox *m_compare;
    OutputView *m_output;
    QString m_liveNode; // whose output the view follows
    DataTable *m_groupNodes;
    TextLabel *m_groupTitle;
    QPushButton *m_runOnThese;
    InvocationTableModel m_groupModel; // only the nodes of the chosen group

    TextLabel *m_targetTitle;
    OutputView *m_targetOutput;
    QString m_targetNode;
};

}
