#include "tests/support/test_certificates.h"

#include "backend/core/byte_encoding.h"

#include <openssl/evp.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <array>
#include <cstdlib>

namespace fb::test {

namespace {
    EVP_PKEY *newKey(const std::string &type)
    {
        if (type == "RSA")
            return EVP_RSA_gen(2048);
        if (type == "Ed25519")
            return EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
        return EVP_EC_gen(type.c_str());
    }

    void addExtension(X509 *certificate, X509 *issuer, int nid, const std::string &value)
    {
        X509V3_CTX context;
        X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
        X509_EXTENSION *extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str());
        if (extension == nullptr)
            std::abort();
        X509_add_ext(certificate, extension, -1);
        X509_EXTENSION_free(extension);
    }

    void setName(X509_NAME *name, const std::string &commonName)
    {
        X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8,
                                   reinterpret_cast<const unsigned char *>(commonName.c_str()), -1, -1, 0);
    }

    std::string toDer(X509 *certificate)
    {
        unsigned char *out = nullptr;
        const int size = i2d_X509(certificate, &out);
        std::string der(reinterpret_cast<char *>(out), static_cast<size_t>(size));
        OPENSSL_free(out);
        return der;
    }

    SecretBytes toSecret(EVP_PKEY *key)
    {
        PKCS8_PRIV_KEY_INFO *info = EVP_PKEY2PKCS8(key);
        unsigned char *out = nullptr;
        const int size = i2d_PKCS8_PRIV_KEY_INFO(info, &out);
        PKCS8_PRIV_KEY_INFO_free(info);
        SecretBytes secret(std::string_view(reinterpret_cast<char *>(out), static_cast<size_t>(size)));
        OPENSSL_free(out);
        return secret;
    }

    // Signed by `issuer`, or by itself.
    X509 *make(const CertificateWish &wish, EVP_PKEY *key, X509 *issuer, EVP_PKEY *issuerKey)
    {
        X509 *certificate = X509_new();
        X509_set_version(certificate, 2);
        std::array<unsigned char, 16> serial {};
        RAND_bytes(serial.data(), static_cast<int>(serial.size()));
        serial[0] = static_cast<unsigned char>((serial[0] & 0x3f) | 0x40);
        BIGNUM *number = BN_bin2bn(serial.data(), static_cast<int>(serial.size()), nullptr);
        BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate));
        BN_free(number);
        X509_gmtime_adj(X509_getm_notBefore(certificate), wish.validFrom.count());
        X509_gmtime_adj(X509_getm_notAfter(certificate), wish.validTo.count());
        setName(X509_get_subject_name(certificate), wish.commonName);
        X509_set_issuer_name(certificate, X509_get_subject_name(issuer != nullptr ? issuer : certificate));
        X509_set_pubkey(certificate, key);
        X509 *signer = issuer != nullptr ? issuer : certificate;
        addExtension(certificate, signer, NID_basic_constraints,
                     wish.isCa ? "critical,CA:TRUE" : "critical,CA:FALSE");
        addExtension(certificate, signer, NID_key_usage,
                     wish.isCa ? "critical,keyCertSign,cRLSign,digitalSignature"
                               : "critical,digitalSignature");
        addExtension(certificate, signer, NID_subject_key_identifier, "hash");
        addExtension(certificate, signer, NID_authority_key_identifier, "keyid");
        if (!wish.purpose.empty())
            addExtension(certificate, signer, NID_ext_key_usage, wish.purpose);
        if (!wish.uri.empty())
            addExtension(certificate, signer, NID_subject_alt_name, "URI:" + wish.uri);
        const bool edwards = EVP_PKEY_is_a(issuerKey, "ED25519") == 1;
        X509_sign(certificate, issuerKey, edwards ? nullptr : EVP_sha256());
        return certificate;
    }

    TestCertificate finish(X509 *certificate, EVP_PKEY *key)
    {
        const ASN1_INTEGER *serial = X509_get0_serialNumber(certificate);
        TestCertificate made {
            toDer(certificate), toSecret(key),
            toHex(std::string_view(reinterpret_cast<const char *>(ASN1_STRING_get0_data(serial)),
                                   static_cast<size_t>(ASN1_STRING_length(serial))))};
        X509_free(certificate);
        EVP_PKEY_free(key);
        return made;
    }
}

TestCa::TestCa(const std::string &name) : m_key(newKey("P-256"))
{
    m_certificate
        = make({.commonName = name, .purpose = "", .isCa = true, .validTo = std::chrono::hours(24 * 365)},
               m_key, nullptr, m_key);
    m_der = toDer(m_certificate);
}

TestCa::~TestCa()
{
    X509_free(m_certificate);
    EVP_PKEY_free(m_key);
}

SecretBytes TestCa::key() const { return toSecret(m_key); }

TestCertificate TestCa::issue(const CertificateWish &wish) const
{
    EVP_PKEY *key = newKey(wish.keyType);
    return finish(make(wish, key, m_certificate, m_key), key);
}

TestCertificate TestCa::node(const std::string &fleet, const std::string &nodeId) const
{
    return issue({.commonName = nodeId, .uri = "fb:node/" + fleet + '/' + nodeId});
}

TestCertificate TestCa::engine(const std::string &fleet) const
{
    return issue({.commonName = "engine", .uri = "fb:engine/" + fleet, .purpose = "serverAuth"});
}

std::string TestCa::signRequest(const std::string &csrDer, const CertificateWish &wish) const
{
    const auto *at = reinterpret_cast<const unsigned char *>(csrDer.data());
    X509_REQ *request = d2i_X509_REQ(nullptr, &at, static_cast<long>(csrDer.size()));
    EVP_PKEY *key = request ? X509_REQ_get_pubkey(request) : nullptr;
    std::string der;
    if (key != nullptr && X509_REQ_verify(request, key) == 1) {
        X509 *certificate = make(wish, key, m_certificate, m_key);
        der = toDer(certificate);
        X509_free(certificate);
    }
    EVP_PKEY_free(key);
    X509_REQ_free(request);
    return der;
}

std::string TestCa::crossSign(const TestCa &other) const
{
    CertificateWish wish {.purpose = "", .isCa = true};
    X509_NAME *subject = X509_get_subject_name(other.m_certificate);
    char name[256] = {};
    X509_NAME_get_text_by_NID(subject, NID_commonName, name, sizeof name);
    wish.commonName = name;
    X509 *certificate = make(wish, other.m_key, m_certificate, m_key);
    std::string der = toDer(certificate);
    X509_free(certificate);
    return der;
}

TestCertificate TestCa::selfSigned(const CertificateWish &wish)
{
    EVP_PKEY *key = newKey(wish.keyType);
    return finish(make(wish, key, nullptr, key), key);
}

}
