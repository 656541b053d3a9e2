#include "backend/api/sig_v4.h"

#include "backend/core/byte_encoding.h"
#include "tests/support/test_main.h"

#include <QTest>

using namespace fb;
using namespace std::chrono_literals;

class tst_SigV4 : public QObject
{
    Q_OBJECT

private slots:
    void publishedVectors_data();
    void publishedVectors();
    void malformed_data();
    void malformed();
    void clock_data();
    void clock();
    void altered_data();
    void altered();
    void unsignedPayload();
};

namespace {

constexpr std::string_view kSecret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"; // of the published vectors
constexpr Instant kSignedAt = fromMicros(1'440'938'160'000'000); // 2015-08-30T12:36:00Z

HttpRequest vector(const std::string &method, const std::string &path, const std::string &query)
{
    HttpRequest request {.method = method, .path = path, .query = query, .headers = {}, .body = {}};
    request.headers = {{"host", "example.amazonaws.com"}, {"x-amz-date", "20150830T123600Z"}};
    return request;
}

std::string authorization(const std::string &signature, const std::string &names = "host;x-amz-date")
{
    return "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders="
        + names + ", Signature=" + signature;
}

HttpRequest signedCall(const std::string &body = R"({"Name":"/a"})")
{
    HttpRequest request {.method = "POST", .path = "/", .query = {}, .headers = {}, .body = body};
    request.headers = {{"content-type", "application/x-amz-json-1.1"},
                       {"host", "127.0.0.1:8444"},
                       {"x-amz-date", "20150830T123600Z"},
                       {"x-amz-target", "AmazonSSM.GetParameter"}};
    const SignatureClaim claim {.accessKeyId = "AKFBAAAAAAAAAAAAAAAA",
                                .date = "20150830",
                                .region = "eu-1",
                                .service = "ssm",
                                .signedHeaders = {"content-type", "host", "x-amz-date", "x-amz-target"},
                                .signature = {},
                                .signedAt = "20150830T123600Z"};
    request.headers.emplace_back("authorization", authorizationFor(request, claim, kSecret));
    return request;
}

Result<void> judged(const HttpRequest &request, Instant now = kSignedAt)
{
    const auto claim = readSignature(request, now);
    return claim ? checkSignature(request, *claim, kSecret) : Result<void>(claim.error());
}

std::string &headerOf(HttpRequest &request, std::string_view name)
{
    for (auto &[key, value] : request.headers) {
        if (key == name)
            return value;
    }
    return request.headers.emplace_back(name, "").second;
}

}

// AWS's own test suite of the signature
void tst_SigV4::publishedVectors_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("query");
    QTest::addColumn<QString>("signature");
    QTest::addRow("get-vanilla") << "GET"
                                 << "/"
                                 << ""
                                 << "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31";
    QTest::addRow("post-vanilla") << "POST"
                                  << "/"
                                  << ""
                                  << "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b";
    QTest::addRow("get-vanilla-query-order-key-case")
        << "GET"
        << "/"
        << "Param2=value2&Param1=value1"
        << "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500";
    QTest::addRow("get-utf8") << "GET" << QString::fromUtf8("/\xe1\x88\xb4") << ""
                              << "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85";
}

void tst_SigV4::publishedVectors()
{
    QFETCH(QString, method);
    QFETCH(QString, path);
    QFETCH(QString, query);
    QFETCH(QString, signature);
    HttpRequest request = vector(method.toStdString(), path.toStdString(), query.toStdString());
    request.headers.emplace_back("authorization", authorization(signature.toStdString()));
    const auto good = judged(request);
    QVERIFY2(good, good ? "" : good.error().message.c_str());
    request.query += request.query.empty() ? "a=b" : "&a=b";
    QVERIFY(!judged(request));
}

void tst_SigV4::malformed_data()
{
    QTest::addColumn<QString>("header");
    QTest::addColumn<QString>("code");
    const QString none = QStringLiteral("MissingAuthenticationTokenException");
    const QString incomplete = QStringLiteral("IncompleteSignatureException");
    const std::string digits(64, 'a');
    const auto row = [](const char *name, const std::string &header, const QString &code) {
        QTest::addRow("%s", name) << QString::fromStdString(header) << code;
    };
    row("[T13] missing", "", none);
    row("[T13] another scheme", "Bearer abc", incomplete);
    row("only the scheme", "AWS4-HMAC-SHA256", incomplete);
    row("no scope", "AWS4-HMAC-SHA256 Credential=AKID, SignedHeaders=host, Signature=" + digits, incomplete);
    row("scope of four",
        "AWS4-HMAC-SHA256 Credential=A/20150830/eu/aws4_request, SignedHeaders=host, Signature=" + digits,
        incomplete);
    row("scope with a path",
        "AWS4-HMAC-SHA256 Credential=A/20150830/../ssm/aws4_request, SignedHeaders=host, Signature=" + digits,
        incomplete);
    row("twice", authorization(digits) + ", Signature=" + digits, incomplete);
    row("[T13] truncated signature", authorization(digits.substr(1)), incomplete);
    row("capital digits", authorization(std::string(64, 'A')), incomplete);
    row("host not signed", authorization(digits, "x-amz-date"), incomplete);
    row("date not signed", authorization(digits, "host"), incomplete);
    row("not sorted", authorization(digits, "x-amz-date;host"), incomplete);
    row("a header that was not sent", authorization(digits, "host;x-amz-date;x-other"), incomplete);
    row("no header name", authorization(digits, "host;;x-amz-date"), incomplete);
    row("too long", authorization(digits) + std::string(5000, ' '), incomplete);
}

void tst_SigV4::malformed()
{
    QFETCH(QString, header);
    QFETCH(QString, code);
    HttpRequest request = vector("GET", "/", "");
    if (!header.isEmpty())
        request.headers.emplace_back("authorization", header.toStdString());
    const auto refused = judged(request);
    QVERIFY(!refused);
    QCOMPARE(QString::fromStdString(std::string(refused.error().code.name())), code);
}

void tst_SigV4::clock_data()
{
    QTest::addColumn<int>("seconds");
    QTest::addColumn<bool>("good");
    QTest::addRow("[T13] 15 min behind") << 900 << true;
    QTest::addRow("[T13] a second more") << 901 << false;
    QTest::addRow("[T13] 15 min ahead") << -900 << true;
    QTest::addRow("[T13] a second more ahead") << -901 << false;
    QTest::addRow("ten years") << 315'360'000 << false;
}

void tst_SigV4::clock()
{
    QFETCH(int, seconds);
    QFETCH(bool, good);
    const auto answer = judged(signedCall(), kSignedAt + std::chrono::seconds(seconds));
    QCOMPARE(answer.has_value(), good);
    if (!good) {
        QVERIFY(answer.error().code == errors::kInvalidSignature);
        QVERIFY2(answer.error().message.find("15 min") != std::string::npos, answer.error().message.c_str());
    }
}

void tst_SigV4::altered_data()
{
    QTest::addColumn<int>("what");
    QTest::addRow("[T13] body") << 0;
    QTest::addRow("[T13] operation") << 1;
    QTest::addRow("[T13] host") << 2;
    QTest::addRow("method") << 3;
    QTest::addRow("path") << 4;
    QTest::addRow("query") << 5;
    QTest::addRow("date") << 6;
    QTest::addRow("[T13] a second header of a signed name") << 7;
    QTest::addRow("[T13] a second Authorization") << 8;
}

void tst_SigV4::altered()
{
    QFETCH(int, what);
    HttpRequest request = signedCall();
    QVERIFY(judged(request));
    switch (what) {
    case 0:
        request.body += ' ';
        break;
    case 1:
        headerOf(request, "x-amz-target") = "AmazonSSM.DeleteParameter";
        break;
    case 2:
        headerOf(request, "host") = "localhost:8444";
        break;
    case 3:
        request.method = "PUT";
        break;
    case 4:
        request.path = "/x";
        break;
    case 5:
        request.query = "x=1";
        break;
    case 6:
        headerOf(request, "x-amz-date") = "20150830T123601Z";
        break;
    case 7:
        request.headers.emplace_back("x-amz-target", "AmazonSSM.DeleteParameter");
        break;
    default:
        request.headers.emplace_back("authorization", headerOf(request, "authorization"));
    }
    QVERIFY(!judged(request));
}

// [T13] unsigned payload: the hash that is claimed is the one that counts
void tst_SigV4::unsignedPayload()
{
    HttpRequest request = signedCall();
    HttpRequest claimed = request;
    claimed.headers.pop_back();
    claimed.headers.emplace_back("x-amz-content-sha256", "UNSIGNED-PAYLOAD");
    const SignatureClaim claim {
        .accessKeyId = "AKFBAAAAAAAAAAAAAAAA",
        .date = "20150830",
        .region = "eu-1",
        .service = "ssm",
        .signedHeaders = {"content-type", "host", "x-amz-content-sha256", "x-amz-date", "x-amz-target"},
        .signature = {},
        .signedAt = "20150830T123600Z"};
    claimed.headers.emplace_back("authorization", authorizationFor(claimed, claim, kSecret));
    const auto refused = judged(claimed);
    QVERIFY(!refused && refused.error().code == errors::kInvalidSignature);
    headerOf(claimed, "x-amz-content-sha256") = sha256Hex(claimed.body);
    claimed.headers.pop_back();
    claimed.headers.emplace_back("authorization", authorizationFor(claimed, claim, kSecret));
    QVERIFY(judged(claimed));
}

FB_TEST(tst_SigV4)
#include "tst_sig_v4.moc"
