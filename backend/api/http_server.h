#pragma once
// HTTP/1.1 on a thread of its own, for the AWS wire: bounded requests in, whole answers out, connections kept alive. Whether a request
// is allowed is its handler's matter; what is no proper request never gets there (spec/security T13). TLS where a certificate is given.

#include "backend/api/api_socket.h"
#include "backend/api/http_request.h"
#include "backend/core/result.h"
#include "backend/core/secret_bytes.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace fb {

struct HttpServerOptions {
    std::string address = "127.0.0.1";
    uint16_t port = 8444; // 0: any free one
    std::string certificatePem {}; // with its chain; empty: no TLS
    SecretBytes keyPem {};
    size_t maxConnections = 256;
    size_t maxSockets = 2200; // of connections that became WebSockets: a session's data channel each
    size_t maxBodyBytes = 1024 * 1024; // of each, before anybody is known
    std::chrono::milliseconds requestWithin {30000}; // from its first byte to its last
    std::chrono::milliseconds answerWithin {60000};
    std::chrono::milliseconds idleFor {75000}; // between requests
};

class HttpServer
{
public:
    using Answer = std::function<void(HttpAnswer)>; // once; any thread
    using Handler = std::function<void(HttpRequest, Answer)>; // on the server's thread

    // Listens, and answers from then on. ValidationException for an address or a certificate that is none; ServiceUnavailable when it
    // cannot listen there.
    // `upgrade`: asked for each WebSocket that a client wants; none: there are none.
    static Result<std::unique_ptr<HttpServer>> start(HttpServerOptions options, Handler handler,
                                                     SocketUpgrade upgrade = {});
    ~HttpServer(); // cuts what is open, joins; no handler is called any more

    uint16_t port() const;
    bool usesTls() const;

private:
    class Private;
    explicit HttpServer(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

}
