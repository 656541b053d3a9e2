#include "backend/security/audit_log.h"

#include "backend/base/fail.h"
#include "backend/base/qt_text.h"
#include "backend/core/byte_encoding.h"
#include "backend/core/time_text.h"

#include <QFile>
#include <QLoggingCategory>
#include <QSaveFile>

namespace fb {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

Q_LOGGING_CATEGORY(lcAudit, "fb.audit")

namespace {
    constexpr auto kClockMayDiffer = 5s; // time servers nudge it, and leap seconds
    constexpr qint64 kProgressEntries = 1000;
    constexpr qint64 kForged = -1; // the sequence of an anchor that was not made with our key

    // The entry that tells it; none when the clock merely goes.
    std::optional<AuditEntry> clockChange(Instant expected, Instant found)
    {
        const Microseconds jump = found - expected;
        if (jump > -kClockMayDiffer && jump < kClockMayDiffer)
            return std::nullopt;
        const qint64 seconds = std::chrono::round<std::chrono::seconds>(jump).count();
        qCWarning(lcAudit) << "the clock was set by" << seconds << "s";
        return AuditEntry {.who = {.name = u"engine"_s, .role = Role::Administrator, .source = u"engine"_s},
                           .action = u"flagbridge:ClockChanged"_s,
                           .target = u"clock"_s,
                           .diff = {{u"Expected"_s, toQString(toIso8601Millis(expected))},
                                    {u"Found"_s, toQString(toIso8601Millis(found))},
                                    {u"Seconds"_s, seconds}},
                           .at = found};
    }

    // Each part with its length before it, so that no two entries give the same bytes.
    QByteArray chained(const QByteArray &previous, const QList<QByteArray> &parts)
    {
        std::string bytes;
        for (const QByteArray &part : QList<QByteArray> {previous} + parts) {
            putBigEndian<uint32_t>(bytes, static_cast<uint32_t>(part.size()));
            bytes += viewOf(part);
        }
        return toBytes(sha256Hex(bytes));
    }

    QString headFileOf(const QString &dataDir) { return dataDir + u"/audit.head"_s; }

    QByteArray auditMac(const SecretBytes &key, const QString &name, const AuditAnchor &anchor)
    {
        const QByteArray text
            = name.toUtf8() + '\n' + QByteArray::number(anchor.sequence) + '\n' + anchor.hash;
        return toBytes(toHex(hmacSha256(key.view(), viewOf(text))));
    }

    // Nothing when there is none.
    Result<std::optional<AuditAnchor>> storedAnchor(Reader &reader, const SecretBytes &key,
                                                    const QString &name)
    {
        const auto stored = AuditRepository().anchor(reader, name);
        if (!stored)
            return stored.error();
        if (!*stored)
            return std::optional<AuditAnchor>();
        AuditAnchor found = (*stored)->anchor;
        if (!equalInConstantTime(viewOf((*stored)->mac), viewOf(auditMac(key, name, found))))
            found.sequence = kForged;
        return std::optional(found);
    }

    std::optional<AuditAnchor> fileAnchor(const SecretBytes &key, const QString &path)
    {
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly))
            return std::nullopt;
        const QList<QByteArray> words = file.read(1024).trimmed().split(' ');
        if (words.size() != 3)
            return AuditAnchor {.sequence = kForged, .hash = {}};
        const AuditAnchor anchor {.sequence = words[0].toLongLong(), .hash = words[1]};
        const bool ours = equalInConstantTime(viewOf(words[2]), viewOf(auditMac(key, u"file"_s, anchor)));
        return ours ? anchor : AuditAnchor {.sequence = kForged, .hash = {}};
    }

    // From a place to the head, entry by entry; the first thing that is wrong ends it.
    struct ChainWalk {
        AuditAnchor at; // at first the base
        qint64 after
            = 0; // rows up to this number are not read; 0: also those that should have gone with the base
        std::optional<AuditAnchor> head;
        std::optional<AuditAnchor> outside; // of the file
        AuditLog::Progress progress;
        AuditVerdict verdict;
        qint64 all = 0;

        void bad(qint64 sequence, const QString &problem)
        {
            if (!verdict.intact)
                return;
            verdict.intact = false;
            verdict.firstBad = sequence;
            verdict.problem = problem;
        }

        void take(const AuditRow &row)
        {
            if (++verdict.entries % kProgressEntries == 0 && progress)
                progress(verdict.entries, all);
            if (!verdict.intact)
                return;
            if (row.sequence != at.sequence + 1)
                return bad(at.sequence + 1, u"the entry is missing"_s);
            if (chained(at.hash, row.hashed) != row.hash)
                return bad(row.sequence, u"the entry was changed, or another stands in its place"_s);
            at = {.sequence = row.sequence, .hash = row.hash};
            if (outside && outside->sequence == at.sequence && outside->hash != at.hash)
                bad(at.sequence, u"the log was replaced: it differs from the anchor in audit.head"_s);
        }

        void compareEnds()
        {
            if (!head ? verdict.entries > 0 : head->sequence < 0)
                bad(at.sequence, u"the head of the log was not made by this fleet"_s);
            else if (head && head->sequence > at.sequence)
                bad(at.sequence + 1, u"the log was cut off at its end"_s);
            else if (head && (head->sequence < at.sequence || head->hash != at.hash))
                bad(at.sequence, u"the log was replaced: it does not end in the anchored head"_s);
            else if (outside && outside->sequence > at.sequence)
                bad(at.sequence + 1,
                    u"the log was cut off at its end, with its head: audit.head knows a later entry"_s);
            else if (outside && outside->sequence < 0)
                bad(at.sequence, u"the anchor in audit.head was not made by this fleet"_s);
        }

        Result<AuditVerdict> run(Reader &reader)
        {
            if (at.sequence < 0)
                bad(1, u"the base of the log was not made by this fleet"_s);
            if (progress) {
                const auto count = AuditRepository().count(reader);
                if (!count)
                    return count.error();
                all = *count;
                progress(0, all);
            }
            auto read = AuditRepository().eachRow(reader, after, [this](const AuditRow &row) { take(row); });
            if (!read)
                return read.error();
            if (verdict.intact)
                compareEnds();
            return verdict;
        }
    };

    // `outside` was read before the first row: what is written meanwhile is no cut.
    Result<AuditVerdict> walkAll(Reader &reader, const SecretBytes &key,
                                 const std::optional<AuditAnchor> &outside,
                                 const AuditLog::Progress &progress)
    {
        const auto base = storedAnchor(reader, key, u"base"_s);
        if (!base)
            return base.error();
        const auto head = storedAnchor(reader, key, u"head"_s);
        if (!head)
            return head.error();
        ChainWalk walk;
        walk.at = base->value_or(AuditAnchor {});
        walk.head = *head;
        walk.outside = outside;
        walk.progress = progress;
        return walk.run(reader);
    }
}

AuditLog::AuditLog(Database &database, const Clock &clock, SecretBytes anchorKey)
    : m_database(database),
      m_clock(clock),
      m_key(std::move(anchorKey)),
      m_headFile(headFileOf(database.dataDir())),
      m_finisher(database.addBatchFinisher(
          [this](Transaction &tx, const std::vector<std::any> &staged) { return finish(tx, staged); }))
{
}

void AuditLog::append(Transaction &tx, const AuditEntry &entry)
{
    m_refusals += entry.result == u"Success" ? 0 : 1;
    AuditEntry stamped = entry;
    stamped.at = m_clock.now();
    tx.stage(m_finisher, Staged {std::move(stamped), m_clock.tick()});
}

Result<void> AuditLog::record(const AuditEntry &entry)
{
    return m_database.write([&](Transaction &tx) -> Result<void> {
        append(tx, entry);
        return {};
    });
}

Result<std::optional<Instant>> AuditLog::newest(Reader &reader) const
{
    return m_rows.entries(reader, 0, 1).map([](const QList<AuditEntry> &entries) {
        return entries.isEmpty() ? std::nullopt : std::optional(entries.first().at);
    });
}

Result<void> AuditLog::finish(Transaction &tx, const std::vector<std::any> &staged)
{
    // What the time should be by the clock that is never set. Of another engine's life only its newest entry is known: it is not later than now.
    std::optional<Moment> moment = m_last;
    std::optional<Instant> expected;
    if (!moment) {
        const auto before = newest(tx);
        if (!before)
            return before.error();
        expected = *before;
    }
    QList<AuditEntry> entries;
    for (const std::any &item : staged) {
        const auto &[entry, tick] = std::any_cast<const Staged &>(item);
        if (moment)
            expected = moment->at + (tick - moment->tick);
        else if (expected)
            expected = std::max(*expected, entry.at);
        if (auto told = expected ? clockChange(*expected, entry.at) : std::nullopt) {
            entries.append(*told);
            moment.reset();
        }
        entries.append(entry);
        if (!moment) // else it stays: many small steps are a large one
            moment = Moment {entry.at, tick};
    }
    auto sequence = tx.takeNumbers(u"audit"_s, static_cast<qint64>(entries.size()));
    if (!sequence)
        return sequence.error();
    const auto head = anchor(tx, u"head"_s);
    if (!head)
        return head.error();
    AuditAnchor last = head->value_or(AuditAnchor {});
    QList<QByteArray> hashes;
    for (AuditEntry &entry : entries) {
        entry.sequence = (*sequence)++;
        last
            = {.sequence = entry.sequence, .hash = chained(last.hash, AuditRepository::hashedColumns(entry))};
        hashes.append(last.hash);
    }
    if (auto inserted = m_rows.insert(tx, entries, hashes); !inserted)
        return inserted;
    if (auto set = setAnchor(tx, u"head"_s, last); !set)
        return set;
    tx.onCommitted([this, last, entries, moment] {
        m_last = moment;
        writeFileAnchor(last);
        if (m_appended)
            m_appended(entries);
    });
    return {};
}

QByteArray AuditLog::macOf(const QString &name, const AuditAnchor &anchor) const
{
    return auditMac(m_key, name, anchor);
}

Result<std::optional<AuditAnchor>> AuditLog::anchor(Reader &reader, const QString &name) const
{
    return storedAnchor(reader, m_key, name);
}

Result<void> AuditLog::setAnchor(Transaction &tx, const QString &name, const AuditAnchor &anchor) const
{
    return m_rows.setAnchor(tx, name, {.anchor = anchor, .mac = macOf(name, anchor)});
}

void AuditLog::writeFileAnchor(const AuditAnchor &anchor)
{
    QSaveFile file(m_headFile);
    file.setDirectWriteFallback(false);
    const QByteArray line
        = QByteArray::number(anchor.sequence) + ' ' + anchor.hash + ' ' + macOf(u"file"_s, anchor) + '\n';
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner)
        || file.write(line) != line.size() || !file.commit())
        qCWarning(lcAudit).noquote() << "the anchor" << m_headFile
                                     << "was not written:" << file.errorString();
}

Result<QList<AuditEntry>> AuditLog::entries(Reader &reader, qint64 before, int limit) const
{
    return m_rows.entries(reader, before, limit);
}

Result<AuditVerdict> AuditLog::verify(Reader &reader, const Progress &progress) const
{
    return verifyStored(reader, m_key, m_database.dataDir(), progress);
}

Result<AuditVerdict> AuditLog::verifyStored(Reader &reader, const SecretBytes &key, const QString &dataDir,
                                            const Progress &progress)
{
    return walkAll(reader, key, fileAnchor(key, headFileOf(dataDir)), progress);
}

Result<AuditVerdict> AuditLog::verifyNewest(Reader &reader, qint64 entries) const
{
    const auto outside = fileAnchor(m_key, m_headFile);
    const auto head = storedAnchor(reader, m_key, u"head"_s);
    if (!head)
        return head.error();
    const qint64 first = *head ? (*head)->sequence - entries : 0;
    const auto place = first > 0 ? m_rows.placeOf(reader, first) : Result<std::optional<AuditAnchor>>();
    if (!place)
        return place.error();
    if (!*place) // there are fewer, or that one is missing
        return walkAll(reader, m_key, outside, {});
    ChainWalk walk;
    walk.at = **place;
    walk.after = walk.at.sequence;
    walk.head = *head;
    walk.outside = outside;
    return walk.run(reader);
}

Result<AuditVerdict> AuditLog::verifyLinks(Reader &reader)
{
    const AuditRepository rows;
    const auto base = rows.anchor(reader, u"base"_s);
    if (!base)
        return base.error();
    const auto head = rows.anchor(reader, u"head"_s);
    if (!head)
        return head.error();
    ChainWalk walk;
    if (*base)
        walk.at = (*base)->anchor;
    if (*head)
        walk.head = (*head)->anchor;
    walk.verdict.anchored = false;
    return walk.run(reader);
}

Result<qint64> AuditLog::prune(Transaction &tx, Instant before)
{
    const auto last = m_rows.lastBefore(tx, before);
    if (!last)
        return last.error();
    if (!*last)
        return 0;
    if (auto set = setAnchor(tx, u"base"_s, **last); !set)
        return set.error();
    return m_rows.removeUpTo(tx, (*last)->sequence);
}

}
