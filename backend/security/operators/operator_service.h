#pragma once
// Operators, their groups and access keys: made, changed and removed by those who may; what Access and the AWS wire know of them follows each
// commit. The Administrator whom the engine's own user acts as always stays. Engine thread.

#include "backend/core/random.h"
#include "backend/security/access_key_ring.h"
#include "backend/security/operators/operator_access.h"
#include "backend/security/operators/operator_repository.h"
#include "backend/security/vault.h"
#include "backend/store/database.h"

#include <QObject>
#include <QTimer>

namespace fb {

class AuditLog;

struct NewAccessKey {
    AccessKey key;
    SecretBytes secret; // shown once
};

class OperatorService : public QObject
{
    Q_OBJECT

public:
    struct Parts { // borrowed for life
        Database &database;
        const Vault &vault;
        AuditLog &audit;
        OperatorAccess &access;
        AccessKeyRing &keys;
        const Clock &clock;
        Random &random;
    };

    explicit OperatorService(Parts parts, QObject *parent = nullptr);
    // Reads all; the first Administrator is made under `osUser` if there is nobody yet, and is given back with `source`.
    Result<Principal> start(const QString &osUser, const QString &source);

    // ---- Operators
    static constexpr int kMostOperators = 500;
    Result<QList<Operator>> listOperators(const Principal &who) const; // by name
    Result<Operator> createOperator(const Principal &who, const Operator &wish); // ConflictException
    PermissionScope scopeOf(const QString &name) const; // of nobody: none
    // All but the name. ResourceNotFoundException; ConflictException for the engine's own Administrator.
    Result<Operator> updateOperator(const Principal &who, const Operator &wish);
    Result<void> deleteOperator(const Principal &who, const QString &name); // with its keys
    // 12 to 128 characters. For oneself, or with the permission for others. argon2id takes its time: on a thread of the pool.
    void setPassword(const Principal &who, const QString &name, SecretBytes password,
                     std::function<void(const Result<void> &)> done);

    // ---- Groups
    static constexpr int kMostGroups = 200;
    Result<QList<OperatorGroup>> listGroups(const Principal &who) const;
    Result<void> putGroup(const Principal &who, const OperatorGroup &group);
    Result<void> deleteGroup(const Principal &who, const QString &name);

    // ---- Access keys
    Result<QList<AccessKey>> listKeys(const Principal &who, const QString &operatorName) const;
    // ValidationException when the operator has kMostAccessKeys, or `expiresAt` has passed.
    Result<NewAccessKey> createKey(const Principal &who, const QString &operatorName,
                                   const std::optional<Instant> &expiresAt);
    Result<void> setKeyEnabled(const Principal &who, const QString &accessKeyId, bool enabled);
    Result<void> deleteKey(const Principal &who, const QString &accessKeyId);
    Result<void> storeUses(); // of keys, since the last call; by itself every minute
    Result<void> reload(); // what other engines on this store changed; by itself every minute

    AccessDecision explain(const Principal &who, Action action, const AccessTarget &target) const
    {
        return m_parts.access.explain(who, action, target);
    }

signals:
    void operatorsChanged(); // after commit
    void keysChanged();

private:
    const Operator *find(const QString &name) const;
    Result<const AccessKey *> keyFor(const Principal &who, const QString &accessKeyId, Action action) const;
    Result<void> checkWish(const Operator &wish) const;
    Result<void> checkOwnerStays(const Operator &changed, bool removed) const;
    SecretBytes secretFor(const QString &accessKeyId) const;
    Result<void> load();
    Result<void> loadKeys();
    void publish();
    Result<void> write(const Principal &who, Action action, const QString &target, const QJsonObject &diff,
                       const std::function<Result<void>(Transaction &)> &change);
    Error refused(const Principal &who, Action action, const QString &target, const Error &error) const;

    Parts m_parts;
    OperatorRepository m_rows;
    QList<Operator> m_operators;
    QList<OperatorGroup> m_groups;
    QList<AccessKey> m_keys;
    QTimer m_timer;
    QString m_owner; // who acts for this engine's own user
};

}
