#pragma once
// The entries of a journal, or of many merged: filter, table, one entry's fields, follow, export. Used by a node's page and by the page of many
// nodes. Reads only while it is shown. Ui thread.

#include "models/nodes/tools/journal_export.h"
#include "models/nodes/tools/journal_view_model.h"

#include <QWidget>

class QMenu;
class QPushButton;
class QSplitter;
class QStackedLayout;

namespace fb {

class Banner;
class DataTable;
class GreyedEffect;
class JournalDetail;
class JournalFilterRow;
class TextLabel;

class JournalView : public QWidget
{
    Q_OBJECT
public:
    JournalView(JournalViewModel &model, bool ofMany, QWidget *parent = nullptr);

    void focusFilter();
    JournalFilterRow &filterRow() { return *m_filter; }
    void exportTo(const QString &file, JournalExport::Form form);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    QWidget *makeList();
    void update();
    QString statusText() const;
    void updateChoices();
    void openRow(const QString &id);
    void fillMenu(QMenu *menu);
    void chooseExport(JournalExport::Form form);
    void showExport();
    void endExport(bool whole);
    void readOlderAtEnd();

    JournalViewModel &m_model;
    bool m_isOfMany;
    Banner *m_banner;
    JournalFilterRow *m_filter;
    QPushButton *m_follow;
    QPushButton *m_export;
    DataTable *m_table;
    JournalDetail *m_detail;
    TextLabel *m_status;
    QPushButton *m_older;
    QPushButton *m_cancel; // of an export
    TextLabel *m_empty;
    QPushButton *m_unfilter;
    QPushButton *m_again;
    GreyedEffect *m_greyed;
    QStackedLayout *m_stack = nullptr;
    JournalExport *m_job = nullptr; // a child
    QString m_copyOf; // row whose fields go to the clipboard when they come
};

}
