#include "ui/shell/navigator.h"

namespace fb {

void Navigator::go(const QString &address)
{
    if (address == current() || address == pageOf(current()))
        return;
    m_addresses.resize(m_at + 1);
    m_addresses << address;
    if (m_addresses.size() > kKept)
        m_addresses.removeFirst();
    m_at = m_addresses.size() - 1;
    emit currentChanged(address);
}

void Navigator::replaceView(const QString &view)
{
    if (m_at >= 0)
        m_addresses[m_at] = pageOf(current()) + u'?' + view;
}

void Navigator::resume(const Steps &steps)
{
    if (steps.at < 0 || steps.at >= steps.addresses.size())
        return;
    m_addresses = steps.addresses;
    m_at = steps.at;
    emit currentChanged(current());
}

void Navigator::back()
{
    if (!canBack())
        return;
    --m_at;
    emit currentChanged(current());
}

void Navigator::forward()
{
    if (!canForward())
        return;
    ++m_at;
    emit currentChanged(current());
}

}
