#pragma once
// Node profiles and default host management (spec/fleet-manager.md 3.10): made, changed and deleted by operators; which one a node has, and
// which one new nodes get. Held in memory. Engine thread.

#include "backend/nodes/profiles/node_profile_repository.h"
#include "backend/security/access.h"
#include "backend/security/principal.h"
#include "backend/store/database.h"

#include <QObject>

#include <functional>
#include <map>
#include <vector>

namespace fb {

class AuditLog;
class FleetService;
class ServiceSettings;

class NodeProfileService : public QObject
{
    Q_OBJECT

public:
    struct Parts { // borrowed for life
        Database &database;
        AuditLog &audit;
        const Access &access;
        FleetService &fleet;
        ServiceSettings &settings;
        const Clock &clock;
    };

    explicit NodeProfileService(Parts parts, QObject *parent = nullptr);
    Result<void> start(); // reads the profiles

    // ---- Operations
    static constexpr int kMostProfiles = 200;
    Result<QList<NodeProfile>> profiles(const Principal &who) const; // by name
    Result<void> create(const Principal &who, const NodeProfile &profile); // ConflictException: there is one
    Result<void> change(const Principal &who, const NodeProfile &profile); // ResourceNotFoundException
    // ConflictException while nodes, activations or the default for new nodes name it; Default stays for good.
    Result<void> remove(const Principal &who, const QString &name);
    // UpdateManagedInstanceRole: InvalidInstanceId, or ValidationException "Not existing role".
    Result<void> setProfileOf(const Principal &who, const NodeId &node, const QString &iamRole);

    // ---- For the other rooms
    Result<void> checkRole(const QString &iamRole) const; // ValidationException "Not existing role: ..."
    // What a node that joins by an activation of that role gets: default host management stands in for Default.
    QString roleForNewNode(const QString &iamRole) const;
    NodeProfile profileOf(const NodeId &node) const; // Default where it has none that exists
    // Who else names profiles: how many of `what` ("activations") do.
    void addUser(const QString &what, std::function<Result<qint64>(const QString &name)> count);

signals:
    void profilesChanged(); // after commit
    void nodesAffected(const QList<fb::NodeId> &nodes); // their profile is another one, or has changed

private:
    Result<void> store(const Principal &who, Action action, const NodeProfile &before, NodeProfile after);
    Result<void> refuseInUse(const QString &name) const;
    QList<NodeId> nodesWith(const QString &name) const;
    void keep(const QString &name, const std::optional<NodeProfile> &profile);

    struct User {
        QString what;
        std::function<Result<qint64>(const QString &)> count;
    };

    Parts m_parts;
    mutable NodeProfileRepository m_repository;
    std::map<QString, NodeProfile> m_profiles;
    std::vector<User> m_users;
};

}
