#pragma once
// Hybrid Activation's operations (spec/fleet-manager.md B6). Engine thread.

#include "backend/base/paging_token.h"
#include "backend/nodes/activations/activation_repository.h"
#include "backend/security/access.h"
#include "backend/security/principal.h"
#include "backend/store/database.h"

#include <QObject>

#include <functional>

namespace fb {

class AuditLog;
class EventBus;
class NodeProfileService;
class Random;

class ActivationService : public QObject
{
    Q_OBJECT

public:
    struct Parts { // borrowed for life
        Database &database;
        EventBus &events;
        AuditLog &audit;
        const NodeProfileService &profiles;
        const Access &access;
        const PagingTokens &tokens;
        const Clock &clock;
        Random &random;
    };

    explicit ActivationService(Parts parts, QObject *parent = nullptr);

    // Where nodes find the engine; for the install command.
    void setReach(const QString &agentUrl, const QString &caSha256);

    Result<CreatedActivation> createActivation(const Principal &who, const CreateActivationRequest &request);
    static constexpr std::chrono::hours kTokenLife {1};
    // A token of one use with which a reinstalled machine becomes this node again: id, name, tags and history stay. Valid for an hour.
    // InvalidInstanceId: no such node.
    Result<CreatedActivation> createReenrolmentToken(const Principal &who, const Node &node);
    Result<DescribeActivationsResult> describeActivations(const Principal &who,
                                                          const DescribeActivationsRequest &request) const;
    Result<void> deleteActivation(const Principal &who, const ActivationId &id);

    Result<qint64> usableWith(const QString &profile) const; // activations that name it and let nodes in

    // ---- For enrolment
    // The activation if id and code fit and it can still be used; else InvalidActivationId or InvalidActivation with the reason.
    Result<Activation> usable(const ActivationId &id, std::string_view code, const QString &address) const;
    Result<void> takePlace(Transaction &transaction,
                           const Activation &activation); // InvalidActivation when none is free
    // After a restore (spec/security-and-robustness.md S12): no code that was given before it is good. How many still were.
    Result<qint64> voidAll(Transaction &transaction);
    void reportLocked(const ActivationId &id,
                      const QString &address); // wrong tries: the event, and the audit entry
    ActivationRepository &repository() { return m_repository; }

signals:
    void activationsChanged(const QList<fb::Activation> &activations); // made or used, after commit
    void activationDeleted(const fb::ActivationId &id);

private:
    Result<CreatedActivation> make(const Principal &who, const Action &action, Activation activation);
    Result<void> publish(Transaction &transaction, const Activation &activation, const QString &state);
    Activation withExpiry(Activation activation) const;

    Parts m_parts;
    mutable ActivationRepository m_repository;
    QString m_agentUrl;
    QString m_caSha256;
};

}
