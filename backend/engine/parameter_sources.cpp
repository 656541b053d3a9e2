#include "backend/engine/parameter_sources.h"

#include "backend/core/byte_encoding.h"
#include "backend/protocol/flagbridge.pb.h"
#include "backend/store/artifact_owners.h"

namespace fb {

using namespace Qt::StringLiterals;

QList<OfferedAgent> offeredAgents(const AgentBuildService &builds)
{
    QList<OfferedAgent> agents;
    const auto offered = builds.offered();
    if (!offered)
        return agents;
    for (const wire::AgentBuild &build : *offered) {
        const QString sha256 = toQString(toHex(build.sha256()));
        agents.append({.platform = toQString(build.platform()).toLower(),
                       .architecture = toQString(build.architecture()),
                       .version = toQString(build.version()),
                       .url = u"artifact://"_s + agentBuildArtifact(sha256),
                       .sha256 = sha256});
    }
    return agents;
}

}
