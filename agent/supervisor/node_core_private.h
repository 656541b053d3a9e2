#pragma once
// What a NodeCore is made of. Inside this room only; one thread.

#include "agent/supervisor/file_streams.h"
#include "agent/supervisor/forward_streams.h"
#include "agent/supervisor/node_core.h"
#include "agent/supervisor/order_book.h"
#include "agent/supervisor/output_streams.h"
#include "agent/supervisor/signed_opens.h"
#include "agent/supervisor/terminal_streams.h"
#include "agent/tools/tool_streams.h"

#include <deque>

namespace fb::agent {

class NodeCore::Private final : public WorkerEvents, public OrderBook::Owner
{
public:
    Private(NodeConfig given, Ledger &ledgerGiven, WorkerHost &hostGiven, const Clock &clockGiven,
            Random &randomGiven)
        : config(std::move(given)),
          ledger(ledgerGiven),
          host(hostGiven),
          clock(clockGiven),
          random(randomGiven),
          turn(ledger),
          signedOpens(config),
          orders(config, ledger, host, clock, turn, *this),
          outputs(host, clock),
          files(host, clock),
          terminals(host),
          forwards(clock)
    {
    }

    bool isServing() const { return welcomed && !quarantined && !broken; }

    // ---- Turns
    void endTurn();
    void afterReceive();

    // ---- OrderBook::Owner
    void tell(protocol::FrameType type, const google::protobuf::MessageLite &header,
              const google::protobuf::MessageLite *payload) override
    {
        if (welcomed)
            link->send(type, payload ? *payload : header);
    }
    void outputsFound(const WorkerFound &found) override
    {
        for (const OutputFound &output : found.outputs)
            outputs.found(output);
    }
    void unsignedRefused(const std::string &what) override
    {
        if (const auto report = signedOpens.reportOf(what, clock.tick())) {
            tell(protocol::FrameType::Event, *report, nullptr);
            events.push_back(UnsignedRefused {what});
        }
    }
    void orderForgotten(const OrderKey &key) override
    {
        files.orderForgotten(key);
        outputs.orderForgotten(key);
    }

    // ---- WorkerEvents
    void outputGrew(const OutputKey &key, uint64_t size) override { outputs.grew(key, size); }
    void stepEnded(const OrderKey &key, const wire::OrderStep &step) override
    {
        outputs.stepEnded(key, step);
        orders.stepEnded(key, step);
        endTurn();
    }
    void workerEnded(const OrderKey &key, const wire::OrderResult &result) override
    {
        outputs.workerEnded(key, result);
        orders.workerEnded(key, result);
        endTurn();
    }
    void workerCancelled(const OrderKey &key, uint32_t killed, uint32_t survived) override
    {
        orders.workerCancelled(key, killed, survived);
        endTurn();
    }
    void fileWanted(const OrderKey &key, const WantedFile &file) override { files.wanted(key, file); }
    void terminalStarted(const TerminalState &state) override { terminals.terminalStarted(state); }
    void terminalFailed(const std::string &token, const Error &error) override
    {
        terminals.terminalFailed(token, error);
    }
    void terminalOutput(const std::string &token, uint64_t offset, std::string_view bytes,
                        bool isError) override
    {
        terminals.terminalOutput(token, offset, bytes, isError);
    }
    void terminalInputTaken(const std::string &token, uint64_t bytes, bool echo) override
    {
        terminals.inputTaken(token, bytes, echo);
    }
    void terminalEnded(const std::string &token, uint64_t finalOffset, int exitCode,
                       const std::string &reason) override
    {
        terminals.terminalEnded(token, finalOffset, exitCode, reason);
    }

    // ---- From the link
    void handle(const protocol::LinkEvent &event);
    void takeProfile(const wire::NodeProfile &profile, uint64_t number, const std::string &signature)
    {
        if (ledger.facts().signedOpensRequired && !signedOpens.isSigned(profile, number, signature))
            return unsignedRefused("a node profile");
        events.push_back(ProfileGiven {profile});
    }
    void handleControl(const protocol::ControlReceived &control);
    void handleWelcome(const protocol::ControlReceived &control);
    void breakLink(Error error);
    template <typename Message, typename Fn>
    void with(const Result<Message> &message, Fn &&fn)
    {
        if (message)
            fn(*message);
        else
            breakLink(message.error());
    }

    NodeConfig config;
    Ledger &ledger;
    WorkerHost &host;
    const Clock &clock;
    Random &random;
    NodeTurn turn;
    SignedOpens signedOpens;
    OrderBook orders;
    OutputStreams outputs;
    FileStreams files;
    TerminalStreams terminals;
    ToolStreams tools;
    ForwardStreams forwards;
    std::unique_ptr<protocol::Link> link;
    bool welcomed = false;
    bool quarantined = false;
    bool broken = false; // the owner was told to close; nothing more is read
    std::vector<NodeEvent> events;
    std::deque<wire::MetricReport> keptMetrics;
    std::optional<wire::NodeFacts> keptFacts;
    Tick ledgerRetryAt = Tick::max();
};

}
