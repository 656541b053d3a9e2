#pragma once
// The arguments of journalctl for what is asked of a node's journal (spec/fleet-manager.md 3.8). Each comes from the network: it is checked here
// and stands behind its own "--name=", so that it can be no other option. Pure functions.

#include "backend/core/result.h"
#include "backend/protocol/tools.pb.h"

#include <string>
#include <string_view>
#include <vector>

namespace fb::agent {

namespace journalLimits {
    inline constexpr int kMostNames = 16; // units, and identifiers, of a filter
    inline constexpr size_t kMaxText = 1024;
    inline constexpr uint32_t kMostEntries = 1000; // of an answer
}

bool isJournalUnit(std::string_view text); // also without its kind, as journalctl takes it; no pattern
bool isJournalCursor(std::string_view text);

// ValidationException naming the field, the value and the limit.
Result<void> checkJournalFilter(const wire::JournalFilter &filter);
Result<std::vector<std::string>> queryArguments(const wire::JournalQueryRequest &request);
Result<std::vector<std::string>> followArguments(const wire::JournalFollowRequest &request);
Result<std::vector<std::string>> entryArguments(const wire::JournalEntryRequest &request);

// `journalctl --list-boots --utc`, whatever is in it; newest first, at most `most`.
std::vector<wire::JournalBoot> readBoots(std::string_view text, size_t most);

}
