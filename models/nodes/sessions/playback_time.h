#pragma once
// A place in a recording as players write it: 0:05, 12:40, 1:02:03. Any thread.

#include "backend/core/clock.h"

#include <QString>

namespace fb {

QString playbackTime(Microseconds at);
// "0:05 / 12:40": as wide at the start as at the end.
QString playbackTime(Microseconds at, Microseconds length);

}
