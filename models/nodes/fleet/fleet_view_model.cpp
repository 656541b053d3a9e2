#include "models/nodes/fleet/fleet_view_model.h"

namespace fb {

namespace {
    constexpr auto kUndoTime = std::chrono::seconds(10);
}

FleetViewModel::FleetViewModel(FleetSource &source, QObject *parent) : QObject(parent), m_source(source)
{
    m_nodes.setNow(m_source.now());
    connect(&m_source, &FleetSource::nodesArrived, this, [this](const QList<NodeRow> &nodes) {
        m_nodes.applyNodes(nodes);
        recount();
        emit nodesChanged();
    });
    connect(&m_source, &FleetSource::profilesArrived, this,
            [this](const QStringList &names) { m_profiles = names; });
    connect(&m_source, &FleetSource::sharesArrived, &m_nodes, &NodeTableModel::applyShares);
    connect(&m_source, &FleetSource::certificateEndsArrived, this,
            [this](const QHash<QString, Instant> &ends) {
                m_nodes.applyCertificateEnds(ends);
                recount();
            });
    connect(&m_source, &FleetSource::nodesRemoved, this, [this](const QStringList &ids) {
        m_nodes.removeNodes(ids);
        if (ids.contains(m_detailId))
            showDetail({});
        recount();
        emit nodesChanged();
    });
    connect(&m_source, &FleetSource::firstListComplete, this, [this] {
        m_loaded = true;
        recount();
        emit loadedChanged();
    });
    connect(&m_source, &FleetSource::detailArrived, this, [this](const NodeDetail &detail) {
        if (detail.node.id != m_detailId) // a late answer about a node that is no longer shown
            return;
        m_detail = detail;
        emit detailChanged();
    });
    connect(&m_source, &FleetSource::activationMade, this, &FleetViewModel::activationMade);
    connect(&m_source, &FleetSource::activationRefused, this, &FleetViewModel::activationRefused);
    connect(&m_source, &FleetSource::problemArose, this, &FleetViewModel::problemArose);
    m_undoTime.setSingleShot(true);
    m_undoTime.setInterval(kUndoTime);
    connect(&m_undoTime, &QTimer::timeout, this, [this] {
        m_undo.reset();
        emit undoChanged();
    });
    connect(&m_source, &FleetSource::outcomeArrived, this, [this](const FleetOutcome &outcome) {
        if (m_isUndoing)
            m_isUndoing = false; // what was taken back is not offered again
        else if (!outcome.undoTags.isEmpty() || !outcome.undoNames.isEmpty()) {
            m_undo = outcome;
            m_undoTime.start();
            emit undoChanged();
        }
        emit outcomeArrived(outcome);
    });
    m_ages.setInterval(std::chrono::seconds(1));
    connect(&m_ages, &QTimer::timeout, this, [this] { m_nodes.setNow(m_source.now()); });
}

void FleetViewModel::start()
{
    m_ages.start();
    m_source.start();
}

void FleetViewModel::showDetail(const QString &nodeId)
{
    if (nodeId == m_detailId)
        return;
    m_detailId = nodeId;
    m_detail.reset();
    if (const NodeRow *known = m_nodes.node(nodeId))
        m_detail = NodeDetail {.node = *known}; // what the table knows, until the rest arrives
    m_source.watchNode(nodeId);
    emit detailChanged();
}

QString FleetViewModel::createReenrolmentToken(const QString &nodeId)
{
    const QString request = QString::number(++m_requests);
    m_source.createReenrolmentToken(request, nodeId);
    return request;
}

QString FleetViewModel::createActivation(ActivationWish wish)
{
    if (wish.requestId.isEmpty())
        wish.requestId = QString::number(++m_requests);
    m_source.createActivation(wish);
    return wish.requestId;
}

void FleetViewModel::changeTags(const QList<NodeTagChange> &changes)
{
    QList<NodeTagChange> real;
    for (const NodeTagChange &change : changes) {
        if (!change.set.isEmpty() || !change.removed.isEmpty())
            real << change;
    }
    if (!real.isEmpty())
        m_source.changeTags(real);
}

void FleetViewModel::undo()
{
    if (!m_undo)
        return;
    const FleetOutcome before = *std::exchange(m_undo, std::nullopt);
    m_undoTime.stop();
    m_isUndoing = true;
    if (!before.undoTags.isEmpty())
        m_source.changeTags(before.undoTags);
    for (const NodeRename &name : before.undoNames)
        m_source.rename(name);
    emit undoChanged();
}

QStringList FleetViewModel::tagsInUse() const
{
    QStringList tags;
    for (const NodeRow &row : m_nodes.allNodes()) {
        for (const QString &tag : row.tags) {
            if (!tags.contains(tag))
                tags << tag;
        }
    }
    tags.sort();
    return tags;
}

void FleetViewModel::recount()
{
    FleetCounts counts;
    for (const NodeRow &row : m_nodes.allNodes()) {
        ++counts.total;
        counts.endingCertificates += m_nodes.hasEndingCertificate(row) ? 1 : 0;
        switch (row.ping) {
        case PingState::Online:
            ++counts.online;
            break;
        case PingState::Silent:
            ++counts.silent;
            break;
        case PingState::ConnectionLost:
            ++counts.lost;
            break;
        case PingState::Registered:
            ++counts.registered;
            break;
        case PingState::Quarantined:
            ++counts.quarantined;
            break;
        }
    }
    if (counts == m_counts)
        return;
    m_counts = counts;
    emit countsChanged(m_counts);
}

}
