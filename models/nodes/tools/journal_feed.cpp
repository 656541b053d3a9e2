#include "models/nodes/tools/journal_feed.h"

#include "backend/base/qt_text.h"
#include "models/nodes/tools/tool_text.h"

#include <algorithm>

namespace fb {

namespace {

    constexpr size_t kMaxShown = 500; // bytes of a message in a table; the whole is read for the detail
    constexpr size_t kMaxValue = 64 * 1024;

    qint64 count(uint64_t value) { return static_cast<qint64>(std::min<uint64_t>(value, uint64_t(1) << 62)); }

    JournalEntry entryOf(const wire::JournalEntry &told)
    {
        JournalEntry entry;
        entry.cursor = toolText(told.cursor());
        entry.stamp = fromMicros(told.at_us());
        if (told.has_priority() && told.priority() <= 7)
            entry.priority = static_cast<int>(told.priority());
        entry.identifier = toolText(told.identifier());
        entry.unit = toolText(told.unit());
        entry.pid = toolText(told.pid());
        entry.message = toolText(told.message().substr(0, kMaxShown));
        entry.messageSize = count(std::max<uint64_t>(told.message_size(), told.message().size()));
        if (told.message().size() > kMaxShown)
            entry.message += QChar(0x2026);
        entry.boot = toolText(told.boot());
        entry.fieldsLeftOut = static_cast<int>(std::min<uint32_t>(told.fields_left_out(), 1'000'000));
        entry.fields.reserve(told.fields_size());
        for (const wire::JournalField &field : told.fields())
            entry.fields.append({toolText(field.name()), toBytes(field.value().substr(0, kMaxValue)),
                                 count(std::max<uint64_t>(field.size(), field.value().size()))});
        return entry;
    }

    JournalBatch pageOf(const wire::JournalPage &told)
    {
        JournalBatch page;
        page.entries.reserve(told.entries_size());
        for (const wire::JournalEntry &entry : told.entries())
            page.entries << entryOf(entry);
        page.hasMore = told.more();
        page.isLate = told.late();
        page.dropped = count(told.dropped());
        page.began = fromMicros(told.began_us());
        return page;
    }

    wire::JournalFilter filterOf(const JournalFilter &filter)
    {
        wire::JournalFilter wanted;
        for (const QString &unit : filter.units)
            wanted.add_units(toStd(unit));
        for (const QString &identifier : filter.identifiers)
            wanted.add_identifiers(toStd(identifier));
        if (filter.priority >= 0)
            wanted.set_priority(static_cast<uint32_t>(filter.priority));
        wanted.set_boot(toStd(filter.boot));
        wanted.set_since_us(toMicros(filter.since));
        wanted.set_until_us(toMicros(filter.until));
        wanted.set_text(toStd(filter.text));
        if (filter.matchCase)
            wanted.set_match_case(*filter.matchCase);
        return wanted;
    }
}

void JournalFeed::place(const QString &nodeId, bool names, QObject *asker, Answer<JournalPlace> answered)
{
    wire::ToolRequest request;
    request.mutable_journal_place()->set_names(names);
    m_link.ask(nodeId, request, asker,
               [this, sent = now(), answered = std::move(answered)](const ToolReply &reply) {
                   if (!reply)
                       return answered(shownErrorOf(reply.error()), {});
                   const wire::JournalPlace &told = (*reply)->journal_place();
                   JournalPlace place;
                   place.hasJournal = told.has_journal();
                   place.why = toolText(told.why());
                   for (const wire::JournalBoot &boot : told.boots())
                       place.boots.append(
                           {toolText(boot.id()), fromMicros(boot.first_us()), fromMicros(boot.last_us())});
                   for (const std::string &unit : told.units())
                       place.units << toolText(unit);
                   for (const std::string &identifier : told.identifiers())
                       place.identifiers << toolText(identifier);
                   for (const wire::LogFile &file : told.files())
                       place.files.append(
                           {toBytes(file.path()), count(file.size()), fromMicros(file.modified_us())});
                   place.isCut = told.files_cut();
                   place.clock
                       = NodeClock::of(sent, fromMicros(told.began_us()), fromMicros(told.ended_us()), now());
                   answered({}, place);
               });
}

void JournalFeed::askPage(const QString &nodeId, wire::ToolRequest request, QObject *asker,
                          Answer<JournalBatch> answered)
{
    m_link.ask(nodeId, std::move(request), asker,
               [this, sent = now(), answered = std::move(answered)](const ToolReply &reply) {
                   if (!reply)
                       return answered(shownErrorOf(reply.error()), {});
                   const wire::JournalPage &told = (*reply)->journal_page();
                   JournalBatch page = pageOf(told);
                   page.clock
                       = NodeClock::of(sent, fromMicros(told.began_us()), fromMicros(told.ended_us()), now());
                   answered({}, page);
               });
}

void JournalFeed::query(const QString &nodeId, const JournalQuery &query, QObject *asker,
                        Answer<JournalBatch> answered)
{
    wire::ToolRequest request;
    wire::JournalQueryRequest &wanted = *request.mutable_journal_query();
    *wanted.mutable_filter() = filterOf(query.filter);
    wanted.set_before(toStd(query.before));
    wanted.set_most(static_cast<uint32_t>(query.most));
    wanted.set_whole(query.isWhole);
    askPage(nodeId, std::move(request), asker, std::move(answered));
}

void JournalFeed::follow(const QString &nodeId, const JournalFollow &follow, QObject *asker,
                         Answer<JournalBatch> answered)
{
    wire::ToolRequest request;
    wire::JournalFollowRequest &wanted = *request.mutable_journal_follow();
    *wanted.mutable_filter() = filterOf(follow.filter);
    wanted.set_after(toStd(follow.after));
    wanted.set_since_us(toMicros(follow.since));
    wanted.set_most(static_cast<uint32_t>(follow.most));
    askPage(nodeId, std::move(request), asker, std::move(answered));
}

void JournalFeed::entry(const QString &nodeId, const QString &cursor, QObject *asker,
                        Answer<JournalEntry> answered)
{
    wire::ToolRequest request;
    request.mutable_journal_entry()->set_cursor(toStd(cursor));
    m_link.ask(nodeId, request, asker, [answered = std::move(answered)](const ToolReply &reply) {
        if (!reply)
            return answered(shownErrorOf(reply.error()), {});
        answered({}, entryOf((*reply)->journal_entry()));
    });
}

}
