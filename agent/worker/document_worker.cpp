#include "agent/worker/document_worker.h"

#include "agent/worker/order_setting.h"
#include "backend/language/step_decision.h"

#include <fmt/format.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <sys/wait.h>

namespace fb::agent {

DocumentWorker::DocumentWorker(Folders folders, StoredOrder order, std::string agentVersion,
                               const Clock &clock)
    : m_folders(std::move(folders)),
      m_order(std::move(order)),
      m_agentVersion(std::move(agentVersion)),
      m_loop(clock),
      m_descendants(m_loop, m_group)
{
}

Result<std::unique_ptr<DocumentWorker>> DocumentWorker::open(const std::filesystem::path &ownFolder,
                                                             std::string agentVersion, const Clock &clock)
{
    auto own = PrivateFolder::openOrMake(ownFolder);
    auto invocation = PrivateFolder::openOrMake(ownFolder.parent_path());
    auto work = PrivateFolder::openOrMake(ownFolder.parent_path().parent_path());
    if (!own || !invocation || !work)
        return !own ? own.error() : !invocation ? invocation.error() : work.error();
    auto order = readOrder(*work);
    if (!order)
        return order.error();
    return std::make_unique<DocumentWorker>(
        Folders {*std::move(own), *std::move(invocation), *std::move(work)}, *std::move(order),
        std::move(agentVersion), clock);
}

int DocumentWorker::run()
{
    Descendants::becomeSubreaper();
    m_loop.watchSignals({SIGCHLD}, [this](int) { reap(); });
    m_loop.after(Microseconds(0), [this] {
        if (auto ready = read(); !ready)
            return finish(ready.error().message);
        runNext();
    });
    return m_loop.run();
}

Result<void> DocumentWorker::read()
{
    auto run = readDocumentRun(m_folders.own);
    if (!run)
        return run.error();
    m_run = *std::move(run);
    m_documents = calledDocuments(m_order);
    m_environment = orderEnvironment(m_order);
    DocumentRules rules;
    rules.maxBytes = kMaxWireDocument;
    rules.unknownPlugins = true;
    auto document = fromWire(m_run.document.document, m_run.document.parameters, rules);
    if (!document)
        return document.error();
    m_document = *std::move(document);
    auto steps = resolveSteps(m_document->document, m_document->parameters);
    if (!steps)
        return steps.error();
    m_steps = *std::move(steps);
    std::vector<Step> plain;
    for (const ResolvedStep &resolved : m_steps)
        plain.push_back(resolved.step);
    m_flow.emplace(std::move(plain));
    return {};
}

void DocumentWorker::runNext()
{
    while (index() < m_steps.size()) {
        StepContext context;
        context.platform = Platform::Linux;
        context.agentVersion = m_agentVersion;
        context.implements = [](std::string_view action) { return pluginNamed(action) != nullptr; };
        const StepDecision decision = decideStep(m_document->document.schema, step(), context,
                                                 m_document->parameters, m_flow->mustSkip(index()));
        if (decision.kind == StepDecision::Kind::Run) {
            m_attempt = 0;
            return attempt();
        }
        if (decision.kind == StepDecision::Kind::Skip)
            settle({StepStatus::Skipped, 0}, {});
        else
            settle(resultOfFailure(step()), decision.reason);
    }
    finish({});
}

void DocumentWorker::attempt()
{
    ++m_attempt;
    const StepSetting setting {m_steps[index()],     static_cast<uint32_t>(index()),
                               m_folders.invocation, m_environment,
                               &m_documents,         m_run.depth,
                               m_run.place};
    const auto failBeforeRun = [this](const std::string &why) {
        // In the loop's own time: a document of a hundred failing steps is no stack of a hundred calls.
        m_loop.after(Microseconds(0), [this, why] { attemptEnded(resultOfFailure(step()), why, false); });
    };
    auto prepared = prepareStep(setting, m_folders.order);
    if (!prepared)
        return failBeforeRun(prepared.error().message);
    m_prepared = *std::move(prepared);
    if (m_attempt == 1 && !m_prepared.note.empty())
        std::fprintf(stderr, "%s\n", m_prepared.note.c_str());
    SpawnRequest request = m_prepared.request;
    request.output = 1;
    request.error = 2;
    if (const char *mark = std::getenv("FLAGBRIDGE_STEP")) // by which a later worker finds what this one left
        request.environment.push_back(std::string("FLAGBRIDGE_STEP=") + mark);
    const auto pid = spawnProgram(request);
    if (!pid)
        return failBeforeRun(pid.error().message);
    m_pid = *pid;
    m_timeout = m_loop.after(executionTimeout(step()), [this] { timedOut(); });
}

void DocumentWorker::reap()
{
    for (;;) {
        int status = 0;
        const pid_t pid = ::waitpid(-1, &status, WNOHANG);
        if (pid <= 0)
            break;
        if (pid != m_pid || m_descendants.isEnding())
            continue;
        m_pid = 0;
        m_loop.cancel(m_timeout);
        const int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
        std::string note;
        StepResult result = resultOfProcess(step(), code, m_prepared, note);
        const bool isSteering = code == kExitFailure || code == kExitReboot;
        if (result.status == StepStatus::SuccessAndReboot) {
            result = {StepStatus::Failed, code};
            note = "exit code 194 asks for a reboot, which a document within another may not";
        }
        attemptEnded(result, note, !isSteering);
    }
    m_descendants.childEnded();
}

void DocumentWorker::timedOut()
{
    m_descendants.end([this](uint32_t, uint32_t survived) {
        m_pid = 0;
        std::string note = fmt::format("ended after its time-out of {} s", executionTimeout(step()).count());
        if (survived > 0)
            note += fmt::format("; {} processes could not be ended", survived);
        attemptEnded({StepStatus::TimedOut, kExitKilled}, note, true);
    });
}

void DocumentWorker::attemptEnded(StepResult result, const std::string &note, bool mayRetry)
{
    const bool hasFailed = result.status == StepStatus::Failed || result.status == StepStatus::TimedOut;
    if (hasFailed && mayRetry && m_attempt < step().maxAttempts)
        return attempt();
    settle(result, note);
    runNext();
}

void DocumentWorker::settle(StepResult result, const std::string &note)
{
    if (!note.empty() && (result.status == StepStatus::Failed || result.status == StepStatus::TimedOut))
        std::fprintf(stderr, "%s\n", note.c_str());
    m_flow->settled(index(), result);
    m_results.push_back(result);
}

void DocumentWorker::finish(std::string note)
{
    DocumentVerdict verdict {{StepStatus::Failed, 1}, std::move(note)};
    if (verdict.note.empty())
        verdict.result = {documentStatus(m_results), responseCode(m_results)};
    const bool written = writeVerdict(m_folders.own, verdict).has_value();
    m_loop.stop(written && verdict.result.status == StepStatus::Success ? 0 : 1);
}

}
