#pragma once
// Host names to addresses with this machine's own resolver, which can only be waited for: each question has a thread of its own, a few at a
// time, so that a dead name server holds up neither the link nor other names. Lives on the thread of its io_context; answers come there, and
// none after its end.

#include "backend/core/result.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>

#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace fb::agent {

using ResolvedAddresses = std::vector<boost::asio::ip::address>; // in the resolver's order, each once

class NameResolver
{
public:
    using Answer = std::function<void(const Result<ResolvedAddresses> &addresses)>;

    explicit NameResolver(boost::asio::io_context &context);
    ~NameResolver();
    void resolve(const std::string &host, Answer answer);

private:
    struct Mailbox;
    struct Question {
        std::string host;
        Answer answer;
    };
    void begin(Question question);
    void wait();
    void takeAnswers();

    std::shared_ptr<Mailbox> m_mailbox; // shared with threads that may outlive us
    boost::asio::posix::stream_descriptor m_wake;
    std::deque<Question> m_waiting;
    size_t m_running = 0;
};

}
