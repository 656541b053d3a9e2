#pragma once
// The access keys that may sign, in memory: the engine thread fills it after each commit that changed them, the wire's thread asks it for
// every request. Any thread.

#include "backend/core/secret_bytes.h"
#include "backend/security/access_key.h"

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace fb {

class AccessKeyRing
{
public:
    struct Key {
        AccessKey key;
        Role role = Role::Viewer; // of its operator
        SecretBytes secret;
    };
    struct Use {
        QString accessKeyId;
        Instant at {};
        QString from;
    };

    void put(Key key); // new, or in place of the one with this id
    void remove(const QString &accessKeyId);
    std::shared_ptr<const Key> find(std::string_view accessKeyId) const; // null if it is none of ours

    void used(const QString &accessKeyId, Instant at, const QString &from);
    std::vector<Use> takeUses(); // the newest of each key since the last call

private:
    mutable std::mutex m_mutex;
    std::map<std::string, std::shared_ptr<const Key>, std::less<>> m_keys;
    std::map<QString, Use> m_uses;
};

}
