#include "agent/network/network_start.h"

#include <openssl/crypto.h>

#include <algorithm>

namespace fb::agent {

namespace {

    uint64_t count(std::chrono::milliseconds time) { return static_cast<uint64_t>(time.count()); }

    void wipe(std::string &bytes) { OPENSSL_cleanse(bytes.data(), bytes.size()); }

}

network::Start networkStart(const transport::EndpointUrl &url, const transport::ClientTls &tls,
                            const transport::TlsIdentity *identity, const transport::ConnectionLimits &limits)
{
    network::Start start;
    start.set_host(url.host);
    start.set_port(url.port);
    start.set_path(url.path);
    const transport::ClientTlsOptions &trust = tls.options();
    for (const std::string &ca : trust.caDer)
        start.add_ca_der(ca);
    start.set_ca_sha256(trust.caSha256);
    start.set_uri_prefix(trust.serverRules.uriPrefix);
    start.set_whole_uri(trust.serverRules.wholeUri);
    if (identity) {
        start.set_certificate_der(identity->certificateDer());
        const SecretBytes key = identity->privateKeyDer();
        start.set_private_key(key.view().data(), key.size());
    }
    network::Limits &bounds = *start.mutable_limits();
    bounds.set_max_message_bytes(limits.maxMessageBytes);
    bounds.set_max_framing_bytes(limits.maxFramingBytes);
    bounds.set_handshake_within(count(limits.handshakeWithin));
    bounds.set_message_within(count(limits.messageWithin));
    bounds.set_stalled_after(count(limits.stalledAfter));
    bounds.set_tcp_user_timeout(count(limits.tcpUserTimeout));
    bounds.set_close_within(count(limits.closeWithin));
    bounds.set_max_request_head_bytes(limits.maxRequestHeadBytes);
    bounds.set_max_body_bytes(limits.maxBodyBytes);
    bounds.set_masked_write_bytes(limits.maskedWriteBytes);
    return start;
}

void wipeSecrets(network::Start &start)
{
    wipe(*start.mutable_private_key());
    wipe(*start.mutable_ticket());
}

transport::EndpointUrl urlOf(const network::Start &start)
{
    return {start.host(), static_cast<uint16_t>(start.port()), start.path()};
}

transport::ConnectionLimits limitsOf(const network::Start &start)
{
    using std::chrono::milliseconds;
    const network::Limits &bounds = start.limits();
    transport::ConnectionLimits limits;
    limits.maxMessageBytes = bounds.max_message_bytes();
    limits.maxFramingBytes = bounds.max_framing_bytes();
    limits.handshakeWithin = milliseconds(bounds.handshake_within());
    limits.messageWithin = milliseconds(bounds.message_within());
    limits.stalledAfter = milliseconds(bounds.stalled_after());
    limits.tcpUserTimeout = milliseconds(bounds.tcp_user_timeout());
    limits.closeWithin = milliseconds(bounds.close_within());
    limits.maxRequestHeadBytes = bounds.max_request_head_bytes();
    limits.maxBodyBytes = bounds.max_body_bytes();
    limits.maskedWriteBytes = bounds.masked_write_bytes();
    return limits;
}

Result<std::shared_ptr<const transport::ClientTls>> tlsOf(const network::Start &start)
{
    return transport::ClientTls::make(
        {.caDer = {start.ca_der().begin(), start.ca_der().end()},
         .caSha256 = start.ca_sha256(),
         .serverRules = {transport::PeerRole::Engine, start.uri_prefix(), start.whole_uri()}});
}

Result<std::shared_ptr<const transport::TlsIdentity>> identityOf(const network::Start &start)
{
    if (start.certificate_der().empty())
        return std::shared_ptr<const transport::TlsIdentity>();
    return transport::TlsIdentity::load(start.certificate_der(), {}, SecretBytes(start.private_key()));
}

network::Peer peerMessage(const transport::PeerInfo &peer)
{
    network::Peer message;
    message.set_address(peer.address);
    message.set_port(peer.port);
    message.set_tls_version(peer.tlsVersion);
    message.set_cipher(peer.cipher);
    message.set_resumed(peer.resumed);
    message.set_ca_der(peer.caDer);
    return message;
}

transport::PeerInfo peerOf(const network::Peer &message)
{
    transport::PeerInfo peer;
    peer.address = message.address();
    peer.port = static_cast<uint16_t>(std::min<uint32_t>(message.port(), UINT16_MAX));
    peer.tlsVersion = message.tls_version();
    peer.cipher = message.cipher();
    peer.resumed = message.resumed();
    peer.caDer = message.ca_der();
    return peer;
}

}
