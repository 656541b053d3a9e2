#pragma once
// A node's page > Services (spec/fleet-manager.md 3.8): systemd's units as a table; start, stop, restart, reload, enable, disable, mask; what one
// of them holds and logs. Reads only while it is shown. Ui thread.

#include "models/nodes/tools/services_view_model.h"
#include "ui/nodes/tools/tool_tab.h"

class QAction;
class QComboBox;
class QMenu;
class QPushButton;
class QSplitter;
class QToolButton;

namespace fb {

class DataTable;
class ServicePane;
class TableBar;

class ServicesTab : public ToolTab
{
    Q_OBJECT
public:
    ServicesTab(ServiceSource &source, const QString &nodeId, QWidget *parent = nullptr);
    void setNodeName(const QString &name) { m_nodeName = name; } // for questions
    void focusFilter();

protected:
    void setLooking(bool looking) override { m_model.setLooking(looking); }
    void keyPressEvent(QKeyEvent *event) override;

private:
    QWidget *makeList();
    void makeActions();
    void update();
    void updateCounts();
    void updateActions();
    void addActions(QMenu *menu);
    QString whyNot(ServiceDeed::Kind kind) const; // it cannot be done to the current one; empty: it can
    void ask(ServiceDeed::Kind kind);
    QString consequence(const ServiceRow &row, ServiceDeed::Kind kind) const; // empty: it is not asked about
    void setPaneShown(bool shown);
    void showDone(const ServiceDeed &deed, const ServiceOutcome &outcome);
    void showRefused(const ServiceDeed &deed, const ShownError &problem);

    ServicesViewModel m_model;
    QString m_nodeName;
    DataTable *m_table;
    TableBar *m_bar;
    QComboBox *m_type;
    QComboBox *m_choice;
    QToolButton *m_refresh;
    QToolButton *m_paneToggle;
    QPushButton *m_restart;
    QPushButton *m_more;
    ServicePane *m_pane;
    QList<QAction *> m_actions; // in the order of ServiceDeed::Kind
};

}
