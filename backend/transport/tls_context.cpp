#include "backend/transport/tls_context.h"

#include "backend/core/byte_encoding.h"
#include "backend/core/random.h"
#include "backend/transport/causes.h"
#include "backend/transport/ticket_keys.h"
#include "backend/transport/tls_settings.h"

#include <openssl/err.h>
#include <openssl/pem.h>

#include <fmt/format.h>

#include <cstring>

namespace fb::transport {

namespace {
    constexpr size_t kReadAheadBytes
        = 68 * 1024; // what one write of the other end brings; held only while bytes wait in it
}

// ---- Shared settings ---------------------------------------------------------------------------------------------

std::string opensslError()
{
    const char *reason = ERR_reason_error_string(ERR_peek_last_error());
    std::string text = reason != nullptr ? reason : "unknown error";
    ERR_clear_error();
    return text;
}

Result<SslContextHandle> makeContext(const SSL_METHOD *method)
{
    SslContextHandle context(SSL_CTX_new(method));
    SSL_CTX *raw = context.get();
    const bool good = raw != nullptr && SSL_CTX_set_min_proto_version(raw, TLS1_3_VERSION) == 1
        && SSL_CTX_set_max_proto_version(raw, TLS1_3_VERSION) == 1
        && SSL_CTX_set_ciphersuites(
               raw, "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256")
            == 1
        && SSL_CTX_set1_groups_list(raw, "X25519:P-256") == 1
        && SSL_CTX_set1_sigalgs_list(raw, "ECDSA+SHA256:ed25519") == 1
        && SSL_CTX_set1_client_sigalgs_list(raw, "ECDSA+SHA256:ed25519") == 1
        && SSL_CTX_set_max_early_data(raw, 0) == 1;
    if (!good)
        return makeError(errors::kInternal, fmt::format("TLS can't be set up: {}", opensslError()));
    SSL_CTX_set_options(raw, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
    SSL_CTX_set_mode(
        raw, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_read_ahead(raw, 1); // several records in one system call
    SSL_CTX_set_default_read_buffer_len(raw, kReadAheadBytes);
    SSL_CTX_set_max_cert_list(raw, 16 * 1024);
    SSL_CTX_set_timeout(raw, 24 * 60 * 60);
    return context;
}

Result<X509Handle> parseCertificate(std::string_view der, std::string_view field)
{
    const auto *bytes = reinterpret_cast<const unsigned char *>(der.data());
    X509Handle certificate(d2i_X509(nullptr, &bytes, static_cast<long>(der.size())));
    if (!certificate) {
        return makeError(errors::kValidation,
                         fmt::format("{}: {} bytes that are no X.509 certificate in DER: {}", field,
                                     der.size(), opensslError()),
                         std::string(field));
    }
    return certificate;
}

std::string toDer(X509 *certificate)
{
    const int size = i2d_X509(certificate, nullptr);
    std::string der(static_cast<size_t>(std::max(size, 0)), '\0');
    auto *out = reinterpret_cast<unsigned char *>(der.data());
    i2d_X509(certificate, &out);
    return der;
}

Instant nowOf(const Clock *clock) { return clock != nullptr ? clock->now() : SystemClock().now(); }

Error verificationError(int code, PeerRole role)
{
    const bool node = role == PeerRole::Node;
    const auto cause = [&] {
        switch (code) {
        case X509_V_ERR_CERT_HAS_EXPIRED:
            return node ? causes::kExpired : causes::kClock;
        case X509_V_ERR_CERT_NOT_YET_VALID:
            return node ? causes::kNotYetValid : causes::kClock;
        case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
            return node ? causes::kSelfSigned : causes::kEngineIdentity;
        case X509_V_ERR_CERT_SIGNATURE_FAILURE:
            return causes::kBadSignature;
        case X509_V_ERR_INVALID_PURPOSE:
            return causes::kWrongUsage;
        case X509_V_ERR_CERT_REVOKED:
            return causes::kRevoked;
        default:
            return node ? causes::kUnknownCa : causes::kEngineIdentity;
        }
    }();
    return makeError(cause,
                     fmt::format("the {}'s certificate was refused: {}", node ? "node" : "engine",
                                 X509_verify_cert_error_string(code)),
                     "certificate");
}

int alertError(ErrorCode cause)
{
    if (cause == causes::kExpired || cause == causes::kNotYetValid)
        return X509_V_ERR_CERT_HAS_EXPIRED;
    if (cause == causes::kRevoked)
        return X509_V_ERR_CERT_REVOKED;
    if (cause == causes::kUnknownCa)
        return X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY;
    if (cause == causes::kWrongUsage || cause == causes::kCaAsLeaf)
        return X509_V_ERR_INVALID_PURPOSE;
    return X509_V_ERR_CERT_REJECTED;
}

Error alertCause(int alert)
{
    switch (alert) {
    case SSL_AD_CERTIFICATE_EXPIRED:
        return makeError(causes::kExpired,
                         "the peer refused our certificate: it is expired or not yet valid there");
    case SSL_AD_CERTIFICATE_REVOKED:
        return makeError(causes::kRevoked, "the peer refused our certificate: it is revoked");
    case SSL_AD_UNKNOWN_CA:
        return makeError(causes::kUnknownCa,
                         "the peer refused our certificate: it was signed by a CA unknown there");
    case SSL_AD_UNSUPPORTED_CERTIFICATE:
        return makeError(causes::kWrongUsage,
                         "the peer refused our certificate: it is not made for this use");
    case SSL_AD_BAD_CERTIFICATE:
    case SSL_AD_CERTIFICATE_UNKNOWN:
    case SSL_AD_CERTIFICATE_REQUIRED:
    case SSL_AD_ACCESS_DENIED:
        return makeError(causes::kRefused, fmt::format("the peer refused our certificate (alert {})", alert));
    default:
        return makeError(
            causes::kTls,
            fmt::format("the peer ended TLS with alert {} ({})", alert, SSL_alert_desc_string_long(alert)));
    }
}

// ---- TlsIdentity -------------------------------------------------------------------------------------------------

Result<std::shared_ptr<const TlsIdentity>> TlsIdentity::load(std::string_view certificateDer,
                                                             const std::vector<std::string> &chainDer,
                                                             const SecretBytes &privateKey)
{
    const std::shared_ptr<TlsIdentity> identity(new TlsIdentity);
    auto certificate = parseCertificate(certificateDer, "certificate");
    if (!certificate)
        return certificate.error();
    identity->m_x509 = certificate->release();
    for (const std::string &der : chainDer) {
        auto link = parseCertificate(der, "chain");
        if (!link)
            return link.error();
        identity->m_chain.push_back(link->release());
    }
    const std::string_view key = privateKey.view();
    if (key.starts_with("-----BEGIN")) {
        const BioHandle bio(BIO_new_mem_buf(key.data(), static_cast<int>(key.size())));
        identity->m_key = PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr);
    } else {
        const auto *bytes = reinterpret_cast<const unsigned char *>(key.data());
        identity->m_key = d2i_AutoPrivateKey(nullptr, &bytes, static_cast<long>(key.size()));
    }
    if (identity->m_key == nullptr)
        return makeError(errors::kValidation,
                         fmt::format("the private key is not PKCS#8 in DER or PEM: {}", opensslError()),
                         "privateKey");
    if (X509_check_private_key(identity->m_x509, identity->m_key) != 1) {
        ERR_clear_error();
        return makeError(errors::kValidation, "the private key does not belong to the certificate",
                         "privateKey");
    }
    identity->m_fingerprint = sha256(certificateDer);
    identity->m_certificate = readCertificate(identity->m_x509);
    return std::shared_ptr<const TlsIdentity>(identity);
}

TlsIdentity::~TlsIdentity()
{
    X509_free(m_x509);
    EVP_PKEY_free(m_key);
    for (X509 *link : m_chain)
        X509_free(link);
}

bool TlsIdentity::applyTo(SSL *ssl) const
{
    if (SSL_use_certificate(ssl, m_x509) != 1 || SSL_use_PrivateKey(ssl, m_key) != 1)
        return false;
    for (X509 *link : m_chain) {
        if (SSL_add1_chain_cert(ssl, link) != 1)
            return false;
    }
    return true;
}

std::string TlsIdentity::certificateDer() const { return toDer(m_x509); }

SecretBytes TlsIdentity::privateKeyDer() const
{
    const std::unique_ptr<PKCS8_PRIV_KEY_INFO, OpensslFree<PKCS8_PRIV_KEY_INFO_free>> key(
        EVP_PKEY2PKCS8(m_key));
    unsigned char *der = nullptr;
    const int size = key ? i2d_PKCS8_PRIV_KEY_INFO(key.get(), &der) : -1;
    if (size <= 0)
        return {};
    SecretBytes bytes(std::string_view(reinterpret_cast<const char *>(der), static_cast<size_t>(size)));
    OPENSSL_clear_free(der, static_cast<size_t>(size));
    return bytes;
}

// ---- TicketKeyRing -----------------------------------------------------------------------------------------------

namespace {
    TicketKey toTicketKey(std::string_view bytes)
    {
        TicketKey key;
        std::memcpy(key.name.data(), bytes.data(), key.name.size());
        key.hmac = SecretBytes(bytes.substr(16, 32));
        key.aes = SecretBytes(bytes.substr(48, 32));
        return key;
    }

    TicketKey freshTicketKey(Random &random)
    {
        std::string bytes = random.bytes(TicketKeyRing::kKeyBytes);
        TicketKey key = toTicketKey(bytes);
        OPENSSL_cleanse(bytes.data(), bytes.size());
        return key;
    }
}

TicketKeyRing::TicketKeyRing() = default;

TicketKeyRing::TicketKeyRing(Random &random)
{
    auto keys = std::make_shared<Keys>();
    keys->all.push_back(freshTicketKey(random));
    m_keys = std::move(keys);
}

TicketKeyRing::~TicketKeyRing() = default;

Result<std::shared_ptr<TicketKeyRing>> TicketKeyRing::fromStored(std::string_view bytes)
{
    const std::shared_ptr<TicketKeyRing> ring(new TicketKeyRing);
    return ring->replace(bytes).map([&] { return ring; });
}

Result<void> TicketKeyRing::replace(std::string_view bytes)
{
    if (bytes.size() != kKeyBytes && bytes.size() != 2 * kKeyBytes)
        return makeError(errors::kValidation,
                         fmt::format("{} bytes of ticket keys; it must be {} or {}", bytes.size(), kKeyBytes,
                                     2 * kKeyBytes),
                         "ticketKeys");
    auto keys = std::make_shared<Keys>();
    for (size_t at = 0; at < bytes.size(); at += kKeyBytes)
        keys->all.push_back(toTicketKey(bytes.substr(at, kKeyBytes)));
    setKeys(std::move(keys));
    return {};
}

void TicketKeyRing::rotate(Random &random)
{
    auto next = std::make_shared<Keys>();
    next->all.push_back(freshTicketKey(random));
    next->all.push_back(keys()->all.front().copy());
    setKeys(std::move(next));
}

SecretBytes TicketKeyRing::stored() const
{
    const auto current = keys();
    SecretBytes bytes = SecretBytes::ofSize(current->all.size() * kKeyBytes);
    char *out = bytes.data();
    for (const TicketKey &key : current->all) {
        std::memcpy(out, key.name.data(), 16);
        std::memcpy(out + 16, key.hmac.view().data(), 32);
        std::memcpy(out + 48, key.aes.view().data(), 32);
        out += kKeyBytes;
    }
    return bytes;
}

std::shared_ptr<const TicketKeyRing::Keys> TicketKeyRing::keys() const
{
    const std::lock_guard lock(m_mutex);
    return m_keys;
}

void TicketKeyRing::setKeys(std::shared_ptr<const Keys> keys)
{
    const std::lock_guard lock(m_mutex);
    m_keys = std::move(keys);
}

// ---- SessionCache ------------------------------------------------------------------------------------------------

SessionCache::~SessionCache() { SSL_SESSION_free(m_session); }

void SessionCache::clear() { put({}, nullptr); }

bool SessionCache::isEmpty() const
{
    const std::lock_guard lock(m_mutex);
    return m_session == nullptr;
}

SSL_SESSION *SessionCache::take(std::string_view key)
{
    const std::lock_guard lock(m_mutex);
    if (m_session == nullptr || m_key != key)
        return nullptr;
    return std::exchange(m_session, nullptr);
}

void SessionCache::put(std::string key, SSL_SESSION *session)
{
    const std::lock_guard lock(m_mutex);
    SSL_SESSION_free(m_session);
    m_session = session;
    m_key = std::move(key);
    if (m_kept == nullptr || session == nullptr)
        return;
    unsigned char *der = nullptr;
    const int size = i2d_SSL_SESSION(session, &der);
    if (size <= 0)
        return;
    m_kept(m_key, std::string(reinterpret_cast<const char *>(der), static_cast<size_t>(size)));
    OPENSSL_clear_free(der, static_cast<size_t>(size));
}

void SessionCache::setKept(std::function<void(const std::string &, const std::string &)> kept)
{
    const std::lock_guard lock(m_mutex);
    m_kept = std::move(kept);
}

void SessionCache::restore(std::string key, std::string_view ticket)
{
    const auto *bytes = reinterpret_cast<const unsigned char *>(ticket.data());
    SSL_SESSION *session = d2i_SSL_SESSION(nullptr, &bytes, static_cast<long>(ticket.size()));
    ERR_clear_error();
    const std::lock_guard lock(m_mutex);
    SSL_SESSION_free(m_session);
    m_session = session;
    m_key = std::move(key);
}

}
