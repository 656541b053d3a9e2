#pragma once
// Secrets at rest: each is sealed with AES-256-GCM under a random key of its own, which is sealed under the master key (envelope). What
// an envelope is for - purpose, name, version, fleet - is bound into it, so that it opens nowhere else (spec/security S01-S05). There is
// no way to store a secret without a key. Immutable after open(); seal, unseal and derive work on any thread, the rest on the engine's.

#include "backend/core/secret_bytes.h"
#include "backend/security/vault_repository.h"
#include "backend/store/database.h"

#include <memory>

namespace fb {

struct SecretName {
    QString purpose; // "fleet-ca", "parameter"
    QString name; // "key", "/prod/db/password"
    qint64 version = 1;
};

class Vault
{
public:
    // Whether the store already has a key: then another one must never be made.
    static Result<bool> hasKey(Reader &reader);
    // MasterKeyUnavailable when the store was sealed with another key.
    static Result<void> checkKey(Reader &reader, const SecretBytes &masterKey);

    // Opens the store's vault, or begins it with this key. MasterKeyUnavailable when the store was sealed with another key.
    static Result<std::unique_ptr<Vault>> open(Database &database, SecretBytes masterKey, const Clock &clock,
                                               Random &random);

    QByteArray seal(const SecretName &what, std::string_view secret) const;
    // MasterKeyUnavailable: sealed with another key. InternalServerError: altered, or sealed for something else.
    Result<SecretBytes> unseal(const SecretName &what, const QByteArray &envelope) const;

    Result<void> put(Transaction &tx, const SecretName &what, std::string_view secret) const;
    // Stores it if the name is free, and gives what is stored then: engines that start at once agree on one.
    Result<SecretBytes> putIfAbsent(Transaction &tx, const SecretName &what, std::string_view secret) const;
    struct Item {
        SecretBytes secret;
        qint64 version = 0;
    };
    Result<std::optional<Item>> get(Reader &reader, const QString &purpose, const QString &name) const;
    Result<bool> remove(Transaction &tx, const QString &purpose, const QString &name) const;

    SecretBytes derive(std::string_view purpose) const; // 32 bytes for a MAC; the same after each start
    static SecretBytes derived(const SecretBytes &masterKey,
                               std::string_view purpose); // the same, of a store that is not open
    const std::string &keyId() const { return m_keyId; } // 8 bytes; tells keys apart, says nothing about them

private:
    Vault(SecretBytes masterKey, const FleetIdentity &fleet, const Clock &clock, Random &random);
    std::string associated(const SecretName &what, std::string_view header) const;

    SecretBytes m_master;
    SecretBytes m_wrappingKey;
    std::string m_keyId;
    std::string m_fleet;
    const Clock &m_clock;
    Random &m_random;
    VaultRepository m_rows;
};

}
