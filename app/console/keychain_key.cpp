#include "app/console/keychain_key.h"

#include "backend/base/elsewhere.h"
#include "backend/base/fail.h"
#include "backend/base/on_result.h"
#include "backend/security/sealed_key_file.h"

#include <QDate>
#include <QDir>

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    using SharedKey = std::shared_ptr<SecretBytes>;

    SharedKey keyOf(const QString &passphrase)
    {
        QByteArray bytes = passphrase.toUtf8();
        auto key = std::make_shared<SecretBytes>(
            std::string_view(bytes.constData(), static_cast<size_t>(bytes.size())));
        bytes.fill('\0');
        return key;
    }

    // A backup that cannot be opened is none: it is read again before anybody relies on it.
    Result<void> writeBackup(const QString &file, const SecretBytes &passphrase, const SecretBytes &key)
    {
        SecureRandom random;
        if (auto written = writeSealedKey(file, passphrase.view(), key.view(), random); !written)
            return written;
        const auto again = openSealedKey(file, passphrase.view());
        if (!again)
            return again.error();
        if (!again->equals(key))
            return fail(errors::kInternal, u"The backup does not give the key back. Save it elsewhere."_s);
        return {};
    }

    ShownError shown(const Result<void> &result)
    {
        return result ? ShownError() : shownErrorOf(result.error());
    }
}

KeychainKey::KeychainKey(Keychain &keychain, QObject *parent) : QObject(parent), m_keychain(keychain) { }

void KeychainKey::request(const FleetIdentity &fleet, bool storeHasKey,
                          std::function<void(Result<SecretBytes>)> done)
{
    m_fleet = fleet;
    keychainMasterKey(m_keychain, fleet, storeHasKey, m_random, std::move(done));
}

void KeychainKey::read(std::function<void(Result<SecretBytes>)> done)
{
    keychainMasterKey(m_keychain, m_fleet, true, m_random, std::move(done));
}

QString KeychainKey::suggestedFile() const
{
    return u"%1/flagbridge-master-key-%2.sealed"_s.arg(QDir::homePath(),
                                                       QDate::currentDate().toString(Qt::ISODate));
}

void KeychainKey::save(const QString &file, const QString &passphrase,
                       std::function<void(const ShownError &problem)> done)
{
    const SharedKey secret = keyOf(passphrase);
    read([this, file, secret, done = std::move(done)](const Result<SecretBytes> &key) {
        if (!key)
            return done(shownErrorOf(key.error()));
        auto master = std::make_shared<SecretBytes>(key->copy());
        onResult(elsewhere<void>([file, secret, master] { return writeBackup(file, *secret, *master); }),
                 this, [done](const Result<void> &saved) { done(shown(saved)); });
    });
}

void KeychainKey::restore(const QString &file, const QString &passphrase,
                          std::function<void(const ShownError &problem)> done)
{
    const SharedKey secret = keyOf(passphrase);
    const auto open = [file, secret]() -> Result<SharedKey> {
        auto key = openSealedKey(file, secret->view());
        if (!key)
            return key.error();
        return std::make_shared<SecretBytes>(std::move(*key));
    };
    onResult(elsewhere<SharedKey>(open), this, [this, done = std::move(done)](const Result<SharedKey> &key) {
        if (!key)
            return done(shownErrorOf(key.error()));
        restoreMasterKey(m_keychain, m_fleet, **key, [done](const Result<void> &kept) { done(shown(kept)); });
    });
}

}
