#pragma once
// Who this node is, on disk: registration, key and certificate, the renewal in progress. Every change is one file that appears whole; a
// crash at any point leaves a pair that works (protocol-notes 10.4, fleet-manager B3.3). One thread.

#include "agent/platform/private_folder.h"
#include "backend/core/random.h"
#include "backend/core/result.h"
#include "backend/core/secret_bytes.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace fb::transport {
class TlsIdentity;
}

namespace fb::agent {

// node.conf
struct Registration {
    std::string nodeId;
    std::string fleetId;
    std::vector<std::string> caDer; // by one of them it knows its engines
    uint64_t caVersion = 0; // of the engine's TrustBundle
    std::vector<std::string> endpoints; // wss URLs, in the order in which they are tried
    uint32_t endpointsVersion = 0;
    std::string orderSigningKey; // 32 raw bytes, or empty
    std::string releaseKey; // of agent builds: 32 raw bytes, or empty
    std::string lastWorked; // endpoint of the last working link: tried although a newer list lacks it
};

// What is on its way to the engine; kept until the answer is stored, so that a lost answer is asked for again (B3.1).
struct PendingEnrolment {
    std::string engineUrl;
    std::string activationId;
    std::string nonce; // 16 bytes
    SecretBytes key;
};

class Identity
{
public:
    explicit Identity(const PrivateFolder &folder) : m_folder(folder) { }

    bool isRegistered() const;
    Result<Registration> registration() const;
    Result<void> setRegistration(const Registration &registration) const;
    void wipe() const; // unregister: everything but the fingerprint

    // ---- Enrolment
    // The pending one, if it is for this engine and activation; else a new one, stored and synced before it is returned.
    Result<PendingEnrolment> beginEnrolment(const std::string &engineUrl, const std::string &activationId,
                                            Random &random) const;
    Result<void> finishEnrolment(const PendingEnrolment &pending, const Registration &registration,
                                 std::string_view certificateDer) const;

    // ---- Certificate pairs
    struct Pair {
        std::shared_ptr<const transport::TlsIdentity> tls;
        bool isNew = false; // renewed, not yet proven by a connection
    };
    // The newest that can be read; a damaged file is kept aside and named in `complaint`.
    Result<Pair> usablePair(bool preferNew, std::string &complaint) const;
    Result<SecretBytes> beginRenewal() const; // a new key, stored before its request is sent
    Result<SecretBytes> renewalKey() const; // of a renewal that has begun, else of a new one
    struct KeyProof {
        std::string certificateDer;
        std::string signature; // by its key
    };
    // By the pair that usablePair() gives.
    Result<KeyProof> proveKey(std::string_view text, bool preferNew) const;
    bool hasBothPairs() const; // one is renewed, and not yet proven
    Result<void> finishRenewal(std::string_view certificateDer) const; // stored beside the old pair
    void proveNewPair() const; // it has carried a link: it replaces the old one
    void dropNewPair() const; // the engine refused it

private:
    const PrivateFolder &m_folder;
};

}
