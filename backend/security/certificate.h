#pragma once
// What the fleet's CA issues. Plain values; any thread.

#include "backend/core/clock.h"
#include "backend/core/secret_bytes.h"

#include <QByteArray>
#include <QString>

#include <chrono>

namespace fb {

inline constexpr std::chrono::hours kLeafLifetime {45 * 24};
inline constexpr std::chrono::hours kBackDating {
    24}; // a node's clock may be behind; of a short life its 45th part

struct IssuedCertificate {
    QByteArray der;
    QString serial; // 32 lower-case hex digits
    QString publicKeySha256; // hex, of the SubjectPublicKeyInfo
    Instant notBefore {};
    Instant notAfter {};
    qint64 ca = 1; // the number of the CA that signed it
};

// An engine's own certificate and key, for its TLS listener.
struct EngineCredential {
    IssuedCertificate certificate;
    QByteArray certificatePem;
    SecretBytes keyPem;
};

}
