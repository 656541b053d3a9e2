#include "backend/security/certificate_builder.h"

#include "backend/base/qt_text.h"
#include "backend/core/byte_encoding.h"

namespace fb {

namespace {
    constexpr size_t kSerialBytes = 16;

    bool addExtension(X509 *certificate, X509 *issuer, int nid, const std::string &value)
    {
        X509V3_CTX context;
        X509V3_set_ctx(&context, issuer ? issuer : certificate, certificate, nullptr, nullptr, 0);
        const openssl::Extension extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str()));
        return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
    }

    // The name goes in as bytes, not through OpenSSL's configuration syntax, where a comma would begin another name.
    bool addUri(X509 *certificate, const QString &uri)
    {
        const openssl::Names names(GENERAL_NAMES_new());
        GENERAL_NAME *name = GENERAL_NAME_new();
        ASN1_IA5STRING *text = ASN1_IA5STRING_new();
        const QByteArray bytes = uri.toLatin1();
        ASN1_STRING_set(text, bytes.constData(), static_cast<int>(bytes.size()));
        GENERAL_NAME_set0_value(name, GEN_URI, text);
        sk_GENERAL_NAME_push(names.get(), name);
        return X509_add1_ext_i2d(certificate, NID_subject_alt_name, names.get(), 0, X509V3_ADD_DEFAULT) == 1;
    }

    bool setSerial(X509 *certificate, Random &random)
    {
        std::string bytes = random.bytes(kSerialBytes);
        if (bytes[0] == 0)
            bytes[0] = 1; // so that the text always has 32 digits
        const openssl::Number number(BN_bin2bn(reinterpret_cast<const unsigned char *>(bytes.data()),
                                               static_cast<int>(bytes.size()), nullptr));
        return number && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate));
    }

    time_t seconds(Instant instant) { return static_cast<time_t>(toMicros(instant) / 1000000); }
}

openssl::Certificate buildCertificate(const CertificateFields &fields, EVP_PKEY *subjectKey, X509 *issuer,
                                      EVP_PKEY *issuerKey, Random &random)
{
    openssl::Certificate certificate(X509_new());
    X509 *x = certificate.get();
    const QByteArray commonName = fields.commonName.toUtf8();
    X509_NAME *subject = X509_get_subject_name(x);
    const bool named = X509_set_version(x, X509_VERSION_3) == 1 && setSerial(x, random)
        && X509_NAME_add_entry_by_NID(subject, NID_commonName, MBSTRING_UTF8,
                                      reinterpret_cast<const unsigned char *>(commonName.constData()),
                                      static_cast<int>(commonName.size()), -1, 0)
            == 1
        && X509_set_issuer_name(x, issuer ? X509_get_subject_name(issuer) : subject) == 1
        && ASN1_TIME_set(X509_getm_notBefore(x), seconds(fields.notBefore))
        && ASN1_TIME_set(X509_getm_notAfter(x), seconds(fields.notAfter))
        && X509_set_pubkey(x, subjectKey) == 1;
    if (!named)
        return {};
    bool extended = addExtension(x, issuer, NID_basic_constraints,
                                 fields.isCa ? "critical,CA:TRUE,pathlen:0" : "critical,CA:FALSE")
        && addExtension(x, issuer, NID_key_usage,
                        fields.isCa ? "critical,keyCertSign,cRLSign" : "critical,digitalSignature")
        && addExtension(x, issuer, NID_subject_key_identifier, "hash");
    if (extended && issuer)
        extended = addExtension(x, issuer, NID_authority_key_identifier, "keyid:always");
    if (extended && fields.extendedUsage)
        extended = addExtension(x, issuer, NID_ext_key_usage, fields.extendedUsage);
    if (extended && !fields.uri.isEmpty())
        extended = addUri(x, fields.uri);
    if (!extended || X509_sign(x, issuerKey, EVP_sha256()) == 0)
        return {};
    return certificate;
}

QByteArray derOf(X509 *certificate)
{
    unsigned char *bytes = nullptr;
    const int length = i2d_X509(certificate, &bytes);
    const QByteArray der(reinterpret_cast<const char *>(bytes), length > 0 ? length : 0);
    OPENSSL_free(bytes);
    return der;
}

QString serialOf(const X509 *certificate)
{
    const openssl::Number number(ASN1_INTEGER_to_BN(X509_get0_serialNumber(certificate), nullptr));
    std::string bytes(kSerialBytes, '\0');
    if (BN_bn2binpad(number.get(), reinterpret_cast<unsigned char *>(bytes.data()), kSerialBytes) < 0)
        return {}; // longer than ours: not a certificate of this CA
    return toQString(toHex(bytes));
}

QString publicKeySha256(EVP_PKEY *key)
{
    unsigned char *bytes = nullptr;
    const int length = i2d_PUBKEY(key, &bytes);
    const std::string der(reinterpret_cast<const char *>(bytes), static_cast<size_t>(std::max(length, 0)));
    OPENSSL_free(bytes);
    return toQString(sha256Hex(der));
}

IssuedCertificate issuedOf(X509 *certificate, const CertificateFields &fields)
{
    return {.der = derOf(certificate),
            .serial = serialOf(certificate),
            .publicKeySha256 = publicKeySha256(X509_get0_pubkey(certificate)),
            .notBefore = fields.notBefore,
            .notAfter = fields.notAfter};
}

}
