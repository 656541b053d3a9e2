#pragma once
// Who did what to what, from where, with which result: append-only and hash-chained in batch order, so that an edit shows (spec/security
// S07). The head of the chain is anchored twice, authenticated with a key from the vault: beside the rows, and in the file
// DIR/audit.head, against a whole older table. Sequence numbers only grow, whatever the clock says; where it jumped an entry of its own tells both
// times (S08). Lives on the engine thread; verify() works on any Reader, also of the read pool.

#include "backend/core/secret_bytes.h"
#include "backend/security/actions.h"
#include "backend/security/audit_repository.h"
#include "backend/store/database.h"

namespace fb {

inline constexpr std::string_view kAuditAnchorKey = "audit-anchor"; // Vault::derive()

class AuditLog
{
public:
    AuditLog(Database &database, const Clock &clock, SecretBytes anchorKey);

    // In the same batch as the change: no change without its entry, no entry without its change.
    void append(Transaction &tx, const AuditEntry &entry);
    // On its own, for what changed nothing: refusals, sign-ins, reads of secrets.
    Result<void> record(const AuditEntry &entry);
    qint64 refusals() const
    {
        return m_refusals;
    } // entries so far of what was refused, so that none is told twice

    // Called after the commit, oldest first. One handler: the service that shows the log.
    void setAppendedHandler(std::function<void(const QList<AuditEntry> &)> handler)
    {
        m_appended = std::move(handler);
    }

    // Newest first, below `before` (0: from the newest).
    Result<QList<AuditEntry>> entries(Reader &reader, qint64 before, int limit) const;
    // `progress` may be empty; it is called now and then, with the number of entries read and of all.
    using Progress = std::function<void(qint64 read, qint64 all)>;
    Result<AuditVerdict> verify(Reader &reader, const Progress &progress = {}) const;
    // The newest so many, with the ends: those before them are taken as they are.
    Result<AuditVerdict> verifyNewest(Reader &reader, qint64 entries) const;
    // The log of a store that no engine has open. `key`: as the engine's anchorKey.
    static Result<AuditVerdict> verifyStored(Reader &reader, const SecretBytes &key, const QString &dataDir,
                                             const Progress &progress = {});
    // Without the key: whether the entries follow one another up to the head. Who can write to the store can make such a chain anew.
    static Result<AuditVerdict> verifyLinks(Reader &reader);
    // Removes entries older than `before`; the chain goes on from an authenticated base. The number removed, 10,000 a call at most.
    Result<qint64> prune(Transaction &tx, Instant before);

private:
    struct Moment { // of the newest entry
        Instant at;
        Tick tick;
    };
    struct Staged {
        AuditEntry entry;
        Tick tick;
    };
    Result<std::optional<Instant>> newest(Reader &reader) const;
    Result<void> finish(Transaction &tx, const std::vector<std::any> &staged);
    Result<std::optional<AuditAnchor>> anchor(Reader &reader, const QString &name) const;
    Result<void> setAnchor(Transaction &tx, const QString &name, const AuditAnchor &anchor) const;
    QByteArray macOf(const QString &name, const AuditAnchor &anchor) const;
    void writeFileAnchor(const AuditAnchor &anchor);

    Database &m_database;
    const Clock &m_clock;
    SecretBytes m_key;
    AuditRepository m_rows;
    QString m_headFile;
    std::optional<Moment> m_last;
    qint64 m_refusals = 0;
    std::function<void(const QList<AuditEntry> &)> m_appended;
    int m_finisher;
};

}
