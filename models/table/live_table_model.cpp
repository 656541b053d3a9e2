#include "models/table/live_table_model.h"

#include <algorithm>
#include <numeric>

namespace fb {

namespace {
    constexpr int kOneByOne = 64; // more new rows than this arrive as one change of layout

    bool isTurnedRound(const QList<SortKey> &keys, const QList<SortKey> &before)
    {
        return !keys.isEmpty()
            && std::equal(keys.begin(), keys.end(), before.begin(), before.end(),
                          [](const SortKey &a, const SortKey &b) {
                              return a.column == b.column && a.order != b.order;
                          });
    }
}

int LiveTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

QString LiveTableModel::idAt(int row) const
{
    return row >= 0 && row < rowCount() ? m_ids[sourceRow(row)] : QString();
}

QModelIndex LiveTableModel::indexOf(const QString &id, int column) const
{
    const int source = sourceRowOf(id);
    const int row = source < 0 ? -1 : m_rowOf[static_cast<size_t>(source)];
    return row < 0 ? QModelIndex() : index(row, column);
}

bool LiveTableModel::comesBefore(int sourceA, int sourceB) const
{
    if (m_sortKeys.isEmpty())
        return sourceA < sourceB;
    for (const SortKey &key : m_sortKeys) {
        const bool up = key.order == Qt::AscendingOrder;
        if (less(key.column, up ? sourceA : sourceB, up ? sourceB : sourceA))
            return true;
        if (less(key.column, up ? sourceB : sourceA, up ? sourceA : sourceB))
            return false;
    }
    // Equal values keep one order, and the other way round that one turned round.
    const bool up = m_sortKeys.first().order == Qt::AscendingOrder;
    return up ? m_ids[sourceA] < m_ids[sourceB] : m_ids[sourceB] < m_ids[sourceA];
}

bool LiveTableModel::accepts(int sourceRow) const
{
    return m_index.matches(static_cast<size_t>(sourceRow), m_words)
        && std::all_of(m_tests.begin(), m_tests.end(), [&](const Test &each) {
               return each.test.accepts(filterValue(sourceRow, each.key), m_now);
           });
}

void LiveTableModel::rebuildOrder()
{
    m_order.resize(static_cast<size_t>(m_ids.size()));
    std::iota(m_order.begin(), m_order.end(), 0U);
    sortOrder(0);
}

bool LiveTableModel::isInOrder()
{
    beginSort(m_sortKeys.first().column);
    const bool inOrder = std::is_sorted(m_order.begin(), m_order.end(), [this](uint32_t a, uint32_t b) {
        return comesBefore(static_cast<int>(a), static_cast<int>(b));
    });
    endSort();
    return inOrder;
}

// What stands before `begin` is in order already.
void LiveTableModel::sortOrder(size_t begin)
{
    if (m_sortKeys.isEmpty())
        return;
    const auto before
        = [this](uint32_t a, uint32_t b) { return comesBefore(static_cast<int>(a), static_cast<int>(b)); };
    beginSort(m_sortKeys.first().column);
    const auto middle = m_order.begin() + static_cast<std::ptrdiff_t>(begin);
    std::sort(middle, m_order.end(), before);
    std::inplace_merge(m_order.begin(), middle, m_order.end(), before);
    endSort();
}

// Changes the rows by `change`, with one signal for all; what views hold on to follows its row or is gone.
void LiveTableModel::changeLayout(const std::function<void()> &change)
{
    emit aboutToArrange();
    emit layoutAboutToBeChanged();
    const QModelIndexList before = persistentIndexList();
    QList<std::pair<QString, int>> kept; // id and column of each
    for (const QModelIndex &index : before)
        kept.append({idAt(index.row()), index.column()});
    change();
    QModelIndexList after;
    for (const auto &[id, column] : kept)
        after << indexOf(id, column);
    changePersistentIndexList(before, after);
    emit layoutChanged();
    emit arranged();
}

void LiveTableModel::rebuildShown(bool narrowing)
{
    std::vector<uint8_t> keep(static_cast<size_t>(m_ids.size()), narrowing ? 0 : 1);
    if (narrowing) {
        for (const uint32_t source : m_shown)
            keep[source] = 1;
    }
    m_index.keepMatches(m_words, keep);
    for (const Test &each : m_tests) {
        for (size_t source = 0; source < keep.size(); ++source) {
            if (keep[source])
                keep[source] = each.test.accepts(filterValue(static_cast<int>(source), each.key), m_now);
        }
    }
    const auto wanted = [&](uint32_t source) { return keep[source] != 0; };
    if (narrowing) {
        m_shown.erase(std::remove_if(m_shown.begin(), m_shown.end(), std::not_fn(wanted)), m_shown.end());
    } else {
        m_shown.clear();
        std::copy_if(m_order.begin(), m_order.end(), std::back_inserter(m_shown), wanted);
    }
    renumber();
}

void LiveTableModel::renumber()
{
    m_rowOf.assign(static_cast<size_t>(m_ids.size()), -1);
    for (size_t row = 0; row < m_shown.size(); ++row)
        m_rowOf[m_shown[row]] = static_cast<int32_t>(row);
}

void LiveTableModel::setQuery(const TableQuery &query)
{
    if (query == m_query)
        return;
    const std::vector<std::string> words = RowTextIndex::words(query.text);
    const bool narrowing = RowTextIndex::narrows(m_words, words)
        && std::all_of(m_query.tokens.begin(), m_query.tokens.end(),
                       [&](const FilterToken &token) { return query.tokens.contains(token); });
    changeLayout([&] {
        m_query = query;
        m_words = words;
        makeTests();
        rebuildShown(narrowing);
    });
    emit queryChanged();
    emit shownChanged();
}

void LiveTableModel::makeTests()
{
    m_tests.clear();
    for (const FilterToken &token : std::as_const(m_query.tokens))
        m_tests.push_back(
            {token.key, FilterTest(token, filterProperty(token.key).value_or(FilterProperty {}))});
}

void LiveTableModel::followLanguage()
{
    if (m_language == QLocale().language())
        return;
    m_language = QLocale().language();
    m_index.clear();
    for (int source = 0; source < totalRows(); ++source)
        m_index.append(RowTextIndex::folded(searchText(source)));
    makeTests();
    refilter();
}

std::optional<FilterProperty> LiveTableModel::filterProperty(const QString &key) const
{
    const QString wanted = key.startsWith(u"tag:") ? QStringLiteral("tag:") : key;
    const QList<FilterProperty> properties = filterProperties();
    for (const FilterProperty &property : properties) {
        if (property.key == wanted)
            return property;
    }
    return std::nullopt;
}

QStringList LiveTableModel::knownValues(const QString &key, const QString &typed, int most) const
{
    constexpr int kLookedAt = 20'000; // rows; a suggestion need not be complete
    QHash<QString, int> counts;
    for (int source = 0; source < qMin(totalRows(), kLookedAt); ++source) {
        const FilterValue value = filterValue(source, key);
        if (!value.texts.isEmpty() && !value.texts[0].isEmpty()
            && value.texts[0].contains(typed, Qt::CaseInsensitive))
            ++counts[value.texts[0]];
    }
    QStringList values = counts.keys();
    std::sort(values.begin(), values.end(), [&](const QString &a, const QString &b) {
        return counts[a] != counts[b] ? counts[a] > counts[b] : a < b;
    });
    return values.first(qMin<qsizetype>(most, values.size()));
}

QStringList LiveTableModel::knownTagKeys() const
{
    constexpr int kLookedAt = 20'000;
    QSet<QString> keys;
    for (int source = 0; source < qMin(totalRows(), kLookedAt); ++source) {
        const FilterValue value = filterValue(source, QStringLiteral("tag:"));
        for (const QString &tag : value.texts)
            keys.insert(tag.section(u'=', 0, 0));
    }
    QStringList sorted(keys.begin(), keys.end());
    sorted.sort();
    return sorted;
}

void LiveTableModel::mark(int row, int count, bool marked)
{
    for (int each = row; each < row + count; ++each)
        m_marks.set(m_shown[static_cast<size_t>(each)], marked);
}

void LiveTableModel::unmarkHidden()
{
    for (size_t source = 0; source < m_rowOf.size(); ++source) {
        if (m_rowOf[source] < 0)
            m_marks.set(source, false);
    }
}

QStringList LiveTableModel::markedIds() const
{
    QStringList ids;
    ids.reserve(markedRows());
    for (const uint32_t source : m_shown) {
        if (m_marks.isSet(source))
            ids << m_ids[source];
    }
    for (size_t source = 0; ids.size() < markedRows() && source < m_rowOf.size(); ++source) {
        if (m_rowOf[source] < 0 && m_marks.isSet(source))
            ids << m_ids[static_cast<qsizetype>(source)];
    }
    return ids;
}

QList<std::pair<int, int>> LiveTableModel::markedRuns() const
{
    QList<std::pair<int, int>> runs;
    for (int row = 0; row < rowCount(); ++row) {
        if (!isMarked(row))
            continue;
        if (!runs.isEmpty() && runs.last().first + runs.last().second == row)
            ++runs.last().second;
        else
            runs.append({row, 1});
    }
    return runs;
}

void LiveTableModel::setNow(Instant now)
{
    m_now = now;
    for (int column = 0; column < columnCount(); ++column) {
        if (!m_shown.empty() && ages(column))
            emit dataChanged(index(0, column), index(rowCount() - 1, column));
    }
    if (std::any_of(m_tests.begin(), m_tests.end(), [](const Test &each) { return each.test.ages(); }))
        refilter();
}

void LiveTableModel::refilter()
{
    bool same = true;
    for (size_t source = 0; same && source < m_rowOf.size(); ++source)
        same = accepts(static_cast<int>(source)) == (m_rowOf[source] >= 0);
    if (same)
        return;
    changeLayout([this] { rebuildShown(false); });
    emit shownChanged();
}

void LiveTableModel::sort(int column, Qt::SortOrder order) { sortBy({{column, order}}); }

void LiveTableModel::sortBy(const QList<SortKey> &keys)
{
    const bool turned = isTurnedRound(keys, m_sortKeys);
    changeLayout([&] {
        m_sortKeys = keys;
        if (turned) // most of its work is done, but for values that changed since
            std::reverse(m_order.begin(), m_order.end());
        else
            rebuildOrder();
        if (turned && !isInOrder())
            sortOrder(0);
        rebuildShown(false);
    });
}

void LiveTableModel::insertShown(int sourceRow)
{
    const auto place = std::lower_bound(m_shown.begin(), m_shown.end(), sourceRow, [this](uint32_t a, int b) {
        return comesBefore(static_cast<int>(a), b);
    });
    const int row = static_cast<int>(place - m_shown.begin());
    beginInsertRows({}, row, row);
    m_shown.insert(place, static_cast<uint32_t>(sourceRow));
    renumber();
    endInsertRows();
}

void LiveTableModel::eraseShown(int row)
{
    beginRemoveRows({}, row, row);
    m_shown.erase(m_shown.begin() + row);
    renumber();
    endRemoveRows();
}

void LiveTableModel::emitChanged(std::vector<int> rows)
{
    std::sort(rows.begin(), rows.end());
    for (size_t i = 0; i < rows.size();) { // one signal for each run of neighbours
        size_t end = i + 1;
        while (end < rows.size() && rows[end] <= rows[end - 1] + 1)
            ++end;
        emit dataChanged(index(rows[i], 0), index(rows[end - 1], columnCount() - 1));
        i = end;
    }
}

void LiveTableModel::upsert(const QStringList &ids, const std::function<bool(int, int)> &store)
{
    std::vector<int> fresh;
    std::vector<int> changed;
    bool membership = false;
    for (int i = 0; i < ids.size(); ++i) {
        const int known = sourceRowOf(ids[i]);
        if (known < 0) {
            const int source = static_cast<int>(m_ids.size());
            static_cast<void>(store(i, source));
            m_ids << ids[i];
            m_sourceOf.insert(ids[i], source);
            m_index.append(RowTextIndex::folded(searchText(source)));
            m_rowOf.push_back(-1);
            m_marks.append();
            fresh.push_back(source);
        } else if (store(i, known)) {
            m_index.set(static_cast<size_t>(known), RowTextIndex::folded(searchText(known)));
            changed.push_back(known);
        }
    }
    if (static_cast<int>(fresh.size()) > kOneByOne) {
        changeLayout([&] {
            const size_t known = m_order.size();
            m_order.insert(m_order.end(), fresh.begin(), fresh.end());
            sortOrder(known);
            rebuildShown(false);
        });
        emit shownChanged();
        return;
    }
    for (const int source : fresh) {
        const auto place
            = std::lower_bound(m_order.begin(), m_order.end(), source,
                               [this](uint32_t a, int b) { return comesBefore(static_cast<int>(a), b); });
        m_order.insert(place, static_cast<uint32_t>(source));
        if (accepts(source)) {
            insertShown(source);
            membership = true;
        }
    }
    const auto moves = std::count_if(changed.begin(), changed.end(), [this](int source) {
        return (m_rowOf[static_cast<size_t>(source)] >= 0) != accepts(source);
    });
    if (moves > kOneByOne) { // many that match now, or no more: one change of layout
        changeLayout([this] { rebuildShown(false); });
        emit shownChanged();
        return;
    }
    std::vector<int> rows;
    for (const int source : changed) {
        const bool shown = m_rowOf[static_cast<size_t>(source)] >= 0;
        const bool wanted = accepts(source);
        if (wanted && !shown)
            insertShown(source);
        else if (!wanted && shown)
            eraseShown(m_rowOf[static_cast<size_t>(source)]);
        membership = membership || wanted != shown;
    }
    for (const int source : changed) {
        if (const int row = m_rowOf[static_cast<size_t>(source)]; row >= 0)
            rows.push_back(row);
    }
    emitChanged(std::move(rows));
    if (membership)
        emit shownChanged();
}

void LiveTableModel::removeIds(const QStringList &ids)
{
    if (ids.size() > kOneByOne)
        return removeMany(ids);
    bool any = false;
    for (const QString &id : ids) {
        const int source = sourceRowOf(id);
        if (source < 0)
            continue;
        any = true;
        if (const int row = m_rowOf[static_cast<size_t>(source)]; row >= 0)
            eraseShown(row);
        const int last = static_cast<int>(m_ids.size()) - 1;
        swapRemove(source);
        m_index.removeSwappingLast(static_cast<size_t>(source));
        m_marks.removeSwappingLast(static_cast<size_t>(source));
        m_sourceOf.remove(id);
        m_order.erase(std::remove(m_order.begin(), m_order.end(), static_cast<uint32_t>(source)),
                      m_order.end());
        if (source != last) { // the last row has the freed number now
            m_ids[source] = m_ids[last];
            m_sourceOf[m_ids[source]] = source;
            std::replace(m_order.begin(), m_order.end(), static_cast<uint32_t>(last),
                         static_cast<uint32_t>(source));
            std::replace(m_shown.begin(), m_shown.end(), static_cast<uint32_t>(last),
                         static_cast<uint32_t>(source));
        }
        m_ids.removeLast();
        renumber();
    }
    if (any)
        emit shownChanged();
}

void LiveTableModel::removeMany(const QStringList &ids)
{
    changeLayout([&] {
        std::vector<uint32_t> nowAt(
            static_cast<size_t>(m_ids.size())); // the number that each row that stays will have
        std::iota(nowAt.begin(), nowAt.end(), 0U);
        std::vector<uint32_t> wasAt = nowAt;
        std::vector<uint8_t> gone(nowAt.size(), 0);
        for (const QString &id : ids) {
            const int source = sourceRowOf(id);
            if (source < 0)
                continue;
            const auto at = static_cast<size_t>(source);
            const auto last = static_cast<size_t>(m_ids.size()) - 1;
            swapRemove(source);
            m_index.removeSwappingLast(at);
            m_marks.removeSwappingLast(at);
            m_sourceOf.remove(id);
            gone[wasAt[at]] = 1;
            wasAt[at] = wasAt[last];
            nowAt[wasAt[at]] = static_cast<uint32_t>(at);
            m_ids[source] = m_ids.last();
            if (at != last)
                m_sourceOf[m_ids[source]] = source;
            m_ids.removeLast();
        }
        std::vector<uint32_t> order;
        for (const uint32_t source : m_order) {
            if (!gone[source])
                order.push_back(nowAt[source]);
        }
        m_order = std::move(order);
        rebuildShown(false);
    });
    emit shownChanged();
}

void LiveTableModel::clearRows()
{
    if (m_ids.isEmpty())
        return;
    beginResetModel();
    m_index.clear();
    m_marks.clear();
    m_ids.clear();
    m_sourceOf.clear();
    m_order.clear();
    m_shown.clear();
    m_rowOf.clear();
    endResetModel();
    emit shownChanged();
}

}
