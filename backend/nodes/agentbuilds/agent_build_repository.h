#pragma once
// The tables of agent builds and of the release key. Engine thread.

#include "backend/nodes/agentbuilds/agent_build.h"
#include "backend/store/transaction.h"

namespace fb {

class AgentBuildRepository
{
public:
    Result<void> insert(Transaction &tx, const AgentBuild &build);
    Result<std::optional<AgentBuild>> find(Reader &reader, const AgentBuildName &name) const;
    Result<QList<AgentBuild>> all(Reader &reader) const; // in no order
    Result<void> remove(Transaction &tx, const AgentBuildName &name);
    Result<bool> isUsed(Reader &reader, const QString &sha256) const;

    Result<ReleaseKey> releaseKey(Reader &reader) const; // 32 bytes, or none
    Result<void> setReleaseKey(Transaction &tx, const QByteArray &key, Instant at, const QString &by);
};

}
