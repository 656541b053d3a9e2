#pragma once
// Certificate requests for tests, well-formed and otherwise.

#include "backend/security/openssl_handles.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <utility>

namespace fb::test {

struct CsrWish {
    QString commonName; // empty: no subject
    QString organisation;
    QList<std::pair<int, QByteArray>> extensions; // NID and OpenSSL's text of the value
    bool breakSignature = false;
};

openssl::Key newKey(const char *kind); // "P-256", "P-384", "secp224r1", "ED25519", "RSA-4096", "ED448"
QByteArray makeCsr(EVP_PKEY *key, const CsrWish &wish = {});

}
