#include "backend/language/step_decision.h"

#include "backend/language/tree_text.h"
#include "tests/support/test_main.h"

#include <QTest>

using namespace fb;

class tst_StepDecision : public QObject
{
    Q_OBJECT

private slots:
    void table_data();
    void table();
    void finallyStepRuns();
};

void tst_StepDecision::table_data()
{
    QTest::addColumn<int>("schema");
    QTest::addColumn<QByteArray>("action");
    QTest::addColumn<QByteArray>("precondition"); // JSON, or empty
    QTest::addColumn<bool>("ended");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *name, SchemaVersion schema, const char *action, const char *precondition,
                        bool ended, const char *expected) {
        QTest::addRow("%s", name) << static_cast<int>(schema) << QByteArray(action)
                                  << QByteArray(precondition) << ended << QByteArray(expected);
    };
    const char *onLinux = R"({"StringEquals":["platformType","Linux"]})";
    const char *onWindows = R"({"StringEquals":["platformType","Windows"]})";
    const char *malformed = R"({"StringEquals":["platformType","{{ os }}"]})";
    const char *unknownOperator = R"({"IpAddress":["a","b"]})";
    const char *shell = "aws:runShellScript";
    const auto v12 = SchemaVersion::V1_2;
    const auto v20 = SchemaVersion::V2_0;
    const auto v22 = SchemaVersion::V2_2;
    row("plain", v22, shell, "", false, "run");
    row("plain 1.2", v12, shell, "", false, "run");
    row("ended", v22, shell, "", true, "skip: an earlier step ended the document");
    row("ended before all else", v22, "acme:x", malformed, true, "skip: an earlier step ended the document");
    row("unknown plugin", v22, "acme:x", "", false,
        "fail: unknown plugin acme:x, agent version 1.0 (step s)");
    row("unknown plugin 1.2", v12, "acme:x", "", false,
        "fail: unknown plugin acme:x, agent version 1.0 (step s)");
    row("unknown plugin, unmet", v22, "acme:x", onWindows, false, "skip: the precondition is not met");
    row("unknown plugin, met", v22, "acme:x", onLinux, false,
        "fail: unknown plugin acme:x, agent version 1.0 (step s)");
    row("unknown plugin 2.0, unmet", v20, "acme:x", onWindows, false,
        "fail: unknown plugin acme:x, agent version 1.0 (step s)");
    row("known, but not to this agent", v22, "aws:domainJoin", "", false,
        "fail: unknown plugin aws:domainJoin, agent version 1.0 (step s)");
    row("another platform's 1.2", v12, "aws:psModule", "", false,
        "fail: aws:psModule is not supported on Linux (step s)");
    row("another platform's 2.0", v20, "aws:psModule", "", false,
        "fail: aws:psModule is not supported on Linux (step s)");
    row("[documents 8.10] another platform's 2.2", v22, "aws:psModule", "", false,
        "skip: aws:psModule is not supported on Linux (step s)");
    row("platform before precondition", v22, "aws:psModule", malformed, false,
        "skip: aws:psModule is not supported on Linux (step s)");
    row("an installer of Windows", v22, "aws:applications", "", false,
        "skip: aws:applications is not supported on Linux (step s)");
    row("EC2Config's", v20, "aws:updateAgent", "", false,
        "fail: aws:updateAgent is unsupported on this platform: not an EC2 instance (step s)");
    row("nobody's plugin", v22, "aws:cloudWatch", "", false,
        "skip: aws:cloudWatch is unsupported on this platform: use agent metrics (step s)");
    row("2.0 with a precondition", v20, shell, onLinux, false,
        "fail: a precondition needs schema version 2.2 (step s)");
    row("[documents 8.12] met", v22, shell, onLinux, false, "run");
    row("unmet", v22, shell, onWindows, false, "skip: the precondition is not met");
    row("[documents 8.12] malformed", v22, shell, malformed, false,
        "fail: malformed precondition: platformType can't be compared with a document parameter (step s)");
    row("unknown operator", v22, shell, unknownOperator, false,
        "fail: malformed precondition: the operator \"IpAddress\" is not known; StringEquals is (step s)");
}

void tst_StepDecision::table()
{
    QFETCH(int, schema);
    QFETCH(QByteArray, action);
    QFETCH(QByteArray, precondition);
    QFETCH(bool, ended);
    QFETCH(QByteArray, expected);
    Step step;
    step.name = "s";
    step.action = action.toStdString();
    if (!precondition.isEmpty())
        step.precondition = *parseJson(precondition.toStdString());
    const StepContext context {
        .platform = Platform::Linux, .agentVersion = "1.0", .implements = [](std::string_view name) {
            return name == "aws:runShellScript";
        }};
    const BoundParameters parameters {
        {"os", {ParameterType::String, InterpolationType::Raw, Tree::string("Linux")}}};
    const StepDecision decision
        = decideStep(static_cast<SchemaVersion>(schema), step, context, parameters, ended);
    const std::string kind = decision.kind == StepDecision::Kind::Run ? "run"
        : decision.kind == StepDecision::Kind::Skip                   ? "skip: "
                                                                      : "fail: ";
    QCOMPARE(QByteArray::fromStdString(kind + decision.reason), expected);
}

void tst_StepDecision::finallyStepRuns()
{
    Step step;
    step.action = "aws:runShellScript";
    step.isFinally = true;
    const StepContext context {.platform = Platform::Linux,
                               .agentVersion = "1.0",
                               .implements = [](std::string_view) { return true; }};
    QVERIFY(decideStep(SchemaVersion::V2_2, step, context, {}, true).kind == StepDecision::Kind::Run);
}

FB_TEST(tst_StepDecision)
#include "tst_step_decision.moc"
