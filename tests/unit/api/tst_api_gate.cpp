#include "backend/api/api_gate.h"
#include "backend/api/refusal_log.h"

#include "backend/base/qt_text.h"
#include "backend/core/time_text.h"
#include "tests/support/test_database.h"
#include "tests/support/test_main.h"

#include <QTest>

using namespace fb;
using namespace fb::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class tst_ApiGate : public QObject
{
    Q_OBJECT

private slots:
    void admits();
    void strangers_data();
    void strangers();
    void replays();
    void expiredAndDisabled();
    void rate();
    void aFloodOfRefusalsIsCounted();
};

namespace {

struct Gate {
    Gate() { put(true, {}); }

    void put(bool enabled, std::optional<Instant> expiresAt)
    {
        keys.put({.key = {.accessKeyId = u"AKFBAAAAAAAAAAAAAAAA"_s,
                          .operatorName = u"alice"_s,
                          .enabled = enabled,
                          .createDate = {},
                          .expiresAt = expiresAt,
                          .lastUsedAt = {},
                          .lastUsedFrom = {}},
                  .role = Role::Operator,
                  .secret = SecretBytes("secret")});
    }

    HttpRequest request(const std::string &body = "{}", const std::string &secret = "secret",
                        const std::string &host = "127.0.0.1:8444") const
    {
        std::string stamp = toIso8601(clock.now());
        std::erase_if(stamp, [](char c) { return c == '-' || c == ':'; });
        HttpRequest made {.method = "POST", .path = "/", .query = {}, .headers = {}, .body = body};
        made.headers = {{"host", host}, {"x-amz-date", stamp}};
        made.peer = "127.0.0.1:50312";
        const SignatureClaim claim {.accessKeyId = "AKFBAAAAAAAAAAAAAAAA",
                                    .date = stamp.substr(0, 8),
                                    .region = "eu-1",
                                    .service = "ssm",
                                    .signedHeaders = {"host", "x-amz-date"},
                                    .signature = {},
                                    .signedAt = stamp};
        made.headers.emplace_back("authorization", authorizationFor(made, claim, secret));
        return made;
    }

    ManualClock clock;
    AccessKeyRing keys;
    int refused = 0; // of the key
    QString refusedAs;
    ApiGate gate {keys,
                  clock,
                  {"127.0.0.1", "localhost", "[::1]", "engine.example"},
                  5,
                  [this](const Principal &who, const QString &key, const Error &error) {
                      QCOMPARE(who.name, u"alice"_s);
                      QCOMPARE(key, u"AKFBAAAAAAAAAAAAAAAA"_s);
                      refusedAs = toQString(error.code.name());
                      ++refused;
                  }};
};

QString codeOf(const Result<ApiGate::Admission> &answer)
{
    return answer ? QString() : toQString(answer.error().code.name());
}

}

void tst_ApiGate::admits()
{
    Gate g;
    const auto admitted = g.gate.admit(g.request());
    QVERIFY(admitted);
    QCOMPARE(admitted->who.name, u"alice"_s);
    QVERIFY(admitted->who.role == Role::Operator);
    QCOMPARE(admitted->who.source, u"api 127.0.0.1:50312"_s);
    QCOMPARE(admitted->service, std::string("ssm"));
    const auto uses = g.keys.takeUses();
    QCOMPARE(uses.size(), size_t(1));
    QCOMPARE(uses[0].from, u"127.0.0.1"_s);
    QVERIFY(g.gate.admit(g.request("{}", "secret", "LOCALHOST:1")));
    QVERIFY(g.gate.admit(g.request("{}", "secret", "[::1]:8444")));
}

void tst_ApiGate::strangers_data()
{
    QTest::addColumn<int>("what");
    QTest::addColumn<QString>("code");
    QTest::addRow("[T13] a host that is not ours: rebound DNS") << 0 << u"AccessDeniedException"_s;
    QTest::addRow("[T13] [T14] a page of another site") << 1 << u"AccessDeniedException"_s;
    QTest::addRow("[T13] wrong secret") << 2 << u"InvalidSignatureException"_s;
    QTest::addRow("no such key") << 3 << u"UnrecognizedClientException"_s;
    QTest::addRow("a session token") << 4 << u"UnrecognizedClientException"_s;
    QTest::addRow("[S10] a key in the URL") << 5 << u"MissingAuthenticationTokenException"_s;
}

void tst_ApiGate::strangers()
{
    QFETCH(int, what);
    QFETCH(QString, code);
    Gate g;
    HttpRequest request
        = g.request("{}", what == 2 ? "other" : "secret", what == 0 ? "evil.example:8444" : "127.0.0.1:8444");
    if (what == 1)
        request.headers.emplace_back("origin", "https://evil.example");
    if (what == 3)
        g.keys.remove(u"AKFBAAAAAAAAAAAAAAAA"_s);
    if (what == 4) {
        request.headers.pop_back();
        request.headers.emplace_back("x-amz-security-token", "t");
        request.headers.emplace_back("authorization",
                                     "AWS4-HMAC-SHA256 "
                                     "Credential=AKFBAAAAAAAAAAAAAAAA/20251124/eu-1/ssm/aws4_request, "
                                     "SignedHeaders=host;x-amz-date;x-amz-security-token, Signature="
                                         + std::string(64, '0'));
    }
    if (what == 5) {
        request.headers.pop_back();
        request.query
            = "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKFBAAAAAAAAAAAAAAAA&X-Amz-Signature=0";
    }
    const auto answer = g.gate.admit(request);
    QCOMPARE(codeOf(answer), code);
    QVERIFY(g.keys.takeUses().empty());
    const bool isKnown = what == 2 || what == 4; // the others did not come as far as to a key of ours
    QCOMPARE(g.refused, isKnown ? 1 : 0);
}

// [T13] an honest repeat comes within moments; a copy later than that is refused
void tst_ApiGate::replays()
{
    Gate g;
    const HttpRequest request = g.request();
    QVERIFY(g.gate.admit(request));
    g.clock.advance(2s);
    QVERIFY(g.gate.admit(request));
    g.clock.advance(4s);
    QCOMPARE(codeOf(g.gate.admit(request)), u"InvalidSignatureException"_s);
    g.clock.advance(14min);
    QCOMPARE(codeOf(g.gate.admit(request)), u"InvalidSignatureException"_s);
    g.clock.jumpWallClock(-14min); // nor does a clock that is set back bring it to life
    QCOMPARE(codeOf(g.gate.admit(request)), u"InvalidSignatureException"_s);
    QVERIFY(g.gate.admit(g.request("{\"another\":1}")));
}

void tst_ApiGate::expiredAndDisabled()
{
    Gate g;
    g.put(false, {});
    QCOMPARE(codeOf(g.gate.admit(g.request())), u"UnrecognizedClientException"_s);
    g.put(true, g.clock.now() + 1min);
    QVERIFY(g.gate.admit(g.request()));
    g.clock.advance(1min);
    const auto expired = g.gate.admit(g.request());
    QCOMPARE(codeOf(expired), u"UnrecognizedClientException"_s);
    QVERIFY(expired.error().message.find("expired") != std::string::npos);
}

void tst_ApiGate::rate()
{
    Gate g;
    for (int i = 0; i < 5; ++i)
        QVERIFY(g.gate.admit(g.request("{\"n\":" + std::to_string(i) + "}")));
    QCOMPARE(codeOf(g.gate.admit(g.request("{\"n\":5}"))), u"ThrottlingException"_s);
    g.clock.advance(200ms);
    QVERIFY(g.gate.admit(g.request("{\"n\":6}")));
}

// The first of a kind at once, the rest of its minute as one entry with their number; beyond 200 kinds all others as one.
void tst_ApiGate::aFloodOfRefusalsIsCounted()
{
    TestDatabase db(u"sqlite"_s);
    AuditLog audit(*db, db.clock, SecretBytes(std::string(32, 'a')));
    RefusalLog refusals(audit);
    const auto entries = [&] {
        static_cast<void>(db->flush());
        return *audit.entries(db->reader(), 0, 500);
    };
    const Principal alice {.name = u"alice"_s, .role = Role::Operator, .source = u"api 127.0.0.1:1"_s};
    for (int i = 0; i < 50; ++i)
        refusals.note({.who = alice,
                       .accessKeyId = u"AK1"_s,
                       .operation = u"flagbridge:Authenticate"_s,
                       .result = u"InvalidSignatureException"_s});
    QCOMPARE(entries().size(), 1);
    QCOMPARE(entries().first().target, u"AK1"_s);
    QCOMPARE(entries().first().result, u"InvalidSignatureException"_s);
    QCOMPARE(entries().first().who.source, u"api 127.0.0.1:1"_s);
    refusals.tell();
    QCOMPARE(entries().size(), 2);
    QCOMPARE(entries().first().diff[u"Count"].toInteger(), 49);
    refusals.tell(); // nothing new
    QCOMPARE(entries().size(), 2);

    for (int i = 0; i < 1000; ++i)
        refusals.note({.who = alice,
                       .accessKeyId = u"AK1"_s,
                       .operation = u"ssm:Op%1"_s.arg(i),
                       .result = u"AccessDeniedException"_s});
    refusals.tell();
    QCOMPARE(entries().size(), 2 + 200 + 1);
    QCOMPARE(entries().first().diff[u"Count"].toInteger(), 800);
}

FB_TEST(tst_ApiGate)
#include "tst_api_gate.moc"
