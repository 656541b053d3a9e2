#pragma once
// Where the master key comes from (design 7): the systemd credential, DIR/master.sealed with a passphrase, or the desktop's keychain. A
// key is made only while the store has none; a missing or locked source is an error that says what to do, never a new key (spec/security
// S02, S03) and never plain text. Main thread, before the engine starts.

#include "backend/core/random.h"
#include "backend/core/result.h"
#include "backend/core/secret_bytes.h"
#include "backend/store/fleet_identity.h"

#include <QObject>
#include <QString>

#include <functional>

namespace fb {

inline constexpr int kExitNoMasterKey
    = 78; // of programs that stop with MasterKeyUnavailable (sysexits.h: EX_CONFIG)

struct MasterKeySources {
    QString dataDir; // DIR of master.sealed
    QString credentialsDirectory; // holds flagbridge.master, 32 raw bytes
    QString passphraseFile; // empty: none

    // $CREDENTIALS_DIRECTORY, and `passphraseFile` or the file that $FLAGBRIDGE_PASSPHRASE_FILE names.
    static MasterKeySources ofEnvironment(const QString &dataDir, const QString &passphraseFile);
    bool any() const; // whether a headless source is given
};

// Credential first, then the sealed file, which is made with the store's first key. Takes about 0.2 s for the passphrase.
// MasterKeyUnavailable names the sources when none is given, and what is wrong with one that is.
Result<SecretBytes> headlessMasterKey(const MasterKeySources &sources, bool storeHasKey, Random &random);

// The desktop's secret service, so that tests can stand in for it. Answers come later, on the caller's thread.
class Keychain
{
public:
    struct Answer {
        bool found = false;
        QString problem; // why it could not be asked; empty if it could
        SecretBytes secret;
    };
    virtual ~Keychain() = default;
    virtual void read(const QString &name, std::function<void(Answer)> done) = 0;
    virtual void write(const QString &name, const SecretBytes &secret,
                       std::function<void(QString problem)> done)
        = 0;
};

// Reads the key from the keychain; makes and stores one only if the store has none and the keychain, asked again, gives it back.
void keychainMasterKey(Keychain &keychain, const FleetIdentity &fleet, bool storeHasKey, Random &random,
                       std::function<void(Result<SecretBytes>)> done);

// Puts a key from a sealed backup (sealed_key_file.h) where keychainMasterKey() looks for it. Whether it is this fleet's key shows when
// the vault is opened with it.
void restoreMasterKey(Keychain &keychain, const FleetIdentity &fleet, const SecretBytes &key,
                      const std::function<void(const Result<void> &)> &done);

}
