#include "agent/supervisor/name_resolver.h"

#include <boost/asio/ip/tcp.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <netdb.h>
#include <sys/eventfd.h>
#include <system_error>
#include <thread>
#include <unistd.h>

namespace fb::agent {

namespace {

    constexpr size_t kMostThreads = 8;
    constexpr size_t kMostWaiting = 256;

    Error tooBusy()
    {
        return makeError(errors::kServiceUnavailable, "this node is too busy to look up a name");
    }

    Result<ResolvedAddresses> lookUp(const std::string &host)
    {
        addrinfo hints {};
        hints.ai_socktype = SOCK_STREAM;
        hints.ai_flags = AI_ADDRCONFIG;
        addrinfo *first = nullptr;
        int failed = ::getaddrinfo(host.c_str(), nullptr, &hints, &first);
        if (failed == EAI_NONAME || failed == EAI_BADFLAGS) { // a machine with nothing but loopback
            hints.ai_flags = 0;
            failed = ::getaddrinfo(host.c_str(), nullptr, &hints, &first);
        }
        if (failed != 0)
            return makeError(errors::kValidation,
                             fmt::format("{} has no address here: {}", host, ::gai_strerror(failed)));
        ResolvedAddresses addresses;
        for (const addrinfo *each = first; each != nullptr; each = each->ai_next) {
            boost::asio::ip::tcp::endpoint endpoint;
            if (each->ai_addrlen > endpoint.capacity())
                continue;
            endpoint.resize(each->ai_addrlen);
            std::copy_n(reinterpret_cast<const char *>(each->ai_addr), each->ai_addrlen,
                        reinterpret_cast<char *>(endpoint.data()));
            if (std::find(addresses.begin(), addresses.end(), endpoint.address()) == addresses.end())
                addresses.push_back(endpoint.address());
        }
        ::freeaddrinfo(first);
        return addresses;
    }

}

struct NameResolver::Mailbox {
    struct Letter {
        Answer answer;
        Result<ResolvedAddresses> addresses;
    };
    int wake = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    std::mutex mutex;
    std::vector<Letter> letters;
    ~Mailbox() { ::close(wake); }

    void put(Answer answer, Result<ResolvedAddresses> addresses)
    {
        const std::lock_guard lock(mutex);
        letters.push_back({std::move(answer), std::move(addresses)});
        const uint64_t one = 1;
        (void)!::write(wake, &one, sizeof one);
    }
};

NameResolver::NameResolver(boost::asio::io_context &context)
    : m_mailbox(std::make_shared<Mailbox>()),
      m_wake(context, ::dup(m_mailbox->wake))
{
    wait();
}

NameResolver::~NameResolver() = default;

void NameResolver::wait()
{
    m_wake.async_wait(boost::asio::posix::stream_descriptor::wait_read,
                      [this](const boost::system::error_code &error) {
                          if (!error)
                              takeAnswers();
                      });
}

void NameResolver::resolve(const std::string &host, Answer answer)
{
    Question question {host, std::move(answer)};
    if (m_waiting.size() >= kMostWaiting) {
        ++m_running; // as one that was begun: its answer comes in its turn, never from here
        m_mailbox->put(std::move(question.answer), tooBusy());
    } else if (m_running >= kMostThreads)
        m_waiting.push_back(std::move(question));
    else
        begin(std::move(question));
}

void NameResolver::begin(Question question)
{
    ++m_running;
    try {
        std::thread([mailbox = m_mailbox, question] {
            mailbox->put(question.answer, lookUp(question.host));
        }).detach();
    } catch (const std::system_error &) { // no thread to be had
        m_mailbox->put(std::move(question.answer), tooBusy());
    }
}

void NameResolver::takeAnswers()
{
    uint64_t count = 0;
    (void)!::read(m_wake.native_handle(), &count, sizeof count);
    std::vector<Mailbox::Letter> letters;
    {
        const std::lock_guard lock(m_mailbox->mutex);
        letters.swap(m_mailbox->letters);
    }
    wait();
    for (const Mailbox::Letter &letter : letters) {
        --m_running;
        letter.answer(letter.addresses);
    }
    while (m_running < kMostThreads && !m_waiting.empty()) {
        Question next = std::move(m_waiting.front());
        m_waiting.pop_front();
        begin(std::move(next));
    }
}

}
