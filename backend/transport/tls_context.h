#pragma once
// TLS settings for both sides: TLS 1.3 only, X25519 or P-256, ECDSA P-256 or Ed25519 certificates, only the given CAs trusted, no early
// data, no renegotiation, no compression, ALPN http/1.1 (protocol-notes 2). Contexts are immutable once made and may be used from any
// thread; servers make one per I/O thread and share one TicketKeyRing, or resumption works on one thread only.

#include "backend/core/clock.h"
#include "backend/core/result.h"
#include "backend/core/secret_bytes.h"
#include "backend/transport/peer_certificate.h"

#include <array>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct ssl_ctx_st;
struct ssl_st;
struct ssl_session_st;
struct x509_st;
struct evp_pkey_st;

namespace fb {
class Random;
}

namespace fb::transport {

// A certificate with its key, parsed once and shared by connections.
class TlsIdentity
{
public:
    // `privateKey`: PKCS#8, DER or PEM. `chainDer`: what is sent after the certificate (an engine sends its CA, so that an enrolling
    // agent can pin it). ValidationException if one can't be read or the key does not fit.
    static Result<std::shared_ptr<const TlsIdentity>> load(std::string_view certificateDer,
                                                           const std::vector<std::string> &chainDer,
                                                           const SecretBytes &privateKey);
    ~TlsIdentity();
    TlsIdentity(const TlsIdentity &) = delete;
    TlsIdentity &operator=(const TlsIdentity &) = delete;

    const std::string &fingerprint() const { return m_fingerprint; } // SHA-256 of the DER, raw
    const PeerCertificate &certificate() const { return m_certificate; }
    std::string certificateDer() const;
    SecretBytes privateKeyDer() const; // PKCS#8; empty if it cannot be had

private:
    friend class ServerTls;
    friend class ClientTls;
    TlsIdentity() = default;
    bool applyTo(ssl_st *ssl) const;

    x509_st *m_x509 = nullptr;
    evp_pkey_st *m_key = nullptr;
    std::vector<x509_st *> m_chain;
    std::string m_fingerprint;
    PeerCertificate m_certificate;
};

// The keys that seal session tickets: the current one and the one before. Shared by all I/O threads; kept in the vault so that tickets
// outlive a restart. Any thread.
class TicketKeyRing
{
public:
    static constexpr size_t kKeyBytes = 80; // name 16, HMAC 32, AES-256 32
    static constexpr std::chrono::hours kRotateEvery {12};

    explicit TicketKeyRing(Random &random); // one fresh key
    // One or two keys of kKeyBytes each, newest first. ValidationException otherwise.
    static Result<std::shared_ptr<TicketKeyRing>> fromStored(std::string_view keys);
    ~TicketKeyRing();

    Result<void> replace(std::string_view keys); // as fromStored(), for handshakes from now on
    void rotate(Random &random); // the current one becomes the previous one
    SecretBytes stored() const; // for the vault

private:
    friend class ServerTls;
    struct Keys;
    TicketKeyRing();
    std::shared_ptr<const Keys> keys() const;
    void setKeys(std::shared_ptr<const Keys> keys);

    mutable std::mutex m_mutex;
    std::shared_ptr<const Keys> m_keys;
};

struct ServerTlsOptions {
    std::shared_ptr<const TlsIdentity> identity;
    std::vector<std::string> clientCaDer; // the fleet's CAs; nothing else is trusted
    CertificateRules clientRules; // {Node, "fb:node/<fleet>/"}
    std::shared_ptr<TicketKeyRing> tickets;
    const Clock *clock = nullptr; // certificate times are judged by it; none: the system's
    std::function<bool(std::string_view serial)> isRevoked; // called on I/O threads
};

// Server side. A client certificate is optional in TLS and demanded by path.
class ServerTls
{
public:
    static Result<std::shared_ptr<const ServerTls>> make(ServerTlsOptions options);
    ~ServerTls();
    ServerTls(const ServerTls &) = delete;
    ServerTls &operator=(const ServerTls &) = delete;

    ssl_st *newSession() const; // the caller frees it; SSL_free
    // After every handshake, resumed or not: the peer's certificate if it sent one, or why it is refused.
    Result<std::optional<PeerCertificate>> checkPeer(ssl_st *ssl) const;
    // Why the handshake failed, when it was the client's certificate; `certificate` says which one, if its chain was sound.
    struct Refusal {
        Error cause;
        std::optional<PeerCertificate> certificate;
    };
    std::optional<Refusal> refusalOf(ssl_st *ssl) const;

private:
    ServerTls() = default;
    struct Callbacks;
    Result<PeerCertificate> check(x509_st *certificate) const;
    bool namesOurFleet(x509_st *certificate) const;
    ServerTlsOptions m_options;
    ssl_ctx_st *m_context = nullptr;
};

// Session tickets of one client for one engine. One object per identity. Any thread.
class SessionCache
{
public:
    ~SessionCache();
    void clear();
    bool isEmpty() const;
    // For a cache that outlives its process: `kept` hears of each ticket as bytes, and restore() takes them back. Bytes that are none leave it empty.
    void setKept(std::function<void(const std::string &key, const std::string &ticket)> kept);
    void restore(std::string key, std::string_view ticket);

private:
    friend class ClientTls;
    ssl_session_st *take(std::string_view key); // tickets are for one use
    void put(std::string key, ssl_session_st *session);

    mutable std::mutex m_mutex;
    std::string m_key;
    ssl_session_st *m_session = nullptr;
    std::function<void(const std::string &, const std::string &)> m_kept;
};

struct ClientTlsOptions {
    std::vector<std::string> caDer; // trusted CAs; empty: pinned by hash
    // One hash or several, 32 raw bytes each: the server must send a CA with one of them, and its chain must end in it.
    std::string caSha256;
    CertificateRules serverRules {PeerRole::Engine, "fb:engine/", false};
    const Clock *clock = nullptr; // none: the system's
};

// Client side. One object serves any number of connections and identities.
class ClientTls
{
public:
    static Result<std::shared_ptr<const ClientTls>> make(ClientTlsOptions options);
    ~ClientTls();
    ClientTls(const ClientTls &) = delete;
    ClientTls &operator=(const ClientTls &) = delete;

    // What one connection's TLS callbacks need; it outlives the session object.
    struct Connection {
        const ClientTls *tls = nullptr;
        std::shared_ptr<const TlsIdentity> identity;
        std::shared_ptr<SessionCache> sessions;
        std::optional<Error> refusal;
        std::string caDer;
    };
    ssl_st *newSession(Connection &connection) const; // the caller frees it
    Result<PeerCertificate> checkPeer(ssl_st *ssl) const; // after every handshake
    const ClientTlsOptions &options() const { return m_options; }

private:
    ClientTls() = default;
    struct Callbacks;
    ClientTlsOptions m_options;
    ssl_ctx_st *m_context = nullptr;
};

}
