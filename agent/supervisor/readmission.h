#pragma once
// Asks for the next certificate of a node that was away past the end of its last one: it proves its old key and waits until an operator has
// approved it (fleet-manager B3.3). Lives on the thread of its io_context.

#include "agent/supervisor/identity.h"
#include "backend/core/random.h"
#include "backend/core/result.h"
#include "backend/transport/http_post.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace fb::agent {

class Readmission
{
public:
    struct Wish {
        std::string fleetId;
        std::vector<std::string> endpoints; // wss URLs, asked in turn
        std::shared_ptr<const transport::ClientTls> tls;
        bool preferNewPair = true; // which pair has expired
    };

    Readmission(boost::asio::io_context &context, const Identity &identity, Random &random);

    // Until there is an answer: then `done` once, with the new pair stored or the refusal. `waiting` hears why it has to ask again.
    void begin(Wish wish, std::function<void(const Result<void> &)> done,
               std::function<void(const std::string &)> waiting);

private:
    void ask();
    void answered(const Result<transport::HttpAnswer> &answer);
    void askAgain(const Error &why);
    void finish(const Result<void> &outcome);

    boost::asio::io_context &m_context;
    const Identity &m_identity;
    Random &m_random;
    boost::asio::steady_timer m_timer;
    Wish m_wish;
    size_t m_tries = 0;
    std::chrono::milliseconds m_wait {};
    std::unique_ptr<transport::HttpPost> m_request;
    std::function<void(const Result<void> &)> m_done;
    std::function<void(const std::string &)> m_waiting;
};

}
