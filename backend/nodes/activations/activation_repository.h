#pragma once
// All the SQL of activations and of the answers to enrolments. Thread: the caller's transaction or reader.

#include "backend/nodes/activations/activation.h"
#include "backend/store/transaction.h"

namespace fb {

struct ActivationSecret { // how a code is kept: never itself
    QByteArray salt;
    QByteArray hash; // SHA-256 of salt and code
};

// What a repeated enrolment request is answered with (spec/fleet-manager.md B3.1, 7).
struct EnrolmentRecord {
    QByteArray requestHash; // of nonce and public key
    NodeId node;
    QByteArray certificateDer;
};

class ActivationRepository
{
public:
    // How many activations of either role still let nodes in.
    Result<qint64> usableWithRoles(Reader &reader, const QPair<QString, QString> &roles, Instant now);
    Result<void> insert(Transaction &transaction, const Activation &activation,
                        const ActivationSecret &secret);
    Result<void> markDeleted(Transaction &transaction, const ActivationId &id);
    // True when a place was free and is now taken: a single guarded statement, so racing nodes get exactly the limit.
    Result<bool> takePlace(Transaction &transaction, const ActivationId &id);
    Result<std::optional<Activation>> find(Reader &reader, const ActivationId &id); // deleted ones too
    Result<std::optional<ActivationSecret>> secretOf(Reader &reader, const ActivationId &id);
    // Not deleted, newest first, after `position` (creation time and id of the last row; empty: from the start).
    Result<QList<Activation>> list(Reader &reader, const QByteArray &position, int limit);
    static QByteArray positionOf(const Activation &activation);

    Result<void> keepEnrolment(Transaction &transaction, const EnrolmentRecord &record,
                               const ActivationId &activation, Instant until);
    Result<std::optional<EnrolmentRecord>> enrolment(Reader &reader, const QByteArray &requestHash);
    // After a restore: none lets a node in any more, and no answer is given again. How many still did.
    Result<qint64> voidAll(Transaction &transaction, Instant now);
    Result<void> removeOldEnrolments(Transaction &transaction, Instant now);
};

}
