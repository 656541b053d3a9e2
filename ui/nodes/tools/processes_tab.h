#pragma once
// A node's page > Processes (spec/fleet-manager.md 3.5): what runs, read every few seconds, as a list or as a tree; end, signal, priority,
// start. Reads only while it is shown. Ui thread.

#include "models/nodes/tools/processes_view_model.h"
#include "ui/nodes/tools/tool_tab.h"

class QComboBox;
class QMenu;
class QPushButton;
class QToolButton;

namespace fb {

class DataTable;
class TableBar;

class ProcessesTab : public ToolTab
{
    Q_OBJECT
public:
    ProcessesTab(ProcessSource &source, const QString &nodeId, QWidget *parent = nullptr);
    void setNodeName(const QString &name) { m_nodeName = name; } // for questions
    void focusFilter();

protected:
    void setLooking(bool looking) override { m_model.setLooking(looking); }

private:
    enum class End { Terminate, Kill, Tree };

    QWidget *makeList();
    QWidget *makeFoot();
    void update();
    void updateActions();
    void fillMenu(QMenu *menu);
    QString whyNot() const; // nothing can be done to the current one; empty: something can
    const ProcessRow *chosen() const;
    static QString titleOf(const ProcessRow &row); // "nginx (812)"
    void askEnd(const QString &id, End how);
    void openSignals();
    void openPriority();
    void openStart();
    void showDone(const ProcessDeed &deed, const ProcessOutcome &outcome);
    void showRefused(const ProcessDeed &deed, const ShownError &problem);
    void offerKill(const QString &id);

    ProcessesViewModel m_model;
    QString m_nodeName;
    DataTable *m_table;
    TableBar *m_bar;
    QToolButton *m_tree;
    QPushButton *m_end;
    QPushButton *m_actions;
    QPushButton *m_start;
    QComboBox *m_interval;
    QComboBox *m_cpu;
    QString m_offered; // the process whose end the banner offers
};

}
