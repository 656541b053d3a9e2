#include "models/nodes/tools/process_feed.h"

#include "backend/base/qt_text.h"
#include "backend/core/text_safety.h"
#include "models/nodes/tools/tool_text.h"

namespace fb {

namespace {

    ProcessRow rowOf(const wire::ProcessEntry &entry, double memoryBytes)
    {
        ProcessRow row;
        row.pid = entry.pid();
        row.startTicks = entry.start_ticks();
        row.parent = entry.parent();
        row.name = toolText(entry.name());
        row.commandLine = toolText(entry.command_line());
        row.user = toolText(entry.user());
        row.state = QLatin1Char(static_cast<char>(entry.state() & 0x7f));
        if (entry.has_cpu_percent())
            row.cpuPercent = entry.cpu_percent();
        row.residentBytes = static_cast<qint64>(std::min<uint64_t>(entry.rss_bytes(), uint64_t(1) << 62));
        row.memoryShare = memoryBytes > 0 ? static_cast<double>(row.residentBytes) / memoryBytes : 0;
        row.threads = static_cast<int>(entry.threads());
        if (entry.has_handles())
            row.handles = static_cast<int>(entry.handles());
        row.started = fromMicros(entry.started_us());
        if (entry.has_read_rate())
            row.readRate = entry.read_rate();
        if (entry.has_write_rate())
            row.writeRate = entry.write_rate();
        row.nice = entry.nice();
        row.isKernelThread = entry.kernel_thread();
        row.guarded = toolText(entry.guarded());
        return row;
    }

    wire::ToolRequest requestOf(const ProcessDeed &deed)
    {
        wire::ToolRequest request;
        const auto aim = [&deed](wire::ProcessStampMessage *stamp) {
            stamp->set_pid(deed.pid);
            stamp->set_start_ticks(deed.startTicks);
        };
        switch (deed.kind) {
        case ProcessDeed::Kind::Signal:
        case ProcessDeed::Kind::SignalTree:
            aim(request.mutable_process_signal()->mutable_target());
            request.mutable_process_signal()->set_number(deed.signal);
            request.mutable_process_signal()->set_tree(deed.kind == ProcessDeed::Kind::SignalTree);
            break;
        case ProcessDeed::Kind::Priority:
            aim(request.mutable_process_priority()->mutable_target());
            request.mutable_process_priority()->set_nice(deed.nice);
            break;
        case ProcessDeed::Kind::Start:
            request.mutable_process_start()->set_program(toStd(deed.program));
            for (const QString &argument : deed.arguments)
                request.mutable_process_start()->add_arguments(toStd(argument));
            request.mutable_process_start()->set_folder(toStd(deed.folder));
            request.mutable_process_start()->set_user(toStd(deed.user));
            break;
        }
        return request;
    }
}

void ProcessFeed::list(const QString &nodeId, QObject *asker, Listed listed)
{
    wire::ToolRequest request;
    request.mutable_process_list();
    m_link.ask(nodeId, request, asker, [listed = std::move(listed)](const ToolReply &reply) {
        if (!reply)
            return listed(shownErrorOf(reply.error()), {});
        const wire::ProcessList &list = (*reply)->process_list();
        ProcessSnapshot snapshot;
        snapshot.total = static_cast<int>(list.total());
        snapshot.cpuCount = std::max(1, static_cast<int>(list.cpu_count()));
        snapshot.taken = fromMicros(list.taken_us());
        QSet<quint32> known; // a pid is told once
        for (const wire::ProcessEntry &entry : list.processes()) {
            if (known.contains(entry.pid()))
                continue;
            known.insert(entry.pid());
            snapshot.processes << rowOf(entry, static_cast<double>(list.memory_bytes()));
        }
        listed({}, snapshot);
    });
}

void ProcessFeed::perform(const QString &nodeId, const ProcessDeed &deed, QObject *asker, Done done)
{
    m_link.ask(nodeId, requestOf(deed), asker, [done = std::move(done)](const ToolReply &reply) {
        if (!reply)
            return done(shownErrorOf(reply.error()), {});
        const wire::ToolAnswer &answer = **reply;
        ProcessOutcome outcome;
        outcome.sent = static_cast<int>(answer.process_signalled().sent());
        for (const wire::ToolProblem &failure : answer.process_signalled().failures())
            outcome.failures << toolText(failure.text());
        outcome.startedPid = answer.process_started().process().pid();
        done({}, outcome);
    });
}

}
