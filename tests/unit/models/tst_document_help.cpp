// What the editor proposes, and what it says the steps would be (spec/documents.md 5).

#include "models/shared/documents/document_completion.h"
#include "models/shared/documents/dry_run.h"
#include "models/shared/documents/new_step.h"
#include "tests/support/test_main.h"

#include <QTest>

using namespace fb;
using namespace Qt::StringLiterals;

class tst_DocumentHelp : public QObject
{
    Q_OBJECT

private slots:
    void proposals_data();
    void proposals();
    void dryRun();
    void dryRunPlatforms();
    void dryRunValues();
    void environmentValues();
    void newStep_data();
    void newStep();
    void newStepHasNoPlace();
    void stepForms();

private:
    // The cursor is at the bar.
    static QStringList proposedAt(QString text, QString *word = nullptr)
    {
        const qsizetype at = text.indexOf(u'|');
        text.remove(at, 1);
        const DocumentCompletions found = documentCompletions(text, at);
        if (word)
            *word = text.mid(found.from, at - found.from);
        QStringList texts;
        for (const DocumentCompletion &each : found.items)
            texts << each.text;
        return texts;
    }
};

void tst_DocumentHelp::proposals_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("some"); // that are among them
    QTest::addColumn<QStringList>("none"); // that are not
    const QString step
        = u"schemaVersion: '2.2'\nparameters:\n  Count: {type: String}\n  Names:\n    type: StringList\n"
          "mainSteps:\n- action: aws:downloadContent\n  name: get\n  inputs:\n    sourceType: S3\n"_s;
    QTest::addRow("plugins") << u"mainSteps:\n- action: |"_s
                             << QStringList {u"aws:runShellScript"_s, u"aws:updateSsmAgent"_s}
                             << QStringList {u"aws:cloudWatch"_s, u"action"_s};
    QTest::addRow("plugins that begin so") << u"mainSteps:\n- name: x\n  action: aws:runD|"_s
                                           << QStringList {u"aws:runDocument"_s, u"aws:runDockerAction"_s}
                                           << QStringList {u"aws:runShellScript"_s};
    QTest::addRow("plugins in JSON") << u"{\"mainSteps\": [\n  {\n    \"action\": \"aws:run|"_s
                                     << QStringList {u"aws:runShellScript"_s} << QStringList {};
    QTest::addRow("inputs") << step + u"    |"_s
                            << QStringList {u"sourceInfo"_s, u"destinationPath"_s, u"onFailure"_s}
                            << QStringList {u"runCommand"_s, u"name"_s};
    QTest::addRow("inputs, the action below")
        << u"mainSteps:\n- name: x\n  inputs:\n    run|\n  action: aws:runShellScript\n"_s
        << QStringList {u"runCommand"_s} << QStringList {u"sourceInfo"_s};
    QTest::addRow("inputs of a step that has no action")
        << u"mainSteps:\n- action: aws:runDocument\n  name: a\n- name: x\n  inputs:\n    doc|"_s
        << QStringList {} << QStringList {u"documentType"_s};
    QTest::addRow("values") << step.chopped(3) + u"|"_s << QStringList {u"GitHub"_s, u"SSMDocument"_s}
                            << QStringList {};
    QTest::addRow("parameters") << step + u"    destinationPath: /srv/{{ |"_s
                                << QStringList {u"Count"_s, u"Names"_s, u"platformType"_s}
                                << QStringList {u"type"_s};
    QTest::addRow("after a token") << step + u"    destinationPath: '{{ Count }}/|"_s << QStringList {}
                                   << QStringList {u"Count"_s};
    QTest::addRow("keys of a step") << u"mainSteps:\n- |"_s << QStringList {u"action"_s, u"precondition"_s}
                                    << QStringList {u"schemaVersion"_s};
    QTest::addRow("top") << u"schemaVersion: '2.2'\nma|"_s << QStringList {u"mainSteps"_s}
                         << QStringList {u"action"_s};
    QTest::addRow("inside a script")
        << u"mainSteps:\n- action: aws:runShellScript\n  inputs:\n    runCommand:\n    - echo ru|"_s
        << QStringList {} << QStringList {u"runCommand"_s};
    QTest::addRow("nothing written") << u"|"_s << QStringList {u"schemaVersion"_s} << QStringList {};
}

void tst_DocumentHelp::proposals()
{
    QFETCH(QString, text);
    QFETCH(QStringList, some);
    QFETCH(QStringList, none);
    const QStringList proposed = proposedAt(text);
    for (const QString &each : some)
        QVERIFY2(proposed.contains(each), qPrintable(each + u" is not in "_s + proposed.join(u' ')));
    for (const QString &each : none)
        QVERIFY2(!proposed.contains(each), qPrintable(each + u" is in "_s + proposed.join(u' ')));
    if (some.isEmpty())
        QVERIFY2(proposed.isEmpty(), qPrintable(proposed.join(u' ')));
    // Anywhere in any text: no crash, and a word that lies before the cursor.
    for (qsizetype at = 0; at <= text.size(); ++at)
        QVERIFY(documentCompletions(text, at).from <= at);
}

namespace {
const QString kDocument
    = u"schemaVersion: '2.2'\nparameters:\n  Mode: {type: String, default: scan, allowedValues: "
      "[scan, install]}\n  Lines: {type: StringList}\nmainSteps:\n- action: aws:runShellScript\n"
      "  name: unix\n  inputs:\n    runCommand: ['patch {{ Mode }}', '{{ Lines }}']\n"
      "- action: aws:psModule\n  name: windows\n  inputs: {source: 'x.zip'}\n"
      "- action: aws:runPowerShellScript\n  name: mac\n  precondition: {StringEquals: [platformType, "
      "MacOS]}\n  inputs: {runCommand: ['a']}\n"_s;
DocumentEdit editOf(const QString &content)
{
    DocumentEdit edit;
    edit.type = u"Command"_s;
    edit.format = u"YAML"_s;
    edit.content = content;
    return edit;
}
}

void tst_DocumentHelp::dryRun()
{
    const DryRun run = dryRunOf(editOf(kDocument), {{u"Lines"_s, {u"id"_s, u"pwd"_s}}}, u"Linux"_s);
    QVERIFY2(!run.isBroken && run.problem.isEmpty(), qPrintable(run.problem));
    QCOMPARE(run.parameters.size(), 2);
    QCOMPARE(run.parameters[0].allowed, (QStringList {u"scan"_s, u"install"_s}));
    QVERIFY(run.parameters[1].isList && run.parameters[1].isRequired);
    QCOMPARE(run.steps.size(), 3);
    QCOMPARE(run.steps[0].inputs, u"runCommand:\n  - patch scan\n  - id\n  - pwd\n"_s);
    QVERIFY(run.text().contains(u"# Step 1, unix (aws:runShellScript), runs"_s));
}

void tst_DocumentHelp::dryRunPlatforms()
{
    using Outcome = DryRunStep::Outcome;
    const auto outcomes = [](const QString &platform) {
        QList<Outcome> all;
        for (const DryRunStep &step : dryRunOf(editOf(kDocument), {{u"Lines"_s, {u"id"_s}}}, platform).steps)
            all << step.outcome;
        return all;
    };
    QCOMPARE(outcomes(u"Linux"_s), (QList<Outcome> {Outcome::Runs, Outcome::Skipped, Outcome::Skipped}));
    QCOMPARE(outcomes(u"Windows"_s), (QList<Outcome> {Outcome::Skipped, Outcome::Runs, Outcome::Skipped}));
    QCOMPARE(outcomes(u"MacOS"_s), (QList<Outcome> {Outcome::Runs, Outcome::Skipped, Outcome::Runs}));
}

void tst_DocumentHelp::dryRunValues()
{
    const auto problem = [](const QMap<QString, QStringList> &values) {
        return dryRunOf(editOf(kDocument), values, u"Linux"_s).problem;
    };
    QVERIFY(problem({}).contains(u"Lines"_s)); // required
    QVERIFY(problem({{u"Lines"_s, {u"id"_s}}, {u"Mode"_s, {u"erase"_s}}}).contains(u"Mode"_s));
    QVERIFY(problem({{u"Lines"_s, {u"id"_s}}, {u"Gone"_s, {u"x"_s}}}).isEmpty()); // of a text before
    QVERIFY(dryRunOf(editOf(u"mainSteps: ["_s), {}, u"Linux"_s).isBroken);
    QVERIFY(dryRunOf(editOf(kDocument), {}, u"Plan9"_s).isBroken);
}

void tst_DocumentHelp::environmentValues()
{
    const DryRun run = dryRunOf(
        editOf(u"schemaVersion: '2.2'\nparameters:\n  Msg: {type: String, interpolationType: "
               u"ENV_VAR}\nmainSteps:\n"
               "- action: aws:runShellScript\n  name: say\n  inputs: {runCommand: ['echo {{ Msg }}']}\n"_s),
        {{u"Msg"_s, {u"a; touch /tmp/x $(id)"_s}}}, u"Linux"_s);
    QCOMPARE(run.steps[0].environment, QStringList {u"SSM_Msg=a; touch /tmp/x $(id)"_s});
    QVERIFY(!run.steps[0].inputs.contains(u"touch"_s)); // the value is no text of the script
}

void tst_DocumentHelp::newStep_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("format");
    QTest::addColumn<QString>("expected");
    QTest::addRow("at the end")
        << u"schemaVersion: '2.2' # kept\nmainSteps:\n  - action: aws:runShellScript\n    name: a\n"
           "    inputs: {runCommand: [b]}\n"_s
        << u"YAML"_s
        << u"schemaVersion: '2.2' # kept\nmainSteps:\n  - action: aws:runShellScript\n    name: a\n"
           "    inputs: {runCommand: [b]}\n  - action: aws:runShellScript\n    name: new\n    inputs:\n"
           "      runCommand:\n        - one\n        - two\n      onFailure: exit\n"_s;
    QTest::addRow("before what follows")
        << u"mainSteps:\n- action: aws:runShellScript\n  name: a\n  inputs:\n    runCommand:\n    - b\n\n# files\nfiles: {}\n"_s
        << u"YAML"_s
        << u"mainSteps:\n- action: aws:runShellScript\n  name: a\n  inputs:\n    runCommand:\n    - b\n"
           "- action: aws:runShellScript\n  name: new\n  inputs:\n    runCommand:\n      - one\n      - two\n"
           "    onFailure: exit\n\n# files\nfiles: {}\n"_s;
    QTest::addRow("the first one")
        << u"schemaVersion: '2.2'\nmainSteps: []\n"_s << u"YAML"_s
        << u"schemaVersion: '2.2'\nmainSteps:\n  - action: aws:runShellScript\n    name: new\n"
           "    inputs:\n      runCommand:\n        - one\n        - two\n      onFailure: exit\n"_s;
    QTest::addRow("JSON")
        << u"{\"mainSteps\": []}"_s << u"JSON"_s
        << u"{\n  \"mainSteps\": [\n    {\n      \"action\": \"aws:runShellScript\",\n      \"name\": "
           "\"new\",\n      \"inputs\": {\n        \"runCommand\": [\n          \"one\",\n          "
           "\"two\"\n        ],\n        \"onFailure\": \"exit\"\n      }\n    }\n  ]\n}\n"_s;
}

void tst_DocumentHelp::newStep()
{
    QFETCH(QString, text);
    QFETCH(QString, format);
    QFETCH(QString, expected);
    const NewStep step {u"aws:runShellScript"_s, u"new"_s, {{u"runCommand"_s, u"one\ntwo\n"_s}}, u"exit"_s};
    const auto made = withNewStep(text, format, step);
    QVERIFY(made);
    QCOMPARE(*made, expected);
}

void tst_DocumentHelp::newStepHasNoPlace()
{
    const NewStep step {u"aws:runShellScript"_s, u"new"_s, {{u"runCommand"_s, u"one"_s}}, {}};
    for (const QString &text :
         {u"mainSteps: ["_s, u"- a"_s, u"mainSteps: [{action: a}]\n"_s, u"mainSteps: text\n"_s})
        QVERIFY2(!withNewStep(text, u"YAML"_s, step), qPrintable(text)); // rather than broken
    QVERIFY(!withNewStep(u"[1]"_s, u"JSON"_s, step));
    QVERIFY(!withNewStep(u"{\"mainSteps\": 5}"_s, u"JSON"_s, step));
}

void tst_DocumentHelp::stepForms()
{
    const QList<StepPlugin> plugins = stepPlugins();
    for (const StepPlugin &plugin : plugins)
        QVERIFY2(!plugin.platforms.isEmpty(), qPrintable(plugin.name));
    const auto download = std::find_if(plugins.begin(), plugins.end(), [](const StepPlugin &plugin) {
        return plugin.name == u"aws:downloadContent";
    });
    QVERIFY(download != plugins.end());
    QVERIFY(download->inputs[0].isRequired && download->inputs[1].isRequired
            && !download->inputs.last().isRequired);
    // A map as it is typed, and what is none as text: a parameter may stand there.
    NewStep step {u"aws:downloadContent"_s,
                  u"get"_s,
                  {{u"sourceType"_s, u"S3"_s}, {u"sourceInfo"_s, u"{\"path\": \"s3://b/k\"}"_s}},
                  {}};
    QVERIFY(withNewStep(u"mainSteps: []\n"_s, u"YAML"_s, step)
                ->contains(u"sourceInfo:\n        path: s3://b/k\n"_s));
    step.inputs[1].second = u"{{ info }}"_s;
    QVERIFY(withNewStep(u"mainSteps: []\n"_s, u"YAML"_s, step)->contains(u"'{{ info }}'"_s)
            || withNewStep(u"mainSteps: []\n"_s, u"YAML"_s, step)->contains(u"\"{{ info }}\""_s));
}

FB_TEST(tst_DocumentHelp)
#include "tst_document_help.moc"
