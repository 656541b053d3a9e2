#include "backend/transport/tls_stream.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>

#include <fcntl.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>

namespace fb::transport {

// OpenSSL's own socket BIO writes with write(), which raises SIGPIPE on a closed peer, and a call for each record.
struct TlsStream::Wire {
    int descriptor = -1;
    std::string *batch = nullptr; // being encrypted
    std::string unsent; // encrypted, goes out before anything else

    static Wire &of(BIO *bio) { return *static_cast<Wire *>(BIO_get_data(bio)); }
    static int read(BIO *bio, char *bytes, int size);
    static int write(BIO *bio, const char *bytes, int size);
    static long control(BIO *, int command, long, void *) { return command == BIO_CTRL_FLUSH ? 1 : 0; }
    static BIO_METHOD *method();
};

namespace {
    bool mayRetry(int error) { return error == EAGAIN || error == EWOULDBLOCK || error == EINTR; }

    ssize_t sendSome(int descriptor, const char *bytes, size_t size)
    {
        return ::send(descriptor, bytes, size, MSG_NOSIGNAL);
    }
}

int TlsStream::Wire::read(BIO *bio, char *bytes, int size)
{
    BIO_clear_retry_flags(bio);
    const ssize_t count = ::recv(of(bio).descriptor, bytes, static_cast<size_t>(size), 0);
    if (count < 0 && mayRetry(errno))
        BIO_set_retry_read(bio);
    return static_cast<int>(count);
}

int TlsStream::Wire::write(BIO *bio, const char *bytes, int size)
{
    BIO_clear_retry_flags(bio);
    Wire &wire = of(bio);
    if (wire.batch != nullptr) {
        wire.batch->append(bytes, static_cast<size_t>(size));
        return size;
    }
    if (wire.unsent.size()
        > 2 * kBatchBytes) { // a peer that reads nothing and asks for new keys all the time
        BIO_set_retry_write(bio);
        return -1;
    }
    if (!wire.unsent.empty()) {
        wire.unsent.append(bytes, static_cast<size_t>(size));
        return size;
    }
    const ssize_t count = sendSome(wire.descriptor, bytes, static_cast<size_t>(size));
    if (count < 0 && mayRetry(errno))
        BIO_set_retry_write(bio);
    return static_cast<int>(count);
}

BIO_METHOD *TlsStream::Wire::method()
{
    static BIO_METHOD *const method = [] {
        BIO_METHOD *made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "fb-socket");
        BIO_meth_set_read(made, &Wire::read);
        BIO_meth_set_write(made, &Wire::write);
        BIO_meth_set_ctrl(made, &Wire::control);
        return made;
    }();
    return method;
}

void closeOnExec(int descriptor) { ::fcntl(descriptor, F_SETFD, FD_CLOEXEC); } // Asio opens without

TlsStream::TlsStream(Socket socket) : m_socket(std::move(socket)), m_wire(std::make_unique<Wire>())
{
    closeOnExec(m_socket.native_handle());
}

TlsStream::TlsStream(TlsStream &&other) noexcept
    : m_socket(std::move(other.m_socket)),
      m_wire(std::move(other.m_wire)),
      m_ssl(std::exchange(other.m_ssl, nullptr)),
      m_companion(std::move(other.m_companion)),
      m_watcher(std::exchange(other.m_watcher, nullptr)),
      m_bytesRead(other.m_bytesRead),
      m_bytesWritten(other.m_bytesWritten),
      m_readBudget(other.m_readBudget),
      m_taken(other.m_taken),
      m_afterRead(other.m_afterRead),
      m_tlsError(std::move(other.m_tlsError)),
      m_tlsAlert(other.m_tlsAlert),
      m_isEstablished(other.m_isEstablished),
      m_isCut(other.m_isCut),
      m_hasFailed(other.m_hasFailed)
{
}

TlsStream::~TlsStream()
{
    // A session freed without goodbyes would mark its ticket as not resumable; for us a cut line is the normal end.
    if (m_ssl != nullptr)
        SSL_set_shutdown(m_ssl, SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
    SSL_free(m_ssl); // before the companion that its callbacks use
}

void TlsStream::attach(SSL *ssl, std::shared_ptr<void> companion)
{
    boost::system::error_code ignored;
    m_socket.non_blocking(true, ignored);
    m_wire->descriptor = m_socket.native_handle();
    BIO *bio = BIO_new(Wire::method());
    BIO_set_data(bio, m_wire.get());
    BIO_set_init(bio, 1);
    SSL_set_bio(ssl, bio, bio);
    m_ssl = ssl;
    m_companion = std::move(companion);
}

void TlsStream::cut()
{
    m_isCut = true; // the descriptor's number may soon be another socket's
    boost::system::error_code ignored;
    m_socket.close(ignored);
}

void TlsStream::sayGoodbye()
{
    if (m_ssl == nullptr || m_isCut || !SSL_is_init_finished(m_ssl) || m_hasFailed)
        return;
    ERR_clear_error();
    SSL_shutdown(m_ssl);
    ERR_clear_error();
}

TlsStream::Step TlsStream::handshakeStep()
{
    if (m_isCut)
        return {Want::Nothing, 0, boost::asio::error::operation_aborted};
    ERR_clear_error();
    const int returned = SSL_do_handshake(m_ssl);
    m_isEstablished = returned == 1;
    return m_isEstablished ? Step {} : outcome(returned);
}

TlsStream::Step TlsStream::readStep(char *bytes, size_t size)
{
    if (m_isCut)
        return {Want::Nothing, 0, boost::asio::error::operation_aborted};
    if (m_afterRead)
        return *m_afterRead;
    size_t count = 0;
    do {
        Step step;
        if (m_bytesRead >= m_readBudget) {
            step.error = boost::asio::error::message_size;
        } else {
            ERR_clear_error();
            const int returned
                = SSL_read(m_ssl, bytes + count, static_cast<int>(std::min<size_t>(size - count, 1 << 20)));
            if (returned <= 0) {
                step = outcome(returned);
            } else {
                step.bytes = static_cast<size_t>(returned);
                m_bytesRead += step.bytes;
                count += step.bytes;
            }
        }
        if (step.bytes > 0)
            continue;
        if (count == 0)
            return step;
        if (step.error && m_bytesRead < m_readBudget)
            m_afterRead = step; // after these bytes; the library would not tell it again
        break;
    } while (count < size && SSL_has_pending(m_ssl) == 1);
    if (m_watcher != nullptr)
        m_watcher->bytesCame();
    return {Want::Nothing, count, {}};
}

TlsStream::Step TlsStream::writeStep(Pieces pieces)
{
    if (m_isCut)
        return {Want::Nothing, 0, boost::asio::error::operation_aborted};
    thread_local std::string batch; // keeps its room
    batch.clear();
    m_wire->batch = &batch;
    Step step = encrypt(pieces);
    m_wire->batch = nullptr;
    if (m_taken == 0)
        return step;
    step = flushStep(batch);
    if (step.want != Want::Nothing)
        m_wire->unsent = batch;
    return step;
}

// Whole records, also where they span pieces: a record begun for a few bytes costs as much as a full one.
TlsStream::Step TlsStream::encrypt(Pieces pieces)
{
    thread_local std::array<char, kRecordBytes> spanning;
    size_t filled = 0; // of it
    size_t room = kBatchBytes;
    const auto encryptSpanning = [&] { return encrypt(spanning.data(), std::exchange(filled, 0)); };
    for (const boost::asio::const_buffer &piece : pieces) {
        const char *bytes = static_cast<const char *>(piece.data());
        size_t left = std::min(piece.size(), room);
        room -= left;
        while (left > 0) {
            const bool isWhole = filled == 0 && left >= kRecordBytes;
            const size_t size = std::min(left, kRecordBytes - filled);
            Step step;
            if (isWhole) {
                step = encrypt(bytes, size);
            } else {
                std::copy_n(bytes, size, spanning.data() + filled);
                filled += size;
                if (filled == kRecordBytes)
                    step = encryptSpanning();
            }
            if (step.want != Want::Nothing || step.error)
                return step;
            bytes += size;
            left -= size;
        }
    }
    return filled > 0 ? encryptSpanning() : Step {};
}

TlsStream::Step TlsStream::encrypt(const char *bytes, size_t size)
{
    ERR_clear_error();
    const int returned
        = SSL_write(m_ssl, bytes, static_cast<int>(size)); // no more than a record: whole or not at all
    if (returned <= 0)
        return outcome(returned);
    m_taken += static_cast<size_t>(returned);
    return {};
}

TlsStream::Step TlsStream::flushStep()
{
    if (m_isCut)
        return {Want::Nothing, 0, boost::asio::error::operation_aborted};
    Step step = flushStep(m_wire->unsent);
    if (step.want == Want::Nothing && !step.error)
        m_wire->unsent = {}; // an idle connection keeps no buffer
    return step;
}

TlsStream::Step TlsStream::flushStep(std::string &encrypted)
{
    size_t sent = 0;
    Step step;
    while (sent < encrypted.size() && step.want == Want::Nothing && !step.error) {
        const ssize_t count = sendSome(m_wire->descriptor, encrypted.data() + sent, encrypted.size() - sent);
        if (count >= 0)
            sent += static_cast<size_t>(count);
        else if (errno == EAGAIN || errno == EWOULDBLOCK)
            step.want = Want::Write;
        else if (errno != EINTR)
            step.error = boost::system::error_code(errno, boost::system::system_category());
    }
    encrypted.erase(0, sent);
    m_bytesWritten += sent;
    m_hasFailed = m_hasFailed || step.error.failed();
    if (step.want == Want::Nothing) {
        const size_t taken = std::exchange(m_taken, 0);
        step.bytes = step.error ? 0 : taken;
    }
    return step;
}

TlsStream::Step TlsStream::outcome(int returned)
{
    const int systemError = errno;
    switch (SSL_get_error(m_ssl, returned)) {
    case SSL_ERROR_WANT_READ:
        return {Want::Read, 0, {}};
    case SSL_ERROR_WANT_WRITE:
        return {Want::Write, 0, {}};
    case SSL_ERROR_ZERO_RETURN:
        return {Want::Nothing, 0, boost::asio::error::eof};
    case SSL_ERROR_SYSCALL:
        m_hasFailed = true;
        if (returned == 0 || systemError == 0)
            return {Want::Nothing, 0, boost::asio::error::eof};
        return {Want::Nothing, 0, boost::system::error_code(systemError, boost::system::system_category())};
    default:
        break;
    }
    m_hasFailed = true;
    const unsigned long error = ERR_peek_error();
    const char *reason = ERR_reason_error_string(error);
    m_tlsError = reason != nullptr ? reason : "TLS failed";
    // A reason of 1000 + n is alert n, received from the peer.
    if (ERR_GET_LIB(error) == ERR_LIB_SSL && ERR_GET_REASON(error) > SSL_AD_REASON_OFFSET
        && ERR_GET_REASON(error) < SSL_AD_REASON_OFFSET + 256)
        m_tlsAlert = ERR_GET_REASON(error) - SSL_AD_REASON_OFFSET;
    ERR_clear_error();
    return {Want::Nothing, 0, make_error_code(boost::system::errc::protocol_error)};
}

void tuneSocket(Socket &socket, std::chrono::milliseconds userTimeout)
{
    boost::system::error_code ignored; // a socket that has just died fails at its first use
    socket.set_option(boost::asio::ip::tcp::no_delay(true), ignored);
    const auto milliseconds = static_cast<unsigned>(userTimeout.count());
    // What waits in the kernel has lost its priority: a key press must not queue behind megabytes of a file.
    constexpr int unsentBytes = 64 * 1024;
    ::setsockopt(socket.native_handle(), IPPROTO_TCP, TCP_NOTSENT_LOWAT, &unsentBytes, sizeof unsentBytes);
    ::setsockopt(socket.native_handle(), IPPROTO_TCP, TCP_USER_TIMEOUT, &milliseconds, sizeof milliseconds);
}

}
