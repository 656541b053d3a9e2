#pragma once
// The tool "journal": what journalctl tells of this machine's journal, or of that in another folder (spec/fleet-manager.md 3.8). Without a
// journal: the files below /var/log. One thread.

#include "agent/tools/journal_entry.h"
#include "agent/tools/journal_program.h"
#include "agent/tools/tool.h"

#include <optional>

namespace fb::agent {

class JournalTool final : public Tool
{
public:
    static constexpr size_t kMaxMessage = 4 * 1024; // of a row
    static constexpr std::chrono::seconds kSearchTime {25};

    // `folder`: of the journal's files; empty: the system's.
    JournalTool(const Clock &clock, std::string folder);
    Result<wire::ToolAnswer> answer(const wire::ToolRequest &request) override;

private:
    struct Followed {
        std::string what; // filter and where it began
        std::string at; // cursor of the last entry that was told
        JournalProgram program;
        JournalReader reader;
        uint64_t broken = 0; // lines, told
    };

    Result<JournalProgram> start(std::vector<std::string> arguments) const;
    Result<std::string> output(std::vector<std::string> arguments, size_t most,
                               bool needsGoodEnd = true) const;
    Result<wire::ToolAnswer> place(const wire::JournalPlaceRequest &request) const;
    Result<wire::ToolAnswer> query(const wire::JournalQueryRequest &request) const;
    Result<wire::ToolAnswer> follow(const wire::JournalFollowRequest &request);
    Result<wire::ToolAnswer> entry(const wire::JournalEntryRequest &request) const;
    int64_t now() const { return toMicros(m_clock.now()); }

    const Clock &m_clock;
    std::string m_folder;
    std::optional<Followed> m_followed; // one at a time
};

}
