#pragma once
// One node's connection on its I/O thread: the WebSocket, the Link it feeds, and the bytes of streams that wait for credit. Everything
// happens on that thread.

#include "backend/core/waiting_bytes.h"
#include "backend/gateway/gateway_event.h"
#include "backend/protocol/link.h"
#include "backend/transport/server_connection.h"
#include "backend/transport/web_socket.h"

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace fb {

class IoThread;

class NodeLink final : public transport::WebSocketHandler
{
public:
    NodeLink(IoThread &thread, quint64 number, NodeId node);
    ~NodeLink();

    bool begin(transport::ServerConnection &connection,
               const transport::PeerInfo &peer); // false: no proper upgrade
    void turn(); // after calls: events to the engine, messages to the socket, timer
    void resumeReading();

    // The engine's decisions.
    void welcome(const wire::Welcome &welcome, bool compress, bool served);
    void setServed(bool served) { m_served = served; }
    void ping();
    void send(protocol::FrameType type, const google::protobuf::MessageLite &header, std::string payload);
    // Says why, closes, and is gone after `within` at the latest.
    void end(uint16_t closeCode, const Error &cause, const std::optional<wire::ErrorReport> &report,
             const std::optional<wire::GoAway> &goAway, std::chrono::milliseconds within);

    // Streams, by the gateway's numbers; unknown ones do nothing.
    void openStream(quint64 stream, protocol::StreamKind kind, const wire::Open &open, bool resumed);
    void accept(quint64 stream, uint64_t window, uint64_t receiveFrom, const std::string &note);
    void refuse(quint64 stream, const std::string &code, const std::string &text);
    void write(quint64 stream, std::string bytes);
    void finish(quint64 stream, wire::Fin fin);
    void reset(quint64 stream, const std::string &code, const std::string &text);
    void acknowledge(quint64 stream, uint64_t offset);
    void grant(quint64 stream, uint64_t bytes);
    void resize(quint64 stream, uint32_t columns, uint32_t rows);
    void signal(quint64 stream, int number);

private:
    struct Stream {
        quint64 key = 0;
        WaitingBytes unsent; // written by the service, not yet taken by Link
        std::optional<wire::Fin> fin; // after unsent
    };

    void onMessage(std::string_view message) override;
    void onWritten() override;
    void onClosed(const Error &cause) override;

    void tellClockIfSet();
    void takeEvents();
    void came(protocol::ControlReceived &&control);
    void helloCame(const protocol::ControlReceived &control);
    void came(protocol::StreamOpenReceived &&open);
    void came(protocol::LinkFailed &&failed);
    void came(protocol::PeerClock &&clock);
    template <typename Event>
    void came(Event &&event); // of one stream
    template <typename Event>
    void pushStream(protocol::StreamNumber number, Event &&event);
    void sendUnsent(protocol::StreamNumber number, Stream &stream);
    void sweepStreams();
    void pumpOutput();
    void armTimer();
    void onTimer();
    void closed(const Error &cause);
    bool mayRead() const;
    std::optional<protocol::StreamNumber> numberOf(quint64 stream) const;

    IoThread &m_thread;
    const quint64 m_number;
    const NodeId m_node;
    protocol::Link m_link;
    std::unique_ptr<transport::WebSocket> m_socket;
    transport::Timer m_timer;
    Tick m_armedFor = Tick::max();
    std::shared_ptr<Liveness> m_liveness;
    std::unique_ptr<NodeConnection> m_pending; // until HELLO
    std::map<protocol::StreamNumber, Stream> m_streams;
    std::optional<Error> m_cause; // ours, once we end it
    std::optional<Microseconds> m_clockOffset; // as last told
    Instant m_clockStart {}; // the wall clock when the other one stood at zero, as the node knows it
    Tick m_endBy = Tick::max();
    uint16_t m_closeCode = 0;
    bool m_served = false;
    bool m_silent = false;
    bool m_paused = false;
    bool m_inTurn = false;
};

}
