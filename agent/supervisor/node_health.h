#pragma once
// What of the node's own room is running out, as the engine and its operators are told (security-and-robustness R12): figures among its metrics, so that
// they are kept, sent again after a break and bounded as those are. Plain values.

#include "agent/supervisor/agent_log.h"
#include "backend/protocol/flagbridge.pb.h"

#include <cstdint>

namespace fb::agent {

struct NodeHealth {
    uint64_t spoolBytes = 0;
    uint64_t spoolLimit = 0;
    uint64_t spoolDropped = 0; // bytes of output, since the agent's start
    bool isSpoolFull = false; // now, or a moment ago
    AgentLog::State log;

    bool warns() const { return isSpoolFull || log.isFull; }
    void addTo(wire::MetricReport &report) const;
};

}
