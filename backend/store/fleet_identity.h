#pragma once
// Which fleet a store is: made with it, and the same for every engine and console on it. Any thread.

#include "backend/core/ids.h"

#include <QString>

namespace fb {

struct FleetIdentity {
    FleetId fleetId; // UUID; in certificates, fb:engine/<fleet>
    QString accountId = QStringLiteral("000000000000"); // what ARNs and the AWS wire show
    QString region = QStringLiteral("xx-local-1");
};

}
