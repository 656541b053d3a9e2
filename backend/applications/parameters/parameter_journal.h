#pragma once
// What Parameter Store tells the audit log and the event bus (spec/parameter-store.md 3.11). No value is ever in either. Engine thread.

#include "backend/applications/parameters/parameter.h"
#include "backend/security/actions.h"
#include "backend/security/principal.h"
#include "backend/store/fleet_identity.h"
#include "backend/store/transaction.h"

namespace fb {

class AuditLog;
class EventBus;

enum class ParameterChange { Create, Update, Delete, LabelParameterVersion, UnlabelParameterVersion };

constexpr auto namesOf(const ParameterChange *)
{
    using C = ParameterChange;
    return std::array {EnumName<C> {C::Create, "Create"}, EnumName<C> {C::Update, "Update"},
                       EnumName<C> {C::Delete, "Delete"},
                       EnumName<C> {C::LabelParameterVersion, "LabelParameterVersion"},
                       EnumName<C> {C::UnlabelParameterVersion, "UnlabelParameterVersion"}};
}

class ParameterJournal
{
public:
    ParameterJournal(AuditLog &audit, EventBus &events, const FleetIdentity &fleet);

    // Event and audit entry of a change, in its transaction.
    Result<void> record(Transaction &tx, const Principal &who, Action action, ParameterChange change,
                        const ParameterHead &head, const QString &description, const QJsonObject &diff);
    // A change that has no event: tags.
    void recordQuietly(Transaction &tx, const Principal &who, Action action, const ParameterHead &head,
                       const QJsonObject &diff);
    Result<void> recordPolicyAction(Transaction &tx, const ParameterHead &head, const QString &policyType,
                                    const QString &policyText, const QString &failure);
    // On its own: a secret was read, or somebody was refused.
    Result<void> recordSecretRead(const Principal &who, Action action, const ParameterHead &head,
                                  qint64 version);
    Result<void> recordRefusal(const Principal &who, Action action, const QString &canonicalName,
                               const Error &error);

private:
    AuditLog &m_audit;
    EventBus &m_events;
    FleetIdentity m_fleet;
};

}
