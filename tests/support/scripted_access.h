#pragma once
// An Access that says what a test tells it to, and remembers what it was asked.

#include "backend/security/access.h"

#include <QStringList>

#include <algorithm>

namespace fb::test {

class ScriptedAccess final : public Access
{
public:
    void deny(Action action)
    {
        m_denied.append(
            QString::fromLatin1(action.name().data(), static_cast<qsizetype>(action.name().size())));
    }
    void denyOn(const QString &resource)
    {
        m_deniedOn.append(resource);
    } // or a document or parameter; whatever the action
    QStringList asked() const { return m_asked; } // "alice ssm:SendCommand", in order

    Result<void> check(const Principal &who, Action action, const AccessTarget &target) const override
    {
        const QString name
            = QString::fromLatin1(action.name().data(), static_cast<qsizetype>(action.name().size()));
        m_asked.append(who.name + u' ' + name);
        const QStringList named = target.documents + target.parameters;
        const bool isDeniedOn = m_deniedOn.contains(target.resource)
            || std::any_of(named.begin(), named.end(),
                           [this](const QString &each) { return m_deniedOn.contains(each); });
        if (m_denied.contains(name) || isDeniedOn)
            return accessDenied(who, action, target);
        return {};
    }

private:
    QStringList m_denied;
    QStringList m_deniedOn;
    mutable QStringList m_asked;
};

}
