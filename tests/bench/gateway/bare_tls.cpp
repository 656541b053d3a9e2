#include "tests/bench/gateway/bare_tls.h"

#include "tests/bench/process_figures.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <chrono>
#include <memory>
#include <stdexcept>
#include <vector>

namespace fb::bench {

namespace {
    struct Free {
        void operator()(EVP_PKEY *key) const { EVP_PKEY_free(key); }
        void operator()(X509 *certificate) const { X509_free(certificate); }
        void operator()(SSL_CTX *context) const { SSL_CTX_free(context); }
        void operator()(SSL *ssl) const { SSL_free(ssl); }
        void operator()(SSL_SESSION *session) const { SSL_SESSION_free(session); }
        void operator()(X509_EXTENSION *extension) const { X509_EXTENSION_free(extension); }
    };
    template <typename T>
    using Owned = std::unique_ptr<T, Free>;

    void require(bool holds, const char *what)
    {
        if (!holds)
            throw std::runtime_error(what);
    }

    Owned<EVP_PKEY> makeKey() { return Owned<EVP_PKEY>(EVP_EC_gen("P-256")); }

    Owned<X509> makeCertificate(EVP_PKEY *key, const char *name, X509 *issuer, EVP_PKEY *issuerKey, bool ca)
    {
        Owned<X509> certificate(X509_new());
        X509_set_version(certificate.get(), 2);
        ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), ca ? 1 : 2);
        X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -60);
        X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 86400);
        X509_NAME *subject = X509_get_subject_name(certificate.get());
        X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8,
                                   reinterpret_cast<const unsigned char *>(name), -1, -1, 0);
        X509_set_issuer_name(certificate.get(), issuer ? X509_get_subject_name(issuer) : subject);
        X509_set_pubkey(certificate.get(), key);
        const Owned<X509_EXTENSION> constraints(X509V3_EXT_conf_nid(
            nullptr, nullptr, NID_basic_constraints, ca ? "critical,CA:TRUE" : "critical,CA:FALSE"));
        X509_add_ext(certificate.get(), constraints.get(), -1);
        X509_sign(certificate.get(), issuerKey, EVP_sha256());
        return certificate;
    }

    void carry(BIO *from, BIO *to)
    {
        char buffer[16384];
        while (BIO_pending(from) > 0) {
            const int got = BIO_read(from, buffer, sizeof buffer);
            BIO_write(to, buffer, got);
        }
    }
}

class BareTls::Private
{
public:
    Owned<EVP_PKEY> caKey = makeKey();
    Owned<X509> ca = makeCertificate(caKey.get(), "bench CA", nullptr, caKey.get(), true);
    Owned<SSL_CTX> server = makeContext(TLS_server_method(), "server");
    Owned<SSL_CTX> client = makeContext(TLS_client_method(), "client");

    struct Ends {
        Owned<SSL> server;
        Owned<SSL> client;
        std::chrono::nanoseconds serverCpu {};
    };

    Owned<SSL_CTX> makeContext(const SSL_METHOD *method, const char *name)
    {
        Owned<SSL_CTX> context(SSL_CTX_new(method));
        const Owned<EVP_PKEY> key = makeKey();
        const Owned<X509> certificate = makeCertificate(key.get(), name, ca.get(), caKey.get(), false);
        SSL_CTX_set_min_proto_version(context.get(), TLS1_3_VERSION);
        SSL_CTX_use_certificate(context.get(), certificate.get());
        SSL_CTX_use_PrivateKey(context.get(), key.get());
        X509_STORE_add_cert(SSL_CTX_get_cert_store(context.get()), ca.get());
        SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
        constexpr unsigned char kId[] = "bench";
        SSL_CTX_set_session_id_context(context.get(), kId, sizeof kId - 1);
        SSL_CTX_set_num_tickets(context.get(), 1);
        SSL_CTX_set1_groups_list(context.get(), "X25519:P-256");
        return context;
    }

    Ends connect(SSL_SESSION *session)
    {
        Ends ends {Owned<SSL>(SSL_new(server.get())), Owned<SSL>(SSL_new(client.get()))};
        for (SSL *ssl : {ends.server.get(), ends.client.get()})
            SSL_set_bio(ssl, BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
        SSL_set_accept_state(ends.server.get());
        SSL_set_connect_state(ends.client.get());
        if (session)
            SSL_set_session(ends.client.get(), session);
        for (int turn = 0; turn < 10
             && !(SSL_is_init_finished(ends.server.get()) && SSL_is_init_finished(ends.client.get()));
             ++turn) {
            SSL_do_handshake(ends.client.get());
            carry(SSL_get_wbio(ends.client.get()), SSL_get_rbio(ends.server.get()));
            const auto begin = threadCpu();
            SSL_do_handshake(ends.server.get());
            ends.serverCpu += threadCpu() - begin;
            carry(SSL_get_wbio(ends.server.get()), SSL_get_rbio(ends.client.get()));
        }
        require(SSL_is_init_finished(ends.server.get()) == 1, "the bare TLS handshake did not end");
        char byte = 0;
        SSL_read(ends.client.get(), &byte, 1); // takes in the ticket
        ERR_clear_error();
        // a session that ends without a shutdown is never resumed
        for (SSL *ssl : {ends.server.get(), ends.client.get()})
            SSL_set_shutdown(ssl, SSL_SENT_SHUTDOWN);
        return ends;
    }
};

BareTls::BareTls() : d(std::make_unique<Private>()) { }
BareTls::~BareTls() = default;

double BareTls::fullHandshakeMs(int count)
{
    std::chrono::nanoseconds cpu {};
    for (int i = 0; i < count; ++i)
        cpu += d->connect(nullptr).serverCpu;
    return milliseconds(cpu) / count;
}

double BareTls::resumedHandshakeMs(int count)
{
    std::chrono::nanoseconds cpu {};
    for (int i = 0; i < count; ++i) {
        const Owned<SSL_SESSION> session(SSL_get1_session(d->connect(nullptr).client.get()));
        const auto ends = d->connect(session.get());
        require(SSL_session_reused(ends.server.get()) == 1, "the bare TLS session was not resumed");
        cpu += ends.serverCpu;
    }
    return milliseconds(cpu) / count;
}

double BareTls::recordPairMs(size_t bytes, int count)
{
    const auto ends = d->connect(nullptr);
    std::vector<char> buffer(bytes, 'x');
    const auto size = static_cast<int>(bytes);
    std::chrono::nanoseconds cpu {};
    for (int i = 0; i < count; ++i) {
        SSL_write(ends.client.get(), buffer.data(), size);
        carry(SSL_get_wbio(ends.client.get()), SSL_get_rbio(ends.server.get()));
        const auto begin = threadCpu();
        SSL_read(ends.server.get(), buffer.data(), size);
        SSL_write(ends.server.get(), buffer.data(), size);
        cpu += threadCpu() - begin;
        carry(SSL_get_wbio(ends.server.get()), SSL_get_rbio(ends.client.get()));
        SSL_read(ends.client.get(), buffer.data(), size);
    }
    return milliseconds(cpu) / count;
}

}
