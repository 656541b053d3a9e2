#include "backend/security/master_key.h"

#include "backend/base/fail.h"
#include "backend/core/aead.h"
#include "backend/security/sealed_key_file.h"

#include <QFile>
#include <QFileInfo>
#include <QLoggingCategory>

namespace fb {

using namespace Qt::StringLiterals;

Q_LOGGING_CATEGORY(lcMasterKey, "fb.security")

namespace {
    constexpr qint64 kMostPassphraseBytes = 4096;

    tl::unexpected<Error> unavailable(const QString &message)
    {
        return fail(errors::kMasterKeyUnavailable, message);
    }

    Result<SecretBytes> readSecretFile(const QString &path, qint64 mostBytes)
    {
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
            return unavailable(u"%1 cannot be read: %2."_s.arg(path, file.errorString()));
        if (file.permissions() & (QFile::ReadOther | QFile::WriteOther))
            qCWarning(lcMasterKey).noquote()
                << path << "can be read by every user of this machine; chmod 600 it";
        SecretBytes bytes = SecretBytes::ofSize(static_cast<size_t>(mostBytes + 1));
        const qint64 length = file.read(bytes.data(), mostBytes + 1);
        if (length < 0 || length > mostBytes)
            return unavailable(u"%1 has more than %2 bytes."_s.arg(path).arg(mostBytes));
        return SecretBytes(bytes.view().substr(0, static_cast<size_t>(length)));
    }

    Result<SecretBytes> passphraseOf(const QString &path)
    {
        auto text = readSecretFile(path, kMostPassphraseBytes);
        if (!text)
            return text;
        std::string_view line = text->view();
        while (line.ends_with('\n') || line.ends_with('\r'))
            line.remove_suffix(1);
        if (line.empty())
            return unavailable(u"The passphrase file %1 is empty. Put a passphrase into it."_s.arg(path));
        return SecretBytes(line);
    }

    Result<SecretBytes> sealedKey(const MasterKeySources &sources, bool storeHasKey, Random &random)
    {
        const QString path = sources.dataDir + u"/master.sealed"_s;
        auto passphrase = passphraseOf(sources.passphraseFile);
        if (!passphrase)
            return passphrase;
        if (QFile::exists(path))
            return openSealedKey(path, passphrase->view());
        if (storeHasKey)
            return unavailable(u"The store has a master key, but %1 is missing. Put that file back, or give "
                               u"the key as it was "
                               "given before; a new key would open nothing."_s.arg(path));
        std::string bytes = random.bytes(kAeadKeyBytes);
        SecretBytes key(bytes);
        wipe(bytes);
        if (auto written = writeSealedKey(path, passphrase->view(), key.view(), random); !written)
            return written.error();
        return key;
    }

    // Done well only when the keychain gives back what it took.
    void put(Keychain &keychain, const QString &name, const SecretBytes &key,
             const std::function<void(const Result<void> &)> &done)
    {
        auto kept = std::make_shared<SecretBytes>(key.copy());
        keychain.write(name, key, [&keychain, name, kept, done](const QString &problem) {
            if (!problem.isEmpty())
                return done(unavailable(
                    u"The keychain did not take the master key: %1. Unlock it and try again."_s.arg(
                        problem)));
            keychain.read(name, [kept, done](const Keychain::Answer &again) {
                if (!again.found || !again.secret.equals(*kept))
                    return done(unavailable(
                        u"The keychain took the master key but does not give it back; nothing was stored. Unlock it."_s));
                done({});
            });
        });
    }

    QString entryName(const FleetIdentity &fleet) { return u"master-key-"_s + toQString(fleet.fleetId); }
}

MasterKeySources MasterKeySources::ofEnvironment(const QString &dataDir, const QString &passphraseFile)
{
    return {.dataDir = dataDir,
            .credentialsDirectory = qEnvironmentVariable("CREDENTIALS_DIRECTORY"),
            .passphraseFile
            = passphraseFile.isEmpty() ? qEnvironmentVariable("FLAGBRIDGE_PASSPHRASE_FILE") : passphraseFile};
}

bool MasterKeySources::any() const
{
    return !passphraseFile.isEmpty()
        || (!credentialsDirectory.isEmpty() && QFile::exists(credentialsDirectory + u"/flagbridge.master"_s));
}

Result<SecretBytes> headlessMasterKey(const MasterKeySources &sources, bool storeHasKey, Random &random)
{
    const QString credential = sources.credentialsDirectory + u"/flagbridge.master"_s;
    if (!sources.credentialsDirectory.isEmpty() && QFile::exists(credential)) {
        auto key = readSecretFile(credential, kAeadKeyBytes);
        if (key && key->size() != kAeadKeyBytes)
            return unavailable(u"%1 has %2 bytes; the master key has 32."_s.arg(credential).arg(key->size()));
        return key;
    }
    if (!sources.passphraseFile.isEmpty())
        return sealedKey(sources, storeHasKey, random);
    return unavailable(u"There is no master key. Give one of: $CREDENTIALS_DIRECTORY/flagbridge.master (32 "
                       u"raw bytes; systemd: LoadCredential=), "
                       "--passphrase-file FILE, or the variable FLAGBRIDGE_PASSPHRASE_FILE."_s);
}

void keychainMasterKey(Keychain &keychain, const FleetIdentity &fleet, bool storeHasKey, Random &random,
                       std::function<void(Result<SecretBytes>)> done)
{
    const QString name = entryName(fleet);
    keychain.read(name, [&keychain, &random, name, storeHasKey, done](Keychain::Answer answer) {
        if (!answer.problem.isEmpty())
            return done(unavailable(
                u"The keychain cannot be asked for the master key: %1. Unlock it and try again."_s.arg(
                    answer.problem)));
        if (answer.found && answer.secret.size() != kAeadKeyBytes)
            return done(unavailable(
                u"The keychain's entry %1 is not a master key: it has %2 bytes, not 32."_s.arg(name).arg(
                    answer.secret.size())));
        if (answer.found)
            return done(std::move(answer.secret));
        if (storeHasKey) // a locked keychain answers "not found" too
            return done(unavailable(
                u"The keychain has no entry %1, or is locked. Unlock it, or bring the entry back from the "
                "machine the store was made on; a new key would open nothing."_s.arg(name)));
        std::string bytes = random.bytes(kAeadKeyBytes);
        auto key = std::make_shared<SecretBytes>(bytes);
        wipe(bytes);
        put(keychain, name, *key, [key, done](const Result<void> &kept) {
            if (!kept)
                return done(kept.error());
            done(std::move(*key));
        });
    });
}

void restoreMasterKey(Keychain &keychain, const FleetIdentity &fleet, const SecretBytes &key,
                      const std::function<void(const Result<void> &)> &done)
{
    put(keychain, entryName(fleet), key, done);
}

}
