#include "backend/nodes/datachannel/plugin_ports.h"

#include "backend/base/qt_text.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr std::chrono::seconds kLingers {5}; // after the client's end: it takes nothing more
    constexpr qsizetype kSmuxPiece = 16 * 1024;
    constexpr uint32_t kRawStream = 0;
}

// One connection. It tells the client of its end once its bytes are passed.
class PluginPorts::Stream final : public PortStreamClient
{
public:
    Stream(PluginPorts &ports, uint32_t number) : m_ports(ports), m_number(number) { }
    ~Stream()
    {
        if (m_stream != 0)
            m_ports.m_sessions.ports().close(m_stream);
    }

    Result<void> open()
    {
        const auto stream = m_ports.m_sessions.openPort(m_ports.m_session, this);
        if (!stream)
            return stream.error();
        m_stream = *stream;
        return {};
    }

    void write(std::string_view bytes)
    {
        if (m_clientEnded || m_isOver)
            return;
        m_toNode.append(bytes.data(), static_cast<qsizetype>(bytes.size()));
        sendToNode();
    }

    void clientEnds()
    {
        if (std::exchange(m_clientEnded, true))
            return;
        m_endedAt = m_ports.m_clock.tick();
        m_toClient.clear();
        sendToNode();
    }

    qsizetype waiting() const { return m_toNode.size(); }
    bool hasForClient() const { return !m_toClient.isEmpty() || (m_nodeEnded && !m_endTold); }
    // Both ends are told, or the client waits for nothing more of it.
    bool isOver(Tick now) const
    {
        return m_clientEnded
            && (m_isOver || (m_toNode.isEmpty() && (m_endTold || m_nodeEnded || now - m_endedAt > kLingers)));
    }

    // The bytes that went.
    size_t pass(size_t room)
    {
        const qsizetype size = std::min({m_toClient.size(), kSmuxPiece, static_cast<qsizetype>(room)});
        if (size > 0) {
            m_ports.passed(m_number, QByteArrayView(m_toClient).first(size));
            m_toClient.remove(0, size);
            if (m_stream != 0)
                m_ports.m_sessions.ports().consumed(m_stream, size);
        }
        if (m_toClient.isEmpty() && m_nodeEnded && !std::exchange(m_endTold, true))
            m_ports.passedEnd(m_number);
        return static_cast<size_t>(size);
    }

private:
    void sendToNode()
    {
        if (!m_isOpened || m_stream == 0)
            return;
        if (!m_toNode.isEmpty()) {
            if (!m_ports.m_sessions.ports().write(m_stream, m_toNode))
                return;
            m_toNode.clear();
        }
        if (m_clientEnded && !std::exchange(m_finished, true))
            m_ports.m_sessions.ports().finish(m_stream);
    }

    void portOpened() override
    {
        m_isOpened = true;
        sendToNode();
        m_ports.m_owner.portsMoved();
    }

    void portRefused(const Error &why) override
    {
        if (m_ports.m_isRaw)
            m_ports.m_owner.portsBroken(toQString(why.message));
        m_ports.m_owner.portsFlag(ChannelFlag::ConnectToPortError);
        gone();
    }

    void portReceived(const QByteArray &bytes) override
    {
        if (m_clientEnded) { // the plugin has let go of the connection whole
            m_ports.m_sessions.ports().consumed(m_stream, bytes.size());
            return;
        }
        m_toClient += bytes;
        m_ports.m_owner.portsMoved();
    }

    void portFinished() override
    {
        m_nodeEnded = true;
        if (m_finished)
            m_stream = 0; // both ends are: it is forgotten
        m_ports.m_owner.portsMoved();
    }

    void portWritable() override
    {
        sendToNode();
        m_ports.m_owner.portsMoved();
    }

    void portReset(const QString &) override { gone(); }

    void gone()
    {
        m_stream = 0;
        m_isOver = true;
        m_nodeEnded = true;
        m_toNode.clear();
        m_ports.m_owner.portsMoved();
    }

    PluginPorts &m_ports;
    const uint32_t m_number;
    SessionStream m_stream = 0; // 0: none, or gone
    QByteArray m_toNode;
    QByteArray m_toClient;
    Tick m_endedAt {};
    bool m_isOpened = false;
    bool m_clientEnded = false;
    bool m_nodeEnded = false;
    bool m_finished = false;
    bool m_endTold = false;
    bool m_isOver = false;
};

PluginPorts::PluginPorts(SessionService &sessions, const Clock &clock, SessionId session, bool isRaw,
                         Owner &owner)
    : m_sessions(sessions),
      m_clock(clock),
      m_session(std::move(session)),
      m_isRaw(isRaw),
      m_owner(owner)
{
}

PluginPorts::~PluginPorts() = default;

void PluginPorts::begin()
{
    if (m_isRaw && m_streams.empty())
        open(kRawStream);
}

void PluginPorts::open(uint32_t number)
{
    auto stream = std::make_unique<Stream>(*this, number);
    if (auto opened = stream->open(); !opened) {
        if (m_isRaw)
            return m_owner.portsBroken(toQString(opened.error().message));
        m_owner.portsFlag(ChannelFlag::ConnectToPortError);
        return passedEnd(number);
    }
    m_streams.emplace(number, std::move(stream));
}

bool PluginPorts::receive(std::string_view bytes)
{
    if (waiting() > kMostWaiting || (m_isRaw && m_streams.empty()))
        return false;
    if (m_isRaw) {
        m_streams.begin()->second->write(bytes);
        return true;
    }
    const auto frames = m_reader.read(bytes);
    if (!frames)
        m_owner.portsBroken(toQString(frames.error().message));
    for (const SmuxFrame &frame : frames ? *frames : std::vector<SmuxFrame>())
        take(frame);
    return true;
}

void PluginPorts::take(const SmuxFrame &frame)
{
    const auto found = m_streams.find(frame.stream);
    switch (frame.command) {
    case SmuxCommand::Syn:
        if (found != m_streams.end())
            return;
        if (m_streams.size() >= kMostStreams) {
            m_owner.portsFlag(ChannelFlag::ConnectToPortError);
            return passedEnd(frame.stream);
        }
        return open(frame.stream);
    case SmuxCommand::Push:
        if (found != m_streams.end())
            found->second->write(frame.payload);
        return;
    case SmuxCommand::Fin:
        if (found != m_streams.end())
            found->second->clientEnds();
        return;
    case SmuxCommand::Nop:
        return;
    }
}

size_t PluginPorts::waiting() const
{
    size_t bytes = 0;
    for (const auto &[number, stream] : m_streams)
        bytes += static_cast<size_t>(stream->waiting());
    return bytes;
}

// In turn, so that a busy connection does not keep the others waiting.
void PluginPorts::pass(size_t room)
{
    bool any = true;
    while (any && room > 0) {
        any = false;
        auto next = m_streams.upper_bound(m_lastPassed);
        for (size_t i = 0; i < m_streams.size() && room > 0; ++i, ++next) {
            if (next == m_streams.end())
                next = m_streams.begin();
            if (!next->second->hasForClient())
                continue;
            any = true;
            m_lastPassed = next->first;
            room -= std::min(room, next->second->pass(room));
        }
    }
    const Tick now = m_clock.tick();
    std::erase_if(m_streams, [now](const auto &each) { return each.second->isOver(now); });
}

void PluginPorts::passed(uint32_t number, QByteArrayView bytes)
{
    const std::string_view payload(bytes.data(), static_cast<size_t>(bytes.size()));
    if (m_isRaw)
        return m_owner.portsSend(payload);
    m_owner.portsSend(
        SmuxFrame {.command = SmuxCommand::Push, .stream = number, .payload = std::string(payload)}
            .encoded());
}

void PluginPorts::passedEnd(uint32_t number)
{
    if (m_isRaw)
        return m_owner.portsBroken(u"the connection has ended"_s);
    m_owner.portsSend(SmuxFrame {.command = SmuxCommand::Fin, .stream = number, .payload = {}}.encoded());
}

}
