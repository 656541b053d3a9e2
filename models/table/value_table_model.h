#pragma once
// A live table over plain values, described column by column: what most lists need. A feature lists its columns and gets rows, sorting,
// search and filters. Ui thread.
//
//     ValueTableModel<AuditRow> table(idOf, {{.key = u"who"_s, .title = [] { return tr("Who"); },
//                                             .cell = [](const AuditRow &row, Instant) { return TableCell {.text = row.who}; }}});

#include "backend/core/clock.h"
#include "models/table/cell_roles.h"
#include "models/table/live_table_model.h"
#include "models/table/plain_tool_tip.h"
#include "models/table/relative_time.h"
#include "models/table/state_kind.h"

#include <QSet>

#include <optional>

namespace fb {

struct TableCell {
    QString text;
    QVariant sortKey; // invalid: the text
    QString apiWord; // as the API calls it, where the text is translated; filters take it too
    QString toolTip; // empty: apiWord, else the text
    StateKind state = StateKind::None;
    QStringList tags; // of a tags cell
    std::optional<Instant> at; // of a time cell
    std::optional<int> dot; // series colour, of a marked cell
};

template <typename T>
struct TableColumn {
    QString key; // of filter tokens; empty: cannot be filtered by
    QString (*title)(); // asked again after a switch of language
    TableCell (*cell)(const T &value, Instant now);
    bool ages = false; // its text changes with the time
    FilterType type = FilterType::Text; // Number and Size filter by the sort key
};

template <typename T>
class ValueTableModel final : public LiveTableModel
{
public:
    using IdOf = QString (*)(const T &value);

    ValueTableModel(IdOf idOf, QList<TableColumn<T>> columns, QObject *parent = nullptr)
        : LiveTableModel(parent),
          m_idOf(idOf),
          m_columns(std::move(columns))
    {
    }

    void apply(const QList<T> &values) // new or changed
    {
        QStringList ids;
        ids.reserve(values.size());
        for (const T &value : values)
            ids << m_idOf(value);
        upsert(ids, [&](int batchIndex, int source) {
            const auto at = static_cast<size_t>(source);
            if (at == m_rows.size()) {
                m_rows.push_back(values[batchIndex]);
                return true;
            }
            if (m_rows[at] == values[batchIndex])
                return false;
            m_rows[at] = values[batchIndex];
            return true;
        });
    }
    void remove(const QStringList &ids) { removeIds(ids); }
    void showOnly(const QList<T> &values) // these, and no others
    {
        QSet<QString> here;
        here.reserve(values.size());
        for (const T &value : values)
            here.insert(m_idOf(value));
        QStringList gone;
        for (const T &value : m_rows) {
            if (QString id = m_idOf(value); !here.contains(id))
                gone << std::move(id);
        }
        removeIds(gone);
        apply(values);
    }
    void clear()
    {
        m_rows.clear();
        clearRows();
    }
    const T *value(const QString &id) const // also of rows that the filter hides; nullptr: unknown
    {
        const int source = sourceRowOf(id);
        return source < 0 ? nullptr : &m_rows[static_cast<size_t>(source)];
    }
    const std::vector<T> &values() const { return m_rows; }
    QList<FilterProperty> filterProperties() const override
    {
        QList<FilterProperty> properties;
        for (const TableColumn<T> &column : m_columns) {
            if (!column.key.isEmpty())
                properties.append({column.key, column.title(), column.type});
        }
        return properties;
    }
    bool ages(int column) const override { return m_columns[column].ages; }

    int columnCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
    }
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override
    {
        if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section >= m_columns.size())
            return {};
        return m_columns[section].title();
    }
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override
    {
        if (!checkIndex(index, CheckIndexOption::IndexIsValid))
            return {};
        const T &value = m_rows[static_cast<size_t>(sourceRow(index.row()))];
        if (role == IdRole)
            return m_idOf(value);
        const TableCell cell = m_columns[index.column()].cell(value, now());
        switch (role) {
        case Qt::DisplayRole:
            return cell.text;
        case Qt::AccessibleTextRole:
            return QStringLiteral("%1: %2").arg(m_columns[index.column()].title(), cell.text);
        case Qt::ToolTipRole:
            return plainToolTip(!cell.toolTip.isEmpty()       ? cell.toolTip
                                    : !cell.apiWord.isEmpty() ? cell.apiWord
                                                              : cell.text);
        case StateRole:
            return cell.state == StateKind::None ? QVariant() : QVariant::fromValue(cell.state);
        case TagsRole:
            return cell.tags;
        case DotRole:
            return cell.dot ? QVariant(*cell.dot) : QVariant();
        case CopyRole:
            return m_columns[index.column()].ages && !cell.toolTip.isEmpty() ? cell.toolTip : cell.text;
        case ExportRole:
            return cell.at ? RelativeTime::iso(*cell.at) : cell.text;
        default:
            return {};
        }
    }

protected:
    QString searchText(int source) const override
    {
        QStringList texts;
        for (const TableColumn<T> &column : m_columns) {
            const TableCell cell = column.cell(m_rows[static_cast<size_t>(source)], now());
            texts << (column.ages ? cell.toolTip : cell.text) << cell.apiWord << cell.tags;
        }
        return texts.join(u' ');
    }
    bool less(int column, int sourceA, int sourceB) const override
    {
        if (!m_keys.empty() && column == m_keysColumn)
            return isLess(m_keys[static_cast<size_t>(sourceA)], m_keys[static_cast<size_t>(sourceB)]);
        return isLess(keyAt(sourceA, column), keyAt(sourceB, column));
    }
    void beginSort(int column) override // a cell is made once a row, not once a comparison
    {
        m_keysColumn = column;
        m_keys.reserve(m_rows.size());
        for (size_t source = 0; source < m_rows.size(); ++source)
            m_keys.push_back(keyAt(static_cast<int>(source), column));
    }
    void endSort() override { m_keys = {}; }
    FilterValue filterValue(int source, const QString &key) const override
    {
        for (int column = 0; column < m_columns.size(); ++column) {
            const bool isTag = key.startsWith(u"tag:");
            if (m_columns[column].key != (isTag ? key.left(4) : key))
                continue;
            const TableCell cell = cellAt(source, column);
            if (isTag)
                return {.texts = tagValues(cell.tags, key), .number = {}, .time = {}};
            FilterValue value {.texts = {cell.text}, .number = {}, .time = cell.at};
            if (!cell.apiWord.isEmpty())
                value.texts << cell.apiWord;
            if (!cell.tags.isEmpty())
                value.texts = cell.tags;
            if (cell.sortKey.isValid())
                value.number = cell.sortKey.toDouble();
            return value;
        }
        return {};
    }
    void swapRemove(int source) override
    {
        m_rows[static_cast<size_t>(source)] = std::move(m_rows.back());
        m_rows.pop_back();
    }

private:
    TableCell cellAt(int source, int column) const
    {
        return m_columns[column].cell(m_rows[static_cast<size_t>(source)], now());
    }

    QVariant keyAt(int source, int column) const
    {
        TableCell cell = cellAt(source, column);
        return cell.sortKey.isValid() ? std::move(cell.sortKey) : QVariant(cell.text.toCaseFolded());
    }
    static bool isLess(const QVariant &a, const QVariant &b)
    {
        return QVariant::compare(a, b) == QPartialOrdering::Less;
    }

    IdOf m_idOf;
    QList<TableColumn<T>> m_columns;
    std::vector<QVariant> m_keys; // by source row, while a sort runs by
    int m_keysColumn = -1;
    std::vector<T> m_rows;
};

}
