#include "backend/nodes/datachannel/data_channel.h"

#include "backend/base/qt_text.h"
#include "backend/core/ids.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr Microseconds kClockGrain {10'000};
    constexpr Microseconds kLongestWait {1'000'000};
    constexpr size_t kMessageCost = 256; // of one that is held, beside its payload
    constexpr int kSendsToOneThatHasIt = 3;
    constexpr int kResendsInATick = 16;
}

DataChannel::DataChannel(Owner &owner, const Clock &clock, Random &random)
    : m_owner(owner),
      m_clock(clock),
      m_random(random)
{
}

AgentMessage DataChannel::messageOf(std::string_view type, std::string payload)
{
    return {.messageType = std::string(type),
            .createdMs = static_cast<uint64_t>(toMicros(m_clock.now()) / 1000),
            .messageId = newUuid(m_random),
            .payload = std::move(payload)};
}

// ---- To the client -------------------------------------------------------------------------------------------------

void DataChannel::send(PayloadType type, std::string_view payload)
{
    AgentMessage message = messageOf(messageTypes::kOutput, std::string(payload));
    message.sequence = m_nextSequence++;
    message.flags = message.sequence == 0 ? AgentMessage::kSyn : 0;
    message.payloadType = type;
    m_unackedBytes += payload.size();
    m_outgoing.push_back({.sequence = message.sequence,
                          .type = type,
                          .payloadBytes = payload.size(),
                          .encoded = message.encoded()});
    if (m_isConnected)
        transmit(m_outgoing.back());
}

void DataChannel::transmit(Outgoing &message)
{
    message.sentAt = m_clock.tick();
    ++message.sends;
    m_owner.channelSends(message.encoded);
}

void DataChannel::connected()
{
    m_isConnected = true;
    for (Outgoing &message : m_outgoing) {
        message.wasSentBefore = message.wasSentBefore || message.sends > 0;
        message.sends = 0;
        if (!message.isAcknowledged)
            transmit(message);
    }
}

void DataChannel::tick()
{
    if (!m_isConnected)
        return;
    const Tick now = m_clock.tick();
    int sent = 0;
    for (Outgoing &message : m_outgoing) {
        if (message.isAcknowledged)
            continue;
        if (now - message.sentAt < std::min(kLongestWait, m_resendAfter * message.sends)
            || ++sent > kResendsInATick)
            break; // what came later waits for no longer
        // The plugin says nothing to what it has had already: of a message whose acknowledgement was lost with the earlier socket it
        // never speaks again, only of later ones.
        if (message.wasSentBefore && message.sends >= kSendsToOneThatHasIt
            && m_highestAcknowledged > message.sequence)
            message.isAcknowledged = true;
        else
            transmit(message);
    }
    dropDelivered();
}

void DataChannel::takeAcknowledgement(const AgentMessage &message)
{
    const auto acknowledged = readAcknowledgement(message.payload);
    if (!acknowledged || m_outgoing.empty() || acknowledged->sequence < m_outgoing.front().sequence
        || acknowledged->sequence > m_outgoing.back().sequence)
        return;
    Outgoing &sent = m_outgoing[static_cast<size_t>(acknowledged->sequence - m_outgoing.front().sequence)];
    if (sent.sends == 0 || std::exchange(sent.isAcknowledged, true))
        return;
    m_highestAcknowledged = std::max(m_highestAcknowledged, sent.sequence);
    if (sent.sends == 1 && !sent.wasSentBefore)
        measure(sent);
    dropDelivered();
}

void DataChannel::dropDelivered()
{
    while (!m_outgoing.empty() && m_outgoing.front().isAcknowledged) {
        const PayloadType type = m_outgoing.front().type;
        const size_t bytes = m_outgoing.front().payloadBytes;
        m_outgoing.pop_front();
        m_unackedBytes -= bytes;
        m_owner.channelDelivered(type, bytes);
    }
}

void DataChannel::measure(const Outgoing &message)
{
    const Microseconds took = m_clock.tick() - message.sentAt;
    const Microseconds off = m_roundTrip > took ? m_roundTrip - took : took - m_roundTrip;
    m_variation = (3 * m_variation + off) / 4;
    m_roundTrip = (7 * m_roundTrip + took) / 8;
    m_resendAfter = std::min(kLongestWait, m_roundTrip + std::max(kClockGrain, 4 * m_variation));
}

void DataChannel::close(const std::string &session, const std::string &target, const std::string &text)
{
    if (!m_isConnected)
        return;
    AgentMessage message = messageOf(messageTypes::kChannelClosed, {});
    message.payload = QJsonDocument(QJsonObject {{u"MessageId"_s, toQString(message.messageId)},
                                                 {u"CreatedDate"_s, QString::number(message.createdMs)},
                                                 {u"DestinationId"_s, toQString(target)},
                                                 {u"SessionId"_s, toQString(session)},
                                                 {u"MessageType"_s, toQString(messageTypes::kChannelClosed)},
                                                 {u"SchemaVersion"_s, 1},
                                                 {u"Output"_s, toQString(text)}})
                          .toJson(QJsonDocument::Compact)
                          .toStdString();
    message.flags = AgentMessage::kSyn | AgentMessage::kFin;
    m_owner.channelSends(message.encoded());
}

// ---- From the client -----------------------------------------------------------------------------------------------

void DataChannel::receive(std::string_view bytes)
{
    const auto message = AgentMessage::decoded(bytes);
    if (!message) // a wrong digest too: it is not acknowledged, so it comes again
        return;
    if (message->messageType == messageTypes::kInput)
        takeInput(*message);
    else if (message->messageType == messageTypes::kAcknowledge)
        takeAcknowledgement(*message);
}

void DataChannel::takeInput(const AgentMessage &message)
{
    if (message.sequence < 0)
        return;
    if (!std::exchange(m_hasReceived, true) && message.sequence > 0)
        m_isOfAnother = true;
    const int64_t ahead = message.sequence - m_expected;
    if (ahead > 0 && (ahead > kMostAhead || m_heldBytes + message.payload.size() > kMostHeldBytes))
        return;
    if (ahead >= 0 && !m_held.contains(message.sequence)) {
        if (ahead == 0 && m_heldBytes > 2 * kMostHeldBytes)
            return;
        m_heldBytes += message.payload.size() + kMessageCost;
        m_held.emplace(message.sequence, Held {message.payloadType, message.payload});
    }
    AgentMessage taken = messageOf(messageTypes::kAcknowledge, acknowledgementOf(message));
    taken.flags = AgentMessage::kSyn | AgentMessage::kFin;
    if (m_isConnected)
        m_owner.channelSends(taken.encoded());
    retry();
}

void DataChannel::retry()
{
    if (std::exchange(m_isDelivering, true))
        return;
    for (auto next = m_held.find(m_expected); next != m_held.end(); next = m_held.find(m_expected)) {
        if (!m_owner.channelReceived(next->second.type, next->second.payload))
            break;
        m_heldBytes -= next->second.payload.size() + kMessageCost;
        m_held.erase(next);
        ++m_expected;
    }
    m_isDelivering = false;
}

}
