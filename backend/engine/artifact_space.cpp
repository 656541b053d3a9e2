#include "backend/engine/artifact_space.h"

#include "backend/base/fail.h"
#include "backend/base/on_result.h"
#include "backend/core/time_text.h"
#include "backend/events/event_bus.h"
#include "backend/security/access.h"
#include "backend/security/audit_log.h"

#include <QLoggingCategory>

#include <numeric>

namespace fb {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

Q_LOGGING_CATEGORY(spaceLog, "fb.engine.space")

namespace {
    constexpr auto kRegularly = 30s;
    constexpr auto kSoon = 2s;
    constexpr int kMeasuringShare
        = 20; // of the time that passes, at most one part of so many is spent on measuring
    constexpr qint64 kSweepLock = 5060731474; // on PostgreSQL, of all engines
    constexpr auto kTurn = 3min; // an engine that has not gone on with its sweep for so long is gone
    constexpr double kBegins = 1.0; // of a limit
    constexpr double kLow = 0.9; // a sweep goes on until there
    constexpr double kFullUntil
        = 0.85; // lower than a sweep goes: a store that fills again and again stays full

    QString limitName(ArtifactLimit limit)
    {
        switch (limit) {
        case ArtifactLimit::Disk:
            return u"least free space of the disk"_s;
        case ArtifactLimit::Total:
            return u"limit of all artifacts"_s;
        case ArtifactLimit::Outputs:
            return u"limit of outputs"_s;
        case ArtifactLimit::Recordings:
            return u"limit of recordings"_s;
        case ArtifactLimit::None:
            break;
        }
        return {};
    }

    QString mebibytes(qint64 bytes) { return QString::number((bytes + (1 << 20) - 1) >> 20); }

    qint64 sumOf(const QJsonObject &sweep, const QString &what) { return sweep.value(what).toInteger(); }
}

ArtifactSpace::ArtifactSpace(Parts parts, QObject *parent) : QObject(parent), m_parts(std::move(parts))
{
    m_regular.setInterval(kRegularly);
    connect(&m_regular, &QTimer::timeout, this, &ArtifactSpace::look);
    m_soon.setSingleShot(true);
    m_soon.setInterval(kSoon);
    connect(&m_soon, &QTimer::timeout, this, &ArtifactSpace::look);
    connect(&m_parts.artifacts, &ArtifactStore::durable, this, &ArtifactSpace::lookSoon);
    connect(&m_parts.artifacts, &ArtifactStore::writeFailed, this, &ArtifactSpace::lookSoon);
}

void ArtifactSpace::addRemovable(ArtifactKind kind, RemoveOldest removeOldest)
{
    m_removable.push_back({kind, std::move(removeOldest)});
}

Result<void> ArtifactSpace::start()
{
    const auto left = m_sweeps.find(m_parts.database.reader());
    if (!left)
        return left.error();
    m_regular.start();
    lookSoon();
    if (!*left || isAnothers(**left))
        return {};
    QJsonObject sweep = **left;
    sweep.insert(u"interrupted"_s, true);
    return m_parts.database.write([&](Transaction &tx) { return tell(tx, sweep); });
}

void ArtifactSpace::setLimits(const ArtifactLimits &limits)
{
    if (limits == m_state.limits)
        return;
    m_state.limits = limits;
    emit changed();
    look();
}

void ArtifactSpace::lookSoon()
{
    if (!m_soon.isActive() && !m_isMeasuring)
        m_soon.start();
}

void ArtifactSpace::look()
{
    if (m_isMeasuring)
        return;
    m_isMeasuring = true;
    m_measuring.start();
    m_admittedBefore = m_admitted;
    onResult(m_parts.artifacts.usage(), this,
             [this](const Result<ArtifactUsage> &usage) { measured(usage); });
}

void ArtifactSpace::measured(const Result<ArtifactUsage> &usage)
{
    m_isMeasuring = false;
    m_soon.setInterval(std::max<std::chrono::milliseconds>(
        kSoon, std::chrono::milliseconds(m_measuring.elapsed() * kMeasuringShare)));
    if (!usage) {
        qCWarning(spaceLog) << "artifacts cannot be measured:" << usage.error().message.c_str();
        return;
    }
    const ArtifactSpaceState before = m_state;
    m_state.usage = *usage;
    for (size_t kind = 0; kind < kArtifactKinds; ++kind)
        m_admitted[kind] -= m_admittedBefore[kind];
    m_state.freeBytes = m_parts.freeBytes ? m_parts.freeBytes() : std::nullopt;
    const ArtifactLimit now = passed(kBegins);
    if (now != ArtifactLimit::None) {
        m_isSweeping = true;
        m_state.full = now;
    } else if (passed(kFullUntil) == ArtifactLimit::None) {
        m_state.full = ArtifactLimit::None;
        m_state.canRemove = true;
    }
    const auto more = m_isSweeping ? need() : std::nullopt;
    if (now != ArtifactLimit::None)
        m_state.canRemove = more.has_value() || !m_sweep.isEmpty();
    if (m_state != before)
        emit changed();
    const bool wouldFree = !m_parts.artifacts.keepsAllBytes(); // a backup reads them
    if (more && wouldFree)
        removeSome(*more);
    else if (!more)
        endSweep();
    emit looked();
}

bool ArtifactSpace::isBeyond(qint64 used, qint64 limit, double share) const
{
    return limit > 0 && static_cast<double>(used) > static_cast<double>(limit) * share;
}

// A limit of which more than this share is taken; of the disk, that as much less than its least is free.
ArtifactLimit ArtifactSpace::passed(double share) const
{
    const ArtifactLimits &limits = m_state.limits;
    const auto least = static_cast<qint64>(static_cast<double>(limits.leastFree) * (2.0 - share));
    if (m_state.freeBytes && limits.leastFree > 0 && *m_state.freeBytes < least)
        return ArtifactLimit::Disk;
    if (isBeyond(m_state.usage.total(), limits.total, share))
        return ArtifactLimit::Total;
    if (isBeyond(m_state.usage.of(ArtifactKind::Output), limits.of(ArtifactKind::Output), share))
        return ArtifactLimit::Outputs;
    if (isBeyond(m_state.usage.of(ArtifactKind::Recording), limits.of(ArtifactKind::Recording), share))
        return ArtifactLimit::Recordings;
    return ArtifactLimit::None;
}

bool ArtifactSpace::mayGo(ArtifactKind kind) const
{
    return !m_exhausted.contains(static_cast<int>(kind))
        && (kind != ArtifactKind::Recording || m_state.limits.mayRemoveRecordings);
}

std::optional<ArtifactSpace::Need> ArtifactSpace::need() const
{
    const auto above = [](qint64 used, qint64 limit) {
        return limit > 0 ? used - static_cast<qint64>(static_cast<double>(limit) * kLow) : 0;
    };
    for (const Removable &each : m_removable) {
        const qint64 bytes = above(m_state.usage.of(each.kind), m_state.limits.of(each.kind));
        if (bytes > 0 && mayGo(each.kind))
            return Need {each.kind, bytes};
    }
    qint64 bytes = above(m_state.usage.total(), m_state.limits.total);
    if (m_state.freeBytes && m_state.limits.leastFree > 0)
        bytes = std::max(bytes,
                         static_cast<qint64>(static_cast<double>(m_state.limits.leastFree) * (2.0 - kLow))
                             - *m_state.freeBytes);
    for (const Removable &each : m_removable) {
        if (bytes > 0 && mayGo(each.kind))
            return Need {each.kind, bytes};
    }
    return std::nullopt;
}

bool ArtifactSpace::isAnothers(const QJsonObject &sweep) const
{
    return m_parts.database.dialect() == Dialect::Postgres && sweep.value(u"engine"_s).toString() != m_engine
        && sweep.value(u"until"_s).toInteger() > toMicros(m_parts.clock.now());
}

Result<bool> ArtifactSpace::takeTurn(Transaction &tx)
{
    if (tx.dialect() != Dialect::Postgres)
        return true; // this engine alone has the store
    const auto mine = tx.number(tryJobLock(tx.dialect(), kSweepLock));
    if (!mine)
        return mine.error();
    const auto present = m_sweeps.find(tx);
    if (!present)
        return present.error();
    if (*mine != 1 || (*present && isAnothers(**present)))
        return false;
    if (!*present || (**present).value(u"engine"_s).toString() == m_engine)
        return true;
    QJsonObject left = **present;
    left.insert(u"interrupted"_s, true);
    return tell(tx, left).map([] { return true; });
}

void ArtifactSpace::removeSome(const Need &need)
{
    const auto removable = std::find_if(m_removable.begin(), m_removable.end(),
                                        [&](const Removable &each) { return each.kind == need.kind; });
    const QJsonObject before = m_sweep;
    bool isMyTurn = true;
    const auto removed = m_parts.database.write([&](Transaction &tx) -> Result<RemovedArtifacts> {
        const auto turn = takeTurn(tx);
        if (!turn)
            return turn.error();
        isMyTurn = *turn;
        if (!isMyTurn)
            return RemovedArtifacts {};
        auto some = removable->removeOldest(tx, need.bytes);
        if (!some || some->count == 0)
            return some;
        tx.onRolledBack([this, before](const Error &) { m_sweep = before; });
        if (auto noted = noteRemoved(tx, need.kind, *some); !noted)
            return noted.error();
        return some;
    });
    if (!removed) {
        m_sweep = before;
        qCWarning(spaceLog) << "no room can be made:" << removed.error().message.c_str();
        return; // the next look tries again
    }
    if (!isMyTurn)
        return; // a later look sees what the other has done
    if (removed->count == 0)
        m_exhausted.insert(static_cast<int>(need.kind));
    m_parts.database.whenCommitted([this](const Result<void> &kept) {
        if (kept)
            m_parts.artifacts.whenDiscarded([this] { look(); });
    });
}

// What the sweep has removed so far stands beside it: whoever is killed now tells of it at the next start.
Result<void> ArtifactSpace::noteRemoved(Transaction &tx, ArtifactKind kind, const RemovedArtifacts &removed)
{
    if (m_sweep.isEmpty())
        m_sweep = {{u"reason"_s, limitName(m_state.full)},
                   {u"began"_s, toQString(toIso8601Millis(m_parts.clock.now()))}};
    const QString count = artifactKindName(kind) + u"s-removed"_s;
    m_sweep.insert(count, sumOf(m_sweep, count) + removed.count);
    m_sweep.insert(u"removed-bytes"_s, sumOf(m_sweep, u"removed-bytes"_s) + removed.bytes);
    m_sweep.insert(u"engine"_s, m_engine);
    m_sweep.insert(u"until"_s, static_cast<qint64>(toMicros(m_parts.clock.now() + kTurn)));
    return m_sweeps.put(tx, m_sweep);
}

// One event and one entry for all of a sweep.
Result<void> ArtifactSpace::tell(Transaction &tx, const QJsonObject &stored)
{
    QJsonObject sweep = stored;
    sweep.remove(u"engine"_s);
    sweep.remove(u"until"_s);
    if (auto published = m_parts.events.publish(
            tx, {.detailType = u"Artifact Space Reclaimed"_s, .resources = {}, .detail = sweep});
        !published)
        return published;
    m_parts.audit.append(tx,
                         {.who = enginePrincipal(),
                          .action = u"flagbridge:ArtifactsRemoved"_s,
                          .target = u"artifact-store"_s,
                          .diff = sweep});
    return m_sweeps.remove(tx);
}

void ArtifactSpace::endSweep()
{
    if (!std::exchange(m_isSweeping, false))
        return;
    m_exhausted.clear();
    if (m_sweep.isEmpty())
        return;
    const QJsonObject sweep = std::exchange(m_sweep, {});
    const auto told = m_parts.database.write([&](Transaction &tx) {
        tx.onRolledBack([this, sweep](const Error &) { m_sweep = sweep; }); // told with the next
        return tell(tx, sweep);
    });
    if (!told) {
        m_sweep = sweep;
        qCWarning(spaceLog) << "a sweep was not recorded:" << told.error().message.c_str();
        return;
    }
    m_state.removed = {sumOf(sweep, u"outputs-removed"_s) + sumOf(sweep, u"recordings-removed"_s),
                       sumOf(sweep, u"removed-bytes"_s)};
    m_state.removedAt = m_parts.clock.now();
    qCInfo(spaceLog) << m_state.removed.count << "artifacts with" << m_state.removed.bytes
                     << "bytes were removed to make room";
    emit changed();
}

QString ArtifactSpace::warning() const
{
    if (m_state.full == ArtifactLimit::None)
        return {};
    const QString what = m_state.full == ArtifactLimit::Disk
        ? u"The disk of the artifact store has %1 MiB free; %2 are its least."_s.arg(
            mebibytes(m_state.freeBytes.value_or(0)), mebibytes(m_state.limits.leastFree))
        : u"The artifact store is full: its %1 is reached."_s.arg(limitName(m_state.full));
    return what
        + (m_state.canRemove
               ? u" Commands run; the oldest outputs are removed to make room."_s
               : u" Commands run, but nothing more may be removed to make room for their output."_s);
}

Result<void> ArtifactSpace::admit(ArtifactKind kind, qint64 bytes)
{
    const auto refuse = [bytes](const QString &what, qint64 used, qint64 limit) {
        return fail(kServiceQuotaExceeded,
                    u"Size is %1 bytes; %2 have %3 of at most %4 MiB. Remove some, or raise the limit in the "
                    "fleet settings."_s.arg(bytes)
                        .arg(what, mebibytes(used), mebibytes(limit)),
                    u"Size"_s);
    };
    const ArtifactLimits &limits = m_state.limits;
    qint64 &admitted = m_admitted[static_cast<size_t>(kind)];
    const qint64 used = m_state.usage.of(kind) + admitted;
    if (limits.of(kind) > 0 && used + bytes > limits.of(kind))
        return refuse(kind == ArtifactKind::AgentBuild ? u"agent builds"_s : u"files of documents"_s, used,
                      limits.of(kind));
    // Outputs give way to it; what may not go does not.
    const qint64 fixed = m_state.usage.total() - m_state.usage.of(ArtifactKind::Output)
        + std::accumulate(m_admitted.begin(), m_admitted.end(), qint64(0));
    if (limits.total > 0 && fixed + bytes > limits.total)
        return refuse(u"all artifacts"_s, fixed, limits.total);
    const auto free = m_parts.freeBytes ? m_parts.freeBytes() : std::nullopt;
    if (free && limits.leastFree > 0 && *free - bytes < limits.leastFree)
        return fail(
            kServiceQuotaExceeded,
            u"Size is %1 bytes; the disk of the artifact store has %2 MiB free, of which %3 are left free."_s
                .arg(bytes)
                .arg(mebibytes(*free), mebibytes(limits.leastFree)),
            u"Size"_s);
    admitted += bytes;
    return {};
}

}
