#include "backend/gateway/gateway_private.h"

#include "backend/base/qt_text.h"
#include "backend/gateway/csr_names.h"
#include "backend/transport/causes.h"

#include <fmt/format.h>

// What I/O threads hand over, taken in order of arrival. Messages and stream events go on in batches, which are emitted before any signal
// that is about a connection, so that a service never hears from a node it was told is gone.

namespace fb {

void Gateway::Private::drain(unsigned thread)
{
    if (thread >= threads.size())
        return; // a wake-up from before stop()
    std::vector<GatewayEvent> events = threads[thread]->takeEvents();
    for (GatewayEvent &event : events)
        std::visit([this](auto &&each) { came(std::move(each)); }, std::move(event));
    flushBatches();
}

void Gateway::Private::flushBatches()
{
    if (!messages.isEmpty())
        emit q.controlReceived(std::exchange(messages, {}));
    if (!streamEvents.isEmpty())
        emit q.streamsChanged(std::exchange(streamEvents, {}));
}

void Gateway::Private::came(HelloCame &&event) { helloCame(std::move(event)); }

void Gateway::Private::came(NodeMessage &&event)
{
    Connection *connection = find(event.connection);
    if (connection == nullptr)
        return; // dismissed meanwhile
    switch (event.type) {
    case protocol::FrameType::GoAway: {
        const auto goAway = protocol::messageOf<wire::GoAway>(
            {event.type, event.sequence, std::move(event.header), std::move(event.payload)});
        return lose(
            event.connection,
            makeError(losses::kGoAway, goAway ? goAway->reason().substr(0, 64) : std::string("unknown")));
    }
    case protocol::FrameType::Error: {
        const auto report = protocol::messageOf<wire::ErrorReport>(
            {event.type, event.sequence, std::move(event.header), std::move(event.payload)});
        if (report && !report->fatal())
            return;
        const std::string text = report ? report->code().substr(0, 64) + ": " + report->text().substr(0, 512)
                                        : std::string("an ERROR that can't be read");
        const Error cause = makeError(losses::kAgentError, text);
        return dismiss(event.connection, transport::closeCodes::kNormal, cause, {});
    }
    default:
        break;
    }
    if (connection->stage != Stage::Served)
        return;
    if (event.type == protocol::FrameType::Renew)
        return renew(*connection, std::move(event));
    messages.append(std::move(event));
}

void Gateway::Private::renew(const Connection &connection, NodeMessage &&message)
{
    const auto request = protocol::messageOf<wire::Renew>(
        {message.type, message.sequence, std::move(message.header), std::move(message.payload)});
    const std::string csr = request ? request->csr_der() : std::string();
    for (const std::string &named : nodesNamedInCsr(csr)) {
        if (named != connection.node.text())
            return q.reportViolation(connection.node,
                                     QStringLiteral("asked for a certificate of %1").arg(toQString(named)));
    }
    NodeConnection who;
    who.node = connection.node;
    who.connection = connection.number;
    who.serial = QByteArray::fromStdString(connection.serial);
    flushBatches();
    renewal.renew(who, csr,
                  [this, number = who.connection,
                   stillThere = std::weak_ptr<bool>(alive)](const wire::Renewed &answer) {
                      if (stillThere.expired())
                          return;
                      if (const Connection *still = find(number);
                          still != nullptr && still->stage == Stage::Served)
                          q.send(still->node, protocol::FrameType::Renewed, answer);
                  });
}

void Gateway::Private::came(StreamEvent &&event)
{
    Connection *connection = find(event.key.connection);
    if (connection == nullptr || connection->stage != Stage::Served)
        return;
    if (std::holds_alternative<protocol::StreamOpenReceived>(event.what))
        connection->streams.emplace(event.key.number, Stream {});
    else if (!connection->streams.contains(event.key.number))
        return;
    streamEvents.append(std::move(event));
}

void Gateway::Private::came(StreamTaken &&event)
{
    Stream *stream = find(event.key);
    if (stream == nullptr)
        return;
    stream->unsent -= std::min(stream->unsent, event.bytes);
    if (stream->unsent <= options.maxUnsentStreamBytes / 2 && std::exchange(stream->wantsRoom, false))
        streamEvents.append({event.key, find(event.key.connection)->node, protocol::StreamWritable {}});
}

void Gateway::Private::came(StreamGone &&event)
{
    if (Connection *connection = find(event.key.connection))
        connection->streams.erase(event.key.number);
}

void Gateway::Private::came(ConnectionClosed &&event) { lose(event.connection, event.cause); }

void Gateway::Private::came(NodeFellSilent &&event)
{
    const Connection *connection = find(event.connection);
    if (connection == nullptr || !connection->wasAnnounced)
        return;
    const NodeId node = connection->node;
    flushBatches();
    emit q.nodeSilent(node);
}

void Gateway::Private::came(NodeSpokeAgain &&event)
{
    const Connection *connection = find(event.connection);
    if (connection == nullptr || !connection->wasAnnounced)
        return;
    const NodeId node = connection->node;
    flushBatches();
    emit q.nodeHeardAgain(node);
}

void Gateway::Private::came(NodeClockSeen &&event)
{
    const Connection *connection = find(event.connection);
    if (connection != nullptr && connection->wasAnnounced)
        emit q.nodeClockMeasured(connection->node, event.offset, event.roundTrip);
}

void Gateway::Private::came(EnrolCame &&event)
{
    enrolment.enrol(event.body, toQString(event.address),
                    [this, thread = event.thread, request = event.request,
                     stillThere = std::weak_ptr<bool>(alive)](const wire::EnrolAnswer &answer) {
                        if (!stillThere.expired() && thread < threads.size())
                            threads[thread]->answerEnrolment(request, answer);
                    });
}

void Gateway::Private::came(RefusedCertificate &&event)
{
    qCInfo(lcGateway) << "refused a certificate from" << event.address << toQString(event.cause.code.name())
                      << toQString(event.node);
    emit q.certificateRefused(event);
}

}
