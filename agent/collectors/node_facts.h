#pragma once
// What this machine is: shown on its page, compared by the engine when it changes (fleet-manager part A). Any thread; takes a few ms.

#include "backend/protocol/flagbridge.pb.h"

#include <string>
#include <string_view>

namespace fb::agent {

wire::NodeFacts collectNodeFacts();
// The local address of the route to the world: IPv4, else IPv6, else loopback.
std::string primaryAddress();

// The parts that parse, for tests.
std::string cpuModelOf(std::string_view cpuinfo);
std::string virtualizationOf(std::string_view cgroup, std::string_view dmiVendor, std::string_view dmiProduct,
                             bool hypervisorFlag, bool hasDockerFile);

}
