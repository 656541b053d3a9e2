#include "backend/security/access_key_ring.h"

#include <utility>

namespace fb {

void AccessKeyRing::put(Key key)
{
    std::string id = key.key.accessKeyId.toStdString();
    const std::lock_guard lock(m_mutex);
    m_keys.insert_or_assign(std::move(id), std::make_shared<const Key>(std::move(key)));
}

void AccessKeyRing::remove(const QString &accessKeyId)
{
    const std::lock_guard lock(m_mutex);
    m_keys.erase(accessKeyId.toStdString());
}

std::shared_ptr<const AccessKeyRing::Key> AccessKeyRing::find(std::string_view accessKeyId) const
{
    const std::lock_guard lock(m_mutex);
    const auto it = m_keys.find(accessKeyId);
    return it == m_keys.end() ? nullptr : it->second;
}

void AccessKeyRing::used(const QString &accessKeyId, Instant at, const QString &from)
{
    const std::lock_guard lock(m_mutex);
    m_uses.insert_or_assign(accessKeyId, Use {accessKeyId, at, from});
}

std::vector<AccessKeyRing::Use> AccessKeyRing::takeUses()
{
    std::map<QString, Use> uses;
    {
        const std::lock_guard lock(m_mutex);
        uses = std::exchange(m_uses, {});
    }
    std::vector<Use> newest;
    for (auto &[id, use] : uses)
        newest.push_back(std::move(use));
    return newest;
}

}
