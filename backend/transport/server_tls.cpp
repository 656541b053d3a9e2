#include "backend/core/byte_encoding.h"
#include "backend/transport/causes.h"
#include "backend/transport/ticket_keys.h"
#include "backend/transport/tls_context.h"
#include "backend/transport/tls_settings.h"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/rand.h>

#include <algorithm>
#include <cstring>

namespace fb::transport {

namespace {
    constexpr unsigned char kAlpn[] = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};

    void freeRefusal(void *, void *refusal, CRYPTO_EX_DATA *, int, long, void *)
    {
        delete static_cast<ServerTls::Refusal *>(refusal);
    }

    int refusalIndex()
    {
        static const int index = SSL_get_ex_new_index(0, nullptr, nullptr, nullptr, freeRefusal);
        return index;
    }

    int contextIndex()
    {
        static const int index = SSL_CTX_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
        return index;
    }
}

struct ServerTls::Callbacks {
    // The whole verification: chain by the library, then our rules, with a cause for each way to fail.
    static int verify(X509_STORE_CTX *store, void *argument)
    {
        const auto *tls = static_cast<const ServerTls *>(argument);
        const Instant now = nowOf(tls->m_options.clock);
        X509_STORE_CTX_set_time(store, 0, std::chrono::system_clock::to_time_t(now));
        X509 *leaf = X509_STORE_CTX_get0_cert(store);
        std::optional<Error> cause;
        std::optional<PeerCertificate> known;
        if (X509_verify_cert(store) != 1) {
            const int code = X509_STORE_CTX_get_error(store);
            cause = verificationError(code, PeerRole::Node);
            // Times are looked at last: the chain was sound, so the name in it is true.
            if ((code == X509_V_ERR_CERT_HAS_EXPIRED || code == X509_V_ERR_CERT_NOT_YET_VALID)
                && X509_STORE_CTX_get_error_depth(store) == 0 && tls->namesOurFleet(leaf))
                known = readCertificate(leaf);
        } else if (const auto checked = tls->check(leaf); !checked) {
            cause = checked.error();
            if (cause->code == causes::kRevoked)
                known = readCertificate(leaf);
        } else if (sk_X509_num(X509_STORE_CTX_get0_chain(store)) != 2) {
            cause = makeError(causes::kUnknownCa,
                              "a node's certificate must be signed by the fleet's CA itself", "certificate");
        }
        if (!cause)
            return 1;
        X509_STORE_CTX_set_error(store, alertError(cause->code));
        auto *ssl
            = static_cast<SSL *>(X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx()));
        SSL_set_ex_data(ssl, refusalIndex(), new Refusal {std::move(*cause), std::move(known)});
        return 0;
    }

    static int chooseAlpn(SSL *, const unsigned char **out, unsigned char *outSize,
                          const unsigned char *offered, unsigned int offeredSize, void *)
    {
        unsigned char *chosen = nullptr;
        if (SSL_select_next_proto(&chosen, outSize, kAlpn, sizeof kAlpn, offered, offeredSize)
            != OPENSSL_NPN_NEGOTIATED)
            return SSL_TLSEXT_ERR_ALERT_FATAL;
        *out = chosen;
        return SSL_TLSEXT_ERR_OK;
    }

    static int useTicketKey(SSL *ssl, unsigned char *name, unsigned char *iv, EVP_CIPHER_CTX *cipher,
                            EVP_MAC_CTX *mac, int sealing)
    {
        const auto *tls
            = static_cast<const ServerTls *>(SSL_CTX_get_ex_data(SSL_get_SSL_CTX(ssl), contextIndex()));
        const auto keys = tls->m_options.tickets->keys();
        const TicketKey *key = &keys->all.front();
        if (sealing == 1) {
            std::memcpy(name, key->name.data(), key->name.size());
            if (RAND_bytes(iv, 16) != 1)
                return -1;
        } else {
            const auto found = std::find_if(keys->all.begin(), keys->all.end(), [&](const TicketKey &each) {
                return std::memcmp(each.name.data(), name, each.name.size()) == 0;
            });
            if (found == keys->all.end())
                return 0; // a full handshake
            key = &*found;
        }
        char digest[] = "sha256";
        OSSL_PARAM parameters[] = {
            OSSL_PARAM_construct_octet_string(OSSL_MAC_PARAM_KEY, const_cast<char *>(key->hmac.view().data()),
                                              32),
            OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
            OSSL_PARAM_construct_end(),
        };
        const auto *aes = reinterpret_cast<const unsigned char *>(key->aes.view().data());
        if (EVP_CipherInit_ex(cipher, EVP_aes_256_cbc(), nullptr, aes, iv, sealing) != 1
            || EVP_MAC_CTX_set_params(mac, parameters) != 1)
            return -1;
        return sealing == 1 ? 1 : 2; // 2: a ticket is for one use, so the client gets a new one
    }
};

bool ServerTls::namesOurFleet(X509 *certificate) const
{
    const auto uris = readCertificate(certificate).uris;
    return std::any_of(uris.begin(), uris.end(), [&](const std::string &uri) {
        return uri.starts_with(m_options.clientRules.uriPrefix);
    });
}

Result<PeerCertificate> ServerTls::check(X509 *certificate) const
{
    auto peer = checkCertificate(certificate, m_options.clientRules, nowOf(m_options.clock));
    if (peer && m_options.isRevoked && m_options.isRevoked(peer->serial))
        return makeError(causes::kRevoked, "certificate " + peer->serial + " is revoked", "certificate");
    return peer;
}

Result<std::shared_ptr<const ServerTls>> ServerTls::make(ServerTlsOptions options)
{
    if (!options.identity || !options.tickets || options.clientCaDer.empty()
        || options.clientRules.uriPrefix.empty())
        return makeError(errors::kValidation,
                         "a server needs an identity, ticket keys, a fleet CA and the fleet's name", "tls");
    auto context = makeContext(TLS_server_method());
    if (!context)
        return context.error();
    const std::shared_ptr<ServerTls> tls(new ServerTls);
    SSL_CTX *raw = context->get();
    // Tickets sealed under another set of trusted CAs are worth nothing.
    std::string trusted = options.clientRules.uriPrefix;
    for (const std::string &der : options.clientCaDer) {
        const auto ca = parseCertificate(der, "fleetCa");
        if (!ca)
            return ca.error();
        X509_STORE_add_cert(SSL_CTX_get_cert_store(raw), ca->get());
        trusted += sha256(der);
    }
    const std::string sessionContext = sha256(trusted);
    SSL_CTX_set_session_id_context(raw, reinterpret_cast<const unsigned char *>(sessionContext.data()), 32);
    SSL_CTX_set_session_cache_mode(raw, SSL_SESS_CACHE_OFF); // tickets carry the state
    SSL_CTX_set_num_tickets(raw, 1);
    SSL_CTX_set_options(raw, SSL_OP_CIPHER_SERVER_PREFERENCE);
    SSL_CTX_set_verify(raw, SSL_VERIFY_PEER, nullptr);
    SSL_CTX_set_cert_verify_callback(raw, Callbacks::verify, tls.get());
    SSL_CTX_set_alpn_select_cb(raw, Callbacks::chooseAlpn, nullptr);
    SSL_CTX_set_ex_data(raw, contextIndex(), tls.get());
    SSL_CTX_set_tlsext_ticket_key_evp_cb(raw, Callbacks::useTicketKey);
    tls->m_options = std::move(options);
    tls->m_context = context->release();
    return std::shared_ptr<const ServerTls>(tls);
}

ServerTls::~ServerTls() { SSL_CTX_free(m_context); }

SSL *ServerTls::newSession() const
{
    SSL *ssl = SSL_new(m_context);
    if (ssl == nullptr || !m_options.identity->applyTo(ssl)) {
        SSL_free(ssl);
        return nullptr;
    }
    SSL_set_accept_state(ssl);
    return ssl;
}

Result<std::optional<PeerCertificate>> ServerTls::checkPeer(SSL *ssl) const
{
    X509 *certificate = SSL_get0_peer_certificate(ssl);
    if (certificate == nullptr)
        return std::optional<PeerCertificate>();
    return check(certificate).map([](const PeerCertificate &peer) { return std::optional(peer); });
}

std::optional<ServerTls::Refusal> ServerTls::refusalOf(SSL *ssl) const
{
    const auto *refusal = static_cast<const Refusal *>(SSL_get_ex_data(ssl, refusalIndex()));
    return refusal != nullptr ? std::optional(*refusal) : std::nullopt;
}

}
