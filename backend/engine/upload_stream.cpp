#include "backend/engine/upload_stream.h"

#include "backend/documents/document_attachments.h"
#include "backend/nodes/agentbuilds/agent_build_service.h"
#include "backend/store/artifact_owners.h"

namespace fb {

using namespace Qt::StringLiterals;

UploadPlan agentBuildUpload(AgentBuildService &builds, const Principal &who, const QJsonObject &input)
{
    const AgentBuild build {.version = input[u"Version"].toString(),
                            .platform = input[u"Platform"].toString(),
                            .architecture = input[u"Architecture"].toString(),
                            .sha256 = input[u"Sha256"].toString().toLower(),
                            .size = input[u"Size"].toInteger(),
                            .signature = input[u"Signature"].toString()};
    return {.owner = agentBuildArtifact(build.sha256),
            .size = build.size,
            .check = [&builds, who, build] { return builds.checkAgentBuild(who, build); },
            .publish =
                [&builds, who, build] {
                    return builds.addAgentBuild(who, build).map([](const AgentBuild &added) {
                        return toJson(added);
                    });
                }};
}

UploadPlan artifactUpload(DocumentAttachments &attachments, const Principal &who, const QJsonObject &input)
{
    const ArtifactEntry entry {.folder = input[u"Folder"].toString(),
                               .name = input[u"Name"].toString(),
                               .sha256 = input[u"Sha256"].toString().toLower(),
                               .size = input[u"Size"].toInteger()};
    return {.owner = documentFileArtifact(entry.sha256),
            .size = entry.size,
            .check = [&attachments, who, entry] { return attachments.checkArtifact(who, entry); },
            .publish =
                [&attachments, who, entry] {
                    return attachments.putArtifact(who, entry).map([](const ArtifactEntry &put) {
                        return toJson(put);
                    });
                }};
}

UploadStream::UploadStream(ArtifactStore &artifacts, Database &database, UploadPlan plan)
    : m_plan(std::move(plan)),
      m_upload(artifacts, database, m_plan.owner, m_plan.size)
{
    connect(&m_upload, &ArtifactUpload::taken, this, [this](qint64 bytes) {
        emit event({{u"Taken"_s, bytes}});
    });
    connect(&m_upload, &ArtifactUpload::sealed, this, [this](const Result<ArtifactInfo> &outcome) {
        if (!outcome)
            return emit finished(outcome.error());
        publish();
    });
}

void UploadStream::receive(const QJsonObject &input)
{
    if (!std::exchange(m_started, true))
        return start();
    if (m_ended || !input[u"Bytes"].isString())
        return;
    if (auto taken = m_upload.take(QByteArray::fromBase64(input[u"Bytes"].toString().toLatin1())); !taken) {
        m_ended = true;
        emit finished(taken.error());
    }
}

void UploadStream::start()
{
    const auto sound = m_plan.check();
    const auto isThere = sound ? m_upload.begin() : Result<bool>(sound.error());
    if (!isThere) {
        m_ended = true;
        return emit finished(isThere.error());
    }
    if (*isThere)
        publish();
}

void UploadStream::publish()
{
    m_ended = true;
    emit finished(m_plan.publish());
}

}
