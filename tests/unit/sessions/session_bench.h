#pragma once
// A SessionService on a fresh store, with nodes, documents and clients that do what a test tells them.

#include "backend/nodes/sessions/session_service.h"

#include "tests/support/scripted_access.h"
#include "tests/support/test_database.h"

#include <QJsonObject>

namespace fb::test {

class OneNodeDirectory final : public NodeDirectory
{
public:
    DirectoryNode node;
    const DirectoryNode *find(const NodeId &id) const override { return id == node.id ? &node : nullptr; }
    const DirectoryNode *findBySourceId(const QString &) const override { return nullptr; }
    void forEach(const std::function<void(const DirectoryNode &)> &visit) const override { visit(node); }
    std::optional<QList<NodeId>> resourceGroup(const QString &) const override { return std::nullopt; }
};

class FakeSessionDocuments final : public SessionDocuments
{
public:
    void put(const QString &name, const QByteArray &yaml);
    Result<ResolvedSessionDocument> sessionDocument(const Principal &who, const QString &nameOrArn) override;
    std::shared_ptr<const Document> preferencesDocument() override;

private:
    QHash<QString, std::shared_ptr<const Document>> m_documents;
};

// What the service did with its streams, in order.
class FakeSessionChannel final : public SessionChannel
{
public:
    struct Opened {
        SessionStream stream = 0;
        NodeId node;
        wire::Open open;
        bool resumed = false;
    };

    bool isConnected(const NodeId &) const override { return connected; }
    std::optional<Instant> lastHeardAt(const NodeId &) const override { return heardAt; }
    Result<SessionStream> openTerminal(const NodeId &node, const wire::Open &open, bool resumed) override;
    Result<SessionStream> openForward(const NodeId &node, const wire::Open &open) override;
    bool write(SessionStream stream, std::string bytes) override;
    void finish(SessionStream stream, const wire::Fin &fin) override;
    void reset(SessionStream stream, const QString &code, const QString &text) override;
    void acknowledge(SessionStream stream, quint64 offset) override;
    void grant(SessionStream stream, quint64 bytes) override;
    void resize(SessionStream stream, quint32 columns, quint32 rows) override;
    void forget(SessionStream) override { }

    bool connected = true;
    bool takesInput = true;
    std::optional<Instant> heardAt;
    QList<Opened> opened;
    QHash<SessionStream, QByteArray> written;
    QHash<SessionStream, quint64> acknowledged;
    QHash<SessionStream, quint64> granted;
    QStringList said; // "finish 1 terminated", "reset 2 terminated", "resize 1 132x43"

private:
    SessionStream m_next = 1;
};

class FakeSessionClient final : public SessionClient
{
public:
    void sessionOutput(const QByteArray &bytes) override { output += bytes; }
    void sessionChanged(const Session &session) override { states.append(enumName(session.status)); }
    void sessionInputWritable() override { ++writable; }
    void sessionTakenOver() override { takenOver = true; }

    QByteArray output;
    QStringList states;
    int writable = 0;
    bool takenOver = false;
};

class SessionBench
{
public:
    explicit SessionBench(const QString &database = QStringLiteral("sqlite"), SessionSettings settings = {});
    ~SessionBench();

    void restartEngine(); // a clean stop and a new engine on the same store
    void crashEngine(); // what was not durable is gone
    void settle(); // commits, and runs what waits for it
    void pass(std::chrono::seconds time); // second by second, with tick()
    void nodeComes(const QList<wire::StreamState> &terminals = {}, const QByteArray &bootId = "boot-1");
    void nodeGoes();
    static wire::StreamState terminal(const wire::Open &open, quint64 firstKept, quint64 next,
                                      quint64 received);

    SessionId start(const StartSessionRequest &request = {}); // by alice; it must succeed
    SessionId connect(FakeSessionClient &client); // started, opened and attached
    void open(quint64 inputFrom = 0, const char *note = "runs as nobody"); // OPENED for the newest OPEN
    void output(const QByteArray &bytes); // from the newest stream
    void exitShell(int code);
    quint64 acknowledged() const { return channel.acknowledged.value(channel.opened.last().stream); }
    SessionStream stream() const { return channel.opened.last().stream; }
    Session session(const SessionId &id) { return *service->session(id); }

    QList<QJsonObject> events(const QString &detailType); // their details, in order
    QStringList auditActions(); // "alice ssm:StartSession Success", oldest first
    Result<QByteArray> recording(const SessionId &id);
    Result<QByteArray> provenPart(const SessionId &id);

    TestDatabase db;
    FakeSessionChannel channel;
    OneNodeDirectory nodes;
    FakeSessionDocuments documents;
    ScriptedAccess access;
    Principal alice {
        .name = QStringLiteral("alice"), .role = Role::Operator, .source = QStringLiteral("console")};
    Principal bob {
        .name = QStringLiteral("bob"), .role = Role::Operator, .source = QStringLiteral("console")};
    Principal root {
        .name = QStringLiteral("root"), .role = Role::Administrator, .source = QStringLiteral("control")};
    std::unique_ptr<Vault> vault;
    std::unique_ptr<EventBus> bus;
    std::unique_ptr<AuditLog> audit;
    std::unique_ptr<PagingTokens> tokens;
    std::unique_ptr<ArtifactStore> artifacts;
    std::unique_ptr<SessionService> service;

private:
    void build();

    SessionSettings m_settings;
    QHash<SessionStream, quint64> m_offsets; // of what the terminals wrote
};

}
