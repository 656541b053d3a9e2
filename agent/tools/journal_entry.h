#pragma once
// Entries of a journal as `journalctl --output=json` writes them, read as they come. The bytes are hostile: a service writes what it likes into
// its entries, and a value may have hundreds of megabytes, of which little is kept. One thread.

#include "backend/protocol/tools.pb.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace fb::agent {

struct JournalValue {
    std::string name;
    std::string value; // at most JournalReader::kMaxValue
    uint64_t size = 0; // of the whole
};

struct JournalRecord {
    std::vector<JournalValue> values; // one that occurs twice stands here twice
    uint32_t leftOut = 0; // beyond the limits

    const JournalValue *find(std::string_view name) const; // the first; null: none
    std::string_view text(std::string_view name) const;
};

class JournalReader
{
public:
    static constexpr size_t kMaxValue = 64 * 1024;
    static constexpr size_t kMaxName = 256;
    static constexpr size_t kMaxValues = 1000; // of one entry
    static constexpr size_t kMaxBytes = 1024 * 1024; // of one entry

    JournalReader();
    ~JournalReader();
    JournalReader(JournalReader &&) noexcept;
    JournalReader &operator=(JournalReader &&) noexcept;

    // The entries that end in these bytes.
    std::vector<JournalRecord> add(std::string_view bytes);
    uint64_t broken() const; // lines that were no entries

private:
    struct State;
    std::unique_ptr<State> m_state;
};

// What a table shows of it, with at most `maxMessage` of its message; `whole`: and all fields. False: it has no cursor or time.
bool fillEntry(const JournalRecord &record, size_t maxMessage, bool whole, wire::JournalEntry &entry);

}
