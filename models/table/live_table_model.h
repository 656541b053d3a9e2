#pragma once
// Base of all live tables: rows known by id, updated in place, filtered by a narrowing text scan, sorted by real values.
// A subclass holds the row values in a vector in the order they came ("source rows") and says how to read and compare them.
// Updates never reset the model, never reorder rows, and so never move selection or scroll (ux.md 3). Ui thread.

#include "models/table/filter_test.h"
#include "models/table/row_marks.h"
#include "models/table/row_text_index.h"
#include "models/table/table_query.h"

#include <QAbstractTableModel>
#include <QHash>
#include <QLocale>

#include <functional>

#include <vector>

namespace fb {

// One column of a sort; the first of a list counts most.
struct SortKey {
    int column = 0;
    Qt::SortOrder order = Qt::AscendingOrder;
    bool operator==(const SortKey &) const = default;
};

class LiveTableModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;

    int rowCount(const QModelIndex &parent = {}) const override;
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;
    void sortBy(const QList<SortKey> &keys);
    const QList<SortKey> &sortKeys() const { return m_sortKeys; }

    // Ages and filters by age are as of `now`.
    void setNow(Instant now);
    Instant now() const { return m_now; }

    virtual QList<FilterProperty> filterProperties() const { return {}; }
    // The property that a token names; nothing: there is none.
    std::optional<FilterProperty> filterProperty(const QString &key) const;
    // Values of a property that rows have, those that hold `typed`, the most common first; of a tag: "tag:env".
    QStringList knownValues(const QString &key, const QString &typed, int most) const;
    QStringList knownTagKeys() const;
    virtual bool ages(int /*column*/) const { return false; } // its text changes with the time

    // What changes next does so at the reader's wish, as when a list is shown as a tree: no cell is marked as changed.
    void showAnew() { emit shownAnew(); }

    // Words of the table are searched in the language that is spoken now. Costs a pass over all rows where it is another than before.
    void followLanguage();

    void setQuery(const TableQuery &query);
    const TableQuery &query() const { return m_query; }
    int totalRows() const { return static_cast<int>(m_ids.size()); } // of all, not only those that match
    QModelIndex indexOf(const QString &id, int column = 0) const; // invalid: unknown or filtered out
    QString idAt(int row) const;

    // Rows that are chosen stay so, whatever the filter hides of them; `row` counts those that match.
    void mark(int row, int count, bool marked);
    void unmarkAll() { m_marks.unmarkAll(); }
    void unmarkHidden();
    bool isMarked(int row) const { return m_marks.isSet(m_shown[static_cast<size_t>(row)]); }
    int markedRows() const { return m_marks.count(); } // of all, not only those that match
    QStringList markedIds() const; // those that match in their order, then the others
    QList<std::pair<int, int>> markedRuns() const; // first row and count of each, of those that match

signals:
    void aboutToArrange(); // many rows move, come or go at once; before layoutAboutToBeChanged
    void arranged(); // after layoutChanged
    void shownAnew();
    void shownChanged(); // other rows, or another number of rows, match now
    void queryChanged();

protected:
    // One call for a batch: `ids[i]` is new or changed; `store(i, row)` puts its value at source row `row` (== size for a new one)
    // and answers whether anything that is shown changed.
    void upsert(const QStringList &ids, const std::function<bool(int batchIndex, int sourceRow)> &store);
    void removeIds(const QStringList &ids); // calls swapRemove for each
    void clearRows(); // calls nothing; the subclass empties its vector first
    int sourceRow(int row) const { return static_cast<int>(m_shown[static_cast<size_t>(row)]); }
    int sourceRowOf(const QString &id) const { return m_sourceOf.value(id, -1); }

    // A row's value for the property `key`.
    virtual FilterValue filterValue(int sourceRow, const QString &key) const = 0;
    virtual QString searchText(int sourceRow) const = 0; // all columns, parted by spaces
    virtual bool less(int column, int sourceA, int sourceB) const = 0;
    // Around a sort by `column`, in which nothing changes: a place to keep costly keys.
    virtual void beginSort(int /*column*/) { }
    virtual void endSort() { }
    virtual void swapRemove(int sourceRow) = 0; // the last value takes its place

private:
    void rebuildOrder(); // m_order from all rows by the sort
    bool isInOrder();
    void sortOrder(size_t begin);
    void changeLayout(const std::function<void()> &change);
    void removeMany(const QStringList &ids);
    void rebuildShown(bool narrowing);
    bool accepts(int sourceRow) const;
    void makeTests();
    void refilter(); // by the time of now
    bool comesBefore(int sourceA, int sourceB) const;
    void renumber();
    void insertShown(int sourceRow);
    void eraseShown(int row);
    void emitChanged(std::vector<int> rows);

    TableQuery m_query;
    struct Test {
        QString key;
        FilterTest test;
    };
    std::vector<Test> m_tests; // of the query's tokens
    std::vector<std::string> m_words;
    RowTextIndex m_index;
    RowMarks m_marks;
    QStringList m_ids; // by source row
    QHash<QString, int> m_sourceOf;
    std::vector<uint32_t> m_order; // all source rows, sorted
    std::vector<uint32_t> m_shown; // those that match, in the same order
    std::vector<int32_t> m_rowOf; // by source row; -1: not shown
    QList<SortKey> m_sortKeys;
    Instant m_now {};
    QLocale::Language m_language = QLocale().language(); // of the text index
};

}
