#include "agent/supervisor/node_health.h"

namespace fb::agent {

void NodeHealth::addTo(wire::MetricReport &report) const
{
    const auto add = [&report](const char *name, double value) {
        wire::MetricPoint &point = *report.add_points();
        point.set_name(name);
        point.set_value(value);
    };
    add("agent_spool_bytes", static_cast<double>(spoolBytes));
    add("agent_spool_limit", static_cast<double>(spoolLimit));
    add("agent_spool_full", isSpoolFull ? 1 : 0);
    add("agent_spool_dropped", static_cast<double>(spoolDropped));
    add("agent_log_full", log.isFull ? 1 : 0);
    add("agent_log_lost", static_cast<double>(log.lostLines));
    if (log.limit > 0) {
        add("agent_log_bytes", static_cast<double>(log.bytes));
        add("agent_log_limit", static_cast<double>(log.limit));
    }
}

}
