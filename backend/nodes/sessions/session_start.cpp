// StartSession: the checks in their order (spec/session-manager.md 3.1), and the first OPEN.

#include "backend/nodes/sessions/session_service.h"

#include "backend/base/fail.h"
#include "backend/core/aead.h"
#include "backend/core/byte_encoding.h"
#include "backend/core/text_safety.h"
#include "backend/core/time_text.h"
#include "backend/events/arn.h"
#include "backend/language/interpolation.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    SessionId newSessionId(const QString &operatorName, Random &random)
    {
        constexpr qsizetype kMaxName = 78; // with the dash and 17 digits at most 96
        QString name;
        for (const QChar c : operatorName.left(kMaxName)) {
            const bool stays = (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z')
                || (c >= u'0' && c <= u'9') || u".@_=+,-"_s.contains(c);
            name += stays ? c : u'-';
        }
        if (name.isEmpty() || name.startsWith(u'.'))
            name.prepend(u'-');
        return toId<SessionId>(name + u'-' + toQString(toHex(random.bytes(9)).substr(0, 17)));
    }

    ParameterValues valuesOf(const QMap<QString, QStringList> &parameters)
    {
        ParameterValues values;
        for (auto it = parameters.begin(); it != parameters.end(); ++it) {
            std::vector<std::string> texts;
            for (const QString &text : it.value())
                texts.push_back(toStd(text));
            values.emplace(toStd(it.key()), std::move(texts));
        }
        return values;
    }

    std::string commandLines(const Tree &commands)
    {
        if (!commands.isList())
            return commands.text();
        std::string lines;
        for (const Tree &item : commands.items())
            lines += (lines.empty() ? "" : "\n") + item.text();
        return lines;
    }

    // A number written in the document was checked when that was saved; one that came as a parameter only if the document has a pattern for it.
    Result<quint16> portOf(const Tree &properties, const BoundParameters &bound, const char *key, int lowest)
    {
        const Tree *written = properties.find(key);
        if (written == nullptr)
            return quint16(0);
        const QString text = toQString(interpolate(*written, bound).text()).trimmed();
        bool isNumber = false;
        const int number = text.toInt(&isNumber);
        if (text.isEmpty() && lowest == 0)
            return quint16(0);
        if (!isNumber || number < lowest || number > 65535)
            return fail(
                errors::kValidation,
                u"%1 is \"%2\"; it must be %3 to 65535."_s.arg(QLatin1String(key), text.left(40)).arg(lowest),
                u"Parameters."_s + QLatin1String(key));
        return quint16(number);
    }

    Result<PortTarget> portTargetOf(const Tree &properties, const BoundParameters &bound)
    {
        PortTarget target;
        const auto port = portOf(properties, bound, "portNumber", 1);
        const auto localPort = portOf(properties, bound, "localPortNumber", 0);
        if (!port || !localPort)
            return !port ? port.error() : localPort.error();
        target.port = *port;
        target.localPort = *localPort;
        const Tree *type = properties.find("type");
        target.isRaw = type == nullptr || type->text() != "LocalPortForwarding";
        if (const Tree *host = properties.find("host")) {
            target.host = toQString(interpolate(*host, bound).text()).trimmed();
            if (target.host.isEmpty() || target.host.size() > 253 || hasControlOrBidi(toStd(target.host))
                || target.host.contains(u' '))
                return fail(errors::kValidation,
                            u"host is \"%1\"; it must be the name or the address of a host."_s.arg(
                                target.host.left(40)),
                            u"Parameters.host"_s);
        }
        return target;
    }

    Result<void> checkReason(const QString &reason, bool required)
    {
        if (reason.isEmpty())
            return required ? Result<void>(
                       qtError(errors::kValidation, u"Reason is missing; it is required."_s, u"Reason"_s))
                            : Result<void>();
        if (reason.size() > 256 || hasControlOrBidi(toStd(reason)))
            return fail(errors::kValidation, u"Reason must be 1 to 256 printable characters."_s, u"Reason"_s);
        return {};
    }
}

Result<SessionId> SessionService::startSession(const Principal &who, const StartSessionRequest &request)
{
    if (auto valid = validate(request); !valid)
        return valid.error();
    const NodeId node = toId<NodeId>(request.target);
    const auto checked = plan(who, node, request);
    if (!checked) {
        refused(who, request, checked.error());
        return checked.error();
    }
    const SessionPreferences &preferences = checked->preferences;

    auto live = std::make_shared<LiveSession>();
    live->startedAt = m_parts.clock.now();
    live->startedTick = live->lastInputTick = m_parts.clock.tick();
    live->pty = checked->pty;
    live->port = checked->port;
    live->startedBy = who;
    SessionState &state = live->state;
    state.token = toQString(toHex(m_parts.random.bytes(16)));
    state.idleSeconds = std::chrono::seconds(preferences.idleTimeout).count();
    state.maxSeconds = std::chrono::seconds(preferences.maxDuration).count();
    Session &session = state.session;
    session.sessionId = newSessionId(who.name, m_parts.random);
    session.target = node;
    session.startDate = live->startedAt;
    session.documentName = checked->documentName;
    session.owner = arnOf(who);
    session.operatorName = who.name;
    session.reason = request.reason;
    session.sessionType = checked->sessionType;
    session.client = who.source;
    live->recordsInput
        = preferences.recordingEnabled && preferences.recordInput && !checked->port && !checked->pty.no_pty();
    live->pty.set_report_echo(live->recordsInput);
    session.recorded
        = preferences.recordingEnabled && !checked->port; // of tunnels only their byte counts are kept
    if (session.recorded)
        state.recordingUntil = live->startedAt + std::chrono::days(preferences.recordingRetentionDays);
    if (preferences.maxDuration.count() > 0)
        session.maxSessionDuration = QString::number(preferences.maxDuration.count());
    live->pty.set_session_id(session.sessionId.text());
    const SessionId id = session.sessionId;
    m_live.emplace(id, live);
    auto written = m_parts.database.write([&](Transaction &tx) -> Result<void> {
        if (session.recorded) {
            if (auto begun = beginRecording(*live); !begun)
                return begun;
            state.recording = live->recorder->checkpoint();
        }
        if (auto inserted = m_repository.insert(tx, state); !inserted)
            return inserted;
        QJsonObject facts {{u"SessionId"_s, toQString(id)},
                           {u"DocumentName"_s, session.documentName},
                           {u"Reason"_s, session.reason}};
        if (live->port)
            facts.insert(u"PortTarget"_s, live->port->text());
        m_parts.audit.append(tx,
                             {.who = who,
                              .action = toQString(actions::kStartSession.name()),
                              .target = nodeArn(m_parts.database.fleet(), node),
                              .diff = facts});
        tx.onCommitted(whileAlive([this, id] {
            if (LiveSession *started = find(id)) {
                openTerminal(*started, false);
                emit sessionsChanged({started->session()});
            }
        }));
        tx.onRolledBack([undo = whileAlive([this, id] { m_live.erase(id); })](const Error &) { undo(); });
        return publishCall(tx, who, u"StartSession"_s,
                           {{u"Target"_s, request.target},
                            {u"DocumentName"_s, session.documentName},
                            {u"Reason"_s, session.reason}},
                           {{u"SessionId"_s, toQString(id)}});
    });
    if (!written) {
        m_live.erase(id);
        return written.error();
    }
    return id;
}

void SessionService::refused(const Principal &who, const StartSessionRequest &request, const Error &error)
{
    (void)m_parts.audit.record({.who = who,
                                .action = toQString(actions::kStartSession.name()),
                                .target = request.target,
                                .result = toQString(error.code.name()),
                                .diff = {{u"DocumentName"_s, request.documentName}}});
}

Result<SessionService::Plan> SessionService::plan(const Principal &who, const NodeId &node,
                                                  const StartSessionRequest &request)
{
    const DirectoryNode *known = m_parts.nodes.find(node);
    if (known == nullptr)
        return fail(errors::kTargetNotConnected,
                    u"%1 is not a registered node."_s.arg(request.target.left(80)), u"Target"_s);
    AccessTarget target {.nodeIds = {request.target}};
    for (auto it = known->tags.begin(); it != known->tags.end(); ++it)
        target.nodeTags.insert(it.key(), it.value());
    if (auto allowed = m_parts.access.check(who, actions::kStartSession, target); !allowed)
        return allowed.error();
    if (!m_parts.channel.isConnected(node)) {
        const auto heard = m_parts.channel.lastHeardAt(node);
        const QString seen = heard ? u"it was last seen at %1"_s.arg(toQString(toIso8601(*heard)))
                                   : u"it was not seen since this engine started"_s;
        return fail(errors::kTargetNotConnected, u"%1 is not connected; %2."_s.arg(request.target, seen),
                    u"Target"_s);
    }

    Plan plan;
    const auto opened = openDocument(who, request.documentName);
    if (!opened)
        return opened.error();
    plan.documentName = opened->name;
    target.documents = {plan.documentName}; // by its plain name, however it was given
    if (auto allowed = m_parts.access.check(who, actions::kStartSession, target); !allowed)
        return allowed.error();
    const std::shared_ptr<const Document> &document = opened->document;
    const SessionBody &body = opened->body;
    const bool isShell = body.sessionType == "Standard_Stream";
    plan.sessionType = toQString(body.sessionType);
    plan.preferences = opened->preferences;
    const auto bound = bindParameters(document ? document->parameters : ParameterDefinitions {},
                                      valuesOf(request.parameters), errors::kValidation);
    if (!bound)
        return bound.error();
    if (auto room = checkLimits(who, node); !room)
        return room.error();
    if (auto fits = checkReason(request.reason, m_settings.reasonRequired); !fits)
        return fits.error();
    const bool isPort = body.sessionType == kPortSessionType;
    if (isPort) {
        const auto port = portTargetOf(body.properties, *bound);
        if (!port)
            return port.error();
        plan.port = *port;
        return plan;
    }
    if (plan.preferences.recordingEnabled && m_settings.freeBytes) {
        if (const qint64 free = m_settings.freeBytes(); free < m_settings.minFreeBytes)
            return fail(
                errors::kThrottling,
                u"The recordings' disk has %1 MiB free; a recorded session needs %2. Free some space."_s.arg(
                    QString::number(free >> 20), QString::number(m_settings.minFreeBytes >> 20)));
    }
    const auto user = runAsUser(plan.preferences, m_settings.runAsOf ? m_settings.runAsOf(who) : QString());
    if (!user)
        return user.error();

    wire::PtyParams &pty = plan.pty;
    pty.set_columns(80);
    pty.set_rows(24);
    pty.set_run_as_user(toStd(*user));
    pty.set_idle_timeout_s(static_cast<uint32_t>(std::chrono::seconds(plan.preferences.idleTimeout).count()));
    pty.set_max_duration_s(static_cast<uint32_t>(std::chrono::seconds(plan.preferences.maxDuration).count()));
    pty.set_survive_link_s(static_cast<uint32_t>(m_settings.surviveLink.count()));
    const bool isMac = known->platformType == u"MacOS"_s;
    const QString profile = isMac ? plan.preferences.shellProfileMacos : plan.preferences.shellProfileLinux;
    for (const QString &line : profile.split(u'\n', Qt::SkipEmptyParts))
        pty.add_profile_lines(toStd(line));
    if (isShell)
        return plan;

    const Tree *platform = body.properties.find(isMac ? "macos" : "linux");
    const Tree *commands = platform != nullptr ? platform->find("commands") : nullptr;
    if (commands == nullptr)
        return fail(errors::kInvalidDocument,
                    u"%1 has no commands for %2."_s.arg(plan.documentName, known->platformType),
                    u"DocumentName"_s);
    bool elevated = false;
    if (const Tree *asked = platform->find("runAsElevated"); asked != nullptr && asked->isScalar())
        elevated = interpolate(*asked, *bound).text() == "true";
    if (elevated) {
        pty.set_elevated(true);
        pty.clear_run_as_user();
    }
    pty.add_command("/bin/sh");
    pty.add_command("-c");
    pty.add_command(commandLines(interpolate(*commands, *bound)));
    pty.clear_profile_lines();
    if (body.sessionType == "NonInteractiveCommands") {
        const auto textOf = [&](const char *key) {
            const Tree *value = platform->find(key);
            return value != nullptr && value->isScalar() ? interpolate(*value, *bound).text() : std::string();
        };
        pty.set_no_pty(true);
        // Apart unless the document says otherwise; prefixes are for those that are apart.
        pty.set_joins_output(textOf("separateOutputStream") == "false");
        if (!pty.joins_output()) {
            pty.set_stdout_prefix(textOf("stdOutSeparatorPrefix"));
            pty.set_stderr_prefix(textOf("stdErrSeparatorPrefix"));
        }
    }
    return plan;
}

Result<SessionService::Opened> SessionService::openDocument(const Principal &who, const QString &documentName)
{
    Opened opened;
    if (documentName.isEmpty()) {
        opened.name = QString::fromLatin1(kDefaultSessionDocument);
        opened.document = m_parts.documents.preferencesDocument(); // null: deleted, so built-in defaults
    } else {
        auto found = m_parts.documents.sessionDocument(who, documentName);
        if (!found)
            return found.error();
        opened.name = found->name;
        opened.document = std::move(found->document);
    }
    const Document *document = opened.document.get();
    opened.body
        = document && document->session ? *document->session : SessionBody {.sessionType = "Standard_Stream"};
    const SessionBody &body = opened.body;
    // A document without inputs takes logging, run-as and time-outs from the default one.
    Tree inputs = body.inputs;
    if (inputs.members().empty()) {
        if (const auto defaults = m_parts.documents.preferencesDocument(); defaults && defaults->session)
            inputs = defaults->session->inputs;
    }
    const auto preferences = sessionPreferences(inputs);
    if (!preferences)
        return preferences.error();
    opened.preferences = *preferences;
    const SessionPreferences &wanted = opened.preferences;
    if (!wanted.s3BucketName.isEmpty() || !wanted.cloudWatchLogGroupName.isEmpty())
        return fail(errors::kInvalidDocument,
                    u"%1 sends transcripts to %2, which is not set up on this engine."_s.arg(
                        opened.name,
                        wanted.s3BucketName.isEmpty() ? u"log group "_s + wanted.cloudWatchLogGroupName
                                                      : u"bucket "_s + wanted.s3BucketName),
                    u"DocumentName"_s);
    if (!wanted.kmsKeyId.isEmpty())
        return fail(
            errors::kInvalidDocument,
            u"%1 asks for key %2, which this engine does not know."_s.arg(opened.name, wanted.kmsKeyId),
            u"DocumentName"_s);
    return opened;
}

Result<SessionPreview> SessionService::preview(const Principal &who, const QString &documentName)
{
    auto opened = openDocument(who, documentName);
    if (!opened)
        return opened.error();
    const bool isPort = opened->body.sessionType == kPortSessionType;
    const auto user = isPort
        ? Result<QString>(QString())
        : runAsUser(opened->preferences, m_settings.runAsOf ? m_settings.runAsOf(who) : QString());
    if (!user)
        return user.error();
    if (isPort)
        opened->preferences.recordingEnabled = false;
    return SessionPreview {.sessionType = toQString(opened->body.sessionType),
                           .preferences = opened->preferences,
                           .runAs = *user,
                           .reasonRequired = m_settings.reasonRequired};
}

Result<void> SessionService::checkLimits(const Principal &who, const NodeId &node) const
{
    int onNode = 0;
    int ofOperator = 0;
    for (const auto &[id, live] : m_live) {
        onNode += live->session().target == node ? 1 : 0;
        ofOperator += live->session().operatorName == who.name ? 1 : 0;
    }
    const auto refuse = [](const QString &what, int most) {
        return fail(
            errors::kThrottling,
            u"%1 has %2 sessions, which is the limit. End one that is not needed."_s.arg(what).arg(most));
    };
    if (onNode >= m_settings.perNode)
        return refuse(toQString(node), m_settings.perNode);
    if (ofOperator >= m_settings.perOperator)
        return refuse(who.name, m_settings.perOperator);
    if (static_cast<int>(m_live.size()) >= m_settings.perEngine)
        return refuse(u"This engine"_s, m_settings.perEngine);
    return {};
}

Result<void> SessionService::beginRecording(LiveSession &live)
{
    std::string bytes = m_parts.random.bytes(kAeadKeyBytes);
    SecretBytes key(bytes);
    wipe(bytes);
    const Session &session = live.session();
    const QByteArray envelope = m_parts.vault.seal(recordingKeyName(session.sessionId), key.view());
    auto recorder
        = SessionRecorder::begin(m_parts.artifacts,
                                 {.session = session.sessionId,
                                  .startedAt = live.startedAt,
                                  .columns = live.columns,
                                  .rows = live.rows,
                                  .title = u"%1 on %2"_s.arg(session.operatorName, toQString(session.target)),
                                  .isPlain = session.sessionType == QLatin1String(kPlainSessionType)},
                                 std::move(key), envelope, 0, {}, m_parts.random);
    if (!recorder)
        return recorder.error();
    live.recorder = std::move(*recorder);
    m_recordings.insert(live.recorder->artifact(), session.sessionId);
    return {};
}

void SessionService::openTerminal(LiveSession &live, bool resumed)
{
    wire::Open open;
    open.set_token(toStd(live.state.token));
    const quint64 waiting = static_cast<quint64>(live.unseen.size() + live.given.size());
    open.set_window(kSessionOutputWindow - std::min(kSessionOutputWindow, waiting));
    open.set_receive_from(live.received);
    if (!resumed) {
        *open.mutable_pty() = live.pty;
        open.mutable_pty()->set_columns(static_cast<uint32_t>(live.columns));
        open.mutable_pty()->set_rows(static_cast<uint32_t>(live.rows));
    }
    const auto stream = live.port ? openPortSession(live)
                                  : m_parts.channel.openTerminal(live.session().target, open, resumed);
    if (!stream) { // the node has gone meanwhile: nodeConnected() opens it again
        loseStream(live);
        return;
    }
    live.stream = *stream;
    live.isOpened = false;
    m_streams.insert(*stream, live.session().sessionId);
}

}
