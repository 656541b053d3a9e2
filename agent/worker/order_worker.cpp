#include "agent/worker/order_worker.h"

#include "agent/platform/process_tree.h"
#include "agent/platform/user_account.h"
#include "agent/spool/spool_quota.h"
#include "agent/worker/order_setting.h"
#include "backend/core/byte_encoding.h"
#include "backend/core/text_safety.h"
#include "backend/language/step_decision.h"

#include <fmt/format.h>

#include <csignal>
#include <sys/wait.h>

namespace fb::agent {

namespace {

    constexpr size_t kStdoutHead = 24'000;
    constexpr size_t kStderrHead = 8'000;
    constexpr uint64_t kDefaultOutputLimit = 100ull * 1024 * 1024;
    constexpr int kSignalled = 128; // and its number: of a process that a signal has ended
    constexpr int kMaxReruns = 15; // of a step that declares onInterrupt: rerun
    constexpr int kMaxTakenUp = 5; // starts of a process that was killed, of those that go on
    constexpr std::chrono::hours kFilesWithin {1};
    constexpr std::chrono::seconds kLinger {2}; // after the end, for a supervisor that has not read it yet
    constexpr std::string_view kInterrupted = "interrupted";

    // 16 MiB that the supervisor keeps for this moment: the result goes out although the disk is full (run-command 7).
    void freeReserve(const PrivateFolder &folder)
    {
        const std::filesystem::path reserve = folder.path().parent_path().parent_path() / "reserve";
        ::unlink(reserve.c_str());
    }

    Result<void> writeSurely(const PrivateFolder &folder, std::string_view name, const std::string &bytes)
    {
        auto written = folder.write(name, bytes);
        if (!written) {
            freeReserve(folder);
            written = folder.write(name, bytes);
        }
        return written;
    }

    StepResult failed(int code) { return {StepStatus::Failed, code}; }

}

OrderWorker::OrderWorker(PrivateFolder folder, StoredOrder order, OrderWorkerOptions options,
                         const Clock &clock)
    : m_folder(std::move(folder)),
      m_order(std::move(order)),
      m_options(std::move(options)),
      m_clock(clock),
      m_loop(clock),
      m_group(ControlGroup::enter(
          fmt::format("flagbridge-{}-{}", m_order.head.order_id(), m_order.head.attempt()))),
      m_descendants(m_loop, m_group),
      m_peer(m_loop,
             {.connected = [this] { tellEverything(); },
              .received = [this](PacketReader &packet) { received(packet); },
              .disconnected = [] {},
              .writable = [this] { tellEverything(); }}),
      m_fetch(m_loop, m_peer, m_folder)
{
}

int64_t OrderWorker::now() const { return toMicros(m_clock.now()); }

int OrderWorker::run()
{
    Descendants::becomeSubreaper();
    if (auto listening = m_peer.listen(m_folder, std::move(m_options.listener)); !listening)
        return 1;
    m_loop.watchSignals({SIGCHLD, SIGTERM, SIGINT, SIGHUP}, [this](int number) {
        if (number == SIGCHLD)
            reap();
        // Others are for the supervisor: a stop of the service does not stop what runs (KillMode=process).
    });
    m_loop.after(Microseconds(0), [this] { start(); });
    return m_loop.run();
}

// ---- Start -------------------------------------------------------------------------------------------------------

void OrderWorker::start()
{
    m_startedAt = now();
    if (readResult(m_folder)) { // finished by an earlier worker
        m_ended = true;
        return leave();
    }
    auto invocation = m_folder.subfolder("run");
    if (!invocation)
        return finishOrder(invocation.error().message);
    m_invocation = *std::move(invocation);
    if (auto downloads = m_invocation->subfolder("downloads"); !downloads)
        return finishOrder(downloads.error().message);

    // The engine has checked it; the node checks it again with the same code. Its size is bounded by the message.
    DocumentRules rules;
    rules.maxBytes = kMaxWireDocument;
    rules.unknownPlugins = true; // a step with one fails by name
    auto document = fromWire(m_order.body.document_json(), m_order.body.parameters_json(), rules);
    if (!document)
        return finishOrder(document.error().message);
    m_document = *std::move(document);
    auto steps = resolveSteps(m_document->document, m_document->parameters);
    if (!steps)
        return finishOrder(steps.error().message);
    m_documents = calledDocuments(m_order);
    m_steps = *std::move(steps);
    std::vector<Step> plain;
    for (const ResolvedStep &step : m_steps)
        plain.push_back(step.step);
    m_flow.emplace(std::move(plain));
    takeUp();
    auto files = attachments();
    if (files.empty() || index() > 0)
        return runNext();
    m_fetch.fetch(std::move(files), kFilesWithin, [this](const Result<void> &fetched) {
        const auto placed = fetched ? placeAttachments() : fetched;
        if (!placed && !m_cancelled)
            return finishOrder("Attachment " + placed.error().message);
        runNext();
    });
}

std::vector<NeededFile> OrderWorker::attachments() const
{
    std::vector<NeededFile> files;
    for (const wire::Attachment &file : m_order.body.attachments())
        files.push_back({file.name(), file.sha256(), file.size()});
    return files;
}

Result<void> OrderWorker::placeAttachments() const
{
    const auto downloads = m_invocation->subfolder("downloads");
    const auto files = m_folder.existingSubfolder(workNames::kFiles);
    if (!downloads || !files)
        return downloads ? files.error() : downloads.error();
    for (const NeededFile &file : attachments()) {
        if (!isPlainName(file.name))
            return makeError(
                errors::kValidation,
                fmt::format("\"{}\" is no name of a file", withVisibleEscapes(toValidUtf8(file.name))));
        downloads->remove(file.name);
        if (auto copied = files->copyTo(toHex(file.sha256), *downloads, file.name); !copied)
            return makeError(errors::kServiceUnavailable,
                             fmt::format("{}: {}", file.name, copied.error().message));
    }
    return {};
}

void OrderWorker::takeUp()
{
    for (const wire::OrderStep &message : readStepResults(m_folder)) {
        if (m_results.size() >= m_steps.size())
            break;
        const StepResult result {stepStatusNamed(message.status()).value_or(StepStatus::Failed),
                                 message.response_code()};
        m_flow->settled(m_results.size(), result);
        m_results.push_back(result);
        m_messages.push_back(message);
        m_startedAt = std::min(m_startedAt, message.start_us());
    }
    const uint32_t next = index();
    // The mark of an earlier worker: in the same boot its files are as it left them; after another boot a missing mark proves
    // nothing, and the step must never run twice.
    const auto earlier = m_folder.read(workNames::kPid, 200);
    const std::string boot = currentBootId();
    const bool isSecondWorker = earlier.has_value();
    const bool sameBoot = isSecondWorker && earlier->ends_with(boot);
    const auto begun = m_folder.has(workNames::begunOf(next));
    if (const auto own = stampOf(::getpid()))
        (void)m_folder.write(workNames::kPid, own->text() + " " + boot, Durability::WhenWritten);
    const bool interrupted = next < m_steps.size() && (begun || (isSecondWorker && !sameBoot));
    if (!interrupted)
        return;
    if (begun && sameBoot) { // what the dead worker's script left running, wherever it has gone
        for (int round = 0; round < 5; ++round)
            for (const pid_t pid : processesWithVariable(stepMark(next)))
                ::kill(pid, SIGKILL);
    }
    m_folder.remove(workNames::begunOf(next));
    const std::string tries = m_folder.read(workNames::triesOf(next), 20).value_or("0");
    const int reruns = std::atoi(tries.c_str());
    const StepPlugin *plugin = pluginNamed(m_steps[next].step.action);
    const bool mayRunAgain = m_steps[next].step.rerunOnInterrupt || (plugin && plugin->takesUp());
    if (mayRunAgain && reruns < kMaxReruns) {
        (void)m_folder.write(workNames::triesOf(next), fmt::format("{}", reruns + 1));
        return;
    }
    openOutputs(next);
    m_stepStartedAt = now();
    settle(failed(kExitKilled), std::string(kInterrupted));
}

// ---- Steps -------------------------------------------------------------------------------------------------------

void OrderWorker::runNext()
{
    if (index() >= m_steps.size())
        return finishOrder({});
    const ResolvedStep &resolved = m_steps[index()];
    if (m_cancelled)
        return settleWithoutRun(index(), {StepStatus::Skipped, 0}, "cancelled before it began");
    StepContext context;
    context.platform = Platform::Linux;
    context.agentVersion = m_options.agentVersion;
    context.implements = [](std::string_view action) { return pluginNamed(action) != nullptr; };
    const StepDecision decision = decideStep(m_document->document.schema, resolved.step, context,
                                             m_document->parameters, m_flow->mustSkip(index()));
    if (decision.kind == StepDecision::Kind::Skip)
        return settleWithoutRun(index(), {StepStatus::Skipped, 0}, decision.reason);
    if (decision.kind == StepDecision::Kind::Fail)
        return settleWithoutRun(index(), resultOfFailure(resolved.step), decision.reason);
    runStep(index());
}

void OrderWorker::openOutputs(uint32_t step)
{
    const uint64_t limit
        = m_order.body.output_limit_bytes() > 0 ? m_order.body.output_limit_bytes() : kDefaultOutputLimit;
    m_out.emplace(m_folder, workNames::stdoutOf(step), limit, kStdoutHead);
    m_err.emplace(m_folder, workNames::stderrOf(step), limit, kStderrHead);
    m_isSpoolFull = false; // it may have drained since; the next look tells
    hold();
    m_lookedAt = 0;
    m_toldOut = m_out->size();
    m_toldErr = m_err->size();
}

void OrderWorker::settleWithoutRun(uint32_t step, StepResult result, std::string note)
{
    openOutputs(step);
    m_stepStartedAt = now();
    settle(result, std::move(note));
    runNext();
}

void OrderWorker::runStep(uint32_t step)
{
    openOutputs(step);
    m_attempt = 0;
    m_note.clear();
    m_stepStartedAt = now();
    m_takenUp = 0;
    fetchAndRun();
}

std::filesystem::path OrderWorker::stateFolder() const { return m_folder.path().parent_path().parent_path(); }

StepSetting OrderWorker::setting() const
{
    StepSetting setting {m_steps[index()], index(), *m_invocation, orderEnvironment(m_order), &m_documents};
    setting.order = &m_order.body;
    setting.state = stateFolder();
    setting.files = m_folder.path() / workNames::kFiles;
    return setting;
}

// What the step needs from the engine comes first.
void OrderWorker::fetchAndRun()
{
    auto needed = pluginNamed(m_steps[index()].step.action)->neededFiles(setting());
    if (needed && needed->empty())
        return attempt();
    const auto fail = [this](const Error &error) {
        settle(m_cancelled ? StepResult {StepStatus::Cancelled, kExitKilled}
                           : resultOfFailure(m_steps[index()].step),
               error.message);
        runNext();
    };
    if (!needed)
        return fail(needed.error());
    m_fetch.fetch(*std::move(needed), kFilesWithin, [this, fail](const Result<void> &fetched) {
        if (fetched)
            attempt();
        else
            fail(fetched.error());
    });
}

// In the environment of all that a step starts, so that it is found again after a crash of this worker.
std::string OrderWorker::stepMark(uint32_t step) const
{
    return fmt::format("FLAGBRIDGE_STEP={}-{}-{}", m_order.head.order_id(), m_order.head.attempt(), step);
}

void OrderWorker::attempt()
{
    ++m_attempt;
    const ResolvedStep &resolved = m_steps[index()];
    const auto failBeforeRun = [this, &resolved](const std::string &reason) {
        settle(resultOfFailure(resolved.step), reason);
        runNext();
    };
    auto prepared = prepareStep(setting(), m_folder);
    if (!prepared)
        return failBeforeRun(prepared.error().message);
    if (m_attempt == 1)
        m_note = prepared->note;
    m_prepared = *std::move(prepared);
    if (!m_out->failure().empty() || !m_err->failure().empty())
        return failBeforeRun(m_out->failure().empty() ? m_err->failure() : m_out->failure());

    // Marked before the start: a worker that comes after us must know that it may have run.
    if (auto marked = m_folder.write(workNames::begunOf(index()), {}, Durability::WhenWritten); !marked)
        return failBeforeRun(marked.error().message);
    startProcess();
}

void OrderWorker::startProcess()
{
    const ResolvedStep &resolved = m_steps[index()];
    m_process = std::make_unique<StepProcess>(
        m_loop, m_descendants, *m_out, *m_err, [this] { tellGrowth(); },
        [this](const StepProcess::Outcome &outcome) {
            // StepProcess must not go while it calls.
            m_loop.after(Microseconds(0), [this, outcome] { attemptEnded(outcome); });
        });
    SpawnRequest request = m_prepared.request;
    request.environment.push_back(stepMark(index()));
    const auto pid = m_process->start(std::move(request), executionTimeout(resolved.step));
    if (!pid) {
        m_process.reset();
        settle(resultOfFailure(resolved.step), pid.error().message);
        runNext();
    }
}

void OrderWorker::attemptEnded(const StepProcess::Outcome &outcome)
{
    m_process.reset();
    const Step &step = m_steps[index()].step;
    const bool wasKilled = outcome.end == StepProcess::End::Exited && outcome.code > kSignalled;
    if (wasKilled && m_prepared.isTakenUp && !m_cancelled && ++m_takenUp <= kMaxTakenUp)
        return startProcess();
    StepResult result;
    std::string note = m_note;
    const auto addNote
        = [&note](std::string_view text) { note += (note.empty() ? "" : "; ") + std::string(text); };
    switch (outcome.end) {
    case StepProcess::End::Exited:
        result = resultOfProcess(step, outcome.code, m_prepared, note);
        break;
    case StepProcess::End::TimedOut:
        result = {StepStatus::TimedOut, kExitKilled};
        addNote(fmt::format("ended after its time-out of {} s", executionTimeout(step).count()));
        break;
    case StepProcess::End::Cancelled:
        result = {StepStatus::Cancelled, kExitKilled};
        tellCancelled(outcome.killed, outcome.survived);
        break;
    }
    if (outcome.survived > 0)
        addNote(fmt::format("{} processes could not be ended", outcome.survived));
    if (result.status == StepStatus::SuccessAndReboot) {
        result = failed(outcome.code);
        addNote(
            runsAsRoot()
                ? "exit code 194 asks for a reboot, which is not allowed on this node"
                : fmt::format("exit code 194 asks for a reboot, which this agent may not do: it runs as {}",
                              ownAccount().name));
    }
    if (const std::string &failure = m_out->failure().empty() ? m_err->failure() : m_out->failure();
        !failure.empty()) {
        result = failed(outcome.code ? outcome.code : 1);
        addNote(failure);
    }
    const bool again = (result.status == StepStatus::Failed || result.status == StepStatus::TimedOut)
        && m_attempt < step.maxAttempts && outcome.code != kExitFailure && outcome.code != kExitReboot;
    if (again && !m_cancelled)
        return attempt();
    settle(result, std::move(note));
    runNext();
}

void OrderWorker::settle(StepResult result, std::string note)
{
    const uint32_t step = index();
    // A failure without a script to explain it is explained where one looks for it.
    if (!note.empty() && (result.status == StepStatus::Failed || result.status == StepStatus::TimedOut))
        m_err->add((m_err->size() > 0 && !m_err->tail().ends_with('\n') && !m_err->head().ends_with('\n')
                        ? "\n"
                        : "")
                   + note + "\n");
    m_out->finish();
    m_err->finish();
    wire::OrderStep message;
    message.set_order_id(m_order.head.order_id());
    message.set_attempt(m_order.head.attempt());
    message.set_step_index(step);
    message.set_step_name(m_steps[step].step.name);
    message.set_plugin(m_steps[step].step.action);
    message.set_status(std::string(stepStatusName(result.status)));
    message.set_response_code(result.code);
    message.set_start_us(m_stepStartedAt);
    message.set_end_us(now());
    message.set_note(note);
    message.set_stdout_head(m_out->head());
    message.set_stderr_head(m_err->head());
    message.set_stdout_tail(m_out->tail());
    message.set_stdout_size(m_out->size());
    message.set_stderr_size(m_err->size());
    message.set_stdout_dropped(m_out->dropped());
    message.set_stderr_dropped(m_err->dropped());
    // Output first, then the result that speaks of it.
    (void)m_out->sync();
    (void)m_err->sync();
    message.set_stdout_sha256(m_out->digest());
    message.set_stderr_sha256(m_err->digest());
    tellGrowth();
    m_results.push_back(result);
    m_messages.push_back(message);
    m_flow->settled(step, result);
    // The last step's result is in result.pb a moment later, synced there.
    if (m_results.size() < m_steps.size())
        (void)writeSurely(m_folder, workNames::resultOf(step), message.SerializeAsString());
    else
        (void)m_folder.write(workNames::resultOf(step), message.SerializeAsString(), Durability::WhenWritten);
    m_out.reset();
    m_err.reset();
    m_peer.send(Packet(WorkerMessage::StepEnded).u32(step).bytes);
}

void OrderWorker::finishOrder(std::string trace)
{
    wire::OrderResult result;
    result.set_order_id(m_order.head.order_id());
    result.set_attempt(m_order.head.attempt());
    result.set_dispatch_seq(m_order.head.dispatch_seq());
    StepStatus status = trace.empty() ? documentStatus(m_results) : StepStatus::Failed;
    if (m_cancelled && status == StepStatus::Success)
        status = StepStatus::Cancelled; // nothing ran any more
    result.set_status(std::string(stepStatusName(status)));
    result.set_response_code(trace.empty() ? responseCode(m_results) : 1);
    result.set_trace(std::string(firstCodePoints(toValidUtf8(trace), 2500)));
    result.set_start_us(m_startedAt);
    result.set_end_us(now());
    for (const wire::OrderStep &step : m_messages)
        *result.add_steps() = step;
    if (auto written = writeSurely(m_folder, workNames::kResult, result.SerializeAsString()); !written) {
        // Not even with the reserve: tried again until it works; the supervisor can still be told nothing that is not on disk.
        m_loop.after(std::chrono::seconds(5), [this, trace] { finishOrder(trace); });
        return;
    }
    m_ended = true;
    tellEverything();
    leave();
}

void OrderWorker::leave()
{
    // A script's own children may live on (nohup): the subreaper's end hands them to init.
    m_loop.after(m_peer.isConnected() ? Microseconds(0) : Microseconds(kLinger), [this] { m_loop.stop(0); });
}

// ---- Supervisor --------------------------------------------------------------------------------------------------

void OrderWorker::hold()
{
    if (!m_out || !m_err)
        return;
    m_out->hold(m_holding || m_isSpoolFull);
    m_err->hold(m_holding || m_isSpoolFull);
}

// After each MiB: a supervisor that is slow, or away, says nothing in time. While it is full, more often: no more is dropped than must be.
void OrderWorker::watchSpool()
{
    constexpr uint64_t kLookEvery = 1024 * 1024;
    constexpr Microseconds kLookAgainAfter = std::chrono::milliseconds(100);
    const uint64_t printed = m_out->size() + m_out->dropped() + m_err->size() + m_err->dropped();
    const bool isDue = m_isSpoolFull && m_clock.tick() - m_lookedWhen >= kLookAgainAfter;
    if (printed - m_lookedAt < kLookEvery && !isDue)
        return;
    m_lookedAt = printed;
    m_lookedWhen = m_clock.tick();
    const auto work = PrivateFolder::openOrMake(m_folder.path().parent_path());
    if (!work)
        return;
    const uint64_t limit = m_options.spoolLimit > 0 ? m_options.spoolLimit : spoolLimit(*work);
    const uint64_t used = spoolUsed(*work);
    m_isSpoolFull = m_isSpoolFull ? used > limit * 9 / 10 : used >= limit;
    hold();
}

void OrderWorker::tellGrowth()
{
    if (!m_out || !m_err)
        return;
    watchSpool();
    if (m_out->size() > m_toldOut) {
        m_toldOut = m_out->size();
        m_peer.send(Packet(WorkerMessage::OutputGrew).u32(index()).u32(0).u64(m_toldOut).bytes);
    }
    if (m_err->size() > m_toldErr) {
        m_toldErr = m_err->size();
        m_peer.send(Packet(WorkerMessage::OutputGrew).u32(index()).u32(1).u64(m_toldErr).bytes);
    }
}

// All that counts, in order; what the supervisor knows already does no harm.
void OrderWorker::tellEverything()
{
    bool taken = true;
    for (uint32_t step = 0; step < index(); ++step)
        taken = taken && m_peer.send(Packet(WorkerMessage::StepEnded).u32(step).bytes);
    m_toldOut = m_toldErr = 0;
    tellGrowth();
    m_fetch.ask();
    if (m_cancelTold)
        m_peer.send(Packet(WorkerMessage::Cancelled).u32(m_killed).u32(m_survived).bytes);
    if (m_ended)
        m_peer.send(Packet(WorkerMessage::Ended).bytes);
}

void OrderWorker::received(PacketReader &packet)
{
    switch (packet.kind()) {
    case WorkerMessage::Cancel:
        return cancel();
    case WorkerMessage::FileCame:
    case WorkerMessage::FileFailed:
        return m_fetch.received(packet);
    case WorkerMessage::HoldOutput:
    case WorkerMessage::ReleaseOutput:
        m_holding = packet.kind() == WorkerMessage::HoldOutput;
        m_isSpoolFull = m_isSpoolFull && m_holding; // who releases has just counted
        return hold();
    default:
        return;
    }
}

void OrderWorker::cancel()
{
    if (m_cancelled || m_ended)
        return;
    m_cancelled = true;
    if (m_process)
        m_process->cancel();
    else
        tellCancelled(0, 0);
    m_fetch.cancel();
}

void OrderWorker::tellCancelled(uint32_t killed, uint32_t survived)
{
    m_killed = killed;
    m_survived = survived;
    m_cancelTold = true;
    m_peer.send(Packet(WorkerMessage::Cancelled).u32(killed).u32(survived).bytes);
}

void OrderWorker::reap()
{
    for (;;) {
        int status = 0;
        const pid_t pid = ::waitpid(-1, &status, WNOHANG);
        if (pid <= 0)
            break;
        if (m_process)
            m_process->reaped(pid, status);
    }
    m_descendants.childEnded();
}

}
