#pragma once
// A node's page > Journal (spec/fleet-manager.md 3.8): its entries; where there is no journal, the files below /var/log and what they hold. Ui
// thread.

#include "models/nodes/tools/journal_view_model.h"

#include <QWidget>

class QStackedLayout;

namespace fb {

class DataTable;
class FilePane;
class FileSource;
class FilterLine;
class JournalView;
class TableBar;
class TextLabel;

class JournalTab : public QWidget
{
    Q_OBJECT
public:
    JournalTab(JournalSource &source, FileSource &files, const QString &nodeId, QWidget *parent = nullptr);
    void focusFilter();

private:
    QWidget *makeFiles();
    void update();
    void openFile(const QString &id);

    JournalViewModel m_model;
    ValueTableModel<LogFileRow> m_files;
    JournalView *m_view;
    DataTable *m_fileTable;
    TableBar *m_fileBar;
    FilePane *m_pane;
    TextLabel *m_why;
    QStackedLayout *m_stack;
};

}
