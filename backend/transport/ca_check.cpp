#include "backend/transport/ca_check.h"

#include "backend/core/byte_encoding.h"
#include "backend/transport/openssl_handles.h"
#include "backend/transport/tls_settings.h"

#include <openssl/err.h>

#include <fmt/format.h>

#include <algorithm>

namespace fb::transport {

namespace {
    using DigestHandle = std::unique_ptr<EVP_MD_CTX, OpensslFree<EVP_MD_CTX_free>>;

    bool hasFleetKey(const EVP_PKEY *key)
    {
        char group[32] = {};
        size_t length = 0;
        return EVP_PKEY_is_a(key, "ED25519")
            || (EVP_PKEY_is_a(key, "EC") && EVP_PKEY_get_group_name(key, group, sizeof group, &length) == 1
                && std::string_view(group, length) == "prime256v1");
    }

    Result<void> checkCa(std::string_view der, size_t index)
    {
        const auto refuse = [&](std::string_view why) {
            ERR_clear_error();
            return makeError(errors::kValidation, fmt::format("CA {} of the bundle {}", index + 1, why),
                             "ca_der");
        };
        if (der.empty() || der.size() > kMostCaBytes)
            return refuse(fmt::format("has {} bytes; it may have 1 to {}", der.size(), kMostCaBytes));
        const auto *at = reinterpret_cast<const unsigned char *>(der.data());
        const unsigned char *end = at + der.size();
        const X509Handle certificate(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
        if (!certificate || at != end)
            return refuse("is no X.509 certificate in DER");
        EVP_PKEY *key = X509_get0_pubkey(certificate.get());
        if (key == nullptr || !hasFleetKey(key))
            return refuse("has a key that is neither EC P-256 nor Ed25519");
        if (X509_check_ca(certificate.get()) != 1
            || (X509_get_key_usage(certificate.get()) & KU_KEY_CERT_SIGN) == 0)
            return refuse("is not a CA's certificate");
        if (X509_check_issued(certificate.get(), certificate.get()) != X509_V_OK
            || X509_verify(certificate.get(), key) != 1)
            return refuse("is not signed by itself");
        return {};
    }

    bool isSignedBy(std::string_view caDer, std::string_view text, std::string_view signature)
    {
        const auto certificate = parseCertificate(caDer, "ca_der");
        EVP_PKEY *key = certificate ? X509_get0_pubkey(certificate->get()) : nullptr;
        const DigestHandle context(EVP_MD_CTX_new());
        const bool holds = key != nullptr && EVP_PKEY_is_a(key, "EC") && context
            && EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key) == 1
            && EVP_DigestVerify(context.get(), reinterpret_cast<const unsigned char *>(signature.data()),
                                signature.size(), reinterpret_cast<const unsigned char *>(text.data()),
                                text.size())
                == 1;
        ERR_clear_error();
        return holds;
    }

    bool has(const std::vector<std::string> &all, const std::string &der)
    {
        return std::find(all.begin(), all.end(), der) != all.end();
    }
}

Result<void> checkCas(const std::vector<std::string> &caDer)
{
    if (caDer.empty() || caDer.size() > kMostCas)
        return makeError(errors::kValidation,
                         fmt::format("the bundle has {} CAs; it may have 1 to {}", caDer.size(), kMostCas),
                         "ca_der");
    for (size_t i = 0; i < caDer.size(); ++i) {
        if (auto checked = checkCa(caDer[i], i); !checked)
            return checked;
        if (std::find(caDer.begin(), caDer.begin() + static_cast<std::ptrdiff_t>(i), caDer[i])
            != caDer.begin() + static_cast<std::ptrdiff_t>(i))
            return makeError(errors::kValidation, fmt::format("CA {} of the bundle is there twice", i + 1),
                             "ca_der");
    }
    return {};
}

Result<void> checkCaBundle(const CaBundle &bundle, std::string_view fleetId,
                           const std::vector<std::string> &trusted)
{
    if (auto checked = checkCas(bundle.caDer); !checked)
        return checked;
    const std::string text = caBundleText(fleetId, bundle.version, bundle.caDer);
    if (std::none_of(trusted.begin(), trusted.end(),
                     [&](const std::string &ca) { return isSignedBy(ca, text, bundle.signature); }))
        return makeError(errors::kAccessDenied,
                         "the bundle of CAs is not signed by a CA that this node trusts", "signature");
    if (std::none_of(trusted.begin(), trusted.end(),
                     [&](const std::string &ca) { return has(bundle.caDer, ca); }))
        return makeError(errors::kAccessDenied, "the bundle of CAs has none of those that this node trusts",
                         "ca_der");
    return {};
}

}
