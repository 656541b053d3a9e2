#pragma once
// A tunnel as it is asked for and shown: a port of this machine that leads to one the node reaches. Plain values; any thread.

#include "backend/core/clock.h"
#include "backend/core/ids.h"

#include <QList>
#include <QString>

namespace fb {

struct TunnelRequest {
    NodeId node;
    QString host; // resolved on the node; empty: the node itself
    int port = 0;
    int localPort = 0; // 0: any free one
    QString name;
    QString reason;
    bool keepOpen = false; // after idle or longest time: the next connection begins a new session
    bool operator==(const TunnelRequest &) const = default;
};

enum class TunnelState {
    Opening, // its session is not Connected yet
    Open,
    Away, // the node is not there; it goes on when it is back
    Resting, // kept open: the next connection begins a new session
    Closed, // for good
};

struct TunnelConnection {
    quint64 number = 0;
    QString peer; // "127.0.0.1:51312"
    Instant openedAt {};
    bool isConnected = false; // to the target
    qint64 toNode = 0;
    qint64 fromNode = 0;
    bool operator==(const TunnelConnection &) const = default;
};

struct Tunnel {
    quint64 number = 0; // never used twice
    TunnelRequest request;
    TunnelState state = TunnelState::Opening;
    QString cause; // why it is away, rests or was closed
    QString lastRefusal; // of a connection that did not come about
    quint16 localPort = 0; // that it listens on; 0: none
    SessionId session; // the last one
    Instant openedAt {};
    qint64 toNode = 0; // of all its connections
    qint64 fromNode = 0;
    qint64 connectionsSoFar = 0;
    QList<TunnelConnection> connections; // open ones
    bool operator==(const Tunnel &) const = default;
};

}
