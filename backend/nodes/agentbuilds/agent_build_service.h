#pragma once
// Builds of the agent, published for aws:updateSsmAgent (spec/documents.md 3.12), and the public half of the key that signs them. The engine
// checks each signature when a build is added; nodes check it again with the key they got when they were registered. Engine thread.

#include "backend/nodes/agentbuilds/agent_build_repository.h"
#include "backend/protocol/flagbridge.pb.h"
#include "backend/security/access.h"
#include "backend/security/principal.h"
#include "backend/store/artifact_store.h"
#include "backend/store/database.h"

#include <QObject>

namespace fb {

class AuditLog;
class EventBus;

class AgentBuildService : public QObject
{
    Q_OBJECT

public:
    struct Parts { // borrowed for life
        Database &database;
        ArtifactStore &artifacts;
        AuditLog &audit;
        EventBus &events;
        const Access &access;
        const Clock &clock;
    };
    static constexpr qsizetype kMostBuilds = 200; // they go with each order of an update

    explicit AgentBuildService(Parts parts, QObject *parent = nullptr);

    Result<AgentBuildList> listAgentBuilds(const Principal &who) const;
    // Before the bytes are taken: may `who`, is it well formed, signed by the release key, and not there yet. ValidationException naming the
    // field, ConflictException.
    Result<void> checkAgentBuild(const Principal &who, const AgentBuild &build);
    // After they have become the sealed artifact agentBuildArtifact(sha256) of that hash and size.
    Result<AgentBuild> addAgentBuild(const Principal &who, AgentBuild build);
    // ResourceNotFoundException. Updates that are under way may fail for it.
    Result<void> removeAgentBuild(const Principal &who, const AgentBuildName &name);
    // 32 bytes. Nodes keep the one they were registered with.
    Result<void> setReleaseKey(const Principal &who, const QByteArray &key);

    bool isSignedByReleaseKey(const AgentBuild &build) const; // the one that is set now

    ArtifactStore &artifacts() { return m_parts.artifacts; }
    Database &database() { return m_parts.database; }
    Result<bool> isPublished(const QString &sha256) const;

    // ---- For enrolment and for orders
    std::string releaseKey() const; // empty: none
    Result<std::vector<wire::AgentBuild>> offered() const;

signals:
    void agentBuildsChanged(); // after commit

private:
    Result<void> allowed(const Principal &who, Action action, const QString &target);
    void note(Transaction &tx, const Principal &who, Action action, const QString &target,
              const QJsonObject &diff);
    Result<void> publish(Transaction &tx, const AgentBuild &build, const QString &state);

    Parts m_parts;
    AgentBuildRepository m_rows;
};

}
