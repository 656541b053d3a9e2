#include "backend/language/wire_document.h"

#include "backend/language/resolved_step.h"
#include "backend/language/tree_text.h"
#include "tests/support/test_main.h"

#include <QTest>

using namespace fb;

namespace {
const char *const kYaml = R"(schemaVersion: '2.2'
parameters:
  name: {type: String, allowedPattern: '[A-Za-z]*', default: ''}
  list: {type: StringList, default: [a, b]}
mainSteps:
- action: aws:runShellScript
  name: hello
  inputs:
    runCommand: ['echo Hello {{ name }}', '{{ list }}']
)";
}

class tst_WireDocument : public QObject
{
    Q_OBJECT

private slots:
    void thereAndBack();
    void theAgentChecksAgain();
    void newerPlugins();
    void refusesTooMuch();
    void parameterValues_data();
    void parameterValues();
};

void tst_WireDocument::thereAndBack()
{
    const auto document = parseDocument(kYaml, DocumentFormat::Yaml, DocumentType::Command);
    QVERIFY(document.has_value());
    const auto wire = toWire(*document, {{"name", {"World"}}});
    QVERIFY(wire.has_value());
    QCOMPARE(wire->parameters, std::string(R"({"name":["World"]})"));
    const auto received = fromWire(wire->document, wire->parameters);
    QVERIFY2(received.has_value(), received ? "" : received.error().message.c_str());
    QVERIFY(received->document.tree == document->tree);
    QVERIFY(received->parameters.at("list").isDefault);
    const auto steps = resolveSteps(received->document, received->parameters);
    QCOMPARE(*scriptText((*steps)[0].step), std::string("echo Hello World\na\nb"));
}

void tst_WireDocument::theAgentChecksAgain()
{
    const auto document = parseDocument(kYaml, DocumentFormat::Yaml, DocumentType::Command);
    const auto wire = toWire(*document, {{"name", {"$(id)"}}});
    QVERIFY(wire.has_value());
    const auto received = fromWire(wire->document, wire->parameters);
    QVERIFY(!received);
    QVERIFY(received.error().code == errors::kInvalidParameters);
    QVERIFY(!fromWire("{}", "{}"));
    QVERIFY(!fromWire(wire->document, "[]"));
    QVERIFY(!fromWire("", ""));
    QVERIFY(fromWire(wire->document, "{}").has_value()); // the defaults, which may be empty
}

// An agent older than the engine's plugin table takes the document; the step table fails that step alone (spec/documents.md 3.3).
void tst_WireDocument::newerPlugins()
{
    const auto received = fromWire(
        R"({"schemaVersion":"2.2","mainSteps":[{"action":"aws:newPlugin","name":"a","inputs":{"x":1}}]})",
        "{}");
    QVERIFY2(received.has_value(), received ? "" : received.error().message.c_str());
    QCOMPARE(received->document.steps[0].action, std::string("aws:newPlugin"));
}

void tst_WireDocument::refusesTooMuch()
{
    const auto document = parseDocument(kYaml, DocumentFormat::Yaml, DocumentType::Command);
    const auto wire = toWire(*document, {{"name", {std::string(300'000, 'x')}}});
    QVERIFY(!wire);
    QVERIFY(wire.error().code == errors::kInvalidParameters);
    QVERIFY(wire.error().message.find("at most 262144 can be sent") != std::string::npos);
}

void tst_WireDocument::parameterValues_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("error"); // empty: accepted, and written back the same
    QTest::addRow("values") << QByteArray(R"({"a":["x"],"b":[],"c":["1","2"]})") << QByteArray();
    QTest::addRow("none") << QByteArray("{}") << QByteArray();
    QTest::addRow("no map") << QByteArray("[]")
                            << QByteArray("Parameters: a map of lists is expected, not a list.");
    QTest::addRow("no list") << QByteArray(R"({"a":"x"})")
                             << QByteArray("Parameters: the value of \"a\" must be a list of texts.");
    QTest::addRow("a number") << QByteArray(R"({"a":[1]})")
                              << QByteArray("Parameters: the value of \"a\" must be a list of texts.");
    QTest::addRow("a name twice") << QByteArray(R"({"a":[],"a":[]})")
                                  << QByteArray("Parameters: line 1, column 9: the key \"a\" is used twice.");
}

void tst_WireDocument::parameterValues()
{
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, error);
    const auto values = parseParameterValues(json.toStdString());
    QCOMPARE(values ? QByteArray() : QByteArray::fromStdString(values.error().message), error);
    if (values)
        QCOMPARE(QByteArray::fromStdString(parameterValuesToJson(*values)), json);
}

FB_TEST(tst_WireDocument)
#include "tst_wire_document.moc"
