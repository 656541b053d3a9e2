#include "ui/shell/palette_model.h"

#include <algorithm>

namespace fb {

namespace {
    constexpr int kWhole = -1; // the title itself
    constexpr int kContextOnly = 1000; // the query stands in the context, not in the title
}

int PaletteModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant PaletteModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows[index.row()];
    if (role == Qt::DisplayRole)
        return row.heading.isEmpty() ? row.entry.title : row.heading;
    if (role == Qt::AccessibleTextRole)
        return row.heading.isEmpty()
            ? QStringLiteral("%1, %2, %3").arg(row.entry.title, row.entry.context, row.entry.kind)
            : row.heading;
    return {};
}

Qt::ItemFlags PaletteModel::flags(const QModelIndex &index) const
{
    return index.isValid() && m_rows[index.row()].heading.isEmpty() ? Qt::ItemIsSelectable | Qt::ItemIsEnabled
                                                                    : Qt::NoItemFlags;
}

int PaletteModel::next(int row, int step) const
{
    for (int at = row + step; at >= 0 && at < m_rows.size(); at += step) {
        if (m_rows[at].heading.isEmpty())
            return at;
    }
    return row;
}

QString PaletteModel::headingOf(PaletteGroup group)
{
    switch (group) {
    case PaletteGroup::Recent:
        //: heading in the palette: what was chosen lately
        return tr("Recent");
    case PaletteGroup::Page:
        //: heading in the palette
        return tr("Pages");
    case PaletteGroup::Command:
        //: heading in the palette: things to do
        return tr("Commands");
    case PaletteGroup::Node:
        //: heading in the palette
        return tr("Nodes");
    case PaletteGroup::Tag:
        //: heading in the palette
        return tr("Tags");
    case PaletteGroup::Document:
        //: heading in the palette
        return tr("Documents");
    case PaletteGroup::Run:
        break;
    }
    //: heading in the palette: runs of documents
    return tr("Runs");
}

void PaletteModel::show(const QList<PaletteEntry> &entries, const QString &query, int mostOfEach)
{
    QList<Row> hits;
    for (const PaletteEntry &entry : entries) {
        const auto letters = match(entry.title, query);
        if (!letters && !entry.context.contains(query, Qt::CaseInsensitive))
            continue;
        const QList<int> places = letters.value_or(QList<int>());
        // What was typed to the end, then a hit in one piece before a scattered one, one that begins the title before one inside.
        const bool whole = entry.title.compare(query, Qt::CaseInsensitive) == 0;
        const int rank = !letters ? kContextOnly
            : whole               ? kWhole
            : places.isEmpty()    ? 0
                               : (places.last() - static_cast<int>(places.size()) + 1 - places.first()) * 10
                + qMin(places.first(), 9);
        hits.append({{}, entry, places, rank});
    }
    std::stable_sort(hits.begin(), hits.end(), [](const Row &a, const Row &b) {
        return a.entry.group != b.entry.group ? a.entry.group < b.entry.group : a.rank < b.rank;
    });
    beginResetModel();
    m_rows.clear();
    m_hits = 0;
    m_best = -1;
    int ofGroup = 0;
    for (const Row &hit : std::as_const(hits)) {
        const bool isFirst = m_rows.isEmpty() || m_rows.last().entry.group != hit.entry.group;
        ofGroup = isFirst ? 1 : ofGroup + 1;
        if (mostOfEach > 0 && ofGroup > mostOfEach)
            continue;
        if (isFirst) {
            Row heading;
            heading.heading = headingOf(hit.entry.group);
            heading.entry.group = hit.entry.group;
            m_rows << heading;
        }
        m_rows << hit;
        ++m_hits;
        if (m_best < 0 || hit.rank < m_rows[m_best].rank)
            m_best = static_cast<int>(m_rows.size()) - 1;
    }
    endResetModel();
}

std::optional<QList<int>> PaletteModel::match(const QString &title, const QString &query)
{
    QList<int> places;
    if (query.isEmpty())
        return places;
    if (const qsizetype whole = title.indexOf(query, 0, Qt::CaseInsensitive); whole >= 0) {
        for (qsizetype i = 0; i < query.size(); ++i)
            places << static_cast<int>(whole + i);
        return places;
    }
    qsizetype at = 0;
    for (const QChar letter : query) {
        if (letter.isSpace())
            continue;
        at = title.indexOf(letter, at, Qt::CaseInsensitive);
        if (at < 0)
            return std::nullopt;
        places << static_cast<int>(at++);
    }
    return places;
}

}
