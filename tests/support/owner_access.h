#pragma once
// Access of a fleet with one operator: everything for that Administrator and for the engine itself, nothing for anybody else.

#include "backend/security/access.h"

namespace fb::test {

class OwnerAccess final : public Access
{
public:
    explicit OwnerAccess(QString owner) : m_owner(std::move(owner)) { }
    Result<void> check(const Principal &who, Action action, const AccessTarget &target) const override
    {
        if ((who.name == m_owner && who.role == Role::Administrator) || who == enginePrincipal())
            return {};
        return accessDenied(who, action, target);
    }

private:
    QString m_owner;
};

}
