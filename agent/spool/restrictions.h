#pragma once
// What this node may do and how it works (fleet-manager 3.10): the profile that the engine gave it, and the agent's own configuration, which may
// only restrict further. Kept on disk, so that it holds before the next WELCOME; a copy goes with each order. Any thread.

#include "agent/platform/private_folder.h"
#include "backend/core/result.h"
#include "backend/protocol/flagbridge.pb.h"

#include <string>
#include <string_view>

namespace fb::agent {

struct Restrictions {
    wire::NodeProfile profile;
    wire::NodeProfile own; // the denied plugins and tools of the configuration file

    // Why it may not be, as a sentence that names the profile; empty: it may.
    std::string denialOfPlugin(std::string_view plugin) const; // "aws:runDockerAction"
    std::string denialOfTool(std::string_view tool) const; // "files"
};

inline constexpr std::string_view kRestrictionsName
    = "profile"; // in the agent's folder, and in that of an order

Result<void> writeRestrictions(const PrivateFolder &folder, const Restrictions &restrictions);
// None where there is no file. One that cannot be read is an error: nothing may pass that a profile denies.
Result<Restrictions> readRestrictions(const PrivateFolder &folder);

struct AgentConfiguration {
    wire::NodeProfile own; // what it denies
    std::string journalFolder; // whose journal the tool "journal" reads; empty: the system's
    bool sandboxRequired = false; // no connection where the network process cannot be confined
};

// The agent's configuration file: "denied-plugins = aws:runDockerAction, ...", "denied-tools = FleetTool/files, ...",
// "journal-folder = /path" and "network-sandbox = required" (or available); # begins a comment. ValidationException naming file and line.
Result<AgentConfiguration> readAgentConfiguration(const std::string &path);

}
