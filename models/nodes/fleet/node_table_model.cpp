#include "models/nodes/fleet/node_table_model.h"

#include "models/table/cell_roles.h"
#include "models/table/natural_order.h"
#include "models/table/percent_text.h"
#include "models/table/plain_tool_tip.h"
#include "models/table/relative_time.h"

#include <QLocale>

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    QString shareText(const std::optional<double> &share)
    {
        return share ? percentText(*share * 100) : QString();
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
        return RelativeTime::ago(row.lastPing, now());
    case Column::Platform:
        return row.platform;
    case Column::Tags:
        return row.tags.join(u", "_s);
    case Column::Cpu:
        return shareText(row.cpu);
    case Column::Memory:
        return shareText(row.memory);
    case Column::Agent:
        return row.agentVersion;
    case Column::Address:
        return row.address;
    case Column::Id:
        return row.id;
    case Column::Registered:
        return RelativeTime::ago(row.registered, now());
    case Column::Certificate:
        return certificateText(row, now());
    case Column::Profile:
        return row.profile;
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
    case ExportRole:
        if (column == Column::LastPing || column == Column::Registered || column == Column::Certificate)
            return RelativeTime::iso(column == Column::LastPing         ? row.lastPing
                                         : column == Column::Registered ? row.registered
                                                                        : row.certificateEnds);
        return shown(row, column);
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
    case Column::Profile:
        //: column title: the node profile
        return tr("Profile");
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
    return toMicros(row.certificateEnds) > 0 && row.certificateEnds - now() < std::chrono::hours(7 * 24);
}

bool NodeTableModel::ages(int column) const
{
    const auto each = static_cast<Column>(column);
    return each == Column::LastPing || each == Column::Registered || each == Column::Certificate;
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

void NodeTableModel::applyShares(const QList<NodeShares> &shares)
{
    QList<NodeRow> changed;
    for (const NodeShares &one : shares) {
        const NodeRow *known = node(one.id);
        if (!known)
            continue;
        NodeRow row = *known;
        row.cpu = one.cpu ? one.cpu : row.cpu;
        row.memory = one.memory ? one.memory : row.memory;
        changed.append(row);
    }
    applyNodes(changed);
}

void NodeTableModel::applyCertificateEnds(const QHash<QString, Instant> &ends)
{
    QList<NodeRow> changed;
    for (const NodeRow &known : m_rows) {
        const Instant end = ends.value(known.id);
        if (end == known.certificateEnds)
            continue;
        changed.append(known);
        changed.last().certificateEnds = end;
    }
    applyNodes(changed);
}

void NodeTableModel::removeNodes(const QStringList &ids) { removeIds(ids); }

QString NodeTableModel::searchText(int sourceRow) const
{
    const NodeRow &row = m_rows[static_cast<size_t>(sourceRow)];
    QString text;
    text.reserve(160);
    for (const QString &part :
         {row.name, PingWords::word(row.ping), row.platform, row.tags.join(u' '), row.agentVersion,
          row.address, row.id, shareText(row.cpu), shareText(row.memory)}) {
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
        return m_names.empty()
            ? a.name.compare(b.name, Qt::CaseInsensitive) < 0
            : m_names[static_cast<size_t>(sourceA)] < m_names[static_cast<size_t>(sourceB)];
    case Column::Ping:
        return a.ping < b.ping;
    case Column::LastPing:
        return a.lastPing > b.lastPing; // ascending = the most recent first, as the ages read
    case Column::Platform:
        return comesBeforeNaturally(a.platform, b.platform);
    case Column::Tags:
        return a.tags < b.tags;
    case Column::Cpu:
        return a.cpu < b.cpu;
    case Column::Memory:
        return a.memory < b.memory;
    case Column::Agent:
        return compareVersions(a.agentVersion, b.agentVersion) < 0;
    case Column::Address:
        return compareVersions(a.address, b.address) < 0;
    case Column::Registered:
        return a.registered > b.registered;
    case Column::Certificate:
        return a.certificateEnds < b.certificateEnds;
    case Column::Profile:
        return comesBeforeNaturally(a.profile, b.profile);
    case Column::Id:
    case Column::Count:
        break;
    }
    return a.id < b.id;
}

void NodeTableModel::beginSort(int column)
{
    if (static_cast<Column>(column) != Column::Name)
        return;
    m_names.reserve(m_rows.size());
    for (const NodeRow &row : m_rows)
        m_names.push_back(row.name.toCaseFolded());
}

QList<FilterProperty> NodeTableModel::filterProperties() const
{
    const auto of = [this](const QString &key, Column column, FilterType type, bool byPart = false) {
        return FilterProperty {key, headerData(static_cast<int>(column), Qt::Horizontal).toString(), type,
                               byPart};
    };
    return {of(u"name"_s, Column::Name, FilterType::Text),
            of(u"ping"_s, Column::Ping, FilterType::Text),
            of(u"lastping"_s, Column::LastPing, FilterType::Time),
            of(u"platform"_s, Column::Platform, FilterType::Text, true),
            of(u"tag:"_s, Column::Tags, FilterType::Text),
            of(u"cpu"_s, Column::Cpu, FilterType::Percent),
            of(u"memory"_s, Column::Memory, FilterType::Percent),
            of(u"agent"_s, Column::Agent, FilterType::Version),
            //: a property to filter by: what kind of machine it is, "Linux x86_64"
            {u"machine"_s, tr("Machine"), FilterType::Text, true},
            of(u"address"_s, Column::Address, FilterType::Text),
            of(u"id"_s, Column::Id, FilterType::Text),
            of(u"registered"_s, Column::Registered, FilterType::Time),
            of(u"certificate"_s, Column::Certificate, FilterType::Time),
            of(u"profile"_s, Column::Profile, FilterType::Text)};
}

FilterValue NodeTableModel::filterValue(int sourceRow, const QString &key) const
{
    const NodeRow &row = m_rows[static_cast<size_t>(sourceRow)];
    if (key == u"name")
        return {{row.name}, {}, {}};
    if (key == u"ping")
        return {{PingWords::word(row.ping), PingWords::key(row.ping)}, {}, {}};
    if (key == u"lastping")
        return {{}, {}, row.lastPing};
    if (key == u"platform")
        return {{row.platform}, {}, {}};
    if (key.startsWith(u"tag:"))
        return {tagValues(row.tags, key), {}, {}};
    if (key == u"cpu")
        return {{}, row.cpu, {}};
    if (key == u"memory")
        return {{}, row.memory, {}};
    if (key == u"agent")
        return {{row.agentVersion}, {}, {}};
    if (key == u"machine")
        return {{row.machine}, {}, {}};
    if (key == u"address")
        return {{row.address}, {}, {}};
    if (key == u"id")
        return {{row.id}, {}, {}};
    if (key == u"registered")
        return {{}, {}, row.registered};
    if (key == u"certificate")
        return {{}, {}, row.certificateEnds};
    if (key == u"profile")
        return {{row.profile}, {}, {}};
    return {};
}

void NodeTableModel::swapRemove(int sourceRow)
{
    m_rows[static_cast<size_t>(sourceRow)] = std::move(m_rows.back());
    m_rows.pop_back();
}

}
