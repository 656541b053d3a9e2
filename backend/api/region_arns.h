#pragma once
// A fleet has one region; clients are configured for any. What a request names in the region of its credential scope is ours, and what it is
// answered is named in that region (spec/documents.md 3.8). Pure; any thread.

#include "backend/store/fleet_identity.h"

#include <QJsonObject>

namespace fb {

// Of members that take ARNs: ARNs of this fleet's ssm in `region` become those of the fleet's own. Other members, values and contents among
// them, stay as they came.
QJsonObject fromRegion(QJsonObject input, const FleetIdentity &fleet, const QString &region);
QJsonObject toRegion(QJsonObject output, const FleetIdentity &fleet, const QString &region);

// A region's name as a credential scope has it: 1 to 64 small letters, digits and hyphens.
bool isRegionName(const QString &region);

}
