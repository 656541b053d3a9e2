#pragma once
// Runs the document of an aws:runDocument step to its end, in a process of its own: its steps' output is this process's, and what they come
// to is the verdict it leaves (spec/documents.md 3.12). A cancel or the outer step's time-out ends it from outside. One thread.

#include "agent/plugins/document_run.h"
#include "agent/plugins/plugin.h"
#include "agent/spool/work_folder.h"
#include "agent/worker/descendants.h"
#include "agent/worker/worker_loop.h"
#include "backend/core/clock.h"
#include "backend/language/flow.h"

#include <optional>

namespace fb::agent {

class DocumentWorker
{
public:
    struct Folders {
        PrivateFolder own; // of the step that runs the document
        PrivateFolder invocation; // shared by all documents of the order
        PrivateFolder order;
    };
    DocumentWorker(Folders folders, StoredOrder order, std::string agentVersion, const Clock &clock);
    int run(); // exit code of the process

    // The folders and the order above the step's own folder.
    static Result<std::unique_ptr<DocumentWorker>> open(const std::filesystem::path &ownFolder,
                                                        std::string agentVersion, const Clock &clock);

private:
    Result<void> read();
    void runNext();
    void attempt();
    void reap();
    void timedOut();
    void attemptEnded(StepResult result, const std::string &note, bool mayRetry);
    void settle(StepResult result, const std::string &note);
    void finish(std::string note);
    size_t index() const { return m_results.size(); }
    const Step &step() const { return m_steps[index()].step; }

    Folders m_folders;
    StoredOrder m_order;
    std::string m_agentVersion;
    WorkerLoop m_loop;
    ControlGroup m_group; // the order's own is around this process already
    Descendants m_descendants;

    DocumentRun m_run;
    std::map<std::string, CalledDocument> m_documents;
    std::map<std::string, std::string> m_environment;
    std::optional<ReceivedDocument> m_document;
    std::vector<ResolvedStep> m_steps;
    std::optional<Flow> m_flow;
    std::vector<StepResult> m_results;

    PreparedProcess m_prepared; // of the step that runs
    pid_t m_pid = 0;
    int m_attempt = 0;
    WorkerLoop::TimerId m_timeout = 0;
};

}
