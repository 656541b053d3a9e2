#include "agent/supervisor/denied_addresses.h"

#include "tests/support/test_main.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace fb::agent;
using namespace Qt::StringLiterals;

class tst_DeniedAddresses : public QObject
{
    Q_OBJECT
private slots:
    void always_data();
    void always();
    void nameServers();
    void theSetting();
    void anUnreadableSettingDeniesAll();

private:
    static boost::asio::ip::address address(const char *text) { return boost::asio::ip::make_address(text); }
};

void tst_DeniedAddresses::always_data() // session-manager 3.5
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("denied");
    for (const char *denied :
         {"169.254.169.254", "169.254.169.253", "169.254.169.123", "169.254.169.250", "169.254.169.251",
          "fd00:ec2::254", "fd00:ec2::253", "fd00:ec2::123", "fd00:ec2::240", "::ffff:169.254.169.254",
          "::169.254.169.254", "64:ff9b::a9fe:a9fe",
          // [N13] translators' forms: RFC 8215, 6to4, SIIT
          "64:ff9b:1:a9fe:a9:fe00::", "64:ff9b:1::a9fe:a9fe", "2002:a9fe:a9fe::1",
          "::ffff:0:169.254.169.254"})
        QTest::addRow("%s", denied) << QByteArray(denied) << true;
    for (const char *allowed : {"127.0.0.1", "::1", "169.254.169.252", "10.0.0.2", "fd00:ec2::255", "::"})
        QTest::addRow("%s", allowed) << QByteArray(allowed) << false;
}

void tst_DeniedAddresses::always()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, denied);
    QCOMPARE(DeniedAddresses({}, "/nonexistent").contains(address(text.constData())), denied);
}

void tst_DeniedAddresses::nameServers()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(u"resolv.conf"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("# made by hand\nsearch lan\nnameserver 10.0.0.2\nnameserver fe80::1%eth0\nnameserver "
               "127.0.0.53\nnameserver rubbish\nnameserver 2001:db8::53\n");
    file.close();
    const DeniedAddresses denied({}, file.fileName().toStdString());
    QVERIFY(denied.contains(address("10.0.0.2")));
    QVERIFY(denied.contains(address("::ffff:10.0.0.2")));
    QVERIFY(denied.contains(address("fe80::1")));
    QVERIFY(denied.contains(address("2001:db8::53")));
    QVERIFY(!denied.contains(address("127.0.0.53"))); // the node's own loopback is reached anyway
    QVERIFY(!denied.contains(address("10.0.0.3")));
}

void tst_DeniedAddresses::theSetting()
{
    const DeniedAddresses denied({"10.20.0.0/14", "192.168.7.7", "2001:db8::/33"}, "/nonexistent");
    QVERIFY(denied.contains(address("10.23.255.255")));
    QVERIFY(!denied.contains(address("10.24.0.0")));
    QVERIFY(denied.contains(address("192.168.7.7")));
    QVERIFY(!denied.contains(address("192.168.7.8")));
    QVERIFY(denied.contains(address("2001:db8:7fff::1")));
    QVERIFY(!denied.contains(address("2001:db8:8000::1")));
    QVERIFY(denied.contains(address("169.254.169.254")));
    // [N13] An unspecified address is this machine.
    const DeniedAddresses loopback({"127.0.0.0/8", "::1"}, "/nonexistent");
    for (const char *text : {"127.0.0.1", "::1", "0.0.0.0", "::", "::ffff:0.0.0.0", "::ffff:127.0.0.1"})
        QVERIFY2(loopback.contains(address(text)), text);
}

void tst_DeniedAddresses::anUnreadableSettingDeniesAll()
{
    for (const char *wrong : {"10.0.0.0/33", "10.0.0.0/", "metadata", "", "2001:db8::/129", "1.2.3.4/-1"})
        QVERIFY2(DeniedAddresses({wrong}, "/nonexistent").contains(address("8.8.8.8")), wrong);
}

FB_TEST(tst_DeniedAddresses)
#include "tst_denied_addresses.moc"
