#include "backend/security/audit_log.h"

#include "backend/base/fail.h"
#include "backend/base/field_table.h"
#include "backend/core/byte_encoding.h"

#include <QFile>
#include <QJsonDocument>
#include <QLoggingCategory>
#include <QSaveFile>

namespace fb {

using namespace Qt::StringLiterals;

Q_LOGGING_CATEGORY(lcAudit, "fb.audit")

namespace {
    constexpr auto kColumns
        = "sequence, at, who, role, source, action, target, result, diff"; // in the order that is hashed
    constexpr int kPruneRows = 10000;

    QByteArray compact(const QJsonObject &object)
    {
        return object.isEmpty() ? QByteArray("{}") : QJsonDocument(object).toJson(QJsonDocument::Compact);
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

    QList<QByteArray> parts(const QVariantList &row)
    {
        QList<QByteArray> out;
        for (const QVariant &value : row)
            out.append(value.toString().toUtf8());
        return out;
    }

    AuditEntry entryOf(const Row &row)
    {
        AuditEntry entry;
        entry.sequence = row.integer(0);
        entry.at = row.instant(1);
        entry.who = {.name = row.text(2),
                     .role = enumNamed<Role>(row.text(3), u"role"_s).value_or(Role::Viewer),
                     .source = row.text(4)};
        entry.action = row.text(5);
        entry.target = row.text(6);
        entry.result = row.text(7);
        entry.diff = QJsonDocument::fromJson(row.text(8).toUtf8()).object();
        return entry;
    }
}

AuditLog::AuditLog(Database &database, const Clock &clock, SecretBytes anchorKey)
    : m_database(database),
      m_clock(clock),
      m_key(std::move(anchorKey)),
      m_headFile(database.dataDir() + u"/audit.head"_s),
      m_finisher(database.addBatchFinisher(
          [this](Transaction &tx, const std::vector<std::any> &staged) { return finish(tx, staged); }))
{
}

void AuditLog::append(Transaction &tx, const AuditEntry &entry)
{
    AuditEntry stamped = entry;
    stamped.at = m_clock.now();
    tx.stage(m_finisher, std::move(stamped));
}

Result<void> AuditLog::record(const AuditEntry &entry)
{
    return m_database.write([&](Transaction &tx) -> Result<void> {
        append(tx, entry);
        return {};
    });
}

Result<void> AuditLog::finish(Transaction &tx, const std::vector<std::any> &staged)
{
    const auto first = tx.takeNumbers(u"audit"_s, static_cast<qint64>(staged.size()));
    if (!first)
        return first.error();
    const auto head = anchor(tx, u"head"_s);
    if (!head)
        return head.error();
    Anchor last = head->value_or(Anchor {});
    QList<QVariantList> rows;
    for (size_t i = 0; i < staged.size(); ++i) {
        const auto &entry = std::any_cast<const AuditEntry &>(staged[i]);
        QVariantList row {*first + static_cast<qint64>(i),
                          toSql(entry.at),
                          entry.who.name,
                          enumName(entry.who.role),
                          entry.who.source,
                          entry.action,
                          entry.target,
                          entry.result,
                          QString::fromUtf8(compact(entry.diff))};
        last = {.sequence = *first + static_cast<qint64>(i), .hash = chained(last.hash, parts(row))};
        row.append(QString::fromLatin1(last.hash));
        rows.append(row);
    }
    const QStringList columns = (QString::fromLatin1(kColumns) + u", hash"_s).split(u", "_s);
    if (auto inserted = tx.insertRows(u"audit_entry"_s, columns, rows); !inserted)
        return inserted.error();
    if (auto set = setAnchor(tx, u"head"_s, last); !set)
        return set;
    tx.onCommitted([this, last] { writeFileAnchor(last); });
    return {};
}

QByteArray AuditLog::macOf(const QString &name, const Anchor &anchor) const
{
    const QByteArray text = name.toUtf8() + '\n' + QByteArray::number(anchor.sequence) + '\n' + anchor.hash;
    return toBytes(toHex(hmacSha256(m_key.view(), viewOf(text))));
}

// Nothing when there is none; an anchor of sequence -1 when it was not made with our key.
Result<std::optional<AuditLog::Anchor>> AuditLog::anchor(Reader &reader, const QString &name) const
{
    return reader.one(u"SELECT sequence, hash, mac FROM audit_anchor WHERE name = ?"_s, {name},
                      [&](const Row &row) {
                          const Anchor found {.sequence = row.integer(0), .hash = row.text(1).toLatin1()};
                          const QByteArray mac = row.text(2).toLatin1();
                          return equalInConstantTime(viewOf(mac), viewOf(macOf(name, found)))
                              ? found
                              : Anchor {.sequence = -1, .hash = found.hash};
                      });
}

Result<void> AuditLog::setAnchor(Transaction &tx, const QString &name, const Anchor &anchor) const
{
    return tx
        .execute(
            u"INSERT INTO audit_anchor (name, sequence, hash, mac) VALUES (?, ?, ?, ?) ON CONFLICT (name) DO "
            "UPDATE SET sequence = excluded.sequence, hash = excluded.hash, mac = excluded.mac"_s,
            {name, anchor.sequence, QString::fromLatin1(anchor.hash),
             QString::fromLatin1(macOf(name, anchor))})
        .map([](qint64) {});
}

void AuditLog::writeFileAnchor(const Anchor &anchor)
{
    QSaveFile file(m_headFile);
    file.setDirectWriteFallback(false);
    const QByteArray line
        = QByteArray::number(anchor.sequence) + ' ' + anchor.hash + ' ' + macOf(u"file"_s, anchor) + '\n';
    if (!file.open(QIODevice::WriteOnly) || file.write(line) != line.size()
        || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner) || !file.commit())
        qCWarning(lcAudit).noquote() << "the anchor" << m_headFile
                                     << "was not written:" << file.errorString();
}

std::optional<AuditLog::Anchor> AuditLog::fileAnchor() const
{
    QFile file(m_headFile);
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    const QList<QByteArray> words = file.read(1024).trimmed().split(' ');
    if (words.size() != 3)
        return Anchor {.sequence = -1, .hash = {}};
    const Anchor anchor {.sequence = words[0].toLongLong(), .hash = words[1]};
    return equalInConstantTime(viewOf(words[2]), viewOf(macOf(u"file"_s, anchor)))
        ? anchor
        : Anchor {.sequence = -1, .hash = {}};
}

Result<QList<AuditEntry>> AuditLog::entries(Reader &reader, qint64 before, int limit) const
{
    return reader.all(u"SELECT %1 FROM audit_entry WHERE sequence < ? ORDER BY sequence DESC LIMIT ?"_s.arg(
                          QString::fromLatin1(kColumns)),
                      {before > 0 ? before : std::numeric_limits<qint64>::max(), limit}, entryOf);
}

Result<AuditVerdict> AuditLog::verify(Reader &reader) const
{
    AuditVerdict verdict;
    const auto bad = [&verdict](qint64 sequence, const QString &problem) {
        if (verdict.intact) {
            verdict.intact = false;
            verdict.firstBad = sequence;
            verdict.problem = problem;
        }
    };
    const auto base = anchor(reader, u"base"_s);
    if (!base)
        return base.error();
    const auto head = anchor(reader, u"head"_s);
    if (!head)
        return head.error();
    const auto outside = fileAnchor();
    Anchor at = base->value_or(Anchor {});
    if (at.sequence < 0)
        bad(1, u"the base of the log was not made by this fleet"_s);

    auto read = reader.each(
        u"SELECT %1, hash FROM audit_entry ORDER BY sequence"_s.arg(QString::fromLatin1(kColumns)), {},
        [&](const Row &row) {
            ++verdict.entries;
            if (!verdict.intact)
                return;
            QVariantList values;
            for (int column = 0; column < 9; ++column)
                values.append(row.text(column));
            const QByteArray hash = row.text(9).toLatin1();
            if (row.integer(0) != at.sequence + 1)
                return bad(at.sequence + 1, u"the entry is missing"_s);
            if (chained(at.hash, parts(values)) != hash)
                return bad(row.integer(0), u"the entry or one before it was changed"_s);
            at = {.sequence = row.integer(0), .hash = hash};
            if (outside && outside->sequence == at.sequence && outside->hash != at.hash)
                bad(at.sequence, u"the log was replaced: it differs from the anchor in audit.head"_s);
        });
    if (!read)
        return read.error();
    if (!verdict.intact)
        return verdict;
    if (!*head ? verdict.entries > 0 : (*head)->sequence < 0)
        bad(at.sequence, u"the head of the log was not made by this fleet"_s);
    else if (*head && (*head)->sequence > at.sequence)
        bad(at.sequence + 1, u"the log was cut off at its end"_s);
    else if (*head && ((*head)->sequence < at.sequence || (*head)->hash != at.hash))
        bad(at.sequence, u"the log was replaced: it does not end in the anchored head"_s);
    else if (outside && outside->sequence > at.sequence)
        bad(at.sequence + 1,
            u"the log was cut off at its end, with its head: audit.head knows a later entry"_s);
    else if (outside && outside->sequence < 0)
        bad(at.sequence, u"the anchor in audit.head was not made by this fleet"_s);
    return verdict;
}

Result<qint64> AuditLog::prune(Transaction &tx, Instant before)
{
    const auto last
        = tx.one(u"SELECT sequence, hash FROM (SELECT sequence, hash, at FROM audit_entry ORDER BY sequence "
                 "LIMIT ?) AS oldest WHERE at < ? ORDER BY sequence DESC LIMIT 1"_s,
                 {kPruneRows, toSql(before)}, [](const Row &row) {
                     return Anchor {.sequence = row.integer(0), .hash = row.text(1).toLatin1()};
                 });
    if (!last)
        return last.error();
    if (!*last)
        return 0;
    if (auto set = setAnchor(tx, u"base"_s, **last); !set)
        return set.error();
    return tx.execute(u"DELETE FROM audit_entry WHERE sequence <= ?"_s, {(*last)->sequence});
}

}
