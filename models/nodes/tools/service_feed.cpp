#include "models/nodes/tools/service_feed.h"

#include "backend/base/qt_text.h"
#include "models/nodes/tools/tool_text.h"

#include <QSet>

namespace fb {

namespace {

    constexpr uint32_t kMostCounted = 10'000'000;

    ServiceRow rowOf(const wire::ServiceEntry &entry)
    {
        ServiceRow row;
        row.unit = toolText(entry.unit());
        row.description = toolText(entry.description());
        row.loadState = toolText(entry.load_state());
        row.activeState = toolText(entry.active_state());
        row.subState = toolText(entry.sub_state());
        row.fileState = toolText(entry.file_state());
        if (entry.has_main_pid())
            row.mainPid = entry.main_pid();
        if (entry.has_memory_bytes())
            row.memoryBytes = static_cast<qint64>(entry.memory_bytes() & 0x7fffffffffffffff);
        row.since = fromMicros(entry.since_us());
        row.result = toolText(entry.result());
        row.restarts = static_cast<int>(std::min(entry.restarts(), kMostCounted));
        row.canStart = entry.can_start();
        row.canStop = entry.can_stop();
        row.canReload = entry.can_reload();
        row.isStale = entry.stale();
        row.isOwn = entry.own();
        row.next = fromMicros(entry.next_us());
        row.triggers = toolText(entry.triggers());
        return row;
    }
}

void ServiceFeed::list(const QString &nodeId, const QString &type, QObject *asker, Listed listed)
{
    wire::ToolRequest request;
    request.mutable_service_list()->set_type(toStd(type));
    m_link.ask(nodeId, request, asker, [listed = std::move(listed)](const ToolReply &reply) {
        if (!reply)
            return listed(shownErrorOf(reply.error()), {});
        const wire::ServiceList &list = (*reply)->service_list();
        ServiceSnapshot snapshot;
        snapshot.total = static_cast<int>(std::min(list.total(), kMostCounted));
        QSet<QString> known; // a unit is told once
        for (const wire::ServiceEntry &entry : list.units()) {
            ServiceRow row = rowOf(entry);
            if (known.contains(row.unit))
                continue;
            known.insert(row.unit);
            snapshot.units << std::move(row);
        }
        listed({}, snapshot);
    });
}

void ServiceFeed::detail(const QString &nodeId, const QString &unit, QObject *asker, Told told)
{
    wire::ToolRequest request;
    request.mutable_service_detail()->set_unit(toStd(unit));
    m_link.ask(nodeId, request, asker, [told = std::move(told)](const ToolReply &reply) {
        if (!reply)
            return told(shownErrorOf(reply.error()), {});
        const wire::ServiceDetail &answer = (*reply)->service_detail();
        ServiceDetail detail;
        detail.row = rowOf(answer.entry());
        detail.text = toQString(toValidUtf8(answer.text()));
        detail.isTextCut = answer.text_cut();
        detail.textProblem = toolText(answer.text_problem());
        for (const std::string &line : answer.log())
            detail.log << toQString(toValidUtf8(line));
        detail.hasJournal = answer.has_journal();
        detail.logProblem = toolText(answer.log_problem());
        told({}, detail);
    });
}

void ServiceFeed::perform(const QString &nodeId, const ServiceDeed &deed, QObject *asker, Done done)
{
    wire::ToolRequest request;
    request.mutable_service_action()->set_unit(toStd(deed.unit));
    request.mutable_service_action()->set_action(static_cast<uint32_t>(deed.kind));
    m_link.ask(nodeId, request, asker, [done = std::move(done)](const ToolReply &reply) {
        if (!reply)
            return done(shownErrorOf(reply.error()), {});
        const wire::ServiceChanged &changed = (*reply)->service_changed();
        done({}, {.after = toolText(changed.after()), .goesOn = changed.goes_on()});
    });
}

}
