#include "backend/nodes/fleet/hardware_service.h"

#include "backend/base/fail.h"
#include "backend/base/reported_text.h"
#include "backend/events/arn.h"
#include "backend/gateway/node_connection.h"
#include "backend/nodes/fleet/fleet_service.h"
#include "backend/protocol/hardware_rules.h"
#include "backend/security/actions.h"
#include "backend/security/audit_log.h"
#include "backend/settings/service_settings.h"

#include <QLoggingCategory>

namespace fb {

using namespace Qt::StringLiterals;

Q_LOGGING_CATEGORY(hardwareLog, "fb.fleet.hardware")

namespace {
    constexpr auto kToldEvery = std::chrono::hours(24); // of a possible clone

    HardwareFlag flagOf(HardwareCause cause)
    {
        return cause == HardwareCause::HardwareChanged ? HardwareFlag::HardwareChanged
                                                       : HardwareFlag::PossibleClone;
    }

    void warn(const char *what, const Result<void> &outcome)
    {
        if (!outcome)
            qCWarning(hardwareLog) << what << "was not recorded:" << outcome.error().message.c_str();
    }
}

HardwareService::HardwareService(Parts parts, QObject *parent) : QObject(parent), m_parts(parts) { }

// ---- Operations ----------------------------------------------------------------------------------------------------

Result<QList<HardwareDifference>> HardwareService::differences(const Principal &who) const
{
    if (auto allowed = m_parts.access.check(who, actions::kDescribeHardware); !allowed)
        return allowed.error();
    return m_repository.differences(m_parts.database.reader(), kMostDifferences);
}

Result<StoredHardware> HardwareService::storedOf(const NodeId &node) const
{
    return m_repository.find(m_parts.database.reader(), node).map([](const auto &found) {
        return found.value_or(StoredHardware {});
    });
}

Result<StoredHardware> HardwareService::differing(const Principal &who, Action action, const NodeId &id) const
{
    const Node *node = m_parts.fleet.node(id);
    if (auto allowed = m_parts.access.check(
            who, action, {.nodeIds = {toQString(id)}, .nodeTags = node ? node->tags : TagMap()});
        !allowed)
        return allowed.error();
    auto stored = storedOf(id);
    if (stored && (!node || !stored->difference))
        return fail(errors::kInvalidInstanceId,
                    u"Nothing differs of %1: there is no other hardware to decide about."_s.arg(
                        toQString(id).left(64)),
                    u"InstanceId"_s);
    return stored;
}

Result<void> HardwareService::accept(const Principal &who, const NodeId &id)
{
    const auto before = differing(who, actions::kAcceptHardware, id);
    if (!before)
        return before.error();
    const StoredHardware after {.accepted = before->difference->other, .difference = {}, .toldAt = {}};
    return m_parts.database.write([&](Transaction &transaction) -> Result<void> {
        if (auto ended = end(transaction, who, actions::kAcceptHardware, id, *before, after); !ended)
            return ended;
        if (auto set
            = m_parts.fleet.setHardware(transaction, id, HardwareFlag::None, hardwareDigest(after.accepted),
                                        before->difference->fingerprint);
            !set)
            return set;
        return m_parts.fleet.publishNews(transaction, id, u"hardware accepted"_s);
    });
}

Result<void> HardwareService::dismiss(const Principal &who, const NodeId &id)
{
    const auto before = differing(who, actions::kDismissHardware, id);
    if (!before)
        return before.error();
    StoredHardware after = *before;
    after.difference.reset();
    return m_parts.database.write([&](Transaction &transaction) -> Result<void> {
        if (auto ended = end(transaction, who, actions::kDismissHardware, id, *before, after); !ended)
            return ended;
        return m_parts.fleet.setHardware(transaction, id, HardwareFlag::None, {}, {});
    });
}

Result<void> HardwareService::end(Transaction &transaction, const Principal &who, Action action,
                                  const NodeId &node, const StoredHardware &before,
                                  const StoredHardware &after)
{
    QJsonObject diff = auditDiff(before.accepted, after.accepted);
    diff[u"Cause"] = enumName(before.difference->cause);
    diff[u"Address"] = before.difference->address;
    m_parts.audit.append(transaction,
                         {.who = who,
                          .action = toQString(action.name()),
                          .target = nodeArn(m_parts.database.fleet(), node),
                          .diff = diff});
    transaction.onCommitted([this] { emit differencesChanged(); });
    return m_repository.put(transaction, node, after);
}

// ---- For admission and enrolment -----------------------------------------------------------------------------------

HardwareService::Word HardwareService::judge(const NodeConnection &connection)
{
    const Node *found = m_parts.fleet.node(connection.node);
    if (!found)
        return Word::Like; // admission refuses it by name
    const Node node = *found;
    const QString fingerprint = reportedText(connection.hello.fingerprint(), 64);
    if (!node.fingerprint.isEmpty() && node.fingerprint != fingerprint) {
        sight(node, connection, HardwareCause::FingerprintMismatch);
        return Word::Refused;
    }
    if (!connection.hello.has_hardware())
        return Word::Like;
    return compare(node, connection, reportedHardware(connection.hello.hardware()));
}

HardwareService::Word HardwareService::compare(const Node &node, const NodeConnection &connection,
                                               const NodeHardware &current)
{
    if (node.hardwareDigest == 0) {
        adopt(node, current);
        return Word::Known;
    }
    if (node.hardwareDigest == hardwareDigest(current)) {
        settle(node);
        return Word::Known;
    }
    const auto stored = storedOf(node.id);
    if (!stored) {
        qCWarning(hardwareLog) << "a record cannot be read:" << stored.error().message.c_str();
        return Word::Like;
    }
    const int threshold = m_parts.settings.value(settings::kHardwareThreshold).toInt();
    switch (protocol::compareMachines(wireHardware(stored->accepted), wireHardware(current), threshold)) {
    case protocol::MachineLikeness::Same:
        settle(node);
        return Word::Like;
    case protocol::MachineLikeness::Drifted:
        if (m_parts.settings.isOn(settings::kStrictHardware))
            break;
        sight(node, connection, HardwareCause::HardwareChanged);
        return Word::Like;
    case protocol::MachineLikeness::Other:
        break;
    }
    sight(node, connection, HardwareCause::FingerprintMismatch);
    return Word::Refused;
}

void HardwareService::adopt(const Node &node, const NodeHardware &hardware)
{
    warn("a hardware record", m_parts.database.write([&](Transaction &transaction) -> Result<void> {
        if (auto kept
            = m_repository.put(transaction, node.id, {.accepted = hardware, .difference = {}, .toldAt = {}});
            !kept)
            return kept;
        return m_parts.fleet.setHardware(transaction, node.id, node.hardwareFlag, hardwareDigest(hardware),
                                         {});
    }));
}

void HardwareService::settle(const Node &node)
{
    if (node.hardwareFlag != HardwareFlag::HardwareChanged)
        return;
    warn("hardware that is as it was", m_parts.database.write([&](Transaction &transaction) -> Result<void> {
        auto stored = storedOf(node.id);
        if (!stored)
            return stored.error();
        stored->difference.reset();
        if (auto kept = m_repository.put(transaction, node.id, *stored); !kept)
            return kept;
        transaction.onCommitted([this] { emit differencesChanged(); });
        return m_parts.fleet.setHardware(transaction, node.id, HardwareFlag::None, {}, {});
    }));
}

void HardwareService::duplicateSeen(const NodeConnection &newcomer)
{
    if (const Node *node = m_parts.fleet.node(newcomer.node))
        sight(Node(*node), newcomer, HardwareCause::DuplicateNode);
}

void HardwareService::sight(const Node &node, const NodeConnection &connection, HardwareCause cause)
{
    const bool isClone = cause != HardwareCause::HardwareChanged;
    if (!isClone && node.hardwareFlag == HardwareFlag::PossibleClone)
        return; // the clone matters more, and waits for a word
    const Instant now = m_parts.clock.now();
    qCWarning(hardwareLog) << toQString(node.id) << enumName(cause) << "from" << connection.address;
    warn("a difference of hardware", m_parts.database.write([&](Transaction &transaction) -> Result<void> {
        auto stored = storedOf(node.id);
        if (!stored)
            return stored.error();
        stored->difference
            = HardwareDifference {.node = node.id,
                                  .cause = cause,
                                  .accepted = stored->accepted,
                                  .other = reportedHardware(connection.hello.hardware()),
                                  .fingerprint = reportedText(connection.hello.fingerprint(), 64),
                                  .address = connection.address,
                                  .seenAt = now};
        const bool isNews = isClone ? !stored->toldAt || now - *stored->toldAt >= kToldEvery
                                    : node.hardwareFlag != HardwareFlag::HardwareChanged;
        if (isNews && isClone)
            stored->toldAt = now;
        if (auto kept = m_repository.put(transaction, node.id, *stored); !kept)
            return kept;
        transaction.onCommitted([this] { emit differencesChanged(); });
        if (auto set = m_parts.fleet.setHardware(transaction, node.id, flagOf(cause), {}, {}); !set)
            return set;
        if (!isNews)
            return {};
        return m_parts.fleet.publishNews(transaction, node.id,
                                         isClone ? u"possible clone at "_s + connection.address
                                                 : u"hardware changed"_s);
    }));
}

Result<void> HardwareService::registered(Transaction &transaction, const NodeId &node,
                                         const NodeHardware &hardware)
{
    transaction.onCommitted([this] { emit differencesChanged(); });
    return m_repository.put(transaction, node, {.accepted = hardware, .difference = {}, .toldAt = {}});
}

Result<void> HardwareService::forget(Transaction &transaction, const NodeId &node)
{
    transaction.onCommitted([this] { emit differencesChanged(); });
    return m_repository.remove(transaction, node);
}

}
