#pragma once
// What the tools ask of the nodes' connections, as small interfaces: the engine's composition binds them, tests use fakes. Engine thread.

#include "backend/core/ids.h"
#include "backend/core/result.h"
#include "backend/protocol/frame.h"

#include <QByteArray>
#include <QString>

#include <string>

namespace fb {

// A stream on one connection; never used twice. 0: none.
using ToolStreamNumber = quint64;

class ToolChannelPort
{
public:
    virtual ~ToolChannelPort() = default;
    virtual bool isConnected(const NodeId &node) const = 0;
    // TargetNotConnected when the node is not served now.
    virtual Result<ToolStreamNumber> openTool(const NodeId &node, const std::string &name,
                                              protocol::StreamKind kind, quint64 window)
        = 0;
    virtual bool write(ToolStreamNumber stream, std::string bytes)
        = 0; // false: nothing was taken, go on at toolWritable()
    virtual void grant(ToolStreamNumber stream, quint64 bytes) = 0;
    virtual void reset(ToolStreamNumber stream, const QString &code) = 0; // nothing more is heard of it
};

// What a port tells; ToolService is the one who hears it.
class ToolChannelEvents
{
public:
    virtual void toolOpened(ToolStreamNumber stream) = 0;
    virtual void toolRefused(ToolStreamNumber stream, const QString &code, const QString &text) = 0;
    virtual void toolReceived(ToolStreamNumber stream, const QByteArray &bytes) = 0;
    virtual void toolWritable(ToolStreamNumber stream) = 0;
    virtual void toolEnded(ToolStreamNumber stream) = 0; // by the node
    virtual void toolLost(ToolStreamNumber stream) = 0; // with its connection

protected:
    ~ToolChannelEvents() = default;
};

}
