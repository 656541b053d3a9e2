#include "backend/api/aws_call.h"
#include "backend/api/region_arns.h"
#include "backend/api/wire_shape.h"

#include "tests/support/test_main.h"

#include <QJsonArray>
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
    void arnsInTheRequestsRegion();
    void shapes_data();
    void shapes();
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

void tst_AwsCall::arnsInTheRequestsRegion()
{
    const FleetIdentity fleet;
    const auto arn = [](const QString &region, const QString &account = u"000000000000"_s) {
        return u"arn:aws:ssm:%1:%2:document/a:b"_s.arg(region, account);
    };
    const QJsonObject ours {{u"Name"_s, arn(u"xx-local-1"_s)},
                            {u"Value"_s, arn(u"xx-local-1"_s)}, // what somebody stored stays as it is
                            {u"Rows"_s,
                             QJsonArray {QJsonObject {{u"DocumentArn"_s, arn(u"xx-local-1"_s)},
                                                      {u"ARN"_s, arn(u"xx-local-1"_s, u"111111111111"_s)}}}},
                            {u"Names"_s, QJsonArray {arn(u"xx-local-1"_s, QString()), u"plain"_s}}};
    const QJsonObject there = toRegion(ours, fleet, u"eu-1"_s);
    QCOMPARE(there[u"Name"_s].toString(), arn(u"eu-1"_s));
    QCOMPARE(there[u"Value"_s].toString(), arn(u"xx-local-1"_s));
    QCOMPARE(there[u"Rows"_s][0][u"DocumentArn"_s].toString(), arn(u"eu-1"_s));
    QCOMPARE(there[u"Rows"_s][0][u"ARN"_s].toString(),
             arn(u"xx-local-1"_s, u"111111111111"_s)); // another fleet's
    QCOMPARE(there[u"Names"_s][0].toString(), arn(u"eu-1"_s, QString()));
    QCOMPARE(fromRegion(there, fleet, u"eu-1"_s), ours);
    QCOMPARE(fromRegion(there, fleet, u"us-9"_s), there);
    QVERIFY(isRegionName(u"eu-central-1"_s));
    for (const QString &no : {QString(), u"EU"_s, u"a:b"_s, QString(65, u'a')})
        QVERIFY(!isRegionName(no));
}

void tst_AwsCall::shapes_data()
{
    QTest::addColumn<QString>("operation");
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<QString>("field"); // empty: it is well
    QTest::addRow("no tags") << u"AddTagsToResource"_s << QByteArray("{}") << u"Tags"_s;
    QTest::addRow("a tag without a value")
        << u"AddTagsToResource"_s << QByteArray(R"({"Tags":[{"Key":"a"}]})") << u"Tags[0].Value"_s;
    QTest::addRow("an empty value") << u"AddTagsToResource"_s
                                    << QByteArray(R"({"Tags":[{"Key":"a","Value":""}]})") << QString();
    QTest::addRow("a tag that is no object")
        << u"AddTagsToResource"_s << QByteArray(R"({"Tags":[1]})") << u"Tags[0]"_s;
    QTest::addRow("another type is the operation's matter")
        << u"AddTagsToResource"_s << QByteArray(R"({"Tags":5})") << QString();
    QTest::addRow("no state") << u"DescribeSessions"_s << QByteArray(R"({"State":null})") << u"State"_s;
    QTest::addRow("no filters in it")
        << u"DescribeSessions"_s << QByteArray(R"({"State":"Active","Filters":[]})") << u"Filters"_s;
    QTest::addRow("a parameter of nothing")
        << u"StartSession"_s << QByteArray(R"({"Parameters":{"a":["x",""]}})") << u"Parameters.a[1]"_s;
    QTest::addRow("unread, of another type")
        << u"CreateActivation"_s << QByteArray(R"({"RegistrationMetadata":[{"Key":"k","Value":5}]})")
        << u"RegistrationMetadata.Value"_s;
    QTest::addRow("one that has no rules") << u"GetDocument"_s << QByteArray("{}") << QString();
}

void tst_AwsCall::shapes()
{
    QFETCH(QString, operation);
    QFETCH(QByteArray, input);
    QFETCH(QString, field);
    const auto checked = checkWireShape(operation, QJsonDocument::fromJson(input).object());
    QCOMPARE(checked.has_value(), field.isEmpty());
    if (!checked)
        QCOMPARE(QString::fromStdString(checked.error().field), field);
}

FB_TEST(tst_AwsCall)
#include "tst_aws_call.moc"
