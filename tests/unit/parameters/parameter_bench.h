#pragma once
// Parameter Store on a fresh store with a clock that a test moves. Main thread.

#include "backend/applications/parameters/parameter_service.h"
#include "backend/base/paging_token.h"
#include "backend/events/event_bus.h"
#include "backend/security/audit_log.h"
#include "backend/security/vault.h"
#include "backend/settings/service_settings.h"
#include "tests/support/scripted_access.h"
#include "tests/support/test_database.h"

namespace fb::test {

// The vault's keys, until it is locked.
class LockableKeySource final : public ParameterKeySource
{
public:
    explicit LockableKeySource(const Vault &vault) : m_vault(vault) { }
    bool locked = false;

    bool isLocked() const override { return locked; }
    Result<SecretBytes> key(Reader &reader, const QString &name, qint64 generation) const override
    {
        return locked ? Result<SecretBytes>(keyUnavailable(name)) : m_vault.key(reader, name, generation);
    }
    Result<void> put(Transaction &tx, const QString &name, qint64 generation, std::string_view key) override
    {
        return m_vault.put(tx, name, generation, key);
    }
    Result<void> remove(Transaction &tx, const QString &name, qint64 generation) override
    {
        return m_vault.remove(tx, name, generation);
    }

private:
    VaultKeySource m_vault;
};

// The rooms of one engine on a store.
struct ParameterRooms {
    ParameterRooms(Database &database, const Clock &clock, Random &random,
                   const ParameterLimits &limits = {});

    std::unique_ptr<Vault> vault;
    ScriptedAccess access;
    AuditLog audit;
    EventBus events;
    PagingTokens tokens;
    ServiceSettings settings;
    LockableKeySource keySource;
    ParameterService service;
};

struct ParameterBench {
    explicit ParameterBench(const QString &kind, const ParameterLimits &limits = {});
    ~ParameterBench();
    void restart(); // as an engine does: new rooms on the same rows

    // ---- Short words for long requests. Each commits.
    Result<PutParameterResult> put(const PutParameterRequest &request);
    Result<PutParameterResult> put(const QString &name, const QString &value,
                                   ParameterKind type = ParameterKind::String);
    Result<PutParameterResult> overwrite(const QString &name, const QString &value);
    Result<Parameter> get(const QString &name, bool decrypt = true);
    QString value(const QString &name); // or the error's code
    QStringList byPath(const QString &path, bool recursive = false); // names, all pages
    Result<LabelParameterVersionResult> label(const QString &name, qint64 version, const QStringList &labels);
    QList<ParameterHistory> history(const QString &name);
    QStringList described(const QList<ParameterStringFilter> &filters);
    QList<Event> eventsOf(const QString &detailType);
    qint64 count(const QString &sql, const QVariantList &binds = {});

    ParameterService &service() { return rooms->service; }

    TestDatabase db;
    ParameterLimits limits;
    Principal alice {QStringLiteral("alice"), Role::Administrator, QStringLiteral("console")};
    std::unique_ptr<ParameterRooms> rooms;
};

QString codeOf(const Error &error);
template <typename T>
QString codeOf(const Result<T> &result)
{
    return result ? QStringLiteral("fine") : codeOf(result.error());
}

}
