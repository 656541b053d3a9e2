#pragma once
// What the operator was told, or should be (ux.md 9): each with one thing to do, the same kind merged while nobody has looked. The newest two
// hundred. Ui thread.

#include "backend/core/clock.h"
#include "models/settings/console_settings.h"
#include "models/table/state_kind.h"

#include <QList>
#include <QObject>
#include <QString>

namespace fb {

struct Notice {
    NoticeKind kind = NoticeKind::Problem;
    StateKind state = StateKind::Success; // its icon and tone
    QString about; // notices of one kind about the same thing are merged
    QString title;
    QString detail;
    QString address; // what its button opens; empty: no button
    QString action; // the button's word
    Instant at {};
    int amount = 0; // of what it counts; 0: it counts nothing
    QString (*titleOf)(int amount) = nullptr; // of what it counts
    int times = 1; // of one that counts nothing
    bool isSeen = false;
    qint64 number = 0; // given by the list
};

class NoticeList : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    void add(const Notice &notice);
    void markSeen();
    void remove(qint64 number);
    void clear();

    const QList<Notice> &all() const { return m_notices; } // newest first
    int unseen() const;

    static constexpr qsizetype kMost = 200;

signals:
    void changed();
    void added(const fb::Notice &notice); // new, or once more

private:
    QList<Notice> m_notices;
    qint64 m_last = 0;
};

}
