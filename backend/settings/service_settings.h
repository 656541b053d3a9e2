#pragma once
// Settings of the whole fleet by AWS's operations (spec/fleet-manager.md 2.3, 6). Held in memory: every room of the engine asks for its own
// at any time. Engine thread.

#include "backend/core/secret_bytes.h"
#include "backend/security/access.h"
#include "backend/security/principal.h"
#include "backend/settings/service_setting_repository.h"
#include "backend/store/database.h"

#include <QHash>
#include <QObject>

#include <functional>

namespace fb {

class AuditLog;
class Vault;

inline constexpr ErrorCode kServiceSettingNotFound {"ServiceSettingNotFound"};

class ServiceSettings : public QObject
{
    Q_OBJECT

public:
    struct Parts { // borrowed for life
        Database &database;
        AuditLog &audit;
        const Access &access;
        const Clock &clock;
        const Vault *vault = nullptr; // null: secrets are refused
    };

    explicit ServiceSettings(Parts parts, QObject *parent = nullptr);
    Result<void> start(); // reads what is stored

    // ---- Operations. `id`: short or as ARN; ServiceSettingNotFound for any that is not known.
    Result<ServiceSetting> get(const Principal &who, const QString &id) const;
    Result<QList<KnownSetting>> list(const Principal &who) const; // all there are, by id
    Result<void> update(const Principal &who, const QString &id, const QString &value);
    Result<ServiceSetting> reset(const Principal &who, const QString &id); // as it is then: the default

    // ---- For the other rooms
    QString value(const QString &id) const;
    bool isOn(const QString &id) const { return value(id) == QStringLiteral("true"); }
    // Of a secret; nothing: none is set.
    Result<std::optional<SecretBytes>> secret(const QString &id) const;
    // One more check of new values of a setting; its room knows what may stand there.
    void addCheck(const QString &id, std::function<Result<void>(const QString &value)> check);

signals:
    void changed(const QString &id); // after commit

private:
    void addPattern(const QString &id, const QString &pattern, const QString &words);
    Result<QString> known(const QString &id) const;
    ServiceSetting settingOf(const QString &id) const;
    Result<void> store(const Principal &who, const Action &action, const ServiceSetting &before,
                       const ServiceSetting &after, const QString &secret = {});
    Result<void> keepSecret(Transaction &transaction, const ServiceSetting &setting, const QString &secret);
    void keep(const ServiceSetting &setting);

    Parts m_parts;
    ServiceSettingRepository m_repository;
    QHash<QString, ServiceSetting> m_stored; // those that are not at their default
    QHash<QString, std::function<Result<void>(const QString &)>> m_checks;
};

}
