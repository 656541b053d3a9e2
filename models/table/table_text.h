#pragma once
// Rows of a table as text for clipboards and files (ux.md 3). Cells that a spreadsheet would take for a formula get a leading apostrophe in
// tab-separated text and CSV (security U06); JSON and Markdown are left as they are, Markdown's own signs escaped. Ui thread.

#include <QAbstractItemModel>
#include <QList>
#include <QString>

namespace fb {

enum class TextForm { TabSeparated, Csv, Json, Markdown };

class TableText
{
public:
    // `columns` in the order they are to have; `role`: CopyRole, or ExportRole for files.
    TableText(TextForm form, const QAbstractItemModel &model, const QList<int> &columns, int role);

    QString head() const; // before the first row; with a header where the form has one
    QString row(int row, bool isFirst) const;
    QString tail() const;
    static QString of(TextForm form, const QAbstractItemModel &model, const QList<int> &columns,
                      const QList<int> &rows, int role, bool withHeader);

private:
    QString cell(int row, int column) const;
    QString line(const QStringList &cells) const;

    TextForm m_form;
    const QAbstractItemModel &m_model;
    QList<int> m_columns;
    QStringList m_titles;
    int m_role;
};

}
