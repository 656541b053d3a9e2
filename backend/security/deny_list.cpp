#include "backend/security/deny_list.h"

namespace fb {

DenyList::Serials DenyList::snapshot() const
{
    const std::lock_guard lock(m_mutex);
    return m_serials;
}

bool DenyList::isRevoked(const std::string &serial) const { return snapshot()->contains(serial); }

size_t DenyList::size() const { return snapshot()->size(); }

void DenyList::set(std::unordered_set<std::string> serials)
{
    Serials fresh = std::make_shared<std::unordered_set<std::string>>(std::move(serials));
    const std::lock_guard lock(m_mutex);
    m_serials = std::move(fresh);
}

void DenyList::add(const QStringList &serials)
{
    auto more = *snapshot();
    for (const QString &serial : serials)
        more.insert(serial.toStdString());
    set(std::move(more));
}

}
