#include "tests/bench/sessions/plain_tls.h"

#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <netinet/in.h>
#include <stdexcept>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace fb::bench {

namespace {
    constexpr size_t kPiece = 16 * 1024; // a record

    template <auto fn>
    struct Free {
        template <typename T>
        void operator()(T *object) const
        {
            fn(object);
        }
    };
    using Context = std::unique_ptr<SSL_CTX, Free<&SSL_CTX_free>>;
    using Connection = std::unique_ptr<SSL, Free<&SSL_free>>;

    void must(bool worked, const char *what)
    {
        if (!worked)
            throw std::runtime_error(what);
    }

    Context serverContext()
    {
        Context context(SSL_CTX_new(TLS_server_method()));
        const std::unique_ptr<EVP_PKEY, Free<&EVP_PKEY_free>> key(EVP_EC_gen("P-256"));
        const std::unique_ptr<X509, Free<&X509_free>> certificate(X509_new());
        X509_set_version(certificate.get(), 2);
        ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
        X509_gmtime_adj(X509_getm_notBefore(certificate.get()), 0);
        X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
        X509_set_pubkey(certificate.get(), key.get());
        must(X509_sign(certificate.get(), key.get(), EVP_sha256()) > 0
                 && SSL_CTX_use_certificate(context.get(), certificate.get()) == 1
                 && SSL_CTX_use_PrivateKey(context.get(), key.get()) == 1,
             "the yardstick has no certificate");
        return context;
    }

    int listener(sockaddr_in &address)
    {
        const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        must(::bind(socket, reinterpret_cast<sockaddr *>(&address), size) == 0 && ::listen(socket, 1) == 0
                 && ::getsockname(socket, reinterpret_cast<sockaddr *>(&address), &size) == 0,
             "the yardstick cannot listen");
        return socket;
    }
}

double plainTlsMbPerSecond(size_t bytes)
{
    const Context server = serverContext();
    const Context client(SSL_CTX_new(TLS_client_method()));
    sockaddr_in address {};
    const int listening = listener(address);
    std::thread sender([&] {
        const int socket = ::accept(listening, nullptr, nullptr);
        const Connection connection(SSL_new(server.get()));
        SSL_set_fd(connection.get(), socket);
        const std::vector<char> piece(kPiece, 'x');
        if (SSL_accept(connection.get()) == 1) {
            for (size_t sent = 0; sent < bytes; sent += kPiece)
                if (SSL_write(connection.get(), piece.data(), static_cast<int>(kPiece)) <= 0)
                    break;
            SSL_shutdown(connection.get());
        }
        ::close(socket);
    });
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    const bool isConnected = ::connect(socket, reinterpret_cast<sockaddr *>(&address), sizeof address) == 0;
    const Connection connection(SSL_new(client.get()));
    SSL_set_fd(connection.get(), socket);
    const bool isOpen = isConnected && SSL_connect(connection.get()) == 1;
    std::vector<char> piece(kPiece);
    const auto begin = std::chrono::steady_clock::now();
    size_t received = 0;
    for (int got = 0;
         isOpen && (got = SSL_read(connection.get(), piece.data(), static_cast<int>(kPiece))) > 0;)
        received += static_cast<size_t>(got);
    const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - begin;
    ::close(socket);
    if (!isConnected)
        ::shutdown(listening, SHUT_RDWR);
    sender.join();
    ::close(listening);
    must(received >= bytes, "the yardstick's connection broke");
    return static_cast<double>(received) / 1e6 / passed.count();
}

namespace {
    struct Ends { // of one loopback connection
        int near = -1;
        int far = -1;

        Ends()
        {
            sockaddr_in address {};
            const int listening = listener(address);
            near = ::socket(AF_INET, SOCK_STREAM, 0);
            must(::connect(near, reinterpret_cast<sockaddr *>(&address), sizeof address) == 0,
                 "the yardstick cannot connect");
            far = ::accept(listening, nullptr, nullptr);
            ::close(listening);
        }
        ~Ends()
        {
            ::close(near);
            ::close(far);
        }
    };

    bool sendAll(int socket, const char *bytes, size_t size)
    {
        while (size > 0) {
            const ssize_t sent = ::send(socket, bytes, size, MSG_NOSIGNAL);
            if (sent <= 0)
                return false;
            bytes += sent;
            size -= static_cast<size_t>(sent);
        }
        return true;
    }
}

double bareRelayMbPerSecond(size_t bytes)
{
    const Context serverSide = serverContext();
    const Context clientSide(SSL_CTX_new(TLS_client_method()));
    const Ends source; // far: the server
    const Ends middle; // near: the agent's part, far: the engine's
    const Ends sink; // near: the client
    std::thread server([&] {
        const std::vector<char> piece(256 * 1024, 'x');
        for (size_t sent = 0; sent < bytes; sent += piece.size())
            if (!sendAll(source.far, piece.data(), std::min(piece.size(), bytes - sent)))
                break;
        ::shutdown(source.far, SHUT_WR);
    });
    std::thread agent([&] {
        const Connection connection(SSL_new(clientSide.get()));
        SSL_set_fd(connection.get(), middle.near);
        std::vector<char> piece(kPiece);
        if (SSL_connect(connection.get()) != 1)
            return;
        for (ssize_t got = 0; (got = ::recv(source.near, piece.data(), piece.size(), MSG_WAITALL)) > 0;)
            if (SSL_write(connection.get(), piece.data(), static_cast<int>(got)) <= 0)
                break;
        SSL_shutdown(connection.get());
    });
    std::thread engine([&] {
        const Connection connection(SSL_new(serverSide.get()));
        SSL_set_fd(connection.get(), middle.far);
        std::vector<char> piece(kPiece);
        int got = SSL_accept(connection.get());
        while (got > 0 && (got = SSL_read(connection.get(), piece.data(), static_cast<int>(kPiece))) > 0)
            if (!sendAll(sink.far, piece.data(), static_cast<size_t>(got)))
                break;
        ::shutdown(sink.far, SHUT_WR);
    });
    std::vector<char> piece(256 * 1024);
    size_t received = 0;
    const auto begin = std::chrono::steady_clock::now();
    for (ssize_t got = 0; (got = ::recv(sink.near, piece.data(), piece.size(), 0)) > 0;)
        received += static_cast<size_t>(got);
    const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - begin;
    server.join();
    agent.join();
    engine.join();
    must(received >= bytes, "the yardstick's relay broke");
    return static_cast<double>(received) / 1e6 / passed.count();
}

}
