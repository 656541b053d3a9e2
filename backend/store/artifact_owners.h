#pragma once
// Owners of artifacts that orders hand to nodes: one artifact for all that have the same bytes, so that it is named by them. Any thread.

#include <QString>

namespace fb {

inline QString agentBuildArtifact(const QString &sha256) { return QStringLiteral("agent-build/") + sha256; }
inline QString documentFileArtifact(const QString &sha256)
{
    return QStringLiteral("document-file/") + sha256;
}

}
