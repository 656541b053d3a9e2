#pragma once
// Policies of advanced parameters: expiry, notice before it, notice of no change (spec/parameter-store.md 3.7). Plain values; any thread.

#include "backend/applications/parameters/parameter.h"
#include "backend/core/result.h"

namespace fb {

enum class PolicyKind { Expiration, ExpirationNotification, NoChangeNotification };

constexpr auto namesOf(const PolicyKind *)
{
    using K = PolicyKind;
    return std::array {EnumName<K> {K::Expiration, "Expiration"},
                       EnumName<K> {K::ExpirationNotification, "ExpirationNotification"},
                       EnumName<K> {K::NoChangeNotification, "NoChangeNotification"}};
}

struct PolicyRule {
    PolicyKind kind = PolicyKind::Expiration;
    QString text; // its JSON, in one line
    Instant expiresAt {}; // of Expiration
    Microseconds span {}; // Before or After, of the others
    bool operator==(const PolicyRule &) const = default;
};

// Of a request at `now`: none for [] and [{}]. PoliciesLimitExceededException, InvalidPolicyTypeException,
// InvalidPolicyAttributeException, IncompatiblePolicyException, ValidationException (no JSON).
Result<QList<PolicyRule>> parsePolicies(const QString &json, Instant now);
QList<PolicyRule> storedPolicies(const QString &json); // those that passed once; whatever the time
QString policiesText(const QList<PolicyRule> &rules); // as it is stored; empty for none

// 2026-12-02T21:34:33.000Z, 2026-11-01T22:13:48.87+10:30, +10:30:15.
std::optional<Instant> policyInstant(const QString &text);

// A policy of a parameter with what the scheduler keeps of it.
struct DuePolicy {
    PolicyRule rule;
    PolicyStatus status = PolicyStatus::Pending;
    Instant due {}; // when it acts
};

// The rules of a parameter that was changed at `modifiedAt`. Those of `before` that are the same and are due at the same time stay done
// if they were.
QList<DuePolicy> duePolicies(const QList<PolicyRule> &rules, Instant modifiedAt,
                             const QList<DuePolicy> &before);

}
