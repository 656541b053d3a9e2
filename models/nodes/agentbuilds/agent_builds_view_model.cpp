#include "models/nodes/agentbuilds/agent_builds_view_model.h"

#include "backend/protocol/agent_build_signature.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr auto kRecountAfter = std::chrono::milliseconds(200);

    bool isLower(const QString &version, const QString &than) // as an agent compares
    {
        return !version.isEmpty()
            && protocol::compareAgentVersions(version.toStdString(), than.toStdString()) < 0;
    }

    bool takesOrders(const NodeRow &node) { return node.ping != PingState::Quarantined; }
}

AgentBuildsViewModel::AgentBuildsViewModel(AgentBuildsSource &source, FleetViewModel &fleet, QObject *parent)
    : ListViewModel(parent),
      m_source(source),
      m_fleet(fleet),
      m_table(&AgentBuildTable::idOf, AgentBuildTable::columns())
{
    connect(&m_ages, &QTimer::timeout, this, [this] { m_table.setNow(m_source.now()); });
    m_recount.setSingleShot(true);
    m_recount.setInterval(kRecountAfter);
    connect(&m_recount, &QTimer::timeout, this, &AgentBuildsViewModel::recount);
    const auto soon = [this] {
        if (!m_builds.isEmpty() && !m_recount.isActive())
            m_recount.start();
    };
    connect(&m_fleet, &FleetViewModel::nodesChanged, this, soon);
    connect(&m_fleet, &FleetViewModel::loadedChanged, this, soon);
}

void AgentBuildsViewModel::start()
{
    older().setReading();
    m_table.setNow(m_source.now());
    m_ages.start(std::chrono::seconds(1));
    m_source.start({.arrived = [this](const QList<AgentBuildRow> &all,
                                      const ReleaseKeyRow &releaseKey) { take(all, releaseKey); },
                    .failed = [this](const ShownError &problem) { setFailed(problem); }});
}

void AgentBuildsViewModel::take(const QList<AgentBuildRow> &all, const ReleaseKeyRow &releaseKey)
{
    QStringList gone;
    for (const AgentBuildRow &before : std::as_const(m_builds))
        gone << AgentBuildTable::idOf(before);
    for (const AgentBuildRow &now : all)
        gone.removeOne(AgentBuildTable::idOf(now));
    m_builds = all;
    m_highest.clear();
    for (const AgentBuildRow &build : all) {
        QString &highest = m_highest[build.machine()];
        if (highest.isEmpty() || isLower(highest, build.version))
            highest = build.version;
    }
    if (!gone.isEmpty())
        m_table.remove(gone);
    recount();
    setComplete(false);
    if (std::exchange(m_releaseKey, releaseKey) != releaseKey)
        emit releaseKeyChanged();
}

void AgentBuildsViewModel::recount()
{
    QHash<QPair<QString, QString>, int> running; // by machine and version
    QHash<QPair<QString, QString>, bool> lower;
    QHash<QString, int> behind; // by machine
    for (const NodeRow &node : m_fleet.nodes().allNodes()) {
        const auto highest = m_highest.constFind(node.machine);
        if (highest == m_highest.cend())
            continue;
        const QPair<QString, QString> what(node.machine, node.agentVersion);
        ++running[what];
        auto known = lower.constFind(what);
        if (known == lower.cend())
            known = lower.insert(what, isLower(node.agentVersion, *highest));
        if (*known && takesOrders(node))
            ++behind[node.machine];
    }
    for (AgentBuildRow &build : m_builds) {
        const QString highest = m_highest.value(build.machine());
        build.newer = build.version == highest ? QString() : highest;
        build.nodes = running.value({build.machine(), build.version});
        build.behind = build.newer.isEmpty() ? behind.value(build.machine()) : 0;
    }
    m_table.apply(m_builds);
    emit valuesChanged();
}

QStringList AgentBuildsViewModel::nodesBehind(const QString &buildId) const
{
    QStringList ids;
    for (const NodeRow &node : m_fleet.nodes().allNodes()) {
        const auto highest = m_highest.constFind(node.machine);
        if (highest == m_highest.cend() || !takesOrders(node) || !isLower(node.agentVersion, *highest))
            continue;
        const AgentBuildRow *build = buildId.isEmpty() ? nullptr : m_table.value(buildId);
        if (buildId.isEmpty() || (build && build->machine() == node.machine && build->version == *highest))
            ids << node.id;
    }
    return ids;
}

}
