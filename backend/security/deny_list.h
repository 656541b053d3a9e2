#pragma once
// The revoked certificates, as the I/O threads ask for them after every handshake. Any thread.

#include <QStringList>

#include <memory>
#include <mutex>
#include <string>
#include <unordered_set>

namespace fb {

// The revoked serials that have not expired. Any thread.
class DenyList
{
public:
    bool isRevoked(const std::string &serial) const; // 32 lower-case hex digits
    void set(std::unordered_set<std::string> serials);
    void add(const QStringList &serials);
    size_t size() const;
    std::unordered_set<std::string> serials() const { return *snapshot(); }

private:
    using Serials = std::shared_ptr<const std::unordered_set<std::string>>;
    Serials snapshot() const;

    mutable std::mutex m_mutex;
    Serials m_serials = std::make_shared<std::unordered_set<std::string>>();
};

}
