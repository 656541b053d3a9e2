#include "backend/gateway/node_link.h"

#include "backend/gateway/io_thread.h"
#include "backend/protocol/features.h"
#include "backend/transport/causes.h"

#include <fmt/format.h>

#include <algorithm>
#include <type_traits>

namespace fb {

using namespace protocol;

namespace {
    constexpr auto kFarewellWithin = std::chrono::milliseconds(2000);
    constexpr auto kClockStep
        = std::chrono::milliseconds(250); // smaller changes of a node's clock are not told
}

NodeLink::NodeLink(IoThread &thread, quint64 number, NodeId node)
    : m_thread(thread),
      m_number(number),
      m_node(std::move(node)),
      m_link(LinkSide::Engine, thread.options().link, thread.clock(), thread.random()),
      m_timer(thread.context()),
      m_liveness(std::make_shared<Liveness>())
{
}

NodeLink::~NodeLink() = default;

bool NodeLink::begin(transport::ServerConnection &connection, const transport::PeerInfo &peer)
{
    m_socket = connection.upgrade(kSubprotocol, *this);
    if (!m_socket)
        return false;
    const Instant now = m_thread.clock().now();
    m_liveness->heardAt = toMicros(now);
    m_pending = std::make_unique<NodeConnection>();
    m_pending->node = m_node;
    m_pending->connection = m_number;
    m_pending->address = QString::fromStdString(peer.address);
    m_pending->tlsVersion = QString::fromStdString(peer.tlsVersion);
    m_pending->serial = QByteArray::fromStdString(peer.certificate.serial);
    m_pending->certificateExpiresAt = peer.certificate.notAfter;
    m_pending->connectedAt = now;
    m_pending->resumed = peer.resumed;
    armTimer();
    return true;
}

// ---- From the socket ---------------------------------------------------------------------------------------------

void NodeLink::onMessage(std::string_view message)
{
    if (m_cause)
        return; // ending: nothing more is taken
    m_liveness->heardAt.store(toMicros(m_thread.clock().now()), std::memory_order_relaxed);
    if (std::exchange(m_silent, false))
        m_thread.push(NodeSpokeAgain {m_number});
    m_link.receive(message);
    turn();
    if (!m_socket || m_cause || mayRead())
        return;
    m_paused = true;
    m_socket->pauseReading(true);
    if (m_thread.isInboxFull())
        m_thread.resumeWhenDrained(m_number);
}

bool NodeLink::mayRead() const { return m_link.wantsToRead() && !m_thread.isInboxFull(); }

void NodeLink::resumeReading()
{
    if (!m_paused || !m_socket)
        return;
    if (m_thread.isInboxFull())
        return m_thread.resumeWhenDrained(m_number);
    if (!m_link.wantsToRead())
        return; // the timer comes back to it
    m_paused = false;
    m_socket->pauseReading(false);
}

void NodeLink::onWritten() { turn(); }

void NodeLink::onClosed(const Error &cause) { closed(m_cause.value_or(cause)); }

void NodeLink::closed(const Error &cause)
{
    if (!m_socket)
        return;
    m_socket.reset();
    m_timer.cancel();
    m_thread.push(ConnectionClosed {m_number, cause});
    m_thread.gone(m_number);
}

// ---- From the link -----------------------------------------------------------------------------------------------

void NodeLink::turn()
{
    if (!m_socket || std::exchange(m_inTurn, true))
        return;
    takeEvents();
    pumpOutput();
    m_inTurn = false;
    armTimer();
}

void NodeLink::takeEvents()
{
    for (auto events = m_link.takeEvents(); !events.empty(); events = m_link.takeEvents()) {
        for (LinkEvent &event : events)
            std::visit([this](auto &&each) { came(std::move(each)); }, std::move(event));
    }
    sweepStreams();
}

void NodeLink::came(ControlReceived &&control)
{
    if (m_pending)
        return helloCame(control);
    if (!m_served && control.type != FrameType::GoAway && control.type != FrameType::Error)
        return; // quarantined: it may only identify itself
    m_thread.push(NodeMessage {m_node, m_number, control.type, control.sequence, std::move(control.header),
                               std::move(control.payload)});
}

void NodeLink::helloCame(const ControlReceived &control)
{
    auto hello = messageOf<wire::Hello>(control);
    if (!hello) {
        wire::ErrorReport report;
        report.set_code("protocol-error");
        report.set_text(hello.error().message);
        report.set_fatal(true);
        return end(transport::closeCodes::kProtocol, hello.error(), report, {}, kFarewellWithin);
    }
    const auto pending = std::exchange(m_pending, nullptr);
    pending->hello = std::move(*hello);
    m_thread.push(HelloCame {std::move(*pending), m_thread.index(), m_liveness});
}

void NodeLink::came(StreamOpenReceived &&open)
{
    if (!m_served)
        return m_link.refuse(open.stream, "denied", "this node is quarantined");
    m_streams[open.stream].key = m_thread.newNumber();
    pushStream(open.stream, std::move(open));
}

void NodeLink::came(PeerClock &&clock)
{
    if (m_clockOffset && std::chrono::abs(clock.offset - *m_clockOffset) < kClockStep)
        return;
    m_clockOffset = clock.offset;
    m_thread.push(NodeClockSeen {m_number, clock.offset, clock.roundTrip});
}

void NodeLink::came(LinkFailed &&failed)
{
    if (m_cause)
        return;
    m_cause = std::move(failed.error);
    m_closeCode = m_cause->code == errors::kThrottling ? transport::closeCodes::kPolicy
                                                       : transport::closeCodes::kProtocol;
    m_endBy = m_thread.clock().tick() + kFarewellWithin;
}

template <typename Event>
void NodeLink::pushStream(StreamNumber number, Event &&event)
{
    const auto found = m_streams.find(number);
    if (found != m_streams.end())
        m_thread.push(StreamEvent {{m_number, found->second.key}, m_node, std::forward<Event>(event)});
}

template <typename Event>
void NodeLink::came(Event &&event)
{
    using Kind = std::decay_t<Event>;
    if constexpr (std::is_same_v<Kind, PeerSilent>) {
        m_silent = true;
        m_thread.push(NodeFellSilent {m_number});
    } else {
        const StreamNumber number = event.stream;
        if constexpr (!std::is_same_v<Kind, StreamWritable>)
            pushStream(number, std::move(event));
        if constexpr (std::is_same_v<Kind, StreamWritable> || std::is_same_v<Kind, StreamOpened>) {
            if (const auto found = m_streams.find(number); found != m_streams.end())
                sendUnsent(number, found->second);
        }
    }
}

// ---- Streams -----------------------------------------------------------------------------------------------------

std::optional<StreamNumber> NodeLink::numberOf(quint64 stream) const
{
    const auto found = std::find_if(m_streams.begin(), m_streams.end(),
                                    [&](const auto &entry) { return entry.second.key == stream; });
    return found == m_streams.end() ? std::nullopt : std::optional(found->first);
}

void NodeLink::openStream(quint64 stream, StreamKind kind, const wire::Open &open, bool resumed)
{
    const auto number = m_link.open(kind, open, resumed);
    if (number) {
        m_streams[*number].key = stream;
        return;
    }
    StreamRefused refused {0, "busy", number.error().message};
    m_thread.push(StreamEvent {{m_number, stream}, m_node, std::move(refused)});
    m_thread.push(StreamGone {{m_number, stream}});
}

void NodeLink::accept(quint64 stream, uint64_t window, uint64_t receiveFrom, const std::string &note)
{
    if (const auto number = numberOf(stream))
        m_link.accept(*number, window, receiveFrom, note);
}

void NodeLink::refuse(quint64 stream, const std::string &code, const std::string &text)
{
    if (const auto number = numberOf(stream))
        m_link.refuse(*number, code, text);
}

void NodeLink::write(quint64 stream, std::string bytes)
{
    const auto number = numberOf(stream);
    if (!number)
        return;
    Stream &entry = m_streams[*number];
    entry.unsent.add(std::move(bytes));
    sendUnsent(*number, entry);
}

void NodeLink::sendUnsent(StreamNumber number, Stream &stream)
{
    size_t taken = 0;
    while (!stream.unsent.empty()) {
        const size_t now = m_link.write(number, stream.unsent.front());
        if (now == 0)
            break;
        stream.unsent.drop(now);
        taken += now;
    }
    if (taken > 0)
        m_thread.push(StreamTaken {{m_number, stream.key}, taken});
    if (stream.unsent.empty() && stream.fin) {
        m_link.finish(number, std::move(*stream.fin));
        stream.fin.reset();
    }
}

void NodeLink::finish(quint64 stream, wire::Fin fin)
{
    const auto number = numberOf(stream);
    if (!number)
        return;
    Stream &entry = m_streams[*number];
    entry.fin = std::move(fin);
    if (entry.unsent.empty())
        sendUnsent(*number, entry);
}

void NodeLink::reset(quint64 stream, const std::string &code, const std::string &text)
{
    if (const auto number = numberOf(stream))
        m_link.reset(*number, code, text);
}

void NodeLink::acknowledge(quint64 stream, uint64_t offset)
{
    if (const auto number = numberOf(stream))
        m_link.acknowledge(*number, offset);
}

void NodeLink::grant(quint64 stream, uint64_t bytes)
{
    if (const auto number = numberOf(stream))
        m_link.grant(*number, bytes);
}

void NodeLink::resize(quint64 stream, uint32_t columns, uint32_t rows)
{
    if (const auto number = numberOf(stream))
        m_link.resize(*number, columns, rows);
}

void NodeLink::signal(quint64 stream, int number)
{
    if (const auto wire = numberOf(stream))
        m_link.signal(*wire, number);
}

// Streams that Link has let go of, after their last event was passed on.
void NodeLink::sweepStreams()
{
    for (auto it = m_streams.begin(); it != m_streams.end();) {
        if (m_link.kindOf(it->first)) {
            ++it;
            continue;
        }
        m_thread.push(StreamGone {{m_number, it->second.key}});
        it = m_streams.erase(it);
    }
}

// ---- To the socket -----------------------------------------------------------------------------------------------

void NodeLink::welcome(const wire::Welcome &welcome, bool compress, bool served)
{
    m_served = served;
    m_clockStart = m_thread.clock().now() - m_thread.clock().tick().time_since_epoch();
    m_link.setCompression(compress);
    m_link.send(FrameType::Welcome, welcome);
}

void NodeLink::ping()
{
    wire::Ping ping;
    ping.set_wall_clock_us(toMicros(m_thread.clock().now()));
    m_link.send(FrameType::Ping, ping);
}

// Orders say by the engine's wall clock until when they may start: after it was set, the node hears of it first (spec/security R13).
void NodeLink::tellClockIfSet()
{
    const Instant start = m_thread.clock().now() - m_thread.clock().tick().time_since_epoch();
    if (std::chrono::abs(start - m_clockStart) <= kClockStep)
        return;
    m_clockStart = start;
    ping();
}

void NodeLink::send(FrameType type, const google::protobuf::MessageLite &header, std::string payload)
{
    if (type == FrameType::Order)
        tellClockIfSet();
    m_link.send(type, header, std::move(payload));
    if (m_link.queuedControlBytes() > m_thread.options().maxUnsentControlBytes && !m_cause) {
        m_cause
            = makeError(transport::causes::kStalled,
                        fmt::format("{} bytes of control messages wait for the node; the limit is {}",
                                    m_link.queuedControlBytes(), m_thread.options().maxUnsentControlBytes));
        m_endBy = m_thread.clock().tick(); // it would not take a farewell either
    }
}

void NodeLink::end(uint16_t closeCode, const Error &cause, const std::optional<wire::ErrorReport> &report,
                   const std::optional<wire::GoAway> &goAway, std::chrono::milliseconds within)
{
    if (!m_cause) {
        m_cause = cause;
        m_closeCode = closeCode;
        if (report)
            m_link.send(FrameType::Error, *report);
        if (goAway)
            m_link.send(FrameType::GoAway, *goAway);
    }
    m_endBy = std::min(m_endBy, m_thread.clock().tick() + within);
}

void NodeLink::pumpOutput()
{
    if (m_socket->isWriting() || !m_socket->isOpen())
        return;
    if (auto message = m_link.nextMessage())
        return m_socket->send(std::move(*message));
    if (m_cause && m_closeCode != 0)
        m_socket->close(std::exchange(m_closeCode, uint16_t(0)), m_cause->code.name());
}

void NodeLink::armTimer()
{
    if (!m_socket)
        return;
    const Tick next = std::min(m_link.nextDeadline(), m_endBy);
    if (next >= m_armedFor)
        return; // the earlier wake-up looks again
    m_armedFor = next;
    m_timer.expires_after(std::max(Microseconds(0), next - m_thread.clock().tick()));
    m_timer.async_wait([this](const boost::system::error_code &error) {
        if (!error)
            onTimer();
    });
}

void NodeLink::onTimer()
{
    m_armedFor = Tick::max();
    if (!m_socket)
        return;
    if (m_thread.clock().tick() >= m_endBy)
        return closed(m_cause.value_or(makeError(transport::causes::kClosed, "ended")));
    m_link.onTime();
    resumeReading();
    turn();
}

}
