#pragma once
// A WebSocket that a client of the AWS wire has opened: the data channel of a session. Calls from any thread; its handler is called on the
// wire's thread.

#include "backend/core/result.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace fb {

struct HttpRequest;

class ApiSocket
{
public:
    virtual ~ApiSocket() = default;
    virtual void send(std::string message) = 0; // binary; in order
    virtual void close(uint16_t code, std::string reason) = 0; // after what was sent
    virtual void took(size_t messages) = 0; // of received(): without it reading stops after kMostOnTheirWay
    static constexpr size_t kMostOnTheirWay = 256;
    static constexpr size_t kMaxMessageBytes = 64 * 1024;
    static constexpr size_t kMaxUnsentBytes = 8 * 1024 * 1024; // a client that reads nothing is cut beyond
};

struct ApiSocketHandler {
    std::function<void(std::string message, bool isText)> received;
    std::function<void()> closed; // once; by either side
};

// What takes a socket once it is open, and says who hears of it.
using SocketOpened = std::function<ApiSocketHandler(std::shared_ptr<ApiSocket> socket)>;

// Whether an upgrade is accepted, before it is. On the wire's thread.
using SocketUpgrade = std::function<Result<SocketOpened>(const HttpRequest &request)>;

}
