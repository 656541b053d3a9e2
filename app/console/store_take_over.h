#pragma once
// A console that finds its store held by a headless engine on this machine asks that one to hand it over (design 6).

#include "backend/core/result.h"

#include <QString>

namespace fb {

struct TakenOver {
    QString listen; // "0.0.0.0:8443": where its nodes look for it
    QString advertise; // what they are told; empty: that address
};

// Blocks until the engine has ended, at most 30 seconds for its answer and as many for its end. ConflictException when it is a console's, which does not give way;
// ServiceUnavailable when it does not answer or does not end. Any thread.
Result<TakenOver> takeStoreOver(const QString &dataDir);

}
