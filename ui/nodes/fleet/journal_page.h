#pragma once
// Nodes > Journals (spec/fleet-manager.md 3.8): the journals of many nodes in one table on one clock, live; beside it the nodes and what each gives.
// They are chosen in the fleet, or by a tag here; they and the filter are part of the address. Ui thread.

#include "models/nodes/fleet/fleet_view_model.h"
#include "models/nodes/tools/journal_nodes.h"
#include "ui/widgets/page.h"

class QComboBox;
class QPushButton;
class QStackedLayout;
class QToolButton;

namespace fb {

class Banner;
class DataTable;
class JournalView;
class PageHead;

class JournalPage : public Page
{
    Q_OBJECT
public:
    JournalPage(FleetViewModel &fleet, JournalSource &source, QWidget *parent = nullptr);

    static QString addressOf(const QStringList &nodeIds);

    ViewState view() const override; // nodes, filter
    void setView(const ViewState &view) override;
    void focusFilter() override;

protected:
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QWidget *makeEmpty();
    QWidget *makeBody();
    void setNodes(const QStringList &ids);
    void takeTag();
    void updateNames();
    void updateTags();
    void update();
    void showList();

    FleetViewModel &m_fleet;
    JournalViewModel m_model;
    ValueTableModel<JournalNodeRow> m_rows;
    QStringList m_ids; // as asked for; the first JournalViewModel::kMostNodes are read
    PageHead *m_head;
    Banner *m_banner;
    QComboBox *m_tag;
    QPushButton *m_choose;
    QToolButton *m_list; // shows and hides the nodes beside the entries
    std::optional<bool> m_isListWanted; // by the operator; nothing: as there is room
    DataTable *m_nodes;
    JournalView *m_journal;
    QStackedLayout *m_stack = nullptr;
};

}
