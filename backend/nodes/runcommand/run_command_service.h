#pragma once
// Run Command: one document with parameters to one node or thousands, under rate and error limits, each node's result kept
// (spec/run-command.md). Public methods are the AWS operations; each checks Access first. Lives on the engine thread.
//
// A change is answered at once and becomes true with the turn's commit: what leaves the engine waits for Database::whenCommitted.

#include "backend/base/paging_token.h"
#include "backend/dispatch/order_owner.h"
#include "backend/nodes/runcommand/command_history.h"
#include "backend/nodes/runcommand/command_queries.h"
#include "backend/nodes/runcommand/deadline_queue.h"
#include "backend/nodes/runcommand/output_recorder.h"
#include "backend/nodes/runcommand/release_scheduler.h"
#include "backend/nodes/runcommand/result_recorder.h"
#include "backend/nodes/runcommand/send_command.h"

#include <QObject>
#include <QTimer>

namespace fb {

struct RunCommandSettings {
    qint64 mostOpenInvocations = 1'000'000; // quota of the fleet
    std::chrono::hours keepFor {24 * 30}; // after completion
    qint64 keepInvocations = 1'000'000;
    std::chrono::seconds restartGrace {60}; // in which nodes may bring results made while the engine was down
    OutputLimits output;
};

class RunCommandService : public QObject, public OrderOwner
{
    Q_OBJECT

public:
    static constexpr auto kOwnerName = "runcommand";

    RunCommandService(RunCommandParts parts, ArtifactStore &artifacts, OutputChannel &outputChannel,
                      const PagingTokens &tokens, RunCommandSettings settings = {});
    ~RunCommandService() override;

    // Takes up what an earlier run left. After OrderOutbox::start(), before nodes connect; the outbox knows this owner already.
    Result<void> start();

    // ---- Operations
    Result<Command> sendCommand(const Principal &who, const SendCommandRequest &request,
                                const CommandOrigin &origin = {});
    Result<void> cancelCommand(const Principal &who, const CommandId &command,
                               const QStringList &instanceIds = {});
    Result<CommandPage> listCommands(const Principal &who, const ListCommandsRequest &request);
    Result<InvocationPage> listCommandInvocations(const Principal &who,
                                                  const ListCommandInvocationsRequest &request);
    QFuture<Result<InvocationResult>> getCommandInvocation(const Principal &who, const CommandId &command,
                                                           const QString &instanceId,
                                                           const QString &pluginName = {});
    // For the console: one command, all its rows in release order, the steps of one row, and any part of any output.
    Result<Command> command(const Principal &who, const CommandId &command);
    Result<QList<Invocation>> invocationsOf(const Principal &who, const CommandId &command);
    Result<QList<InvocationStep>> stepsOf(const Principal &who, const CommandId &command,
                                          const QString &instanceId);
    QFuture<Result<OutputChunk>> readOutput(const Principal &who, const CommandId &command,
                                            const QString &instanceId, int step, OutputStream stream,
                                            qint64 offset, qint64 length);

    // ---- What happens to nodes
    void nodeConnected(const NodeId &node); // may be sent orders
    void nodeLost(const NodeId &node);
    Result<void> nodeDeregistered(Transaction &tx,
                                  const NodeId &node); // in the transaction that deregisters it
    void alarmRaised(const QString &alarm); // a running command that watches it stops

    OutputRecorder &outputs() { return m_outputs; }
    CommandHistory history() const { return {m_parts.database, m_parts.access}; }

    // ---- Time. A timer of its own calls onTime(); tests do it by hand.
    void onTime();
    void turn(); // releases what nodes that came or went allow; runs by itself at the turn's end
    Result<qint64> removeExpired(); // retention; commands removed, some hundred a call at most

    // ---- OrderOwner
    Result<std::shared_ptr<const OrderContent>> orderContent(const Order &order) override;
    Result<void> checkReport(const Order &order, const OrderReport &report) const override;
    Result<void> applyReports(Transaction &tx, std::span<const AppliedReport> reports) override;
    Result<void> orderUnsendable(Transaction &tx, const Order &order, const Error &why) override;

signals:
    // After the commit, once a turn.
    void commandsChanged(const QList<fb::Command> &commands);
    void invocationsChanged(const QList<fb::Invocation> &invocations);
    // As it arrives.
    void outputArrived(const fb::CommandId &command, const QString &instanceId, int step,
                       fb::OutputStream stream, qint64 offset, const QByteArray &bytes);

private:
    // fn(CommandTurn &) -> Result<void> inside `tx`; then everything the turn changed is written.
    template <typename Fn>
    Result<void> inTurn(Transaction &tx, Fn fn);
    template <typename Fn>
    Result<void> write(Fn fn); // the same in a write of its own

    void ensureLoaded();
    Result<void> load();
    void takeUp();
    void arm(const OpenCommand &open);
    void armTimer();
    void scheduleTurn();

    Result<void> cancelRows(CommandTurn &turn, OpenCommand &open, const QStringList &instanceIds);
    Result<void> cancelWhole(CommandTurn &turn, OpenCommand &open);
    Result<void> cancelRow(CommandTurn &turn, OpenCommand &open, Invocation &row, QList<OrderId> &told,
                           QList<OrderId> &withdrawn);
    Result<void> expireDelivery(CommandTurn &turn, OpenCommand &open);
    Result<void> expireAll(CommandTurn &turn, OpenCommand &open);
    void audit(Transaction &tx, const Principal &who, Action action, const CommandId &command,
               const QJsonObject &more);
    Error refused(const Principal &who, Action action, const QString &target, const Error &error);

    RunCommandParts m_parts;
    RunCommandSettings m_settings;
    CommandRepository m_commands;
    StepRepository m_steps;
    OpenCommands m_open;
    OutputRecorder m_outputs;
    ResultRecorder m_results;
    ReleaseScheduler m_scheduler;
    CommandQueries m_queries;
    DeadlineQueue m_deadlines;
    QTimer m_timer;
    std::optional<Tick> m_graceUntil; // after a restart
    std::vector<std::pair<QString, bool>> m_nodeChanges; // came (true) or went, not looked at yet
    bool m_turnScheduled = false;
    bool m_mustReload = false;
};

}
