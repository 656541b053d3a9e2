#include "backend/security/key_proof.h"

#include "backend/base/fail.h"
#include "backend/security/certificate_builder.h"

#include <openssl/err.h>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr qsizetype kMostCertificateBytes = 16 * 1024;

    tl::unexpected<Error> refused(const QString &why)
    {
        ERR_clear_error();
        return fail(errors::kValidation, u"The proof of the old key %1."_s.arg(why), u"Proof"_s);
    }
}

Result<ProvenKey> checkKeyProof(const QByteArray &certificateDer, std::string_view text,
                                const QByteArray &signature)
{
    if (certificateDer.size() > kMostCertificateBytes)
        return refused(u"brings a certificate of %1 bytes; it may have %2"_s.arg(certificateDer.size())
                           .arg(kMostCertificateBytes));
    const auto *at = reinterpret_cast<const unsigned char *>(certificateDer.constData());
    const unsigned char *end = at + certificateDer.size();
    const openssl::Certificate certificate(d2i_X509(nullptr, &at, static_cast<long>(certificateDer.size())));
    if (!certificate || at != end)
        return refused(u"brings no certificate in DER"_s);
    EVP_PKEY *key = X509_get0_pubkey(certificate.get());
    if (key == nullptr || !EVP_PKEY_is_a(key, "EC"))
        return refused(u"is by a key of another kind than P-256"_s);
    const openssl::DigestContext context(EVP_MD_CTX_new());
    const bool holds = context
        && EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key) == 1
        && EVP_DigestVerify(context.get(), reinterpret_cast<const unsigned char *>(signature.constData()),
                            static_cast<size_t>(signature.size()),
                            reinterpret_cast<const unsigned char *>(text.data()), text.size())
            == 1;
    if (!holds)
        return refused(u"does not hold"_s);
    return ProvenKey {serialOf(certificate.get()), publicKeySha256(key)};
}

}
