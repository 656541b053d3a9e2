#pragma once
// Files that come over the control socket: AddAgentBuild {"Version", "Platform", "Architecture", "Sha256", "Size", "Signature"} and PutArtifact
// {"Folder", "Name", "Sha256", "Size"}. Then {"Bytes": base64} as long as the file is, each answered by the event {"Taken": bytes so far}. The
// answer is what was made of it. Engine thread.

#include "backend/control/control_server.h"
#include "backend/store/artifact_upload.h"

namespace fb {

class AgentBuildService;
class DocumentAttachments;

struct UploadPlan {
    QString owner; // of the artifact
    qint64 size = 0;
    std::function<Result<void>()> check; // before the first byte
    std::function<Result<QJsonObject>()> publish; // after the last
};
UploadPlan agentBuildUpload(AgentBuildService &builds, const Principal &who, const QJsonObject &input);
UploadPlan artifactUpload(DocumentAttachments &attachments, const Principal &who, const QJsonObject &input);

class UploadStream : public ControlStream
{
    Q_OBJECT

public:
    UploadStream(ArtifactStore &artifacts, Database &database, UploadPlan plan);
    void receive(const QJsonObject &input) override; // the first call is the start

private:
    void start();
    void publish();

    UploadPlan m_plan;
    ArtifactUpload m_upload;
    bool m_started = false;
    bool m_ended = false;
};

}
