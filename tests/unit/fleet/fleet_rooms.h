#pragma once
// Fleet, activations and what they stand on, on a fresh store. For the tests of this folder.

#include "backend/base/paging_token.h"
#include "backend/events/event_bus.h"
#include "backend/nodes/activations/activation_service.h"
#include "backend/nodes/fleet/fleet_service.h"
#include "backend/nodes/fleet/hardware_service.h"
#include "backend/nodes/profiles/node_profile_service.h"
#include "backend/security/access.h"
#include "backend/security/audit_log.h"
#include "backend/settings/service_settings.h"

#include "tests/support/owner_access.h"
#include "tests/support/test_database.h"

#include <memory>

namespace fb::test {

class FleetRooms
{
public:
    explicit FleetRooms(const QString &database) : db(database) { open(); }
    ~FleetRooms() { static_cast<void>(db->flush()); } // what waits for a commit refers to the services

    void open()
    {
        events = std::make_unique<EventBus>(*db, db.clock, db.random);
        audit = std::make_unique<AuditLog>(*db, db.clock, SecretBytes(std::string(32, 'a')));
        fleet = std::make_unique<FleetService>(
            FleetService::Parts {*db, *events, *audit, access, tokens, db.clock});
        settings = std::make_unique<ServiceSettings>(ServiceSettings::Parts {*db, *audit, access, db.clock});
        hardware = std::make_unique<HardwareService>(
            HardwareService::Parts {*db, *audit, access, *fleet, *settings, db.clock});
        profiles = std::make_unique<NodeProfileService>(
            NodeProfileService::Parts {*db, *audit, access, *fleet, *settings, db.clock});
        if (!profiles->start())
            qFatal("the profiles were not read");
        activations = std::make_unique<ActivationService>(
            ActivationService::Parts {*db, *events, *audit, *profiles, access, tokens, db.clock, db.random});
    }
    void restart() // as a new engine on the same store
    {
        activations.reset();
        profiles.reset();
        hardware.reset();
        settings.reset();
        fleet.reset();
        audit.reset();
        events.reset();
        db.reopen();
        open();
    }

    Node someNode(const QString &name, const TagMap &tags = {})
    {
        Node node;
        node.id = newNodeId(db.random);
        node.computerName = name;
        node.platformType = QStringLiteral("Linux");
        node.agentVersion = QStringLiteral("0.1.0");
        node.iamRole = QStringLiteral("Default");
        node.registeredAt = db.clock.now();
        node.tags = tags;
        return node;
    }
    NodeId registered(const QString &name, const TagMap &tags = {})
    {
        const Node node = someNode(name, tags);
        if (!db->write([&](Transaction &tx) { return fleet->registerNode(tx, node); }) || !db->flush())
            qFatal("the node was not registered");
        return node.id;
    }
    QList<Event> eventsOf(const QString &detailType)
    {
        QList<Event> found;
        const Result<QList<Event>> all = events->eventsSince(db->reader(), 0, 1000);
        for (const Event &event : *all) {
            if (event.detailType == detailType)
                found.append(event);
        }
        return found;
    }

    TestDatabase db;
    OwnerAccess access {QStringLiteral("owner")};
    PagingTokens tokens {SecretBytes(std::string(32, 'k')), db.clock};
    Principal owner {
        .name = QStringLiteral("owner"), .role = Role::Administrator, .source = QStringLiteral("control")};
    Principal stranger {
        .name = QStringLiteral("stranger"), .role = Role::Viewer, .source = QStringLiteral("control")};
    std::unique_ptr<EventBus> events;
    std::unique_ptr<AuditLog> audit;
    std::unique_ptr<FleetService> fleet;
    std::unique_ptr<ServiceSettings> settings;
    std::unique_ptr<HardwareService> hardware;
    std::unique_ptr<NodeProfileService> profiles;
    std::unique_ptr<ActivationService> activations;
};

}
