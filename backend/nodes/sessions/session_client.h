#pragma once
// Who looks at a session: the console's terminal, the shell of the control socket. Owned by its maker, who detaches it before its end.
// Engine thread.

#include "backend/nodes/sessions/session.h"

#include <QByteArray>

namespace fb {

class SessionClient
{
public:
    virtual ~SessionClient() = default;
    // In order and without gaps while it is attached, beginning with what no client has seen. Call SessionService::consumed() for bytes
    // that were shown or passed on: what is not consumed holds the node's program back, and goes to the next client.
    virtual void sessionOutput(const QByteArray &bytes) = 0;
    // Of a program without a terminal: what it wrote to standard error. Consumed alike.
    virtual void sessionError(const QByteArray &bytes) { sessionOutput(bytes); }
    virtual void sessionChanged(const Session &session)
        = 0; // status, details; ended sessions say no more after it
    virtual void sessionInputWritable() = 0; // after input() had taken less than it was given
    virtual void sessionTakenOver() = 0; // another client has resumed it; this one is detached
};

// Who looks on without a say (spec/session-manager.md 3.9): any number of them, beside the client. They hold nothing back: one that is slow sees to
// its own memory. Owned by its maker, who calls SessionService::unwatch() before its end. Engine thread.
class SessionWatcher
{
public:
    virtual ~SessionWatcher() = default;
    virtual void watchedOutput(const QByteArray &bytes) = 0; // in order, without gaps
    virtual void watchedResized(int columns, int rows) = 0; // the client's window
    virtual void watchedChanged(const Session &session) = 0; // an ended one says no more after it
};

}
