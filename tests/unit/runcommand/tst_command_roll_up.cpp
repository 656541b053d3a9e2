#include "backend/nodes/runcommand/command_roll_up.h"
#include "tests/support/seeded_random.h"
#include "tests/support/test_main.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace fb;

class tst_CommandRollUp : public QObject
{
    Q_OBJECT

private slots:
    void ended_data();
    void ended();
    void open_data();
    void open();
    void someRuleAlwaysHolds();
};

// The ten rules of spec/run-command.md 3.7, and its worked examples.
void tst_CommandRollUp::ended_data()
{
    QTest::addColumn<CommandCounts>("counts");
    QTest::addColumn<int>("errorLimit");
    QTest::addColumn<bool>("cancelled");
    QTest::addColumn<QString>("status");
    QTest::addColumn<QString>("details");
    const auto row = [](const char *name, const CommandCounts &counts, int errorLimit, bool cancelled,
                        const QString &status, const QString &details) {
        QTest::newRow(name) << counts << errorLimit << cancelled << status << details;
    };
    row("1 no nodes", {}, 0, false, u"Failed"_s, u"NoInstancesInTag"_s);
    row("2 cancelled as a whole", {.targets = 3, .success = 2, .cancelled = 1}, 0, true, u"Cancelled"_s,
        u"Cancelled"_s);
    row("2 cancelled, but all had finished", {.targets = 3, .success = 3}, 0, true, u"Success"_s,
        u"Success"_s);
    row("2 before 3", {.targets = 3, .failed = 2, .cancelled = 1}, 0, true, u"Cancelled"_s, u"Cancelled"_s);
    row("3 over the limit", {.targets = 50, .success = 44, .failed = 6}, 5, false, u"Failed"_s, u"Failed"_s);
    row("4 not delivered", {.targets = 10, .success = 9, .deliveryTimedOut = 1}, 0, false, u"TimedOut"_s,
        u"DeliveryTimedOut"_s);
    row("4 within the limit is 10", {.targets = 10, .success = 9, .deliveryTimedOut = 1}, 1, false,
        u"Failed"_s, u"Incomplete"_s);
    row("5 all well", {.targets = 4, .success = 4}, 0, false, u"Success"_s, u"Success"_s);
    row("6 all denied", {.targets = 4, .accessDenied = 4}, 0, false, u"Failed"_s, u"AccessDenied"_s);
    row("7 none reached", {.targets = 4, .undeliverable = 2, .invalidPlatform = 1, .accessDenied = 1}, 0,
        false, u"Failed"_s, u"Failed"_s);
    row("8 all cancelled one by one", {.targets = 2, .cancelled = 2}, 0, false, u"Cancelled"_s,
        u"Cancelled"_s);
    row("9 one of five reached", {.targets = 5, .success = 1, .undeliverable = 4}, 0, false, u"Success"_s,
        u"Success"_s);
    row("10 errors within the limit", {.targets = 50, .success = 45, .failed = 5}, 5, false, u"Failed"_s,
        u"Incomplete"_s);
    row("10 one cancelled", {.targets = 2, .success = 1, .cancelled = 1}, 0, false, u"Failed"_s,
        u"Incomplete"_s);
}

void tst_CommandRollUp::ended()
{
    QFETCH(CommandCounts, counts);
    QFETCH(int, errorLimit);
    QFETCH(bool, cancelled);
    QFETCH(QString, status);
    QFETCH(QString, details);
    const CommandState state = rollUp(counts, errorLimit, cancelled);
    QCOMPARE(enumName(statusOf(state)), status);
    QCOMPARE(enumName(state), details);
}

void tst_CommandRollUp::open_data()
{
    QTest::addColumn<CommandCounts>("counts");
    QTest::addColumn<bool>("cancelled");
    QTest::addColumn<CommandState>("state");
    QTest::addRow("none released") << CommandCounts {.targets = 2, .pending = 2} << false
                                   << CommandState::Pending;
    QTest::addRow("one runs") << CommandCounts {.targets = 2, .pending = 1, .inProgress = 1} << false
                              << CommandState::InProgress;
    QTest::addRow("open ones all wait for nodes")
        << CommandCounts {.targets = 3, .delayed = 2, .success = 1} << false << CommandState::Delayed;
    QTest::addRow("being cancelled") << CommandCounts {.targets = 2, .cancelling = 1, .success = 1} << true
                                     << CommandState::Cancelling;
}

void tst_CommandRollUp::open()
{
    QFETCH(CommandCounts, counts);
    QFETCH(bool, cancelled);
    QFETCH(CommandState, state);
    QCOMPARE(rollUp(counts, 0, cancelled), state);
}

// Counters moved by transitions add up to what a recount gives, and a command whose rows have all ended has ended.
void tst_CommandRollUp::someRuleAlwaysHolds()
{
    test::SeededRandom random(7);
    const std::array<InvocationState, 13> states {
        InvocationState::Pending,           InvocationState::Delayed,
        InvocationState::InProgress,        InvocationState::Cancelling,
        InvocationState::Success,           InvocationState::Failed,
        InvocationState::ExecutionTimedOut, InvocationState::DeliveryTimedOut,
        InvocationState::Cancelled,         InvocationState::Terminated,
        InvocationState::Undeliverable,     InvocationState::InvalidPlatform,
        InvocationState::AccessDenied};
    for (int round = 0; round < 500; ++round) {
        std::vector<InvocationState> rows(1 + random.below(12), InvocationState::Pending);
        CommandCounts counts {.targets = static_cast<int64_t>(rows.size())};
        counts.add(InvocationState::Pending, counts.targets);
        for (int step = 0; step < 60; ++step) {
            InvocationState &row = rows[random.below(rows.size())];
            if (isTerminal(row))
                continue;
            const InvocationState next = states[random.below(states.size())];
            counts.move(row, next);
            row = next;
            CommandCounts recounted {.targets = counts.targets};
            bool anyOpen = false;
            for (const InvocationState state : rows) {
                recounted.add(state);
                anyOpen = anyOpen || !isTerminal(state);
            }
            QVERIFY(counts == recounted);
            QCOMPARE(isTerminal(rollUp(counts, static_cast<int64_t>(random.below(5)), random.below(2) == 0)),
                     !anyOpen);
        }
    }
}

FB_TEST(tst_CommandRollUp)
#include "tst_command_roll_up.moc"
