#pragma once
// A list page as most features need it (ux.md 3, 4, 8): head with actions, filter line, live table, detail pane; what to say while nothing is
// there, nothing matches, or the store cannot be read; older entries on demand. Ui thread.

#include "models/table/list_view_model.h"
#include "ui/records/record_detail.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/page.h"

class QPushButton;
class QSplitter;
class QStackedLayout;
class QToolButton;

namespace fb {

class Banner;
class FilterLine;
class TableBar;
class PageHead;
class RecordPane;
class TextLabel;

struct RecordPageSetup {
    QString address; // also the prefix of the parts' object names
    QString title;
    QString tableName; // for screen readers: "Sessions"
    QString placeholder; // of the filter line
    QString emptyText; // what belongs here, why there is nothing, what to do
    QString problemText; // "The sessions could not be read."
    std::function<QString(int total)> subtitle;
    QList<ColumnSpec> columns;
    int sortColumn = 0;
    bool streams
        = false; // newest on top without end: new rows wait while one reads further down, and can be paused
    std::function<std::optional<RecordDetail>(const QString &id)> detail;
};

class RecordPage : public Page
{
    Q_OBJECT
public:
    RecordPage(ListViewModel &list, RecordPageSetup setup, QWidget *parent = nullptr);

    void addAction(QWidget *button); // in the head, the filled one first
    void addUnderHead(QWidget *part); // above the list, whatever its state
    bool isPaused() const { return m_paused; }
    void setPaused(bool paused); // of a stream
    void addEmptyAction(QWidget *button); // under the words of the empty state
    Banner &banner() { return *m_banner; }
    FilterLine &filter() { return *m_filter; }
    void refreshDetail(); // what the detail function answers has changed

    void focusFilter() override;
    ViewState view() const override; // filter, row
    void setView(const ViewState &view) override;

signals:
    void opened(const QString &id); // Enter or double click; without a receiver the pane opens

protected:
    void keyPressEvent(QKeyEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget *makeList();
    QWidget *makeEmpty();
    void update();
    void updateHeld();
    void showDetail(const QString &id);
    void togglePane(bool shown);
    QList<RecordAction> actionsOf(const QString &id) const; // those of its detail pane
    void addActionsOfRow(QMenu *menu);
    void deleteRow(const QStringList &ids); // if it is one, and that can be deleted

    ListViewModel &m_list;
    RecordPageSetup m_setup;
    PageHead *m_head;
    Banner *m_banner;
    DataTable *m_table;
    TableBar *m_bar;
    FilterLine *m_filter;
    RecordPane *m_pane;
    QSplitter *m_splitter;
    QPushButton *m_pause;
    QPushButton *m_fresh; // "14 new - Show"
    QStackedLayout *m_stack;
    class QVBoxLayout *m_upper;
    class QVBoxLayout *m_emptyColumn = nullptr;
    bool m_paneClosed = false;
    bool m_paused = false;
};

}
