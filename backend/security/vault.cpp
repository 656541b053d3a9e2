#include "backend/security/vault.h"

#include "backend/base/fail.h"
#include "backend/core/aead.h"
#include "backend/core/byte_encoding.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    // magic | key id | nonce of the wrap | wrapped item key | nonce | ciphertext and tag
    constexpr std::string_view kMagic = "FBV1";
    constexpr size_t kKeyIdBytes = 8;
    constexpr size_t kHeaderBytes = 4 + kKeyIdBytes;
    constexpr size_t kWrappedBytes = kAeadKeyBytes + kAeadTagBytes;
    constexpr size_t kLeastBytes
        = kHeaderBytes + kAeadNonceBytes + kWrappedBytes + kAeadNonceBytes + kAeadTagBytes;

    void putText(std::string &out, const std::string &text)
    {
        putBigEndian<uint32_t>(out, static_cast<uint32_t>(text.size()));
        out += text;
    }

    tl::unexpected<Error> otherKey()
    {
        return fail(errors::kMasterKeyUnavailable,
                    u"The store was sealed with another master key. Start with the key it was made with: the "
                    u"credential, "
                    "passphrase file or keychain of that time."_s);
    }

    std::string idOfKey(const SecretBytes &masterKey)
    {
        return hmacSha256(masterKey.view(), "flagbridge vault key id 1").substr(0, kKeyIdBytes);
    }
}

Vault::Vault(SecretBytes masterKey, const FleetIdentity &fleet, const Clock &clock, Random &random)
    : m_master(std::move(masterKey)),
      m_wrappingKey(derivedKey(m_master.view(), "flagbridge vault wrap 1")),
      m_keyId(idOfKey(m_master)),
      m_fleet(fleet.fleetId.text()),
      m_clock(clock),
      m_random(random)
{
}

Result<bool> Vault::hasKey(Reader &reader)
{
    return VaultRepository().keyId(reader).map([](const auto &id) { return id.has_value(); });
}

Result<void> Vault::checkKey(Reader &reader, const SecretBytes &masterKey)
{
    const auto stored = VaultRepository().keyId(reader);
    if (!stored)
        return stored.error();
    if (*stored && **stored != toQString(toHex(idOfKey(masterKey))))
        return otherKey();
    return {};
}

Result<std::unique_ptr<Vault>> Vault::open(Database &database, SecretBytes masterKey, const Clock &clock,
                                           Random &random)
{
    if (masterKey.size() != kAeadKeyBytes)
        return fail(errors::kMasterKeyUnavailable,
                    u"The master key has %1 bytes; it must have 32."_s.arg(masterKey.size()));
    std::unique_ptr<Vault> vault(new Vault(std::move(masterKey), database.fleet(), clock, random));
    const QString mine = toQString(toHex(vault->m_keyId));
    const auto stored = vault->m_rows.keyId(database.reader());
    if (!stored)
        return stored.error();
    if (*stored && **stored != mine)
        return otherKey();
    if (!*stored) {
        auto begun
            = database.write([&](Transaction &tx) { return vault->m_rows.setKeyId(tx, mine, clock.now()); });
        if (!begun)
            return begun.error();
    }
    return vault;
}

std::string Vault::associated(const SecretName &what, std::string_view header) const
{
    std::string out(header);
    putText(out, toStd(what.purpose));
    putText(out, toStd(what.name));
    putBigEndian<uint64_t>(out, static_cast<uint64_t>(what.version));
    putText(out, m_fleet);
    return out;
}

QByteArray Vault::seal(const SecretName &what, std::string_view secret) const
{
    std::string itemKey = m_random.bytes(kAeadKeyBytes);
    const std::string wrapNonce = m_random.bytes(kAeadNonceBytes);
    const std::string nonce = m_random.bytes(kAeadNonceBytes);
    const std::string header = std::string(kMagic) + m_keyId;
    const std::string bound = associated(what, header);
    const std::string wrapped = aeadSeal(m_wrappingKey.view(), wrapNonce, bound, itemKey);
    const std::string body = aeadSeal(itemKey, nonce, bound, secret);
    wipe(itemKey);
    return toBytes(header + wrapNonce + wrapped + nonce + body);
}

Result<SecretBytes> Vault::unseal(const SecretName &what, const QByteArray &envelope) const
{
    const std::string_view bytes = viewOf(envelope);
    const auto altered = [&what] {
        return fail(
            errors::kInternal,
            u"The secret %1 %2 cannot be opened: it was altered, or sealed for something else. Store it again."_s
                .arg(what.purpose, what.name));
    };
    if (bytes.size() < kLeastBytes || bytes.substr(0, kMagic.size()) != kMagic)
        return altered();
    if (bytes.substr(kMagic.size(), kKeyIdBytes) != m_keyId)
        return otherKey();
    const std::string bound = associated(what, bytes.substr(0, kHeaderBytes));
    std::string_view rest = bytes.substr(kHeaderBytes);
    const auto itemKey = aeadOpen(m_wrappingKey.view(), rest.substr(0, kAeadNonceBytes), bound,
                                  rest.substr(kAeadNonceBytes, kWrappedBytes));
    if (!itemKey)
        return altered();
    rest.remove_prefix(kAeadNonceBytes + kWrappedBytes);
    auto secret
        = aeadOpen(itemKey->view(), rest.substr(0, kAeadNonceBytes), bound, rest.substr(kAeadNonceBytes));
    if (!secret)
        return altered();
    return std::move(*secret);
}

Result<void> Vault::put(Transaction &tx, const SecretName &what, std::string_view secret) const
{
    return m_rows.put(tx, what.purpose, what.name, {.version = what.version, .envelope = seal(what, secret)},
                      m_clock.now());
}

Result<SecretBytes> Vault::putIfAbsent(Transaction &tx, const SecretName &what, std::string_view secret) const
{
    auto stored
        = m_rows.insertIfAbsent(tx, what.purpose, what.name,
                                {.version = what.version, .envelope = seal(what, secret)}, m_clock.now());
    if (!stored)
        return stored.error();
    auto found = get(tx, what.purpose, what.name);
    if (!found)
        return found.error();
    if (!*found)
        return fail(errors::kInternal, u"The secret %1 %2 was not kept."_s.arg(what.purpose, what.name));
    return std::move((*found)->secret);
}

Result<std::optional<Vault::Item>> Vault::get(Reader &reader, const QString &purpose,
                                              const QString &name) const
{
    const auto row = m_rows.item(reader, purpose, name);
    if (!row)
        return row.error();
    if (!*row)
        return std::optional<Item>();
    auto secret = unseal({.purpose = purpose, .name = name, .version = (*row)->version}, (*row)->envelope);
    if (!secret)
        return secret.error();
    return std::optional<Item>(Item {.secret = std::move(*secret), .version = (*row)->version});
}

Result<bool> Vault::remove(Transaction &tx, const QString &purpose, const QString &name) const
{
    return m_rows.remove(tx, purpose, name);
}

SecretBytes Vault::derive(std::string_view purpose) const { return derived(m_master, purpose); }

SecretBytes Vault::derived(const SecretBytes &masterKey, std::string_view purpose)
{
    return derivedKey(masterKey.view(), "flagbridge derived " + std::string(purpose));
}

}
