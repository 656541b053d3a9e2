#include "backend/language/flow.h"

#include "tests/support/test_main.h"

#include <QTest>

using namespace fb;

namespace {
// What a step does when it runs: an exit code, or how it ends otherwise.
struct Act {
    int exitCode = 0;
    StepStatus instead = StepStatus::Pending; // TimedOut, Cancelled
};

// Runs steps as an agent does and prints "status/code" of each and the document's end.
std::string play(const std::vector<Step> &steps, const std::vector<Act> &acts)
{
    Flow flow(steps);
    std::vector<StepResult> results(steps.size());
    std::string text;
    for (size_t i = 0; i < steps.size(); ++i) {
        if (flow.isWaitingForReboot())
            break;
        if (flow.mustSkip(i))
            results[i] = {StepStatus::Skipped, 0};
        else if (acts[i].instead != StepStatus::Pending)
            results[i] = {acts[i].instead, kExitKilled};
        else
            results[i] = resultOfExit(steps[i], acts[i].exitCode, Platform::Linux);
        flow.settled(i, results[i]);
    }
    for (const StepResult &result : results)
        text += std::string(stepStatusName(result.status)) + "/" + std::to_string(result.code) + " ";
    return text + "= " + std::string(stepStatusName(documentStatus(results))) + "/"
        + std::to_string(responseCode(results));
}

Step step(OnFailure onFailure = OnFailure::Continue, bool exitOnSuccess = false, bool isFinally = false)
{
    Step made;
    made.onFailure = onFailure;
    made.exitOnSuccess = exitOnSuccess;
    made.isFinally = isFinally;
    return made;
}
}

Q_DECLARE_METATYPE(std::vector<Step>)
Q_DECLARE_METATYPE(std::vector<Act>)

class tst_Flow : public QObject
{
    Q_OBJECT

private slots:
    void documents_data();
    void documents();
    void replayAfterRestart();
    void windowsReboot();
    void codesOfOtherPrograms();
    void rollUp_data();
    void rollUp();
    void statusNames();
};

void tst_Flow::documents_data()
{
    QTest::addColumn<std::vector<Step>>("steps");
    QTest::addColumn<std::vector<Act>>("acts");
    QTest::addColumn<QByteArray>("expected");
    const auto row
        = [](const char *name, std::vector<Step> steps, std::vector<Act> acts, const char *expected) {
              QTest::addRow("%s", name) << std::move(steps) << std::move(acts) << QByteArray(expected);
          };
    const auto exit = OnFailure::Exit;
    const auto successAndExit = OnFailure::SuccessAndExit;
    row("[documents 8.8] a failed step does not stop the document", {step(), step()}, {{3}, {0}},
        "Failed/3 Success/0 = Failed/3");
    row("[documents 8.9] successAndExit with a finally step",
        {step(successAndExit), step(), step(OnFailure::Continue, false, true)}, {{3}, {0}, {0}},
        "Success/168 Skipped/0 Success/0 = Success/0");
    row("onFailure: exit", {step(exit), step(), step()}, {{3}, {0}, {0}},
        "Failed/3 Skipped/0 Skipped/0 = Failed/3");
    row("onFailure: exit, but it succeeds", {step(exit), step()}, {{0}, {0}},
        "Success/0 Success/0 = Success/0");
    row("onSuccess: exit", {step(OnFailure::Continue, true), step()}, {{0}, {0}},
        "Success/0 Skipped/0 = Success/0");
    row("onSuccess: exit, but it fails", {step(OnFailure::Continue, true), step()}, {{1}, {0}},
        "Failed/1 Success/0 = Failed/1");
    row("[documents 8.22] exit 168", {step(), step()}, {{168}, {0}}, "Success/168 Skipped/0 = Success/0");
    row("[documents 8.22] exit 169 wins over successAndExit", {step(successAndExit), step()}, {{169}, {0}},
        "Failed/169 Skipped/0 = Failed/169");
    row("168 with a finally step", {step(), step(), step(OnFailure::Continue, false, true)},
        {{168}, {0}, {1}}, "Success/168 Skipped/0 Failed/1 = Failed/1");
    row("[documents 8.23] a time-out is no failure", {step(exit), step()}, {{0, StepStatus::TimedOut}, {0}},
        "TimedOut/137 Success/0 = TimedOut/137");
    row("failed before timed out", {step(), step()}, {{0, StepStatus::TimedOut}, {2}},
        "TimedOut/137 Failed/2 = Failed/2");
    row("reboot holds the rest back", {step(), step()}, {{194}, {0}},
        "SuccessAndReboot/194 Pending/-1 = SuccessAndReboot/0");
    row("3010 is a failure on Linux", {step()}, {{3010}}, "Failed/3010 = Failed/3010");
    row("cancelled", {step(), step()}, {{0}, {0, StepStatus::Cancelled}},
        "Success/0 Cancelled/137 = Cancelled/0");
}

void tst_Flow::documents()
{
    QFETCH(std::vector<Step>, steps);
    QFETCH(std::vector<Act>, acts);
    QFETCH(QByteArray, expected);
    QCOMPARE(QByteArray::fromStdString(play(steps, acts)), expected);
}

// A restarted agent gives a new Flow the results of its journal and goes on where it was.
void tst_Flow::replayAfterRestart()
{
    const std::vector<Step> steps {step(), step(OnFailure::SuccessAndExit), step(),
                                   step(OnFailure::Continue, false, true)};
    Flow flow(steps);
    flow.settled(0, {StepStatus::Failed, 3});
    QVERIFY(!flow.hasEnded());
    flow.settled(1, {StepStatus::Success, 168});
    QVERIFY(flow.hasEnded());
    QCOMPARE(flow.endedBy(), size_t(1));
    QVERIFY(flow.mustSkip(2));
    QVERIFY(!flow.mustSkip(3));
    Flow rebooting(steps);
    rebooting.settled(0, {StepStatus::SuccessAndReboot, 194});
    QVERIFY(rebooting.isWaitingForReboot());
    rebooting.settled(0, {StepStatus::Success, 0}); // the same step, run again after the boot
    QVERIFY(!rebooting.isWaitingForReboot());
    QVERIFY(!rebooting.hasEnded());
}

void tst_Flow::windowsReboot()
{
    QVERIFY(resultOfExit(step(), 3010, Platform::Windows).status == StepStatus::SuccessAndReboot);
    QVERIFY(resultOfExit(step(), 194, Platform::Windows).status == StepStatus::Failed);
}

// What a program that is no script returns steers nothing.
void tst_Flow::codesOfOtherPrograms()
{
    QVERIFY(resultOfPlainExit(step(), 0) == (StepResult {StepStatus::Success, 0}));
    QVERIFY(resultOfPlainExit(step(), 5) == (StepResult {StepStatus::Failed, 5}));
    for (const int code : {168, 169, 194})
        QVERIFY(resultOfPlainExit(step(), code) == (StepResult {StepStatus::Failed, 1}));
}

void tst_Flow::rollUp_data()
{
    QTest::addColumn<QByteArray>("statuses"); // names with codes
    QTest::addColumn<QByteArray>("status");
    QTest::addColumn<int>("code");
    QTest::addRow("none") << QByteArray() << QByteArray("Success") << -1;
    QTest::addRow("nothing started") << QByteArray("Pending:-1 Pending:-1") << QByteArray("InProgress") << -1;
    QTest::addRow("running") << QByteArray("Success:0 InProgress:-1") << QByteArray("InProgress") << 0;
    QTest::addRow("all skipped is a success")
        << QByteArray("Skipped:0 Skipped:0") << QByteArray("Success") << 0;
    QTest::addRow("reboot first") << QByteArray("Failed:2 SuccessAndReboot:194")
                                  << QByteArray("SuccessAndReboot") << 2;
    QTest::addRow("failed, then timed out, then cancelled")
        << QByteArray("Cancelled:137 TimedOut:137 Failed:9") << QByteArray("Failed") << 9;
    QTest::addRow("timed out before cancelled")
        << QByteArray("Cancelled:1 TimedOut:137") << QByteArray("TimedOut") << 137;
    QTest::addRow("first failed code")
        << QByteArray("Success:168 Failed:4 Failed:5") << QByteArray("Failed") << 4;
}

void tst_Flow::rollUp()
{
    QFETCH(QByteArray, statuses);
    QFETCH(QByteArray, status);
    QFETCH(int, code);
    std::vector<StepResult> results;
    for (const QByteArray &part : statuses.split(' ')) {
        if (part.isEmpty())
            continue;
        const auto parts = part.split(':');
        results.push_back({*stepStatusNamed(parts[0].toStdString()), parts[1].toInt()});
    }
    QCOMPARE(QByteArray::fromStdString(std::string(stepStatusName(documentStatus(results)))), status);
    QCOMPARE(responseCode(results), code);
}

void tst_Flow::statusNames()
{
    for (int i = 0; i <= static_cast<int>(StepStatus::SuccessAndReboot); ++i) {
        const auto status = static_cast<StepStatus>(i);
        QVERIFY(stepStatusNamed(stepStatusName(status)) == status);
    }
    QVERIFY(!stepStatusNamed("Done"));
    QVERIFY(!isFinal(StepStatus::SuccessAndReboot) && !isFinal(StepStatus::InProgress)
            && isFinal(StepStatus::Skipped));
}

FB_TEST(tst_Flow)
#include "tst_flow.moc"
