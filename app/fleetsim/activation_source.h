#pragma once
// Invitations for simulated nodes, made over the control socket of the engine that runs in a folder. Main thread.

#include "app/fleetsim/sim_node.h"

#include <string>
#include <vector>

namespace fb::sim {

struct Invitation {
    SimEngine engine;
    std::vector<SimActivation> activations; // enough for all nodes, 1,000 places each
};

// ServiceUnavailable when no engine runs in `dataFolder`.
Result<Invitation> inviteNodes(const std::string &dataFolder, size_t nodes);

}
