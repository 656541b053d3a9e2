#include "backend/transport/http_post.h"

#include "backend/transport/causes.h"
#include "backend/transport/client_connector.h"
#include "backend/transport/http_message.h"

#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>

#include <fmt/format.h>

namespace fb::transport {

namespace asio = boost::asio;
using boost::system::error_code;

class HttpPost::Private : public std::enable_shared_from_this<HttpPost::Private>
{
public:
    Private(asio::io_context &context, PostOptions options, std::function<void(Result<HttpAnswer>)> answer)
        : m_context(context),
          m_options(std::move(options)),
          m_answer(std::move(answer)),
          m_deadline(context)
    {
    }

    void start()
    {
        if (m_options.body.size() > m_options.limits.maxBodyBytes) {
            asio::post(m_context, [self = shared_from_this()] {
                self->finish(
                    makeError(causes::kTooBig,
                              fmt::format("the request has {} bytes, the limit is {}",
                                          self->m_options.body.size(), self->m_options.limits.maxBodyBytes),
                              "body"));
            });
            return;
        }
        m_connector = ClientConnector::start(
            m_context,
            {m_options.url, m_options.tls, m_options.identity, nullptr, m_options.limits, m_options.addresses,
             m_options.beforeHandshake},
            [self = shared_from_this()](Result<std::unique_ptr<ClientStream>> stream) {
                self->connected(std::move(stream));
            });
    }

    void giveUp()
    {
        m_answer = nullptr;
        if (m_connector)
            m_connector->giveUp();
        finish(makeError(causes::kClosed, "given up"));
    }

private:
    void connected(Result<std::unique_ptr<ClientStream>> stream)
    {
        m_connector.reset();
        if (!stream)
            return finish(stream.error());
        m_stream = std::move(*stream);
        m_deadline.expires_after(m_options.answerWithin);
        m_deadline.async_wait([self = shared_from_this()](const error_code &error) {
            if (!error)
                self->finish(
                    makeError(causes::kTimedOut,
                              fmt::format("no answer within {} ms", self->m_options.answerWithin.count())));
        });
        m_bytes = fmt::format("POST {} HTTP/1.1\r\nHost: {}\r\nContent-Type: {}\r\nContent-Length: {}\r\n"
                              "Connection: close\r\n\r\n",
                              m_options.url.path, m_options.url.authority(), m_options.contentType,
                              m_options.body.size());
        m_bytes += m_options.body;
        asio::async_write(m_stream->stream, asio::buffer(m_bytes),
                          [self = shared_from_this()](const error_code &error, size_t) {
                              if (error)
                                  return self->finish(streamError(self->m_stream->stream, error,
                                                                  "while the request was sent"));
                              self->m_bytes.clear();
                              self->read();
                          });
    }

    void read()
    {
        const size_t old = m_bytes.size();
        const size_t limit = m_options.limits.maxRequestHeadBytes + m_options.limits.maxBodyBytes;
        m_bytes.resize(std::min(limit + 1, old + 4096));
        m_stream->stream.async_read_some(
            asio::buffer(m_bytes.data() + old, m_bytes.size() - old),
            [self = shared_from_this(), old](const error_code &error, size_t count) {
                self->m_bytes.resize(old + count);
                self->came(error);
            });
    }

    void came(const error_code &error)
    {
        if (!m_answer)
            return;
        const size_t head = headLength(m_bytes);
        const size_t headLimit = m_options.limits.maxRequestHeadBytes;
        if (head > headLimit || (head == 0 && m_bytes.size() > headLimit))
            return finish(
                makeError(causes::kTooBig, fmt::format("the answer's head is over {} bytes", headLimit)));
        if (head == 0) {
            if (error)
                return finish(streamError(m_stream->stream, error, "before an answer"));
            return read();
        }
        const auto parsed = parseAnswerHead(std::string_view(m_bytes).substr(0, head));
        if (!parsed)
            return finish(makeError(causes::kProtocol, parsed.error().message));
        const uint64_t length = parsed->contentLength.value_or(0);
        if (length > m_options.limits.maxBodyBytes)
            return finish(makeError(causes::kTooBig,
                                    fmt::format("the answer has {} bytes, the limit is {}", length,
                                                m_options.limits.maxBodyBytes)));
        if (m_bytes.size() - head < length) {
            if (error)
                return finish(streamError(m_stream->stream, error, "within the answer"));
            return read();
        }
        HttpAnswer answer {parsed->status, parsed->reason, m_bytes.substr(head, length), m_stream->peer};
        m_stream->stream.sayGoodbye();
        finish(std::move(answer));
    }

    void finish(Result<HttpAnswer> result)
    {
        m_deadline.cancel();
        if (m_stream)
            m_stream->stream.cut();
        if (const auto answer = std::exchange(m_answer, nullptr))
            answer(std::move(result));
    }

    asio::io_context &m_context;
    PostOptions m_options;
    std::function<void(Result<HttpAnswer>)> m_answer;
    Timer m_deadline;
    std::shared_ptr<ClientConnector> m_connector;
    std::unique_ptr<ClientStream> m_stream;
    std::string m_bytes;
};

HttpPost::HttpPost(std::shared_ptr<Private> request) : d(std::move(request)) { }

HttpPost::~HttpPost() { d->giveUp(); }

std::unique_ptr<HttpPost> postOnce(asio::io_context &context, PostOptions options,
                                   std::function<void(Result<HttpAnswer>)> answer)
{
    auto request = std::make_shared<HttpPost::Private>(context, std::move(options), std::move(answer));
    request->start();
    return std::make_unique<HttpPost>(std::move(request));
}

}
