#include "backend/api/aws_call.h"

#include "tests/support/test_main.h"

#include <QJsonDocument>
#include <QTest>

using namespace fb;
using namespace Qt::StringLiterals;

class tst_AwsCall : public QObject
{
    Q_OBJECT

private slots:
    void jsonCall();
    void unknown_data();
    void unknown();
    void restCall();
    void answers();
};

namespace {

HttpRequest jsonRequest(const std::string &target, const std::string &body = "{}")
{
    HttpRequest request {.method = "POST", .path = "/", .query = {}, .headers = {}, .body = body};
    request.headers = {{"content-type", "application/x-amz-json-1.1"}, {"x-amz-target", target}};
    return request;
}

std::string_view headerOf(const HttpAnswer &answer, std::string_view name)
{
    for (const auto &[key, value] : answer.headers) {
        if (key == name)
            return value;
    }
    return {};
}

}

void tst_AwsCall::jsonCall()
{
    const auto call = readAwsCall(jsonRequest("AmazonSSM.ListCommands", R"({"MaxResults":5})"), "ssm");
    QVERIFY(call);
    QCOMPARE(call->operation, u"ListCommands"_s);
    QCOMPARE(call->input[u"MaxResults"].toInt(), 5);
    auto plain = jsonRequest("AmazonSSM.ListCommands");
    plain.headers[0].second = "text/plain"; // what a form of a web page can send
    QVERIFY(readAwsCall(plain, "ssm").error().code == errors::kSerialization);
}

void tst_AwsCall::unknown_data()
{
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("service");
    QTest::addRow("[T15] one of ours that is none of AWS's") << u"AmazonSSM.CreateAccessKey"_s << u"ssm"_s;
    QTest::addRow("[T15] another of ours") << u"AmazonSSM.ApproveNode"_s << u"ssm"_s;
    QTest::addRow("no such") << u"AmazonSSM.Nonsense"_s << u"ssm"_s;
    QTest::addRow("another service's prefix") << u"AmazonEC2.ListCommands"_s << u"ssm"_s;
    QTest::addRow("no prefix") << u"ListCommands"_s << u"ssm"_s;
    QTest::addRow("none") << u""_s << u"ssm"_s;
    QTest::addRow("another service") << u"AmazonSSM.ListCommands"_s << u"ec2"_s;
    QTest::addRow("very long") << u"AmazonSSM."_s + QString(5000, u'x') << u"ssm"_s;
}

void tst_AwsCall::unknown()
{
    QFETCH(QString, target);
    QFETCH(QString, service);
    const auto call = readAwsCall(jsonRequest(target.toStdString()), service.toStdString());
    QVERIFY(!call);
    QVERIFY(call.error().code == errors::kUnknownOperation);
    QVERIFY(call.error().message.size() < 300);
}

void tst_AwsCall::restCall()
{
    HttpRequest request {.method = "PUT",
                         .path
                         = "/resources/arn%3Aaws%3Aresource-groups%3Aeu-1%3A000000000000%3Agroup%2Fweb/tags",
                         .query = {},
                         .headers = {},
                         .body = R"({"Tags":{"a":"b"}})"};
    const auto call = readAwsCall(request, "resource-groups");
    QVERIFY(call);
    QCOMPARE(call->operation, u"resource-groups.Tag"_s);
    QCOMPARE(call->input[u"Arn"].toString(), u"arn:aws:resource-groups:eu-1:000000000000:group/web"_s);
    QCOMPARE(call->input[u"Tags"][u"a"].toString(), u"b"_s);
    request.method = "DELETE";
    QVERIFY(!readAwsCall(request, "resource-groups"));
    request.method = "PUT";
    request.path += "/more";
    QVERIFY(!readAwsCall(request, "resource-groups"));
    QVERIFY(!readAwsCall(request, "ssm-guiconnect"));
}

void tst_AwsCall::answers()
{
    const AwsCall json {.operation = u"ListCommands"_s, .input = {}};
    const HttpAnswer good = successAnswer(json, {{u"Commands"_s, 1}}, "id-1");
    QCOMPARE(good.status, 200);
    QCOMPARE(good.body, std::string(R"({"Commands":1})"));
    QCOMPARE(headerOf(good, "x-amzn-RequestId"), std::string_view("id-1"));
    QCOMPARE(headerOf(good, "Content-Type"), std::string_view("application/x-amz-json-1.1"));

    const HttpAnswer refused
        = errorAnswer(WireProtocol::Json, makeError(errors::kInvalidDocument, "no such document"), "id-2");
    QCOMPARE(refused.status, 400);
    const QJsonObject body = QJsonDocument::fromJson(QByteArray::fromStdString(refused.body)).object();
    QCOMPARE(body[u"__type"].toString(), u"InvalidDocument"_s);
    QCOMPARE(body[u"Message"].toString(), u"no such document"_s); // as the service model spells it

    const HttpAnswer rest
        = errorAnswer(WireProtocol::RestJson, makeError(errors::kInvalidDocument, "no"), "id-3");
    QCOMPARE(headerOf(rest, "x-amzn-ErrorType"), std::string_view("InvalidDocument"));
}

FB_TEST(tst_AwsCall)
#include "tst_aws_call.moc"
