// A simulated node's workers tell the same story as real ones: output, step, result, in this order and never from inside a call.

#include "app/fleetsim/sim_worker_host.h"
#include "backend/core/byte_encoding.h"
#include "tests/support/manual_clock.h"
#include "tests/support/test_main.h"

#include <QTest>

using namespace fb;

namespace {

class Listener final : public agent::WorkerEvents
{
public:
    void outputGrew(const agent::OutputKey &key, uint64_t size) override
    {
        story.append(QStringLiteral("output %1 %2").arg(key.step).arg(size));
    }
    void stepEnded(const agent::OrderKey &, const wire::OrderStep &step) override
    {
        story.append(QStringLiteral("step ") + QString::fromStdString(step.step_name()));
    }
    void workerEnded(const agent::OrderKey &, const wire::OrderResult &ended) override
    {
        story.append(QStringLiteral("result ") + QString::fromStdString(ended.status()));
        result = ended;
    }
    void workerCancelled(const agent::OrderKey &, uint32_t, uint32_t) override
    {
        story.append(QStringLiteral("cancelled"));
    }
    void terminalStarted(const agent::TerminalState &) override { }
    void terminalFailed(const std::string &token, const Error &error) override
    {
        story.append(QString::fromStdString("no terminal " + token + ": " + error.message));
    }
    void terminalOutput(const std::string &, uint64_t, std::string_view, bool) override { }
    void terminalInputTaken(const std::string &, uint64_t, bool) override { }
    void terminalEnded(const std::string &, uint64_t, int, const std::string &) override { }

    QStringList story;
    wire::OrderResult result;
};

agent::LedgerOrder orderOf(const char *document)
{
    wire::OrderBody body;
    body.set_document_json(document);
    body.set_parameters_json("{}");
    agent::LedgerOrder order;
    order.key = {"01J0000000000000000000000", 1};
    order.dispatchSeq = 7;
    order.body = body.SerializeAsString();
    return order;
}

constexpr const char *kTwoSteps = R"({"schemaVersion":"2.2","description":"two","mainSteps":[
    {"action":"aws:runShellScript","name":"first","inputs":{"runCommand":["true"]}},
    {"action":"aws:runShellScript","name":"second","inputs":{"runCommand":["true"]}}]})";

}

class tst_SimWorkerHost : public QObject
{
    Q_OBJECT
private slots:
    void tellsOutputStepsAndResult();
    void keepsOutputUntilDiscarded();
    void refusesWhatIsNoDocument();
    void hasNoShell();
};

void tst_SimWorkerHost::tellsOutputStepsAndResult()
{
    const test::ManualClock clock;
    sim::SimWorkerHost host("sim-00001", clock);
    Listener listener;
    host.setEvents(&listener);
    QVERIFY(host.start(orderOf(kTwoSteps)));
    QVERIFY(listener.story.isEmpty()); // not from inside the call
    QVERIFY(host.hasEvents());
    host.deliver();
    QCOMPARE(listener.story.size(), 5);
    QVERIFY(listener.story[0].startsWith(QStringLiteral("output 0 ")));
    QCOMPARE(listener.story[1], QStringLiteral("step first"));
    QVERIFY(listener.story[2].startsWith(QStringLiteral("output 1 ")));
    QCOMPARE(listener.story[3], QStringLiteral("step second"));
    QCOMPARE(listener.story[4], QStringLiteral("result Success"));
    QVERIFY(!host.hasEvents());

    QCOMPARE(listener.result.dispatch_seq(), uint64_t {7});
    QCOMPARE(listener.result.steps_size(), 2);
    const wire::OrderStep &step = listener.result.steps(0);
    QCOMPARE(step.plugin(), std::string("aws:runShellScript"));
    QCOMPARE(step.stdout_size(), uint64_t {step.stdout_head().size()});
    QCOMPARE(step.stdout_sha256(), sha256(step.stdout_head()));
}

void tst_SimWorkerHost::keepsOutputUntilDiscarded()
{
    const test::ManualClock clock;
    sim::SimWorkerHost host("sim-00001", clock);
    const agent::LedgerOrder order = orderOf(kTwoSteps);
    QVERIFY(host.start(order));
    const agent::OutputKey key {order.key, 1, agent::OutputPipe::Out};
    const std::string whole = host.readOutput(key, 0, 1000);
    QVERIFY(whole.starts_with("sim-00001: "));
    QCOMPARE(host.readOutput(key, 4, 5), whole.substr(4, 5));
    QCOMPARE(host.readOutput(key, whole.size(), 5), std::string());
    QVERIFY(host.spoolBytes() > whole.size());
    host.discard(order.key);
    QCOMPARE(host.spoolBytes(), uint64_t {0});
    QCOMPARE(host.readOutput(key, 0, 1000), std::string());
}

void tst_SimWorkerHost::refusesWhatIsNoDocument()
{
    const test::ManualClock clock;
    sim::SimWorkerHost host("sim-00001", clock);
    const auto started = host.start(orderOf("{\"schemaVersion\":\"2.2\""));
    QVERIFY(!started);
    QVERIFY(!started.error().message.empty());
    QVERIFY(!host.hasEvents());
}

void tst_SimWorkerHost::hasNoShell()
{
    const test::ManualClock clock;
    sim::SimWorkerHost host("sim-00001", clock);
    Listener listener;
    host.setEvents(&listener);
    host.startTerminal("t1", {});
    host.deliver();
    QCOMPARE(listener.story,
             QStringList {QStringLiteral("no terminal t1: This node is simulated: it has no shell.")});
}

FB_TEST(tst_SimWorkerHost)
#include "tst_sim_worker_host.moc"
