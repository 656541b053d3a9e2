#include "backend/nodes/sessions/port_connection.h"

#include <sys/socket.h>

#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr size_t kReadBytes = 128 * 1024;
    constexpr int kReadsInATurn = 4; // then other connections have theirs
}

PortConnection::PortConnection(int socket, QString peer, Instant openedAt, QObject *parent)
    : QObject(parent),
      m_socket(socket),
      m_peer(std::move(peer)),
      m_openedAt(openedAt),
      m_readable(socket, QSocketNotifier::Read),
      m_writable(socket, QSocketNotifier::Write)
{
    m_readable.setEnabled(false);
    m_writable.setEnabled(false);
    connect(&m_readable, &QSocketNotifier::activated, this, &PortConnection::read);
    connect(&m_writable, &QSocketNotifier::activated, this, &PortConnection::send);
}

PortConnection::~PortConnection()
{
    m_readable.setEnabled(false);
    m_writable.setEnabled(false);
    if (m_stream != 0)
        m_streams->close(m_stream);
    if (m_socket >= 0)
        ::close(m_socket);
}

void PortConnection::begin(PortStreams &streams,
                           const std::function<Result<SessionStream>(PortStreamClient *)> &open)
{
    if (m_isClosed || hasBegun())
        return;
    m_streams = &streams;
    const auto stream = open(this);
    if (!stream)
        return close(toQString(stream.error().message), false);
    m_stream = *stream;
}

void PortConnection::abort(const QString &cause) { close(cause, true); }

// ---- From the client -----------------------------------------------------------------------------------------------

void PortConnection::read()
{
    if (m_isClosed || !m_isOpened || m_endIn || !m_untaken.isEmpty())
        return;
    for (int i = 0; i < kReadsInATurn; ++i) {
        QByteArray bytes(static_cast<qsizetype>(kReadBytes), Qt::Uninitialized);
        const ssize_t got = ::recv(m_socket, bytes.data(), kReadBytes, 0);
        if (got < 0 && (errno == EAGAIN || errno == EINTR))
            return;
        if (got < 0)
            return close(QString::fromLocal8Bit(std::strerror(errno)), true);
        if (got == 0) {
            m_endIn = true;
            m_readable.setEnabled(false);
            if (m_stream != 0)
                m_streams->finish(m_stream);
            return finishIfDone();
        }
        bytes.truncate(got);
        if (m_stream == 0 || !m_streams->write(m_stream, bytes)) {
            m_untaken = bytes;
            m_readable.setEnabled(false);
            return;
        }
        m_toNode += got;
        if (static_cast<size_t>(got) < kReadBytes)
            return;
    }
}

void PortConnection::portWritable()
{
    if (m_isClosed || m_untaken.isEmpty() || !m_streams->write(m_stream, m_untaken))
        return;
    m_toNode += m_untaken.size();
    m_untaken = {};
    m_readable.setEnabled(true);
}

// ---- From the node -------------------------------------------------------------------------------------------------

void PortConnection::portOpened()
{
    m_isOpened = true;
    m_readable.setEnabled(!m_isClosed);
}

void PortConnection::portRefused(const Error &why)
{
    m_stream = 0;
    close(toQString(why.message), false);
}

void PortConnection::portReceived(const QByteArray &bytes)
{
    m_fromNode += bytes.size();
    m_unsent += bytes;
    send();
}

void PortConnection::send()
{
    qint64 passed = 0;
    while (m_unsentHead < m_unsent.size() && !m_isClosed) {
        const ssize_t sent = ::send(m_socket, m_unsent.constData() + m_unsentHead,
                                    static_cast<size_t>(m_unsent.size() - m_unsentHead), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent < 0 && errno == EAGAIN)
            break;
        if (sent < 0)
            return close(QString::fromLocal8Bit(std::strerror(errno)), true);
        m_unsentHead += sent;
        passed += sent;
    }
    if (m_isClosed)
        return;
    if (m_unsentHead == m_unsent.size()) {
        m_unsent.clear();
        m_unsentHead = 0;
    } else if (m_unsentHead > m_unsent.size() / 2) {
        m_unsent.remove(0, m_unsentHead);
        m_unsentHead = 0;
    }
    m_writable.setEnabled(!m_unsent.isEmpty());
    if (m_stream != 0)
        m_streams->consumed(m_stream, passed);
    finishIfDone();
}

void PortConnection::portFinished()
{
    m_endOut = true;
    finishIfDone();
}

void PortConnection::finishIfDone()
{
    if (m_isClosed)
        return;
    if (m_endOut && m_unsent.isEmpty() && !std::exchange(m_endOutTold, true))
        ::shutdown(m_socket, SHUT_WR);
    if (m_endOutTold && m_endIn) {
        m_stream = 0; // it has ended by itself
        close({}, false);
    }
}

void PortConnection::portReset(const QString &cause)
{
    m_stream = 0;
    close(cause, true);
}

void PortConnection::close(const QString &cause, bool isBroken)
{
    if (std::exchange(m_isClosed, true))
        return;
    m_readable.setEnabled(false);
    m_writable.setEnabled(false);
    if (m_stream != 0)
        m_streams->close(std::exchange(m_stream, 0));
    if (isBroken) { // a reset: what the client has of it is not whole
        const linger none {1, 0};
        ::setsockopt(m_socket, SOL_SOCKET, SO_LINGER, &none, sizeof none);
    }
    ::close(std::exchange(m_socket, -1));
    QMetaObject::invokeMethod(
        this, [this, cause] { emit ended(cause); }, Qt::QueuedConnection);
}

}
