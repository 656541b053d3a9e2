#include "backend/transport/endpoint_url.h"

#include "tests/support/test_main.h"

#include <QTest>

using namespace fb;
using namespace fb::transport;

class tst_EndpointUrl : public QObject
{
    Q_OBJECT

private slots:
    void good_data();
    void good();
    void bad_data();
    void bad();
};

void tst_EndpointUrl::good_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("authority");
    QTest::addColumn<QString>("path");
    QTest::addRow("whole") << "wss://engine.example:9000/agent/v1"
                           << "engine.example:9000"
                           << "/agent/v1";
    QTest::addRow("no port") << "wss://engine/agent/v1"
                             << "engine:8443"
                             << "/agent/v1";
    QTest::addRow("no path") << "wss://10.0.0.7:8443"
                             << "10.0.0.7:8443"
                             << "/agent/v1";
    QTest::addRow("slash only") << "wss://10.0.0.7:8443/"
                                << "10.0.0.7:8443"
                                << "/agent/v1";
    QTest::addRow("ipv6") << "wss://[2001:db8::1]:443/x"
                          << "[2001:db8::1]:443"
                          << "/x";
    QTest::addRow("ipv6 no port") << "wss://[::1]"
                                  << "[::1]:8443"
                                  << "/agent/v1";
}

void tst_EndpointUrl::good()
{
    QFETCH(QString, text);
    QFETCH(QString, authority);
    QFETCH(QString, path);
    const auto url = parseEndpointUrl(text.toStdString());
    QVERIFY2(url.has_value(), url ? "" : url.error().message.c_str());
    QCOMPARE(QString::fromStdString(url->authority()), authority);
    QCOMPARE(QString::fromStdString(url->path), path);
}

void tst_EndpointUrl::bad_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"", "ws://engine/agent/v1", "https://engine", "wss://", "wss:///agent/v1",
                             "wss://a b/", "wss://user@host/", "wss://host:0/", "wss://host:65536/",
                             "wss://host:12x/", "wss://host:/x", "wss://host/a?b", "wss://host/a#b",
                             "wss://[::1/x", "wss://[::1]x/", "wss://[engine]/x", "wss://host/\r\nX: y"})
        QTest::addRow("%s", text) << QString::fromUtf8(text);
}

void tst_EndpointUrl::bad()
{
    QFETCH(QString, text);
    const auto url = parseEndpointUrl(text.toStdString());
    QVERIFY(!url);
    QCOMPARE(url.error().field, std::string("engine"));
    QVERIFY(url.error().message.find("wss://HOST:PORT") != std::string::npos);
}

FB_TEST(tst_EndpointUrl)
#include "tst_endpoint_url.moc"
