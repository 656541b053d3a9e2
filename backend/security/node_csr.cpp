#include "backend/security/node_csr.h"

#include "backend/base/fail.h"
#include "backend/core/text_safety.h"
#include "backend/security/certificate_builder.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>

#include <array>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    using Extensions = std::unique_ptr<STACK_OF(X509_EXTENSION), void (*)(STACK_OF(X509_EXTENSION) *)>;

    tl::unexpected<Error> refusedCsr(const QString &why)
    {
        ERR_clear_error();
        return fail(errors::kValidation, u"The certificate request %1."_s.arg(why), u"Csr"_s);
    }

    QString shown(std::string_view text)
    {
        return toQString(withVisibleEscapes(toValidUtf8(firstCodePoints(toValidUtf8(text), 100))));
    }

    Result<void> checkKey(EVP_PKEY *key)
    {
        if (EVP_PKEY_is_a(key, "ED25519"))
            return {};
        if (!EVP_PKEY_is_a(key, "EC"))
            return refusedCsr(u"has a key of type %1 (%2 bits); it must be EC P-256 or Ed25519"_s
                                  .arg(QString::fromLatin1(EVP_PKEY_get0_type_name(key)))
                                  .arg(EVP_PKEY_get_bits(key)));
        std::array<char, 64> curve {};
        size_t length = 0;
        const bool named = EVP_PKEY_get_utf8_string_param(key, OSSL_PKEY_PARAM_GROUP_NAME, curve.data(),
                                                          curve.size(), &length)
            == 1;
        const std::string_view name(curve.data(), named ? length : 0);
        if (name != "prime256v1" && name != "P-256")
            return refusedCsr(u"has a key on the curve '%1'; it must be P-256"_s.arg(toQString(name)));
        return {};
    }

    Result<void> checkSubject(const X509_REQ *request, const QString &nodeId)
    {
        X509_NAME *subject = X509_REQ_get_subject_name(request);
        const int entries = X509_NAME_entry_count(subject);
        if (entries == 0)
            return {};
        const X509_NAME_ENTRY *entry = X509_NAME_get_entry(subject, 0);
        const ASN1_STRING *value = X509_NAME_ENTRY_get_data(entry);
        const std::string_view text(reinterpret_cast<const char *>(ASN1_STRING_get0_data(value)),
                                    static_cast<size_t>(ASN1_STRING_length(value)));
        const bool commonName = OBJ_obj2nid(X509_NAME_ENTRY_get_object(entry)) == NID_commonName;
        if (entries > 1 || !commonName || text != toStd(nodeId))
            return refusedCsr(u"names the subject '%1'; it must have none"_s.arg(shown(text)));
        return {};
    }

    Result<void> checkNames(const GENERAL_NAMES *names, const QString &nodeUri)
    {
        for (int i = 0; i < sk_GENERAL_NAME_num(names); ++i) {
            int type = 0;
            const auto *value = static_cast<const ASN1_STRING *>(
                GENERAL_NAME_get0_value(sk_GENERAL_NAME_value(names, i), &type));
            const bool text = type == GEN_URI || type == GEN_DNS || type == GEN_EMAIL;
            const std::string_view name = text
                ? std::string_view(reinterpret_cast<const char *>(ASN1_STRING_get0_data(value)),
                                   static_cast<size_t>(ASN1_STRING_length(value)))
                : std::string_view("(not a text)");
            if (type != GEN_URI || name != toStd(nodeUri))
                return refusedCsr(u"asks for the name '%1', which is not this node's"_s.arg(shown(name)));
        }
        return {};
    }

    Result<void> checkExtensions(X509_REQ *request, const QString &nodeUri)
    {
        const Extensions extensions(X509_REQ_get_extensions(request), [](STACK_OF(X509_EXTENSION) * list) {
            sk_X509_EXTENSION_pop_free(list, X509_EXTENSION_free);
        });
        for (int i = 0; i < sk_X509_EXTENSION_num(extensions.get()); ++i) {
            X509_EXTENSION *extension = sk_X509_EXTENSION_value(extensions.get(), i);
            const int nid = OBJ_obj2nid(X509_EXTENSION_get_object(extension));
            if (nid != NID_subject_alt_name)
                return refusedCsr(u"asks for the extension %1; it may ask for none"_s.arg(
                    QString::fromLatin1(nid == NID_undef ? "unknown" : OBJ_nid2sn(nid))));
            const openssl::Names names(static_cast<GENERAL_NAMES *>(X509V3_EXT_d2i(extension)));
            if (!names)
                return refusedCsr(u"asks for a name that cannot be read"_s);
            if (auto checked = checkNames(names.get(), nodeUri); !checked)
                return checked;
        }
        return {};
    }
}

Result<openssl::Key> publicKeyOfRequest(const QByteArray &csrDer, const QString &nodeId,
                                        const QString &nodeUri)
{
    if (csrDer.size() > kMostCsrBytes)
        return refusedCsr(u"has %1 bytes; it may have %2"_s.arg(csrDer.size()).arg(kMostCsrBytes));
    const auto *at = reinterpret_cast<const unsigned char *>(csrDer.constData());
    const unsigned char *end = at + csrDer.size();
    const openssl::Request request(d2i_X509_REQ(nullptr, &at, static_cast<long>(csrDer.size())));
    if (!request || at != end)
        return refusedCsr(u"is not one PKCS#10 request in DER"_s);
    openssl::Key key(X509_REQ_get_pubkey(request.get()));
    if (!key)
        return refusedCsr(u"has a public key that cannot be read"_s);
    if (auto checked = checkKey(key.get()); !checked)
        return checked.error();
    if (X509_REQ_verify(request.get(), key.get()) != 1)
        return refusedCsr(u"is not signed with its own key"_s);
    if (auto checked = checkSubject(request.get(), nodeId); !checked)
        return checked.error();
    if (auto checked = checkExtensions(request.get(), nodeUri); !checked)
        return checked.error();
    return key;
}

Result<QString> publicKeySha256OfRequest(const QByteArray &csrDer)
{
    return publicKeyOfRequest(csrDer, {}, {}).map([](const openssl::Key &key) {
        return publicKeySha256(key.get());
    });
}

}
