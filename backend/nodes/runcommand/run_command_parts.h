#pragma once
// What Run Command is built from. Everything outlives the service.

#include "backend/core/clock.h"
#include "backend/core/random.h"
#include "backend/dispatch/node_directory.h"
#include "backend/dispatch/order_channel.h"
#include "backend/dispatch/order_outbox.h"
#include "backend/events/event_bus.h"
#include "backend/nodes/runcommand/command_sources.h"
#include "backend/security/access.h"
#include "backend/security/audit_log.h"
#include "backend/store/database.h"
#include "backend/store/fleet_identity.h"

#include <functional>

namespace fb {

struct RunCommandParts {
    Database &database;
    OrderOutbox &outbox;
    OrderChannel &channel;
    NodeDirectory &nodes;
    CommandDocuments &documents;
    EventBus &events;
    AuditLog &audit;
    const Access &access;
    const Clock &clock;
    Random &random;
    FleetIdentity fleet;
    CommandParameterValues *parameterValues = nullptr; // none: {{ssm:...}} names no parameter
    CommandAgentBuilds *agentBuilds = nullptr; // none: no build is offered
    CommandAlarms *alarms = nullptr; // none: every alarm is unreadable
    CommandNotifier *notifier = nullptr; // none: no channel is known
    std::function<QString()> spaceWarning
        = {}; // to whom sends a command; empty text: there is room for its output
};

}
