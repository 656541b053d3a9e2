#include "tests/unit/protocol/stream_models.h"

#include <fmt/format.h>

#include <algorithm>

namespace fb::test {

using namespace fb::protocol;
using namespace std::chrono_literals;

namespace {
    constexpr uint64_t kPtyKept = 1024 * 1024; // beyond it the terminal is no longer read
    constexpr uint64_t kInputStream = 1000; // added to the id: the way to the node
}

std::string streamBytes(uint64_t stream, uint64_t from, uint64_t count)
{
    constexpr uint64_t kPeriod = 65'537; // no frame or window is a multiple of it
    static std::map<uint64_t, std::string> patterns;
    std::string &pattern = patterns[stream];
    if (pattern.empty()) {
        for (uint64_t i = 0; i < kPeriod; ++i) {
            const uint64_t n = i * 0x9e3779b97f4a7c15 + stream * 0xbf58476d1ce4e5b9;
            pattern.push_back(static_cast<char>('a' + (n >> 40) % 26));
        }
    }
    std::string out;
    out.reserve(count);
    while (out.size() < count)
        out.append(pattern, (from + out.size()) % kPeriod, count - out.size());
    return out;
}

// ---- The node ------------------------------------------------------------------------------------------------------

StreamNode::StreamNode(std::vector<NodeStream> streams, ManualClock &clock, Random &random, History &history)
    : m_clock(clock),
      m_random(random),
      m_history(history),
      m_produceAt(clock.tick())
{
    for (NodeStream &stream : streams)
        m_streams.emplace(stream.id, std::move(stream));
}

void StreamNode::connected()
{
    m_link = std::make_unique<Link>(LinkSide::Agent, LinkLimits {}, m_clock, m_random);
    m_link->setCompression(m_history.compresses);
    wire::Hello hello;
    for (auto &[id, stream] : m_streams) {
        stream.isOpen = stream.finished = false;
        stream.number = 0;
        if (stream.settled || stream.kind != StreamKind::Pty)
            continue;
        wire::StreamState *state = hello.add_streams();
        state->set_token(stream.token);
        state->set_kind(static_cast<uint32_t>(stream.kind));
        state->set_first_kept(stream.acked);
        state->set_next_offset(stream.produced);
        state->set_received(stream.inputTaken);
    }
    m_link->send(FrameType::Hello, hello);
}

void StreamNode::disconnected() { m_link.reset(); }

std::optional<std::string> StreamNode::nextMessage()
{
    if (!m_link)
        return std::nullopt;
    auto message = m_link->nextMessage();
    handleEvents();
    return message;
}

void StreamNode::received(std::string_view message)
{
    if (!m_link)
        return;
    m_link->receive(message);
    handleEvents();
}

NodeStream *StreamNode::byNumber(StreamNumber number)
{
    for (auto &[id, stream] : m_streams) {
        if (stream.number == number)
            return &stream;
    }
    return nullptr;
}

void StreamNode::handleEvents()
{
    for (const LinkEvent &event : m_link->takeEvents()) {
        if (const auto *control = std::get_if<ControlReceived>(&event);
            control != nullptr && control->type == FrameType::Welcome) {
            for (auto &[id, stream] : m_streams) {
                if (stream.settled || stream.kind == StreamKind::Pty)
                    continue;
                wire::Open open;
                open.set_token(stream.token);
                stream.number = m_link->open(stream.kind, open, stream.acked > 0).value();
            }
        } else if (const auto *opened = std::get_if<StreamOpened>(&event)) {
            NodeStream &stream = *byNumber(opened->stream);
            const uint64_t from = opened->opened.receive_from();
            if (from < stream.acked || from > stream.produced)
                m_history.faults.push_back(
                    fmt::format("stream {}: the engine wants bytes from {}, kept are {} to {}", stream.id,
                                from, stream.acked, stream.produced));
            stream.sendFrom = from;
            stream.isOpen = true;
            write(stream);
        } else if (const auto *offered = std::get_if<StreamOpenReceived>(&event)) { // the terminal, again
            for (auto &[id, stream] : m_streams) {
                if (stream.token != offered->open.token())
                    continue;
                const uint64_t from = offered->open.receive_from();
                if (from < stream.acked || from > stream.produced)
                    m_history.faults.push_back(
                        fmt::format("terminal: bytes from {} are gone, {} are kept", from, stream.acked));
                if (offered->resumed)
                    ++m_history.resumes;
                m_history.resentBytes += stream.produced - from;
                stream.number = offered->stream;
                stream.sendFrom = from;
                stream.isOpen = true;
                m_link->accept(offered->stream, 64 * 1024, stream.inputTaken);
                write(stream);
            }
        } else if (const auto *data = std::get_if<StreamData>(&event)) { // typed
            NodeStream &stream = *byNumber(data->stream);
            if (data->offset != stream.inputTaken
                || data->bytes != streamBytes(stream.id + kInputStream, data->offset, data->bytes.size()))
                m_history.faults.push_back(
                    fmt::format("terminal input at {} comes as {}", stream.inputTaken, data->offset));
            stream.inputTaken += data->bytes.size();
            m_link->grant(data->stream, data->bytes.size());
        } else if (const auto *acked = std::get_if<StreamAcked>(&event)) {
            if (NodeStream *stream = byNumber(acked->stream)) {
                stream->acked = std::max(stream->acked, acked->offset);
                stream->settled = stream->settled || acked->ended;
            }
        } else if (const auto *writable = std::get_if<StreamWritable>(&event)) {
            if (NodeStream *stream = byNumber(writable->stream))
                write(*stream);
        } else if (const auto *failed = std::get_if<LinkFailed>(&event)) {
            if (failed->error.code == errors::kValidation)
                m_history.faults.push_back("node: " + failed->error.message);
        }
    }
}

void StreamNode::write(NodeStream &stream)
{
    if (!stream.isOpen || stream.finished || !m_link)
        return;
    while (stream.sendFrom < stream.produced) {
        const uint64_t count = std::min<uint64_t>(stream.produced - stream.sendFrom, 48 * 1024);
        const size_t taken = m_link->write(stream.number, streamBytes(stream.id, stream.sendFrom, count));
        stream.sendFrom += taken;
        if (taken < count)
            return;
    }
    if (stream.produced == stream.total) {
        m_link->finish(stream.number);
        stream.finished = true;
    }
}

void StreamNode::produce()
{
    for (auto &[id, stream] : m_streams) {
        uint64_t more = std::min(stream.total - stream.produced, m_random.below(6'000));
        if (stream.kind == StreamKind::Pty)
            more = std::min(more, kPtyKept - std::min(kPtyKept, stream.produced - stream.acked));
        stream.produced += more;
        write(stream);
    }
}

void StreamNode::onTime()
{
    if (m_clock.tick() >= m_produceAt) {
        m_produceAt = m_clock.tick() + Microseconds(10'000 + m_random.below(100'000));
        produce();
        const bool allProduced = std::all_of(m_streams.begin(), m_streams.end(), [](const auto &entry) {
            return entry.second.produced == entry.second.total;
        });
        if (allProduced)
            m_produceAt = Tick::max();
    }
    if (!m_link)
        return;
    m_link->onTime();
    handleEvents();
}

Tick StreamNode::nextDeadline() const
{
    return m_link ? std::min(m_produceAt, m_link->nextDeadline()) : m_produceAt;
}

bool StreamNode::isDone() const
{
    return std::all_of(m_streams.begin(), m_streams.end(),
                       [](const auto &entry) { return entry.second.settled; });
}

// ---- The engine ----------------------------------------------------------------------------------------------------

StreamEngine::StreamEngine(ManualClock &clock, Random &random, History &history, uint64_t inputBytes)
    : m_clock(clock),
      m_random(random),
      m_history(history),
      m_inputBytes(inputBytes),
      m_syncAt(clock.tick())
{
}

void StreamEngine::connected()
{
    m_live.clear();
    m_link = std::make_unique<Link>(LinkSide::Engine, LinkLimits {}, m_clock, m_random);
    m_link->setCompression(m_history.compresses);
}

void StreamEngine::disconnected()
{
    sync(); // what has come is not lost with the link
    m_live.clear();
    m_link.reset();
}

void StreamEngine::crash()
{
    m_live.clear();
    m_link.reset();
}

std::optional<std::string> StreamEngine::nextMessage()
{
    if (!m_link)
        return std::nullopt;
    auto message = m_link->nextMessage();
    handleEvents();
    return message;
}

void StreamEngine::received(std::string_view message)
{
    if (!m_link)
        return;
    m_link->receive(message);
    handleEvents();
}

void StreamEngine::handleEvents()
{
    for (const LinkEvent &event : m_link->takeEvents()) {
        if (const auto *control = std::get_if<ControlReceived>(&event);
            control != nullptr && control->type == FrameType::Hello) {
            m_link->send(FrameType::Welcome, wire::Welcome());
            const wire::Hello hello = messageOf<wire::Hello>(*control).value();
            for (const wire::StreamState &state : hello.streams()) {
                const uint64_t id = std::stoull(state.token());
                wire::Open open;
                open.set_token(state.token());
                open.set_window(256 * 1024);
                open.set_receive_from(m_stored[id].durable);
                const StreamNumber number
                    = m_link->open(StreamKind::Pty, open, state.next_offset() > 0).value();
                m_live[number] = Live {id, m_stored[id].durable, false, true, 0};
            }
        } else if (const auto *offered = std::get_if<StreamOpenReceived>(&event)) {
            const uint64_t id = std::stoull(offered->open.token());
            m_live[offered->stream] = Live {id, m_stored[id].durable, false, false, 0};
            m_link->accept(offered->stream, 1024 * 1024, m_stored[id].durable);
            if (offered->resumed)
                ++m_history.resumes;
        } else if (const auto *opened = std::get_if<StreamOpened>(&event)) {
            m_inputSent = opened->opened.receive_from();
            typeInput();
        } else if (const auto *data = std::get_if<StreamData>(&event)) {
            Live &live = m_live[data->stream];
            if (data->offset != live.received
                || data->bytes != streamBytes(live.id, data->offset, data->bytes.size()))
                m_history.faults.push_back(
                    fmt::format("stream {}: {} was due, {} came", live.id, live.received, data->offset));
            live.received += data->bytes.size();
            live.ungranted += data->bytes.size();
            if (m_random.below(4) > 0) // a reader that is slow at times
                m_link->grant(data->stream, std::exchange(live.ungranted, 0));
        } else if (const auto *finished = std::get_if<StreamFinished>(&event)) {
            m_live[finished->stream].ended = true;
        } else if (const auto *acked = std::get_if<StreamAcked>(&event)) {
            m_inputConfirmed = std::max(m_inputConfirmed, acked->offset);
        } else if (std::holds_alternative<StreamWritable>(event)) {
            typeInput();
        } else if (const auto *failed = std::get_if<LinkFailed>(&event)) {
            if (failed->error.code == errors::kValidation)
                m_history.faults.push_back("engine: " + failed->error.message);
        }
    }
}

void StreamEngine::typeInput()
{
    for (const auto &[number, live] : m_live) {
        if (!live.isPty)
            continue;
        const uint64_t count = std::min(m_inputBytes - m_inputSent, m_random.below(2000));
        m_inputSent += m_link->write(number, streamBytes(live.id + kInputStream, m_inputSent, count));
    }
}

void StreamEngine::sync()
{
    for (auto &[number, live] : m_live) {
        Stored &stored = m_stored[live.id];
        if (live.received < stored.durable)
            m_history.faults.push_back(fmt::format("stream {} shrank", live.id));
        stored.durable = live.received;
        stored.ended = stored.ended || live.ended;
        if (!m_link)
            continue;
        if (live.ungranted > 0)
            m_link->grant(number, std::exchange(live.ungranted, 0));
        m_link->acknowledge(number, live.received);
        if (live.ended && live.isPty)
            m_link->finish(number);
    }
}

void StreamEngine::onTime()
{
    if (m_clock.tick() >= m_syncAt) {
        m_syncAt = m_clock.tick() + Microseconds(50'000 + m_random.below(150'000));
        sync();
        if (m_link)
            typeInput();
    }
    if (!m_link)
        return;
    m_link->onTime();
    handleEvents();
}

Tick StreamEngine::nextDeadline() const
{
    return m_link ? std::min(m_syncAt, m_link->nextDeadline()) : Tick::max();
}

uint64_t StreamEngine::durableOf(uint64_t stream) const
{
    const auto found = m_stored.find(stream);
    return found == m_stored.end() ? 0 : found->second.durable;
}

bool StreamEngine::hasEnded(uint64_t stream) const
{
    const auto found = m_stored.find(stream);
    return found != m_stored.end() && found->second.ended;
}

}
