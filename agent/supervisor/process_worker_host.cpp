#include "agent/supervisor/process_worker_host.h"

#include "agent/platform/control_group.h"
#include "agent/platform/process_tree.h"
#include "agent/platform/spawn.h"
#include "agent/spool/spool_quota.h"
#include "agent/spool/work_folder.h"
#include "backend/core/byte_encoding.h"
#include "backend/core/ids.h"

#include <boost/asio/post.hpp>
#include <fmt/format.h>
#include <sys/wait.h>

#include <charconv>
#include <csignal>
#include <fcntl.h>
#include <poll.h>

namespace fb::agent {

namespace {

    constexpr uint64_t kMiB = 1024 * 1024;
    constexpr uint64_t kPunchStep = kMiB;
    constexpr uint64_t kLeastPunchStep = 64 * 1024; // when room is needed
    constexpr uint64_t kMostOfOneOutput = 100 * kMiB;
    constexpr int kMaxRestarts = 3; // of one worker by one supervisor
    constexpr int kListenerNumber = 3; // in the worker

    std::string outputName(uint32_t step, OutputPipe pipe)
    {
        return pipe == OutputPipe::Out ? workNames::stdoutOf(step) : workNames::stderrOf(step);
    }

    // An output at its own limit is cut whatever room there is.
    uint64_t droppedForRoom(uint64_t size, uint64_t dropped) { return size < kMostOfOneOutput ? dropped : 0; }

    std::optional<OrderKey> keyOfFolder(std::string_view name)
    {
        const size_t dash = name.find('-');
        if (dash == std::string_view::npos || !isUlid(name.substr(0, dash)))
            return std::nullopt;
        OrderKey key {std::string(name.substr(0, dash)), 0};
        const std::string_view number = name.substr(dash + 1);
        const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), key.attempt);
        return error == std::errc() && end == number.data() + number.size() ? std::optional(key)
                                                                            : std::nullopt;
    }

}

Result<std::unique_ptr<ProcessWorkerHost>>
ProcessWorkerHost::make(boost::asio::io_context &context, const PrivateFolder &state, Options options)
{
    auto work = state.subfolder("work");
    if (!work)
        return work.error();
    auto sessions = state.subfolder("sessions");
    if (!sessions)
        return sessions.error();
    options.givenSpoolLimit = options.spoolLimit;
    if (options.spoolLimit == 0)
        options.spoolLimit = fb::agent::spoolLimit(state);
    return std::unique_ptr<ProcessWorkerHost>(
        new ProcessWorkerHost(context, *std::move(work), *std::move(sessions), std::move(options)));
}

ProcessWorkerHost::ProcessWorkerHost(boost::asio::io_context &context, PrivateFolder work,
                                     PrivateFolder sessions, Options options)
    : m_context(context),
      m_work(std::move(work)),
      m_sessions(std::move(sessions)),
      m_options(std::move(options)),
      m_childSignals(context, SIGCHLD)
{
    reapChildren();
}

ProcessWorkerHost::~ProcessWorkerHost() = default;

void ProcessWorkerHost::reapChildren()
{
    int status = 0;
    for (pid_t pid = 0; (pid = ::waitpid(-1, &status, WNOHANG)) > 0;)
        if (m_childCollected)
            m_childCollected(pid, status);
    m_childSignals.async_wait([this](const boost::system::error_code &error, int) {
        if (!error)
            reapChildren();
    });
}

void ProcessWorkerHost::afterEvent()
{
    if (m_afterEvent)
        m_afterEvent();
}

// ---- Sockets -----------------------------------------------------------------------------------------------------

Result<std::shared_ptr<ProcessWorkerHost::Peer>> ProcessWorkerHost::launch(const PrivateFolder &folder,
                                                                           const std::string &kind)
{
    // The socket listens before the worker begins, so that there is nothing to wait for.
    auto listener = listenIn(folder);
    if (!listener)
        return listener.error();
    SpawnRequest request {.program = m_options.program,
                          .arguments = {"flagbridge-agent", kind, "--folder", folder.path().string()}};
    if (m_options.givenSpoolLimit > 0) // it looks for itself as well
        request.arguments.insert(request.arguments.end(),
                                 {"--spool-limit", fmt::format("{}", m_options.givenSpoolLimit / kMiB)});
    for (char **entry = environ; entry && *entry; ++entry)
        request.environment.emplace_back(*entry);
    request.error = 2;
    request.descriptors = {{listener->get(), kListenerNumber}};
    if (auto pid = spawnProgram(request); !pid)
        return pid.error();
    auto socket = connectIn(folder);
    if (!socket)
        return makeError(errors::kInternal, "the worker's socket cannot be reached");
    auto peer = std::make_shared<Peer>();
    peer->socket = std::make_unique<boost::asio::posix::stream_descriptor>(m_context, socket->release());
    return peer;
}

void ProcessWorkerHost::listenTo(const std::shared_ptr<Peer> &peer,
                                 std::function<void(PacketReader &)> packet, std::function<void()> gone)
{
    peer->socket->async_wait(boost::asio::posix::stream_descriptor::wait_read,
                             [this, weak = std::weak_ptr(peer), packet = std::move(packet),
                              gone = std::move(gone)](const boost::system::error_code &error) mutable {
                                 const auto alive = weak.lock();
                                 if (error || !alive || !alive->socket)
                                     return;
                                 for (int i = 0; i < 64;
                                      ++i) { // the link and the other workers have their turn
                                     const Received received = receivePacket(alive->socket->native_handle());
                                     if (!received.open) {
                                         gone();
                                         return afterEvent();
                                     }
                                     if (!received.any)
                                         break;
                                     PacketReader reader(received.packet);
                                     packet(reader);
                                     if (!alive->socket)
                                         return afterEvent(); // discarded while it was handled
                                 }
                                 listenTo(alive, std::move(packet), std::move(gone));
                                 afterEvent();
                             });
}

void ProcessWorkerHost::send(const std::shared_ptr<Peer> &peer, std::string packet)
{
    if (!peer || !peer->socket)
        return;
    peer->waiting.push_back(std::move(packet));
    if (!peer->isWriting)
        flush(peer);
}

void ProcessWorkerHost::flush(const std::shared_ptr<Peer> &peer)
{
    while (!peer->waiting.empty()) {
        const Sent sent = sendPacket(peer->socket->native_handle(), peer->waiting.front());
        if (sent == Sent::Later) {
            peer->isWriting = true;
            peer->socket->async_wait(
                boost::asio::posix::stream_descriptor::wait_write,
                [this, weak = std::weak_ptr(peer)](const boost::system::error_code &error) {
                    const auto alive = weak.lock();
                    if (error || !alive || !alive->socket)
                        return;
                    alive->isWriting = false;
                    flush(alive);
                });
            return;
        }
        if (sent == Sent::Gone)
            return peer->waiting.clear(); // the read side hears it
        peer->waiting.pop_front();
    }
}

// ---- Orders ------------------------------------------------------------------------------------------------------

std::string ProcessWorkerHost::folderName(const OrderKey &key)
{
    return fmt::format("{}-{}", key.orderId, key.attempt);
}

void ProcessWorkerHost::setRestrictions(const Restrictions &restrictions)
{
    m_restrictions = restrictions;
    for (const auto &[key, worker] : m_workers)
        (void)writeRestrictions(worker.folder, restrictions);
}

Result<void> ProcessWorkerHost::launchWorker(const OrderKey &key, Worker &worker)
{
    if (auto written = writeRestrictions(worker.folder, m_restrictions); !written)
        return written;
    auto peer = launch(worker.folder, "worker");
    if (!peer)
        return peer.error();
    worker.peer = *peer;
    listenToWorker(key, worker);
    if (m_holding)
        send(worker.peer, Packet(WorkerMessage::HoldOutput).bytes);
    return {};
}

void ProcessWorkerHost::listenToWorker(const OrderKey &key, Worker &worker)
{
    listenTo(
        worker.peer, [this, key](PacketReader &packet) { workerPacket(key, packet); },
        [this, key] { workerGone(key); });
}

Result<void> ProcessWorkerHost::start(const LedgerOrder &order)
{
    auto folder = m_work.subfolder(folderName(order.key));
    if (!folder)
        return folder.error();
    if (auto written = writeOrder(*folder, order.head, order.body, m_options.nodeId); !written)
        return written;
    const auto [it, isNew] = m_workers.emplace(order.key, Worker {.folder = *std::move(folder)});
    if (!isNew)
        return makeError(errors::kConflict, "a worker for this order is there already");
    auto launched = launchWorker(order.key, it->second);
    if (!launched)
        m_workers.erase(it);
    return launched;
}

Result<void> ProcessWorkerHost::resume(const LedgerOrder &order)
{
    const auto it = m_workers.find(order.key);
    if (it == m_workers.end())
        return makeError(errors::kResourceNotFound, "its files are gone");
    if (!readOrder(it->second.folder)) {
        if (auto written = writeOrder(it->second.folder, order.head, order.body, m_options.nodeId); !written)
            return written;
    }
    return launchWorker(order.key, it->second);
}

std::vector<WorkerFound> ProcessWorkerHost::findWorkers()
{
    std::vector<WorkerFound> all;
    for (const std::string &name : m_work.entries()) {
        const auto key = keyOfFolder(name);
        auto folder = m_work.existingSubfolder(name);
        if (!key || !folder)
            continue;
        WorkerFound found {.key = *key};
        if (const auto order = readOrder(*folder))
            found.dispatchSeq = order->head.dispatch_seq();
        auto socket = connectIn(*folder);
        found.alive = socket.has_value();
        found.result = readResult(*folder);
        if (found.result && found.dispatchSeq == 0)
            found.dispatchSeq = found.result->dispatch_seq();
        found.steps = readStepResults(*folder);
        Worker worker {.folder = *std::move(folder)};
        worker.stepsTold = static_cast<uint32_t>(found.steps.size());
        for (uint32_t step = 0; step <= found.steps.size(); ++step) {
            for (const OutputPipe pipe : {OutputPipe::Out, OutputPipe::Err}) {
                const uint64_t size = fileSize(worker.folder, outputName(step, pipe));
                if (size == 0)
                    continue;
                grew(worker, step, pipe, size);
                OutputFound output {.key = {*key, step, pipe}, .size = size};
                if (step < found.steps.size()) {
                    const wire::OrderStep &message = found.steps[step];
                    output.complete = true;
                    output.dropped
                        = pipe == OutputPipe::Out ? message.stdout_dropped() : message.stderr_dropped();
                }
                found.outputs.push_back(output);
            }
        }
        worker.ended = found.result.has_value();
        const auto it = m_workers.insert_or_assign(*key, std::move(worker)).first;
        if (socket) {
            it->second.peer = std::make_shared<Peer>();
            it->second.peer->socket
                = std::make_unique<boost::asio::posix::stream_descriptor>(m_context, socket->release());
            if (!found.result)
                listenToWorker(*key, it->second);
        }
        all.push_back(std::move(found));
    }
    return all;
}

void ProcessWorkerHost::cancel(const OrderKey &key)
{
    if (const auto it = m_workers.find(key); it != m_workers.end())
        send(it->second.peer, Packet(WorkerMessage::Cancel).bytes);
}

void ProcessWorkerHost::discard(const OrderKey &key)
{
    if (const auto it = m_workers.find(key); it != m_workers.end()) {
        for (const auto &[which, output] : it->second.outputs)
            m_spoolBytes -= std::min(m_spoolBytes, output.size - output.punched);
        if (it->second.peer)
            it->second.peer->socket.reset();
        m_workers.erase(it);
    }
    m_work.removeTree(folderName(key));
    ControlGroup::removeEmpty(fmt::format("flagbridge-{}", folderName(key)));
    watchSpool();
}

void ProcessWorkerHost::workerPacket(const OrderKey &key, PacketReader &packet)
{
    const auto it = m_workers.find(key);
    if (it == m_workers.end() || !m_events || it->second.ended)
        return;
    Worker &worker = it->second;
    switch (packet.kind()) {
    case WorkerMessage::OutputGrew: {
        const uint32_t step = packet.u32();
        const OutputPipe pipe = packet.u32() == 0 ? OutputPipe::Out : OutputPipe::Err;
        const uint64_t size = packet.u64();
        if (!packet.isSound())
            return;
        grew(worker, step, pipe, size);
        watchSpool();
        return m_events->outputGrew({key, step, pipe}, size);
    }
    case WorkerMessage::StepEnded:
        return tellSteps(key, worker);
    case WorkerMessage::Cancelled: {
        const uint32_t killed = packet.u32();
        return m_events->workerCancelled(key, killed, packet.u32());
    }
    case WorkerMessage::WantFile:
        return workerWants(key, packet);
    case WorkerMessage::Ended:
        if (const auto result = readResult(worker.folder))
            tellEnd(key, worker, *result);
        return;
    default:
        return;
    }
}

void ProcessWorkerHost::tellSteps(const OrderKey &key, Worker &worker)
{
    while (const auto step = readStepResult(worker.folder, worker.stepsTold)) {
        grew(worker, worker.stepsTold, OutputPipe::Out, step->stdout_size());
        grew(worker, worker.stepsTold, OutputPipe::Err, step->stderr_size());
        ++worker.stepsTold;
        m_dropped += droppedForRoom(step->stdout_size(), step->stdout_dropped())
            + droppedForRoom(step->stderr_size(), step->stderr_dropped());
        m_events->stepEnded(key, *step);
    }
}

void ProcessWorkerHost::tellEnd(const OrderKey &key, Worker &worker, const wire::OrderResult &result)
{
    tellSteps(key, worker);
    worker.ended = true;
    m_events->workerEnded(key, result);
}

void ProcessWorkerHost::workerGone(const OrderKey &key)
{
    const auto it = m_workers.find(key);
    if (it == m_workers.end())
        return;
    Worker &worker = it->second;
    worker.peer->socket.reset();
    if (worker.ended || !m_events)
        return;
    if (const auto result = readResult(worker.folder))
        return tellEnd(key, worker, *result);
    // Killed, or crashed: a new one marks the step as interrupted and does the later ones.
    if (++worker.restarts <= kMaxRestarts && launchWorker(key, worker))
        return;
    wire::OrderResult result;
    result.set_order_id(key.orderId);
    result.set_attempt(key.attempt);
    result.set_status("Failed");
    result.set_response_code(137);
    result.set_trace(fmt::format("interrupted: its worker ended {} times without a result", worker.restarts));
    for (const wire::OrderStep &step : readStepResults(worker.folder))
        *result.add_steps() = step;
    (void)worker.folder.write(workNames::kResult, result.SerializeAsString());
    tellEnd(key, worker, result);
}

// ---- Output ------------------------------------------------------------------------------------------------------

void ProcessWorkerHost::grew(Worker &worker, uint32_t step, OutputPipe pipe, uint64_t size)
{
    if (size == 0)
        return;
    Output &output = worker.outputs[{step, pipe}];
    if (size > output.size) {
        m_spoolBytes += size - output.size;
        output.size = size;
    }
}

// At the bound workers drop (and say so in the output) rather than fill the disk; results always fit.
void ProcessWorkerHost::watchSpool()
{
    if (m_spoolBytes >= m_options.spoolLimit * 3 / 4)
        makeRoom();
    const bool hold
        = m_holding ? m_spoolBytes > m_options.spoolLimit * 9 / 10 : m_spoolBytes >= m_options.spoolLimit;
    if (hold == m_holding)
        return;
    m_holding = hold;
    for (auto &[key, worker] : m_workers)
        send(worker.peer, Packet(hold ? WorkerMessage::HoldOutput : WorkerMessage::ReleaseOutput).bytes);
}

// What the engine has goes first, that of the oldest orders before all: their keys are ULIDs.
void ProcessWorkerHost::makeRoom()
{
    for (auto &[key, worker] : m_workers) {
        for (auto &[which, output] : worker.outputs) {
            if (m_spoolBytes <= m_options.spoolLimit / 2)
                return;
            giveBack(worker, which, output, kLeastPunchStep);
        }
    }
}

void ProcessWorkerHost::giveBack(Worker &worker, const std::pair<uint32_t, OutputPipe> &which, Output &output,
                                 uint64_t step)
{
    const uint64_t end = output.released / step * step;
    if (end <= output.punched)
        return;
    if (auto fd = worker.folder.openForAppend(outputName(which.first, which.second)); fd
        && ::fallocate(fd->get(), FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 0, static_cast<off_t>(end))
            == 0) {
        m_spoolBytes -= std::min(m_spoolBytes, end - output.punched);
        output.punched = end;
    }
}

std::string ProcessWorkerHost::readOutput(const OutputKey &key, uint64_t offset, size_t limit)
{
    const auto it = m_workers.find(key.order);
    if (it == m_workers.end())
        return {};
    Output &output = it->second.outputs[{key.step, key.pipe}];
    if (!output.reader) {
        if (auto fd = it->second.folder.openForReading(outputName(key.step, key.pipe)))
            output.reader = *std::move(fd);
        else
            return {};
    }
    std::string bytes(limit, '\0');
    const ssize_t got = ::pread(output.reader.get(), bytes.data(), bytes.size(), static_cast<off_t>(offset));
    bytes.resize(got > 0 ? static_cast<size_t>(got) : 0);
    return bytes;
}

// Blocks below go back to the disk once the spool is half full; before, the file stays whole for whoever looks.
void ProcessWorkerHost::releaseOutput(const OutputKey &key, uint64_t below)
{
    const auto it = m_workers.find(key.order);
    if (it == m_workers.end())
        return;
    Output &output = it->second.outputs[{key.step, key.pipe}];
    output.released = std::max(output.released, std::min(below, output.size));
    if (m_spoolBytes < m_options.spoolLimit / 2)
        return;
    giveBack(it->second, {key.step, key.pipe}, output, m_holding ? kLeastPunchStep : kPunchStep);
    watchSpool();
}

}
