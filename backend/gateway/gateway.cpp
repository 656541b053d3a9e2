#include "backend/gateway/gateway.h"

#include "backend/base/fail.h"
#include "backend/gateway/gateway_private.h"
#include "backend/protocol/order_signature.h"
#include "backend/transport/causes.h"

#include <algorithm>

namespace fb {

Q_LOGGING_CATEGORY(lcGateway, "fb.gateway", QtInfoMsg)

namespace {
    constexpr auto kAllFarewellsWithin = std::chrono::milliseconds(2000);
}

Gateway::Private::Private(Gateway &gateway, const Clock &clock_, Random &random_,
                          AdmissionHandler &admission_, EnrolmentHandler &enrolment_,
                          RenewalHandler &renewal_)
    : q(gateway),
      clock(clock_),
      random(random_),
      admission(admission_),
      enrolment(enrolment_),
      renewal(renewal_)
{
    stopTimer.setSingleShot(true);
}

Gateway::Gateway(const Clock &clock, Random &random, AdmissionHandler &admission, EnrolmentHandler &enrolment,
                 RenewalHandler &renewal, QObject *parent)
    : QObject(parent),
      d(std::make_unique<Private>(*this, clock, random, admission, enrolment, renewal))
{
    qRegisterMetaType<NodeConnection>();
    qRegisterMetaType<RefusedCertificate>();
    connect(&d->stopTimer, &QTimer::timeout, this, [this] {
        d->shutDown();
        emit stopped();
    });
}

Gateway::~Gateway() { d->shutDown(); }

// ---- Life --------------------------------------------------------------------------------------------------------

Result<void> Gateway::start(GatewayOptions options, const GatewayTls &tls)
{
    d->shutDown();
    d->stopping = false;
    if (options.ioThreads <= 0)
        options.ioThreads = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    if (!options.tickets)
        options.tickets = std::make_shared<transport::TicketKeyRing>(d->random);
    options.link.pingAfter = options.pingAfter;
    d->options = std::move(options);
    d->halfOpen = std::make_unique<HalfOpen>(static_cast<size_t>(d->options.maxHalfOpen));
    const IoOptions io {d->options.connection, d->options.link, d->options.maxInboxBytes,
                        d->options.maxInboxEvents, d->options.maxUnsentControlBytes};
    std::vector<IoThread *> threads;
    for (unsigned index = 0; index < static_cast<unsigned>(d->options.ioThreads); ++index) {
        d->threads.push_back(std::make_unique<IoThread>(
            index, io, d->clock, d->random, *d->halfOpen, d->numbers, [this, index] {
                QMetaObject::invokeMethod(
                    this, [this, index] { d->drain(index); }, Qt::QueuedConnection);
            }));
        threads.push_back(d->threads.back().get());
    }
    const auto refuse = [this](const Error &error) -> Result<void> {
        d->shutDown();
        return error;
    };
    if (const auto applied = d->applyTls(tls); !applied)
        return refuse(applied.error());
    auto listener
        = Listener::listen(toStd(d->options.listenAddress), d->options.port, d->options.listenBacklog,
                           static_cast<double>(d->options.handshakesPerSecond) * d->options.ioThreads,
                           d->clock, std::move(threads));
    if (!listener)
        return refuse(listener.error());
    d->listener = std::move(*listener);
    for (const auto &thread : d->threads)
        thread->start();
    d->listener->start();
    qCInfo(lcGateway) << "listening on" << d->options.listenAddress << "port" << port();
    return {};
}

Result<void> Gateway::Private::applyTls(const GatewayTls &tls)
{
    if (tls.fleetCaDer.empty())
        return fail(errors::kValidation, QStringLiteral("The gateway needs the fleet's CA."));
    auto identity
        = transport::TlsIdentity::load(tls.certificateDer, {tls.fleetCaDer.front()}, tls.privateKey);
    if (!identity)
        return identity.error();
    std::vector<std::shared_ptr<const transport::ServerTls>> contexts;
    for (size_t i = 0; i < threads.size(); ++i) { // one a thread; they share the ticket keys
        transport::ServerTlsOptions server;
        server.identity = *identity;
        server.clientCaDer = tls.fleetCaDer;
        server.clientRules = {transport::PeerRole::Node, "fb:node/" + options.fleet.text() + '/', false};
        server.tickets = options.tickets;
        server.clock = &clock;
        server.isRevoked = [this](std::string_view serial) { return revoked.contains(serial); };
        auto made = transport::ServerTls::make(std::move(server));
        if (!made)
            return made.error();
        contexts.push_back(std::move(*made));
    }
    for (size_t i = 0; i < threads.size(); ++i)
        threads[i]->setTls(contexts[i]);
    return {};
}

Result<void> Gateway::setTls(const GatewayTls &tls) { return d->applyTls(tls); }

bool Gateway::isListening() const { return d->listener != nullptr; }

quint16 Gateway::port() const { return d->listener ? d->listener->port() : quint16(0); }

void Gateway::setFleetSize(int nodes) { d->options.fleetSize = nodes; }

void Gateway::stop(std::chrono::milliseconds after, std::chrono::milliseconds spread, const QString &reason)
{
    if (d->threads.empty() || d->stopping)
        return;
    d->stopping = true;
    if (d->listener)
        d->listener->stop();
    d->listener.reset();
    wire::GoAway goAway;
    goAway.set_after_ms(static_cast<uint32_t>(after.count()));
    goAway.set_spread_ms(static_cast<uint32_t>(spread.count()));
    goAway.set_reason(toStd(reason));
    std::vector<quint64> all;
    for (const auto &[number, connection] : d->connections)
        all.push_back(number);
    for (const quint64 number : all)
        d->dismiss(number, transport::closeCodes::kGoingAway, makeError(losses::kStopping, toStd(reason)), {},
                   goAway);
    d->stopTimer.start(all.empty() ? std::chrono::milliseconds(0) : kAllFarewellsWithin);
}

void Gateway::Private::shutDown()
{
    stopTimer.stop();
    listener.reset();
    for (const auto &thread : threads)
        thread->stop();
    halfOpen.reset(); // its sockets belong to the threads' contexts
    threads.clear();
    connections.clear();
    served.clear();
    clones.clear();
}

// ---- Revocation --------------------------------------------------------------------------------------------------

void Gateway::setRevoked(const QSet<QByteArray> &serials)
{
    std::unordered_set<std::string> all;
    for (const QByteArray &serial : serials)
        all.insert(serial.toStdString());
    std::vector<std::string> live;
    for (const auto &[number, connection] : d->connections) {
        if (all.contains(connection.serial))
            live.push_back(connection.serial);
    }
    d->revoked.replace(std::move(all));
    for (const std::string &serial : live)
        addRevoked(QByteArray::fromStdString(serial));
}

void Gateway::addRevoked(const QByteArray &serial)
{
    const std::string text = serial.toStdString();
    d->revoked.add(text);
    std::vector<quint64> live;
    for (const auto &[number, connection] : d->connections) {
        if (connection.serial == text)
            live.push_back(number);
    }
    // A connection that has not said HELLO yet is not in the table; it is looked up again when it does.
    wire::ErrorReport report;
    report.set_code(std::string(transport::causes::kRevoked.name()));
    report.set_text("this node's certificate is revoked");
    report.set_fatal(true);
    for (const quint64 number : live)
        d->dismiss(number, transport::closeCodes::kRevoked,
                   makeError(transport::causes::kRevoked, "certificate " + text + " was revoked"), report);
}

// ---- Nodes -------------------------------------------------------------------------------------------------------

Gateway::Private::Connection *Gateway::Private::find(quint64 connection)
{
    const auto found = connections.find(connection);
    return found == connections.end() ? nullptr : &found->second;
}

const Gateway::Private::Connection *Gateway::Private::servedConnection(const NodeId &node) const
{
    const auto number = served.find(node);
    if (number == served.end())
        return nullptr;
    const auto found = connections.find(number->second);
    return found != connections.end() && found->second.stage == Stage::Served ? &found->second : nullptr;
}

Gateway::Private::Connection *Gateway::Private::servedConnection(const NodeId &node)
{
    return const_cast<Connection *>(std::as_const(*this).servedConnection(node));
}

void Gateway::Private::toLink(const Connection &connection, std::function<void(NodeLink &)> call)
{
    threads[connection.thread]->toConnection(connection.number, std::move(call));
}

void Gateway::setSigner(Signer signer) { d->signer = std::move(signer); }

bool Gateway::isConnected(const NodeId &node) const { return d->servedConnection(node) != nullptr; }

int Gateway::connectedCount() const { return static_cast<int>(d->served.size()); }

quint64 Gateway::connectionOf(const NodeId &node) const
{
    const auto *connection = d->servedConnection(node);
    return connection != nullptr ? connection->number : 0;
}

std::optional<Instant> Gateway::lastHeardAt(const NodeId &node) const
{
    const auto *connection = d->servedConnection(node);
    if (connection == nullptr)
        return std::nullopt;
    return fromMicros(connection->liveness->heardAt.load(std::memory_order_relaxed));
}

quint64 Gateway::leaseEpochOf(const NodeId &node) const
{
    const auto *connection = d->servedConnection(node);
    return connection != nullptr ? connection->leaseEpoch : 0;
}

bool Gateway::hasFeature(const NodeId &node, std::string_view feature) const
{
    const auto *connection = d->servedConnection(node);
    if (connection == nullptr)
        return false;
    return (feature == protocol::features::kZstd && connection->compresses)
        || (feature == protocol::features::kSignedOrders && connection->signsOrders)
        || (feature == protocol::features::kSignedOpens && !connection->openChallenge.empty());
}

bool Gateway::setQuarantined(const NodeId &node, bool quarantined)
{
    const auto number = d->served.find(node);
    if (number == d->served.end())
        return false;
    auto &connection = d->connections.at(number->second);
    if (quarantined) {
        for (const auto &[stream, state] : connection.streams) {
            d->toLink(connection,
                      [key = stream](NodeLink &link) { link.reset(key, "denied", "quarantined"); });
            d->streamEvents.append({{connection.number, stream}, connection.node, StreamLost {}});
        }
        connection.streams.clear();
    }
    connection.stage = quarantined ? Private::Stage::Quarantined : Private::Stage::Served;
    d->toLink(connection, [quarantined](NodeLink &link) { link.setServed(!quarantined); });
    d->flushBatches();
    return true;
}

void Gateway::disconnectNode(const NodeId &node, quint16 closeCode, const Error &cause)
{
    wire::ErrorReport report;
    report.set_code(std::string(cause.code.name()));
    report.set_text(cause.message);
    report.set_fatal(true);
    std::vector<quint64> all; // its clone too
    for (const auto &[number, connection] : d->connections) {
        if (connection.node == node)
            all.push_back(number);
    }
    for (const quint64 number : all)
        d->dismiss(number, closeCode, cause, report);
}

void Gateway::reportViolation(const NodeId &named, const QString &what)
{
    const NodeId node = named; // it may lie in what ends here
    qCWarning(lcGateway) << toQString(node) << "spoke for another node:" << what;
    disconnectNode(node, transport::closeCodes::kPolicy, makeError(losses::kViolation, toStd(what)));
    emit identityViolated(node, what);
}

bool Gateway::send(const NodeId &node, protocol::FrameType type, const google::protobuf::MessageLite &header,
                   std::string payload)
{
    const auto *connection = d->servedConnection(node);
    if (connection == nullptr)
        return false;
    std::shared_ptr<google::protobuf::MessageLite> copy(header.New());
    copy->CheckTypeAndMergeFrom(header);
    d->toLink(*connection, [type, copy, payload = std::move(payload)](NodeLink &link) mutable {
        link.send(type, *copy, std::move(payload));
    });
    return true;
}

void Gateway::sendProfile(const NodeId &node, const wire::NodeProfile &profile)
{
    auto *connection = d->servedConnection(node);
    if (connection == nullptr)
        return;
    wire::Config config;
    *config.mutable_profile() = profile;
    if (!connection->openChallenge.empty()) {
        config.set_signed_number(++connection->profilesSigned);
        const auto signature = d->signer(protocol::signedProfileText(d->options.fleet.text(), node.text(),
                                                                     connection->openChallenge,
                                                                     config.signed_number(), profile));
        if (!signature) {
            qCWarning(lcGateway) << "a profile cannot be signed:" << signature.error().message.c_str();
            return; // the node would not take it
        }
        config.set_profile_signature(*signature);
    }
    send(node, protocol::FrameType::Config, config);
}

// ---- Streams -----------------------------------------------------------------------------------------------------

Gateway::Private::Stream *Gateway::Private::find(const StreamKey &key)
{
    Connection *connection = find(key.connection);
    if (connection == nullptr || connection->stage != Stage::Served)
        return nullptr;
    const auto found = connection->streams.find(key.number);
    return found == connection->streams.end() ? nullptr : &found->second;
}

void Gateway::Private::toStream(const StreamKey &key, std::function<void(NodeLink &)> call)
{
    if (find(key) != nullptr)
        toLink(*find(key.connection), std::move(call));
}

Result<StreamKey> Gateway::openStream(const NodeId &node, protocol::StreamKind kind, wire::Open open,
                                      bool resumed)
{
    auto *connection = d->servedConnection(node);
    if (connection == nullptr)
        return fail(errors::kTargetNotConnected, QStringLiteral("%1 is not connected.").arg(toQString(node)),
                    QStringLiteral("Target"));
    if (!connection->openChallenge.empty()) {
        open.set_kind(static_cast<uint32_t>(kind));
        open.set_signed_number(++connection->opensSigned);
        const auto signature = d->signer(protocol::signedOpenText(d->options.fleet.text(), node.text(),
                                                                  connection->openChallenge, resumed, open));
        if (!signature)
            return signature.error();
        open.set_signature(*signature);
    }
    const StreamKey key {connection->number, d->numbers.fetch_add(1)};
    connection->streams.emplace(key.number, Private::Stream {});
    d->toLink(*connection, [key, kind, open = std::move(open), resumed](NodeLink &link) {
        link.openStream(key.number, kind, open, resumed);
    });
    return key;
}

void Gateway::accept(const StreamKey &stream, quint64 window, quint64 receiveFrom, const QString &note)
{
    d->toStream(stream, [stream, window, receiveFrom, text = toStd(note)](NodeLink &link) {
        link.accept(stream.number, window, receiveFrom, text);
    });
}

void Gateway::refuse(const StreamKey &stream, const QString &code, const QString &text)
{
    d->toStream(stream, [stream, code = toStd(code), text = toStd(text)](NodeLink &link) {
        link.refuse(stream.number, code, text);
    });
}

bool Gateway::write(const StreamKey &stream, std::string bytes)
{
    Private::Stream *entry = d->find(stream);
    if (entry == nullptr)
        return false;
    if (entry->unsent + bytes.size() > d->options.maxUnsentStreamBytes) {
        entry->wantsRoom = true;
        return false;
    }
    entry->unsent += bytes.size();
    d->toStream(stream, [stream, bytes = std::move(bytes)](NodeLink &link) mutable {
        link.write(stream.number, std::move(bytes));
    });
    return true;
}

void Gateway::finish(const StreamKey &stream, const wire::Fin &fin)
{
    d->toStream(stream, [stream, fin](NodeLink &link) { link.finish(stream.number, fin); });
}

void Gateway::reset(const StreamKey &stream, const QString &code, const QString &text)
{
    d->toStream(stream, [stream, code = toStd(code), text = toStd(text)](NodeLink &link) {
        link.reset(stream.number, code, text);
    });
}

void Gateway::acknowledge(const StreamKey &stream, quint64 offset)
{
    d->toStream(stream, [stream, offset](NodeLink &link) { link.acknowledge(stream.number, offset); });
}

void Gateway::grant(const StreamKey &stream, quint64 bytes)
{
    d->toStream(stream, [stream, bytes](NodeLink &link) { link.grant(stream.number, bytes); });
}

void Gateway::resize(const StreamKey &stream, quint32 columns, quint32 rows)
{
    d->toStream(stream,
                [stream, columns, rows](NodeLink &link) { link.resize(stream.number, columns, rows); });
}

void Gateway::signalStream(const StreamKey &stream, int number)
{
    d->toStream(stream, [stream, number](NodeLink &link) { link.signal(stream.number, number); });
}

}
