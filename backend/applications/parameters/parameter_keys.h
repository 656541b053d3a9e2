#pragma once
// The keys of SecureStrings: sealing and opening with them, and their life - made, rotated, disabled, deleted
// (spec/parameter-store.md 3.8). A rotation adds a generation that all new wraps use; the data keys of older ones are wrapped again,
// kRewrappedAtOnce in a transaction, and go on after a restart; a generation goes once nothing refers to it. Engine thread.

#include "backend/applications/parameters/parameter_key_repository.h"
#include "backend/applications/parameters/parameter_key_source.h"
#include "backend/applications/parameters/sealed_parameter.h"
#include "backend/security/access.h"
#include "backend/security/audit_entry.h"
#include "backend/store/database.h"

#include <QObject>
#include <QTimer>

namespace fb {

class AuditLog;

class ParameterKeys : public QObject
{
    Q_OBJECT

public:
    static constexpr int kRewrappedAtOnce = 500;
    static constexpr int kMostKeys = 100;
    static constexpr int kLeastDays = 7; // before a key is deleted
    static constexpr int kMostDays = 30;

    struct Parts { // borrowed for life
        Database &database;
        AuditLog &audit;
        const Access &access;
        ParameterKeySource &source;
        const Clock &clock;
        Random &random;
    };

    explicit ParameterKeys(Parts parts, QObject *parent = nullptr);
    Result<void> start(); // makes alias/aws/ssm in a new store; goes on with rotations

    // ---- For the service. No check of Access.
    // "alias/prod" of that, and of an ARN of this fleet.
    QString keyName(const QString &keyId) const;
    Result<void> checkUsable(Reader &reader,
                             const QString &name) const; // InvalidKeyId: unknown, not enabled, locked
    struct Sealed {
        QByteArray blob;
        WrappingKey key;
    };
    Result<Sealed> seal(Transaction &tx, const QString &name, const SealedPlace &place,
                        std::string_view plain);
    // InvalidKeyId as above; InternalServerError for a blob that was altered or belongs elsewhere, naming `what`.
    Result<SecretBytes> open(Reader &reader, const SealedPlace &place, const QByteArray &blob,
                             const QString &what) const;

    // ---- Operations
    Result<QList<ParameterKey>> keys(const Principal &who) const;
    Result<ParameterKey> createKey(const Principal &who, const QString &name);
    Result<ParameterKey> rotateKey(const Principal &who, const QString &name);
    Result<ParameterKey> setEnabled(const Principal &who, const QString &name, bool enabled);
    Result<ParameterKey> scheduleDeletion(const Principal &who, const QString &name, int days);
    Result<ParameterKey> cancelDeletion(const Principal &who, const QString &name); // Disabled then

    // One step of what is to be done: wraps again, deletes keys that are due. True: there is more. By itself while there is.
    Result<bool> work();

signals:
    void keysChanged(); // after commit

private:
    Result<ParameterKey> usableKey(Reader &reader, const QString &name) const;
    Result<ParameterKey>
    change(const Principal &who, const QString &operation, const QString &name,
           const std::function<Result<ParameterKey>(Transaction &, const ParameterKey &)> &fn);
    void record(Transaction &tx, const Principal &who, const QString &operation, const ParameterKey &before,
                const ParameterKey &after);
    Result<bool> deleteDue(Transaction &tx);
    Result<bool> rotate(Transaction &tx, const ParameterKey &key);
    Result<qint64> rewrap(Transaction &tx, const ParameterKey &key, qint64 generation);
    Result<void> retire(Transaction &tx, const ParameterKey &key, qint64 generation);

    Parts m_parts;
    ParameterKeyRepository m_rows;
    QTimer m_timer;
    // Where the running rotation stands; what it passed and could not open stays where it is.
    QString m_rotating;
    qint64 m_generation = 0;
    ParameterKeyRepository::Position m_position;
};

}
