#include "models/nodes/sessions/playback_time.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    QString timeText(Microseconds at, bool withHours)
    {
        const qint64 seconds = at.count() / 1'000'000;
        const QString tail = u"%1:%2"_s.arg(seconds / 60 % 60, withHours ? 2 : 1, 10, QChar(u'0'))
                                 .arg(seconds % 60, 2, 10, QChar(u'0'));
        return withHours ? u"%1:%2"_s.arg(seconds / 3600).arg(tail) : tail;
    }
}

QString playbackTime(Microseconds at) { return timeText(at, at >= std::chrono::hours(1)); }

QString playbackTime(Microseconds at, Microseconds length)
{
    return u"%1 / %2"_s.arg(timeText(at, length >= std::chrono::hours(1)), playbackTime(length));
}

}
