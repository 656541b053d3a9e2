#pragma once
// Accepts connections and deals them out to the I/O threads in turn, not faster than they can shake hands: what is above that waits in
// the kernel's backlog, unanswered (protocol-notes 12). Lives on the first I/O thread; start() and stop() are the engine's.

#include "backend/core/clock.h"
#include "backend/core/result.h"
#include "backend/core/token_bucket.h"
#include "backend/transport/tls_stream.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace fb {

class IoThread;

class Listener : public std::enable_shared_from_this<Listener>
{
public:
    // Listens at once, accepts after start().
    static Result<std::shared_ptr<Listener>> listen(const std::string &address, uint16_t port, int backlog,
                                                    double perSecond, const Clock &clock,
                                                    std::vector<IoThread *> threads);
    void start();
    void stop(); // later, on its thread
    uint16_t port() const { return m_port; }

private:
    using Acceptor
        = boost::asio::basic_socket_acceptor<boost::asio::ip::tcp, boost::asio::io_context::executor_type>;

    Listener(const Clock &clock, double perSecond, std::vector<IoThread *> threads);
    void accept();
    void waitAndAccept(std::chrono::milliseconds delay);

    const Clock &m_clock;
    std::vector<IoThread *> m_threads;
    Acceptor m_acceptor;
    transport::Timer m_timer;
    TokenBucket m_bucket;
    size_t m_next = 0;
    uint16_t m_port = 0;
};

}
