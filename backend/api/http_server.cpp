#include "backend/api/http_server.h"

#include "backend/api/upgraded_socket.h"
#include "backend/transport/http_message.h"
#include "backend/transport/tls_stream.h"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/write.hpp>

#include <fmt/format.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

#include <pthread.h>

#include <algorithm>
#include <atomic>
#include <thread>
#include <unordered_set>

namespace fb {

namespace asio = boost::asio;
using boost::system::error_code;
using transport::Socket;
using transport::Timer;
using transport::TlsStream;

namespace {
    constexpr size_t kMaxHeadBytes = 8 * 1024;
    constexpr size_t kReadBytes = 16 * 1024;
    constexpr auto kAfterFailure = std::chrono::milliseconds(100);
    constexpr auto kLastWords = std::chrono::milliseconds(500);

    std::string_view reasonOf(int status)
    {
        switch (status) {
        case 200:
            return "OK";
        case 202:
            return "Accepted";
        case 400:
            return "Bad Request";
        case 403:
            return "Forbidden";
        case 404:
            return "Not Found";
        case 408:
            return "Request Timeout";
        case 413:
            return "Content Too Large";
        case 503:
            return "Service Unavailable";
        default:
            return status >= 500 ? "Internal Server Error" : "Error";
        }
    }

    bool isWebSocket(std::string_view upgrade)
    {
        constexpr std::string_view kName = "websocket";
        return std::ranges::equal(upgrade, kName,
                                  [](char given, char wanted) { return (given | 0x20) == wanted; });
    }

    struct ContextFree {
        void operator()(SSL_CTX *context) const { SSL_CTX_free(context); }
    };
    using TlsContext = std::unique_ptr<SSL_CTX, ContextFree>;

    class Connection
    {
    public:
        virtual ~Connection() = default;
        virtual void begin() = 0;
        virtual void cut() = 0;
    };
}

class HttpServer::Private
{
public:
    Private(HttpServerOptions given, Handler handlerGiven, SocketUpgrade upgradeGiven)
        : options(std::move(given)),
          handler(std::move(handlerGiven)),
          upgradeOf(std::move(upgradeGiven)),
          work(context->get_executor()),
          acceptor(*context),
          retry(*context)
    {
    }

    Result<void> listen();
    Result<void> loadTls();
    void accept();

    template <typename Stream>
    auto upgrader()
    {
        return [this](const HttpRequest &request, Stream &stream, std::string bytes) -> Result<void> {
            if (!upgradeOf)
                return makeError(errors::kValidation, "No WebSockets are served here.");
            if (sockets.size() >= options.maxSockets)
                return makeError(errors::kServiceUnavailable,
                                 fmt::format("{} WebSockets are open, which is the limit.", sockets.size()));
            auto opened = upgradeOf(request);
            if (!opened)
                return opened.error();
            sockets.insert(upgrade(std::move(stream),
                                   {.head = std::move(bytes),
                                    .opened = std::move(*opened),
                                    .context = context,
                                    .over = [this](const std::shared_ptr<UpgradedSocket> &socket) {
                                        sockets.erase(socket);
                                        socketCount = sockets.size();
                                    }}));
            socketCount = sockets.size();
            return {};
        };
    }

    HttpServerOptions options;
    Handler handler;
    SocketUpgrade upgradeOf;
    TlsContext tls;
    // Answers that come late hold it as well.
    std::shared_ptr<asio::io_context> context = std::make_shared<asio::io_context>(1);
    asio::executor_work_guard<asio::io_context::executor_type> work;
    asio::basic_socket_acceptor<asio::ip::tcp, asio::io_context::executor_type> acceptor;
    Timer retry;
    std::unordered_set<std::shared_ptr<Connection>> connections; // the server's thread
    std::unordered_set<std::shared_ptr<UpgradedSocket>> sockets; // the same
    std::atomic<size_t> socketCount = 0;
    std::thread thread;
    uint16_t port = 0;
};

namespace {
    template <typename Stream>
    class HttpConnection final : public Connection,
                                 public std::enable_shared_from_this<HttpConnection<Stream>>
    {
    public:
        // Takes the stream of a connection that becomes a WebSocket.
        using Upgrader
            = std::function<Result<void>(const HttpRequest &request, Stream &stream, std::string bytes)>;

        HttpConnection(Stream stream, std::shared_ptr<asio::io_context> context,
                       const HttpServerOptions &options, const HttpServer::Handler &handler,
                       Upgrader upgrader, std::function<void(const std::shared_ptr<Connection> &)> over)
            : m_stream(std::move(stream)),
              m_upgrader(std::move(upgrader)),
              m_context(std::move(context)),
              m_options(options),
              m_handler(handler),
              m_over(std::move(over)),
              m_deadline(m_stream.get_executor())
        {
        }

        void begin() override
        {
            transport::tuneSocket(m_stream.socket(), m_options.requestWithin);
            error_code error;
            const auto remote = m_stream.socket().remote_endpoint(error);
            if (!error)
                m_peer = fmt::format("{}:{}", remote.address().to_string(), remote.port());
            if constexpr (std::is_same_v<Stream, TlsStream>) {
                within(m_options.requestWithin);
                m_stream.async_handshake([self = this->shared_from_this()](const error_code &failed) {
                    if (failed)
                        return self->end();
                    self->within(self->m_options.idleFor);
                    self->read();
                });
            } else {
                within(m_options.idleFor);
                read();
            }
        }

        void cut() override { end(); }

    private:
        enum class Stage { Head, Body, Answering, Over };

        void within(std::chrono::milliseconds time)
        {
            m_deadline.expires_after(time);
            m_deadline.async_wait([self = this->shared_from_this()](const error_code &error) {
                if (!error)
                    self->end();
            });
        }

        void read()
        {
            if (m_stage == Stage::Over)
                return;
            const size_t old = m_bytes.size();
            m_bytes.resize(old + kReadBytes);
            m_stream.async_read_some(
                asio::buffer(m_bytes.data() + old, kReadBytes),
                [self = this->shared_from_this(), old](const error_code &error, size_t count) {
                    if (self->m_stage == Stage::Over)
                        return;
                    if (error)
                        return self->end();
                    self->m_bytes.resize(old + count);
                    if (old == 0 && self->m_stage == Stage::Head)
                        self->within(self->m_options.requestWithin);
                    self->take();
                });
        }

        void take()
        {
            if (m_stage == Stage::Head && !takeHead())
                return;
            if (m_bytes.size() < m_bodyBytes)
                return read();
            m_request.body = m_bytes.substr(0, m_bodyBytes);
            m_bytes.erase(0, m_bodyBytes);
            m_stage = Stage::Answering;
            within(m_options.answerWithin);
            m_handler(std::exchange(m_request, {}),
                      [weak = this->weak_from_this(), context = m_context](HttpAnswer answer) {
                          asio::post(*context, [weak, answer = std::move(answer)] {
                              if (const auto self = weak.lock())
                                  self->answer(answer);
                          });
                      });
        }

        // Whether a whole head was taken; else more is read, or the connection refused.
        bool takeHead()
        {
            const size_t length = transport::headLength(m_bytes);
            if (length == 0 && m_bytes.size() < kMaxHeadBytes) {
                read();
                return false;
            }
            if (length == 0 || length > kMaxHeadBytes) {
                refuse(400, fmt::format("The request's head is over {} bytes.", kMaxHeadBytes));
                return false;
            }
            auto head = transport::parseRequestHeaders(std::string_view(m_bytes).substr(0, length));
            if (!head) {
                refuse(400, head.error().message);
                return false;
            }
            const uint64_t body = head->contentLength.value_or(0);
            if (body > m_options.maxBodyBytes) {
                refuse(
                    413,
                    fmt::format("The request has {} bytes; the limit is {}.", body, m_options.maxBodyBytes));
                return false;
            }
            const size_t mark = head->target.find('?');
            m_request.method = std::move(head->method);
            m_request.path = head->target.substr(0, mark);
            m_request.query = mark == std::string::npos ? std::string() : head->target.substr(mark + 1);
            m_request.headers = std::move(head->fields);
            m_request.peer = m_peer;
            m_keepsAlive = head->keepsAlive;
            if (isWebSocket(m_request.header("upgrade").value_or(std::string_view()))) {
                becomeSocket();
                return false;
            }
            m_bodyBytes = static_cast<size_t>(body);
            m_bytes.erase(0, length);
            m_stage = Stage::Body;
            if (m_request.header("expect") && m_bytes.size() < m_bodyBytes) {
                m_answer = "HTTP/1.1 100 Continue\r\n\r\n";
                asio::async_write(m_stream, asio::buffer(m_answer),
                                  [self = this->shared_from_this()](const error_code &error, size_t) {
                                      if (error)
                                          return self->end();
                                      self->read();
                                  });
                return false;
            }
            return true;
        }

        void becomeSocket()
        {
            if (auto taken = m_upgrader(m_request, m_stream, m_bytes); !taken)
                return refuse(httpStatus(taken.error().code), taken.error().message);
            m_stage = Stage::Over; // the stream has another owner now
            m_deadline.cancel();
            m_over(this->shared_from_this());
        }

        void refuse(int status, const std::string &why)
        {
            m_keepsAlive = false;
            m_stage = Stage::Answering;
            answer({.status = status, .headers = {{"Content-Type", "text/plain"}}, .body = why + '\n'});
        }

        void answer(const HttpAnswer &answer)
        {
            if (m_stage != Stage::Answering)
                return;
            m_answer = fmt::format("HTTP/1.1 {} {}\r\nContent-Length: {}\r\n", answer.status,
                                   reasonOf(answer.status), answer.body.size());
            for (const auto &[name, value] : answer.headers)
                m_answer += fmt::format("{}: {}\r\n", name, value);
            m_answer += m_keepsAlive ? "\r\n" : "Connection: close\r\n\r\n";
            m_answer += answer.body;
            within(m_options.answerWithin);
            asio::async_write(m_stream, asio::buffer(m_answer),
                              [self = this->shared_from_this()](const error_code &error, size_t) {
                                  if (self->m_stage == Stage::Over)
                                      return;
                                  if (error || !self->m_keepsAlive)
                                      return self->end();
                                  self->m_answer.clear();
                                  self->m_stage = Stage::Head;
                                  self->m_bodyBytes = 0;
                                  self->within(self->m_options.idleFor);
                                  if (self->m_bytes.empty())
                                      self->read();
                                  else
                                      self->take(); // it was sent before the answer came
                              });
        }

        void end()
        {
            if (m_stage == Stage::Over)
                return;
            m_stage = Stage::Over;
            m_deadline.cancel();
            m_stream.sayGoodbye();
            m_stream.cut();
            m_over(this->shared_from_this());
        }

        Stream m_stream;
        Upgrader m_upgrader;
        std::shared_ptr<asio::io_context> m_context;
        const HttpServerOptions &m_options;
        const HttpServer::Handler &m_handler;
        std::function<void(const std::shared_ptr<Connection> &)> m_over;
        Timer m_deadline;
        Stage m_stage = Stage::Head;
        std::string m_peer;
        std::string m_bytes; // read, not taken yet
        size_t m_bodyBytes = 0;
        HttpRequest m_request;
        bool m_keepsAlive = true;
        std::string m_answer;
    };

    Error noCertificate(std::string_view what)
    {
        return makeError(errors::kValidation,
                         fmt::format("The API's TLS {} cannot be used: it must be PEM.", what),
                         "certificate");
    }
}

Result<void> HttpServer::Private::loadTls()
{
    tls.reset(SSL_CTX_new(TLS_server_method()));
    SSL_CTX_set_min_proto_version(tls.get(), TLS1_2_VERSION); // older SDKs speak no 1.3
    SSL_CTX_set_options(tls.get(), SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION);
    const std::unique_ptr<BIO, decltype(&BIO_free)> chain(
        BIO_new_mem_buf(options.certificatePem.data(), static_cast<int>(options.certificatePem.size())),
        &BIO_free);
    for (bool first = true;; first = false) {
        X509 *certificate = PEM_read_bio_X509(chain.get(), nullptr, nullptr, nullptr);
        if (certificate == nullptr && first)
            return noCertificate("certificate");
        if (certificate == nullptr)
            break;
        if (first)
            SSL_CTX_use_certificate(tls.get(), certificate);
        else
            SSL_CTX_add1_chain_cert(tls.get(), certificate);
        X509_free(certificate);
    }
    const std::string_view key = options.keyPem.view();
    const std::unique_ptr<BIO, decltype(&BIO_free)> bio(
        BIO_new_mem_buf(key.data(), static_cast<int>(key.size())), &BIO_free);
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> parsed(
        PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr), &EVP_PKEY_free);
    if (!parsed || SSL_CTX_use_PrivateKey(tls.get(), parsed.get()) != 1)
        return noCertificate("key");
    return {};
}

Result<void> HttpServer::Private::listen()
{
    error_code error;
    const auto address = asio::ip::make_address(options.address, error);
    if (error)
        return makeError(errors::kValidation,
                         fmt::format("\"{}\" is no address to listen on", options.address), "api");
    const asio::ip::tcp::endpoint endpoint(address, options.port);
    acceptor.open(endpoint.protocol(), error);
    if (!error) {
        transport::closeOnExec(acceptor.native_handle());
        acceptor.set_option(asio::socket_base::reuse_address(true), error);
    }
    if (!error)
        acceptor.bind(endpoint, error);
    if (!error)
        acceptor.listen(asio::socket_base::max_listen_connections, error);
    if (error)
        return makeError(
            errors::kServiceUnavailable,
            fmt::format("can't listen on {} port {}: {}", options.address, options.port, error.message()),
            "api");
    port = acceptor.local_endpoint().port();
    return {};
}

void HttpServer::Private::accept()
{
    acceptor.async_accept([this](const error_code &error, Socket socket) {
        if (!acceptor.is_open())
            return;
        if (error && error != asio::error::connection_aborted) { // out of descriptors, mostly
            retry.expires_after(kAfterFailure);
            retry.async_wait([this](const error_code &cancelled) {
                if (!cancelled)
                    accept();
            });
            return;
        }
        if (!error && connections.size() < options.maxConnections) {
            transport::closeOnExec(socket.native_handle());
            const auto over
                = [this](const std::shared_ptr<Connection> &connection) { connections.erase(connection); };
            std::shared_ptr<Connection> connection;
            if (tls) {
                TlsStream stream(std::move(socket));
                SSL *ssl = SSL_new(tls.get());
                SSL_set_accept_state(ssl);
                stream.attach(ssl);
                connection = std::make_shared<HttpConnection<TlsStream>>(
                    std::move(stream), context, options, handler, upgrader<TlsStream>(), over);
            } else {
                connection = std::make_shared<HttpConnection<PlainStream>>(
                    PlainStream(std::move(socket)), context, options, handler, upgrader<PlainStream>(), over);
            }
            connections.insert(connection);
            connection->begin();
        }
        accept();
    });
}

HttpServer::HttpServer(std::unique_ptr<Private> given) : d(std::move(given)) { }

HttpServer::~HttpServer()
{
    // What was just said to the sockets, and that they are closed, goes out first.
    for (auto until = std::chrono::steady_clock::now() + kLastWords;
         d->socketCount > 0 && std::chrono::steady_clock::now() < until;)
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    d->context->stop();
    if (d->thread.joinable())
        d->thread.join();
    const auto open = std::exchange(d->connections, {});
    for (const std::shared_ptr<Connection> &connection : open)
        connection->cut();
    const auto sockets = std::exchange(d->sockets, {});
    for (const std::shared_ptr<UpgradedSocket> &socket : sockets)
        socket->cut();
    d->work.reset();
    d->context->restart();
    d->context->poll(); // what was cut lets go of its connection
}

Result<std::unique_ptr<HttpServer>> HttpServer::start(HttpServerOptions options, Handler handler,
                                                      SocketUpgrade upgrade)
{
    auto made = std::make_unique<Private>(std::move(options), std::move(handler), std::move(upgrade));
    if (!made->options.certificatePem.empty()) {
        if (auto loaded = made->loadTls(); !loaded)
            return loaded.error();
    }
    if (auto listening = made->listen(); !listening)
        return listening.error();
    made->accept();
    made->thread = std::thread([server = made.get()] {
        pthread_setname_np(pthread_self(), "fb-api-io");
        server->context->run();
    });
    return std::unique_ptr<HttpServer>(new HttpServer(std::move(made)));
}

uint16_t HttpServer::port() const { return d->port; }

bool HttpServer::usesTls() const { return d->tls != nullptr; }

}
