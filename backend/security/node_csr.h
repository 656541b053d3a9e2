#pragma once
// A node's certificate request, checked before anything is signed: only its public key is taken over (spec/security T09). Any thread.

#include "backend/core/result.h"
#include "backend/security/openssl_handles.h"

#include <QByteArray>
#include <QString>

namespace fb {

inline constexpr qsizetype kMostCsrBytes = 16 * 1024;

// The public key of a PKCS#10 request in DER. Refused by name: larger than 16 KiB, not DER or with bytes after it, a key other than EC
// P-256 or Ed25519, a wrong self-signature, a subject other than none or CN=<nodeId>, any requested extension other than the SAN
// `nodeUri`.
Result<openssl::Key> publicKeyOfRequest(const QByteArray &csrDer, const QString &nodeId,
                                        const QString &nodeUri);
// Of a request that names nobody: what stays the same when it is made again. Refused as above.
Result<QString> publicKeySha256OfRequest(const QByteArray &csrDer);

}
