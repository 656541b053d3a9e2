#pragma once
// The second step of signing in: secrets sealed in the vault, codes that count once, ten recovery codes of which only a keyed hash is
// stored. Whoever calls has checked who asks. Engine thread.

#include "backend/core/random.h"
#include "backend/security/signin/sign_in_repository.h"
#include "backend/security/vault.h"

namespace fb {

class TwoStepKeeper
{
public:
    static constexpr int kRecoveryCodes = 10;

    TwoStepKeeper(const Vault &vault, const Clock &clock, Random &random);

    Result<bool> isOn(Reader &reader, const QString &name) const;
    Result<TwoStepState> state(Reader &reader, const QString &name) const;
    // A fresh secret that counts once confirm() has seen a code of it. ConflictException while the second step is on.
    Result<TwoStepSecret> begin(Transaction &tx, const QString &name, const QString &issuer);
    // Ten codes, shown once: "ABCD-EFGH-IJKL-MNOP". ValidationException for a wrong code.
    Result<QStringList> confirm(Transaction &tx, const QString &name, std::string_view code);
    Result<QStringList> renewRecoveryCodes(Transaction &tx, const QString &name);
    Result<void> remove(Transaction &tx, const QString &name);

    struct Check {
        bool isRight = false;
        bool byRecoveryCode = false;
        int recoveryCodesLeft = 0;
    };
    // A code of the authenticator or a recovery code; what is right is used up with it.
    Result<Check> use(Transaction &tx, const QString &name, std::string_view typed);

private:
    Result<SecretBytes> secret(Reader &reader, const QString &name) const;
    QString hashOf(const QString &name, std::string_view code) const;

    const Vault &m_vault;
    const Clock &m_clock;
    Random &m_random;
    SecretBytes m_recoveryKey;
    SignInRepository m_rows;
};

}
