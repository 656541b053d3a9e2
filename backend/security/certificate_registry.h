#pragma once
// Every certificate issued, and which are revoked. The rows on the engine thread; DenyList on the I/O threads, which ask it after every
// handshake, resumed ones too (spec/security T04).

#include "backend/core/ids.h"
#include "backend/security/certificate.h"
#include "backend/store/database.h"

#include <QObject>

#include <memory>
#include <mutex>
#include <string>
#include <unordered_set>

namespace fb {

// The revoked serials that have not expired. Any thread.
class DenyList
{
public:
    bool isRevoked(const std::string &serial) const; // 32 lower-case hex digits
    void set(std::unordered_set<std::string> serials);
    void add(const QStringList &serials);
    size_t size() const;

private:
    using Serials = std::shared_ptr<const std::unordered_set<std::string>>;
    Serials snapshot() const;

    mutable std::mutex m_mutex;
    Serials m_serials = std::make_shared<std::unordered_set<std::string>>();
};

struct CertificateRow {
    QString serial;
    QString owner; // node id, or "engine"
    Instant notBefore {};
    Instant notAfter {};
    QString publicKeySha256;
    std::optional<Instant> revokedAt;
    QString revokedReason;
};

class CertificateRegistry : public QObject
{
    Q_OBJECT

public:
    explicit CertificateRegistry(const Clock &clock) : m_clock(clock) { }

    Result<void> record(Transaction &tx, const IssuedCertificate &certificate, const QString &owner);
    // Takes effect on the deny list, and is told by revoked(), once committed. Unknown and revoked serials are left as they are.
    Result<void> revokeNode(Transaction &tx, const NodeId &node, const QString &reason); // all of the node's
    // After the first use of a renewed certificate: those of the node but `keptSerial`.
    Result<void> revokeOthers(Transaction &tx, const NodeId &node, const QString &keptSerial,
                              const QString &reason);

    Result<QList<CertificateRow>> certificatesOf(Reader &reader, const QString &owner) const; // newest first
    // Reads the deny list anew: at start, and every 60 s where several engines share the store.
    Result<void> reload(Reader &reader);
    Result<qint64> prune(Transaction &tx, Instant expiredBefore); // the number of rows removed
    std::shared_ptr<const DenyList> denyList() const { return m_denyList; }

signals:
    void revoked(const QStringList &serials); // committed: drop live connections that use them

private:
    Result<void> revokeWhere(Transaction &tx, const QString &condition, const QVariantList &binds,
                             const QString &reason);

    const Clock &m_clock;
    std::shared_ptr<DenyList> m_denyList = std::make_shared<DenyList>();
};

}
