#pragma once
// `flagbridge-agent network`: the process that talks to an engine for the supervisor, over descriptor 3. It parses what strangers send, so it has
// nothing that is worth stealing but this connection (network_sandbox.h). Its own thread.

#include "agent/platform/unique_fd.h"

namespace fb::agent {

// Until the connection or the supervisor has ended.
[[noreturn]] void runNetwork(UniqueFd channel);

}
