#pragma once
// How much room the artifact store has, in the console's words: a notice when it becomes full, a sentence for whoever sends a command then. Values;
// ui thread.

#include "backend/core/clock.h"
#include "models/activity/notice_list.h"

#include <QCoreApplication>

namespace fb {

struct StoreRoom {
    enum class Limit { None, Disk, Total, Outputs, Recordings }; // that is reached
    Limit full = Limit::None;
    qint64 used = 0; // bytes, of what the limit is about; of the disk: those free
    qint64 limit = 0; // of the disk: the least
    bool canRemove = true; // there is something that may be removed to make room
    bool operator==(const StoreRoom &) const = default;
};

class StoreRoomWords
{
    Q_DECLARE_TR_FUNCTIONS(fb::StoreRoomWords)
public:
    static QString title(const StoreRoom &room); // empty: there is room
    static QString sentence(const StoreRoom &room);
    static QString settingOf(const StoreRoom &room); // the fleet setting that is the limit
    static Notice notice(const StoreRoom &room, Instant at);
    static Notice sentNotice(const StoreRoom &room, const QString &commandId,
                             Instant at); // of a run sent meanwhile
};

}
