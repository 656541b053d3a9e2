#pragma once
// An SSL object on the socket itself, as an Asio stream: no memory BIOs and no buffers while idle, which makes 22.5 KiB a connection
// where asio::ssl::stream takes 90 (traps). Up to kBatchBytes go in one system call, whatever records they make: a call and the wake-up of the
// other end cost as much as a record. One thread. Beast and our own code read and write through it.

#include <boost/asio/compose.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <utility>

struct ssl_st;

namespace fb::transport {

using Socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, boost::asio::io_context::executor_type>;

using Timer = boost::asio::basic_waitable_timer<std::chrono::steady_clock,
                                                boost::asio::wait_traits<std::chrono::steady_clock>,
                                                boost::asio::io_context::executor_type>;

// A child that this process starts must not hold the connection open after its owner has gone.
void closeOnExec(int descriptor);

// Told of every read that brought bytes, also those that Beast keeps to itself (parts of a frame's head, empty fragments).
class ReadWatcher
{
public:
    virtual void bytesCame() = 0;

protected:
    ~ReadWatcher() = default;
};

class TlsStream
{
public:
    using executor_type = Socket::executor_type;
    using lowest_layer_type = Socket;

    explicit TlsStream(Socket socket);
    TlsStream(TlsStream &&other) noexcept;
    TlsStream &operator=(TlsStream &&) = delete;
    TlsStream(const TlsStream &) = delete;
    ~TlsStream();

    // Takes it over; the socket must be connected. `companion` is kept for as long: what the TLS callbacks use.
    void attach(ssl_st *ssl, std::shared_ptr<void> companion = {});
    ssl_st *ssl() const { return m_ssl; }
    Socket &socket() { return m_socket; }
    executor_type get_executor() { return m_socket.get_executor(); }

    void setWatcher(ReadWatcher *watcher) { m_watcher = watcher; }
    // Reads fail with error::message_size beyond so many bytes from now on; bounds what a message may cost that never ends.
    void setReadBudget(uint64_t bytes) { m_readBudget = m_bytesRead + bytes; }
    uint64_t bytesRead() const { return m_bytesRead; } // of plain text
    uint64_t bytesWritten() const { return m_bytesWritten; } // taken by the socket
    const std::string &tlsError() const { return m_tlsError; } // the library's words for the last failure
    int tlsAlert() const { return m_tlsAlert; } // received from the peer; 0 if none
    // The handshake was finished: a client knows then who the peer is, and that an alert is the peer's own word.
    bool isEstablished() const { return m_isEstablished; }

    void cut(); // no more reads and writes; pending ones fail
    void sayGoodbye(); // close_notify if it can go out at once

    template <typename Token>
    auto async_handshake(Token &&token)
    {
        return boost::asio::async_compose<Token, void(boost::system::error_code)>(HandshakeOperation {this},
                                                                                  token, m_socket);
    }

    template <typename Buffers, typename Token>
    auto async_read_some(const Buffers &buffers, Token &&token)
    {
        return boost::asio::async_compose<Token, void(boost::system::error_code, size_t)>(
            TransferOperation<Buffers, true> {this, buffers}, token, m_socket);
    }

    template <typename Buffers, typename Token>
    auto async_write_some(const Buffers &buffers, Token &&token)
    {
        return boost::asio::async_compose<Token, void(boost::system::error_code, size_t)>(
            TransferOperation<Buffers, false> {this, buffers}, token, m_socket);
    }

private:
    enum class Want { Nothing, Read, Write };
    struct Step {
        Want want = Want::Nothing;
        size_t bytes = 0;
        boost::system::error_code error;
    };
    static constexpr size_t kRecordBytes = 16 * 1024;
    static constexpr size_t kBatchBytes = 4 * kRecordBytes;
    using Pieces = std::span<const boost::asio::const_buffer>;
    struct Wire; // what the SSL object writes to and reads from

    Step handshakeStep();
    Step readStep(char *bytes, size_t size); // whole records, as many as are there
    Step writeStep(Pieces pieces);
    Step encrypt(const char *bytes, size_t size); // into the batch
    Step encrypt(Pieces pieces);
    Step flushStep(); // of what writeStep() took and the socket did not
    Step flushStep(std::string &encrypted);
    Step outcome(int returned);

    template <typename Buffers>
    Step readStep(const Buffers &buffers)
    {
        const auto end = boost::asio::buffer_sequence_end(buffers);
        for (auto it = boost::asio::buffer_sequence_begin(buffers); it != end; ++it) {
            const boost::asio::mutable_buffer buffer(*it);
            if (buffer.size() > 0)
                return readStep(static_cast<char *>(buffer.data()), buffer.size());
        }
        return {};
    }

    template <typename Buffers>
    Step writeStep(const Buffers &buffers)
    {
        if (m_taken > 0)
            return flushStep();
        // All that Asio gives at once: the fields of a request are pieces each, and a request in two parts may fall in two when it is refused.
        std::array<boost::asio::const_buffer, 64> pieces;
        size_t count = 0;
        const auto end = boost::asio::buffer_sequence_end(buffers);
        for (auto it = boost::asio::buffer_sequence_begin(buffers); it != end && count < pieces.size(); ++it)
            pieces[count++] = boost::asio::const_buffer(*it);
        return writeStep(Pieces(pieces.data(), count));
    }

    struct HandshakeOperation {
        TlsStream *stream;
        bool started = false;
        bool done = false;
        boost::system::error_code result {};

        template <typename Self>
        void operator()(Self &self, boost::system::error_code error = {})
        {
            if (done)
                return self.complete(result);
            if (error)
                return self.complete(error);
            const Step step = stream->handshakeStep();
            const bool first = !std::exchange(started, true);
            if (step.want != Want::Nothing)
                return stream->wait(step.want, std::move(self));
            if (!first)
                return self.complete(step.error);
            done = true;
            result = step.error;
            boost::asio::post(stream->m_socket.get_executor(), std::move(self));
        }
    };

    template <typename Buffers, bool Reading>
    struct TransferOperation {
        TlsStream *stream;
        Buffers buffers;
        bool started = false;
        bool done = false;
        Step result {};

        template <typename Self>
        void operator()(Self &self, boost::system::error_code error = {})
        {
            if (done)
                return self.complete(result.error, result.bytes);
            if (error)
                return self.complete(error, 0);
            Step step;
            if constexpr (Reading)
                step = stream->readStep(buffers);
            else
                step = stream->writeStep(buffers);
            const bool first = !std::exchange(started, true);
            if (step.want != Want::Nothing)
                return stream->wait(step.want, std::move(self));
            if (!first)
                return self.complete(step.error, step.bytes);
            done = true; // never complete inside the call that began it
            result = step;
            boost::asio::post(stream->m_socket.get_executor(), std::move(self));
        }
    };

    template <typename Self>
    void wait(Want want, Self &&self)
    {
        m_socket.async_wait(want == Want::Read ? Socket::wait_read : Socket::wait_write,
                            std::forward<Self>(self));
    }

    Socket m_socket;
    std::unique_ptr<Wire> m_wire;
    ssl_st *m_ssl = nullptr;
    std::shared_ptr<void> m_companion;
    ReadWatcher *m_watcher = nullptr;
    uint64_t m_bytesRead = 0;
    uint64_t m_bytesWritten = 0;
    uint64_t m_readBudget = UINT64_MAX;
    size_t m_taken = 0; // of plain text: encrypted, and not all of it taken by the socket
    std::optional<Step> m_afterRead; // met behind bytes that were read
    std::string m_tlsError;
    int m_tlsAlert = 0;
    bool m_isEstablished = false;
    bool m_isCut = false;
    bool m_hasFailed = false;
};

// TCP_NODELAY on, at most 64 KiB unsent in the kernel, TCP_USER_TIMEOUT as given.
void tuneSocket(Socket &socket, std::chrono::milliseconds userTimeout);

}
