#pragma once
// The first start on a store that was restored from a backup (spec/security-and-robustness.md S12): what the backup would let in again is void,
// and everything new is newer than all that nodes have seen. Engine thread, at start.

#include "backend/store/database.h"
#include "backend/store/restore_mark.h"

#include <QJsonObject>

namespace fb {

class ActivationService;
class ApprovalService;
class AuditLog;
class FleetService;
class OrderOutbox;
class SessionService;
class SignInService;

class RestoredStore
{
public:
    struct Parts { // borrowed for life
        Database &database;
        AuditLog &audit;
        ActivationService &activations;
        ApprovalService &approvals;
        FleetService &fleet;
        OrderOutbox &outbox;
        SessionService &sessions;
        const SignInService &signIn;
    };

    explicit RestoredStore(Parts parts) : m_parts(parts) { }

    // Once the fleet is known, before orders are read. Nothing happens on a store that was not restored.
    Result<void> beginEpoch();
    // Once the sessions are known: ends them, and tells the audit log of it all.
    Result<void> finish();

private:
    Parts m_parts;
    RestoreMarks m_marks;
    std::optional<RestoreMark> m_mark;
    QJsonObject m_told;
};

}
