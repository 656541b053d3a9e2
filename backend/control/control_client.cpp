#include "backend/control/control_client.h"

#include "backend/base/fail.h"
#include "backend/control/control_socket.h"

#include <QJsonDocument>

#include <sys/socket.h>

#include <unistd.h>

#include <array>
#include <cerrno>

namespace fb {

using namespace Qt::StringLiterals;

Result<std::unique_ptr<ControlClient>> ControlClient::connectTo(const QString &dataDir)
{
    const Result<int> descriptor = connectToControlSocket(dataDir);
    if (!descriptor)
        return descriptor.error();
    return std::unique_ptr<ControlClient>(new ControlClient(*descriptor));
}

ControlClient::~ControlClient() { ::close(m_descriptor); }

Result<QJsonObject> ControlClient::call(const QString &operation, const QJsonObject &input,
                                        const std::function<void(const QJsonObject &)> &onEvent)
{
    const qint64 id = ++m_lastId;
    if (const Result<void> sent = send({.id = id, .operation = operation, .input = input}); !sent)
        return sent.error();
    while (true) {
        while (const std::optional<QJsonObject> line = takeLine()) {
            if ((*line)[u"id"].toInteger() != id)
                continue;
            if (line->contains(u"output"_s))
                return (*line)[u"output"].toObject();
            if (line->contains(u"error"_s))
                return errorFromJson((*line)[u"error"].toObject());
            if (onEvent)
                onEvent((*line)[u"event"].toObject());
        }
        if (const Result<void> more = readSome(); !more)
            return more.error();
    }
}

Error ControlClient::engineGone()
{
    m_engineGone = true;
    return qtError(errors::kServiceUnavailable, u"The engine closed the control socket."_s);
}

Result<void> ControlClient::send(const ControlCall &call)
{
    const QByteArray line = controlCallLine(call);
    for (qsizetype at = 0; at < line.size();) {
        const ssize_t written = ::send(m_descriptor, line.constData() + at,
                                       static_cast<size_t>(line.size() - at), MSG_NOSIGNAL);
        if (written < 0 && errno != EINTR)
            return engineGone();
        at += std::max<ssize_t>(written, 0);
    }
    return {};
}

Result<void> ControlClient::readSome()
{
    std::array<char, 64 * 1024> buffer;
    ssize_t count = -1;
    do {
        count = ::recv(m_descriptor, buffer.data(), buffer.size(), 0);
    } while (count < 0 && errno == EINTR);
    if (count <= 0)
        return engineGone();
    m_received.append(buffer.data(), count);
    return {};
}

std::optional<QJsonObject> ControlClient::takeLine()
{
    const qsizetype end = m_received.indexOf('\n');
    if (end < 0)
        return std::nullopt;
    const QJsonObject object = QJsonDocument::fromJson(m_received.left(end)).object();
    m_received.remove(0, end + 1);
    return object;
}

}
