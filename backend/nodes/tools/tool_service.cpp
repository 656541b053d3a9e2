#include "backend/nodes/tools/tool_service.h"

#include "backend/base/fail.h"
#include "backend/base/on_result.h"
#include "backend/base/qt_text.h"
#include "backend/events/arn.h"
#include "backend/nodes/tools/tool_actions.h"
#include "backend/protocol/frame.h"

#include <QLoggingCategory>

#include <algorithm>

namespace fb {

using namespace Qt::StringLiterals;

Q_LOGGING_CATEGORY(lcTools, "fb.tools")

namespace {
    constexpr quint64 kWindow = 512 * 1024;
    constexpr quint64 kFileWindow = 1024 * 1024;
    constexpr size_t kPiece = 64 * 1024 - 64; // of what waits to go out: as much as goes into one frame

    QString actionName(Action action) { return toQString(action.name()); }
}

ToolService::ToolService(ToolParts parts, ToolSettings settings, QObject *parent)
    : QObject(parent),
      m_parts(parts),
      m_settings(settings)
{
    m_timer.setInterval(1000);
    m_timer.callOnTimeout(this, &ToolService::tick);
    m_timer.start();
}

ToolService::~ToolService() = default;

Result<AccessTarget> ToolService::targetOf(const NodeId &node) const
{
    const DirectoryNode *known = m_parts.nodes.find(node);
    if (!known)
        return qtError(errors::kTargetNotConnected, u"%1 is not a registered node."_s.arg(toQString(node)),
                       u"Target"_s);
    AccessTarget target {.nodeIds = {toQString(node)}, .nodeTags = {}, .documents = {}, .resource = {}};
    for (auto it = known->tags.begin(); it != known->tags.end(); ++it)
        target.nodeTags.insert(it.key(), it.value());
    return target;
}

Result<ToolChannelId> ToolService::open(const Principal &who, const NodeId &node, const QString &tool,
                                        protocol::StreamKind kind)
{
    const auto target = targetOf(node);
    if (!target)
        return target.error();
    for (const Action action : {actions::kStartSession, actions::kViewNodeTools}) {
        if (auto allowed = m_parts.access.check(who, action, *target); !allowed) {
            record(who, node, actionName(actions::kOpenNodeTool), toQString(allowed.error().code.name()),
                   {{u"Object"_s, u"FleetTool/"_s + tool}});
            return allowed.error();
        }
    }
    if (!protocol::isToolName(toStd(tool)))
        return qtError(
            errors::kUnsupportedPlatformType,
            u"%1 is not supported on %2."_s.arg(tool.left(40), m_parts.nodes.find(node)->platformType));
    if (!m_parts.port.isConnected(node))
        return qtError(errors::kTargetNotConnected, u"%1 is not connected."_s.arg(toQString(node)));
    if (m_channels.size() >= m_settings.perEngine)
        return qtError(
            errors::kThrottling,
            u"%1 tools are open on this engine, which is the limit. Close one that is not needed."_s.arg(
                m_channels.size()));
    const bool isTransfer = kind != protocol::StreamKind::Rpc;
    const auto transfers = std::count_if(m_channels.begin(), m_channels.end(), [&node](const auto &each) {
        return each.second->node == node && each.second->isTransfer;
    });
    if (isTransfer && transfers >= m_settings.transfersPerNode)
        return qtError(
            errors::kThrottling,
            u"%1 transfers run with this node, which is the limit. Wait for one to end."_s.arg(transfers));
    const auto stream = m_parts.port.openTool(node, toStd(tool), kind,
                                              kind == protocol::StreamKind::FileGet ? kFileWindow : kWindow);
    if (!stream)
        return stream.error();
    auto channel = std::make_shared<Channel>();
    channel->id = ++m_last;
    channel->node = node;
    channel->tool = tool;
    channel->owner = who.name;
    channel->stream = *stream;
    channel->isTransfer = isTransfer;
    channel->usedAt = m_parts.clock.tick();
    m_channels.emplace(channel->id, channel);
    m_byStream.emplace(*stream, channel);
    if (!isTransfer) // those are recorded with their file
        record(who, node, actionName(actions::kOpenNodeTool), u"Success"_s,
               {{u"Object"_s, u"FleetTool/"_s + tool}});
    return channel->id;
}

QFuture<ToolReply> ToolService::ask(const Principal &who, ToolChannelId id, wire::ToolRequest request)
{
    const auto found = m_channels.find(id);
    if (found == m_channels.end())
        return readyResult(ToolReply(
            qtError(errors::kTargetNotConnected, u"The channel to the node is closed; open it again."_s)));
    Channel &channel = *found->second;
    const auto name = auditName(request);
    const auto target = targetOf(channel.node);
    if (!target)
        return readyResult(ToolReply(target.error()));
    const Action action = changesNode(request) ? actions::kChangeNodeWithTools : actions::kViewNodeTools;
    auto allowed = m_parts.access.check(who, action, *target);
    if (allowed && who.name != channel.owner)
        allowed = accessDenied(who, action, *target);
    if (!allowed) {
        if (name)
            record(who, channel.node, *name, toQString(allowed.error().code.name()),
                   changeDiff(request, nullptr));
        return readyResult(ToolReply(allowed.error()));
    }
    if (request.ByteSizeLong() + 16 > protocol::kMaxToolRequestBytes)
        return readyResult(ToolReply(
            qtError(errors::kValidation,
                    u"The request has %1 bytes; at most %2 go to a node."_s.arg(request.ByteSizeLong())
                        .arg(protocol::kMaxToolRequestBytes))));
    if (channel.pending.size() >= m_settings.waiting)
        return readyResult(ToolReply(qtError(
            errors::kThrottling, u"%1 requests wait for this node already."_s.arg(channel.pending.size()))));

    request.set_id(++channel.lastRequest);
    channel.usedAt = m_parts.clock.tick();
    if (channel.pending.empty())
        channel.workedOnSince = channel.usedAt;
    auto promise = std::make_shared<QPromise<ToolReply>>();
    promise->start();
    channel.unsent.add(protocol::toolMessage(request));
    channel.pending.push_back({std::move(request), who, promise});
    flush(channel);
    return promise->future();
}

void ToolService::close(ToolChannelId id)
{
    const auto found = m_channels.find(id);
    if (found != m_channels.end())
        abandon(ChannelPointer(found->second),
                makeError(errors::kTargetNotConnected, "The channel to the node was closed."));
}

std::chrono::seconds ToolService::timeFor(const Channel &channel) const
{
    const wire::ToolRequest &request = channel.pending.front().request;
    // An upload that goes on reads what is there, its end syncs all of it: they take as long as they take.
    return request.has_file_put() || request.has_file_put_end() ? m_settings.longAnswerWithin
                                                                : m_settings.answerWithin;
}

void ToolService::tick()
{
    const Tick now = m_parts.clock.tick();
    std::vector<ChannelPointer> late;
    std::vector<ChannelPointer> idle;
    for (const auto &[id, channel] : m_channels) {
        if (!channel->pending.empty() && now - channel->workedOnSince > timeFor(*channel))
            late.push_back(channel);
        else if (channel->pending.empty() && now - channel->usedAt > m_settings.idle)
            idle.push_back(channel);
    }
    for (const ChannelPointer &channel : late)
        abandon(
            channel,
            qtError(errors::kServiceUnavailable,
                    u"The node did not answer within %1 s. What was asked may have been done in part."_s.arg(
                        timeFor(*channel).count())));
    for (const ChannelPointer &channel : idle)
        abandon(channel, makeError(errors::kTargetNotConnected, "The channel was idle and was closed."));
}

// ---- Stream --------------------------------------------------------------------------------------------------------

ToolService::ChannelPointer ToolService::at(ToolStreamNumber stream) const
{
    const auto found = m_byStream.find(stream);
    return found == m_byStream.end() ? nullptr : found->second;
}

void ToolService::flush(Channel &channel)
{
    if (!channel.isOpened)
        return;
    while (!channel.unsent.empty()) {
        std::string piece(channel.unsent.front().substr(0, kPiece));
        const size_t size = piece.size();
        if (!m_parts.port.write(channel.stream, std::move(piece)))
            return;
        channel.unsent.drop(size);
    }
}

void ToolService::toolOpened(ToolStreamNumber stream)
{
    if (const auto channel = at(stream)) {
        channel->isOpened = true;
        flush(*channel);
    }
}

void ToolService::toolWritable(ToolStreamNumber stream)
{
    if (const auto channel = at(stream))
        flush(*channel);
}

void ToolService::toolReceived(ToolStreamNumber stream, const QByteArray &bytes)
{
    const auto channel = at(stream);
    if (!channel)
        return;
    m_parts.port.grant(stream, static_cast<quint64>(bytes.size()));
    channel->reader.add(viewOf(bytes));
    for (;;) {
        const auto message = channel->reader.next();
        if (message && !*message)
            return;
        if (message && take(*channel, **message))
            continue;
        qCWarning(lcTools) << "an unsound answer of" << toQString(channel->node);
        return abandon(channel,
                       makeError(errors::kServiceUnavailable, "The node's tool answered with nonsense."));
    }
}

bool ToolService::take(Channel &channel, std::string_view message)
{
    auto answer = std::make_shared<wire::ToolAnswer>();
    if (channel.pending.empty() || !protocol::parseMessage(*answer, message, protocol::kMaxToolAnswerBytes)
        || answer->id() != channel.pending.front().request.id()
        || !isAnswerTo(channel.pending.front().request, *answer)
        || answer->what_case() == wire::ToolAnswer::WHAT_NOT_SET)
        return false;
    const Pending pending = std::move(channel.pending.front());
    channel.pending.pop_front();
    channel.workedOnSince = m_parts.clock.tick();
    if (answer->has_problem())
        settle(
            channel, pending,
            qtError(errorCodeNamed(answer->problem().code()), nodeToolText(answer->problem().text(), 600)));
    else
        settle(channel, pending, std::shared_ptr<const wire::ToolAnswer>(std::move(answer)));
    return true;
}

void ToolService::toolRefused(ToolStreamNumber stream, const QString &code, const QString &text)
{
    const auto channel = at(stream);
    if (!channel)
        return;
    const QString words = nodeToolText(toStd(text.isEmpty() ? code : text));
    const ErrorCode kind = code == u"unknown-kind" ? errors::kUnsupportedPlatformType
        : code == u"busy"                          ? errors::kThrottling
                                                   : protocol::kRefusedByNode;
    fail(channel, qtError(kind, u"The node does not serve this tool: %1."_s.arg(words)));
}

void ToolService::toolEnded(ToolStreamNumber stream)
{
    if (const auto channel = at(stream)) {
        m_parts.port.reset(stream, u"closed"_s);
        fail(channel, makeError(errors::kServiceUnavailable, "The tool on the node ended. Try again."));
    }
}

void ToolService::toolLost(ToolStreamNumber stream)
{
    if (const auto channel = at(stream))
        fail(channel, makeError(errors::kTargetNotConnected, "The connection to the node was lost."));
}

void ToolService::abandon(const ChannelPointer &channel, const Error &error)
{
    m_parts.port.reset(channel->stream, u"closed"_s);
    fail(channel, error);
}

void ToolService::fail(const ChannelPointer &channel, const Error &error)
{
    m_byStream.erase(channel->stream);
    m_channels.erase(channel->id);
    for (const Pending &pending : std::exchange(channel->pending, {}))
        settle(*channel, pending, error);
    if (const auto work = std::exchange(channel->work, std::nullopt))
        record(work->second, channel->node, *auditName(work->first), toQString(error.code.name()),
               changeDiff(work->first, nullptr));
}

void ToolService::settle(Channel &channel, const Pending &pending, const ToolReply &reply)
{
    const wire::ToolAnswer *answer = reply ? reply->get() : nullptr;
    const QString result = reply ? u"Success"_s : toQString(reply.error().code.name());
    if (answer && beginsWork(pending.request, *answer)) {
        const auto left = std::exchange(channel.work, std::pair(pending.request, pending.who));
        if (left) // begun, and never ended
            record(left->second, channel.node, *auditName(left->first), toQString(errors::kConflict.name()),
                   changeDiff(left->first, nullptr));
    } else if (const auto name = auditName(pending.request)) {
        record(pending.who, channel.node, *name, result, changeDiff(pending.request, answer));
    } else if (channel.work && endsWork(pending.request, answer)) {
        const auto work = std::exchange(channel.work, std::nullopt);
        record(work->second, channel.node, *auditName(work->first), result, changeDiff(work->first, answer));
    }
    pending.promise->addResult(reply);
    pending.promise->finish();
}

void ToolService::record(const Principal &who, const NodeId &node, const QString &action,
                         const QString &result, const QJsonObject &diff)
{
    const auto recorded = m_parts.audit.record({.who = who,
                                                .action = action,
                                                .target = nodeArn(m_parts.fleet, node),
                                                .result = result,
                                                .diff = diff});
    if (!recorded)
        qCWarning(lcTools) << "not recorded:" << recorded.error().message.c_str();
}

}
