#include "backend/api/http_server.h"

#include "tests/support/test_main.h"

#include <QTcpSocket>
#include <QTest>

#include <mutex>

using namespace fb;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class tst_HttpServer : public QObject
{
    Q_OBJECT

private slots:
    void keepsAlive();
    void pipelined();
    void continues();
    void refuses_data();
    void refuses();
    void slowRequestIsCut();
    void tooManyConnections();
    void answerAfterTheEnd();
    void noPlaceToListen();
};

namespace {

struct Server {
    explicit Server(HttpServerOptions options = {})
    {
        options.port = 0;
        server
            = HttpServer::start(std::move(options),
                                [this](HttpRequest request, const HttpServer::Answer &answer) {
                                    const std::lock_guard lock(mutex);
                                    const std::string body = request.method + ' ' + request.path + '?'
                                        + request.query + ' ' + std::to_string(request.body.size());
                                    requests.push_back(std::move(request));
                                    if (holds)
                                        held.push_back(answer);
                                    else
                                        answer({.status = 200, .headers = {{"X-Test", "yes"}}, .body = body});
                                })
                  .value();
    }
    size_t count()
    {
        const std::lock_guard lock(mutex);
        return requests.size();
    }

    HttpRequest first()
    {
        const std::lock_guard lock(mutex);
        return requests.at(0);
    }
    void hold()
    {
        const std::lock_guard lock(mutex);
        holds = true;
    }

    std::mutex mutex;
    std::vector<HttpRequest> requests;
    bool holds = false;
    std::vector<HttpServer::Answer> held;
    std::unique_ptr<HttpServer> server; // first to go
};

struct Client {
    explicit Client(const Server &server)
    {
        socket.connectToHost(u"127.0.0.1"_s, server.server->port());
        socket.waitForConnected(5000); // and may be cut at once
    }
    void send(const QByteArray &bytes)
    {
        socket.write(bytes);
        socket.flush();
    }
    QByteArray readUntil(const QByteArray &end)
    {
        while (!received.contains(end) && socket.waitForReadyRead(5000))
            received += socket.readAll();
        return received;
    }
    bool isClosed(int milliseconds = 5000)
    {
        while (socket.state() == QAbstractSocket::ConnectedState && socket.waitForReadyRead(milliseconds))
            received += socket.readAll();
        return socket.state() != QAbstractSocket::ConnectedState;
    }

    QTcpSocket socket;
    QByteArray received;
};

}

void tst_HttpServer::keepsAlive()
{
    Server s;
    Client c(s);
    c.send("POST /a?b=c HTTP/1.1\r\nHost: x\r\nX-Two: 1\r\nx-two: 2\r\nContent-Length: 5\r\n\r\nhel");
    QVERIFY(!c.socket.waitForReadyRead(50));
    c.send("lo");
    QVERIFY(c.readUntil("POST /a?b=c 5")
                .startsWith("HTTP/1.1 200 OK\r\nContent-Length: 13\r\nX-Test: yes\r\n\r\n"));
    QCOMPARE(s.first().headers[1], std::pair(std::string("x-two"), std::string("1")));
    QVERIFY(!s.first().header("x-two")); // no reader may choose one of two
    c.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    QVERIFY(c.readUntil("GET /? 0").contains("Connection: close"));
    QVERIFY(c.isClosed());
    QCOMPARE(s.count(), size_t(2));
}

void tst_HttpServer::pipelined()
{
    Server s;
    Client c(s);
    c.send("POST /1 HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\naPOST /2 HTTP/1.1\r\nHost: "
           "x\r\nContent-Length: "
           "2\r\n\r\nbb");
    const QByteArray both = c.readUntil("POST /2? 2");
    QVERIFY(both.indexOf("POST /1? 1") < both.indexOf("POST /2? 2"));
}

void tst_HttpServer::continues()
{
    Server s;
    Client c(s);
    c.send("POST /1 HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
    QVERIFY(c.readUntil("\r\n\r\n").startsWith("HTTP/1.1 100 Continue"));
    c.send("abc");
    QVERIFY(c.readUntil("POST /1? 3").contains("200 OK"));
}

void tst_HttpServer::refuses_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("status");
    const QByteArray post = "POST / HTTP/1.1\r\nHost: x\r\n";
    QTest::addRow("no HTTP") << QByteArray("hello\r\n\r\n") << QByteArray("400");
    QTest::addRow("HTTP/1.0") << QByteArray("POST / HTTP/1.0\r\nHost: x\r\n\r\n") << QByteArray("400");
    QTest::addRow("no Host") << QByteArray("POST / HTTP/1.1\r\n\r\n") << QByteArray("400");
    QTest::addRow("[T13] two Hosts") << post + "Host: y\r\n\r\n" << QByteArray("400");
    QTest::addRow("[T13] smuggling: length and coding")
        << post + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
        << QByteArray("400");
    QTest::addRow("[T13] smuggling: coding and length")
        << post + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n"
        << QByteArray("400");
    QTest::addRow("[T13] smuggling: two lengths")
        << post + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!" << QByteArray("400");
    QTest::addRow("[T13] a coding") << post + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                                    << QByteArray("400");
    QTest::addRow("negative length") << post + "Content-Length: -1\r\n\r\n" << QByteArray("400");
    QTest::addRow("a folded header") << post + "X: a\r\n b\r\nY : c\r\n\r\n" << QByteArray("400");
    QTest::addRow("a head without end") << post + "X: " + QByteArray(9000, 'a') << QByteArray("400");
    QTest::addRow("announced too much") << post + "Content-Length: 1048577\r\n\r\n" << QByteArray("413");
}

void tst_HttpServer::refuses()
{
    QFETCH(QByteArray, request);
    QFETCH(QByteArray, status);
    Server s;
    Client c(s);
    c.send(request);
    QVERIFY(c.isClosed());
    QVERIFY2(c.received.startsWith("HTTP/1.1 " + status), c.received.constData());
    QCOMPARE(s.count(), size_t(0));
}

void tst_HttpServer::slowRequestIsCut()
{
    HttpServerOptions options;
    options.requestWithin = 200ms;
    Server s(std::move(options));
    Client c(s);
    c.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhel");
    QVERIFY(c.isClosed());
    QCOMPARE(s.count(), size_t(0));
}

void tst_HttpServer::tooManyConnections()
{
    HttpServerOptions options;
    options.maxConnections = 2;
    Server s(std::move(options));
    auto first = std::make_unique<Client>(s);
    Client second(s);
    first->send("GET /1 HTTP/1.1\r\nHost: x\r\n\r\n");
    second.send("GET /2 HTTP/1.1\r\nHost: x\r\n\r\n");
    QVERIFY(first->readUntil("GET /1").contains("200"));
    QVERIFY(second.readUntil("GET /2").contains("200"));
    Client third(s);
    QVERIFY(third.isClosed());
    first.reset();
    bool served = false; // once the server has seen that the first one left
    for (int tries = 0; tries < 100 && !served; ++tries) {
        QTest::qWait(50);
        Client again(s);
        again.send("GET /3 HTTP/1.1\r\nHost: x\r\n\r\n");
        served = again.readUntil("GET /3").contains("200");
    }
    QVERIFY(served);
}

void tst_HttpServer::answerAfterTheEnd()
{
    Server s;
    s.hold();
    Client c(s);
    c.send("GET /1 HTTP/1.1\r\nHost: x\r\n\r\n");
    QTRY_COMPARE(s.count(), size_t(1));
    s.server.reset();
    s.held[0]({.status = 200, .headers = {}, .body = "late"}); // nobody is there
    QVERIFY(c.isClosed());
}

void tst_HttpServer::noPlaceToListen()
{
    Server s;
    HttpServerOptions options;
    options.port = s.server->port();
    const auto taken = HttpServer::start(std::move(options), {});
    QVERIFY(!taken && taken.error().code == errors::kServiceUnavailable);
    options = {};
    options.address = "nowhere";
    QVERIFY(HttpServer::start(std::move(options), {}).error().code == errors::kValidation);
    options = {};
    options.certificatePem = "no PEM";
    QVERIFY(HttpServer::start(std::move(options), {}).error().code == errors::kValidation);
}

FB_TEST(tst_HttpServer)
#include "tst_http_server.moc"
