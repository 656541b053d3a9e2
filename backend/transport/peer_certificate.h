#pragma once
// What we read from a peer's certificate, and the rules it must keep. The rules hold on every connection: a resumed TLS session does not
// run certificate verification again, so they are checked after each handshake (traps). Any thread.

#include "backend/core/clock.h"
#include "backend/core/result.h"

#include <string>
#include <string_view>
#include <vector>

struct x509_st;

namespace fb::transport {

struct PeerCertificate {
    std::string serial; // lower-case hex, at least 32 digits, as certificates are recorded
    std::string commonName;
    std::vector<std::string> uris; // URI subject alternative names
    Instant notBefore;
    Instant notAfter;
};

enum class PeerRole { Node, Engine };

struct CertificateRules {
    PeerRole role = PeerRole::Node;
    std::string
        uriPrefix; // "fb:node/<fleet>/" or "fb:engine/<fleet>"; for an engine of a fleet not known yet "fb:engine/"
    bool wholeUri = false; // the URI must be uriPrefix exactly
};

PeerCertificate readCertificate(const x509_st *certificate);
// Usage, key type, validity and URI. The chain is not looked at. One of `causes`.
Result<PeerCertificate> checkCertificate(x509_st *certificate, const CertificateRules &rules, Instant now);
// Of a certificate in DER; ValidationException if it can't be read.
Result<PeerCertificate> readCertificateDer(std::string_view der);

// Who the other end is.
struct PeerInfo {
    std::string address; // "192.0.2.7" or "2001:db8::1"
    uint16_t port = 0;
    std::string tlsVersion; // "TLSv1.3"
    std::string cipher;
    bool resumed = false; // by a session ticket
    bool hasCertificate = false;
    PeerCertificate certificate; // when hasCertificate
    std::string caDer; // client side: the trusted CA that the chain ended in (full handshakes only)
};

}
