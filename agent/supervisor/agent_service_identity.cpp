#include "agent/supervisor/agent_service.h"

#include "agent/supervisor/node_key.h"
#include "agent/supervisor/trusted_cas.h"
#include "backend/core/byte_encoding.h"
#include "backend/transport/causes.h"

#include <boost/asio/post.hpp>
#include <fmt/format.h>

// Who this node is, in a running agent: its machine, its certificate and the next one, and what it does when the engine refuses it.

namespace fb::agent {

using namespace std::chrono_literals;

namespace {

    constexpr std::chrono::hours kRenewRetry {1};
    constexpr std::chrono::hours kMostSpread {1};
    constexpr int kHardwareTries = 3;
    constexpr std::chrono::seconds kHardwareEvery {5};

}

Result<void> AgentService::loadIdentity()
{
    std::string complaint;
    auto pair = m_identity.usablePair(m_preferNewPair, complaint);
    if (!complaint.empty())
        warn(complaint);
    if (!pair)
        return pair.error();
    if (m_pair.tls && m_pair.tls->fingerprint() != pair->tls->fingerprint())
        m_ticket->clear(); // a ticket speaks for the certificate it was given to
    m_pair = *std::move(pair);
    return {};
}

// Devices may come late after a boot: three readings before anything is made of a difference (fleet-manager B3.4).
void AgentService::recogniseMachine(int tries)
{
    m_hardware = m_reader.read();
    if (m_options.hardwareRoot.empty() && tries < kHardwareTries && m_machine->mayComeLate(m_hardware)) {
        m_connectTimer.expires_after(kHardwareEvery);
        m_connectTimer.async_wait([this, tries](const boost::system::error_code &error) {
            if (!error)
                recogniseMachine(tries + 1);
        });
        return;
    }
    const auto isOther = m_machine->meet(m_hardware, m_random);
    if (!isOther)
        warn(isOther.error().message);
    else if (*isOther)
        warn("this is not the machine that was registered: its machine id is another one");
    m_core->setMachine(m_machine->fingerprint(), m_hardware);
    connect();
}

void AgentService::hibernate(std::string reason)
{
    m_hibernating = true;
    warn(fmt::format(
        "{}. It tries again every hour. To register this machine anew: flagbridge-agent register --force "
        "--state {} ...",
        reason.empty() ? "the engine refuses this node" : reason, m_state.path().string()));
}

void AgentService::askForReadmission()
{
    log("the certificate of this node has expired; an operator has to approve the next one");
    m_readmission.begin(
        {.fleetId = m_registration.fleetId,
         .endpoints = endpointsInOrder(),
         .tls = m_tls,
         .preferNewPair = m_pair.isNew},
        [this](const Result<void> &outcome) {
            if (!outcome) {
                hibernate(shownText(outcome.error().message));
                return connectAfter(kHibernation);
            }
            log("the next certificate was approved");
            m_preferNewPair = true;
            if (auto loaded = loadIdentity(); !loaded)
                warn(loaded.error().message);
            connectAfter(0ms);
        },
        [this](const std::string &why) { log(shownText(why)); });
}

// Due at 2/3 of its life, +/- 10 % by this node's hash, or now when the engine wants it.
void AgentService::watchCertificate(bool now)
{
    const transport::PeerCertificate &certificate = m_pair.tls->certificate();
    const Microseconds life = certificate.notAfter - certificate.notBefore;
    const std::string hash = sha256(m_registration.nodeId);
    const double share
        = 2.0 / 3.0 * (0.9 + 0.2 * static_cast<double>(static_cast<unsigned char>(hash[0])) / 255.0);
    const Instant due = certificate.notBefore
        + std::chrono::duration_cast<Microseconds>(std::chrono::duration<double, std::micro>(
            share * static_cast<double>(life.count())));
    const Microseconds wait = now ? Microseconds(0) : std::max<Microseconds>(0s, due - m_clock.now());
    m_renewTimer.expires_after(
        std::min<Microseconds>(wait, 24h)); // looked at again: the wall clock may be set
    m_renewTimer.async_wait([this, early = wait > Microseconds(24h)](const boost::system::error_code &error) {
        if (error || !m_core->isWelcomed())
            return;
        if (early)
            watchCertificate(false);
        else
            renew();
    });
}

// An operator of this machine asks for the next certificate (flagbridge-agent rotate).
void AgentService::awaitRotation()
{
    m_rotateSignal.async_wait([this](const boost::system::error_code &error, int) {
        if (error)
            return;
        if (m_core->isWelcomed())
            renew();
        else
            warn("a rotation was asked for, but this node is not connected");
        awaitRotation();
    });
}

void AgentService::renew()
{
    m_renewTimer.expires_after(kRenewRetry); // if no answer comes, or a bad one
    m_renewTimer.async_wait([this](const boost::system::error_code &error) {
        if (!error && m_core->isWelcomed())
            renew();
    });
    const auto key = m_identity.beginRenewal();
    const auto csr = key ? certificateRequest(*key) : Result<std::string>(key.error());
    if (!csr)
        return warn(csr.error().message);
    m_core->renewCertificate(*csr);
    pump();
}

// The engine has not taken this certificate. While a renewed one is not proven there are two, and either may be the one that it takes: an engine
// that does not know the next CA yet takes the earlier one, one that has seen the renewed one takes that alone (B3.3).
bool AgentService::tryOtherPair(const Error &cause)
{
    namespace causes = transport::causes;
    const bool isOfCertificate = cause.code == causes::kRefused || cause.code == causes::kUnknownCa
        || cause.code == causes::kRevoked || cause.code == causes::kExpired;
    if (!isOfCertificate || !m_identity.hasBothPairs())
        return false;
    const bool both = std::exchange(m_otherPairTried, !m_otherPairTried);
    warn(m_pair.isNew ? "the renewed certificate was refused; trying the earlier one"
                      : "the earlier certificate was refused; trying the renewed one");
    m_preferNewPair = !m_pair.isNew;
    if (auto loaded = loadIdentity(); !loaded)
        warn(loaded.error().message);
    return !both; // both were: then it is the node that is refused
}

void AgentService::trustGiven(const wire::TrustBundle &bundle)
{
    auto after = withBundle(m_registration, bundle);
    Result<std::shared_ptr<const transport::ClientTls>> tls = m_tls;
    if (after && *after) {
        tls = trustOf(**after);
        // On disk before it is confirmed, and in one file: whatever moment the power goes in, one set or the other is there whole.
        const Result<void> stored = tls ? m_identity.setRegistration(**after) : Result<void>(tls.error());
        if (!stored)
            after = stored.error();
    }
    if (!after) {
        warn("the engine's CAs were not taken: " + shownText(after.error().message));
        m_core->trustKept(m_registration.caVersion, after.error().message);
    } else {
        if (*after) {
            m_registration = **after;
            m_tls = *std::move(tls);
            m_ticket->clear(); // the next connection shows anew who the engine is
            log(fmt::format("the fleet's CAs are version {}, {} of them", m_registration.caVersion,
                            m_registration.caDer.size()));
        }
        m_core->trustKept(m_registration.caVersion);
    }
    if (bundle.renew_within_ms() > 0)
        renewWithin(std::chrono::milliseconds(bundle.renew_within_ms()));
}

// All nodes of the fleet are asked at once: each takes a moment of its own.
void AgentService::renewWithin(std::chrono::milliseconds spread)
{
    const auto most = static_cast<uint64_t>(std::min<std::chrono::milliseconds>(spread, kMostSpread).count());
    m_renewTimer.expires_after(std::chrono::milliseconds(m_random.below(most + 1)));
    m_renewTimer.async_wait([this](const boost::system::error_code &error) {
        if (!error && m_core->isWelcomed())
            renew();
    });
}

void AgentService::renewed(const wire::Renewed &renewed)
{
    if (!renewed.refused().empty())
        return warn("the engine did not renew the certificate: " + shownText(renewed.refused()));
    if (auto stored = m_identity.finishRenewal(renewed.certificate_der()); !stored)
        return warn("the renewed certificate cannot be used: " + stored.error().message);
    // Its first use is a connection of its own; streams and orders go on where they were.
    m_preferNewPair = true;
    m_switchingPair = true;
    m_policy.goAway(0ms, 0ms);
    if (m_socket)
        m_socket->close(transport::closeCodes::kNormal, "renewed certificate");
}

}
