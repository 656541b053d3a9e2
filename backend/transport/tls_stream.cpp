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

namespace {
    // OpenSSL's own socket BIO writes with write(), which raises SIGPIPE on a closed peer.
    int toDescriptor(BIO *bio) { return static_cast<int>(reinterpret_cast<intptr_t>(BIO_get_data(bio))); }

    bool mayRetry(int error) { return error == EAGAIN || error == EWOULDBLOCK || error == EINTR; }

    int readSocket(BIO *bio, char *bytes, int size)
    {
        BIO_clear_retry_flags(bio);
        const ssize_t count = ::recv(toDescriptor(bio), bytes, static_cast<size_t>(size), 0);
        if (count < 0 && mayRetry(errno))
            BIO_set_retry_read(bio);
        return static_cast<int>(count);
    }

    int writeSocket(BIO *bio, const char *bytes, int size)
    {
        BIO_clear_retry_flags(bio);
        const ssize_t count = ::send(toDescriptor(bio), bytes, static_cast<size_t>(size), MSG_NOSIGNAL);
        if (count < 0 && mayRetry(errno))
            BIO_set_retry_write(bio);
        return static_cast<int>(count);
    }

    long controlSocket(BIO *, int command, long, void *) { return command == BIO_CTRL_FLUSH ? 1 : 0; }

    BIO_METHOD *socketMethod()
    {
        static BIO_METHOD *const method = [] {
            BIO_METHOD *made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "fb-socket");
            BIO_meth_set_read(made, readSocket);
            BIO_meth_set_write(made, writeSocket);
            BIO_meth_set_ctrl(made, controlSocket);
            return made;
        }();
        return method;
    }
}

void closeOnExec(int descriptor) { ::fcntl(descriptor, F_SETFD, FD_CLOEXEC); } // Asio opens without

TlsStream::TlsStream(Socket socket) : m_socket(std::move(socket)) { closeOnExec(m_socket.native_handle()); }

TlsStream::TlsStream(TlsStream &&other) noexcept
    : m_socket(std::move(other.m_socket)),
      m_ssl(std::exchange(other.m_ssl, nullptr)),
      m_companion(std::move(other.m_companion)),
      m_watcher(std::exchange(other.m_watcher, nullptr)),
      m_bytesRead(other.m_bytesRead),
      m_bytesWritten(other.m_bytesWritten),
      m_readBudget(other.m_readBudget),
      m_tlsError(std::move(other.m_tlsError)),
      m_tlsAlert(other.m_tlsAlert),
      m_isEstablished(other.m_isEstablished),
      m_isCut(other.m_isCut)
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
    BIO *bio = BIO_new(socketMethod());
    BIO_set_data(bio, reinterpret_cast<void *>(static_cast<intptr_t>(m_socket.native_handle())));
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

char *TlsStream::recordScratch()
{
    thread_local char scratch[kRecordBytes];
    return scratch;
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

TlsStream::Step TlsStream::readStep(void *bytes, size_t size)
{
    if (m_isCut)
        return {Want::Nothing, 0, boost::asio::error::operation_aborted};
    if (m_bytesRead >= m_readBudget)
        return {Want::Nothing, 0, boost::asio::error::message_size};
    ERR_clear_error();
    const int returned = SSL_read(m_ssl, bytes, static_cast<int>(std::min<size_t>(size, 1 << 20)));
    if (returned <= 0)
        return outcome(returned);
    m_bytesRead += static_cast<uint64_t>(returned);
    if (m_watcher != nullptr)
        m_watcher->bytesCame();
    return {Want::Nothing, static_cast<size_t>(returned), {}};
}

TlsStream::Step TlsStream::writeStep(const void *bytes, size_t size)
{
    if (m_isCut)
        return {Want::Nothing, 0, boost::asio::error::operation_aborted};
    ERR_clear_error();
    const int returned = SSL_write(m_ssl, bytes, static_cast<int>(std::min<size_t>(size, 1 << 20)));
    if (returned <= 0)
        return outcome(returned);
    m_bytesWritten += static_cast<uint64_t>(returned);
    return {Want::Nothing, static_cast<size_t>(returned), {}};
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
