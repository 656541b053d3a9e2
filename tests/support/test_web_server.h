#pragma once
// A small web server on loopback, in a thread of its own, so that it answers while a test waits in another loop. Plain or TLS; one request
// a connection. Sources that need it list test_web_server.cpp and test_certificates.cpp in EXTRA and link OpenSSL.

#include <QByteArray>
#include <QList>
#include <QString>
#include <QTemporaryDir>

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

struct ssl_ctx_st;
struct ssl_st;

namespace fb::test {

struct WebRequest {
    QByteArray method;
    QByteArray path; // as sent, with its query
    QList<QByteArray> headers; // "Name: value"
    QByteArray body;
    QByteArray header(const QByteArray &name) const; // its value; null if there is none
};

struct WebResponse {
    int status = 200;
    QByteArray body {};
    QList<QByteArray> headers {};
};

class TestWebServer
{
public:
    enum class Kind { Plain, Tls };
    using Handler = std::function<WebResponse(const WebRequest &)>; // called on the server's thread

    explicit TestWebServer(Handler handler, Kind kind = Kind::Plain);
    ~TestWebServer();
    TestWebServer(const TestWebServer &) = delete;
    TestWebServer &operator=(const TestWebServer &) = delete;

    QString url(const QString &path = {}) const;
    QString authorityFile() const { return m_folder.filePath(QStringLiteral("ca.pem")); } // PEM, of a TLS one
    QList<WebRequest> requests() const; // all so far

private:
    void run();
    void serve(int socket);

    Handler m_handler;
    Kind m_kind;
    QTemporaryDir m_folder;
    ssl_ctx_st *m_tls = nullptr;
    int m_listener = -1;
    int m_port = 0;
    std::atomic<bool> m_stopping = false;
    mutable std::mutex m_mutex;
    QList<WebRequest> m_requests;
    std::thread m_thread;
};

}
