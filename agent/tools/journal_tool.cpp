#include "agent/tools/journal_tool.h"

#include "agent/tools/journal_command.h"
#include "agent/tools/log_files.h"
#include "backend/core/text_safety.h"
#include "backend/protocol/tool_messages.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <set>

namespace fb::agent {

using namespace std::chrono_literals;

namespace {

    constexpr size_t kMaxPageBytes = 8 * 1024 * 1024; // of an answer; it takes 16
    constexpr size_t kMaxFollowBytes = 2 * 1024 * 1024;
    constexpr size_t kMaxListed = 4 * 1024 * 1024; // output of a list
    constexpr size_t kMostBoots = 100;
    constexpr int kMostUnitNames = 2000;
    constexpr int kMostFiles = 1000;
    constexpr auto kFollowTime = 200ms; // that is read of a flood at once
    constexpr auto kLogFolder = "/var/log";

    // What journalctl says is passed on in its own words.
    Error complaint(JournalProgram &program, int code)
    {
        return makeError(protocol::kRefusedByNode,
                         program.words().empty() ? fmt::format("journalctl ended with {}.", code)
                                                 : program.words());
    }

    // Names for people to choose from: sorted, each once, without what could not be asked for.
    template <typename Fits>
    std::set<std::string> namesIn(std::string_view text, Fits fits)
    {
        std::set<std::string> names;
        while (!text.empty()) {
            const size_t end = std::min(text.find('\n'), text.size());
            const std::string_view name = text.substr(0, end);
            if (fits(name))
                names.emplace(name);
            text.remove_prefix(std::min(end + 1, text.size()));
        }
        return names;
    }

    template <typename Field>
    void add(const std::set<std::string> &names, Field *field)
    {
        for (const std::string &name : names) {
            if (field->size() == kMostUnitNames)
                return;
            *field->Add() = name;
        }
    }
}

JournalTool::JournalTool(const Clock &clock, std::string folder) : m_clock(clock), m_folder(std::move(folder))
{
}

Result<wire::ToolAnswer> JournalTool::answer(const wire::ToolRequest &request)
{
    switch (request.what_case()) {
    case wire::ToolRequest::kJournalPlace:
        return place(request.journal_place());
    case wire::ToolRequest::kJournalQuery:
        return query(request.journal_query());
    case wire::ToolRequest::kJournalFollow:
        return follow(request.journal_follow());
    case wire::ToolRequest::kJournalEntry:
        return entry(request.journal_entry());
    default:
        return wrongRequest("This is not a request to the tool \"journal\".");
    }
}

Result<JournalProgram> JournalTool::start(std::vector<std::string> arguments) const
{
    if (!m_folder.empty())
        arguments.push_back("--directory=" + m_folder);
    return JournalProgram::start(std::move(arguments));
}

Result<std::string> JournalTool::output(std::vector<std::string> arguments, size_t most,
                                        bool needsGoodEnd) const
{
    auto program = start(std::move(arguments));
    if (!program)
        return program.error();
    std::string text;
    for (const Tick until = m_clock.tick() + 5s; !program->isOver() && text.size() < most;) {
        text += program->read(500ms);
        if (m_clock.tick() > until)
            break;
    }
    if (!program->isOver()) {
        program->end();
        return text;
    }
    const int code = program->code();
    if (code != 0 && needsGoodEnd)
        return complaint(*program, code);
    return needsGoodEnd || program->words().empty() ? text : program->words();
}

Result<wire::ToolAnswer> JournalTool::place(const wire::JournalPlaceRequest &request) const
{
    wire::ToolAnswer answer;
    wire::JournalPlace &place = *answer.mutable_journal_place();
    place.set_began_us(now());
    const auto newest = output({"--output=json", "--no-pager", "--lines=1"}, kMaxListed);
    place.set_has_journal(newest && !newest->empty());
    if (!place.has_journal()) {
        // Asked for JSON it does not say why there is nothing.
        const auto why = newest ? output({"--output=short", "--no-pager", "--lines=1"}, 2000, false)
                                : Result<std::string>(newest.error().message);
        place.set_why(why ? *why : why.error().message);
        listLogFiles(kLogFolder, kMostFiles, place);
    } else {
        const auto boots = output({"--list-boots", "--utc", "--no-pager"}, kMaxListed);
        for (wire::JournalBoot &boot :
             boots ? readBoots(*boots, kMostBoots) : std::vector<wire::JournalBoot>())
            *place.add_boots() = std::move(boot);
        if (request.names()) {
            const auto units = output({"--field=_SYSTEMD_UNIT", "--no-pager"}, kMaxListed);
            const auto identifiers = output({"--field=SYSLOG_IDENTIFIER", "--no-pager"}, kMaxListed);
            if (units)
                add(namesIn(*units, isJournalUnit), place.mutable_units());
            if (identifiers)
                add(namesIn(*identifiers,
                            [](std::string_view name) {
                                return !name.empty() && name.size() <= 256 && isValidUtf8(name)
                                    && !hasControlOrBidi(name);
                            }),
                    place.mutable_identifiers());
        }
    }
    place.set_ended_us(now());
    return answer;
}

Result<wire::ToolAnswer> JournalTool::query(const wire::JournalQueryRequest &request) const
{
    auto arguments = queryArguments(request);
    if (!arguments)
        return arguments.error();
    wire::ToolAnswer answer;
    wire::JournalPage &page = *answer.mutable_journal_page();
    page.set_began_us(now());
    auto program = start(*std::move(arguments));
    if (!program)
        return program.error();
    const Tick until = m_clock.tick() + kSearchTime;
    const int64_t since = request.filter().since_us();
    JournalReader reader;
    size_t bytes = 0;
    bool isEnough = false;
    while (!isEnough && !program->isOver()) {
        for (const JournalRecord &record : reader.add(program->read(500ms))) {
            wire::JournalEntry entry;
            if (isEnough || !fillEntry(record, kMaxMessage, request.whole(), entry))
                continue;
            if (since > 0 && entry.at_us() < since) { // of a page before a cursor
                isEnough = true;
            } else if (static_cast<uint32_t>(page.entries_size()) == request.most()
                       || bytes > kMaxPageBytes) {
                isEnough = true;
                page.set_more(true);
            } else {
                bytes += entry.ByteSizeLong() + 16;
                *page.add_entries() = std::move(entry);
            }
        }
        if (!isEnough && m_clock.tick() > until) {
            page.set_late(true);
            page.set_more(page.entries_size() > 0); // it goes on from there
            isEnough = true;
        }
    }
    if (program->isOver() && !isEnough) {
        const int code = program->code();
        if (code != 0 && page.entries_size() == 0 && !program->words().empty())
            return complaint(*program, code);
    }
    page.set_ended_us(now());
    return answer;
}

Result<wire::ToolAnswer> JournalTool::follow(const wire::JournalFollowRequest &request)
{
    auto arguments = followArguments(request);
    if (!arguments)
        return arguments.error();
    wire::ToolAnswer answer;
    wire::JournalPage &page = *answer.mutable_journal_page();
    page.set_began_us(now());
    const std::string what = request.filter().SerializeAsString();
    const bool goesOn = m_followed && m_followed->what == what && m_followed->at == request.after()
        && !m_followed->program.isOver();
    if (!goesOn) {
        m_followed.reset();
        auto program = start(*std::move(arguments));
        if (!program)
            return program.error();
        m_followed.emplace(Followed {what, request.after(), *std::move(program), JournalReader()});
    }
    Followed &followed = *m_followed;
    // What comes faster than it is asked for: the newest stay, and it is said how many do not.
    std::deque<wire::JournalEntry> newest;
    size_t bytes = 0;
    uint64_t dropped = 0;
    for (const Tick until = m_clock.tick() + kFollowTime; m_clock.tick() < until;) {
        const std::string_view piece = followed.program.read(goesOn ? 0ms : 100ms);
        if (piece.empty())
            break;
        for (const JournalRecord &record : followed.reader.add(piece)) {
            wire::JournalEntry entry;
            if (!fillEntry(record, kMaxMessage, false, entry))
                continue;
            bytes += entry.ByteSizeLong();
            newest.push_back(std::move(entry));
            while (newest.size() > request.most() || (bytes > kMaxFollowBytes && newest.size() > 1)) {
                bytes -= newest.front().ByteSizeLong();
                newest.pop_front();
                ++dropped;
            }
        }
    }
    if (followed.program.isOver()) {
        const int code = followed.program.code();
        const Error error = complaint(followed.program, code);
        m_followed.reset(); // begun anew when it is asked for again
        if (code != 0 && newest.empty())
            return error;
    } else {
        dropped += followed.reader.broken() - std::exchange(followed.broken, followed.reader.broken());
        if (!newest.empty())
            followed.at = newest.back().cursor();
    }
    for (wire::JournalEntry &entry : newest)
        *page.add_entries() = std::move(entry);
    page.set_dropped(dropped);
    page.set_ended_us(now());
    return answer;
}

Result<wire::ToolAnswer> JournalTool::entry(const wire::JournalEntryRequest &request) const
{
    auto arguments = entryArguments(request);
    if (!arguments)
        return arguments.error();
    auto program = start(*std::move(arguments));
    if (!program)
        return program.error();
    const Tick until = m_clock.tick() + kSearchTime;
    JournalReader reader;
    while (!program->isOver() && m_clock.tick() < until) {
        for (const JournalRecord &record : reader.add(program->read(500ms))) {
            wire::ToolAnswer answer;
            wire::JournalEntry &entry = *answer.mutable_journal_entry();
            // Where it is gone, journalctl gives the one that comes next.
            if (fillEntry(record, JournalReader::kMaxValue, true, entry)
                && entry.cursor() == request.cursor())
                return answer;
            return makeError(errors::kDoesNotExist,
                             "This entry is not in the journal any more; old entries are removed.");
        }
    }
    if (program->isOver()) {
        if (const int code = program->code(); code != 0)
            return complaint(*program, code);
    }
    return makeError(errors::kDoesNotExist,
                     "This entry is not in the journal any more; old entries are removed.");
}

}
