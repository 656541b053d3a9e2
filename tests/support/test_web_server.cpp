#include "tests/support/test_web_server.h"

#include "tests/support/test_certificates.h"

#include <QFile>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>

#include <cstdlib>
#include <unistd.h>

namespace fb::test {

using namespace Qt::StringLiterals;

namespace {
    constexpr int kLookAgainMilliseconds = 50; // whether the test is over
    constexpr int kPatienceSeconds = 10; // with a client that says nothing

    class Connection
    {
    public:
        Connection(int socket, SSL_CTX *tls) : m_socket(socket), m_tls(tls ? SSL_new(tls) : nullptr)
        {
            const timeval patience {kPatienceSeconds, 0};
            ::setsockopt(m_socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
            if (m_tls)
                SSL_set_fd(m_tls, m_socket);
        }
        ~Connection()
        {
            if (m_tls) {
                SSL_shutdown(m_tls);
                SSL_free(m_tls);
            }
            ::close(m_socket);
        }
        Connection(const Connection &) = delete;
        Connection &operator=(const Connection &) = delete;

        bool open() { return !m_tls || SSL_accept(m_tls) == 1; }
        qint64 read(char *bytes, int size)
        {
            return m_tls ? SSL_read(m_tls, bytes, size)
                         : ::recv(m_socket, bytes, static_cast<size_t>(size), 0);
        }
        void write(const QByteArray &bytes)
        {
            for (qsizetype at = 0; at < bytes.size();) {
                const int size = static_cast<int>(bytes.size() - at);
                const qint64 put = m_tls
                    ? SSL_write(m_tls, bytes.constData() + at, size)
                    : ::send(m_socket, bytes.constData() + at, static_cast<size_t>(size), MSG_NOSIGNAL);
                if (put <= 0)
                    return; // it wants no more
                at += put;
            }
        }

    private:
        int m_socket;
        SSL *m_tls;
    };

    SSL_CTX *serverTls(const QString &authorityFile)
    {
        const TestCa ca("Flagbridge test web");
        CertificateWish wish;
        wish.commonName = "127.0.0.1";
        wish.uri = "fb:test,IP:127.0.0.1"; // a list: the second one is the name that clients look for
        wish.purpose = "serverAuth";
        const TestCertificate own = ca.issue(wish);
        SSL_CTX *context = SSL_CTX_new(TLS_server_method());
        const auto *der = reinterpret_cast<const unsigned char *>(own.der.data());
        const auto *key = reinterpret_cast<const unsigned char *>(own.key.view().data());
        if (SSL_CTX_use_certificate_ASN1(context, static_cast<int>(own.der.size()), der) != 1
            || SSL_CTX_use_PrivateKey_ASN1(EVP_PKEY_EC, context, key, static_cast<long>(own.key.size())) != 1)
            std::abort();
        QFile file(authorityFile);
        if (!file.open(QIODevice::WriteOnly))
            std::abort();
        file.write("-----BEGIN CERTIFICATE-----\n");
        const QByteArray text = QByteArray::fromStdString(ca.der()).toBase64();
        for (qsizetype at = 0; at < text.size(); at += 64)
            file.write(text.mid(at, 64) + '\n');
        file.write("-----END CERTIFICATE-----\n");
        return context;
    }
}

QByteArray WebRequest::header(const QByteArray &name) const
{
    for (const QByteArray &line : headers) {
        if (line.left(line.indexOf(':')).compare(name, Qt::CaseInsensitive) == 0)
            return line.mid(line.indexOf(':') + 1).trimmed();
    }
    return {};
}

TestWebServer::TestWebServer(Handler handler, Kind kind) : m_handler(std::move(handler)), m_kind(kind)
{
    if (kind == Kind::Tls)
        m_tls = serverTls(authorityFile());
    m_listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto *generic = reinterpret_cast<sockaddr *>(&address);
    if (::bind(m_listener, generic, size) != 0 || ::listen(m_listener, 64) != 0
        || ::getsockname(m_listener, generic, &size) != 0)
        std::abort();
    m_port = ntohs(address.sin_port);
    m_thread = std::thread([this] { run(); });
}

TestWebServer::~TestWebServer()
{
    m_stopping = true;
    m_thread.join();
    ::close(m_listener);
    SSL_CTX_free(m_tls);
}

QString TestWebServer::url(const QString &path) const
{
    return u"%1://127.0.0.1:%2%3"_s.arg(m_kind == Kind::Tls ? u"https"_s : u"http"_s).arg(m_port).arg(path);
}

QList<WebRequest> TestWebServer::requests() const
{
    const std::lock_guard lock(m_mutex);
    return m_requests;
}

void TestWebServer::run()
{
    while (!m_stopping) {
        pollfd waiting {m_listener, POLLIN, 0};
        if (::poll(&waiting, 1, kLookAgainMilliseconds) <= 0)
            continue;
        const int socket = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
        if (socket >= 0)
            serve(socket);
    }
}

void TestWebServer::serve(int socket)
{
    Connection connection(socket, m_tls);
    if (!connection.open())
        return;
    QByteArray head;
    char chunk[4096];
    while (!head.contains("\r\n\r\n")) {
        const qint64 got = connection.read(chunk, sizeof chunk);
        if (got <= 0)
            return;
        head.append(chunk, got);
    }
    QList<QByteArray> lines = head.left(head.indexOf("\r\n\r\n")).split('\n');
    for (QByteArray &line : lines)
        line = line.trimmed();
    const QList<QByteArray> first = lines.takeFirst().split(' ');
    WebRequest request {first.value(0), first.value(1), lines, head.mid(head.indexOf("\r\n\r\n") + 4)};
    while (request.body.size() < request.header("Content-Length").toLongLong()) {
        const qint64 got = connection.read(chunk, sizeof chunk);
        if (got <= 0)
            return;
        request.body.append(chunk, got);
    }
    {
        const std::lock_guard lock(m_mutex);
        m_requests.append(request);
    }
    const WebResponse response = m_handler(request);
    QByteArray answer = "HTTP/1.1 " + QByteArray::number(response.status) + " Answer\r\nConnection: close\r\n"
        + "Content-Length: " + QByteArray::number(response.body.size()) + "\r\n";
    for (const QByteArray &header : response.headers)
        answer += header + "\r\n";
    connection.write(answer + "\r\n");
    connection.write(response.body);
}

}
