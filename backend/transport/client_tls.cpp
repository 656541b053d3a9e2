#include "backend/core/byte_encoding.h"
#include "backend/transport/causes.h"
#include "backend/transport/tls_context.h"
#include "backend/transport/tls_settings.h"

#include <openssl/err.h>

#include <fmt/format.h>

namespace fb::transport {

namespace {
    constexpr unsigned char kOfferedAlpn[] = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};

    constexpr size_t kPinBytes = 32;

    int connectionIndex()
    {
        static const int index = SSL_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
        return index;
    }

    ClientTls::Connection &connectionOf(const SSL *ssl)
    {
        return *static_cast<ClientTls::Connection *>(SSL_get_ex_data(ssl, connectionIndex()));
    }
}

struct ClientTls::Callbacks {
    static std::string sessionKey(const Connection &connection)
    {
        const auto &options = connection.tls->m_options;
        return (connection.identity ? connection.identity->fingerprint() : std::string()) + '/'
            + options.serverRules.uriPrefix + '/' + options.caSha256;
    }

    static bool isPinned(std::string_view hash, std::string_view pins)
    {
        for (size_t at = 0; at < pins.size(); at += kPinBytes) {
            if (equalInConstantTime(hash, pins.substr(at, kPinBytes)))
                return true;
        }
        return false;
    }

    // A pinned CA as the server sent it.
    static X509 *pinnedCa(X509_STORE_CTX *store, const std::string &pins, std::string &lastSeen)
    {
        STACK_OF(X509) *sent = X509_STORE_CTX_get0_untrusted(store);
        for (int i = 0; i < sk_X509_num(sent); ++i) {
            X509 *certificate = sk_X509_value(sent, i);
            lastSeen = sha256(toDer(certificate));
            if (isPinned(lastSeen, pins))
                return certificate;
        }
        return nullptr;
    }

    static std::string shownPins(std::string_view pins)
    {
        std::string text;
        for (size_t at = 0; at < pins.size(); at += kPinBytes)
            text += (at == 0 ? "" : " or ") + toHex(pins.substr(at, kPinBytes));
        return text;
    }

    static std::optional<Error> refusal(X509_STORE_CTX *store, Connection &connection)
    {
        const ClientTlsOptions &options = connection.tls->m_options;
        const Instant now = nowOf(options.clock);
        X509_STORE_CTX_set_time(store, 0, std::chrono::system_clock::to_time_t(now));
        const X509StackHandle trusted(sk_X509_new_null());
        if (!options.caSha256.empty()) {
            std::string seen;
            X509 *ca = pinnedCa(store, options.caSha256, seen);
            if (ca == nullptr)
                return makeError(causes::kEngineIdentity,
                                 fmt::format("engine identity differs: expected CA {}, got {}",
                                             shownPins(options.caSha256),
                                             seen.empty() ? "none" : toHex(seen)),
                                 "caSha256");
            X509_up_ref(ca);
            sk_X509_push(trusted.get(), ca);
            X509_STORE_CTX_set0_trusted_stack(store, trusted.get());
        }
        if (X509_verify_cert(store) != 1)
            return verificationError(X509_STORE_CTX_get_error(store), PeerRole::Engine);
        const auto checked = checkCertificate(X509_STORE_CTX_get0_cert(store), options.serverRules, now);
        if (!checked)
            return checked.error();
        const STACK_OF(X509) *chain = X509_STORE_CTX_get0_chain(store);
        if (sk_X509_num(chain) != 2)
            return makeError(causes::kEngineIdentity,
                             "the engine's certificate is not signed by the fleet's CA itself",
                             "certificate");
        connection.caDer = toDer(sk_X509_value(chain, 1));
        return std::nullopt;
    }

    static int verify(X509_STORE_CTX *store, void *)
    {
        const auto *ssl = static_cast<const SSL *>(
            X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx()));
        Connection &connection = connectionOf(ssl);
        connection.refusal = refusal(store, connection);
        if (!connection.refusal)
            return 1;
        X509_STORE_CTX_set_error(store, alertError(connection.refusal->code));
        return 0;
    }

    static int keepSession(SSL *ssl, SSL_SESSION *session)
    {
        const Connection &connection = connectionOf(ssl);
        if (!connection.sessions || SSL_SESSION_is_resumable(session) != 1)
            return 0;
        connection.sessions->put(sessionKey(connection), session);
        return 1; // ours now
    }
};

Result<std::shared_ptr<const ClientTls>> ClientTls::make(ClientTlsOptions options)
{
    if (options.caDer.empty() && (options.caSha256.empty() || options.caSha256.size() % kPinBytes != 0))
        return makeError(errors::kValidation, "a client needs the fleet's CA, or its SHA-256 of 32 bytes",
                         "caSha256");
    if (options.serverRules.uriPrefix.empty())
        return makeError(errors::kValidation, "a client needs to know the engine's name", "serverRules");
    auto context = makeContext(TLS_client_method());
    if (!context)
        return context.error();
    SSL_CTX *raw = context->get();
    for (const std::string &der : options.caDer) {
        const auto ca = parseCertificate(der, "ca");
        if (!ca)
            return ca.error();
        X509_STORE_add_cert(SSL_CTX_get_cert_store(raw), ca->get());
    }
    SSL_CTX_set_alpn_protos(raw, kOfferedAlpn, sizeof kOfferedAlpn);
    SSL_CTX_set_verify(raw, SSL_VERIFY_PEER, nullptr);
    SSL_CTX_set_cert_verify_callback(raw, Callbacks::verify, nullptr);
    SSL_CTX_set_session_cache_mode(raw, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
    SSL_CTX_sess_set_new_cb(raw, Callbacks::keepSession);
    const std::shared_ptr<ClientTls> tls(new ClientTls);
    tls->m_options = std::move(options);
    tls->m_context = context->release();
    return std::shared_ptr<const ClientTls>(tls);
}

ClientTls::~ClientTls() { SSL_CTX_free(m_context); }

SSL *ClientTls::newSession(Connection &connection) const
{
    connection.tls = this;
    SslHandle ssl(SSL_new(m_context));
    if (!ssl || SSL_set_ex_data(ssl.get(), connectionIndex(), &connection) != 1)
        return nullptr;
    if (connection.identity && !connection.identity->applyTo(ssl.get()))
        return nullptr;
    if (connection.sessions) {
        if (SSL_SESSION *session = connection.sessions->take(Callbacks::sessionKey(connection))) {
            SSL_set_session(ssl.get(), session);
            SSL_SESSION_free(session);
        }
    }
    SSL_set_connect_state(ssl.get());
    return ssl.release();
}

Result<PeerCertificate> ClientTls::checkPeer(SSL *ssl) const
{
    X509 *certificate = SSL_get0_peer_certificate(ssl);
    if (certificate == nullptr)
        return makeError(causes::kEngineIdentity, "the engine sent no certificate", "certificate");
    return checkCertificate(certificate, m_options.serverRules, nowOf(m_options.clock));
}

}
