#pragma once
// What goes on in the background: runs, exports, and what else takes longer than a second (ux.md 7). Ended ones stay until they are cleared, the
// newest two hundred. Ui thread.

#include "backend/core/clock.h"
#include "models/settings/console_settings.h"
#include "models/table/state_kind.h"

#include <QHash>
#include <QList>
#include <QObject>
#include <QString>

#include <functional>

namespace fb {

struct Activity {
    QString id;
    NoticeKind kind = NoticeKind::RunEnded; // what its end is told as
    QString title;
    QString detail; // how far it is, or how it ended
    QString owner; // who began it; empty: this console
    QString address; // of its page; empty: it has none
    QString cancelHint; // what Cancel does; empty: it cannot be cancelled
    qint64 done = 0;
    qint64 total = 0; // 0: not known
    StateKind state = StateKind::Running; // Running, Waiting, or how it ended
    bool isLocal = false; // ends with this console
    Instant started {};

    bool isEnded() const { return state != StateKind::Running && state != StateKind::Waiting; }
    bool operator==(const Activity &) const = default;
};

class ActivityList : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    // New, or changed; `cancel` is kept from the first time.
    void put(const Activity &activity, const std::function<void()> &cancel = {});
    void cancel(const QString &id);
    void clearEnded();

    const QList<Activity> &all() const { return m_activities; } // newest first
    const Activity *find(const QString &id) const;
    int running() const;
    QList<Activity> local() const; // those that would end with this console

    static constexpr int kMostEnded = 200;

signals:
    void changed();
    void ended(const fb::Activity &activity); // once each, and only if it was seen running

private:
    void dropOldest();

    QList<Activity> m_activities;
    QHash<QString, std::function<void()>> m_cancels;
};

}
