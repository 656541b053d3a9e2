#pragma once
// The engine's node as the console's values. For the two feeds of this room. Any thread.

#include "backend/nodes/fleet/node.h"
#include "backend/nodes/fleet/node_room.h"
#include "models/nodes/fleet/node_detail.h"

namespace fb {

NodeRow nodeRowOf(const Node &node, Instant now); // without what is measured
NodeDetail nodeDetailOf(const Node &node, Instant now); // without charts and room
NodeRoomValues roomValuesOf(const NodeRoom &room);

}
