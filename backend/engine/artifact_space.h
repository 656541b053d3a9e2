#pragma once
// Room for artifacts (spec/security-and-robustness.md R12). Watches what they take against the fleet's limits and the disk; beyond one, the oldest of
// a kind that may go are removed until a tenth of it is free again, those of the first kind before any of the next. Commands are taken all the
// while, with a warning. What may not go is refused instead. A crash between two removals loses none of their count. Engine thread.

#include "backend/core/error.h"
#include "backend/engine/artifact_sweep_repository.h"
#include "backend/store/artifact_store.h"

#include <QElapsedTimer>
#include <QJsonObject>
#include <QObject>
#include <QSet>
#include <QTimer>
#include <QUuid>

#include <functional>
#include <optional>
#include <vector>

namespace fb {

class AuditLog;
class EventBus;

inline constexpr ErrorCode kServiceQuotaExceeded {"ServiceQuotaExceededException"};

struct ArtifactLimits { // bytes
    qint64 total = 0;
    std::array<qint64, kArtifactKinds> byKind {}; // 0: none of its own
    qint64 leastFree = 0; // of the disk; 0: not looked at
    bool mayRemoveRecordings = false;
    qint64 of(ArtifactKind kind) const { return byKind[static_cast<size_t>(kind)]; }
    bool operator==(const ArtifactLimits &) const = default;
};

enum class ArtifactLimit { None, Disk, Total, Outputs, Recordings };

struct ArtifactSpaceState {
    ArtifactUsage usage;
    ArtifactLimits limits;
    std::optional<qint64> freeBytes; // of the disk; nothing: it is another machine's
    ArtifactLimit full = ArtifactLimit::None; // that is passed, or was and little room has come since
    bool canRemove = true; // there was something to remove when it was last passed
    RemovedArtifacts removed; // by the last sweep
    std::optional<Instant> removedAt;
    bool operator==(const ArtifactSpaceState &other) const
    {
        return usage == other.usage && limits == other.limits && freeBytes == other.freeBytes
            && full == other.full && canRemove == other.canRemove && removedAt == other.removedAt;
    }
};

class ArtifactSpace : public QObject
{
    Q_OBJECT

public:
    struct Parts { // borrowed for life
        Database &database;
        ArtifactStore &artifacts;
        EventBus &events;
        AuditLog &audit;
        const Clock &clock;
        std::function<std::optional<qint64>()> freeBytes; // of the artifacts' disk
    };
    // The oldest, until so many bytes are freed, some hundred at most; none: none is left.
    using RemoveOldest = std::function<Result<RemovedArtifacts>(Transaction &tx, qint64 bytes)>;

    explicit ArtifactSpace(Parts parts, QObject *parent = nullptr);

    void addRemovable(ArtifactKind kind, RemoveOldest removeOldest); // in the order in which they go
    Result<void> start(); // tells of what an earlier run removed before it was killed
    void setLimits(const ArtifactLimits &limits);
    void look(); // measures now; by itself while artifacts grow, and twice a minute

    const ArtifactSpaceState &state() const { return m_state; }
    QString warning() const; // to whom sends a command; empty: there is room
    Result<void> admit(ArtifactKind kind, qint64 bytes); // they count from now on

signals:
    void changed(); // state()
    void looked(); // and began to make room, if it must

private:
    struct Need {
        ArtifactKind kind = ArtifactKind::Other;
        qint64 bytes = 0;
    };

    void lookSoon();
    void measured(const Result<ArtifactUsage> &usage);
    ArtifactLimit passed(double share) const;
    bool isBeyond(qint64 used, qint64 limit, double share) const;
    std::optional<Need> need() const;
    bool mayGo(ArtifactKind kind) const;
    void removeSome(const Need &need);
    // Of engines that share a store one sweeps at a time: false while another does. What one that is gone has removed is told.
    Result<bool> takeTurn(Transaction &tx);
    bool isAnothers(const QJsonObject &sweep) const; // who is at it now
    Result<void> noteRemoved(Transaction &tx, ArtifactKind kind, const RemovedArtifacts &removed);
    Result<void> tell(Transaction &tx, const QJsonObject &sweep);
    void endSweep();

    Parts m_parts;
    ArtifactSweepRepository m_sweeps;
    ArtifactSpaceState m_state;
    struct Removable {
        ArtifactKind kind;
        RemoveOldest removeOldest;
    };
    std::vector<Removable> m_removable;
    QSet<int> m_exhausted; // kinds of which this sweep has found no more
    QTimer m_regular;
    QTimer m_soon;
    std::array<qint64, kArtifactKinds> m_admitted {}; // bytes, since the last measurement began
    std::array<qint64, kArtifactKinds> m_admittedBefore {}; // before the one that runs
    QElapsedTimer m_measuring;
    bool m_isMeasuring = false;
    bool m_isSweeping = false;
    const QString m_engine = QUuid::createUuid().toString(QUuid::WithoutBraces);
    QJsonObject m_sweep; // what it has removed so far, as stored
};

}
