#include "tests/integration/agent/script_engine.h"

#include "backend/core/byte_encoding.h"
#include "backend/core/ids.h"
#include "backend/protocol/features.h"

#include <fmt/format.h>

#include <QElapsedTimer>
#include <QJsonDocument>
#include <QJsonObject>

#include <unistd.h>

namespace fb::test {

using namespace protocol;

namespace {

    constexpr const char *kFleet = "11111111-2222-4333-8444-555555555555";

    std::string jsonText(const std::string &text)
    {
        const QJsonObject object {{QStringLiteral("x"), QString::fromStdString(text)}};
        const std::string json = QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString();
        return json.substr(5, json.size() - 6); // {"x":...}
    }

}

struct ScriptEngine::Node final : public transport::WebSocketHandler {
    Node(ScriptEngine &engineGiven, const Clock &clock, Random &random)
        : engine(engineGiven),
          link(LinkSide::Engine, LinkLimits {}, clock, random)
    {
    }
    void onMessage(std::string_view message) override
    {
        link.receive(message);
        for (const LinkEvent &event : link.takeEvents())
            engine.handle(*this, event);
        engine.pump();
    }
    void onWritten() override { engine.pump(); }
    void onClosed(const Error &) override { closed = true; }

    ScriptEngine &engine;
    Link link;
    std::unique_ptr<transport::WebSocket> socket;
    std::map<StreamNumber, std::string> tokens;
    std::map<StreamNumber, std::string> given; // what is left of files
    bool welcomed = false;
    bool closed = false;
    std::string nodeId;
};

ScriptEngine::ScriptEngine() : m_acceptor(m_context)
{
    const TestCertificate certificate = m_ca.engine(kFleet);
    auto identity = transport::TlsIdentity::load(certificate.der, {m_ca.der()}, certificate.key);
    auto tickets = std::make_shared<transport::TicketKeyRing>(m_random);
    m_tls = *transport::ServerTls::make(
        {.identity = *identity,
         .clientCaDer = {m_ca.der()},
         .clientRules = {transport::PeerRole::Node, std::string("fb:node/") + kFleet + "/", false},
         .tickets = tickets});
    m_served = std::make_shared<const std::vector<transport::ServedRequest>>(
        std::vector<transport::ServedRequest> {{"GET", std::string(kAgentPath)},
                                               {"POST", std::string(kEnrolPath)}});
    const boost::asio::ip::tcp::endpoint loopback(boost::asio::ip::make_address("127.0.0.1"), 0);
    m_acceptor.open(loopback.protocol());
    m_acceptor.bind(loopback);
    m_acceptor.listen();
    accept();
}

ScriptEngine::~ScriptEngine()
{
    m_node.reset();
    m_acceptor.close();
    m_context.poll();
}

QString ScriptEngine::url() const
{
    return QStringLiteral("wss://127.0.0.1:%1/agent/v1").arg(m_acceptor.local_endpoint().port());
}

QString ScriptEngine::caSha256() const { return QString::fromStdString(sha256Hex(m_ca.der())); }

bool ScriptEngine::wait(const std::function<bool()> &condition, int milliseconds)
{
    QElapsedTimer timer;
    timer.start();
    while (!condition()) {
        if (timer.elapsed() > milliseconds)
            return false;
        m_context.restart();
        m_context.run_for(std::chrono::milliseconds(5));
        if (m_node && m_node->closed)
            m_node.reset();
        if (m_node) {
            m_node->link.onTime();
            pump();
        }
    }
    return true;
}

void ScriptEngine::waitFor(int milliseconds)
{
    (void)wait([] { return false; }, milliseconds);
}

void ScriptEngine::accept()
{
    m_acceptor.async_accept([this](const boost::system::error_code &error, transport::Socket socket) {
        if (error)
            return;
        if (!m_refusing)
            transport::ServerConnection::start(
                std::move(socket), m_tls, m_served, {},
                {.onRequest = [this](const std::shared_ptr<transport::ServerConnection> &connection,
                                     transport::ServerRequest got) { request(connection, std::move(got)); },
                 .onFailed = [](const auto &, const Error &, const auto &) {}});
        accept();
    });
}

void ScriptEngine::request(const std::shared_ptr<transport::ServerConnection> &connection,
                           transport::ServerRequest request)
{
    if (request.served == 1)
        return enrol(connection, request.body);
    if (!connection->peer().hasCertificate)
        return connection->respond(401, "no-certificate");
    ++connections;
    resumed.push_back(connection->peer().resumed);
    serials.push_back(connection->peer().certificate.serial);
    auto node = std::make_unique<Node>(*this, m_clock, m_random);
    node->nodeId = connection->peer().certificate.commonName;
    node->socket = connection->upgrade(kSubprotocol, *node);
    if (node->socket)
        m_node = std::move(node);
}

void ScriptEngine::enrol(const std::shared_ptr<transport::ServerConnection> &connection,
                         const std::string &body)
{
    enrolRequest = *parse<wire::EnrolRequest>(body, 64 * 1024);
    ++enrolments;
    wire::EnrolAnswer answer;
    if (!enrolError.empty()) {
        answer.set_error_code(enrolError);
        answer.set_error_text("limit 2 reached");
        return connection->respond(200, "OK", answer.SerializeAsString());
    }
    std::string &nodeId = m_nodeIds[enrolRequest.nonce()];
    if (nodeId.empty())
        nodeId = newNodeId(m_random).text();
    if (std::exchange(dropEnrolAnswer, false))
        return connection->cut(makeError(errors::kInternal, "test"));
    answer.set_node_id(nodeId);
    answer.set_fleet_id(kFleet);
    answer.set_certificate_der(m_ca.signRequest(enrolRequest.csr_der(),
                                                {.commonName = nodeId,
                                                 .uri = std::string("fb:node/") + kFleet + "/" + nodeId,
                                                 .validTo = certificateLife}));
    answer.add_ca_der(m_ca.der());
    answer.set_release_key(releaseKey);
    connection->respond(200, "OK", answer.SerializeAsString());
}

bool ScriptEngine::isConnected() const { return m_node && m_node->welcomed && !m_node->closed; }

Link *ScriptEngine::link() { return isConnected() ? &m_node->link : nullptr; }

void ScriptEngine::cut() { m_node.reset(); }

void ScriptEngine::pump()
{
    if (!m_node || m_node->closed || !m_node->socket || !m_node->socket->isOpen()
        || m_node->socket->isWriting())
        return;
    if (auto message = m_node->link.nextMessage())
        m_node->socket->send(*std::move(message));
}

void ScriptEngine::handle(Node &node, const LinkEvent &event)
{
    if (const auto *received = std::get_if<ControlReceived>(&event)) {
        control(node, *received);
    } else if (const auto *file = std::get_if<StreamOpenReceived>(&event);
               file && file->open.kind() == uint32_t(StreamKind::FileGet)) {
        filesAsked.push_back(file->open.artifact().sha256());
        if (refuseFilesAsBusy)
            return node.link.refuse(file->stream, "busy", "later");
        const auto found = files.find(filesAsked.back());
        if (found == files.end())
            return node.link.refuse(file->stream, "not-found", "no such file");
        node.link.accept(file->stream, 0, 0);
        node.given[file->stream] = found->second.substr(file->open.receive_from());
        giveFile(node, file->stream);
    } else if (const auto *writable = std::get_if<StreamWritable>(&event)) {
        giveFile(node, writable->stream);
    } else if (const auto *open = std::get_if<StreamOpenReceived>(&event)) {
        node.tokens[open->stream] = open->open.token();
        node.link.accept(open->stream, window, stored[open->open.token()].size());
    } else if (const auto *data = std::get_if<StreamData>(&event)) {
        node.link.grant(data->stream, data->bytes.size());
        node.link.acknowledge(data->stream, data->offset + data->bytes.size());
        const auto token = node.tokens.find(data->stream);
        if (token == node.tokens.end()) {
            terminalOutput += data->bytes;
            if (data->isError)
                terminalErrors += data->bytes;
            return;
        }
        firstBytes.try_emplace(token->second, std::chrono::steady_clock::now());
        if (stored[token->second].size() != data->offset)
            qFatal("a gap or a repeat in the output");
        stored[token->second] += data->bytes;
    } else if (const auto *fin = std::get_if<StreamFinished>(&event);
               fin && !node.given.contains(fin->stream)) {
        const auto token = node.tokens.find(fin->stream);
        if (token == node.tokens.end()) {
            terminalFin = fin->fin;
        } else {
            ended.insert(token->second);
            dropped[token->second] = fin->fin.dropped();
        }
    } else if (const auto *given = std::get_if<StreamInputGiven>(&event)) {
        inputGiven.emplace_back(given->below, given->echo);
    } else if (const auto *opened = std::get_if<StreamOpened>(&event)) {
        terminalOpened = opened->opened;
    } else if (const auto *refused = std::get_if<StreamRefused>(&event)) {
        terminalRefused = *refused;
    } else if (const auto *failed = std::get_if<LinkFailed>(&event)) {
        qFatal("the agent broke the protocol: %s", failed->error.message.c_str());
    }
}

void ScriptEngine::giveFile(Node &node, StreamNumber stream)
{
    const auto left = node.given.find(stream);
    if (left == node.given.end())
        return;
    left->second.erase(0, node.link.write(stream, left->second));
    if (left->second.empty())
        node.link.finish(stream);
}

void ScriptEngine::control(Node &node, const ControlReceived &got)
{
    switch (got.type) {
    case FrameType::Hello: {
        hello = *messageOf<wire::Hello>(got);
        wire::Welcome welcome;
        welcome.set_protocol(kProtocolLevel);
        welcome.add_features(std::string(features::kZstd));
        welcome.set_node_id(node.nodeId);
        welcome.set_lease_epoch(1);
        welcome.set_engine_clock_us(toMicros(m_clock.now()));
        welcome.set_ping_after_ms(25000);
        welcome.set_reconnect_spread_ms(100);
        welcome.set_renew_certificate(std::exchange(renewOnWelcome, false));
        node.link.send(FrameType::Welcome, welcome);
        node.link.setCompression(true);
        node.welcomed = true;
        for (const auto &[head, body] : m_outbox) // again, from the reported watermark on
            if (head.dispatch_seq() > hello.settled_watermark())
                node.link.send(FrameType::Order, head, body.SerializeAsString());
        return;
    }
    case FrameType::OrderSeen: {
        const auto seen = *messageOf<wire::OrderSeen>(got);
        if (!seen.refused().empty())
            refusals[seen.order_id()] = seen.refused();
        return;
    }
    case FrameType::OrderStarted:
        started.insert(messageOf<wire::OrderStarted>(got)->order_id());
        return;
    case FrameType::OrderStep:
        steps.push_back(*messageOf<wire::OrderStep>(got));
        return;
    case FrameType::OrderResult: {
        const auto result = *messageOf<wire::OrderResult>(got);
        results[result.order_id()] = result;
        ++resultsCount[result.order_id()];
        if (!settles)
            return;
        wire::OrderSettled settled;
        settled.set_order_id(result.order_id());
        settled.set_attempt(result.attempt());
        settled.set_dispatch_seq(result.dispatch_seq());
        node.link.send(FrameType::OrderSettled, settled);
        std::erase_if(m_outbox,
                      [&](const auto &entry) { return entry.first.order_id() == result.order_id(); });
        return;
    }
    case FrameType::CancelResult:
        cancelResults.push_back(*messageOf<wire::CancelResult>(got));
        return;
    case FrameType::Metrics:
        metrics.push_back(*messageOf<wire::MetricReport>(got));
        return;
    case FrameType::GoAway:
        goodbyes.push_back(messageOf<wire::GoAway>(got)->reason());
        return;
    case FrameType::Renew: {
        wire::Renewed renewed;
        renewed.set_certificate_der(m_ca.signRequest(
            messageOf<wire::Renew>(got)->csr_der(),
            {.commonName = node.nodeId, .uri = std::string("fb:node/") + kFleet + "/" + node.nodeId}));
        node.link.send(FrameType::Renewed, renewed);
        return;
    }
    default:
        return;
    }
}

std::string ScriptEngine::orderId(uint64_t dispatchSeq)
{
    // No other test's: an agent ends whatever on its machine bears the mark of an order it takes up again.
    return fmt::format("01ARZ3NDEKTSV4R{:07}{:04}", ::getpid(), dispatchSeq);
}

void ScriptEngine::order(uint64_t dispatchSeq, const std::string &documentText, const std::string &parameters)
{
    wire::OrderHead head;
    wire::OrderBody body;
    head.set_order_id(orderId(dispatchSeq));
    head.set_attempt(1);
    head.set_dispatch_seq(dispatchSeq);
    head.set_lease_epoch(1);
    head.set_start_within_us(600'000'000);
    body.set_command_id(fmt::format("command-{}", dispatchSeq));
    body.set_document_json(documentText);
    body.set_parameters_json(parameters);
    body.set_document_type("Command");
    for (const wire::CalledDocument &called : m_called)
        *body.add_documents() = called;
    for (const wire::AgentBuild &build : builds)
        *body.add_agent_builds() = build;
    for (const wire::Attachment &attachment : attachments)
        *body.add_attachments() = attachment;
    m_outbox.emplace_back(head, body);
    if (isConnected())
        m_node->link.send(FrameType::Order, head, body.SerializeAsString());
    pump();
}

void ScriptEngine::call(const std::string &reference, const std::string &content, const std::string &format)
{
    wire::CalledDocument &called = m_called.emplace_back();
    called.set_reference(reference);
    called.set_name(reference.substr(0, reference.find(':')));
    called.set_format(format);
    called.set_content(content);
}

std::string ScriptEngine::shellStep(const std::string &name, const std::string &script,
                                    const std::string &extraInputs)
{
    return fmt::format(R"({{"action":"aws:runShellScript","name":"{}","inputs":{{"runCommand":[{}]{}{}}}}})",
                       name, jsonText(script), extraInputs.empty() ? "" : ",", extraInputs);
}

std::string ScriptEngine::document(const std::vector<std::string> &steps)
{
    std::string joined;
    for (const std::string &step : steps)
        joined += (joined.empty() ? "" : ",") + step;
    return fmt::format(R"({{"schemaVersion":"2.2","mainSteps":[{}]}})", joined);
}

void ScriptEngine::script(uint64_t dispatchSeq, const std::string &script, const std::string &extraInputs)
{
    order(dispatchSeq, document({shellStep("stepOne", script, extraInputs)}));
}

void ScriptEngine::cancel(uint64_t dispatchSeq)
{
    wire::Cancel message;
    message.set_order_id(orderId(dispatchSeq));
    message.set_attempt(1);
    m_node->link.send(FrameType::Cancel, message);
    pump();
}

std::string ScriptEngine::output(uint64_t dispatchSeq, int step, const char *pipe) const
{
    const auto it = stored.find(fmt::format("{}.1.{}.{}", orderId(dispatchSeq), step, pipe));
    return it == stored.end() ? std::string() : it->second;
}

bool ScriptEngine::outputEnded(uint64_t dispatchSeq, int step, const char *pipe) const
{
    return ended.contains(fmt::format("{}.1.{}.{}", orderId(dispatchSeq), step, pipe));
}

StreamNumber ScriptEngine::openTerminal(const wire::Open &open, bool resumed)
{
    terminalOpened.reset();
    terminalRefused.reset();
    const auto stream = m_node->link.open(StreamKind::Pty, open, resumed);
    pump();
    return stream ? *stream : 0;
}

}
