#include "models/activity/notice_list.h"

namespace fb {

void NoticeList::add(const Notice &notice)
{
    Notice fresh = notice;
    fresh.number = ++m_last;
    const auto same = std::find_if(m_notices.begin(), m_notices.end(), [&](const Notice &each) {
        return !each.isSeen && each.kind == notice.kind && each.about == notice.about;
    });
    if (same != m_notices.end()) {
        if (notice.titleOf) {
            fresh.amount += same->amount;
            fresh.title = notice.titleOf(fresh.amount);
        } else {
            fresh.times = same->times + 1;
        }
        m_notices.erase(same);
    }
    m_notices.prepend(fresh);
    if (m_notices.size() > kMost)
        m_notices.removeLast();
    emit changed();
    emit added(fresh);
}

void NoticeList::markSeen()
{
    if (unseen() == 0)
        return;
    for (Notice &each : m_notices)
        each.isSeen = true;
    emit changed();
}

void NoticeList::remove(qint64 number)
{
    if (m_notices.removeIf([number](const Notice &each) { return each.number == number; }) > 0)
        emit changed();
}

void NoticeList::clear()
{
    if (m_notices.isEmpty())
        return;
    m_notices.clear();
    emit changed();
}

int NoticeList::unseen() const
{
    return static_cast<int>(
        std::count_if(m_notices.begin(), m_notices.end(), [](const Notice &each) { return !each.isSeen; }));
}

}
