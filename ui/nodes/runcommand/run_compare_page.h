#pragma once
// Two runs beside each other: per node what became better or worse, and how its output differs. Address: run-command/<first>/with/<second>. Ui
// thread.

#include "models/nodes/runcommand/run_comparison.h"
#include "models/nodes/runcommand/runs_view_model.h"
#include "ui/widgets/page.h"

namespace fb {

class DataTable;
class DiffView;
class FilterLine;
class PageHead;
class TableBar;
class TextLabel;

class RunComparePage : public Page
{
    Q_OBJECT
public:
    RunComparePage(RunsViewModel &runs, const RunRow &first, const RunRow &second, QWidget *parent = nullptr);

    static QString addressOf(const QString &first, const QString &second);

    void focusFilter() override;
    ViewState view() const override; // filter, node
    void setView(const ViewState &view) override;

private:
    QWidget *makeList();
    QWidget *makeDifference();
    void updateHead();
    void showNode();

    RunComparison m_comparison;
    PageHead *m_head;
    TextLabel *m_runs;
    TextLabel *m_counts;
    DataTable *m_table;
    TableBar *m_bar;
    FilterLine *m_filter;
    TextLabel *m_summary;
    DiffView *m_diff;
    QString m_wanted; // node to be chosen once it is here
    QString m_shownFirst; // outputs, as the difference was made from them
    QString m_shownSecond;
};

}
