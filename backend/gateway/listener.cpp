#include "backend/gateway/listener.h"

#include "backend/gateway/io_thread.h"

#include <boost/asio/post.hpp>

#include <fmt/format.h>

namespace fb {

namespace asio = boost::asio;
using boost::system::error_code;

namespace {
    constexpr auto kAfterFailure
        = std::chrono::milliseconds(100); // out of descriptors, mostly: some will close
}

Listener::Listener(const Clock &clock, double perSecond, std::vector<IoThread *> threads)
    : m_clock(clock),
      m_threads(std::move(threads)),
      m_acceptor(m_threads.front()->context()),
      m_timer(m_threads.front()->context()),
      m_bucket(perSecond, clock.tick())
{
}

Result<std::shared_ptr<Listener>> Listener::listen(const std::string &address, uint16_t port, int backlog,
                                                   double perSecond, const Clock &clock,
                                                   std::vector<IoThread *> threads)
{
    error_code error;
    const auto ip = asio::ip::make_address(address, error);
    if (error)
        return makeError(errors::kValidation, fmt::format("\"{}\" is no address to listen on", address),
                         "listen");
    const std::shared_ptr<Listener> listener(new Listener(clock, perSecond, std::move(threads)));
    const asio::ip::tcp::endpoint endpoint(ip, port);
    Acceptor &acceptor = listener->m_acceptor;
    acceptor.open(endpoint.protocol(), error);
    if (!error)
        transport::closeOnExec(acceptor.native_handle());
    if (!error)
        acceptor.set_option(asio::socket_base::reuse_address(true), error);
    if (!error)
        acceptor.bind(endpoint, error);
    if (!error)
        acceptor.listen(backlog, error);
    if (error)
        return makeError(errors::kServiceUnavailable,
                         fmt::format("can't listen on {} port {}: {}", address, port, error.message()),
                         "listen");
    listener->m_port = acceptor.local_endpoint().port();
    return listener;
}

void Listener::start()
{
    asio::post(m_acceptor.get_executor(), [self = shared_from_this()] { self->accept(); });
}

void Listener::stop()
{
    asio::post(m_acceptor.get_executor(), [self = shared_from_this()] {
        error_code ignored;
        self->m_acceptor.close(ignored);
        self->m_timer.cancel();
    });
}

void Listener::accept()
{
    if (!m_acceptor.is_open())
        return;
    if (!m_bucket.take(m_clock.tick()))
        return waitAndAccept(m_bucket.untilNext());
    IoThread *thread = m_threads[m_next++ % m_threads.size()];
    m_acceptor.async_accept(
        thread->context(),
        [self = shared_from_this(), thread](const error_code &error, transport::Socket socket) {
            if (!self->m_acceptor.is_open())
                return;
            if (error && error != asio::error::connection_aborted)
                return self->waitAndAccept(kAfterFailure);
            if (!error)
                thread->adopt(std::move(socket));
            self->accept();
        });
}

void Listener::waitAndAccept(std::chrono::milliseconds delay)
{
    m_timer.expires_after(delay);
    m_timer.async_wait([self = shared_from_this()](const error_code &error) {
        if (!error)
            self->accept();
    });
}

}
