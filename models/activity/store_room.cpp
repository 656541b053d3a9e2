#include "models/activity/store_room.h"

#include <QLocale>
#include <QUrl>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    QString sizeText(qint64 bytes)
    {
        return QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeIecFormat);
    }
}

QString StoreRoomWords::title(const StoreRoom &room)
{
    switch (room.full) {
    case StoreRoom::Limit::Disk:
        return tr("The disk of the artifact store is nearly full");
    case StoreRoom::Limit::Total:
        return tr("The artifact store is full");
    case StoreRoom::Limit::Outputs:
        return tr("The room for outputs is full");
    case StoreRoom::Limit::Recordings:
        return tr("The room for recordings is full");
    case StoreRoom::Limit::None:
        break;
    }
    return {};
}

QString StoreRoomWords::sentence(const StoreRoom &room)
{
    if (room.full == StoreRoom::Limit::None)
        return {};
    const QString figures = room.full == StoreRoom::Limit::Disk
        ? tr("%1 are free; at least %2 are kept free.").arg(sizeText(room.used), sizeText(room.limit))
        : tr("%1 of %2 are used.").arg(sizeText(room.used), sizeText(room.limit));
    if (room.full == StoreRoom::Limit::Recordings)
        return room.canRemove
            ? tr("%1 The oldest recordings are removed to make room.").arg(figures)
            : tr("%1 Recordings are not removed to make room: the fleet's settings do not allow it.")
                  .arg(figures);
    return room.canRemove
        ? tr("%1 Commands still run; the oldest outputs are removed to make room.").arg(figures)
        : tr("%1 Commands still run, but nothing more may be removed to make room for their output.")
              .arg(figures);
}

QString StoreRoomWords::settingOf(const StoreRoom &room)
{
    switch (room.full) {
    case StoreRoom::Limit::Disk:
        return u"/flagbridge/artifacts/least-free-mib"_s;
    case StoreRoom::Limit::Outputs:
        return u"/flagbridge/artifacts/outputs-mib"_s;
    case StoreRoom::Limit::Recordings:
        return u"/flagbridge/artifacts/recordings-mib"_s;
    case StoreRoom::Limit::Total:
    case StoreRoom::Limit::None:
        break;
    }
    return u"/flagbridge/artifacts/total-mib"_s;
}

Notice StoreRoomWords::notice(const StoreRoom &room, Instant at)
{
    Notice notice;
    notice.kind = NoticeKind::Problem;
    notice.state = StateKind::Waiting;
    notice.about = u"store-room"_s;
    notice.title = title(room);
    notice.detail = sentence(room);
    notice.address = u"fleet-settings?row="_s + QString::fromLatin1(QUrl::toPercentEncoding(settingOf(room)));
    //: verb, on a notice's button: opens the setting
    notice.action = tr("Show the limit");
    notice.at = at;
    return notice;
}

Notice StoreRoomWords::sentNotice(const StoreRoom &room, const QString &commandId, Instant at)
{
    Notice notice;
    notice.kind = NoticeKind::Problem;
    notice.state = StateKind::Waiting;
    notice.about = commandId;
    notice.title = tr("The run was sent with a warning");
    const QString why = sentence(room);
    notice.detail = why.isEmpty() ? tr("The artifact store had no room for more output.") : why;
    notice.address = u"run-command/"_s + commandId;
    //: verb, on a notice's button: opens the run
    notice.action = tr("Show the run");
    notice.at = at;
    return notice;
}

}
