#pragma once
// The fleet's own certificate authority: EC P-256, ten years, its key in the vault. Signs the engines' and the nodes' certificates; every
// field of those comes from here, only the public key from the request (spec/security T09, protocol notes 10). Engine thread.

#include "backend/core/ids.h"
#include "backend/security/certificate.h"
#include "backend/security/vault.h"

#include <memory>

namespace fb {

class FleetCa
{
public:
    // Opens the store's CA or makes it. Engines that start at once agree on one.
    static Result<std::unique_ptr<FleetCa>> open(Database &database, const Vault &vault, const Clock &clock,
                                                 Random &random);
    ~FleetCa();

    // Of the nodes' certificates from here on; kLeafLifetime unless told otherwise.
    void setNodeLifetime(std::chrono::seconds lifetime) { m_nodeLifetime = lifetime; }

    const QByteArray &certificateDer() const { return m_der; }
    QByteArray certificatePem() const;
    QString caSha256() const; // of the DER, 64 lower-case hex digits: what agents are given

    QString nodeUri(const NodeId &node) const; // fb:node/<fleet>/<id>
    QString engineUri() const; // fb:engine/<fleet>

    // CN = node id, SAN URI, clientAuth, 45 days. ValidationException for a request that is not as it must be (node_csr.h). For the
    // first certificate as for a renewal; record it with CertificateRegistry in the same transaction.
    Result<IssuedCertificate> signNode(const QByteArray &csrDer, const NodeId &node) const;
    // A new key and certificate for this engine's listener: serverAuth, SAN URI, 45 days; ask for another at two thirds of that.
    Result<EngineCredential> issueEngine() const;

private:
    struct Parts; // OpenSSL's objects

    FleetCa(std::unique_ptr<Parts> parts, QByteArray der, const FleetIdentity &fleet, const Clock &clock,
            Random &random);

    std::unique_ptr<Parts> m_parts;
    QByteArray m_der;
    FleetIdentity m_fleet;
    const Clock &m_clock;
    Random &m_random;
    std::chrono::seconds m_nodeLifetime = kLeafLifetime;
};

}
