#pragma once
// Runs one order to its end: the steps one after the other, their results on disk, whether a supervisor listens or not. Started again on
// the same folder it goes on: a step that had begun is "interrupted" (spec/run-command.md 3.8), those before it keep their results. One
// thread; the whole process is its own.

#include "agent/plugins/plugin.h"
#include "agent/spool/work_folder.h"
#include "agent/worker/descendants.h"
#include "agent/worker/file_fetch.h"
#include "agent/worker/output_file.h"
#include "agent/worker/step_process.h"
#include "agent/worker/supervisor_peer.h"
#include "agent/worker/worker_loop.h"
#include "backend/core/clock.h"
#include "backend/language/flow.h"
#include "backend/language/resolved_step.h"
#include "backend/language/wire_document.h"

#include <optional>

namespace fb::agent {

struct OrderWorkerOptions {
    std::string agentVersion;
    UniqueFd listener; // from the supervisor; none: makes its own
    uint64_t spoolLimit = 0; // bytes; 0: by the disk
};

class OrderWorker
{
public:
    OrderWorker(PrivateFolder folder, StoredOrder order, OrderWorkerOptions options, const Clock &clock);
    int run(); // exit code of the process

private:
    void start();
    std::vector<NeededFile> attachments() const;
    Result<void> placeAttachments() const; // into the invocation's downloads
    void takeUp(); // results and remains of an earlier worker
    void runNext();
    void runStep(uint32_t index);
    void fetchAndRun();
    void attempt();
    void startProcess();
    std::filesystem::path stateFolder() const;
    StepSetting setting() const;
    void attemptEnded(const StepProcess::Outcome &outcome);
    void settle(StepResult result, std::string note);
    void settleWithoutRun(uint32_t index, StepResult result, std::string note);
    void finishOrder(std::string trace);
    void openOutputs(uint32_t index);
    void tellGrowth();
    void tellEverything();
    void received(PacketReader &packet);
    void cancel();
    void tellCancelled(uint32_t killed, uint32_t survived);
    void reap();
    void leave();
    int64_t now() const;
    uint32_t index() const { return static_cast<uint32_t>(m_results.size()); }
    std::string stepMark(uint32_t step) const;
    void watchSpool();
    void hold();

    PrivateFolder m_folder;
    StoredOrder m_order;
    OrderWorkerOptions m_options;
    const Clock &m_clock;
    WorkerLoop m_loop;
    ControlGroup m_group;
    Descendants m_descendants;
    SupervisorPeer m_peer;
    FileFetch m_fetch;

    std::optional<ReceivedDocument> m_document;
    std::vector<ResolvedStep> m_steps;
    std::map<std::string, CalledDocument> m_documents; // that steps call
    std::optional<Flow> m_flow;
    std::optional<PrivateFolder> m_invocation;
    std::vector<StepResult> m_results; // settled, in order
    std::vector<wire::OrderStep> m_messages;
    int64_t m_startedAt = 0;

    // Of the step that runs.
    std::optional<OutputFile> m_out;
    std::optional<OutputFile> m_err;
    std::unique_ptr<StepProcess> m_process;
    PreparedProcess m_prepared;
    int m_attempt = 0;
    int m_takenUp = 0;
    int64_t m_stepStartedAt = 0;
    std::string m_note;
    uint64_t m_toldOut = 0;
    uint64_t m_toldErr = 0;

    bool m_cancelled = false;
    bool m_cancelTold = false;
    uint32_t m_killed = 0;
    uint32_t m_survived = 0;
    bool m_holding = false; // the supervisor says so
    bool m_isSpoolFull = false; // as this worker sees it
    uint64_t m_lookedAt = 0; // bytes of the step's output, when it looked
    Tick m_lookedWhen {};
    bool m_ended = false;
};

}
