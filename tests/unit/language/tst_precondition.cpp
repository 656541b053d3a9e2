#include "backend/language/precondition.h"

#include "backend/language/tree_text.h"
#include "tests/support/test_main.h"

#include <QTest>

using namespace fb;

class tst_Precondition : public QObject
{
    Q_OBJECT

private slots:
    void evaluate_data();
    void evaluate();
};

void tst_Precondition::evaluate_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("expected"); // yes, no, or why it is malformed
    const auto row = [](const char *name, const char *json, const char *expected) {
        QTest::addRow("%s", name) << QByteArray(json) << QByteArray(expected);
    };
    row("[documents 8.12] Linux on Linux", R"({"StringEquals":["Linux","platformType"]})", "yes");
    row("either order, any case", R"({"StringEquals":["platformType","LINUX"]})", "yes");
    row("as a token", R"({"StringEquals":["{{ platformType }}","linux"]})", "yes");
    row("Windows on Linux", R"({"StringEquals":["platformType","Windows"]})", "no");
    row("[documents 8.12] platformType and a parameter", R"({"StringEquals":["platformType","{{ os }}"]})",
        "platformType can't be compared with a document parameter");
    row("another platform", R"({"StringEquals":["platformType","Solaris"]})",
        "\"Solaris\" is not a platform; it must be Linux, MacOS or Windows");
    row("a parameter", R"({"StringEquals":["{{ os }}","Linux"]})", "yes");
    row("a parameter, case counts", R"({"StringEquals":["{{ os }}","linux"]})", "no");
    row("inside of text", R"({"StringEquals":["run-{{ os }}","run-Linux"]})", "yes");
    row("two parameters", R"({"StringEquals":["{{ os }}","{{ mode }}"]})", "no");
    // The left side becomes the text "{{os}}x", the right one "Linuxx".
    row("one pass", R"({"StringEquals":["{{ trick }}","{{os}}x"]})", "no");
    row("no parameter", R"({"StringEquals":["a","b"]})",
        "neither operand holds platformType or a document parameter");
    row("an undeclared parameter", R"({"StringEquals":["{{ zzz }}","b"]})",
        "neither operand holds platformType or a document parameter");
    row("identical", R"({"StringEquals":["{{ os }}","{{ os }}"]})", "both operands are \"{{ os }}\"");
    row("Parameter Store", R"({"StringEquals":["{{ os }}","{{ssm:x}}"]})",
        "an operand refers to Parameter Store, which a precondition may not");
    row("a secure string", R"({"StringEquals":["{{ os }}","{{ ssm-secure:x }}"]})",
        "an operand refers to Parameter Store, which a precondition may not");
    row("one operand", R"({"StringEquals":["platformType"]})",
        "StringEquals takes a list of exactly two texts");
    row("three", R"({"StringEquals":["platformType","Linux","x"]})",
        "StringEquals takes a list of exactly two texts");
    row("a number", R"({"StringEquals":["platformType",1]})",
        "StringEquals takes a list of exactly two texts");
    row("another operator", R"({"StringNotEquals":["platformType","Linux"]})",
        "the operator \"StringNotEquals\" is not known; StringEquals is");
    row("two operators", R"({"StringEquals":["platformType","Linux"],"Not":[]})",
        "the operator \"Not\" is not known; StringEquals is");
    row("no operator", "{}", "a precondition is a map of operators");
}

void tst_Precondition::evaluate()
{
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, expected);
    BoundParameters parameters;
    ParameterDefinitions definitions;
    for (const auto &[name, value] :
         {std::pair("os", "Linux"), std::pair("mode", "fast"), std::pair("trick", "{{os}}x")}) {
        parameters[name] = {ParameterType::String, InterpolationType::Raw, Tree::string(value)};
        definitions.push_back({.name = name});
    }
    const Tree tree = *parseJson(json.toStdString());
    const auto result = evaluatePrecondition(tree, Platform::Linux, parameters);
    const std::string got = result ? (*result ? "yes" : "no") : result.error();
    QCOMPARE(QByteArray::fromStdString(got), expected);
    QCOMPARE(preconditionFault(tree, definitions).has_value(), !result.has_value());
}

FB_TEST(tst_Precondition)
#include "tst_precondition.moc"
