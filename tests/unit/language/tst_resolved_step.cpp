#include "backend/language/resolved_step.h"

#include "backend/language/tree_text.h"
#include "tests/support/test_main.h"

#include <QTest>

using namespace fb;

namespace {
std::vector<ResolvedStep> resolved(const QByteArray &yaml, const ParameterValues &given = {})
{
    const auto document = parseDocument(yaml.toStdString(), DocumentFormat::Yaml, DocumentType::Command);
    if (!document)
        qFatal("%s", document.error().message.c_str());
    const auto bound = bindParameters(document->parameters, given);
    if (!bound)
        qFatal("%s", bound.error().message.c_str());
    return *resolveSteps(*document, *bound);
}

QByteArray shellSteps(const QByteArray &first, const QByteArray &second = {})
{
    QByteArray yaml = "schemaVersion: '2.2'\nparameters: {t: {type: String, default: '30'}}\nmainSteps:\n- "
                      "{action: 'aws:runShellScript', name: a, "
        + first + "}\n";
    if (!second.isEmpty())
        yaml += "- {action: 'aws:runShellScript', name: b, " + second + "}\n";
    return yaml;
}
}

class tst_ResolvedStep : public QObject
{
    Q_OBJECT

private slots:
    void scripts();
    void environmentParameters();
    void runtimeConfigFromParameter();
    void timeouts_data();
    void timeouts();
    void totals_data();
    void totals();
    void scriptTexts();
};

void tst_ResolvedStep::scripts()
{
    const auto steps = resolved("schemaVersion: '2.2'\nparameters:\n  a: {type: String}\n  b: {type: "
                                "String}\n  more: {type: StringList}\n"
                                "mainSteps:\n- action: aws:runShellScript\n  name: one\n  inputs:\n    "
                                "runCommand: ['echo {{ a }}', '{{ more }}']\n"
                                "    workingDirectory: /srv/{{ b }}\n",
                                {{"a", {"x{{ b }}"}}, {"b", {"y"}}, {"more", {"id", "pwd"}}});
    QCOMPARE(steps.size(), size_t(1));
    QCOMPARE(*scriptText(steps[0].step), std::string("echo x{{ b }}\nid\npwd"));
    QCOMPARE(steps[0].step.inputs.find("workingDirectory")->text(), std::string("/srv/y"));
    QVERIFY(steps[0].environment.empty());
}

// [documents 8.24], the language's part: the value is never in the script, only in the environment.
void tst_ResolvedStep::environmentParameters()
{
    const auto steps
        = resolved("schemaVersion: '2.2'\nparameters: {Msg: {type: String, interpolationType: ENV_VAR}}\n"
                   "mainSteps:\n- action: aws:runShellScript\n  name: one\n  inputs: {runCommand: ['echo {{ "
                   "Msg }}'], workingDirectory: '{{ Msg }}'}\n"
                   "- action: aws:runShellScript\n  name: two\n  inputs: {runCommand: ['echo done']}\n",
                   {{"Msg", {"a; touch /tmp/x $(id)"}}});
    QCOMPARE(*scriptText(steps[0].step), std::string("echo \"${SSM_Msg}\""));
    QCOMPARE(steps[0].environment, (ScriptEnvironment {{"SSM_Msg", "a; touch /tmp/x $(id)"}}));
    QCOMPARE(steps[0].step.inputs.find("workingDirectory")->text(),
             std::string("a; touch /tmp/x $(id)")); // no script: the value itself
    QVERIFY(steps[1].environment.empty());
}

void tst_ResolvedStep::runtimeConfigFromParameter()
{
    const auto document
        = parseDocument("schemaVersion: '1.2'\nparameters: {p: {type: MapList}}\nruntimeConfig:\n  "
                        "aws:runShellScript:\n    properties: '{{ p }}'\n",
                        DocumentFormat::Yaml, DocumentType::Command);
    QVERIFY2(document.has_value(), document ? "" : document.error().message.c_str());
    const auto bound = bindParameters(
        document->parameters, {{"p", {R"([{"id":"first","runCommand":["{{ p }}"]},{"runCommand":["b"]}])"}}});
    const auto steps = resolveSteps(*document, *bound);
    QVERIFY(steps.has_value());
    QCOMPARE(steps->size(), size_t(2));
    QCOMPARE((*steps)[0].step.name, std::string("first"));
    QCOMPARE((*steps)[1].step.name, std::string("1.aws:runShellScript"));
    QCOMPARE(*scriptText((*steps)[0].step),
             std::string("{{ p }}")); // one pass: inserted text is not scanned again
    QVERIFY(!resolveSteps(*document, *bindParameters(document->parameters, {{"p", {"[]"}}})));
}

void tst_ResolvedStep::timeouts_data()
{
    QTest::addColumn<QByteArray>("step");
    QTest::addColumn<int>("seconds");
    QTest::addRow("none") << QByteArray("inputs: {runCommand: x}") << 3600;
    QTest::addRow("a number") << QByteArray("inputs: {runCommand: x, timeoutSeconds: 60}") << 60;
    QTest::addRow("text") << QByteArray("inputs: {runCommand: x, timeoutSeconds: '60'}") << 60;
    QTest::addRow("a parameter") << QByteArray("inputs: {runCommand: x, timeoutSeconds: '{{ t }}'}") << 30;
    QTest::addRow("too short") << QByteArray("inputs: {runCommand: x, timeoutSeconds: 4}") << 3600;
    QTest::addRow("shortest") << QByteArray("inputs: {runCommand: x, timeoutSeconds: 5}") << 5;
    QTest::addRow("longest") << QByteArray("inputs: {runCommand: x, timeoutSeconds: 172800}") << 172800;
    QTest::addRow("too long") << QByteArray("inputs: {runCommand: x, timeoutSeconds: 172801}") << 3600;
    QTest::addRow("unreadable") << QByteArray("inputs: {runCommand: x, timeoutSeconds: soon}") << 3600;
    QTest::addRow("the step's own") << QByteArray("timeoutSeconds: 20, inputs: {runCommand: x}") << 20;
    QTest::addRow("the step's own wraps the plugin's")
        << QByteArray("timeoutSeconds: 20, inputs: {runCommand: x, timeoutSeconds: 60}") << 20;
    QTest::addRow("the plugin's is shorter")
        << QByteArray("timeoutSeconds: '{{ t }}', inputs: {runCommand: x, timeoutSeconds: 6}") << 6;
}

void tst_ResolvedStep::timeouts()
{
    QFETCH(QByteArray, step);
    QFETCH(int, seconds);
    QCOMPARE(executionTimeout(resolved(shellSteps(step))[0].step).count(), seconds);
}

void tst_ResolvedStep::totals_data()
{
    QTest::addColumn<QByteArray>("first");
    QTest::addColumn<QByteArray>("second");
    QTest::addColumn<int>("seconds");
    const QByteArray plain("inputs: {runCommand: x}");
    QTest::addRow("no step has one") << plain << plain << 3600;
    QTest::addRow("both have one") << QByteArray("inputs: {runCommand: x, timeoutSeconds: 60}")
                                   << QByteArray("inputs: {runCommand: x, timeoutSeconds: 30}") << 90;
    QTest::addRow("one has one") << QByteArray("inputs: {runCommand: x, timeoutSeconds: 60}") << plain
                                 << 3660;
    QTest::addRow("attempts") << QByteArray("maxAttempts: 3, inputs: {runCommand: x, timeoutSeconds: 60}")
                              << QByteArray() << 180;
}

void tst_ResolvedStep::totals()
{
    QFETCH(QByteArray, first);
    QFETCH(QByteArray, second);
    QFETCH(int, seconds);
    QCOMPARE(totalExecutionTimeout(resolved(shellSteps(first, second))).count(), seconds);
}

void tst_ResolvedStep::scriptTexts()
{
    Step step;
    step.name = "s";
    step.action = "aws:runShellScript";
    QVERIFY(!scriptText(step));
    step.inputs.set("runCommand", Tree::string("one line"));
    QCOMPARE(*scriptText(step), std::string("one line"));
    step.inputs.set("runCommand", *parseJson(R"(["a",1,""])"));
    QCOMPARE(*scriptText(step), std::string("a\n1\n"));
    step.inputs.set("runCommand", *parseJson(R"(["a",["b"]])"));
    QCOMPARE(scriptText(step).error().message,
             std::string("aws:runShellScript (step s): line 2 of runCommand is a list, not text."));
}

FB_TEST(tst_ResolvedStep)
#include "tst_resolved_step.moc"
