#include "agent/tools/journal_entry.h"

#include <boost/json/basic_parser_impl.hpp>

#include <algorithm>
#include <charconv>

namespace fb::agent {

namespace json = boost::json;

namespace {

    // Of one line: {"NAME": "text" | null | [bytes] | ["text" | [bytes] | null, ...]}. What is of another kind is left out.
    struct RecordBuilder {
        static constexpr std::size_t max_object_size = std::size_t(-1);
        static constexpr std::size_t max_array_size = std::size_t(-1);
        static constexpr std::size_t max_key_size = std::size_t(-1);
        static constexpr std::size_t max_string_size = std::size_t(-1);

        bool on_document_begin(json::error_code &) { return true; }
        bool on_document_end(json::error_code &) { return true; }
        bool on_object_begin(json::error_code &)
        {
            ++depth;
            return true;
        }
        bool on_object_end(std::size_t, json::error_code &)
        {
            --depth;
            return true;
        }
        bool on_array_begin(json::error_code &)
        {
            endBytes(); // an entry that mixes them is no journal's
            ++depth;
            return true;
        }
        bool on_array_end(std::size_t, json::error_code &)
        {
            endBytes();
            --depth;
            return true;
        }
        bool on_key_part(json::string_view part, std::size_t, json::error_code &)
        {
            if (depth != 1)
                return true;
            if (!std::exchange(isInKey, true))
                name.clear();
            name.append(part.substr(0, JournalReader::kMaxName - name.size()));
            return true;
        }
        bool on_key(json::string_view part, std::size_t count, json::error_code &fault)
        {
            const bool taken = on_key_part(part, count, fault);
            isInKey = false;
            return taken;
        }
        bool on_string_part(json::string_view part, std::size_t, json::error_code &)
        {
            append(part);
            return true;
        }
        bool on_string(json::string_view part, std::size_t, json::error_code &)
        {
            append(part);
            if (depth == 1 || depth == 2)
                take();
            value.clear();
            size = 0;
            return true;
        }
        bool on_number_part(json::string_view, json::error_code &) { return true; }
        bool on_int64(int64_t number, json::string_view, json::error_code &) { return byte(number); }
        bool on_uint64(uint64_t number, json::string_view, json::error_code &)
        {
            return byte(number > 255 ? -1 : static_cast<int64_t>(number));
        }
        bool on_double(double, json::string_view, json::error_code &) { return true; }
        bool on_bool(bool, json::error_code &) { return true; }
        bool on_null(json::error_code &) { return true; }
        bool on_comment_part(json::string_view, json::error_code &) { return true; }
        bool on_comment(json::string_view, json::error_code &) { return true; }

        void begin()
        {
            record = {};
            name.clear();
            value.clear();
            size = 0;
            depth = 0;
            total = 0;
            hasBytes = false;
            isInKey = false;
        }

        JournalRecord record;

    private:
        void append(std::string_view part)
        {
            size += part.size();
            value.append(part.substr(0, JournalReader::kMaxValue - value.size()));
        }
        bool byte(int64_t number)
        {
            if ((depth == 2 || depth == 3) && number >= 0 && number <= 255) {
                const char one = static_cast<char>(number);
                append({&one, 1});
                hasBytes = true;
            }
            return true;
        }
        void endBytes()
        {
            if (std::exchange(hasBytes, false))
                take();
            value.clear();
            size = 0;
        }
        void take()
        {
            if (record.values.size() >= JournalReader::kMaxValues
                || total + name.size() + value.size() > JournalReader::kMaxBytes) {
                ++record.leftOut;
                return;
            }
            total += name.size() + value.size();
            record.values.push_back({name, std::exchange(value, {}), size});
        }
        std::string name;
        std::string value;
        uint64_t size = 0;
        int depth = 0;
        size_t total = 0;
        bool hasBytes = false;
        bool isInKey = false;
    };

    template <typename Number>
    bool readNumber(std::string_view text, Number &number)
    {
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        return error == std::errc() && end == text.data() + text.size() && !text.empty();
    }
}

const JournalValue *JournalRecord::find(std::string_view name) const
{
    const auto it
        = std::find_if(values.begin(), values.end(), [&](const auto &each) { return each.name == name; });
    return it == values.end() ? nullptr : &*it;
}

std::string_view JournalRecord::text(std::string_view name) const
{
    const JournalValue *value = find(name);
    return value ? std::string_view(value->value) : std::string_view();
}

struct JournalReader::State {
    State() : parser(options()) { }
    static json::parse_options options()
    {
        json::parse_options options;
        options.max_depth = 4;
        options.allow_invalid_utf8 = true;
        return options;
    }

    json::basic_parser<RecordBuilder> parser;
    bool isInside = false; // of a line
    bool skips = false; // to the end of a line that is no entry
    uint64_t broken = 0;
};

JournalReader::JournalReader() : m_state(std::make_unique<State>()) { }
JournalReader::~JournalReader() = default;
JournalReader::JournalReader(JournalReader &&) noexcept = default;
JournalReader &JournalReader::operator=(JournalReader &&) noexcept = default;

uint64_t JournalReader::broken() const { return m_state->broken; }

std::vector<JournalRecord> JournalReader::add(std::string_view bytes)
{
    std::vector<JournalRecord> records;
    State &state = *m_state;
    while (!bytes.empty()) {
        // One line at a time: what is broken in one ends with it.
        const size_t end = bytes.find('\n');
        const bool isWhole = end != std::string_view::npos;
        std::string_view piece = bytes.substr(0, end);
        bytes.remove_prefix(isWhole ? end + 1 : bytes.size());
        if (!state.skips && !piece.empty()) {
            if (!std::exchange(state.isInside, true)) {
                state.parser.reset();
                state.parser.handler().begin();
            }
            json::error_code fault;
            const size_t used = state.parser.write_some(true, piece.data(), piece.size(), fault);
            if (fault || used < piece.size())
                state.skips = true;
        }
        if (!isWhole)
            break;
        if (state.isInside) {
            if (state.skips || !state.parser.done())
                ++state.broken;
            else
                records.push_back(std::move(state.parser.handler().record));
        }
        state.isInside = false;
        state.skips = false;
    }
    return records;
}

bool fillEntry(const JournalRecord &record, size_t maxMessage, bool whole, wire::JournalEntry &entry)
{
    int64_t at = 0;
    const std::string_view cursor = record.text("__CURSOR");
    if (cursor.empty() || !readNumber(record.text("__REALTIME_TIMESTAMP"), at))
        return false;
    const auto first = [&record](std::initializer_list<std::string_view> names) {
        for (const std::string_view name : names) {
            if (const std::string_view text = record.text(name); !text.empty())
                return std::string(text.substr(0, JournalReader::kMaxName));
        }
        return std::string();
    };
    entry.set_cursor(std::string(cursor.substr(0, JournalReader::kMaxName)));
    entry.set_at_us(at);
    uint32_t priority = 0;
    if (readNumber(record.text("PRIORITY"), priority) && priority <= 7)
        entry.set_priority(priority);
    entry.set_identifier(first({"SYSLOG_IDENTIFIER", "_COMM"}));
    entry.set_pid(first({"_PID", "SYSLOG_PID"}));
    entry.set_boot(first({"_BOOT_ID"}));
    // What the manager says of a unit is about that one, not about the manager's own.
    const bool isManager = record.text("_PID") == "1" || record.find("USER_UNIT");
    entry.set_unit(isManager ? first({"UNIT", "USER_UNIT", "_SYSTEMD_UNIT"})
                             : first({"_SYSTEMD_UNIT", "_SYSTEMD_USER_UNIT", "UNIT"}));
    if (const JournalValue *message = record.find("MESSAGE")) {
        entry.set_message(message->value.substr(0, maxMessage));
        entry.set_message_size(message->size);
    }
    if (!whole)
        return true;
    for (const JournalValue &value : record.values) {
        wire::JournalField &field = *entry.add_fields();
        field.set_name(value.name);
        field.set_value(value.value);
        field.set_size(value.size);
    }
    entry.set_fields_left_out(record.leftOut);
    return true;
}

}
