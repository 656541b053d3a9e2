#pragma once
// Nodes > Run Command (spec/run-command.md 5): the commands, newest first, live; opens the composer and a run's page. Ui thread.

#include "models/nodes/runcommand/runs_view_model.h"
#include "ui/widgets/page.h"

class QPushButton;
class QStackedLayout;

namespace fb {

class Banner;
class DataTable;
class FilterLine;
class TableBar;
class PageHead;

class RunsPage : public Page
{
    Q_OBJECT
public:
    explicit RunsPage(RunsViewModel &runs, QWidget *parent = nullptr);
    void focusFilter() override;
    ViewState view() const override; // filter, row
    void setView(const ViewState &view) override;

signals:
    void runRequested();

private:
    void updateHead();
    void updateCompare();

    RunsViewModel &m_runs;
    PageHead *m_head;
    Banner *m_banner;
    DataTable *m_table;
    TableBar *m_bar;
    FilterLine *m_filter;
    QStackedLayout *m_stack;
    QPushButton *m_compare; // two chosen runs
};

}
