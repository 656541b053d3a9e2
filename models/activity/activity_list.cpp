#include "models/activity/activity_list.h"

namespace fb {

void ActivityList::put(const Activity &activity, const std::function<void()> &cancel)
{
    if (cancel && !m_cancels.contains(activity.id))
        m_cancels.insert(activity.id, cancel);
    const auto known = std::find_if(m_activities.begin(), m_activities.end(),
                                    [&](const Activity &each) { return each.id == activity.id; });
    const bool wasRunning = known != m_activities.end() && !known->isEnded();
    if (known == m_activities.end())
        m_activities.prepend(activity);
    else if (*known == activity)
        return;
    else
        *known = activity;
    if (activity.isEnded())
        m_cancels.remove(activity.id);
    dropOldest();
    emit changed();
    if (wasRunning && activity.isEnded())
        emit ended(activity);
}

void ActivityList::cancel(const QString &id)
{
    if (const auto cancel = m_cancels.take(id))
        cancel();
}

void ActivityList::clearEnded()
{
    if (m_activities.removeIf([](const Activity &each) { return each.isEnded(); }) > 0)
        emit changed();
}

void ActivityList::dropOldest()
{
    int ended = 0;
    m_activities.removeIf([&](const Activity &each) { return each.isEnded() && ++ended > kMostEnded; });
}

const Activity *ActivityList::find(const QString &id) const
{
    for (const Activity &each : m_activities) {
        if (each.id == id)
            return &each;
    }
    return nullptr;
}

int ActivityList::running() const
{
    return static_cast<int>(std::count_if(m_activities.begin(), m_activities.end(),
                                          [](const Activity &each) { return !each.isEnded(); }));
}

QList<Activity> ActivityList::local() const
{
    QList<Activity> local;
    for (const Activity &each : m_activities) {
        if (each.isLocal && !each.isEnded())
            local << each;
    }
    return local;
}

}
