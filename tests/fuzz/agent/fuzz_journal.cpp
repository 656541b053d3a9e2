// What journalctl writes of a journal into which every program of the node may write: any bytes, in any pieces, are read within bounds, and the
// same whatever the pieces are.

#include "agent/tools/journal_command.h"
#include "agent/tools/journal_entry.h"

#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace fb;
using namespace fb::agent;

namespace {

size_t readIn(std::string_view text, size_t piece)
{
    JournalReader reader;
    size_t values = 0;
    for (size_t at = 0; at < text.size(); at += piece) {
        for (const JournalRecord &record : reader.add(text.substr(at, piece))) {
            size_t bytes = 0;
            for (const JournalValue &value : record.values) {
                if (value.value.size() > JournalReader::kMaxValue
                    || value.name.size() > JournalReader::kMaxName || value.size < value.value.size())
                    std::abort();
                bytes += value.name.size() + value.value.size();
            }
            if (bytes > JournalReader::kMaxBytes || record.values.size() > JournalReader::kMaxValues)
                std::abort();
            values += record.values.size();
            wire::JournalEntry entry;
            if (fillEntry(record, 100, true, entry)
                && (entry.cursor().empty() || entry.message().size() > 100))
                std::abort();
        }
    }
    return values;
}
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const std::string_view text(reinterpret_cast<const char *>(bytes), size);
    if (readIn(text, size + 1) != readIn(text, 3))
        std::abort();
    for (const wire::JournalBoot &boot : readBoots(text, 10)) {
        if (boot.id().size() != 32)
            std::abort();
    }
    return 0;
}
