#pragma once
// A TCP port of this machine's loopback, for what listens on the client's side of a tunnel. Any thread.

#include "backend/core/result.h"

#include <QString>

namespace fb {

struct LocalListener {
    int socket = -1; // listening on 127.0.0.1, not blocking; the caller's
    quint16 port = 0;
};

// 0: any free port. ServiceUnavailable, field localPortNumber, that names who has the port as far as this user may see it, and a free one.
Result<LocalListener> listenOnLocalPort(quint16 port);

// "postgres (process 812)"; empty: cannot be told.
QString ownerOfLocalPort(quint16 port);
quint16 freeLocalPort(); // at the time of asking; 0: none

}
