#include "models/nodes/fleet/node_table_model.h"

#include "models/table/cell_roles.h"
#include "models/table/plain_tool_tip.h"
#include "models/table/relative_time.h"

#include <QLocale>

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    QString percentText(const std::optional<double> &share)
    {
        return share ? QStringLiteral("%1%").arg(qRound(*share * 100)) : QString();
    }

    // Versions part by part as numbers: 3.10 is more than 3.9.
    bool versionLess(const QString &a, const QString &b)
    {
        const QStringList left = a.split(u'.');
        const QStringList right = b.split(u'.');
        for (qsizetype i = 0; i < qMin(left.size(), right.size()); ++i) {
            const int x = left[i].toInt();
            const int y = right[i].toInt();
            if (x != y)
                return x < y;
        }
        return left.size() < right.size();
    }

    bool anyEquals(const QStringList &values, const QString &actual)
    {
        return std::any_of(values.begin(), values.end(), [&](const QString &value) {
            return value.compare(actual, Qt::CaseInsensitive) == 0;
        });
    }

    bool anyIn(const QStringList &values, const QString &actual)
    {
        return std::any_of(values.begin(), values.end(),
                           [&](const QString &value) { return actual.contains(value, Qt::CaseInsensitive); });
    }
}

QString NodeTableModel::certificateText(const NodeRow &row, Instant now)
{
    if (toMicros(row.certificateEnds) == 0)
        return {};
    const auto left = row.certificateEnds - now;
    if (left <= Microseconds(0))
        return tr("expired");
    return tr("%n day(s) left", nullptr, static_cast<int>(left / std::chrono::hours(24)));
}

NodeTableModel::NodeTableModel(QObject *parent) : LiveTableModel(parent) { }

int NodeTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(Column::Count);
}

QVariant NodeTableModel::shown(const NodeRow &row, Column column) const
{
    switch (column) {
    case Column::Name:
        return row.name;
    case Column::Ping:
        return PingWords::word(row.ping);
    case Column::LastPing:
        return RelativeTime::ago(row.lastPing, m_now);
    case Column::Platform:
        return row.platform;
    case Column::Tags:
        return row.tags.join(u", "_s);
    case Column::Cpu:
        return percentText(row.cpu);
    case Column::Memory:
        return percentText(row.memory);
    case Column::Agent:
        return row.agentVersion;
    case Column::Address:
        return row.address;
    case Column::Id:
        return row.id;
    case Column::Registered:
        return RelativeTime::ago(row.registered, m_now);
    case Column::Certificate:
        return certificateText(row, m_now);
    case Column::Count:
        break;
    }
    return {};
}

QVariant NodeTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const NodeRow &row = m_rows[static_cast<size_t>(sourceRow(index.row()))];
    const auto column = static_cast<Column>(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return shown(row, column);
    case Qt::AccessibleTextRole:
        return QStringLiteral("%1: %2").arg(headerData(index.column(), Qt::Horizontal).toString(),
                                            shown(row, column).toString());
    case Qt::ToolTipRole:
        if (column == Column::LastPing)
            return RelativeTime::exact(row.lastPing);
        if (column == Column::Registered)
            return RelativeTime::exact(row.registered);
        if (column == Column::Certificate && toMicros(row.certificateEnds) > 0)
            return RelativeTime::exact(row.certificateEnds);
        if (column == Column::Ping)
            return PingWords::apiWord(row.ping);
        return plainToolTip(shown(row, column).toString());
    case IdRole:
        return row.id;
    case StateRole:
        return column == Column::Ping ? QVariant::fromValue(PingWords::kind(row.ping)) : QVariant();
    case FractionRole:
        if (column == Column::Cpu && row.cpu)
            return *row.cpu;
        if (column == Column::Memory && row.memory)
            return *row.memory;
        return {};
    case TagsRole:
        return column == Column::Tags ? QVariant(row.tags) : QVariant();
    case CopyRole:
        return column == Column::LastPing ? QVariant(RelativeTime::exact(row.lastPing)) : shown(row, column);
    default:
        return {};
    }
}

QVariant NodeTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (static_cast<Column>(section)) {
    case Column::Name:
        //: column title
        return tr("Name");
    case Column::Ping:
        //: column title: whether the node answers
        return tr("Ping");
    case Column::LastPing:
        //: column title
        return tr("Last ping");
    case Column::Platform:
        //: column title
        return tr("Platform");
    case Column::Tags:
        //: column title
        return tr("Tags");
    case Column::Cpu:
        //: column title
        return tr("CPU");
    case Column::Memory:
        //: column title
        return tr("Memory");
    case Column::Agent:
        //: column title: version of the agent program
        return tr("Agent");
    case Column::Address:
        //: column title: IP address
        return tr("Address");
    case Column::Id:
        //: column title
        return tr("Node ID");
    case Column::Registered:
        //: column title: when the node was enrolled
        return tr("Registered");
    case Column::Certificate:
        //: column title: how long the node's certificate still holds
        return tr("Certificate");
    case Column::Count:
        break;
    }
    return {};
}

const NodeRow *NodeTableModel::node(const QString &id) const
{
    const int source = sourceRowOf(id);
    return source < 0 ? nullptr : &m_rows[static_cast<size_t>(source)];
}

bool NodeTableModel::hasEndingCertificate(const NodeRow &row) const
{
    return toMicros(row.certificateEnds) > 0 && row.certificateEnds - m_now < std::chrono::hours(7 * 24);
}

void NodeTableModel::setNow(Instant now)
{
    m_now = now;
    touchColumn(static_cast<int>(Column::LastPing));
}

void NodeTableModel::applyNodes(const QList<NodeRow> &nodes)
{
    QStringList ids;
    ids.reserve(nodes.size());
    for (const NodeRow &node : nodes)
        ids << node.id;
    upsert(ids, [&](int batchIndex, int source) {
        const auto at = static_cast<size_t>(source);
        if (at == m_rows.size()) {
            m_rows.push_back(nodes[batchIndex]);
            return true;
        }
        if (m_rows[at] == nodes[batchIndex])
            return false;
        m_rows[at] = nodes[batchIndex];
        return true;
    });
}

void NodeTableModel::removeNodes(const QStringList &ids) { removeIds(ids); }

QString NodeTableModel::searchText(int sourceRow) const
{
    const NodeRow &row = m_rows[static_cast<size_t>(sourceRow)];
    QString text;
    text.reserve(160);
    for (const QString &part :
         {row.name, PingWords::word(row.ping), row.platform, row.tags.join(u' '), row.agentVersion,
          row.address, row.id, percentText(row.cpu), percentText(row.memory)}) {
        text += part;
        text += u' ';
    }
    return text;
}

bool NodeTableModel::less(int column, int sourceA, int sourceB) const
{
    const NodeRow &a = m_rows[static_cast<size_t>(sourceA)];
    const NodeRow &b = m_rows[static_cast<size_t>(sourceB)];
    switch (static_cast<Column>(column)) {
    case Column::Name:
        return a.name.compare(b.name, Qt::CaseInsensitive) < 0;
    case Column::Ping:
        return a.ping < b.ping;
    case Column::LastPing:
        return a.lastPing > b.lastPing; // ascending = the most recent first, as the ages read
    case Column::Platform:
        return a.platform < b.platform;
    case Column::Tags:
        return a.tags < b.tags;
    case Column::Cpu:
        return a.cpu < b.cpu;
    case Column::Memory:
        return a.memory < b.memory;
    case Column::Agent:
        return versionLess(a.agentVersion, b.agentVersion);
    case Column::Address:
        return versionLess(a.address, b.address);
    case Column::Registered:
        return a.registered > b.registered;
    case Column::Certificate:
        return a.certificateEnds < b.certificateEnds;
    case Column::Id:
    case Column::Count:
        break;
    }
    return a.id < b.id;
}

bool NodeTableModel::matches(int sourceRow, const FilterToken &token) const
{
    const NodeRow &row = m_rows[static_cast<size_t>(sourceRow)];
    if (token.key == u"ping")
        return anyEquals(token.values, PingWords::word(row.ping))
            || anyEquals(token.values, PingWords::apiWord(row.ping));
    if (token.key == u"certificate")
        return anyEquals(token.values, u"ending"_s) && hasEndingCertificate(row);
    if (token.key == u"platform")
        return anyIn(token.values, row.platform);
    if (token.key == u"name")
        return anyIn(token.values, row.name);
    if (token.key == u"agent")
        return anyEquals(token.values, row.agentVersion);
    if (token.key == u"address")
        return anyIn(token.values, row.address);
    if (token.key == u"id")
        return anyEquals(token.values, row.id);
    if (token.key.startsWith(u"tag:")) {
        const QString key = token.key.mid(4);
        return std::any_of(token.values.begin(), token.values.end(),
                           [&](const QString &value) { return row.tags.contains(key + u'=' + value); });
    }
    return false; // a property that nodes do not have matches nothing; the filter line refuses it before
}

void NodeTableModel::swapRemove(int sourceRow)
{
    m_rows[static_cast<size_t>(sourceRow)] = std::move(m_rows.back());
    m_rows.pop_back();
}

}
