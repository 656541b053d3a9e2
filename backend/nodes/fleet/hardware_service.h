#pragma once
// Whether a node is still the machine that was registered (spec/fleet-manager.md B3.4): what each HELLO says of its hardware is compared with
// the accepted record; possible clones and changed hardware wait here for an operator's word. Engine thread.

#include "backend/nodes/fleet/hardware_repository.h"
#include "backend/security/access.h"
#include "backend/security/principal.h"
#include "backend/store/database.h"

#include <QObject>

namespace fb {

class AuditLog;
class FleetService;
class ServiceSettings;
struct Node;
struct NodeConnection;

class HardwareService : public QObject
{
    Q_OBJECT

public:
    struct Parts { // borrowed for life
        Database &database;
        AuditLog &audit;
        const Access &access;
        FleetService &fleet;
        const ServiceSettings &settings;
        const Clock &clock;
    };

    explicit HardwareService(Parts parts, QObject *parent = nullptr);

    // ---- Operations
    static constexpr int kMostDifferences = 1000;
    Result<QList<HardwareDifference>> differences(const Principal &who) const; // newest first
    // What differs is the node from now on: its next try is taken. InvalidInstanceId: nothing differs.
    Result<void> accept(const Principal &who, const NodeId &node);
    // The other machine was dealt with: it is listed again when it tries again.
    Result<void> dismiss(const Principal &who, const NodeId &node);

    // ---- For admission and enrolment
    enum class Word {
        Known, // the record of this HELLO is the accepted one
        Like, // served, though not all is as it was
        Refused, // FingerprintMismatch
    };
    Word judge(const NodeConnection &connection);
    void duplicateSeen(const NodeConnection &newcomer); // DuplicateNode
    Result<void> registered(Transaction &transaction, const NodeId &node, const NodeHardware &hardware);
    Result<void> forget(Transaction &transaction, const NodeId &node); // deregistered

signals:
    void differencesChanged(); // after commit

private:
    Word compare(const Node &node, const NodeConnection &connection, const NodeHardware &current);
    void adopt(const Node &node, const NodeHardware &hardware); // the first that it tells
    void settle(const Node &node); // what had changed is as it was
    void sight(const Node &node, const NodeConnection &connection, HardwareCause cause);
    Result<StoredHardware> storedOf(const NodeId &node) const;
    Result<StoredHardware> differing(const Principal &who, Action action, const NodeId &node) const;
    Result<void> end(Transaction &transaction, const Principal &who, Action action, const NodeId &node,
                     const StoredHardware &before, const StoredHardware &after);

    Parts m_parts;
    mutable HardwareRepository m_repository;
};

}
