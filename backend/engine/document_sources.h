#pragma once
// The document store behind the interfaces of Run Command and Session Manager: who may read, and of which type. Engine thread.

#include "backend/documents/document_service.h"
#include "backend/nodes/agentbuilds/agent_build_service.h"
#include "backend/nodes/runcommand/command_sources.h"
#include "backend/nodes/sessions/session_sources.h"
#include "backend/security/access.h"

namespace fb {

// Published builds of the agent, as Run Command asks for them.
class OfferedBuilds final : public CommandAgentBuilds
{
public:
    explicit OfferedBuilds(const AgentBuildService &builds) : m_builds(builds) { }
    Result<std::vector<wire::AgentBuild>> offeredBuilds() override { return m_builds.offered(); }

private:
    const AgentBuildService &m_builds;
};

class DocumentSources final : public CommandDocuments, public SessionDocuments
{
public:
    DocumentSources(DocumentService &documents, Database &database, const Access &access)
        : m_documents(documents),
          m_database(database),
          m_access(access)
    {
    }

    Result<SendableDocument> documentToSend(const Principal &who, const QString &name, const QString &version,
                                            const QString &hash, const QString &hashType) override;
    Result<SendableDocument> documentToRead(const Principal &who, const QString &name,
                                            const QString &version) override;
    Result<ResolvedSessionDocument> sessionDocument(const Principal &who, const QString &name) override;
    std::shared_ptr<const Document> preferencesDocument() override;

private:
    Result<ResolvedDocument> resolved(const Principal &who, const QString &name, const QString &version,
                                      const QString &hash);

    DocumentService &m_documents;
    Database &m_database;
    const Access &m_access;
};

}
