#include "backend/security/signin/totp.h"

#include "backend/security/signin/sign_in_throttle.h"
#include "tests/support/manual_clock.h"
#include "tests/support/test_main.h"

#include <QTest>
#include <QUrl>
#include <QUrlQuery>

using namespace fb;
using namespace fb::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class tst_Totp : public QObject
{
    Q_OBJECT

private slots:
    void rfc6238_data();
    void rfc6238();
    void window();
    void base32_data();
    void base32();
    void uri();
    void throttleOfAnAccount();
    void throttleOfAll();
};

namespace {
constexpr std::string_view kRfcSecret = "12345678901234567890"; // RFC 6238 appendix B, SHA-1
}

void tst_Totp::rfc6238_data()
{
    QTest::addColumn<qint64>("seconds");
    QTest::addColumn<QByteArray>("code");
    QTest::addRow("59") << qint64(59) << QByteArray("94287082");
    QTest::addRow("1111111109") << qint64(1111111109) << QByteArray("07081804");
    QTest::addRow("1111111111") << qint64(1111111111) << QByteArray("14050471");
    QTest::addRow("1234567890") << qint64(1234567890) << QByteArray("89005924");
    QTest::addRow("2000000000") << qint64(2000000000) << QByteArray("69279037");
    QTest::addRow("20000000000") << qint64(20000000000) << QByteArray("65353130");
}

void tst_Totp::rfc6238()
{
    QFETCH(qint64, seconds);
    QFETCH(QByteArray, code);
    const Instant when {std::chrono::seconds(seconds)};
    QCOMPARE(QByteArray::fromStdString(*totpCode(kRfcSecret, totpStepAt(when), 8)), code);
    QCOMPARE(QByteArray::fromStdString(*totpCode(kRfcSecret, totpStepAt(when))), code.right(6));
}

void tst_Totp::window()
{
    const Instant when {1111111111s};
    const int64_t now = totpStepAt(when);
    for (const int64_t off : {-2, -1, 0, 1, 2}) {
        const auto matched = totpMatch(kRfcSecret, *totpCode(kRfcSecret, now + off), when, 0);
        QCOMPARE(matched.has_value(), off >= -1 && off <= 1);
        QCOMPARE(matched.value_or(now + off), now + off);
    }
    QVERIFY(!totpMatch(kRfcSecret, *totpCode(kRfcSecret, now), when, now)); // once
    QVERIFY(!totpMatch(kRfcSecret, *totpCode(kRfcSecret, now - 1), when, now)); // nor an older one after it
    QVERIFY(totpMatch(kRfcSecret, *totpCode(kRfcSecret, now + 1), when, now));
    for (const char *wrong : {"", "05047", "0504710", "05047x", "14050471"})
        QVERIFY(!totpMatch(kRfcSecret, wrong, when, 0));
    QVERIFY(!totpCode("", now));
}

void tst_Totp::base32_data()
{
    QTest::addColumn<QByteArray>("bytes"); // RFC 4648 section 10
    QTest::addColumn<QByteArray>("text");
    QTest::addRow("empty") << QByteArray("") << QByteArray("");
    QTest::addRow("f") << QByteArray("f") << QByteArray("MY");
    QTest::addRow("fo") << QByteArray("fo") << QByteArray("MZXQ");
    QTest::addRow("foo") << QByteArray("foo") << QByteArray("MZXW6");
    QTest::addRow("foob") << QByteArray("foob") << QByteArray("MZXW6YQ");
    QTest::addRow("fooba") << QByteArray("fooba") << QByteArray("MZXW6YTB");
    QTest::addRow("foobar") << QByteArray("foobar") << QByteArray("MZXW6YTBOI");
}

void tst_Totp::base32()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, text);
    QCOMPARE(QByteArray::fromStdString(toBase32(bytes.toStdString())), text);
}

void tst_Totp::uri()
{
    const QUrl uri(otpauthUri(u"Flagbridge"_s, u"m+tanaka@example.org"_s, kRfcSecret));
    QVERIFY(uri.isValid());
    QCOMPARE(uri.scheme(), u"otpauth"_s);
    QCOMPARE(uri.host(), u"totp"_s);
    QCOMPARE(uri.path(QUrl::FullyDecoded), u"/Flagbridge:m+tanaka@example.org"_s);
    const QUrlQuery query(uri);
    QCOMPARE(query.queryItemValue(u"secret"_s), u"GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"_s);
    QCOMPARE(query.queryItemValue(u"issuer"_s), u"Flagbridge"_s);
}

// Guessing gets slower with each failure, and no clock that is set back shuts anybody out.
void tst_Totp::throttleOfAnAccount()
{
    ManualClock clock;
    SignInThrottle throttle(clock);
    FailedSignIns account;
    std::chrono::microseconds before {0};
    for (int i = 1; i <= 12; ++i) {
        account = throttle.after(account);
        const auto until = throttle.waitUntil(account);
        QCOMPARE(until.has_value(), i >= SignInThrottle::kFreeFailures);
        if (!until)
            continue;
        const auto wait = *until - clock.now();
        QVERIFY(wait > before || wait == SignInThrottle::kLongestWait);
        QVERIFY(wait <= SignInThrottle::kLongestWait);
        before = wait;
        clock.advance(wait - 1us);
        QVERIFY(throttle.waitUntil(account));
        clock.advance(1us);
        QVERIFY(!throttle.waitUntil(account));
    }
    QCOMPARE(before, std::chrono::microseconds(SignInThrottle::kLongestWait));
    account = throttle.after(account);
    clock.jumpWallClock(-24h);
    QVERIFY(*throttle.waitUntil(account) <= clock.now() + SignInThrottle::kLongestWait);
}

void tst_Totp::throttleOfAll()
{
    ManualClock clock;
    SignInThrottle throttle(clock);
    for (int i = 0; i < SignInThrottle::kFreeOverall; ++i) {
        QVERIFY(!throttle.waitUntil({}));
        throttle.after({});
    }
    const auto first = throttle.waitUntil({}); // of an account that has never failed
    QVERIFY(first);
    clock.advance(*first - clock.now());
    QVERIFY(!throttle.waitUntil({}));
    throttle.after({});
    QVERIFY(*throttle.waitUntil({}) - clock.now() > *first - (*first - 2s)); // longer than before
    throttle.takeBack();
    QVERIFY(!throttle.waitUntil({}));
    clock.advance(SignInThrottle::kOverallSpan);
    throttle.after({});
    QVERIFY(!throttle.waitUntil({})); // all forgotten
    for (int i = 0; i < 3000; ++i) // names that do not exist fill no memory
        throttle.putUnknown(QString::number(i), {.count = 5, .lockedUntil = {}});
    int held = 0;
    for (int i = 0; i < 3000; ++i)
        held += throttle.unknown(QString::number(i)).count > 0 ? 1 : 0;
    QVERIFY(held <= SignInThrottle::kMostUnknown);
}

FB_TEST(tst_Totp)
#include "tst_totp.moc"
