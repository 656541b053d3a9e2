#include "tests/unit/security/csr_maker.h"

#include <string>

namespace fb::test {

openssl::Key newKey(const char *kind)
{
    const std::string name = kind;
    if (name == "ED25519" || name == "ED448")
        return openssl::Key(EVP_PKEY_Q_keygen(nullptr, nullptr, kind));
    if (name == "RSA-4096")
        return openssl::Key(EVP_RSA_gen(4096));
    return openssl::Key(EVP_EC_gen(kind));
}

QByteArray makeCsr(EVP_PKEY *key, const CsrWish &wish)
{
    const openssl::Request request(X509_REQ_new());
    X509_NAME *subject = X509_REQ_get_subject_name(request.get());
    const auto addName = [subject](const char *field, const QString &value) {
        const QByteArray bytes = value.toUtf8();
        if (!value.isEmpty())
            X509_NAME_add_entry_by_txt(subject, field, MBSTRING_UTF8,
                                       reinterpret_cast<const unsigned char *>(bytes.constData()),
                                       static_cast<int>(bytes.size()), -1, 0);
    };
    addName("CN", wish.commonName);
    addName("O", wish.organisation);
    STACK_OF(X509_EXTENSION) *extensions = sk_X509_EXTENSION_new_null();
    for (const auto &[nid, value] : wish.extensions) {
        X509V3_CTX context;
        X509V3_set_ctx(&context, nullptr, nullptr, request.get(), nullptr, 0);
        sk_X509_EXTENSION_push(extensions, X509V3_EXT_conf_nid(nullptr, &context, nid, value.constData()));
    }
    if (!wish.extensions.isEmpty())
        X509_REQ_add_extensions(request.get(), extensions);
    sk_X509_EXTENSION_pop_free(extensions, X509_EXTENSION_free);
    X509_REQ_set_pubkey(request.get(), key);
    const bool plain = EVP_PKEY_is_a(key, "ED25519") || EVP_PKEY_is_a(key, "ED448");
    X509_REQ_sign(request.get(), key, plain ? nullptr : EVP_sha256());
    unsigned char *bytes = nullptr;
    const int length = i2d_X509_REQ(request.get(), &bytes);
    QByteArray der(reinterpret_cast<const char *>(bytes), length);
    OPENSSL_free(bytes);
    if (wish.breakSignature)
        der[der.size() - 5] = static_cast<char>(der[der.size() - 5] ^ 1);
    return der;
}

}
