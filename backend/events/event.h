#pragma once
// One event of the bus: spec/events-and-metrics.md 2.1. Plain values; any thread.

#include "backend/base/field.h"
#include "backend/core/clock.h"
#include "backend/core/id.h"
#include "backend/store/fleet_identity.h"

#include <QJsonObject>
#include <QString>
#include <QStringList>

namespace fb {

using EventId = Id<struct EventTag>; // UUID; the key of de-duplication

struct Event {
    QString
        detailType; // "EC2 Command Status-change Notification"; the catalogue is spec/events-and-metrics.md 3.2
    QString source = QStringLiteral("aws.ssm");
    QStringList resources; // ARNs (arn.h)
    QJsonObject detail;
    int depth = 0; // of the chain of deliveries that caused it; the bus refuses delivery at 10
    // Given by the bus:
    EventId id {};
    qint64 sequence = 0; // the bus order
    Instant time {};
};

// The event as rules and subscribers see it, with version, account and region.
QJsonObject eventJson(const Event &event, const FleetIdentity &fleet);

}
