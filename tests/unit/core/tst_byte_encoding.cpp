#include "backend/core/byte_encoding.h"

#include "tests/support/test_main.h"

#include <QTest>

using namespace fb;

class tst_ByteEncoding : public QObject
{
    Q_OBJECT

private slots:
    void base64_data();
    void base64();
    void refusesBadText();
    void digests();
    void bigEndian();
};

void tst_ByteEncoding::base64_data()
{
    QTest::addColumn<QByteArray>("bytes");
    for (int length = 0; length < 40; ++length) {
        QByteArray bytes;
        for (int i = 0; i < length; ++i)
            bytes.append(static_cast<char>(i * 37 + length));
        QTest::addRow("%d bytes", length) << bytes;
    }
}

void tst_ByteEncoding::base64()
{
    QFETCH(QByteArray, bytes);
    const std::string text = toBase64(bytes.toStdString());
    QCOMPARE(QByteArray::fromStdString(text), bytes.toBase64());
    QCOMPARE(QByteArray::fromStdString(fromBase64(text).value()), bytes);
    QCOMPARE(QByteArray::fromStdString(fromBase64Url(toBase64Url(bytes.toStdString())).value()), bytes);
    QCOMPARE(QByteArray::fromStdString(fromHex(toHex(bytes.toStdString())).value()), bytes);
}

void tst_ByteEncoding::refusesBadText()
{
    QVERIFY(!fromBase64("abc"));
    QVERIFY(!fromBase64("ab=c"));
    QVERIFY2(!fromBase64("AB=="), "the last bits must be zero");
    QVERIFY(!fromHex("0g"));
    QVERIFY(!fromHex("0"));
}

void tst_ByteEncoding::digests()
{
    QCOMPARE(sha256Hex("abc"),
             std::string("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    Sha256 hash;
    hash.add("a");
    hash.add("bc");
    QCOMPARE(toHex(hash.finish()), sha256Hex("abc"));
    QCOMPARE(toHex(hmacSha256("key", "The quick brown fox jumps over the lazy dog")),
             std::string("f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8"));
}

void tst_ByteEncoding::bigEndian()
{
    std::string out;
    putBigEndian<uint16_t>(out, 0x1234);
    putBigEndian<uint64_t>(out, 0x0102030405060708);
    QCOMPARE(toHex(out), std::string("12340102030405060708"));
    QCOMPARE(bigEndianAt<uint64_t>(out, 2), uint64_t(0x0102030405060708));
}

FB_TEST(tst_ByteEncoding)
#include "tst_byte_encoding.moc"
