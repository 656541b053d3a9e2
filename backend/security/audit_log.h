#pragma once
// Who did what to what, from where, with which result: append-only and hash-chained in batch order, so that an edit shows (spec/security
// S07). The head of the chain is anchored twice, authenticated with a key from the vault: beside the rows, and in the file
// DIR/audit.head, against a whole older table. Lives on the engine thread; verify() works on any Reader, also of the read pool.

#include "backend/base/field.h"
#include "backend/core/secret_bytes.h"
#include "backend/security/actions.h"
#include "backend/security/principal.h"
#include "backend/store/database.h"

#include <QJsonObject>

namespace fb {

struct AuditEntry {
    Principal who; // with where the call came from
    QString action; // "ssm:SendCommand"
    QString target; // ARN or id of what was acted on
    QString result = QStringLiteral("Success"); // or the error's code
    QJsonObject diff; // auditDiff() of the change, or other particulars; never a secret
    qint64 sequence = 0; // given by the log
    Instant at {}; // given by the log
};

constexpr auto fieldsOf(const Principal *)
{
    return fieldTable(field("Name", &Principal::name), field("Role", &Principal::role),
                      field("Source", &Principal::source));
}

constexpr auto fieldsOf(const AuditEntry *)
{
    return fieldTable(field("Sequence", &AuditEntry::sequence), field("Time", &AuditEntry::at),
                      field("Who", &AuditEntry::who), field("Action", &AuditEntry::action),
                      field("Target", &AuditEntry::target), field("Result", &AuditEntry::result),
                      field("Diff", &AuditEntry::diff));
}

struct AuditVerdict {
    bool intact = true;
    qint64 entries = 0; // read
    qint64 firstBad = 0; // sequence number of the first bad or missing row; 0 when intact
    QString problem; // what is wrong with it
};

class AuditLog
{
public:
    AuditLog(Database &database, const Clock &clock, SecretBytes anchorKey);

    // In the same batch as the change: no change without its entry, no entry without its change.
    void append(Transaction &tx, const AuditEntry &entry);
    // On its own, for what changed nothing: refusals, sign-ins, reads of secrets.
    Result<void> record(const AuditEntry &entry);

    // Newest first, below `before` (0: from the newest).
    Result<QList<AuditEntry>> entries(Reader &reader, qint64 before, int limit) const;
    Result<AuditVerdict> verify(Reader &reader) const;
    // Removes entries older than `before`; the chain goes on from an authenticated base. The number removed, 10,000 a call at most.
    Result<qint64> prune(Transaction &tx, Instant before);

private:
    struct Anchor {
        qint64 sequence = 0;
        QByteArray hash; // hex
    };

    Result<void> finish(Transaction &tx, const std::vector<std::any> &staged);
    Result<std::optional<Anchor>> anchor(Reader &reader, const QString &name) const;
    Result<void> setAnchor(Transaction &tx, const QString &name, const Anchor &anchor) const;
    QByteArray macOf(const QString &name, const Anchor &anchor) const;
    std::optional<Anchor> fileAnchor() const;
    void writeFileAnchor(const Anchor &anchor);

    Database &m_database;
    const Clock &m_clock;
    SecretBytes m_key;
    QString m_headFile;
    int m_finisher;
};

}
