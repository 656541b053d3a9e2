#pragma once
// The fleet's master key as it lies in the desktop's keychain: a sealed backup of it, and its return from one (ux.md 13). The passphrase
// is stretched on a thread of the pool; answers come on the ui thread.

#include "backend/core/random.h"
#include "backend/security/master_key.h"
#include "models/setup/key_backup.h"

#include <QObject>

namespace fb {

class KeychainKey final : public QObject, public KeyBackup
{
    Q_OBJECT
public:
    KeychainKey(Keychain &keychain, QObject *parent = nullptr);

    // For the engine that starts: what MasterKeyRequest asks.
    void request(const FleetIdentity &fleet, bool storeHasKey, std::function<void(Result<SecretBytes>)> done);
    // Whether the engine that starts has its key there, or elsewhere.
    void setUsed(bool used) { m_used = used; }
    bool isUsed() const { return m_used; }
    Keychain &keychain() { return m_keychain; }

    void read(std::function<void(Result<SecretBytes>)> done); // for an engine that is to go on by itself
    bool isOffered() const override { return m_used; }
    QString suggestedFile() const override;
    void save(const QString &file, const QString &passphrase,
              std::function<void(const ShownError &problem)> done) override;
    void restore(const QString &file, const QString &passphrase,
                 std::function<void(const ShownError &problem)> done);

private:
    Keychain &m_keychain;
    SecureRandom m_random;
    FleetIdentity m_fleet;
    bool m_used = false;
};

}
