#pragma once
// The SQL of the policies of newest versions and of what is due. Thread: the caller's transaction or reader.

#include "backend/applications/parameters/parameter_policies.h"
#include "backend/store/transaction.h"

namespace fb {

class ParameterPolicyRepository
{
public:
    struct Due {
        qint64 parameterId = 0;
        qint64 position = 0;
        PolicyKind kind = PolicyKind::Expiration;
        QString text;
    };

    Result<QList<DuePolicy>> policies(Reader &reader,
                                      qint64 id) const; // in their order; of the rules kind and text
    Result<void> setPolicies(Transaction &tx, qint64 id,
                             const QList<DuePolicy> &policies) const; // all of them
    // The oldest first, held until the transaction ends; what another engine holds is left out.
    Result<QList<Due>> due(Transaction &tx, Instant now, int limit) const;
    // False: it was done before.
    Result<bool> finish(Transaction &tx, const Due &due, PolicyStatus status) const;
    Result<std::optional<Instant>> nextDue(Reader &reader) const;

    static constexpr qint64 kSweepLock = 5'060'731'473; // of the job parameter-policies
};

}
