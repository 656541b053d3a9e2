#include "backend/gateway/io_thread.h"

#include "backend/gateway/node_link.h"
#include "backend/protocol/features.h"
#include "backend/transport/causes.h"

#include <boost/asio/post.hpp>

#include <pthread.h>

#include <algorithm>

namespace fb {

namespace asio = boost::asio;
using namespace transport;

namespace {
    constexpr size_t kMaxEnrolmentsWaiting = 256; // a thread; more are told to come again
    constexpr double kStrangersToldPerSecond = 10;
    constexpr size_t kAgentRequest = 0;

    const std::shared_ptr<const std::vector<ServedRequest>> &servedRequests()
    {
        static const auto served
            = std::make_shared<const std::vector<ServedRequest>>(std::vector<ServedRequest> {
                {"GET", std::string(protocol::kAgentPath)}, {"POST", std::string(protocol::kEnrolPath)}});
        return served;
    }

    // The node of a certificate that passed the fleet's rules: the last part of its URI.
    NodeId nodeOf(const PeerCertificate &certificate)
    {
        for (const std::string &uri : certificate.uris) {
            const std::string_view last = std::string_view(uri).substr(uri.rfind('/') + 1);
            if (uri.starts_with("fb:node/") && isNodeId(last))
                return NodeId(std::string(last));
        }
        return {};
    }
}

IoThread::IoThread(unsigned index, const IoOptions &options, const Clock &clock, Random &random,
                   HalfOpen &halfOpen, std::atomic<quint64> &numbers, std::function<void()> wakeEngine)
    : m_index(index),
      m_options(options),
      m_clock(clock),
      m_random(random),
      m_halfOpen(halfOpen),
      m_numbers(numbers),
      m_wakeEngine(std::move(wakeEngine)),
      m_work(m_context.get_executor()),
      m_strangers(kStrangersToldPerSecond, clock.tick())
{
}

IoThread::~IoThread() { stop(); }

void IoThread::start()
{
    m_thread = std::thread([this] {
        pthread_setname_np(pthread_self(), "fb-gateway-io");
        m_context.run();
    });
}

void IoThread::stop()
{
    if (!m_thread.joinable())
        return;
    m_context.stop();
    m_thread.join();
    m_links.clear();
    m_enrolments.clear();
}

void IoThread::setTls(std::shared_ptr<const ServerTls> tls)
{
    const std::lock_guard lock(m_mutex);
    m_tls = std::move(tls);
}

// ---- Connections without a name ----------------------------------------------------------------------------------

void IoThread::adopt(Socket socket)
{
    asio::post(m_context,
               [this, held = std::make_shared<Socket>(std::move(socket))] { begin(std::move(*held)); });
}

void IoThread::begin(Socket socket)
{
    std::shared_ptr<const ServerTls> tls;
    {
        const std::lock_guard lock(m_mutex);
        tls = m_tls;
    }
    ServerConnection::Callbacks callbacks;
    callbacks.onRequest = [this](const auto &connection, ServerRequest wanted) {
        m_halfOpen.remove(connection.get());
        request(connection, std::move(wanted));
    };
    callbacks.onFailed = [this](const auto &connection, const Error &cause, const auto &certificate) {
        m_halfOpen.remove(connection.get());
        failed(connection, cause, certificate);
    };
    const auto connection = ServerConnection::start(std::move(socket), std::move(tls), servedRequests(),
                                                    m_options.connection, std::move(callbacks));
    if (const auto oldest = m_halfOpen.add(connection)) {
        asio::post(oldest->executor(), [oldest] {
            oldest->cut(makeError(causes::kEvicted, "too many half-open connections; the oldest made room"));
        });
    }
}

void IoThread::request(const std::shared_ptr<ServerConnection> &connection, ServerRequest wanted)
{
    if (wanted.served != kAgentRequest)
        return enrol(connection, wanted.body);
    const PeerInfo peer = connection->peer();
    if (!peer.hasCertificate)
        return connection->respond(401, causes::kNoCertificate.name());
    const NodeId node = nodeOf(peer.certificate);
    if (node.isEmpty())
        return connection->respond(403, causes::kWrongFleet.name());
    const quint64 number = newNumber();
    auto link = std::make_unique<NodeLink>(*this, number, node);
    NodeLink *raw = link.get();
    m_links.emplace(number, std::move(link));
    if (!raw->begin(*connection, peer))
        m_links.erase(number);
}

void IoThread::failed(const std::shared_ptr<ServerConnection> &connection, const Error &cause,
                      const std::optional<PeerCertificate> &certificate)
{
    if (cause.field != "certificate")
        return;
    if (!certificate && !m_strangers.take(m_clock.tick()))
        return; // anybody can send worthless certificates; a sample of them is enough
    RefusedCertificate refused {.cause = cause, .node = {}, .serial = {}, .address = {}, .at = m_clock.now()};
    refused.address = QString::fromStdString(connection->peer().address);
    if (certificate) {
        refused.node = nodeOf(*certificate);
        refused.serial = QByteArray::fromStdString(certificate->serial);
    }
    push(std::move(refused));
}

// ---- Enrolment ---------------------------------------------------------------------------------------------------

void IoThread::enrol(const std::shared_ptr<ServerConnection> &connection, const std::string &body)
{
    auto parsed = protocol::parse<wire::EnrolRequest>(body, m_options.connection.maxBodyBytes);
    if (!parsed)
        return connection->respond(400, "malformed");
    if (m_enrolments.size() >= kMaxEnrolmentsWaiting)
        std::erase_if(m_enrolments, [](const auto &entry) { return entry.second->isOver(); });
    if (m_enrolments.size() >= kMaxEnrolmentsWaiting)
        return connection->respond(503, "busy");
    const quint64 number = newNumber();
    m_enrolments.emplace(number, connection);
    push(EnrolCame {number, m_index, connection->peer().address, std::move(*parsed)});
}

void IoThread::answerEnrolment(quint64 request, wire::EnrolAnswer answer)
{
    asio::post(m_context, [this, request, answer = std::move(answer)] {
        const auto found = m_enrolments.find(request);
        if (found == m_enrolments.end())
            return;
        found->second->respond(200, "OK", answer.SerializeAsString());
        m_enrolments.erase(found);
    });
}

// ---- To the engine -----------------------------------------------------------------------------------------------

void IoThread::push(GatewayEvent event)
{
    m_fresh.push_back(std::move(event));
    if (!std::exchange(m_flushPosted, true))
        asio::post(m_context, [this] { flush(); }); // after what is ready now
}

void IoThread::flush()
{
    m_flushPosted = false;
    size_t weight = 0;
    for (const GatewayEvent &event : m_fresh)
        weight += weightOf(event);
    bool wake = false;
    {
        const std::lock_guard lock(m_mutex);
        if (m_inbox.empty())
            m_inbox.swap(m_fresh);
        else
            std::move(m_fresh.begin(), m_fresh.end(), std::back_inserter(m_inbox));
        m_inboxBytes += weight;
        if (m_inboxBytes > m_options.maxInboxBytes || m_inbox.size() > m_options.maxInboxEvents)
            m_inboxFull = true;
        wake = !std::exchange(m_engineWoken, true);
    }
    m_fresh.clear();
    if (wake)
        m_wakeEngine();
}

std::vector<GatewayEvent> IoThread::takeEvents()
{
    std::vector<GatewayEvent> events;
    bool wasFull = false;
    {
        const std::lock_guard lock(m_mutex);
        events.swap(m_inbox);
        m_inboxBytes = 0;
        m_engineWoken = false;
        wasFull = m_inboxFull.exchange(false);
    }
    if (wasFull)
        asio::post(m_context, [this] { drained(); });
    return events;
}

void IoThread::drained()
{
    const auto waiting = std::exchange(m_waiting, {});
    for (const quint64 number : waiting) {
        if (const auto found = m_links.find(number); found != m_links.end())
            found->second->resumeReading();
    }
}

// ---- From the engine ---------------------------------------------------------------------------------------------

void IoThread::toConnection(quint64 connection, std::function<void(NodeLink &)> call)
{
    const std::lock_guard lock(m_mutex);
    m_calls.emplace_back(connection, std::move(call));
    if (!std::exchange(m_callsPosted, true))
        asio::post(m_context, [this] { runCalls(); });
}

void IoThread::runCalls()
{
    std::vector<std::pair<quint64, std::function<void(NodeLink &)>>> calls;
    {
        const std::lock_guard lock(m_mutex);
        calls.swap(m_calls);
        m_callsPosted = false;
    }
    std::vector<quint64> touched;
    for (const auto &[number, call] : calls) {
        const auto found = m_links.find(number);
        if (found == m_links.end())
            continue;
        call(*found->second);
        if (touched.empty() || touched.back() != number)
            touched.push_back(number);
    }
    for (const quint64 number : touched) {
        if (const auto found = m_links.find(number); found != m_links.end())
            found->second->turn();
    }
}

void IoThread::gone(quint64 connection)
{
    asio::post(m_context, [this, connection] {
        m_waiting.erase(connection);
        m_links.erase(connection);
    });
}

}
