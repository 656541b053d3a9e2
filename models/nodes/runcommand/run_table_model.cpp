#include "models/nodes/runcommand/run_table_model.h"

#include "models/table/visible_text.h"

#include "models/table/cell_roles.h"
#include "models/table/plain_tool_tip.h"
#include "models/table/relative_time.h"

namespace fb {

RunTableModel::RunTableModel(QObject *parent) : LiveTableModel(parent) { }

int RunTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(Column::Count);
}

std::pair<QString, QString> RunTableModel::pairToCompare(const QStringList &chosen) const
{
    const RunRow *newer = run(chosen.value(0));
    const RunRow *older = chosen.size() == 2 ? run(chosen[1]) : nullptr;
    if (!newer || chosen.size() > 2)
        return {};
    if (chosen.size() == 2 && older && older->requested > newer->requested)
        std::swap(older, newer);
    if (chosen.size() == 1) {
        for (const RunRow &each : m_rows) {
            const bool isBefore = each.documentName == newer->documentName && each.id != newer->id
                && each.requested <= newer->requested;
            if (isBefore && (!older || each.requested > older->requested))
                older = &each;
        }
    }
    return older ? std::pair(older->id, newer->id) : std::pair<QString, QString>();
}

QString RunTableModel::titleOf(const RunRow &run)
{
    if (!run.comment.isEmpty())
        return visibleText(run.comment); // on pages, in crumbs and in the palette (security U04)
    const QStringList lines = run.parameters.value(QStringLiteral("commands"));
    for (const QString &line : lines) {
        if (!line.trimmed().isEmpty())
            return visibleText(line.section(u'\n', 0, 0).trimmed());
    }
    return run.documentName;
}

Microseconds RunTableModel::durationOf(const RunRow &run) const // until now of one that still runs
{
    return (toMicros(run.finished) > 0 ? run.finished : now()) - run.requested;
}

QVariant RunTableModel::shown(const RunRow &run, Column column) const
{
    switch (column) {
    case Column::Title:
        return titleOf(run);
    case Column::Status:
        return RunWords::word(run.details);
    case Column::Document:
        return run.documentName;
    case Column::Nodes:
        return tr("%1 of %2").arg(run.counts.done()).arg(run.counts.total());
    case Column::Requested:
        return RelativeTime::ago(run.requested, now());
    case Column::By:
        return run.requestedBy;
    case Column::Duration:
        return RelativeTime::duration(durationOf(run));
    case Column::Id:
        return run.id;
    case Column::Count:
        break;
    }
    return {};
}

QVariant RunTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const RunRow &run = m_rows[static_cast<size_t>(sourceRow(index.row()))];
    const auto column = static_cast<Column>(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return shown(run, column);
    case Qt::AccessibleTextRole:
        return QStringLiteral("%1: %2").arg(headerData(index.column(), Qt::Horizontal).toString(),
                                            shown(run, column).toString());
    case Qt::ToolTipRole:
        if (column == Column::Status)
            return run.details;
        return column == Column::Requested ? RelativeTime::exact(run.requested)
                                           : plainToolTip(shown(run, column).toString());
    case IdRole:
        return run.id;
    case StateRole:
        return column == Column::Status ? QVariant::fromValue(RunWords::kind(run.details)) : QVariant();
    case CountsRole:
        return column == Column::Nodes ? QVariant::fromValue(run.counts) : QVariant();
    case ExportRole:
        if (column == Column::Duration)
            return RelativeTime::seconds(durationOf(run));
        return column == Column::Requested ? QVariant(RelativeTime::iso(run.requested)) : shown(run, column);
    case CopyRole:
        return column == Column::Requested ? QVariant(RelativeTime::exact(run.requested))
                                           : shown(run, column);
    default:
        return {};
    }
}

QVariant RunTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (static_cast<Column>(section)) {
    case Column::Title:
        //: column title: a run of a document
        return tr("Run");
    case Column::Status:
        //: column title
        return tr("Status");
    case Column::Document:
        //: column title
        return tr("Document");
    case Column::Nodes:
        //: column title: how many nodes are done
        return tr("Nodes done");
    case Column::Requested:
        //: column title: when the run was asked for
        return tr("Requested");
    case Column::By:
        //: column title: who asked for the run
        return tr("By");
    case Column::Duration:
        //: column title
        return tr("Duration");
    case Column::Id:
        //: column title
        return tr("Command ID");
    case Column::Count:
        break;
    }
    return {};
}

const RunRow *RunTableModel::run(const QString &id) const
{
    const int source = sourceRowOf(id);
    return source < 0 ? nullptr : &m_rows[static_cast<size_t>(source)];
}

bool RunTableModel::ages(int column) const
{
    return column == static_cast<int>(Column::Requested) || column == static_cast<int>(Column::Duration);
}

void RunTableModel::applyRuns(const QList<RunRow> &runs)
{
    QStringList ids;
    ids.reserve(runs.size());
    for (const RunRow &run : runs)
        ids << run.id;
    upsert(ids, [&](int batchIndex, int source) {
        const auto at = static_cast<size_t>(source);
        if (at == m_rows.size()) {
            m_rows.push_back(runs[batchIndex]);
            return true;
        }
        if (m_rows[at] == runs[batchIndex])
            return false;
        m_rows[at] = runs[batchIndex];
        return true;
    });
}

QString RunTableModel::searchText(int sourceRow) const
{
    const RunRow &run = m_rows[static_cast<size_t>(sourceRow)];
    return QStringList {titleOf(run),     RunWords::word(run.details),
                        run.documentName, RunWords::targetsText(run.targets),
                        run.requestedBy,  run.id}
        .join(u' ');
}

bool RunTableModel::less(int column, int sourceA, int sourceB) const
{
    const RunRow &a = m_rows[static_cast<size_t>(sourceA)];
    const RunRow &b = m_rows[static_cast<size_t>(sourceB)];
    switch (static_cast<Column>(column)) {
    case Column::Title:
        return titleOf(a).compare(titleOf(b), Qt::CaseInsensitive) < 0;
    case Column::Status:
        return a.details < b.details;
    case Column::Document:
        return a.documentName < b.documentName;
    case Column::Nodes:
        return a.counts.total() < b.counts.total();
    case Column::Requested:
        return a.requested > b.requested; // ascending = newest first, as the ages read
    case Column::By:
        return a.requestedBy < b.requestedBy;
    case Column::Duration:
        return durationOf(a) < durationOf(b);
    case Column::Id:
    case Column::Count:
        break;
    }
    return a.id < b.id;
}

QList<FilterProperty> RunTableModel::filterProperties() const
{
    const auto title
        = [this](Column column) { return headerData(static_cast<int>(column), Qt::Horizontal).toString(); };
    return {{QStringLiteral("run"), title(Column::Title), FilterType::Text, true},
            {QStringLiteral("status"), title(Column::Status)},
            {QStringLiteral("document"), title(Column::Document)},
            {QStringLiteral("by"), title(Column::By)},
            {QStringLiteral("requested"), title(Column::Requested), FilterType::Time},
            {QStringLiteral("id"), title(Column::Id)}};
}

FilterValue RunTableModel::filterValue(int sourceRow, const QString &key) const
{
    const RunRow &run = m_rows[static_cast<size_t>(sourceRow)];
    if (key == u"run")
        return {{titleOf(run)}, {}, {}};
    if (key == u"status")
        return {{RunWords::word(run.details), run.details, run.status}, {}, {}};
    if (key == u"document")
        return {{run.documentName}, {}, {}};
    if (key == u"by")
        return {{run.requestedBy}, {}, {}};
    if (key == u"requested")
        return {{}, {}, run.requested};
    if (key == u"id")
        return {{run.id}, {}, {}};
    return {};
}

void RunTableModel::swapRemove(int sourceRow)
{
    m_rows[static_cast<size_t>(sourceRow)] = std::move(m_rows.back());
    m_rows.pop_back();
}

}
