#include "backend/security/signin/two_step_keeper.h"

#include "backend/base/fail.h"
#include "backend/core/byte_encoding.h"
#include "backend/security/signin/totp.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    const auto kTwoStepPurpose = u"two-step"_s;
    constexpr size_t kRecoveryCodeBytes = 10; // 80 bits: 16 letters
    constexpr size_t kMostTypedBytes = 64;

    // As it was typed: blanks and hyphens are of the layout, and case says nothing.
    std::string meant(std::string_view typed)
    {
        std::string code;
        for (const char letter : typed.substr(0, kMostTypedBytes)) {
            if (letter == ' ' || letter == '-')
                continue;
            code.push_back(letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter);
        }
        return code;
    }

    QString grouped(const std::string &code)
    {
        QStringList groups;
        for (size_t at = 0; at < code.size(); at += 4)
            groups << toQString(code.substr(at, 4));
        return groups.join(u'-');
    }
}

TwoStepKeeper::TwoStepKeeper(const Vault &vault, const Clock &clock, Random &random)
    : m_vault(vault),
      m_clock(clock),
      m_random(random),
      m_recoveryKey(vault.derive("recovery-codes"))
{
}

Result<bool> TwoStepKeeper::isOn(Reader &reader, const QString &name) const
{
    return m_rows.twoStep(reader, name).map([](const auto &known) { return known && known->confirmedAt; });
}

Result<TwoStepState> TwoStepKeeper::state(Reader &reader, const QString &name) const
{
    const auto known = m_rows.twoStep(reader, name);
    if (!known)
        return known.error();
    const auto left = m_rows.recoveryCodes(reader, name);
    if (!left)
        return left.error();
    if (!*known || !(*known)->confirmedAt)
        return TwoStepState {};
    return TwoStepState {
        .isOn = true, .since = *(*known)->confirmedAt, .recoveryCodesLeft = static_cast<int>(*left)};
}

Result<TwoStepSecret> TwoStepKeeper::begin(Transaction &tx, const QString &name, const QString &issuer)
{
    const auto on = isOn(tx, name);
    if (!on)
        return on.error();
    if (*on)
        return fail(errors::kConflict,
                    u"Two-step sign-in of %1 is on already. Turn it off first."_s.arg(name));
    const SecretBytes fresh(m_random.bytes(kTotpSecretBytes));
    if (auto stored = m_vault.put(tx, {.purpose = kTwoStepPurpose, .name = name}, fresh.view()); !stored)
        return stored.error();
    if (auto stored = m_rows.putTwoStep(tx, name, {.confirmedAt = std::nullopt, .lastStep = 0}); !stored)
        return stored.error();
    return TwoStepSecret {.base32 = toQString(toBase32(fresh.view())),
                          .uri = otpauthUri(issuer, name, fresh.view())};
}

Result<QStringList> TwoStepKeeper::confirm(Transaction &tx, const QString &name, std::string_view code)
{
    const auto known = m_rows.twoStep(tx, name);
    if (!known)
        return known.error();
    if (!*known || (*known)->confirmedAt)
        return fail(errors::kConflict, u"Two-step sign-in is not being set up. Begin again."_s);
    const auto own = secret(tx, name);
    if (!own)
        return own.error();
    const Instant now = m_clock.now();
    const auto step = totpMatch(own->view(), meant(code), now, 0);
    if (!step)
        return fail(errors::kValidation,
                    u"Code is not the one that the authenticator shows now. Check the clock of that device, "
                    "and enter the newest code."_s,
                    u"Code"_s);
    if (auto stored = m_rows.putTwoStep(tx, name, {.confirmedAt = now, .lastStep = *step}); !stored)
        return stored.error();
    return renewRecoveryCodes(tx, name);
}

Result<QStringList> TwoStepKeeper::renewRecoveryCodes(Transaction &tx, const QString &name)
{
    const auto known = m_rows.twoStep(tx, name);
    if (!known)
        return known.error();
    if (!*known || !(*known)->confirmedAt)
        return fail(errors::kConflict, u"Two-step sign-in of %1 is off."_s.arg(name));
    if (auto gone = m_rows.removeTwoStep(tx, name); !gone)
        return gone.error();
    if (auto stored = m_rows.putTwoStep(tx, name, **known); !stored)
        return stored.error();
    QStringList codes;
    for (int i = 0; i < kRecoveryCodes; ++i) {
        const std::string code = toBase32(m_random.bytes(kRecoveryCodeBytes));
        if (auto stored = m_rows.addRecoveryCode(tx, name, hashOf(name, code)); !stored)
            return stored.error();
        codes << grouped(code);
    }
    return codes;
}

Result<void> TwoStepKeeper::remove(Transaction &tx, const QString &name)
{
    if (auto gone = m_vault.remove(tx, kTwoStepPurpose, name); !gone)
        return gone.error();
    return m_rows.removeTwoStep(tx, name);
}

Result<TwoStepKeeper::Check> TwoStepKeeper::use(Transaction &tx, const QString &name, std::string_view typed)
{
    const std::string code = meant(typed);
    const auto known = m_rows.twoStep(tx, name);
    if (!known)
        return known.error();
    if (!*known || !(*known)->confirmedAt)
        return Check {};
    Check check;
    if (code.size() == kTotpDigits) {
        const auto own = secret(tx, name);
        if (!own)
            return own.error();
        const auto step = totpMatch(own->view(), code, m_clock.now(), (*known)->lastStep);
        if (!step)
            return check;
        check.isRight = true;
        auto stored = m_rows.putTwoStep(tx, name, {.confirmedAt = (*known)->confirmedAt, .lastStep = *step});
        if (!stored)
            return stored.error();
    } else {
        const auto taken = m_rows.takeRecoveryCode(tx, name, hashOf(name, code));
        if (!taken)
            return taken.error();
        check.isRight = check.byRecoveryCode = *taken;
    }
    const auto left = m_rows.recoveryCodes(tx, name);
    if (!left)
        return left.error();
    check.recoveryCodesLeft = static_cast<int>(*left);
    return check;
}

Result<SecretBytes> TwoStepKeeper::secret(Reader &reader, const QString &name) const
{
    auto item = m_vault.get(reader, kTwoStepPurpose, name);
    if (!item)
        return item.error();
    if (!*item)
        return fail(errors::kInternal,
                    u"The secret of %1's two-step sign-in is missing. Use a recovery code, or ask an "
                    "administrator to reset it."_s.arg(name));
    return std::move((*item)->secret);
}

QString TwoStepKeeper::hashOf(const QString &name, std::string_view code) const
{
    return toQString(toHex(hmacSha256(m_recoveryKey.view(), toStd(name) + '\0' + std::string(code))));
}

}
