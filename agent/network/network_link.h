#pragma once
// A WebSocket to an engine that lives in a network process: TCP, TLS, HTTP and WebSocket frames are that process's, which may open no file,
// start no program and dial nowhere else. Used as transport::WebSocket is, with the same handler. One thread.

#include "agent/network/network_child.h"
#include "backend/transport/web_socket.h"

namespace fb::agent {

// The TLS ticket of the last connection, as opaque bytes: only network processes look into it.
class NetworkTicket
{
public:
    void clear() { *this = {}; }

    std::string key;
    std::string bytes;
};

class NetworkLink
{
public:
    class Private; // in network_link.cpp
    explicit NetworkLink(std::shared_ptr<Private> link);
    ~NetworkLink(); // ends the process; the handler hears no more
    NetworkLink(const NetworkLink &) = delete;
    NetworkLink &operator=(const NetworkLink &) = delete;

    // As of transport::WebSocket.
    void send(std::string message);
    bool mayWrite() const; // open, and less than kMostInFlight on their way
    bool isWriting() const; // something is on its way
    bool isOpen() const;
    void pauseReading(bool paused); // up to kNetworkWindowBytes are kept meanwhile, not more
    void close(uint16_t code, std::string_view reason);
    const transport::PeerInfo &peer() const; // without the certificate
    uint16_t closeCode() const;

    pid_t process() const; // 0: it has ended

private:
    std::shared_ptr<Private> d;
};

// `options`: its ticket cache and hooks are not used; `ticket` is (may be null).
std::unique_ptr<NetworkLink> connectNetworkLink(boost::asio::io_context &context, NetworkLauncher &launcher,
                                                Result<NetworkLauncher::Started> started,
                                                const transport::ClientOptions &options,
                                                std::shared_ptr<NetworkTicket> ticket,
                                                transport::WebSocketHandler &handler);

}
