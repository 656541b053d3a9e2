// Somebody between node and engine, on a real agent: a sign-in page, a proxy, an inspector of TLS. It learns nothing, the agent says what is the
// matter, and goes on by itself once the way is free.

#include "tests/integration/agent/agent_fixture.h"
#include "tests/support/test_certificates.h"
#include "tests/support/test_main.h"

#include <QTest>
#include <QUrl>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>

#include <array>
#include <atomic>
#include <mutex>
#include <thread>
#include <unistd.h>

using namespace fb;
using namespace fb::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int kLookAgain = 20; // ms: whether it is to be another one now

// A port that leads to the engine, or to what stands in between. One connection at a time, in a thread of its own.
class Between
{
public:
    enum class Kind { Nothing, SignInPage, Proxy, Inspector, Cutter };

    explicit Between(int enginePort) : m_enginePort(enginePort)
    {
        m_listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address = loopback(0);
        socklen_t size = sizeof address;
        auto *generic = reinterpret_cast<sockaddr *>(&address);
        if (::bind(m_listener, generic, size) != 0 || ::listen(m_listener, 16) != 0
            || ::getsockname(m_listener, generic, &size) != 0)
            std::abort();
        m_port = ntohs(address.sin_port);
        m_thread = std::thread([this] { run(); });
    }
    ~Between()
    {
        m_isOver = true;
        m_thread.join();
        ::close(m_listener);
    }
    int port() const { return m_port; }
    void become(Kind kind)
    {
        const std::lock_guard lock(m_mutex);
        m_kind = kind;
        m_heard.clear();
        m_met = 0;
        m_opened = 0;
    }
    QByteArray heard() const // of what was said to it, as it could read it
    {
        const std::lock_guard lock(m_mutex);
        return m_heard;
    }
    int met() const { return m_met; } // connections
    int opened() const { return m_opened; } // whose TLS came about with it

private:
    static sockaddr_in loopback(int port)
    {
        sockaddr_in address {};
        address.sin_family = AF_INET;
        address.sin_port = htons(static_cast<uint16_t>(port));
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        return address;
    }
    void run()
    {
        while (!m_isOver) {
            pollfd waiting {m_listener, POLLIN, 0};
            if (::poll(&waiting, 1, kLookAgain) <= 0)
                continue;
            const int socket = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
            if (socket < 0)
                continue;
            const Kind kind = m_kind;
            if (kind == Kind::Nothing)
                relay(socket);
            else if (kind == Kind::Inspector)
                inspect(socket);
            else if (kind != Kind::Cutter)
                answer(socket, kind);
            ::close(socket);
            ++m_met;
        }
    }
    void relay(int client)
    {
        const int engine = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const sockaddr_in address = loopback(m_enginePort);
        bool isUp = ::connect(engine, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0;
        std::array<char, 16 * 1024> chunk {};
        const std::array<int, 2> ends {client, engine};
        while (isUp && !m_isOver && m_kind == Kind::Nothing) {
            std::array<pollfd, 2> waiting {pollfd {client, POLLIN, 0}, pollfd {engine, POLLIN, 0}};
            if (::poll(waiting.data(), 2, kLookAgain) <= 0)
                continue;
            for (size_t i = 0; i < 2 && isUp; ++i) {
                if (waiting[i].revents == 0)
                    continue;
                const ssize_t got = ::recv(ends[i], chunk.data(), chunk.size(), 0);
                isUp = got > 0
                    && ::send(ends[1 - i], chunk.data(), static_cast<size_t>(got), MSG_NOSIGNAL) == got;
            }
        }
        ::close(engine);
    }
    void answer(int client, Kind kind)
    {
        const QByteArray page = kind == Kind::Proxy
            ? "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n\r\n"
            : "HTTP/1.1 302 Found\r\nLocation: http://portal.example/sign-in\r\nContent-Length: 0\r\n\r\n";
        listen(client);
        if (::send(client, page.constData(), size_t(page.size()), MSG_NOSIGNAL) > 0)
            while (listen(client)) { }
    }
    bool listen(int client) // false: it said no more
    {
        std::array<char, 4096> chunk {};
        pollfd waiting {client, POLLIN, 0};
        const ssize_t got = ::poll(&waiting, 1, 2000) > 0 ? ::recv(client, chunk.data(), chunk.size(), 0) : 0;
        hear(chunk.data(), got);
        return got > 0;
    }
    void hear(const char *bytes, ssize_t count)
    {
        const std::lock_guard lock(m_mutex);
        if (count > 0)
            m_heard.append(bytes, count);
    }
    // With a certificate for the right engine of the right fleet, from a CA of its own; it would take the node's, too.
    void inspect(int client)
    {
        const TestCertificate own = m_ca.engine("11111111-2222-4333-8444-555555555555");
        SSL_CTX *context = SSL_CTX_new(TLS_server_method());
        const auto *der = reinterpret_cast<const unsigned char *>(own.der.data());
        const auto *key = reinterpret_cast<const unsigned char *>(own.key.view().data());
        SSL_CTX_use_certificate_ASN1(context, static_cast<int>(own.der.size()), der);
        SSL_CTX_use_PrivateKey_ASN1(EVP_PKEY_EC, context, key, static_cast<long>(own.key.size()));
        SSL_CTX_set_verify(context, SSL_VERIFY_PEER, [](int, X509_STORE_CTX *) { return 1; });
        SSL *ssl = SSL_new(context);
        SSL_set_fd(ssl, client);
        const timeval patience {2, 0};
        ::setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        const bool isOpen = SSL_accept(ssl) == 1;
        if (isOpen || SSL_get0_peer_certificate(ssl) != nullptr)
            ++m_opened;
        std::array<char, 4096> chunk {};
        for (int got = 1; isOpen && got > 0;) {
            got = SSL_read(ssl, chunk.data(), int(chunk.size()));
            hear(chunk.data(), got);
        }
        SSL_free(ssl);
        SSL_CTX_free(context);
    }

    const int m_enginePort;
    int m_listener = -1;
    int m_port = 0;
    TestCa m_ca;
    std::atomic<Kind> m_kind = Kind::Nothing;
    std::atomic<int> m_met = 0;
    std::atomic<int> m_opened = 0;
    std::atomic<bool> m_isOver = false;
    mutable std::mutex m_mutex;
    QByteArray m_heard;
    std::thread m_thread;
};

}

class tst_Interception : public QObject
{
    Q_OBJECT
private slots:
    void whoStandsBetweenLearnsNothing_data();
    void whoStandsBetweenLearnsNothing();
};

void tst_Interception::whoStandsBetweenLearnsNothing_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("cause");
    QTest::addRow("[N14] captive portal")
        << int(Between::Kind::SignInPage) << QByteArray("does not speak TLS as the engine does");
    QTest::addRow("[N14] proxy") << int(Between::Kind::Proxy)
                                 << QByteArray("look for a proxy, a sign-in page, or a wrong port");
    QTest::addRow("[N14] TLS interceptor")
        << int(Between::Kind::Inspector) << QByteArray("It is not the engine that answers");
    QTest::addRow("[N14] it cuts") << int(Between::Kind::Cutter) << QByteArray("closed the connection");
}

void tst_Interception::whoStandsBetweenLearnsNothing()
{
    QFETCH(int, kind);
    QFETCH(QByteArray, cause);
    AgentFixture f;
    const QUrl engine(f.engine.url());
    Between between(engine.port());
    QStringList registration = f.registration();
    registration.replaceInStrings(f.engine.url(),
                                  u"wss://127.0.0.1:%1%2"_s.arg(between.port()).arg(engine.path()));
    const QByteArray address = u"wss://127.0.0.1:%1"_s.arg(between.port()).toUtf8();
    QByteArray said;
    const auto says = [&](const QByteArray &text) {
        f.agent->process().setReadChannel(QProcess::StandardError);
        f.agent->process().waitForReadyRead(1); // nothing else turns Qt's loop here
        said += f.agent->process().readAllStandardError();
        return said.contains(text);
    };
    // Nothing that only the engine may see, in clear or to a false engine; a hello in TLS at most.
    const auto hasLearntNothing = [&] {
        const QByteArray heard = between.heard();
        return between.opened() == 0 && !heard.contains("the-code") && !heard.contains("HTTP/1.1")
            && !heard.contains("mi-") && (heard.isEmpty() || heard.startsWith('\x16'));
    };

    // A node that is not registered yet: its activation code stays with it.
    between.become(Between::Kind(kind));
    f.agent = std::make_unique<TestProcess>(f.installed, registration);
    QVERIFY2(f.engine.wait([&] { return between.met() > 0 && says(cause); }), said.constData());
    QVERIFY(hasLearntNothing());
    QCOMPARE(f.engine.enrolments, 0);
    f.agent->kill9();

    between.become(Between::Kind::Nothing);
    QVERIFY(f.start(registration));
    f.agent->kill9();
    QVERIFY(f.engine.wait([&] { return !f.engine.isConnected(); }));

    // One that is: its certificate, too.
    between.become(Between::Kind(kind));
    said.clear();
    f.agent = std::make_unique<TestProcess>(f.installed, QStringList {u"--state"_s, f.state});
    QVERIFY2(f.engine.wait([&] { return between.met() > 0 && says(cause); }), said.constData());
    QVERIFY2(said.contains("cannot connect to " + address), said.constData());
    QVERIFY(hasLearntNothing());
    between.become(Between::Kind::Nothing);
    QVERIFY(f.engine.wait([&] { return f.engine.isConnected(); }, 60'000)); // by itself
}

FB_TEST(tst_Interception)
#include "tst_interception.moc"
