// aws:runDocument on a real agent (spec/documents.md 3.12): documents that came with the order, and documents on the node's disk.

#include "tests/integration/agent/plugin_steps.h"
#include "tests/support/test_main.h"

#include <QJsonArray>
#include <QTest>

using namespace fb;
using namespace fb::test;
using namespace Qt::StringLiterals;

class tst_RunDocument : public QObject
{
    Q_OBJECT

private slots:
    void outputIsTheSteps();
    void parametersFollowTheChildsRules();
    void nestedFourDeep();
    void results_data();
    void results();
    void timeOutOfAChildsStep();
    void timeOutOfTheWhole();
    void cancelEndsTheWholeTree();
    void localPaths();
    void downloadedDocument();
    void whatDidNotComeAlong();
    void agentUpdateIsRefused();
    void interruptedChild();

private:
    static std::string runStepOf(const std::string &path, const QJsonValue &parameters = {},
                                 const QJsonObject &extra = {}, const char *type = "SSMDocument",
                                 const char *name = "child")
    {
        QJsonObject inputs = extra;
        inputs[u"documentType"_s] = QLatin1StringView(type);
        inputs[u"documentPath"_s] = QString::fromStdString(path);
        if (!parameters.isUndefined() && !parameters.isNull())
            inputs[u"documentParameters"_s] = parameters;
        const QJsonObject whole {
            {u"action"_s, u"aws:runDocument"_s}, {u"name"_s, QLatin1StringView(name)}, {u"inputs"_s, inputs}};
        return QJsonDocument(whole).toJson(QJsonDocument::Compact).toStdString();
    }
    static std::string shell(const std::string &script, const std::string &extraInputs = {})
    {
        static int number = 0;
        return ScriptEngine::shellStep("s" + std::to_string(++number), script, extraInputs);
    }
};

void tst_RunDocument::outputIsTheSteps()
{
    AgentFixture f;
    QVERIFY(f.start());
    f.engine.call(
        "Child:2",
        ScriptEngine::document({shell("echo one; echo err >&2"), shell("echo $AWS_SSM_INSTANCE_ID; pwd")}));
    f.engine.order(1,
                   ScriptEngine::document({shell("echo before"), runStepOf("Child:2"), shell("echo after")}));
    QVERIFY(f.engine.wait([&] { return f.engine.hasResult(1); }));
    const auto result = f.engine.result(1);
    QCOMPARE(result.status(), std::string("Success"));
    QCOMPARE(result.steps_size(), 3);
    const QStringList lines = QString::fromStdString(result.steps(1).stdout_head()).split(u'\n');
    QCOMPARE(lines.value(0), u"one"_s);
    QVERIFY(lines.value(1).startsWith(u"mi-"_s));
    QVERIFY(lines.value(2).endsWith(u"/run"_s)); // the same invocation
    QCOMPARE(result.steps(1).stderr_head(), std::string("err\n"));
    QCOMPARE(result.steps(1).plugin(), std::string("aws:runDocument"));
}

void tst_RunDocument::parametersFollowTheChildsRules()
{
    AgentFixture f;
    QVERIFY(f.start());
    f.engine.call("Child",
                  "schemaVersion: '2.2'\nparameters:\n  name: {type: String, allowedPattern: '[a-z]+'}\n"
                  "  more: {type: StringList, default: [d]}\n  safe: {type: String, default: x, "
                  "interpolationType: ENV_VAR}\nmainSteps:\n- action: aws:runShellScript\n  name: s\n"
                  "  inputs:\n    runCommand: ['echo {{ name }} {{ safe }}', '{{ more }}']\n",
                  "YAML");
    const auto outputOf = [&](uint64_t number, const QJsonValue &parameters) {
        const auto step = runStep(f, runStepOf("Child", parameters), number);
        return QString::fromStdString(step.status() + ": " + step.stdout_head() + step.stderr_head());
    };
    QCOMPARE(
        outputOf(1, QJsonObject {{u"name"_s, u"anna"_s}, {u"more"_s, QJsonArray {u"echo 1"_s, u"echo 2"_s}}}),
        u"Success: anna x\n1\n2\n"_s);
    QCOMPARE(outputOf(2, u"name: anna\nsafe: $(id); echo\nmore: ['true']"_s),
             u"Success: anna $(id); echo\n"_s);
    QVERIFY(outputOf(3, QJsonObject {{u"name"_s, u"Anna"_s}}).startsWith(u"Failed: Parameter \"name\""_s));
    QVERIFY(outputOf(4, {}).startsWith(u"Failed: Parameter \"name\""_s));
    QVERIFY(outputOf(5, QJsonObject {{u"name"_s, u"anna"_s}, {u"other"_s, u"x"_s}}).contains(u"other"_s));
    QVERIFY(outputOf(6, u"{\"name\": ["_s).contains(u"documentParameters"_s));
}

// [documents 8.15] nested four deep: the fourth level fails, its parents fail
void tst_RunDocument::nestedFourDeep()
{
    AgentFixture f;
    QVERIFY(f.start());
    for (int level = 1; level <= 4; ++level) {
        const std::string script = "echo level " + std::to_string(level);
        f.engine.call("Level" + std::to_string(level),
                      level == 4 ? ScriptEngine::document({shell(script)})
                                 : ScriptEngine::document(
                                     {shell(script), runStepOf("Level" + std::to_string(level + 1))}));
    }
    const auto four = runStep(f, runStepOf("Level1"), 1);
    QCOMPARE(four.status(), std::string("Failed"));
    QCOMPARE(four.stdout_head(), std::string("level 1\nlevel 2\nlevel 3\n"));
    QVERIFY2(four.stderr_head().find("at most 3 deep") != std::string::npos, four.stderr_head().c_str());
    QCOMPARE(f.engine.result(1).status(), std::string("Failed"));
    const auto three = runStep(f, runStepOf("Level2"), 2);
    QCOMPARE(three.status(), std::string("Success"));
    QCOMPARE(three.stdout_head(), std::string("level 2\nlevel 3\nlevel 4\n"));
    f.engine.call("Self", ScriptEngine::document({shell("echo again"), runStepOf("Self")}));
    const auto self = runStep(f, runStepOf("Self"), 3);
    QCOMPARE(self.status(), std::string("Failed"));
    QCOMPARE(self.stdout_head(), std::string("again\nagain\nagain\n"));
}

void tst_RunDocument::results_data()
{
    QTest::addColumn<QByteArray>("child");
    QTest::addColumn<QJsonObject>("modifiers"); // of the step that runs it
    QTest::addColumn<QByteArray>("expected"); // status and code of the step; status of the document
    const auto document = [](const std::vector<std::string> &steps) {
        return QByteArray::fromStdString(ScriptEngine::document(steps));
    };
    const QJsonObject none;
    QTest::addRow("all well") << document({shell("true"), shell("true")}) << none
                              << QByteArray("Success 0; Success 0; Success");
    QTest::addRow("one failed") << document({shell("exit 3"), shell("exit 4"), shell("true")}) << none
                                << QByteArray("Failed 3; Success 0; Failed");
    QTest::addRow("failed before timed out")
        << document({shell("sleep 60", R"("timeoutSeconds":5)"), shell("exit 3")}) << none
        << QByteArray("Failed 3; Success 0; Failed");
    QTest::addRow("all skipped") << QByteArray(
        R"({"schemaVersion":"2.2","mainSteps":[{"action":"aws:psModule","name":"a",)"
        R"("inputs":{"source":"x"}}]})")
                                 << none << QByteArray("Success 0; Success 0; Success");
    QTest::addRow("168 ends the child alone") << document({shell("exit 168"), shell("exit 3")}) << none
                                              << QByteArray("Success 0; Success 0; Success");
    QTest::addRow("169 fails the child alone")
        << document({shell("exit 169"), shell("true")}) << none << QByteArray("Failed 1; Success 0; Failed");
    QTest::addRow("194 fails the step")
        << document({shell("exit 194"), shell("true")}) << none << QByteArray("Failed 1; Success 0; Failed");
    QTest::addRow("child's own modifiers")
        << document({shell("exit 3", R"("onFailure":"successAndExit")"), shell("exit 4")}) << none
        << QByteArray("Success 0; Success 0; Success");
    QTest::addRow("step's modifiers")
        << document({shell("exit 3")}) << QJsonObject {{u"onFailure"_s, u"exit"_s}}
        << QByteArray("Failed 3; Skipped 0; Failed");
    QTest::addRow("step's other modifiers")
        << document({shell("exit 3")}) << QJsonObject {{u"onFailure"_s, u"successAndExit"_s}}
        << QByteArray("Success 168; Skipped 0; Success");
    QTest::addRow("unknown plugin in it")
        << QByteArray(R"({"schemaVersion":"2.2","mainSteps":[{"action":"acme:x","name":"a","inputs":{}}]})")
        << none << QByteArray("Failed 1; Success 0; Failed");
}

void tst_RunDocument::results()
{
    QFETCH(QByteArray, child);
    QFETCH(QJsonObject, modifiers);
    QFETCH(QByteArray, expected);
    AgentFixture f;
    QVERIFY(f.start());
    f.engine.call("Child", child.toStdString());
    f.engine.order(1, ScriptEngine::document({runStepOf("Child", {}, modifiers), shell("true")}));
    QVERIFY(f.engine.wait([&] { return f.engine.hasResult(1); }, 30000));
    const auto result = f.engine.result(1);
    QByteArray text;
    for (const auto &step : result.steps())
        text += QByteArray::fromStdString(step.status()) + " " + QByteArray::number(step.response_code())
            + "; ";
    QCOMPARE(text + QByteArray::fromStdString(result.status()), expected);
}

void tst_RunDocument::timeOutOfAChildsStep()
{
    AgentFixture f;
    QVERIFY(f.start());
    f.engine.call("Child",
                  ScriptEngine::document(
                      {shell("echo begun; setsid sleep 86431 & sleep 86431", R"("timeoutSeconds":5)"),
                       shell("echo next")}));
    f.engine.order(1, ScriptEngine::document({runStepOf("Child")}));
    QVERIFY(f.engine.wait([&] { return f.engine.hasResult(1); }, 40000));
    const auto step = f.engine.result(1).steps(0);
    QCOMPARE(step.status(), std::string("TimedOut"));
    QCOMPARE(step.response_code(), 137);
    QCOMPARE(step.stdout_head(), std::string("begun\nnext\n")); // later steps run
    QCOMPARE(f.engine.result(1).status(), std::string("TimedOut"));
    QVERIFY(AgentFixture::processesWith("86431").isEmpty());
}

void tst_RunDocument::timeOutOfTheWhole()
{
    AgentFixture f;
    QVERIFY(f.start());
    f.engine.call("Child", ScriptEngine::document({shell("echo begun; sleep 86432"), shell("echo never")}));
    std::string step = runStepOf("Child");
    step.insert(1, R"("timeoutSeconds":5,)");
    f.engine.order(1, ScriptEngine::document({step}));
    QVERIFY(f.engine.wait([&] { return f.engine.hasResult(1); }, 40000));
    QCOMPARE(f.engine.result(1).steps(0).status(), std::string("TimedOut"));
    QCOMPARE(f.engine.result(1).steps(0).stdout_head(), std::string("begun\n"));
    QVERIFY(AgentFixture::processesWith("86432").isEmpty());
}

void tst_RunDocument::cancelEndsTheWholeTree()
{
    AgentFixture f;
    QVERIFY(f.start());
    f.engine.call("Child", ScriptEngine::document({shell("echo begun; setsid sleep 86433 & sleep 86433")}));
    f.engine.call("Parent", ScriptEngine::document({runStepOf("Child")}));
    f.engine.order(1, ScriptEngine::document({runStepOf("Parent"), shell("echo never")}));
    QVERIFY(f.engine.wait([&] { return f.engine.output(1) == "begun\n"; }));
    f.engine.cancel(1);
    QVERIFY(f.engine.wait([&] { return f.engine.hasResult(1); }, 30000));
    QCOMPARE(f.engine.result(1).steps(0).status(), std::string("Cancelled"));
    QCOMPARE(f.engine.result(1).steps(1).status(), std::string("Skipped"));
    QVERIFY(AgentFixture::processesWith("86433").isEmpty());
}

void tst_RunDocument::localPaths()
{
    AgentFixture f;
    QVERIFY(f.start());
    const std::string child = ScriptEngine::document({ScriptEngine::shellStep("s", "echo from disk")});
    QFile file(f.folder.filePath(u"child"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray::fromStdString(child));
    file.close();
    const auto absolute = runStep(f, runStepOf(file.fileName().toStdString(), {}, {}, "LocalPath"), 1);
    QCOMPARE(absolute.stdout_head(), std::string("from disk\n"));
    // Written by a step before, below the invocation's downloads; as YAML, by its name.
    f.engine.order(2,
                   ScriptEngine::document(
                       {shell("mkdir -p downloads/sub; printf 'schemaVersion: \"2.2\"\\nmainSteps: [{action: "
                              "\"aws:runShellScript\", name: s, inputs: {runCommand: \"echo yaml\"}}]\\n' "
                              ">downloads/sub/child.yml"),
                        runStepOf("sub/child.yml", {}, {}, "LocalPath"),
                        runStepOf("../downloads/sub/child.yml", {}, {}, "LocalPath", "same"),
                        runStepOf("../../order.pb", {}, {}, "LocalPath", "out"),
                        runStepOf("none.json", {}, {}, "LocalPath", "none"),
                        runStepOf("/dev/zero", {}, {}, "LocalPath", "zero")}));
    QVERIFY(f.engine.wait([&] { return f.engine.hasResult(2); }));
    const auto result = f.engine.result(2);
    QCOMPARE(result.steps(1).stdout_head(), std::string("yaml\n"));
    QCOMPARE(result.steps(2).status(), std::string("Success")); // it stays below
    QCOMPARE(result.steps(3).status(), std::string("Failed"));
    QVERIFY(result.steps(3).stderr_head().find("leaves the invocation's downloads") != std::string::npos);
    QVERIFY(result.steps(4).stderr_head().find("none.json") != std::string::npos);
    QVERIFY(result.steps(5).stderr_head().find("is no file") != std::string::npos);
}

void tst_RunDocument::downloadedDocument()
{
    AgentFixture f;
    QVERIFY(f.start());
    f.engine.call("Inner", ScriptEngine::document({shell("echo inner")}));
    f.engine.call("Child", ScriptEngine::document({shell("echo child"), runStepOf("Inner")}));
    f.engine.order(1,
                   ScriptEngine::document({downloadStep(u"SSMDocument"_s, {{u"name"_s, u"Child"_s}}),
                                           runStepOf("Child.json", {}, {}, "LocalPath")}));
    QVERIFY(f.engine.wait([&] { return f.engine.hasResult(1); }));
    QVERIFY2(f.engine.result(1).status() == "Success", f.engine.result(1).steps(0).stderr_head().c_str());
    QCOMPARE(f.engine.result(1).steps(1).stdout_head(), std::string("child\ninner\n"));
}

void tst_RunDocument::whatDidNotComeAlong()
{
    AgentFixture f;
    QVERIFY(f.start());
    const auto run = runStep(f, runStepOf("Nothing"), 1);
    QCOMPARE(run.status(), std::string("Failed"));
    QVERIFY(run.stderr_head().find("Nothing did not come") != std::string::npos);
    const auto read = runStep(f, downloadStep(u"SSMDocument"_s, {{u"name"_s, u"Nothing"_s}}), 2);
    QCOMPARE(read.status(), std::string("Failed"));
    QVERIFY(read.stderr_head().find("Nothing did not come") != std::string::npos);
}

void tst_RunDocument::agentUpdateIsRefused()
{
    AgentFixture f;
    QVERIFY(f.start());
    f.engine.call("Child",
                  ScriptEngine::document(
                      {shell("echo never"),
                       R"({"action":"aws:updateSsmAgent","name":"up","inputs":{"agentName":"x"}})"}));
    const auto step = runStep(f, runStepOf("Child"), 1);
    QCOMPARE(step.status(), std::string("Failed"));
    QCOMPARE(step.stdout_head(), std::string());
    QVERIFY(step.stderr_head().find("may not hold aws:updateSsmAgent") != std::string::npos);
}

// The process that runs the inner document is killed: the step fails, later ones go on.
void tst_RunDocument::interruptedChild()
{
    AgentFixture f;
    QVERIFY(f.start());
    f.engine.call("Child",
                  ScriptEngine::document({shell("kill -9 $PPID; sleep 1; echo 86434"), shell("echo never")}));
    f.engine.order(1, ScriptEngine::document({runStepOf("Child"), shell("echo next")}));
    QVERIFY(f.engine.wait([&] { return f.engine.hasResult(1); }));
    QCOMPARE(f.engine.result(1).steps(0).status(), std::string("Failed"));
    QVERIFY(f.engine.result(1).steps(0).stderr_head().find("interrupted") != std::string::npos);
    QVERIFY(f.engine.result(1).steps(0).stdout_head().find("never") == std::string::npos);
    QCOMPARE(f.engine.result(1).steps(1).stdout_head(), std::string("next\n"));
}

FB_TEST(tst_RunDocument)
#include "tst_run_document.moc"
