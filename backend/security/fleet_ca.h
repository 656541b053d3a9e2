#pragma once
// The fleet's own certificate authority: EC P-256, ten years, its key in the vault. Signs the engines' and the nodes' certificates; every
// field of those comes from here, only the public key from the request (spec/security T09, protocol notes 10). Engine thread.
//
// While one CA takes the place of another (T18) both are trusted. The engines' certificates come from the present one until it is retired, so
// that a node which was away when the next was published still knows its engine; the nodes' come from the next one as soon as it
// issues. Engines that share a store read the state anew with reload().

#include "backend/core/ca_bundle.h"
#include "backend/core/ids.h"
#include "backend/security/certificate.h"
#include "backend/security/fleet_ca_repository.h"
#include "backend/security/vault.h"

#include <QStringList>

#include <memory>
#include <optional>

namespace fb {

struct CaFacts {
    qint64 number = 0;
    QString sha256; // of the DER, 64 lower-case hex digits
    Instant notBefore {};
    Instant notAfter {};
};

class FleetCa
{
public:
    // Opens the store's CA or makes it. Engines that start at once agree on one.
    static Result<std::unique_ptr<FleetCa>> open(Database &database, const Vault &vault, const Clock &clock,
                                                 Random &random);
    ~FleetCa();

    // Of the nodes' certificates from here on; kLeafLifetime unless told otherwise.
    void setNodeLifetime(std::chrono::seconds lifetime) { m_nodeLifetime = lifetime; }

    const QByteArray &certificateDer() const; // of the present CA
    QByteArray certificatePem() const;
    QString caSha256() const; // of the DER, 64 lower-case hex digits
    QStringList
    pins() const; // what agents that are to be enrolled are given: the present one's, and the next one's
    CaFacts present() const;
    std::optional<CaFacts> next() const;

    QString nodeUri(const NodeId &node) const; // fb:node/<fleet>/<id>
    QString engineUri() const; // fb:engine/<fleet>

    // CN = node id, SAN URI, clientAuth, 45 days. ValidationException for a request that is not as it must be (node_csr.h). For the
    // first certificate as for a renewal; record it with CertificateRegistry in the same transaction.
    Result<IssuedCertificate> signNode(const QByteArray &csrDer, const NodeId &node) const;
    const QByteArray &issuerDer() const; // of the CA that signs nodes' certificates
    // A new key and certificate for this engine's listener: serverAuth, SAN URI, 45 days; ask for another at two thirds of that.
    Result<EngineCredential> issueEngine() const;

    // ---- Roll-over (T18). Each step is written in the caller's transaction and holds here after reload(), once that is committed.
    // ConflictException when it is not this step's turn.
    const FleetCaState &state() const { return m_state; }
    CaBundle bundle() const; // what nodes are to trust, newest first
    Result<void> begin(Transaction &tx); // the next CA is made
    Result<void> startIssuing(Transaction &tx);
    Result<void>
    retire(Transaction &tx); // the next one is the present one; the key of the former is destroyed
    Result<bool> reload(); // true: something has changed, by this engine or another

private:
    struct Authority; // OpenSSL's objects
    using AuthorityPointer = std::shared_ptr<const Authority>;

    FleetCa(Database &database, const Vault &vault, const Clock &clock, Random &random);

    Result<AuthorityPointer> make(qint64 number) const;
    Result<AuthorityPointer> stored(Reader &reader, qint64 number) const;
    Result<void> load(const FleetCaState &state);
    const Authority &issuer() const;
    Result<void> checkTurn(CaPhase phase) const;
    QByteArray signatureOf(const CaBundle &bundle, const Authority &by) const;

    Database &m_database;
    const Vault &m_vault;
    FleetIdentity m_fleet;
    const Clock &m_clock;
    Random &m_random;
    FleetCaRepository m_rows;
    FleetCaState m_state;
    AuthorityPointer m_present;
    AuthorityPointer m_next;
    std::chrono::seconds m_nodeLifetime = kLeafLifetime;
};

}
