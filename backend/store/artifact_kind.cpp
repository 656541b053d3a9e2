#include "backend/store/artifact_kind.h"

#include <numeric>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    struct Kind {
        ArtifactKind kind;
        QLatin1String prefix; // of its owners
        QLatin1String name;
    };
    // resources/migrations/0067_artifact_space.sql has given the same names to what was there before.
    constexpr std::array kKinds {
        Kind {ArtifactKind::Output, QLatin1String("runcommand/"), QLatin1String("output")},
        Kind {ArtifactKind::Recording, QLatin1String("session/"), QLatin1String("recording")},
        Kind {ArtifactKind::DocumentFile, QLatin1String("document-file/"), QLatin1String("document-file")},
        Kind {ArtifactKind::AgentBuild, QLatin1String("agent-build/"), QLatin1String("agent-build")},
    };
}

ArtifactKind artifactKindOf(const QString &owner)
{
    for (const Kind &each : kKinds) {
        if (owner.startsWith(each.prefix))
            return each.kind;
    }
    return ArtifactKind::Other;
}

QString artifactKindName(ArtifactKind kind)
{
    for (const Kind &each : kKinds) {
        if (each.kind == kind)
            return each.name;
    }
    return u""_s; // null is no text to the store
}

qint64 ArtifactUsage::total() const { return std::accumulate(byKind.begin(), byKind.end(), qint64(0)); }

}
