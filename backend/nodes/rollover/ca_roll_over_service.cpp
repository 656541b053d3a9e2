#include "backend/nodes/rollover/ca_roll_over_service.h"

#include "backend/base/fail.h"
#include "backend/base/reported_text.h"
#include "backend/events/event_bus.h"
#include "backend/gateway/node_connection.h"
#include "backend/nodes/fleet/fleet_service.h"
#include "backend/security/actions.h"
#include "backend/security/audit_log.h"
#include "backend/security/certificate_registry.h"

#include <QJsonArray>
#include <QLoggingCategory>

#include <algorithm>
#include <limits>

namespace fb {

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

Q_LOGGING_CATEGORY(rollOverLog, "fb.rollover")

namespace {
    constexpr auto kRemindEvery = 10min;
    constexpr qsizetype kMostRefusal = 300;
    constexpr int kMostNamed = 20; // stragglers, in a message or an audit entry

    // Renewals of a whole fleet are spread: a signature, a row and a new connection each.
    constexpr int kRenewalsPerSecond = 50;
    constexpr std::chrono::milliseconds kLeastSpread = 2s;
    constexpr std::chrono::milliseconds kMostSpread = 1h;

    QStringList namesOf(const QList<CaStraggler> &stragglers)
    {
        QStringList names;
        for (const CaStraggler &straggler :
             stragglers.first(std::min<qsizetype>(stragglers.size(), kMostNamed)))
            names.append(toQString(straggler.node));
        return names;
    }

    bool isWaitedFor(CaPhase phase, const CaStraggler &straggler)
    {
        // One that is away hears of it when it comes back; only to be cut off does it have to be there.
        return phase == CaPhase::Issuing || (phase == CaPhase::Published && straggler.connected);
    }
}

CaRollOverService::CaRollOverService(Parts parts, QObject *parent) : QObject(parent), m_parts(parts)
{
    connect(&m_rereadTimer, &QTimer::timeout, this, [this] {
        // Between batches: what this engine has not committed is nobody's state yet.
        m_parts.database.whenCommitted([this](const Result<void> &) { followStore(); });
    });
    connect(&m_remindTimer, &QTimer::timeout, this, &CaRollOverService::tellWhoIsBehind);
}

Result<void> CaRollOverService::start()
{
    auto known = m_rows.all(m_parts.database.reader());
    if (!known)
        return known.error();
    m_known = *std::move(known);
    if (m_parts.database.dialect() == Dialect::Postgres)
        m_rereadTimer.start(kRereadEvery);
    m_remindTimer.start(kRemindEvery);
    return {};
}

// ---- Status ----------------------------------------------------------------------------------------------------------

Result<QList<CaStraggler>> CaRollOverService::stragglers(CaRollOverStatus &status) const
{
    Reader &reader = m_parts.database.reader();
    const auto kept = m_rows.all(reader);
    if (!kept)
        return kept.error();
    QSet<QString> renewed;
    if (status.next) {
        const auto owners = m_parts.certificates.ownersOnly(reader, status.next->number);
        if (!owners)
            return owners.error();
        renewed = *owners;
    }
    QList<CaStraggler> found;
    m_parts.fleet.eachAfter({}, std::numeric_limits<int>::max(), [&](const Node &node) {
        const NodeTrust trust = kept->value(node.id);
        const CaStraggler each {.node = node.id,
                                .name = node.name.isEmpty() ? node.computerName : node.name,
                                .connected = m_parts.nodes.isConnected(node.id),
                                .trusts = trust.version == status.bundleVersion,
                                .renewed = renewed.contains(toQString(node.id)),
                                .refusal = trust.refusal};
        ++status.nodes;
        status.trusting += each.trusts ? 1 : 0;
        status.renewed += each.renewed ? 1 : 0;
        if (status.phase != CaPhase::Stable
            && (!each.trusts || (status.phase == CaPhase::Issuing && !each.renewed)))
            found.append(each);
    });
    return found;
}

Result<CaRollOverStatus> CaRollOverService::look() const
{
    const FleetCaState &state = m_parts.ca.state();
    CaRollOverStatus status {.phase = state.phase,
                             .present = m_parts.ca.present(),
                             .next = m_parts.ca.next(),
                             .bundleVersion = state.bundleVersion,
                             .begunAt = state.begunAt,
                             .issuingSince = state.issuingSince,
                             .stragglers = {}};
    auto all = stragglers(status);
    if (!all)
        return all.error();
    const auto end = std::stable_partition(
        all->begin(), all->end(), [&](const CaStraggler &each) { return isWaitedFor(state.phase, each); });
    status.waitedFor = static_cast<int>(end - all->begin());
    status.stragglerCount = static_cast<int>(all->size());
    status.stragglers = *std::move(all);
    return status;
}

Result<CaRollOverStatus> CaRollOverService::status(const Principal &who) const
{
    if (auto allowed = m_parts.access.check(who, actions::kDescribeFleetCa); !allowed)
        return allowed.error();
    return look().map([](CaRollOverStatus status) {
        if (status.stragglers.size() > CaRollOverStatus::kMostListed)
            status.stragglers.resize(CaRollOverStatus::kMostListed);
        return status;
    });
}

// ---- Steps -----------------------------------------------------------------------------------------------------------

Result<void> CaRollOverService::begin(const Principal &who)
{
    if (auto allowed = m_parts.access.check(who, actions::kBeginCaRollOver); !allowed)
        return allowed;
    const auto before = look();
    if (!before)
        return before.error();
    return step(who, actions::kBeginCaRollOver, *before,
                [this](Transaction &transaction) { return m_parts.ca.begin(transaction); });
}

Result<void> CaRollOverService::checkAccepted(const CaRollOverStatus &status, int accepted) const
{
    if (accepted < 0)
        return fail(errors::kValidation, u"AcceptStragglers is %1; it must be 0 or more."_s.arg(accepted),
                    u"AcceptStragglers"_s);
    if (status.waitedFor <= accepted)
        return {};
    const QStringList names = namesOf(status.stragglers.first(status.waitedFor));
    const QString more = status.waitedFor > names.size()
        ? u" and %1 more"_s.arg(status.waitedFor - names.size())
        : QString();
    return fail(
        errors::kConflict,
        status.phase == CaPhase::Issuing
            ? u"%1 nodes have no certificate of the next CA yet and would be cut off; %2 are accepted: "
              "%3%4."_s.arg(status.waitedFor)
                  .arg(accepted)
                  .arg(names.join(u", "_s), more)
            : u"%1 connected nodes have not confirmed the next CA; %2 are accepted: %3%4."_s
                  .arg(status.waitedFor)
                  .arg(accepted)
                  .arg(names.join(u", "_s), more),
        u"AcceptStragglers"_s);
}

Result<void> CaRollOverService::issue(const Principal &who, int accepted)
{
    if (auto allowed = m_parts.access.check(who, actions::kIssueFromNextCa); !allowed)
        return allowed;
    const auto before = look();
    if (!before)
        return before.error();
    if (before->phase == CaPhase::Published) {
        const auto age = m_parts.clock.now() - before->begunAt.value_or(Instant {});
        if (m_parts.database.dialect() == Dialect::Postgres && age < kEveryEngineKnows)
            return fail(errors::kConflict,
                        u"The roll-over was begun a moment ago, and other engines may not know the next CA "
                        "yet. Try again in %1 seconds."_s.arg(kEveryEngineKnows.count()));
        if (auto checked = checkAccepted(*before, accepted); !checked)
            return checked;
    }
    return step(who, actions::kIssueFromNextCa, *before,
                [this](Transaction &transaction) { return m_parts.ca.startIssuing(transaction); });
}

Result<void> CaRollOverService::retire(const Principal &who, int accepted)
{
    if (auto allowed = m_parts.access.check(who, actions::kRetireCa); !allowed)
        return allowed;
    const auto before = look();
    if (!before)
        return before.error();
    if (before->phase == CaPhase::Issuing) {
        if (auto checked = checkAccepted(*before, accepted); !checked)
            return checked;
    }
    return step(who, actions::kRetireCa, *before, [this](Transaction &transaction) -> Result<void> {
        const qint64 next = m_parts.ca.state().next;
        if (auto retired = m_parts.ca.retire(transaction); !retired)
            return retired;
        return m_parts.certificates.revokeBelow(transaction, next, u"its CA was retired"_s);
    });
}

Result<void> CaRollOverService::step(const Principal &who, Action action, const CaRollOverStatus &before,
                                     const std::function<Result<void>(Transaction &)> &change)
{
    return m_parts.database.write([&](Transaction &transaction) -> Result<void> {
        // First of all: what the change itself does after the commit, such as cutting links, finds the listener ready.
        transaction.onCommitted([this] { followStore(); });
        if (auto changed = change(transaction); !changed)
            return changed;
        QJsonObject detail {{u"Action"_s, toQString(action.name()).section(u':', 1)},
                            {u"PresentCa"_s, before.present.sha256},
                            {u"Nodes"_s, before.nodes},
                            {u"LeftBehind"_s, before.waitedFor}};
        if (before.waitedFor > 0)
            detail[u"LeftBehindNodes"]
                = QJsonArray::fromStringList(namesOf(before.stragglers.first(before.waitedFor)));
        m_parts.audit.append(
            transaction,
            {.who = who, .action = toQString(action.name()), .target = u"fleet-ca"_s, .diff = detail});
        return m_parts.events.publish(
            transaction, {.detailType = u"Fleet CA State Change"_s, .resources = {}, .detail = detail});
    });
}

void CaRollOverService::followStore()
{
    const qint64 versionBefore = m_parts.ca.state().bundleVersion;
    const auto changed = m_parts.ca.reload();
    if (!changed) {
        qCWarning(rollOverLog) << "the fleet's CA was not read anew:" << changed.error().message.c_str();
        return;
    }
    if (!*changed)
        return;
    if (m_parts.ca.state().bundleVersion != versionBefore)
        emit trustChanged();
    tellAll();
    emit progressed();
}

// ---- Nodes -----------------------------------------------------------------------------------------------------------

wire::TrustBundle CaRollOverService::message(bool renew) const
{
    const CaBundle bundle = m_parts.ca.bundle();
    wire::TrustBundle message;
    message.set_version(bundle.version);
    for (const std::string &der : bundle.caDer)
        message.add_ca_der(der);
    message.set_signature(bundle.signature);
    if (renew) {
        const auto spread = std::clamp(
            std::chrono::milliseconds(int64_t(m_parts.fleet.count()) * 1000 / kRenewalsPerSecond),
            kLeastSpread, kMostSpread);
        message.set_renew_within_ms(static_cast<uint32_t>(spread.count()));
    }
    return message;
}

void CaRollOverService::tellAll()
{
    const wire::TrustBundle bundle = message(m_parts.ca.state().phase == CaPhase::Issuing);
    m_parts.fleet.eachAfter({}, std::numeric_limits<int>::max(),
                            [&](const Node &node) { m_parts.nodes.send(node.id, bundle); });
}

void CaRollOverService::tellWhoIsBehind()
{
    if (m_parts.ca.state().phase == CaPhase::Stable)
        return;
    const auto status = look();
    if (!status) {
        qCWarning(rollOverLog) << "who is behind was not read:" << status.error().message.c_str();
        return;
    }
    const wire::TrustBundle bundle = message(status->phase == CaPhase::Issuing);
    for (const CaStraggler &straggler : status->stragglers)
        m_parts.nodes.send(straggler.node, bundle);
}

bool CaRollOverService::needsRenewal(const NodeConnection &connection) const
{
    const FleetCaState &state = m_parts.ca.state();
    if (state.phase != CaPhase::Issuing)
        return false;
    const auto row
        = m_parts.certificates.find(m_parts.database.reader(), QString::fromLatin1(connection.serial));
    return row && *row && (*row)->ca < state.next;
}

void CaRollOverService::nodeConnected(const NodeConnection &connection)
{
    const auto version = static_cast<qint64>(std::min<uint64_t>(
        connection.hello.ca_version(), static_cast<uint64_t>(std::numeric_limits<qint64>::max())));
    const bool isBehind = version != m_parts.ca.state().bundleVersion;
    if (NodeTrust known = m_known.value(connection.node); known.version != version)
        keep(connection.node, {.version = version, .refusal = known.refusal});
    const bool renew = needsRenewal(connection);
    if (isBehind || renew)
        m_parts.nodes.send(connection.node, message(renew));
    if (m_parts.ca.state().phase != CaPhase::Stable)
        emit progressed();
}

void CaRollOverService::nodeKept(const NodeId &node, const wire::TrustKept &kept)
{
    NodeTrust trust = m_known.value(node);
    trust.refusal = reportedText(kept.refused(), kMostRefusal);
    if (trust.refusal.isEmpty())
        trust.version = static_cast<qint64>(
            std::min<uint64_t>(kept.version(), static_cast<uint64_t>(std::numeric_limits<qint64>::max())));
    else
        qCWarning(rollOverLog) << toQString(node) << "does not take the fleet's CAs:" << trust.refusal;
    if (trust != m_known.value(node))
        keep(node, trust);
}

void CaRollOverService::keep(const NodeId &node, const NodeTrust &trust)
{
    const auto kept = m_parts.database.write([&](Transaction &transaction) {
        transaction.onCommitted([this, node, trust] {
            m_known.insert(node, trust);
            emit progressed();
        });
        return m_rows.put(transaction, node, trust);
    });
    if (!kept)
        qCWarning(rollOverLog) << "what a node trusts was not recorded:" << kept.error().message.c_str();
}

Result<void> CaRollOverService::forget(Transaction &transaction, const NodeId &node)
{
    transaction.onCommitted([this, node] {
        m_known.remove(node);
        emit progressed();
    });
    return m_rows.remove(transaction, node);
}

}
