#pragma once
// Where the keys of Parameter Store lie. The spec puts them into the OS keychain; ours holds one key, the store's master key, and these
// are sealed under it in the vault: so they go with the store, are shared by its engines, and are worth nothing without the keychain.
// An interface, so that a test can lock it. Engine thread.

#include "backend/core/secret_bytes.h"
#include "backend/store/transaction.h"

#include <QString>

namespace fb {

class Vault;

class ParameterKeySource
{
public:
    virtual ~ParameterKeySource() = default;
    virtual bool isLocked() const = 0;
    // 32 bytes. InvalidKeyId when it is locked, or when there is no such key.
    virtual Result<SecretBytes> key(Reader &reader, const QString &name, qint64 generation) const = 0;
    virtual Result<void> put(Transaction &tx, const QString &name, qint64 generation, std::string_view key)
        = 0;
    virtual Result<void> remove(Transaction &tx, const QString &name, qint64 generation) = 0;
};

class VaultKeySource final : public ParameterKeySource
{
public:
    explicit VaultKeySource(const Vault &vault) : m_vault(vault) { }
    bool isLocked() const override { return false; } // an engine does not run without its master key
    Result<SecretBytes> key(Reader &reader, const QString &name, qint64 generation) const override;
    Result<void> put(Transaction &tx, const QString &name, qint64 generation, std::string_view key) override;
    Result<void> remove(Transaction &tx, const QString &name, qint64 generation) override;

private:
    const Vault &m_vault;
};

// "The key alias/prod is not available: ..."
Error keyUnavailable(const QString &name);

}
