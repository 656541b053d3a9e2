#pragma once
// What artifacts are for. By its kind one may be removed to make room, or not (spec/security-and-robustness.md R12). Plain values; any thread.

#include <QString>

#include <array>

namespace fb {

enum class ArtifactKind { Output, Recording, DocumentFile, AgentBuild, Other };
inline constexpr size_t kArtifactKinds = 5;

ArtifactKind artifactKindOf(const QString &owner); // of the artifact's owner, "runcommand/<command>/..."
QString artifactKindName(ArtifactKind kind); // as stored and told: "output", "document-file"

struct ArtifactUsage { // bytes
    std::array<qint64, kArtifactKinds> byKind {}; // open ones too
    qint64 of(ArtifactKind kind) const { return byKind[static_cast<size_t>(kind)]; }
    qint64 total() const;
    bool operator==(const ArtifactUsage &) const = default;
};

struct RemovedArtifacts {
    qint64 count = 0;
    qint64 bytes = 0;
};

}
