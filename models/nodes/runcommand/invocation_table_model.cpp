#include "models/nodes/runcommand/invocation_table_model.h"

#include "models/table/cell_roles.h"
#include "models/table/natural_order.h"
#include "models/table/plain_tool_tip.h"
#include "models/table/relative_time.h"
#include "models/table/visible_text.h"

namespace fb {

namespace {
    const auto kNodeKey = QStringLiteral("node-id");
}

InvocationTableModel::InvocationTableModel(QObject *parent) : LiveTableModel(parent) { }

int InvocationTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(Column::Count);
}

Microseconds
InvocationTableModel::durationOf(const InvocationRow &row) const // until now of one that still runs
{
    if (toMicros(row.started) == 0)
        return Microseconds(-1); // before all that did
    return (toMicros(row.finished) > 0 ? row.finished : now()) - row.started;
}

QVariant InvocationTableModel::shown(const InvocationRow &row, Column column) const
{
    switch (column) {
    case Column::Node:
        return row.nodeName.isEmpty() ? row.nodeId : row.nodeName;
    case Column::State:
        return RunWords::word(row.details);
    case Column::Exit:
        return row.responseCode < 0 ? QString() : QString::number(row.responseCode);
    case Column::Started:
        return RelativeTime::clock(row.started);
    case Column::Duration:
        return toMicros(row.started) == 0 ? QString() : RelativeTime::duration(durationOf(row));
    case Column::Platform:
        return row.platform;
    case Column::Note:
        return row.note;
    case Column::Output:
        return m_outputs ? visibleText(m_outputs(row.nodeId).trimmed(), 120) : QString();
    case Column::Count:
        break;
    }
    return {};
}

QVariant InvocationTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const InvocationRow &row = m_rows[static_cast<size_t>(sourceRow(index.row()))];
    const auto column = static_cast<Column>(index.column());
    switch (role) {
    case Qt::DisplayRole:
    case CopyRole:
        return shown(row, column);
    case Qt::AccessibleTextRole:
        return QStringLiteral("%1: %2").arg(headerData(index.column(), Qt::Horizontal).toString(),
                                            shown(row, column).toString());
    case Qt::ToolTipRole:
        if (column == Column::State)
            return row.details;
        if (column == Column::Started)
            return toMicros(row.started) == 0 ? QString() : RelativeTime::exact(row.started);
        return plainToolTip(column == Column::Node ? row.nodeId : shown(row, column).toString());
    case IdRole:
        return row.nodeId;
    case ExportRole:
        if (column == Column::Output)
            return m_outputs ? m_outputs(row.nodeId) : QString();
        if (column == Column::Duration)
            return toMicros(row.started) == 0 ? QString() : RelativeTime::seconds(durationOf(row));
        return column == Column::Started ? QVariant(RelativeTime::iso(row.started)) : shown(row, column);
    case StateRole:
        return column == Column::State ? QVariant::fromValue(RunWords::kind(row.details)) : QVariant();
    default:
        return {};
    }
}

QVariant InvocationTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (static_cast<Column>(section)) {
    case Column::Node:
        //: column title
        return tr("Node");
    case Column::State:
        //: column title
        return tr("State");
    case Column::Exit:
        //: column title: exit code of the script
        return tr("Exit");
    case Column::Started:
        //: column title: time of day
        return tr("Started");
    case Column::Duration:
        //: column title
        return tr("Duration");
    case Column::Platform:
        //: column title
        return tr("Platform");
    case Column::Note:
        //: column title
        return tr("Note");
    case Column::Output:
        //: column title: what a node said
        return tr("Output");
    case Column::Count:
        break;
    }
    return {};
}

const InvocationRow *InvocationTableModel::invocation(const QString &nodeId) const
{
    const int source = sourceRowOf(nodeId);
    return source < 0 ? nullptr : &m_rows[static_cast<size_t>(source)];
}

RunCounts InvocationTableModel::counts() const
{
    RunCounts counts;
    for (const InvocationRow &row : m_rows)
        counts.add(RunWords::kind(row.details));
    return counts;
}

bool InvocationTableModel::ages(int column) const { return column == static_cast<int>(Column::Duration); }

void InvocationTableModel::showOnly(const std::optional<QStringList> &nodeIds)
{
    TableQuery wanted = query();
    wanted.tokens.removeIf([](const FilterToken &token) { return token.key == kNodeKey; });
    if (nodeIds)
        wanted.tokens << FilterToken {.key = kNodeKey, .values = *nodeIds};
    setQuery(wanted);
}

void InvocationTableModel::applyInvocations(const QList<InvocationRow> &invocations)
{
    QStringList ids;
    ids.reserve(invocations.size());
    for (const InvocationRow &row : invocations)
        ids << row.nodeId;
    upsert(ids, [&](int batchIndex, int source) {
        const auto at = static_cast<size_t>(source);
        if (at == m_rows.size()) {
            m_rows.push_back(invocations[batchIndex]);
            return true;
        }
        if (m_rows[at] == invocations[batchIndex])
            return false;
        m_rows[at] = invocations[batchIndex];
        return true;
    });
}

QString InvocationTableModel::searchText(int sourceRow) const
{
    const InvocationRow &row = m_rows[static_cast<size_t>(sourceRow)];
    return QStringList {row.nodeName, row.nodeId, RunWords::word(row.details), row.platform, row.note}.join(
        u' ');
}

bool InvocationTableModel::less(int column, int sourceA, int sourceB) const
{
    const InvocationRow &a = m_rows[static_cast<size_t>(sourceA)];
    const InvocationRow &b = m_rows[static_cast<size_t>(sourceB)];
    switch (static_cast<Column>(column)) {
    case Column::Output:
    case Column::Node:
        return a.nodeName.compare(b.nodeName, Qt::CaseInsensitive) < 0;
    case Column::State:
        return a.details < b.details;
    case Column::Exit:
        return a.responseCode < b.responseCode;
    case Column::Started:
        return a.started < b.started;
    case Column::Duration:
        return durationOf(a) < durationOf(b);
    case Column::Platform:
        return comesBeforeNaturally(a.platform, b.platform);
    case Column::Note:
        return a.note < b.note;
    case Column::Count:
        break;
    }
    return a.nodeId < b.nodeId;
}

QList<FilterProperty> InvocationTableModel::filterProperties() const
{
    const auto title
        = [this](Column column) { return headerData(static_cast<int>(column), Qt::Horizontal).toString(); };
    return {{kNodeKey, {}},
            {QStringLiteral("node"), title(Column::Node), FilterType::Text},
            {QStringLiteral("state"), title(Column::State)},
            {QStringLiteral("exit"), title(Column::Exit), FilterType::Number},
            {QStringLiteral("started"), title(Column::Started), FilterType::Time},
            {QStringLiteral("platform"), title(Column::Platform), FilterType::Text, true},
            {QStringLiteral("note"), title(Column::Note), FilterType::Text, true}};
}

FilterValue InvocationTableModel::filterValue(int sourceRow, const QString &key) const
{
    const InvocationRow &row = m_rows[static_cast<size_t>(sourceRow)];
    if (key == kNodeKey)
        return {{row.nodeId}, {}, {}};
    if (key == u"node")
        return {{row.nodeName, row.nodeId}, {}, {}};
    if (key == u"state")
        return {{RunWords::word(row.details), row.details, RunWords::kindWord(RunWords::kind(row.details))},
                {},
                {}};
    if (key == u"exit")
        return {{}, row.responseCode < 0 ? std::nullopt : std::optional<double>(row.responseCode), {}};
    if (key == u"started")
        return {{}, {}, row.started};
    if (key == u"platform")
        return {{row.platform}, {}, {}};
    if (key == u"note")
        return {{row.note}, {}, {}};
    return {};
}

void InvocationTableModel::swapRemove(int sourceRow)
{
    m_rows[static_cast<size_t>(sourceRow)] = std::move(m_rows.back());
    m_rows.pop_back();
}

}
