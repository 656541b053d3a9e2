#pragma once
// One POST over TLS, for enrolment: the server is verified (CA, or the pinned hash of its CA) before any byte of the request is sent
// (fleet-manager B3.1). Lives on the thread of its io_context.

#include "backend/core/result.h"
#include "backend/transport/endpoint_url.h"
#include "backend/transport/limits.h"
#include "backend/transport/peer_certificate.h"
#include "backend/transport/tls_context.h"

#include <functional>
#include <memory>
#include <string>

namespace boost::asio {
class io_context;
}

namespace fb::transport {

struct HttpAnswer {
    int status = 0;
    std::string reason;
    std::string body;
    PeerInfo peer; // caDer: the CA that the pin named
};

struct PostOptions {
    EndpointUrl url; // its path is posted to
    std::shared_ptr<const ClientTls> tls;
    std::shared_ptr<const TlsIdentity> identity; // optional: the old certificate of an expired node
    std::string contentType = "application/x-protobuf";
    std::string body; // at most limits.maxBodyBytes
    std::chrono::milliseconds answerWithin {20000}; // after the request was sent
    ConnectionLimits limits {};
    std::vector<std::string> addresses {}; // to try in the place of those that the host's name has
    BeforeHandshake beforeHandshake {};
};

// `answer` is called once, later, unless the returned request is destroyed first, which gives up.
class HttpPost
{
public:
    class Private; // in http_post.cpp
    explicit HttpPost(std::shared_ptr<Private> request);
    ~HttpPost();
    HttpPost(const HttpPost &) = delete;
    HttpPost &operator=(const HttpPost &) = delete;

private:
    std::shared_ptr<Private> d;
};

std::unique_ptr<HttpPost> postOnce(boost::asio::io_context &context, PostOptions options,
                                   std::function<void(Result<HttpAnswer>)> answer);

}
