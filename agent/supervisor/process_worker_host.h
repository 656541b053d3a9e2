#pragma once
// Workers as real processes below the state folder: work/<order>-<attempt> and sessions/<name> (design 8). They outlive this process; an
// earlier supervisor's are found by their sockets. Lives on the thread of its io_context.

#include "agent/platform/private_folder.h"
#include "agent/platform/unique_fd.h"
#include "agent/spool/restrictions.h"
#include "agent/spool/worker_socket.h"
#include "agent/supervisor/worker_host.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/signal_set.hpp>

#include <deque>
#include <map>
#include <memory>

namespace fb::agent {

class ProcessWorkerHost final : public WorkerHost
{
public:
    struct Options {
        std::string nodeId;
        std::string program; // of the workers: our own
        uint64_t spoolLimit = 0; // 0: 256 MiB or 2 % of the disk, whichever is less
        uint64_t givenSpoolLimit = 0; // what workers are told; set by make()
    };
    static Result<std::unique_ptr<ProcessWorkerHost>> make(boost::asio::io_context &context,
                                                           const PrivateFolder &state, Options options);
    ~ProcessWorkerHost() override;

    // ---- WorkerHost
    void setEvents(WorkerEvents *events) override { m_events = events; }
    std::vector<WorkerFound> findWorkers() override;
    Result<void> start(const LedgerOrder &order) override;
    Result<void> resume(const LedgerOrder &order) override;
    void cancel(const OrderKey &key) override;
    void discard(const OrderKey &key) override;
    Result<void> beginFile(const OrderKey &key, const std::string &sha256) override;
    Result<void> fileData(const OrderKey &key, const std::string &sha256, uint64_t offset,
                          std::string_view bytes) override;
    void fileEnded(const OrderKey &key, const std::string &sha256, std::string_view failure) override;
    std::string readOutput(const OutputKey &key, uint64_t offset, size_t limit) override;
    void releaseOutput(const OutputKey &key, uint64_t below) override;
    uint64_t spoolBytes() const override { return m_spoolBytes; }
    uint64_t spoolLimit() const override { return m_options.spoolLimit; }
    bool isSpoolFull() const { return m_holding; }
    uint64_t spoolDropped() const { return m_dropped; } // bytes of output, in all since the start
    std::vector<TerminalState> findTerminals() override;
    void startTerminal(const std::string &token, const wire::PtyParams &parameters) override;
    void terminalSendFrom(const std::string &token, uint64_t offset, uint64_t bytes) override;
    void terminalGrant(const std::string &token, uint64_t bytes) override;
    void terminalAcknowledge(const std::string &token, uint64_t below) override;
    void terminalInput(const std::string &token, uint64_t offset, std::string_view bytes) override;
    void terminalResize(const std::string &token, uint32_t columns, uint32_t rows) override;
    void terminalSignal(const std::string &token, int number) override;
    void terminalEnd(const std::string &token, std::string_view reason) override;
    void terminalDiscard(const std::string &token) override;
    void linkChanged(bool connected) override;

    // What the steps of every order may not do, those that run already too.
    void setRestrictions(const Restrictions &restrictions);

    void setAfterEvent(std::function<void()> fn)
    {
        m_afterEvent = std::move(fn);
    } // NodeCore may have output now
    // This host waits for every child; hears of all, those of others too.
    void setChildCollected(std::function<void(pid_t pid, int status)> fn)
    {
        m_childCollected = std::move(fn);
    }

private:
    static constexpr int kGreetingMilliseconds
        = 5000; // on a machine under load; a live worker answers in one

    // One connected worker socket.
    struct Peer {
        std::unique_ptr<boost::asio::posix::stream_descriptor> socket;
        std::deque<std::string> waiting;
        bool isWriting = false;
    };
    struct Output {
        uint64_t size = 0;
        uint64_t released = 0;
        uint64_t punched = 0;
        UniqueFd reader;
    };
    struct Worker {
        PrivateFolder folder;
        std::shared_ptr<Peer> peer;
        std::map<std::pair<uint32_t, OutputPipe>, Output> outputs;
        std::map<std::string, UniqueFd> files; // that come from the engine
        uint32_t stepsTold = 0;
        int restarts = 0;
        bool ended = false;
    };
    struct Terminal {
        PrivateFolder folder;
        std::string folderName;
        std::shared_ptr<Peer> peer;
        TerminalState state;
        bool started = false;
        bool ended = false;
    };

    ProcessWorkerHost(boost::asio::io_context &context, PrivateFolder work, PrivateFolder sessions,
                      Options options);
    Result<std::shared_ptr<Peer>> launch(const PrivateFolder &folder, const std::string &kind);
    static std::string folderName(const OrderKey &key);
    static std::string sessionFolderName(const std::string &token);
    Result<void> launchWorker(const OrderKey &key, Worker &worker);
    void listenTo(const std::shared_ptr<Peer> &peer, std::function<void(PacketReader &)> packet,
                  std::function<void()> gone);
    void listenToWorker(const OrderKey &key, Worker &worker);
    void listenToTerminal(const std::string &token, Terminal &terminal);
    void send(const std::shared_ptr<Peer> &peer, std::string packet);
    void flush(const std::shared_ptr<Peer> &peer);
    void sendToTerminal(const std::string &token, std::string packet);
    void workerPacket(const OrderKey &key, PacketReader &packet);
    void terminalPacket(const std::string &token, PacketReader &packet);
    void workerWants(const OrderKey &key, PacketReader &packet);
    std::string lackOfRoom(uint64_t bytes) const;
    void workerGone(const OrderKey &key);
    void terminalGone(const std::string &token);
    void tellSteps(const OrderKey &key, Worker &worker);
    void tellEnd(const OrderKey &key, Worker &worker, const wire::OrderResult &result);
    void grew(Worker &worker, uint32_t step, OutputPipe pipe, uint64_t size);
    void watchSpool();
    void makeRoom();
    void giveBack(Worker &worker, const std::pair<uint32_t, OutputPipe> &which, Output &output,
                  uint64_t step);
    void reapChildren();
    void afterEvent();

    boost::asio::io_context &m_context;
    PrivateFolder m_work;
    PrivateFolder m_sessions;
    Options m_options;
    Restrictions m_restrictions;
    WorkerEvents *m_events = nullptr;
    std::function<void()> m_afterEvent;
    std::function<void(pid_t, int)> m_childCollected;
    std::map<OrderKey, Worker> m_workers;
    std::map<std::string, Terminal> m_terminals;
    boost::asio::signal_set m_childSignals;
    uint64_t m_spoolBytes = 0;
    uint64_t m_dropped = 0;
    bool m_holding = false;
};

}
