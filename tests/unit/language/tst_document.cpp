#include "backend/language/document.h"

#include "backend/language/plugin_table.h"
#include "backend/language/tree_text.h"
#include "tests/support/test_main.h"

#include <QTest>

using namespace fb;

namespace {
QByteArray shellDocument(const QByteArray &schema, const QByteArray &steps)
{
    return "schemaVersion: '" + schema + "'\nmainSteps:\n" + steps;
}

const QByteArray kShellStep = "- action: aws:runShellScript\n  name: one\n  inputs:\n    runCommand: [id]\n";

QByteArray joined(const std::vector<Problem> &problems)
{
    QByteArray all;
    for (const Problem &problem : problems)
        all += QByteArray::fromStdString(problem.text()) + "\n";
    return all;
}

QByteArray joined(const std::vector<std::string> &names)
{
    QByteArray all;
    for (const std::string &name : names)
        all += (all.isEmpty() ? "" : " ") + QByteArray::fromStdString(name);
    return all;
}
}

class tst_Document : public QObject
{
    Q_OBJECT

private slots:
    void problems_data();
    void problems();
    void warnings_data();
    void warnings();
    void codes_data();
    void codes();
    void firstProblemAndCount();
    void steps();
    void runtimeConfig();
    void platforms_data();
    void platforms();
    void thirdPartyPlugins();
    void everyPluginHasItsTable();
    void otherTypes_data();
    void otherTypes();
    void impliedTypes();
    void conversion();
    void names();
};

void tst_Document::problems_data()
{
    QTest::addColumn<QByteArray>("yaml");
    QTest::addColumn<QByteArray>("expected"); // all problems
    const auto row = [](const char *name, const QByteArray &yaml, const char *expected) {
        QTest::addRow("%s", name) << yaml << QByteArray(expected);
    };
    row("fine", shellDocument("2.2", kShellStep), "");
    row("no map", "[]", "line 1, column 1: a document is a map, not a list\n");
    row("no body", "schemaVersion: '2.2'\n",
        "mainSteps (line 1, column 1): a document of schema 2.2 needs mainSteps\n");
    row("empty body", "schemaVersion: '2.2'\nmainSteps: []\n",
        "mainSteps (line 2, column 12): a list of 1 to 100 steps is expected (got 0)\n");
    row("body of another kind", "schemaVersion: '2.2'\nmainSteps: {}\n",
        "mainSteps (line 2, column 12): a list of 1 to 100 steps is expected, not a map\n");
    row("unknown top-level key", shellDocument("2.2", kShellStep) + "main_steps: []\n",
        "main_steps (line 7, column 1): this key is not known in a document of schema 2.2; it has "
        "schemaVersion, $schema, description, "
        "parameters, files, mainSteps\n");
    row("Automation's top-level keys", shellDocument("2.2", kShellStep) + "outputs: []\nassumeRole: x\n",
        "outputs (line 7, column 1): this key belongs to Automation documents (schema 0.3)\n"
        "assumeRole (line 8, column 1): this key belongs to Automation documents (schema 0.3)\n");
    row("a step name twice", shellDocument("2.2", kShellStep + kShellStep),
        "mainSteps[1].name (line 8, column 9): two steps are named \"one\"\n");
    row("a step name with a blank",
        shellDocument("2.2", "- action: aws:runShellScript\n  name: a b\n  inputs: {runCommand: id}\n"),
        "mainSteps[0].name (line 4, column 9): \"a b\" is not a step name: 1 to 128 letters, digits, _ and "
        "-\n");
    row("no name", shellDocument("2.2", "- action: aws:runShellScript\n  inputs: {runCommand: id}\n"),
        "mainSteps[0].name (line 3, column 3): the step needs a name\n");
    row("no action", shellDocument("2.2", "- name: a\n"),
        "mainSteps[0].action (line 3, column 3): the step needs an action: the name of a plugin\n");
    row("unknown plugin", shellDocument("2.2", "- action: aws:runShelScript\n  name: a\n"),
        "mainSteps[0].action (line 3, column 11): the plugin \"aws:runShelScript\" is not known; did you "
        "mean aws:runShellScript?\n");
    row("a plugin like no other", shellDocument("2.2", "- action: acme:teleport\n  name: a\n"),
        "mainSteps[0].action (line 3, column 11): the plugin \"acme:teleport\" is not known\n");
    row("unknown input",
        shellDocument(
            "2.2",
            "- action: aws:runShellScript\n  name: a\n  inputs:\n    runCommand: id\n    workDir: /\n"),
        "mainSteps[0].inputs.workDir (line 7, column 5): aws:runShellScript has no such input; it has "
        "runCommand, workingDirectory, "
        "timeoutSeconds, environment\n");
    row("missing input",
        shellDocument("2.2", "- action: aws:runShellScript\n  name: a\n  inputs:\n    workingDirectory: /\n"),
        "mainSteps[0].inputs.runCommand (line 6, column 5): aws:runShellScript requires this input\n");
    row("input of another kind",
        shellDocument("2.2", "- action: aws:runShellScript\n  name: a\n  inputs:\n    runCommand: {a: b}\n"),
        "mainSteps[0].inputs.runCommand (line 6, column 17): text or a list of texts is expected, not a "
        "map\n");
    row("input outside its values",
        shellDocument("2.2",
                      "- action: aws:configurePackage\n  name: a\n  inputs: {name: x, action: install}\n"),
        "mainSteps[0].inputs.action (line 5, column 29): \"install\" must be one of Install, Uninstall\n");
    row("Automation's step keys", shellDocument("2.2", kShellStep + "  isEnd: true\n"),
        "mainSteps[0].isEnd (line 7, column 3): this key belongs to Automation documents; Command documents "
        "steer with the inputs onFailure, "
        "onSuccess and finallyStep\n");
    row("Automation's keys among the inputs",
        shellDocument(
            "2.2",
            "- action: aws:runShellScript\n  name: a\n  inputs:\n    runCommand: id\n    nextStep: b\n"),
        "mainSteps[0].inputs.nextStep (line 7, column 5): this key belongs to Automation documents; Command "
        "documents steer with the inputs "
        "onFailure, onSuccess and finallyStep\n");
    row("a modifier beside the inputs", shellDocument("2.2", kShellStep + "  onFailure: exit\n"),
        "mainSteps[0].onFailure (line 7, column 3): this is an input in a Command document: move it below "
        "inputs\n");
    row("an unknown modifier",
        shellDocument("2.2",
                      kShellStep
                          + "    onFailure: Abort\n    onSuccess: successAndExit\n    finallyStep: maybe\n   "
                            " onInterrupt: skip\n"),
        "mainSteps[0].inputs.onFailure (line 7, column 16): \"Abort\" must be exit or successAndExit\n"
        "mainSteps[0].inputs.onSuccess (line 8, column 16): \"successAndExit\" must be exit\n"
        "mainSteps[0].inputs.finallyStep (line 9, column 18): \"maybe\" must be true or false\n"
        "mainSteps[0].inputs.onInterrupt (line 10, column 18): \"skip\" must be rerun\n");
    row("an unknown step key", shellDocument("2.2", kShellStep + "  retries: 1\n"),
        "mainSteps[0].retries (line 7, column 3): this key is not known in a step\n");
    row("maxAttempts", shellDocument("2.2", kShellStep + "  maxAttempts: 11\n"),
        "mainSteps[0].maxAttempts (line 7, column 16): a number from 1 to 10 is expected\n");
    row("a secure reference in a script",
        shellDocument("2.2",
                      "- action: aws:runShellScript\n  name: a\n  inputs:\n    runCommand: ['echo {{ "
                      "ssm-secure:pw }}']\n"),
        "mainSteps[0].inputs.runCommand[0] (line 6, column 18): {{ssm-secure:pw}} is allowed only in the "
        "credentials of aws:downloadContent and "
        "aws:domainJoin\n");
    row("a secure reference where it may stand",
        shellDocument("2.2",
                      "- action: aws:downloadContent\n  name: a\n  inputs:\n    sourceType: GitHub\n    "
                      "sourceInfo: {tokenInfo: '{{ssm-secure:t}}'}\n"),
        "");
    row("no platform at all", shellDocument("2.2", "- action: aws:cloudWatch\n  name: a\n"),
        "mainSteps (line 3, column 1): no step can run on any platform\n");
    row("a precondition against its plugin",
        shellDocument("2.2",
                      "- action: aws:psModule\n  name: a\n  precondition: {StringEquals: [platformType, "
                      "Linux]}\n  inputs: {source: x}\n"),
        "mainSteps (line 3, column 1): no step can run on any platform\n");
    row("[documents 8.11] plugins of two platforms in 2.0",
        shellDocument("2.0",
                      "- action: aws:psModule\n  name: a\n  inputs: {source: x}\n- action: "
                      "aws:runShellScript\n  name: b\n  inputs: {runCommand: id}\n"),
        "mainSteps (line 3, column 1): no platform can run all its plugins\n");
    row("1.2: unknown key",
        "schemaVersion: '1.2'\nruntimeConfig:\n  aws:runShellScript:\n    propertys: []\n",
        "runtimeConfig.aws:runShellScript.propertys (line 4, column 5): this key is not known here; "
        "properties and settings are\n"
        "runtimeConfig.aws:runShellScript.properties (line 4, column 5): the plugin has no properties\n");
    row("1.2: flow modifiers",
        "schemaVersion: '1.2'\nruntimeConfig:\n  aws:runShellScript:\n    properties:\n      runCommand: "
        "id\n      onFailure: exit\n",
        "runtimeConfig.aws:runShellScript.properties.onFailure (line 6, column 18): this needs schema "
        "version 2.0 or later\n");
    row("1.2: an id that leads elsewhere",
        "schemaVersion: '1.2'\nruntimeConfig:\n  aws:runShellScript:\n    properties:\n      id: ../../etc\n "
        "     runCommand: id\n",
        "runtimeConfig.aws:runShellScript.properties.id (line 5, column 11): an id has up to 128 letters, "
        "digits, _, -, : and single dots\n");
    row("1.2: the same id twice",
        "schemaVersion: '1.2'\nruntimeConfig:\n  aws:runShellScript:\n    properties:\n    - {id: x, "
        "runCommand: id}\n    - {id: x, runCommand: id}\n",
        "runtimeConfig.aws:runShellScript.properties[1].id (line 6, column 7): the id \"x\" is used twice\n");
    row("1.2: properties from a text parameter",
        "schemaVersion: '1.2'\nparameters: {p: {type: String}}\nruntimeConfig:\n  aws:runShellScript:\n    "
        "properties: '{{ p }}'\n",
        "runtimeConfig.aws:runShellScript.properties (line 5, column 17): {{ p }} must be a parameter of "
        "type StringMap or MapList\n");
    row("faults of all parts at once",
        "schemaVersion: '2.2'\nparameters: {p: {type: Text}}\nmainSteps:\n- action: aws:runShellScript\n  "
        "name: a\nextra: 1\n",
        "extra (line 6, column 1): this key is not known in a document of schema 2.2; it has schemaVersion, "
        "$schema, description, parameters, "
        "files, mainSteps\n"
        "parameters.p.type (line 2, column 24): \"Text\" is not a type; it must be String, StringList, "
        "Integer, "
        "Boolean, StringMap or MapList\n"
        "mainSteps[0].inputs.runCommand (line 4, column 3): aws:runShellScript requires this input\n");
}

void tst_Document::problems()
{
    QFETCH(QByteArray, yaml);
    QFETCH(QByteArray, expected);
    const auto check = checkDocument(yaml.toStdString(), DocumentFormat::Yaml, DocumentType::Command);
    QCOMPARE(joined(check.problems), expected);
    QCOMPARE(check.document.has_value(), expected.isEmpty());
    QVERIFY(check.code == errors::kInvalidDocumentContent);
}

void tst_Document::warnings_data()
{
    QTest::addColumn<QByteArray>("yaml");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *name, const QByteArray &yaml, const char *expected) {
        QTest::addRow("%s", name) << yaml << QByteArray(expected);
    };
    const QByteArray scriptWith
        = "mainSteps:\n- action: aws:runShellScript\n  name: a\n  inputs: {runCommand: ['echo {{ p }}']}\n";
    row("a raw text in a script", "schemaVersion: '2.2'\nparameters: {p: {type: String}}\n" + scriptWith,
        "mainSteps[0].inputs.runCommand[0] (line 6, column 25): the parameter p goes into the script as it "
        "is given, so it can run commands; "
        "give it an allowedPattern, allowedValues or interpolationType ENV_VAR\n");
    row("with a pattern",
        "schemaVersion: '2.2'\nparameters: {p: {type: String, allowedPattern: '[a-z]*'}}\n" + scriptWith, "");
    row("as environment variable",
        "schemaVersion: '2.2'\nparameters: {p: {type: String, interpolationType: ENV_VAR}}\n" + scriptWith,
        "");
    row("a name that is no parameter", "schemaVersion: '2.2'\n" + scriptWith,
        "mainSteps[0].inputs.runCommand[0] (line 5, column 25): {{ p }} is not a parameter; it stays as "
        "typed\n");
    row("types that AWS does not take",
        "schemaVersion: '2.2'\nparameters: {p: {type: Integer}}\n" + scriptWith,
        "parameters.p (line 2, column 13): AWS takes only String and StringList in Command documents; "
        "Integer runs here only\n");
    row("finallyStep on another step",
        shellDocument("2.2",
                      kShellStep
                          + "    finallyStep: true\n- action: aws:runShellScript\n  name: two\n  inputs: "
                            "{runCommand: id}\n"),
        "mainSteps[0].inputs.finallyStep (line 3, column 3): only the last step can be the finally step; "
        "this is ignored\n");
    row("a malformed precondition",
        shellDocument("2.2", kShellStep + "  precondition: {StringEquals: [platformType, platformType]}\n"),
        "mainSteps[0].precondition (line 7, column 17): both operands are \"platformType\": this step will "
        "fail\n");
    row("a precondition in 2.0",
        shellDocument("2.0", kShellStep + "  precondition: {StringEquals: [platformType, Linux]}\n"),
        "mainSteps[0].precondition (line 7, column 17): a precondition needs schema version 2.2: this step "
        "will fail\n");
}

void tst_Document::warnings()
{
    QFETCH(QByteArray, yaml);
    QFETCH(QByteArray, expected);
    const auto check = checkDocument(yaml.toStdString(), DocumentFormat::Yaml, DocumentType::Command);
    QCOMPARE(joined(check.problems), QByteArray());
    QCOMPARE(joined(check.warnings), expected);
}

void tst_Document::codes_data()
{
    QTest::addColumn<int>("type");
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<QByteArray>("message");
    const auto row = [](const char *name, DocumentType type, const QByteArray &json, const char *code,
                        const char *message) {
        QTest::addRow("%s", name) << static_cast<int>(type) << json << QByteArray(code)
                                  << QByteArray(message);
    };
    row("too long", DocumentType::Command, QByteArray(70'000, ' '), "MaxDocumentSizeExceeded",
        "the content has 70000 bytes; at most 65536 are allowed");
    row("empty", DocumentType::Command, "", "InvalidDocumentContent", "the content is empty");
    row("cut", DocumentType::Command, "{\"schemaVersion\":", "InvalidDocumentContent",
        "line 1, column 18: the JSON text ends too early");
    row("no schema", DocumentType::Command, "{}", "InvalidDocumentContent",
        "schemaVersion (line 1, column 1): the schema version is missing or is not text");
    row("unknown schema", DocumentType::Command, R"({"schemaVersion":"9.9"})", "InvalidDocumentSchemaVersion",
        "schemaVersion (line 1, column 18): schema version \"9.9\" is not valid for document type Command");
    row("schema of another type", DocumentType::Command, R"({"schemaVersion":"0.3"})",
        "InvalidDocumentSchemaVersion",
        "schemaVersion (line 1, column 18): schema version \"0.3\" is not valid for document type Command");
    row("Policy has no 1.2", DocumentType::Policy, R"({"schemaVersion":"1.2"})",
        "InvalidDocumentSchemaVersion",
        "schemaVersion (line 1, column 18): schema version \"1.2\" is not valid for document type Policy");
    row("Session has no 2.2", DocumentType::Session, R"({"schemaVersion":"2.2"})",
        "InvalidDocumentSchemaVersion",
        "schemaVersion (line 1, column 18): schema version \"2.2\" is not valid for document type Session");
}

void tst_Document::codes()
{
    QFETCH(int, type);
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, code);
    QFETCH(QByteArray, message);
    const auto parsed
        = parseDocument(json.toStdString(), DocumentFormat::Json, static_cast<DocumentType>(type));
    QVERIFY(!parsed);
    QCOMPARE(QByteArray::fromStdString(std::string(parsed.error().code.name())), code);
    QCOMPARE(QByteArray::fromStdString(parsed.error().message), message);
    QCOMPARE(parsed.error().field, std::string("Content"));
}

void tst_Document::firstProblemAndCount()
{
    const auto parsed = parseDocument(
        "schemaVersion: 2.2\na: 1\nb: 2\nmainSteps: [{action: aws:runShellScript, name: x}]\n",
        DocumentFormat::Yaml, DocumentType::Command);
    QVERIFY(!parsed);
    QVERIFY(parsed.error().message.starts_with("a (line 2, column 1): this key is not known"));
    QVERIFY(parsed.error().message.ends_with("(2 more problems)"));
}

void tst_Document::steps()
{
    const auto parsed = parseDocument(R"(schemaVersion: 2.2
$schema: http://example.org/x
description: Restarts it
parameters:
  Unit: {type: String, default: web}
mainSteps:
- action: aws:runShellScript
  name: stop
  maxAttempts: '3'
  timeoutSeconds: '{{ Unit }}'
  precondition: {StringEquals: [platformType, Linux]}
  inputs: {runCommand: [x], onFailure: exit, onInterrupt: rerun}
- action: aws:runShellScript
  name: start
  inputs: {runCommand: x, onFailure: successAndExit, onSuccess: exit, finallyStep: 'true'}
- action: aws:runShellScript
  name: report
  inputs: {runCommand: x, finallyStep: true}
)",
                                      DocumentFormat::Yaml, DocumentType::Command);
    QVERIFY2(parsed.has_value(), parsed ? "" : parsed.error().message.c_str());
    QVERIFY(parsed->schema == SchemaVersion::V2_2);
    QCOMPARE(parsed->description, std::string("Restarts it"));
    QCOMPARE(parsed->steps.size(), size_t(3));
    const Step &stop = parsed->steps[0];
    QCOMPARE(stop.name, std::string("stop"));
    QCOMPARE(stop.outputName, std::string("stop"));
    QCOMPARE(stop.maxAttempts, 3);
    QVERIFY(stop.onFailure == OnFailure::Exit && !stop.exitOnSuccess && stop.rerunOnInterrupt
            && !stop.isFinally);
    QCOMPARE(toCompactJson(stop.inputs), std::string(R"({"runCommand":["x"]})"));
    QVERIFY(stop.precondition.has_value() && stop.timeoutSeconds.has_value());
    const Step &start = parsed->steps[1];
    QVERIFY(start.onFailure == OnFailure::SuccessAndExit && start.exitOnSuccess);
    QVERIFY(!start.isFinally); // only the last step can be
    QVERIFY(parsed->steps[2].isFinally);
}

void tst_Document::runtimeConfig()
{
    const auto parsed = parseDocument(R"({"schemaVersion":"1.2","runtimeConfig":{
        "aws:runPowerShellScript":{"properties":{"runCommand":"a"}},
        "aws:runShellScript":{"settings":{},"properties":[{"id":"0.aws:runShellScript","runCommand":["b"]},{"runCommand":["c"]}]}}})",
                                      DocumentFormat::Json, DocumentType::Command);
    QVERIFY2(parsed.has_value(), parsed ? "" : parsed.error().message.c_str());
    QCOMPARE(parsed->steps.size(), size_t(3)); // in the order of the text
    QCOMPARE(parsed->steps[0].name, std::string("aws:runPowerShellScript"));
    QCOMPARE(parsed->steps[0].outputName, std::string("0.aws:runPowerShellScript"));
    QCOMPARE(parsed->steps[1].name, std::string("0.aws:runShellScript"));
    QCOMPARE(parsed->steps[2].name, std::string("1.aws:runShellScript"));
    QCOMPARE(toCompactJson(parsed->steps[1].inputs), std::string(R"({"runCommand":["b"]})"));
}

void tst_Document::platforms_data()
{
    QTest::addColumn<QByteArray>("schema");
    QTest::addColumn<QByteArray>("steps");
    QTest::addColumn<QByteArray>("expected");
    const QByteArray shell = "- {action: 'aws:runShellScript', name: s, inputs: {runCommand: x}}\n";
    const QByteArray power = "- {action: 'aws:runPowerShellScript', name: p, inputs: {runCommand: x}}\n";
    const QByteArray module = "- {action: 'aws:psModule', name: m, inputs: {source: x}}\n";
    QTest::addRow("[documents 8.1] one shell step")
        << QByteArray("2.2") << shell << QByteArray("Linux MacOS");
    QTest::addRow("2.2 unites") << QByteArray("2.2") << shell + module << QByteArray("Linux MacOS Windows");
    QTest::addRow("Windows only") << QByteArray("2.2") << module << QByteArray("Windows");
    QTest::addRow("2.0 intersects") << QByteArray("2.0") << shell + power << QByteArray("Linux MacOS");
    QTest::addRow("a precondition narrows")
        << QByteArray("2.2")
        << QByteArray("- {action: 'aws:runPowerShellScript', name: p, precondition: {StringEquals: [Windows, "
                      "platformType]}, inputs: {runCommand: x}}\n")
        << QByteArray("Windows");
    QTest::addRow("a precondition on a parameter does not")
        << QByteArray("2.2")
        << QByteArray("- {action: 'aws:runShellScript', name: p, precondition: {StringEquals: ['{{ a }}', "
                      "b]}, inputs: {runCommand: x}}\n")
        << QByteArray("Linux MacOS");
}

void tst_Document::platforms()
{
    QFETCH(QByteArray, schema);
    QFETCH(QByteArray, steps);
    QFETCH(QByteArray, expected);
    const auto parsed = parseDocument(shellDocument(schema, steps).toStdString(), DocumentFormat::Yaml,
                                      DocumentType::Command);
    QVERIFY2(parsed.has_value(), parsed ? "" : parsed.error().message.c_str());
    QCOMPARE(joined(parsed->platforms.names()), expected);
}

void tst_Document::thirdPartyPlugins()
{
    const std::string text
        = shellDocument("2.2",
                        "- action: acme:teleport\n  name: a\n  inputs: {where: moon, onFailure: exit}\n")
              .toStdString();
    const auto parsed
        = parseDocument(text, DocumentFormat::Yaml, DocumentType::Command, {.unknownPlugins = true});
    QVERIFY2(parsed.has_value(), parsed ? "" : parsed.error().message.c_str());
    QCOMPARE(joined(parsed->platforms.names()), QByteArray("Linux MacOS Windows"));
    QVERIFY(parsed->steps[0].onFailure == OnFailure::Exit);
}

void tst_Document::everyPluginHasItsTable()
{
    QCOMPARE(allPlugins().size(), size_t(15)); // spec 3.12
    for (const Plugin &plugin : allPlugins()) {
        QVERIFY(findPlugin(plugin.name) == &plugin);
        QVERIFY2(plugin.platforms.isEmpty() != plugin.whyUnsupported.empty(), plugin.name.data());
        for (const PluginInput &input : plugin.inputs)
            QVERIFY(plugin.input(input.name) == &input);
    }
    QCOMPARE(std::string(nearestPluginName("aws:runShell")), std::string("aws:runShellScript"));
    QCOMPARE(std::string(nearestPluginName(std::string(100'000, 'a'))), std::string());
}

void tst_Document::otherTypes_data()
{
    QTest::addColumn<int>("type");
    QTest::addColumn<int>("format");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QByteArray>("error");
    const auto row = [](const char *name, DocumentType type, DocumentFormat format, const QByteArray &content,
                        const char *error) {
        QTest::addRow("%s", name) << static_cast<int>(type) << static_cast<int>(format) << content
                                  << QByteArray(error);
    };
    row("configuration", DocumentType::ApplicationConfiguration, DocumentFormat::Json, "[1]", "");
    row("configuration as text", DocumentType::ApplicationConfiguration, DocumentFormat::Text, "a=b", "");
    row("calendar", DocumentType::ChangeCalendar, DocumentFormat::Text, "BEGIN:VCALENDAR", "");
    row("command as text", DocumentType::Command, DocumentFormat::Text, "id",
        "a document of type Command is JSON or YAML, not TEXT");
    row("text with NUL", DocumentType::ChangeCalendar, DocumentFormat::Text, QByteArray("a\0b", 3),
        "the content is not UTF-8 text without NUL bytes");
    row("policy", DocumentType::Policy, DocumentFormat::Json,
        R"({"schemaVersion":"2.0","mainSteps":[{"action":"aws:softwareInventory","name":"x","inputs":{"applications":"Enabled"}}]})",
        "");
    row("runbook", DocumentType::Automation, DocumentFormat::Json,
        R"({"schemaVersion":"0.3","mainSteps":[{"name":"x","action":"aws:sleep"}],"outputs":[]})", "");
    row("runbook without steps", DocumentType::Automation, DocumentFormat::Json, R"({"schemaVersion":"0.3"})",
        "mainSteps (line 1, column 1): a document of schema 0.3 needs mainSteps");
}

void tst_Document::otherTypes()
{
    QFETCH(int, type);
    QFETCH(int, format);
    QFETCH(QByteArray, content);
    QFETCH(QByteArray, error);
    const auto parsed = parseDocument(content.toStdString(), static_cast<DocumentFormat>(format),
                                      static_cast<DocumentType>(type));
    QCOMPARE(parsed ? QByteArray() : QByteArray::fromStdString(parsed.error().message), error);
}

void tst_Document::impliedTypes()
{
    QVERIFY(impliedDocumentType(R"({"schemaVersion":"2.2"})", DocumentFormat::Json) == DocumentType::Command);
    QVERIFY(impliedDocumentType("schemaVersion: '1.0'", DocumentFormat::Yaml) == DocumentType::Session);
    QVERIFY(impliedDocumentType("schemaVersion: '0.3'", DocumentFormat::Yaml) == DocumentType::Automation);
    QVERIFY(!impliedDocumentType("x", DocumentFormat::Text));
}

void tst_Document::conversion()
{
    const std::string yaml = "schemaVersion: '2.2'\nmainSteps:\n  - action: aws:runShellScript\n    name: "
                             "one\n    inputs:\n      runCommand:\n"
                             "        - |\n          echo one\n          echo two\n";
    const auto json = convertDocument(yaml, DocumentFormat::Yaml, DocumentFormat::Json);
    QVERIFY(json.has_value());
    QVERIFY(*parseJson(*json) == *parseYaml(yaml));
    QCOMPARE(*convertDocument(*json, DocumentFormat::Json, DocumentFormat::Yaml),
             std::string("schemaVersion: \"2.2\"\nmainSteps:\n  - action: aws:runShellScript\n    name: "
                         "one\n    inputs:\n      runCommand:\n"
                         "        - |\n          echo one\n          echo two\n"));
    QCOMPARE(*convertDocument("as it is", DocumentFormat::Json, DocumentFormat::Json),
             std::string("as it is"));
    QVERIFY(!convertDocument("x", DocumentFormat::Text, DocumentFormat::Json));
    QVERIFY(!convertDocument("{", DocumentFormat::Json, DocumentFormat::Yaml));
}

void tst_Document::names()
{
    for (int i = 0; i <= static_cast<int>(DocumentType::AutoApprovalPolicy); ++i) {
        const auto type = static_cast<DocumentType>(i);
        QVERIFY(documentTypeNamed(documentTypeName(type)) == type);
    }
    QCOMPARE(std::string(documentTypeName(DocumentType::AutomationChangeTemplate)),
             std::string("Automation.ChangeTemplate"));
    QVERIFY(!documentTypeNamed("command"));
    QVERIFY(documentFormatNamed("YAML") == DocumentFormat::Yaml);
    QVERIFY(!documentFormatNamed("yaml"));
}

FB_TEST(tst_Document)
#include "tst_document.moc"
