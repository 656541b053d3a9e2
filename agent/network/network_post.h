#pragma once
// One POST to an engine through a network process; otherwise as transport::postOnce. Lives on the thread of its io_context.

#include "agent/network/network_child.h"
#include "backend/transport/http_post.h"

namespace fb::agent {

// `answer` is called once, later, unless the returned request is destroyed first, which gives up.
class NetworkPost
{
public:
    class Private; // in network_post.cpp
    explicit NetworkPost(std::shared_ptr<Private> request);
    ~NetworkPost();
    NetworkPost(const NetworkPost &) = delete;
    NetworkPost &operator=(const NetworkPost &) = delete;

private:
    std::shared_ptr<Private> d;
};

std::unique_ptr<NetworkPost> postThroughNetwork(boost::asio::io_context &context, NetworkLauncher &launcher,
                                                const transport::PostOptions &options,
                                                std::function<void(Result<transport::HttpAnswer>)> answer);

}
