#pragma once
// The other end of the control socket, for the command line and for tests: blocking, one thread of its own choosing.

#include "backend/control/control_message.h"

#include <QString>

#include <functional>
#include <memory>
#include <optional>

namespace fb {

class ControlClient
{
public:
    // ServiceUnavailable when no engine answers in `dataDir`.
    static Result<std::unique_ptr<ControlClient>> connectTo(const QString &dataDir);
    ~ControlClient();
    ControlClient(const ControlClient &) = delete;
    ControlClient &operator=(const ControlClient &) = delete;

    // The answer to one call; events that come before it go to `onEvent`.
    Result<QJsonObject> call(const QString &operation, const QJsonObject &input,
                             const std::function<void(const QJsonObject &)> &onEvent = {});

    // For callers with a loop of their own (the shell): write lines, poll descriptor(), then take lines until none is whole.
    int descriptor() const { return m_descriptor; }
    Result<void> send(const ControlCall &call);
    Result<void> readSome(); // blocks for at least one byte; ServiceUnavailable when the engine has gone
    std::optional<QJsonObject> takeLine();
    // The engine has closed the connection. Else an error is the engine's own answer, ServiceUnavailable too.
    bool isEngineGone() const { return m_engineGone; }

private:
    explicit ControlClient(int descriptor) : m_descriptor(descriptor) { }
    Error engineGone();

    int m_descriptor;
    bool m_engineGone = false;
    qint64 m_lastId = 0;
    QByteArray m_received;
};

}
