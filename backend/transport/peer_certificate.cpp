#include "backend/transport/peer_certificate.h"

#include "backend/core/byte_encoding.h"
#include "backend/core/time_text.h"
#include "backend/transport/causes.h"
#include "backend/transport/openssl_handles.h"

#include <openssl/ec.h>

#include <fmt/format.h>

#include <algorithm>
#include <ctime>

namespace fb::transport {

namespace {
    Instant toInstant(const ASN1_TIME *time)
    {
        std::tm civil {};
        if (time == nullptr || ASN1_TIME_to_tm(time, &civil) != 1)
            return {};
        return Instant(std::chrono::seconds(timegm(&civil)));
    }

    std::string text(const ASN1_STRING *string)
    {
        const auto *bytes = ASN1_STRING_get0_data(string);
        return std::string(reinterpret_cast<const char *>(bytes),
                           static_cast<size_t>(ASN1_STRING_length(string)));
    }

    std::string serialHex(const X509 *certificate)
    {
        const std::string bytes = text(X509_get0_serialNumber(certificate));
        const std::string hex = toHex(bytes);
        return hex.size() < 32 ? std::string(32 - hex.size(), '0') + hex : hex;
    }

    std::string commonName(const X509 *certificate)
    {
        const X509_NAME *name = X509_get_subject_name(certificate);
        const int index = X509_NAME_get_index_by_NID(name, NID_commonName, -1);
        if (index < 0)
            return {};
        return text(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, index)));
    }

    std::vector<std::string> uriNames(const X509 *certificate)
    {
        std::vector<std::string> uris;
        const NamesHandle names(static_cast<GENERAL_NAMES *>(
            X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
        for (int i = 0; names && i < sk_GENERAL_NAME_num(names.get()); ++i) {
            const GENERAL_NAME *name = sk_GENERAL_NAME_value(names.get(), i);
            if (name->type == GEN_URI)
                uris.push_back(text(name->d.uniformResourceIdentifier));
        }
        return uris;
    }

    bool hasStrongKey(X509 *certificate)
    {
        const EVP_PKEY *key = X509_get0_pubkey(certificate);
        if (key == nullptr)
            return false;
        if (EVP_PKEY_is_a(key, "ED25519"))
            return true;
        char group[32] = {};
        size_t length = 0;
        return EVP_PKEY_is_a(key, "EC") && EVP_PKEY_get_group_name(key, group, sizeof group, &length) == 1
            && std::string_view(group, length) == "prime256v1";
    }
}

PeerCertificate readCertificate(const X509 *certificate)
{
    return {serialHex(certificate), commonName(certificate), uriNames(certificate),
            toInstant(X509_get0_notBefore(certificate)), toInstant(X509_get0_notAfter(certificate))};
}

Result<PeerCertificate> readCertificateDer(std::string_view der)
{
    const auto *bytes = reinterpret_cast<const unsigned char *>(der.data());
    const X509Handle certificate(d2i_X509(nullptr, &bytes, static_cast<long>(der.size())));
    if (!certificate)
        return makeError(errors::kValidation, "the certificate is not X.509 in DER");
    return readCertificate(certificate.get());
}

Result<PeerCertificate> checkCertificate(X509 *certificate, const CertificateRules &rules, Instant now)
{
    PeerCertificate peer = readCertificate(certificate);
    const auto refuse = [&](ErrorCode cause, std::string_view why) {
        return makeError(cause, fmt::format("certificate {}: {}", peer.serial, why), "certificate");
    };
    const uint32_t keyUsage = X509_get_key_usage(certificate);
    if (X509_check_ca(certificate) != 0 || (keyUsage != UINT32_MAX && (keyUsage & KU_KEY_CERT_SIGN) != 0))
        return refuse(causes::kCaAsLeaf, "it is a CA's, not one of a peer");
    const uint32_t purposes = X509_get_extended_key_usage(certificate);
    const uint32_t wanted = rules.role == PeerRole::Node ? XKU_SSL_CLIENT : XKU_SSL_SERVER;
    if (purposes == UINT32_MAX || (purposes & wanted) == 0)
        return refuse(causes::kWrongUsage,
                      rules.role == PeerRole::Node ? "it is not made for clients"
                                                   : "it is not made for servers");
    if (!hasStrongKey(certificate))
        return refuse(causes::kWeakKey, "its key must be EC P-256 or Ed25519");
    const bool named = std::any_of(peer.uris.begin(), peer.uris.end(), [&](const std::string &uri) {
        return rules.wholeUri ? uri == rules.uriPrefix
                              : uri.starts_with(rules.uriPrefix) && uri.size() > rules.uriPrefix.size();
    });
    if (!named)
        return refuse(rules.role == PeerRole::Node ? causes::kWrongFleet : causes::kEngineIdentity,
                      fmt::format("it names {}, not {}", peer.uris.empty() ? "nobody" : peer.uris.front(),
                                  rules.uriPrefix));
    if (now < peer.notBefore)
        return refuse(rules.role == PeerRole::Node ? causes::kNotYetValid : causes::kClock,
                      fmt::format("it is valid from {}, the clock here says {}", toIso8601(peer.notBefore),
                                  toIso8601(now)));
    if (now > peer.notAfter)
        return refuse(rules.role == PeerRole::Node ? causes::kExpired : causes::kClock,
                      fmt::format("it was valid until {}, the clock here says {}", toIso8601(peer.notAfter),
                                  toIso8601(now)));
    return peer;
}

}
