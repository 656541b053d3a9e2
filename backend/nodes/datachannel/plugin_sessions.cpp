#include "backend/nodes/datachannel/plugin_sessions.h"

#include "backend/api/operation_table.h"
#include "backend/base/fail.h"
#include "backend/events/arn.h"

#include <QLoggingCategory>

namespace fb {

using namespace Qt::StringLiterals;

Q_DECLARE_LOGGING_CATEGORY(lcDataChannel)

namespace {
    constexpr std::chrono::milliseconds kTick {100};
    constexpr std::chrono::seconds kProvenWithin {10};
    constexpr size_t kMostUnproven = 200;
    constexpr double kRefusalsTold = 5; // a second, in the audit log
    constexpr uint16_t kPolicy = 1008;
    constexpr uint16_t kTryLater = 1013;

    struct ResumeSessionRequest {
        SessionId sessionId;
    };

    constexpr auto fieldsOf(const ResumeSessionRequest *)
    {
        return fieldTable(field("SessionId", &ResumeSessionRequest::sessionId).required().length(1, 96));
    }

    Result<QJsonObject> answerOf(const Result<PluginSessions::Opening> &opening)
    {
        if (!opening)
            return opening.error();
        return QJsonObject {{u"SessionId"_s, toQString(opening->sessionId)},
                            {u"TokenValue"_s, opening->tokenValue},
                            {u"StreamUrl"_s, opening->streamUrl}};
    }
}

PluginSessions::PluginSessions(SessionService &sessions, AuditLog &audit, const FleetIdentity &fleet,
                               const Clock &clock, Random &random, ChannelUrl channelUrl, QObject *parent)
    : QObject(parent),
      m_sessions(sessions),
      m_audit(audit),
      m_fleet(fleet),
      m_clock(clock),
      m_random(random),
      m_channelUrl(std::move(channelUrl)),
      m_tokens(clock, random),
      m_refusalsTold(kRefusalsTold, clock.tick())
{
    m_timer.setInterval(kTick);
    m_timer.callOnTimeout(this, &PluginSessions::tick);
}

PluginSessions::~PluginSessions() = default;

Result<PluginSessions::Opening> PluginSessions::start(const Principal &who,
                                                      const StartSessionRequest &request)
{
    if (m_channelUrl({}).isEmpty())
        return fail(errors::kServiceUnavailable,
                    u"The AWS wire is not served, so there is no data channel to open."_s);
    const auto id = m_sessions.startSession(who, request);
    if (!id)
        return id.error();
    return opening(*id, who);
}

Result<PluginSessions::Opening> PluginSessions::resume(const Principal &who, const SessionId &id)
{
    if (m_channelUrl({}).isEmpty())
        return fail(errors::kServiceUnavailable,
                    u"The AWS wire is not served, so there is no data channel to open."_s);
    if (auto may = m_sessions.mayResume(who, id); !may)
        return may.error();
    return opening(id, who);
}

PluginSessions::Opening PluginSessions::opening(const SessionId &id, const Principal &who)
{
    return {.sessionId = id,
            .tokenValue = toQString(m_tokens.issue(id, who)),
            .streamUrl = m_channelUrl(toQString(id))};
}

SocketOpened PluginSessions::openChannel(const QString &session, const QString &peer)
{
    const SessionId id = toId<SessionId>(session);
    return [this, id, peer](std::shared_ptr<ApiSocket> socket) {
        const std::weak_ptr<ApiSocket> weak = socket; // its handler must not keep it
        QMetaObject::invokeMethod(
            this,
            [this, socket, id, peer] {
                if (m_unproven.size() >= kMostUnproven)
                    return socket->close(kTryLater, "too many clients that have not shown a token");
                m_unproven.emplace(socket.get(), Unproven {socket, id, peer, m_clock.tick()});
                m_timer.start();
            },
            Qt::QueuedConnection);
        return ApiSocketHandler {.received =
                                     [this, weak, id](std::string message, bool isText) {
                                         QMetaObject::invokeMethod(
                                             this,
                                             [this, weak, id, message = std::move(message), isText] {
                                                 if (const auto from = weak.lock())
                                                     received(from, id, message, isText);
                                             },
                                             Qt::QueuedConnection);
                                     },
                                 .closed =
                                     [this, gone = socket.get(), id] {
                                         QMetaObject::invokeMethod(
                                             this, [this, gone, id] { closed(gone, id); },
                                             Qt::QueuedConnection);
                                     }};
    };
}

void PluginSessions::received(const std::shared_ptr<ApiSocket> &socket, const SessionId &id,
                              std::string message, bool isText)
{
    if (const auto unproven = m_unproven.find(socket.get()); unproven != m_unproven.end()) {
        const Unproven first = unproven->second;
        m_unproven.erase(unproven);
        socket->took(1);
        return prove(first, message, isText);
    }
    if (const auto open = m_open.find(id); open != m_open.end())
        open->second->received(socket.get(), std::move(message), isText);
}

void PluginSessions::closed(const ApiSocket *socket, const SessionId &id)
{
    m_unproven.erase(socket);
    if (const auto open = m_open.find(id); open != m_open.end())
        open->second->socketClosed(socket);
}

void PluginSessions::prove(const Unproven &unproven, const std::string &message, bool isText)
{
    const auto opening = isText
        ? readChannelOpening(message)
        : makeError(errors::kValidation, "The first message must be text, with the token.");
    if (!opening)
        return refuse(unproven, opening.error());
    const auto who = m_tokens.take(unproven.session, opening->token);
    if (!who)
        return refuse(unproven, who.error());
    const QString client = toQString(opening->clientId);
    auto &open = m_open[unproven.session];
    if (open && (open->isOver() || open->clientId() != client)) {
        disconnect(open.get(), nullptr, this, nullptr);
        open->leave(u"taken over by another client"_s);
        open.reset();
    }
    if (!open) {
        open = std::make_unique<PluginSession>(m_sessions, m_clock, m_random, unproven.session, *who, client);
        connect(open.get(), &PluginSession::over, this, [this, id = unproven.session] { m_open.erase(id); });
    }
    if (auto begun = open->begin(unproven.socket); !begun) {
        refuse(unproven, begun.error());
        m_open.erase(unproven.session);
    }
}

void PluginSessions::refuse(const Unproven &unproven, const Error &why)
{
    unproven.socket->close(kPolicy, why.message);
    if (!m_refusalsTold.take(m_clock.tick())) {
        qCWarning(lcDataChannel, "a data channel was refused: %s", why.message.c_str());
        return;
    }
    (void)m_audit.record({.who = {.name = u"(unknown)"_s, .source = u"api "_s + unproven.peer},
                          .action = u"flagbridge:OpenDataChannel"_s,
                          .target = sessionArn(m_fleet, unproven.session),
                          .result = toQString(why.code.name()),
                          .diff = {{u"Cause"_s, toQString(why.message)}}});
}

void PluginSessions::tick()
{
    std::vector<Unproven> late;
    for (const auto &[socket, unproven] : m_unproven) {
        if (m_clock.tick() - unproven.since >= kProvenWithin)
            late.push_back(unproven);
    }
    for (const Unproven &each : late) {
        m_unproven.erase(each.socket.get());
        each.socket->close(kPolicy, "no token came within 10 s");
    }
    for (const auto &[id, open] : m_open)
        open->tick();
    if (m_open.empty() && m_unproven.empty())
        m_timer.stop();
}

void PluginSessions::shutDown()
{
    for (const auto &[socket, unproven] : m_unproven)
        unproven.socket->close(kPolicy, "the engine stops");
    m_unproven.clear();
    for (const auto &[id, open] : m_open)
        open->leave(
            u"The engine stops. The session goes on: open it in the console once the engine runs again."_s);
}

void bindPluginSessions(OperationTable &operations, PluginSessions &plugins)
{
    operations.add(
        u"StartSession"_s, [&plugins](const Principal &who, const QJsonObject &input) -> Result<QJsonObject> {
            const auto request = fromJson<StartSessionRequest>(input);
            return request ? answerOf(plugins.start(who, *request)) : Result<QJsonObject>(request.error());
        });
    operations.add(u"ResumeSession"_s,
                   [&plugins](const Principal &who, const QJsonObject &input) -> Result<QJsonObject> {
                       const auto request = fromJson<ResumeSessionRequest>(input);
                       return request ? answerOf(plugins.resume(who, request->sessionId))
                                      : Result<QJsonObject>(request.error());
                   });
}

}
