#pragma once
// The deny list of certificate serials, as I/O threads ask it at every handshake. Any thread.

#include <memory>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_set>

namespace fb {

class RevokedSerials
{
public:
    void replace(std::unordered_set<std::string> serials);
    void add(std::string serial);
    bool contains(std::string_view serial) const;

private:
    mutable std::shared_mutex m_mutex;
    std::unordered_set<std::string> m_serials;
};

}
