#include "backend/applications/parameters/parameter_key_source.h"

#include "backend/base/fail.h"
#include "backend/security/vault.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    const QString kPurpose = u"parameter-key"_s;

    QString itemName(const QString &name, qint64 generation) { return u"%1#%2"_s.arg(name).arg(generation); }
}

Error keyUnavailable(const QString &name)
{
    return qtError(errors::kInvalidKeyId,
                   u"The key %1 is not available: unlock the keychain, then try again."_s.arg(name),
                   u"KeyId"_s);
}

Result<SecretBytes> VaultKeySource::key(Reader &reader, const QString &name, qint64 generation) const
{
    auto item = m_vault.get(reader, kPurpose, itemName(name, generation));
    if (!item || !*item)
        return keyUnavailable(name);
    return std::move((*item)->secret);
}

Result<void> VaultKeySource::put(Transaction &tx, const QString &name, qint64 generation,
                                 std::string_view key)
{
    return m_vault.put(tx, {.purpose = kPurpose, .name = itemName(name, generation), .version = generation},
                       key);
}

Result<void> VaultKeySource::remove(Transaction &tx, const QString &name, qint64 generation)
{
    return m_vault.remove(tx, kPurpose, itemName(name, generation)).map([](bool) {});
}

}
