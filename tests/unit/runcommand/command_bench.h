#pragma once
// Run Command with a store, an outbox and simulated nodes, in virtual time: everything of the engine side but sockets. It can be killed
// at any point and started again on the same rows, while the nodes go on.

#include "backend/nodes/runcommand/run_command_service.h"
#include "tests/support/fake_directory.h"
#include "tests/support/fake_fleet.h"
#include "tests/support/test_database.h"

#include <QSignalSpy>

#include <map>
#include <memory>

namespace fb::test {

// Documents by name, as texts.
class FakeDocuments final : public CommandDocuments
{
public:
    FakeDocuments();
    void add(const QString &name, const QString &content);
    void attach(const QString &name, const QList<SendableFile> &files) { m_files[name] = files; }
    Result<SendableDocument> documentToSend(const Principal &who, const QString &name, const QString &version,
                                            const QString &hash, const QString &hashType) override;

private:
    std::map<QString, QString> m_documents;
    std::map<QString, QList<SendableFile>> m_files;
};

// Everything but nodes whose tag Env is in `deniedEnvironments`.
class FakeAccess final : public Access
{
public:
    Result<void> check(const Principal &who, Action action, const AccessTarget &target) const override;
    QStringList deniedEnvironments;
    QStringList deniedDocuments;
};

class FakeParameters final : public CommandParameterValues
{
public:
    Result<QString> parameterValue(const Principal &who, const QString &name,
                                   const QString &selector) override;
    QStringList readers; // who asked
    std::map<QString, QString> values;
    int reads = 0;
};

class FakeAlarms final : public CommandAlarms
{
public:
    std::optional<State> alarmState(const QString &name) const override;
    std::map<QString, State> states;
};

class FakeNotifier final : public CommandNotifier
{
public:
    bool knowsChannel(const QString &arn) const override
    {
        return arn == QStringLiteral("arn:aws:sns:xx:0:ops");
    }
    Result<void> notify(Transaction &, const QString &, const QJsonObject &message) override
    {
        messages.append(message);
        return {};
    }
    QList<QJsonObject> messages;
};

// Streams of output, answered by the recorder.
class FakeOutputChannel final : public OutputChannel
{
public:
    struct Stream {
        bool refused = false;
        uint64_t receiveFrom = 0;
        uint64_t granted = 0; // window and credit
        uint64_t acknowledged = 0;
    };
    void accept(const OutputStreamId &stream, uint64_t window, uint64_t receiveFrom) override;
    void refuse(const OutputStreamId &stream, std::string_view code, std::string_view text) override;
    void acknowledge(const OutputStreamId &stream, uint64_t offset) override;
    void grant(const OutputStreamId &stream, uint64_t bytes) override;
    std::map<OutputStreamId, Stream> streams;
};

class CommandBench
{
public:
    explicit CommandBench(const QString &databaseKind, RunCommandSettings settings = {});
    ~CommandBench();

    // ---- The engine
    void start();
    void restart(); // what was written is kept
    // Kill -9: nothing of the open batch is kept, or all of it but nothing that was to follow. The nodes go on.
    enum class Kill { BeforeCommit, AfterCommit };
    void kill(Kill how);
    void advance(Microseconds time); // and lets time-outs fire

    // ---- Nodes: mi-0...1 to mi-0...count
    QList<NodeId> addNodes(int count, bool connected = true, const QMap<QString, QString> &tags = {});
    static NodeId node(int number) { return FakeDirectory::nodeId(number); }
    void connectNode(const NodeId &id);
    void disconnectNode(const NodeId &id);

    // ---- Work
    SendCommandRequest shellRequest(const QString &script = QStringLiteral("echo hi")) const;
    Result<Command> trySend(const SendCommandRequest &request);
    Command send(const SendCommandRequest &request);
    SendCommandRequest toAll(const QString &maxConcurrency = QStringLiteral("50"),
                             const QString &maxErrors = QStringLiteral("0")) const;
    void commit();
    void run(); // until nothing moves any more

    // ---- What came of it
    Command command(const CommandId &id);
    QList<Invocation> rows(const CommandId &id);
    int count(const CommandId &id, InvocationState state);
    InvocationResult result(const CommandId &id, const NodeId &node, const QString &step = {});
    Result<InvocationResult> tryResult(const CommandId &id, const QString &node, const QString &step = {});
    QList<Event> events();
    QStringList invocationEvents(const NodeId &node); // status-details, in order
    QStringList commandEvents();

    TestDatabase database;
    FakeFleet fleet;
    FakeDirectory directory;
    FakeDocuments documents;
    FakeAccess access;
    FakeParameters parameters;
    FakeAlarms alarms;
    FakeNotifier notifier;
    FakeOutputChannel outputChannel;
    QString spaceWarning; // to whom sends a command
    RunCommandSettings settings;
    Principal admin {
        .name = QStringLiteral("ada"), .role = Role::Administrator, .source = QStringLiteral("test")};

    std::unique_ptr<EventBus> eventBus;
    std::unique_ptr<AuditLog> audit;
    std::unique_ptr<ArtifactStore> artifacts;
    std::unique_ptr<PagingTokens> tokens;
    std::unique_ptr<OrderOutbox> outbox;
    std::unique_ptr<RunCommandService> service;

private:
    void stop();
    int m_killFinisher = 0;
};

}
