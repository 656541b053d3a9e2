#pragma once
// Puts an X.509 certificate together and signs it. Inside backend/security; any thread.

#include "backend/core/random.h"
#include "backend/security/certificate.h"
#include "backend/security/openssl_handles.h"

namespace fb {

struct CertificateFields {
    QString commonName;
    QString uri; // subject alternative name; empty: none
    const char *extendedUsage = nullptr; // "clientAuth", "serverAuth"
    bool isCa = false;
    Instant notBefore {};
    Instant notAfter {};
};

// `issuer` null: signed by itself. The serial has 128 random bits. Null when OpenSSL refuses.
openssl::Certificate buildCertificate(const CertificateFields &fields, EVP_PKEY *subjectKey, X509 *issuer,
                                      EVP_PKEY *issuerKey, Random &random);
QByteArray derOf(X509 *certificate);
QString serialOf(const X509 *certificate); // 32 lower-case hex digits
QString publicKeySha256(EVP_PKEY *key); // hex, of the SubjectPublicKeyInfo
IssuedCertificate issuedOf(X509 *certificate, const CertificateFields &fields);

}
