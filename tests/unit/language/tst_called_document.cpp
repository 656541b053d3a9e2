#include "backend/language/called_document.h"
#include "backend/language/wire_document.h"

#include "tests/support/test_main.h"

#include <QTest>

using namespace fb;

class tst_CalledDocument : public QObject
{
    Q_OBJECT

private slots:
    void names_data();
    void names();
    void parameters_data();
    void parameters();
    void calls_data();
    void calls();
    void whatMayBeCalled();
};

static Step stepOf(const char *action, const QByteArray &inputs)
{
    const QByteArray text = "{\"schemaVersion\":\"2.2\",\"mainSteps\":[{\"action\":\"" + QByteArray(action)
        + "\",\"name\":\"s\",\"inputs\":" + inputs + "}]}";
    const auto document = parseDocument(text.toStdString(), DocumentFormat::Json, DocumentType::Command);
    return document ? document->steps[0] : Step();
}

void tst_CalledDocument::names_data()
{
    QTest::addColumn<QByteArray>("reference");
    QTest::addColumn<QByteArray>("expected"); // "name|version"
    QTest::addRow("name") << QByteArray("Web-Restart") << QByteArray("Web-Restart|");
    QTest::addRow("version") << QByteArray("Web-Restart:3") << QByteArray("Web-Restart|3");
    QTest::addRow("latest") << QByteArray("Web-Restart:$LATEST") << QByteArray("Web-Restart|$LATEST");
    QTest::addRow("ARN") << QByteArray("arn:aws:ssm:xx-local-1:000000000000:document/Web")
                         << QByteArray("arn:aws:ssm:xx-local-1:000000000000:document/Web|");
    QTest::addRow("ARN, version") << QByteArray("arn:aws:ssm:xx-local-1::document/AWS-X:2")
                                  << QByteArray("arn:aws:ssm:xx-local-1::document/AWS-X|2");
    QTest::addRow("no document") << QByteArray("arn:aws:ssm:x:y:z") << QByteArray("arn:aws:ssm:x:y:z|");
    QTest::addRow("nothing") << QByteArray() << QByteArray("|");
}

void tst_CalledDocument::names()
{
    QFETCH(QByteArray, reference);
    QFETCH(QByteArray, expected);
    const DocumentCallName split = splitDocumentCall(reference.toStdString());
    QCOMPARE(QByteArray::fromStdString(split.name + "|" + split.version), expected);
}

void tst_CalledDocument::parameters_data()
{
    QTest::addColumn<QByteArray>("given"); // the input's JSON
    QTest::addColumn<QByteArray>("expected"); // on the wire, or "refused"
    const auto wire = [](const char *text) { return QByteArray(text); };
    QTest::addRow("none") << wire(R"("")") << wire("{}");
    QTest::addRow("map") << wire(R"({"a":"x","b":["1","2"]})") << wire(R"({"a":["x"],"b":["1","2"]})");
    QTest::addRow("numbers and flags")
        << wire(R"({"a":3,"b":true,"c":[1,false]})") << wire(R"({"a":["3"],"b":["true"],"c":["1","false"]})");
    QTest::addRow("maps in it") << wire(R"({"a":{"x":1},"b":[{"y":2}]})")
                                << wire(R"({"a":["{\"x\":1}"],"b":["[{\"y\":2}]"]})");
    QTest::addRow("JSON text") << wire(R"("{\"a\":\"x\"}")") << wire(R"({"a":["x"]})");
    QTest::addRow("YAML text") << wire(R"("a: x\nb: [1, 2]\n")") << wire(R"({"a":["x"],"b":["1","2"]})");
    QTest::addRow("no map") << wire(R"("[1]")") << wire("refused");
    QTest::addRow("neither") << wire(R"("{\"a\": [}")") << wire("refused");
}

void tst_CalledDocument::parameters()
{
    QFETCH(QByteArray, given);
    QFETCH(QByteArray, expected);
    const Step step
        = stepOf("aws:runDocument",
                 R"({"documentType":"LocalPath","documentPath":"x","documentParameters":)" + given + "}");
    QVERIFY(!step.action.empty());
    const auto values = calledParameters(step);
    QCOMPARE(values ? QByteArray::fromStdString(parameterValuesToJson(*values)) : QByteArray("refused"),
             expected);
}

void tst_CalledDocument::calls_data()
{
    QTest::addColumn<QByteArray>("action");
    QTest::addColumn<QByteArray>("inputs");
    QTest::addColumn<QByteArray>("expected"); // "run NAME" or "read NAME", or empty
    QTest::addRow("run") << QByteArray("aws:runDocument")
                         << QByteArray(R"({"documentType":"SSMDocument","documentPath":"A:2"})")
                         << QByteArray("run A:2");
    QTest::addRow("local") << QByteArray("aws:runDocument")
                           << QByteArray(R"({"documentType":"LocalPath","documentPath":"A"})")
                           << QByteArray();
    QTest::addRow("download") << QByteArray("aws:downloadContent")
                              << QByteArray(R"({"sourceType":"SSMDocument","sourceInfo":"{\"name\":\"A\"}"})")
                              << QByteArray("read A");
    QTest::addRow("other download") << QByteArray("aws:downloadContent")
                                    << QByteArray(R"({"sourceType":"HTTP","sourceInfo":{"name":"A"}})")
                                    << QByteArray();
    QTest::addRow("broken download") << QByteArray("aws:downloadContent")
                                     << QByteArray(R"({"sourceType":"SSMDocument","sourceInfo":"{"})")
                                     << QByteArray();
    QTest::addRow("script") << QByteArray("aws:runShellScript") << QByteArray(R"({"runCommand":"A"})")
                            << QByteArray();
}

void tst_CalledDocument::calls()
{
    QFETCH(QByteArray, action);
    QFETCH(QByteArray, inputs);
    QFETCH(QByteArray, expected);
    const auto call = documentCall(stepOf(action.constData(), inputs));
    QCOMPARE(call ? (call->runs ? "run " : "read ") + QByteArray::fromStdString(call->reference)
                  : QByteArray(),
             expected);
}

void tst_CalledDocument::whatMayBeCalled()
{
    const auto faultOf = [](const char *text) {
        const auto parsed = parseCalledDocument(text, DocumentFormat::Json);
        return parsed ? std::string() : parsed.error().message;
    };
    QCOMPARE(faultOf(R"({"schemaVersion":"2.2","mainSteps":[{"action":"aws:runShellScript","name":"a",)"
                     R"("inputs":{"runCommand":"id"}}]})"),
             std::string());
    QCOMPARE(faultOf(R"({"schemaVersion":"2.2","mainSteps":[{"action":"aws:updateSsmAgent","name":"up",)"
                     R"("inputs":{"agentName":"x"}}]})"),
             std::string("step up: a document that another one runs may not hold aws:updateSsmAgent"));
    QVERIFY(!faultOf(R"({"schemaVersion":"1.2","runtimeConfig":{"aws:updateSsmAgent":{"properties":)"
                     R"({"agentName":"x"}}}})")
                 .empty());
    QVERIFY(!faultOf(R"({"schemaVersion":"1.0","sessionType":"Standard_Stream","inputs":{}})").empty());
    QVERIFY(!faultOf("hello").empty());
}

FB_TEST(tst_CalledDocument)
#include "tst_called_document.moc"
