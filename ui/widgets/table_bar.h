#pragma once
// Above every table (ux.md 3): its filter line, saved views, columns, export; and what is chosen but hidden by the filter. Ui thread.

#include "models/settings/saved_view.h"
#include "models/table/table_export.h"
#include "ui/widgets/filter_line.h"

#include <QTimer>

#include <optional>

class QMenu;
class QPushButton;

namespace fb {

class ConsoleSettings;
class DataTable;
class OlderRows;
class TextLabel;

class TableBar : public QWidget
{
    Q_OBJECT
public:
    // `name`: prefix of object names: "fleet".
    TableBar(const QString &name, LiveTableModel &model, DataTable &table, QWidget *parent = nullptr);

    FilterLine &filter() { return *m_filter; }
    void addTool(QWidget *button); // at the right
    void setOlder(OlderRows *older) { m_older = older; } // an export reads them first; borrowed
    // Where views are kept; a default one is applied unless something is filtered already.
    void setSettings(ConsoleSettings &settings);
    void exportTo(const TableExport::Wish &wish); // its columns: those shown

signals:
    void exportStarted(fb::TableExport *job); // the receiver's from now on
    void viewChosen(); // by its name

protected:
    bool eventFilter(QObject *watched, QEvent *event) override; // Ctrl+Z on the table

private:
    void fillViewsMenu();
    void fillExportMenu(QMenu *menu);
    void bringBack(); // the view that was deleted just now
    void askName();
    void saveAs(const QString &name);
    void apply(const SavedView &view);
    void updateViews();
    bool isChanged() const;
    void updateHidden();
    QList<SavedView> views() const;
    void setViews(const QList<SavedView> &views);
    SavedView asShown(const QString &name) const;
    const QString &key() const { return m_name; }

    QString m_name;
    LiveTableModel &m_model;
    DataTable &m_table;
    ConsoleSettings *m_settings = nullptr;
    FilterLine *m_filter;
    QPushButton *m_views;
    QWidget *m_tools;
    QWidget *m_hidden; // the line that tells of chosen rows the filter hides
    TextLabel *m_hiddenText;
    OlderRows *m_older = nullptr;
    QString m_view; // name of the one in use; empty: none
    std::optional<SavedView> m_gone; // a deleted view, for a while
    qsizetype m_goneFrom = 0;
    QTimer m_undoTime;
};

}
