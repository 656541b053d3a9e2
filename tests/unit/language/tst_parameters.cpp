#include "backend/language/parameters.h"

#include "backend/language/pattern.h"
#include "backend/language/tree_text.h"
#include "backend/language/wire_document.h"
#include "tests/support/test_main.h"

#include <QElapsedTimer>
#include <QTest>

using namespace fb;

namespace {
ParameterDefinitions definitionsOf(const QByteArray &json, std::vector<Problem> &problems)
{
    const auto tree = parseJson(json.toStdString());
    return tree ? readParameterDefinitions(*tree, "parameters", problems) : ParameterDefinitions();
}

QByteArray messages(const std::vector<Problem> &problems)
{
    QByteArray all;
    for (const Problem &problem : problems)
        all += QByteArray::fromStdString(problem.path + ": " + problem.message + "\n");
    return all;
}
}

class tst_Parameters : public QObject
{
    Q_OBJECT

private slots:
    void definitions_data();
    void definitions();
    void definitionFields();
    void bind_data();
    void bind();
    void errorNamesCodeAndField();
    void costlyPattern();
    void patterns_data();
    void patterns();
    void environmentSize();
    void ssmReferences_data();
    void ssmReferences();
    void ssmReferencesPutOffTheRules();
};

void tst_Parameters::definitions_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("problems"); // all of them; empty: accepted
    QTest::addRow("plain") << QByteArray(R"({"a":{"type":"String"}})") << QByteArray();
    QTest::addRow("string in any case")
        << QByteArray(R"({"a":{"type":"string"},"b":{"type":"STRING"}})") << QByteArray();
    QTest::addRow("all six types") << QByteArray(
        R"({"a":{"type":"StringList"},"b":{"type":"Integer"},"c":{"type":"Boolean"},"d":{"type":"StringMap"},"e":{"type":"MapList"}})")
                                   << QByteArray();
    QTest::addRow("no type") << QByteArray(R"({"a":{"description":"x"}})")
                             << QByteArray("parameters.a: the parameter has no type\n");
    QTest::addRow("other type") << QByteArray(R"({"a":{"type":"stringlist"}})")
                                << QByteArray("parameters.a.type: \"stringlist\" is not a type; it must be "
                                              "String, StringList, Integer, Boolean, StringMap or MapList\n");
    QTest::addRow("name with a dash")
        << QByteArray(R"({"a-b":{"type":"String"}})")
        << QByteArray("parameters.a-b: a parameter's name has 1 to 255 letters and digits\n");
    QTest::addRow("platformType")
        << QByteArray(R"({"platformType":{"type":"String"}})")
        << QByteArray("parameters.platformType: platformType is reserved for preconditions\n");
    QTest::addRow("unknown key")
        << QByteArray(R"({"a":{"type":"String","minLength":1}})")
        << QByteArray("parameters.a.minLength: this key is not known in a parameter's definition\n");
    QTest::addRow("minItems of a String")
        << QByteArray(R"({"a":{"type":"String","minItems":1}})")
        << QByteArray("parameters.a.minItems: does not apply to a parameter of type String\n");
    QTest::addRow("negative") << QByteArray(R"({"a":{"type":"String","minChars":-1}})")
                              << QByteArray(
                                     "parameters.a.minChars: a whole number of 0 or more is expected\n");
    QTest::addRow("counts as text") << QByteArray(
        R"({"a":{"type":"StringList","minItems":"1","maxItems":"2"}})")
                                    << QByteArray();
    QTest::addRow("range upside down")
        << QByteArray(R"({"a":{"type":"String","minChars":3,"maxChars":2}})")
        << QByteArray("parameters.a.minChars: 3 is above maxChars, which is 2\n");
    QTest::addRow("pattern that does not compile")
        << QByteArray(R"({"a":{"type":"String","allowedPattern":"(a"}})")
        << QByteArray("parameters.a.allowedPattern: the regular expression does not compile: missing closing "
                      "parenthesis at offset 2\n");
    QTest::addRow("default breaks the pattern")
        << QByteArray(R"({"a":{"type":"String","allowedPattern":"[1-9]","default":"12"}})")
        << QByteArray("parameters.a.default: Parameter \"a\": \"12\" does not match the pattern [1-9].\n");
    QTest::addRow("empty default is exempt") << QByteArray(
        R"({"a":{"type":"String","allowedPattern":"[1-9]","default":""},"b":{"type":"StringList","minItems":1,"default":[]}})")
                                             << QByteArray();
    QTest::addRow("default with a reference is exempt")
        << QByteArray(R"({"a":{"type":"String","allowedPattern":"[1-9]","default":"{{ssm:/app/count}}"}})")
        << QByteArray();
    QTest::addRow("default of another shape")
        << QByteArray(R"({"a":{"type":"String","default":["x"]}})")
        << QByteArray("parameters.a.default: a list is not a value for a parameter of type String\n");
    QTest::addRow("default outside allowedValues")
        << QByteArray(R"({"a":{"type":"String","allowedValues":["x","y"],"default":"z"}})")
        << QByteArray(
               "parameters.a.default: Parameter \"a\": \"z\" is not one of the allowed values: x, y.\n");
    QTest::addRow("maps as defaults") << QByteArray(
        R"({"a":{"type":"StringMap","default":{"k":"v"}},"b":{"type":"MapList","default":[{"k":1}]}})")
                                      << QByteArray();
    QTest::addRow("a list is no StringMap")
        << QByteArray(R"({"a":{"type":"StringMap","default":[1]}})")
        << QByteArray("parameters.a.default: Parameter \"a\": a JSON map is required, not a list.\n");
    QTest::addRow("display type") << QByteArray(R"({"a":{"type":"String","displayType":"box"}})")
                                  << QByteArray(
                                         "parameters.a.displayType: \"box\" must be textfield or textarea\n");
    QTest::addRow("ENV_VAR of a number")
        << QByteArray(R"({"a":{"type":"Integer","interpolationType":"ENV_VAR"}})")
        << QByteArray("parameters.a.interpolationType: ENV_VAR is for String and StringList parameters\n");
    QTest::addRow("no map") << QByteArray(R"({"a":"String"})")
                            << QByteArray("parameters.a: a parameter is described by a map, not text\n");
}

void tst_Parameters::definitions()
{
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, problems);
    std::vector<Problem> found;
    definitionsOf(json, found);
    QCOMPARE(messages(found), problems);
}

void tst_Parameters::definitionFields()
{
    std::vector<Problem> problems;
    const auto tree
        = parseYaml("flag: {type: String, allowedValues: [True, 3], default: True}\n"
                    "items: {type: StringList, default: [a, 2], description: d, displayType: textarea}\n"
                    "env: {type: String, interpolationType: ENV_VAR}\n"
                    "count: {type: Integer, default: 7}\n"
                    "on: {type: Boolean, default: 'true'}\n");
    const auto definitions = readParameterDefinitions(*tree, "parameters", problems);
    QCOMPARE(messages(problems), QByteArray());
    QCOMPARE(definitions.size(), size_t(5));
    // A YAML scalar in allowedValues or default becomes the text as written (spec 3.1).
    QCOMPARE(definitions[0].allowedValues, (std::vector<std::string> {"True", "3"}));
    QCOMPARE(definitions[0].defaultText(), std::string("True"));
    QVERIFY(definitions[0].defaultValue->isString());
    QCOMPARE(definitions[1].defaultText(), std::string(R"(["a","2"])"));
    QCOMPARE(definitions[1].description, std::string("d"));
    QVERIFY(definitions[2].interpolation == InterpolationType::EnvVar);
    QVERIFY(!definitions[2].defaultValue);
    QCOMPARE(definitions[3].defaultText(), std::string("7"));
    QVERIFY(definitions[4].defaultValue->isBool());
}

void tst_Parameters::bind_data()
{
    QTest::addColumn<QByteArray>("definition"); // of the parameter p
    QTest::addColumn<QByteArray>("given");
    QTest::addColumn<QByteArray>("expected"); // JSON of p's value, or the message
    const auto row = [](const char *name, const char *definition, const char *given, const char *expected) {
        QTest::addRow("%s", name) << QByteArray(definition) << QByteArray(given) << QByteArray(expected);
    };
    row("text", R"({"type":"String"})", R"({"p":["x y"]})", R"("x y")");
    row("default", R"({"type":"String","default":"d"})", "{}", R"("d")");
    row("empty text given", R"({"type":"String","default":"d"})", R"({"p":[""]})", R"("")");
    row("required", R"({"type":"String"})", "{}", R"(Parameter "p": a value is required.)");
    row("unknown", R"({"type":"String","default":""})", R"({"q":["1"]})",
        R"(Parameter "q": the document does not declare it; it declares p.)");
    row("names are case-sensitive", R"({"type":"String","default":""})", R"({"P":["1"]})",
        R"(Parameter "P": the document does not declare it; it declares p.)");
    row("two for one", R"({"type":"String"})", R"({"p":["1","2"]})",
        R"(Parameter "p": exactly 1 item is required (got 2).)");
    row("none for one", R"({"type":"String"})", R"({"p":[]})",
        R"(Parameter "p": exactly 1 item is required (got 0).)");
    row("[documents 8.6] 12 against [1-9]", R"({"type":"String","allowedPattern":"[1-9]"})",
        R"({"p":["12"]})", R"(Parameter "p": "12" does not match the pattern [1-9].)");
    row("[documents 8.6] 7 against [1-9]", R"({"type":"String","allowedPattern":"[1-9]"})", R"({"p":["7"]})",
        R"("7")");
    row("alternatives are anchored as a whole", R"({"type":"String","allowedPattern":"a|bc"})",
        R"({"p":["bc"]})", R"("bc")");
    row("alternatives match nothing longer", R"({"type":"String","allowedPattern":"a|bc"})",
        R"({"p":["ad"]})", R"(Parameter "p": "ad" does not match the pattern a|bc.)");
    row("no newline slips past the end", R"({"type":"String","allowedPattern":"^[a-z]+$"})",
        R"({"p":["a\n"]})", R"(Parameter "p": "a\n" does not match the pattern ^[a-z]+$.)");
    row("pattern counts characters", R"({"type":"String","allowedPattern":".{2}"})", R"({"p":["日本"]})",
        "\"日本\"");
    row("maxChars counts characters", R"({"type":"String","maxChars":2})", R"({"p":["日本"]})", "\"日本\"");
    row("maxChars", R"({"type":"String","maxChars":2})", R"({"p":["abc"]})",
        R"(Parameter "p": at most 2 characters are allowed (got 3).)");
    row("minChars", R"({"type":"String","minChars":2})", R"({"p":["a"]})",
        R"(Parameter "p": at least 2 characters are required (got 1).)");
    row("allowedValues", R"({"type":"String","allowedValues":["a","b"]})", R"({"p":["A"]})",
        R"(Parameter "p": "A" is not one of the allowed values: a, b.)");
    row("list", R"({"type":"StringList"})", R"({"p":["a","b"]})", R"(["a","b"])");
    row("minItems", R"({"type":"StringList","minItems":1})", R"({"p":[]})",
        R"(Parameter "p": at least 1 item is required (got 0).)");
    row("minItems 2", R"({"type":"StringList","minItems":2})", R"({"p":["a"]})",
        R"(Parameter "p": at least 2 items are required (got 1).)");
    row("maxItems", R"({"type":"StringList","maxItems":1})", R"({"p":["a","b"]})",
        R"(Parameter "p": at most 1 item is allowed (got 2).)");
    row("a bad item is named", R"({"type":"StringList","allowedPattern":"[a-z]"})", R"({"p":["a","B"]})",
        R"(Parameter "p": item 2: "B" does not match the pattern [a-z].)");
    row("integer", R"({"type":"Integer"})", R"({"p":["-3"]})", "-3");
    row("integer, not whole", R"({"type":"Integer"})", R"({"p":["1.5"]})",
        R"(Parameter "p": "1.5" is not a whole number of 64 bits.)");
    row("integer, empty", R"({"type":"Integer"})", R"({"p":[""]})",
        R"(Parameter "p": "" is not a whole number of 64 bits.)");
    row("integer, too big", R"({"type":"Integer"})", R"({"p":["9223372036854775808"]})",
        R"(Parameter "p": "9223372036854775808" is not a whole number of 64 bits.)");
    row("boolean", R"({"type":"Boolean"})", R"({"p":["true"]})", "true");
    row("boolean, other", R"({"type":"Boolean"})", R"({"p":["yes"]})",
        R"(Parameter "p": "yes" is neither true nor false.)");
    row("map", R"({"type":"StringMap"})", R"({"p":["{\"k\": [1]}"]})", R"({"k":[1]})");
    row("map, not JSON", R"({"type":"StringMap"})", R"({"p":["{"]})",
        R"(Parameter "p": the value must be JSON; line 1, column 2: the JSON text ends too early.)");
    row("map, key twice", R"({"type":"StringMap"})", R"({"p":["{\"a\":1,\"a\":2}"]})",
        R"(Parameter "p": the value must be JSON; line 1, column 8: the key "a" is used twice.)");
    row("map list", R"({"type":"MapList","maxItems":1})", R"({"p":["[{},{}]"]})",
        R"(Parameter "p": at most 1 item is allowed (got 2).)");
    row("map list of texts", R"({"type":"MapList"})", R"({"p":["[\"a\"]"]})",
        R"(Parameter "p": a JSON list of maps is required.)");
    row("map by pattern", R"({"type":"StringMap","allowedPattern":"\\{\\}"})", R"({"p":["{\"a\":1}"]})",
        R"(Parameter "p": "{\"a\":1}" does not match the pattern \{\}.)");
}

void tst_Parameters::bind()
{
    QFETCH(QByteArray, definition);
    QFETCH(QByteArray, given);
    QFETCH(QByteArray, expected);
    std::vector<Problem> problems;
    const auto definitions = definitionsOf("{\"p\":" + definition + "}", problems);
    QCOMPARE(messages(problems), QByteArray());
    const auto values = parseParameterValues(given.toStdString());
    QVERIFY(values.has_value());
    const auto bound = bindParameters(definitions, *values);
    QCOMPARE(QByteArray::fromStdString(bound ? toCompactJson(bound->at("p").value) : bound.error().message),
             expected);
}

void tst_Parameters::errorNamesCodeAndField()
{
    const ParameterDefinitions definitions {
        {.name = "commands", .type = ParameterType::StringList, .minItems = 1}};
    const auto bound = bindParameters(definitions, {{"commands", {}}});
    QVERIFY(!bound);
    QVERIFY(bound.error().code == errors::kInvalidParameters);
    QCOMPARE(bound.error().field, std::string("Parameters.commands"));
    QCOMPARE(bound.error().message,
             std::string("Parameter \"commands\": at least 1 item is required (got 0)."));
    QVERIFY(bindParameters(definitions, {}, errors::kValidation).error().code == errors::kValidation);
}

// [P07] a pattern that backtracks without end is given up (spec/documents.md 7)
void tst_Parameters::costlyPattern()
{
    const ParameterDefinitions definitions {{.name = "p", .allowedPattern = "(a+)+b"}};
    QElapsedTimer timer;
    timer.start();
    std::string value(64 * 1024, 'a');
    value += "cb";
    const auto bound = bindParameters(definitions, {{"p", {value}}});
    const qint64 passed = timer.elapsed();
    QVERIFY(!bound);
    QVERIFY2(bound.error().message.find("pattern too costly") != std::string::npos,
             bound.error().message.c_str());
    qInfo("given up after %lld ms", passed);
    if (qEnvironmentVariableIsSet("FB_SOAK")) // times are judged on a machine of its own
        QVERIFY(passed < 100);
}

void tst_Parameters::patterns_data()
{
    QTest::addColumn<QByteArray>("expression");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("match"); // 1 yes, 0 no, -1 too costly
    QTest::addRow("AWS's execution timeout")
        << QByteArray("([1-9][0-9]{0,4})|(1[0-6][0-9]{4})|(17[0-1][0-9]{3})|(172[0-7][0-9]{2})|(172800)")
        << QByteArray("172800") << 1;
    QTest::addRow("AWS's execution timeout, over")
        << QByteArray("([1-9][0-9]{0,4})|(1[0-6][0-9]{4})|(17[0-1][0-9]{3})|(172[0-7][0-9]{2})|(172800)")
        << QByteArray("172801") << 0;
    QTest::addRow("look-ahead") << QByteArray("(?!-).*") << QByteArray("-rf") << 0;
    QTest::addRow("not UTF-8") << QByteArray(".*") << QByteArray("\xff") << 0;
    QTest::addRow("deep recursion") << QByteArray("((.)(?1)?)*x") << QByteArray(5000, 'a') << -1;
}

void tst_Parameters::patterns()
{
    QFETCH(QByteArray, expression);
    QFETCH(QByteArray, text);
    QFETCH(int, match);
    const auto pattern = Pattern::compile(expression.toStdString());
    QVERIFY(pattern.has_value());
    const Pattern::Match expected = match == 1 ? Pattern::Match::Yes
        : match == 0                           ? Pattern::Match::No
                                               : Pattern::Match::TooCostly;
    QVERIFY(pattern->matchWhole(text.toStdString()) == expected);
}

// [N06] 1 MB does not fit an environment variable: refused by name instead of a failing exec on the node.
void tst_Parameters::environmentSize()
{
    const ParameterDefinitions definitions {{.name = "p", .interpolation = InterpolationType::EnvVar}};
    QVERIFY(bindParameters(definitions, {{"p", {std::string(130'000, 'x')}}}).has_value());
    const auto bound = bindParameters(definitions, {{"p", {std::string(1'000'000, 'x')}}});
    QVERIFY(!bound);
    QCOMPARE(
        bound.error().message,
        std::string("Parameter \"p\": 1000000 bytes do not fit an environment variable (at most 130772)."));
    QVERIFY(!bindParameters(definitions, {{"p", {std::string("a\0b", 3)}}}));
    QVERIFY(!bindParameters(definitions, {{"p", {"\xff"}}}));
}

void tst_Parameters::ssmReferences_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("found"); // token=name@selector;
    QTest::addRow("name") << QByteArray("{{ssm:db}}") << QByteArray("{{ssm:db}}=db@;");
    QTest::addRow("path and version")
        << QByteArray("a {{ ssm:/app/db.url:3 }} b") << QByteArray("{{ ssm:/app/db.url:3 }}=/app/db.url@3;");
    QTest::addRow("two") << QByteArray("{{ssm:a}}{{ssm:b:prod}}")
                         << QByteArray("{{ssm:a}}=a@;{{ssm:b:prod}}=b@prod;");
    QTest::addRow("secure is another") << QByteArray("{{ssm-secure:a}}") << QByteArray();
    QTest::addRow("a parameter") << QByteArray("{{ a }}") << QByteArray();
    QTest::addRow("no name") << QByteArray("{{ssm:}}") << QByteArray();
    QTest::addRow("unclosed") << QByteArray("{{ssm:a}") << QByteArray();
}

void tst_Parameters::ssmReferences()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, found);
    std::string got;
    for (const SsmReference &reference : fb::ssmReferences(text.toStdString()))
        got += reference.token + "=" + reference.name + "@" + reference.selector + ";";
    QCOMPARE(QByteArray::fromStdString(got), found);
}

// The rules are checked on the value that replaces the reference (spec 3.6).
void tst_Parameters::ssmReferencesPutOffTheRules()
{
    const ParameterDefinitions definitions {{.name = "p", .allowedPattern = "[0-9]+"}};
    const auto bound = bindParameters(definitions, {{"p", {"{{ssm:count}}"}}});
    QVERIFY(bound.has_value());
    QVERIFY(holdsSsmReference(bound->at("p").value));
    QVERIFY(!bindParameters(definitions, {{"p", {"many"}}}));
}

FB_TEST(tst_Parameters)
#include "tst_parameters.moc"
