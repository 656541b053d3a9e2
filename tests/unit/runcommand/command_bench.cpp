#include "tests/unit/runcommand/command_bench.h"

#include "backend/base/fail.h"
#include "backend/core/byte_encoding.h"
#include "backend/language/tree_text.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTest>

namespace fb::test {

using namespace Qt::StringLiterals;

namespace {
    const auto kShell = uR"json({"schemaVersion":"1.2","description":"Run a shell script.","parameters":{
        "commands":{"type":"StringList","description":"What to run.","minItems":1,"displayType":"textarea"},
        "workingDirectory":{"type":"String","default":"","maxChars":4096},
        "executionTimeout":{"type":"String","default":"3600","allowedPattern":"[1-9][0-9]{0,5}"}},
        "runtimeConfig":{"aws:runShellScript":{"properties":[{"id":"0.aws:runShellScript","runCommand":"{{ commands }}",
        "workingDirectory":"{{ workingDirectory }}","timeoutSeconds":"{{ executionTimeout }}"}]}}})json"_s;
    const auto kTwoSteps = uR"json({"schemaVersion":"2.2","description":"Two steps.","mainSteps":[
        {"action":"aws:runShellScript","name":"stepOne","inputs":{"runCommand":["true"]}},
        {"action":"aws:runShellScript","name":"stepTwo","inputs":{"runCommand":["true"]}}]})json"_s;
    const auto kOneStep = uR"json({"schemaVersion":"2.2","description":"One step.","mainSteps":[
        {"action":"aws:runShellScript","name":"stepOne","inputs":{"runCommand":["true"]}}]})json"_s;
    const auto kWindows = uR"json({"schemaVersion":"2.2","description":"For Windows.","mainSteps":[
        {"action":"aws:runPowerShellScript","name":"stepOne",
        "precondition":{"StringEquals":["platformType","Windows"]},
        "inputs":{"runCommand":["Get-Date"]}}]})json"_s;
}

FakeDocuments::FakeDocuments()
{
    add(u"AWS-RunShellScript"_s, kShell);
    add(u"TwoSteps"_s, kTwoSteps);
    add(u"OneStep"_s, kOneStep);
    add(u"WindowsOnly"_s, kWindows);
}

void FakeDocuments::add(const QString &name, const QString &content) { m_documents[name] = content; }

Result<SendableDocument> FakeDocuments::documentToSend(const Principal &, const QString &name,
                                                       const QString &version, const QString &,
                                                       const QString &)
{
    const auto found = m_documents.find(name);
    if (found == m_documents.end())
        return fail(errors::kInvalidDocument, u"There is no document %1."_s.arg(name), u"DocumentName"_s);
    if (!version.isEmpty() && version != u"$DEFAULT"_s && version != u"1"_s)
        return fail(errors::kInvalidDocumentVersion, u"It has no version %1."_s.arg(version),
                    u"DocumentVersion"_s);
    auto document = parseDocument(found->second.toStdString(), DocumentFormat::Json, DocumentType::Command);
    if (!document)
        return fail(document.error());
    return SendableDocument {.name = name,
                             .version = u"1"_s,
                             .content = found->second,
                             .format = DocumentFormat::Json,
                             .document = std::make_shared<const Document>(std::move(*document)),
                             .files = m_files[name]};
}

Result<void> FakeAccess::check(const Principal &who, Action action, const AccessTarget &target) const
{
    for (const QString &document : target.documents) {
        if (deniedDocuments.contains(document))
            return fail(accessDenied(who, action, target));
    }
    if (deniedEnvironments.contains(target.nodeTags.value(u"Env"_s)))
        return fail(accessDenied(who, action, target));
    return {};
}

Result<QString> FakeParameters::parameterValue(const Principal &who, const QString &name, const QString &)
{
    ++reads;
    readers.append(who.name);
    const auto found = values.find(name);
    if (found == values.end())
        return fail(errors::kInvalidParameters, u"There is no parameter %1."_s.arg(name));
    return found->second;
}

std::optional<CommandAlarms::State> FakeAlarms::alarmState(const QString &name) const
{
    const auto found = states.find(name);
    return found == states.end() ? std::nullopt : std::optional(found->second);
}

void FakeOutputChannel::accept(const OutputStreamId &stream, uint64_t window, uint64_t receiveFrom)
{
    streams[stream].receiveFrom = receiveFrom;
    streams[stream].acknowledged = receiveFrom;
    streams[stream].granted = window;
}

void FakeOutputChannel::refuse(const OutputStreamId &stream, std::string_view, std::string_view)
{
    streams[stream].refused = true;
}

void FakeOutputChannel::acknowledge(const OutputStreamId &stream, uint64_t offset)
{
    streams[stream].acknowledged = offset;
}

void FakeOutputChannel::grant(const OutputStreamId &stream, uint64_t bytes)
{
    streams[stream].granted += bytes;
}

// ---- The engine ----

CommandBench::CommandBench(const QString &databaseKind, RunCommandSettings givenSettings)
    : database(databaseKind),
      fleet(database.clock),
      settings(givenSettings)
{
    fleet.onDisconnected = [this](const NodeId &id) {
        if (service)
            service->nodeLost(id);
    };
    start();
}

CommandBench::~CommandBench() { stop(); }

void CommandBench::start()
{
    Database &db = *database;
    eventBus = std::make_unique<EventBus>(db, database.clock, database.random);
    audit = std::make_unique<AuditLog>(db, database.clock, SecretBytes("0123456789abcdef0123456789abcdef"));
    artifacts = ArtifactStore::make(db, database.clock, database.random);
    tokens = std::make_unique<PagingTokens>(SecretBytes("0123456789abcdef0123456789abcdef"), database.clock);
    outbox = std::make_unique<OrderOutbox>(db, fleet, database.clock, database.random);
    service = std::make_unique<RunCommandService>(
        RunCommandParts {.database = db,
                         .outbox = *outbox,
                         .channel = fleet,
                         .nodes = directory,
                         .documents = documents,
                         .events = *eventBus,
                         .audit = *audit,
                         .access = access,
                         .clock = database.clock,
                         .random = database.random,
                         .fleet = db.fleet(),
                         .parameterValues = &parameters,
                         .alarms = &alarms,
                         .notifier = &notifier,
                         .spaceWarning = [this] { return spaceWarning; }},
        *artifacts, outputChannel, *tokens, settings);
    m_killFinisher = db.addBatchFinisher([](Transaction &, const std::vector<std::any> &) -> Result<void> {
        return makeError(errors::kInternal, "killed");
    });
    outbox->addOwner(QString::fromLatin1(RunCommandService::kOwnerName), *service);
    QVERIFY(outbox->start());
    QVERIFY(service->start());
    fleet.attach(outbox.get());
}

void CommandBench::stop()
{
    fleet.detach();
    service.reset();
    outbox.reset();
    artifacts.reset();
    audit.reset();
    eventBus.reset();
}

void CommandBench::restart()
{
    commit();
    stop();
    database.reopen();
    start();
}

void CommandBench::kill(Kill how)
{
    fleet.detach();
    if (how == Kill::BeforeCommit) {
        const auto doomed = database->write([&](Transaction &tx) -> Result<void> {
            tx.stage(m_killFinisher, 1);
            return {};
        });
        Q_UNUSED(doomed);
    }
    const auto flushed = database->flush();
    Q_UNUSED(flushed);
    stop();
    database.reopen();
    start();
}

void CommandBench::advance(Microseconds time)
{
    database.clock.advance(time);
    service->onTime();
    run();
}

// ---- Nodes ----

QList<NodeId> CommandBench::addNodes(int count, bool connected, const QMap<QString, QString> &tags)
{
    QList<NodeId> ids;
    int number = 0;
    directory.forEach([&](const DirectoryNode &) { ++number; });
    for (int i = 0; i < count; ++i) {
        const NodeId id = node(++number);
        directory.add(id, tags);
        ids.append(id);
        if (connected)
            connectNode(id);
    }
    return ids;
}

void CommandBench::connectNode(const NodeId &id)
{
    fleet.connectNode(id);
    service->nodeConnected(id);
}

void CommandBench::disconnectNode(const NodeId &id) { fleet.disconnectNode(id); }

// ---- Work ----

SendCommandRequest CommandBench::shellRequest(const QString &script) const
{
    SendCommandRequest request;
    request.documentName = u"AWS-RunShellScript"_s;
    request.parameters.insert(u"commands"_s, {script});
    return request;
}

SendCommandRequest CommandBench::toAll(const QString &maxConcurrency, const QString &maxErrors) const
{
    SendCommandRequest request = shellRequest();
    request.targets = {{u"InstanceIds"_s, {u"*"_s}}};
    request.maxConcurrency = maxConcurrency;
    request.maxErrors = maxErrors;
    return request;
}

Result<Command> CommandBench::trySend(const SendCommandRequest &request)
{
    auto sent = service->sendCommand(admin, request);
    commit();
    return sent;
}

Command CommandBench::send(const SendCommandRequest &request)
{
    auto sent = trySend(request);
    if (!sent)
        qFatal("send: %s", sent.error().message.c_str());
    return *sent;
}

void CommandBench::commit()
{
    const auto flushed = database->flush();
    if (!flushed)
        qFatal("commit: %s", flushed.error().message.c_str());
}

void CommandBench::run()
{
    do {
        service->turn();
        fleet.deliver();
        service->turn();
        commit();
    } while (fleet.hasTraffic());
}

// ---- What came of it ----

Command CommandBench::command(const CommandId &id)
{
    auto found = service->command(admin, id);
    if (!found)
        qFatal("command: %s", found.error().message.c_str());
    return *found;
}

QList<Invocation> CommandBench::rows(const CommandId &id)
{
    auto found = service->invocationsOf(admin, id);
    if (!found)
        qFatal("rows: %s", found.error().message.c_str());
    return *found;
}

int CommandBench::count(const CommandId &id, InvocationState state)
{
    int found = 0;
    for (const Invocation &row : rows(id))
        found += row.state == state;
    return found;
}

Result<InvocationResult> CommandBench::tryResult(const CommandId &id, const QString &node,
                                                 const QString &step)
{
    const auto future = service->getCommandInvocation(admin, id, node, step);
    QElapsedTimer timer;
    timer.start();
    while (!future.isFinished() && timer.elapsed() < 10000)
        QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
    return future.result();
}

InvocationResult CommandBench::result(const CommandId &id, const NodeId &node, const QString &step)
{
    auto found = tryResult(id, toQString(node), step);
    if (!found)
        qFatal("result: %s", found.error().message.c_str());
    return *found;
}

QList<Event> CommandBench::events()
{
    auto found = eventBus->eventsSince(database->reader(), 0, 100'000);
    if (!found)
        qFatal("events: %s", found.error().message.c_str());
    return *found;
}

QStringList CommandBench::invocationEvents(const NodeId &node)
{
    QStringList details;
    for (const Event &event : events()) {
        if (event.detailType == u"EC2 Command Invocation Status-change Notification"_s
            && event.detail[u"instance-id"_s].toString() == toQString(node))
            details.append(event.detail[u"status-details"_s].toString());
    }
    return details;
}

QStringList CommandBench::commandEvents()
{
    QStringList details;
    for (const Event &event : events()) {
        if (event.detailType == u"EC2 Command Status-change Notification"_s)
            details.append(event.detail[u"status-details"_s].toString());
    }
    return details;
}
}
