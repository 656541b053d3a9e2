#pragma once
// The WebSocket that an HTTP connection becomes. Beast stays behind this header. On the server's thread.

#include "backend/api/api_socket.h"
#include "backend/api/plain_stream.h"

namespace fb {

class UpgradedSocket : public ApiSocket
{
public:
    virtual void cut() = 0; // the handler hears no more of it
};

struct UpgradeRequest {
    std::string head; // and what came after it
    SocketOpened opened;
    std::shared_ptr<boost::asio::io_context> context;
    std::function<void(const std::shared_ptr<UpgradedSocket> &)> over;
};

std::shared_ptr<UpgradedSocket> upgrade(PlainStream stream, UpgradeRequest request);
std::shared_ptr<UpgradedSocket> upgrade(transport::TlsStream stream, UpgradeRequest request);

}
