#pragma once
// Asks for the next certificate of a node that was away past the end of its last one: it proves its old key and waits until an operator has
// approved it (fleet-manager B3.3). Lives on the thread of its io_context.

#include "agent/network/network_post.h"
#include "agent/supervisor/identity.h"
#include "backend/core/random.h"
#include "backend/core/result.h"

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

    Readmission(boost::asio::io_context &context, const Identity &identity, NetworkLauncher &launcher,
                Random &random);

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
    NetworkLauncher &m_launcher;
    Random &m_random;
    boost::asio::steady_timer m_timer;
    Wish m_wish;
    size_t m_tries = 0;
    std::chrono::milliseconds m_wait {};
    std::unique_ptr<NetworkPost> m_request;
    std::function<void(const Result<void> &)> m_done;
    std::function<void(const std::string &)> m_waiting;
};

}
