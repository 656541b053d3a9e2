#pragma once
// Sessions of operators who signed in at a console, and what comes of an attempt to. Plain values; any thread.

#include "backend/base/field_table.h"
#include "backend/core/clock.h"
#include "backend/core/secret_bytes.h"
#include "backend/security/principal.h"

#include <QString>

#include <memory>
#include <optional>

namespace fb {

enum class SessionKind {
    Console, // someone is at it
    Machine // a console that stays signed in over restarts
};

constexpr auto namesOf(const SessionKind *)
{
    return std::array {EnumName<SessionKind> {SessionKind::Console, "Console"},
                       EnumName<SessionKind> {SessionKind::Machine, "Machine"}};
}

enum class SessionEnd { None, SignedOut, Ended, Expired, Disabled, PasswordChanged, RoleChanged, Replaced };

constexpr auto namesOf(const SessionEnd *)
{
    return std::array {EnumName<SessionEnd> {SessionEnd::None, "None"},
                       EnumName<SessionEnd> {SessionEnd::SignedOut, "SignedOut"},
                       EnumName<SessionEnd> {SessionEnd::Ended, "Ended"}, // by an administrator
                       EnumName<SessionEnd> {SessionEnd::Expired, "Expired"},
                       EnumName<SessionEnd> {SessionEnd::Disabled, "Disabled"}, // or removed
                       EnumName<SessionEnd> {SessionEnd::PasswordChanged, "PasswordChanged"},
                       EnumName<SessionEnd> {SessionEnd::RoleChanged, "RoleChanged"},
                       EnumName<SessionEnd> {SessionEnd::Replaced, "Replaced"}}; // its token was renewed
}

struct OperatorSession {
    QString sessionId; // UUID; says nothing of the token
    SessionKind kind = SessionKind::Console;
    QString operatorName;
    Role role = Role::Viewer; // when it began
    QString place; // "console on host"
    QString machineId; // the session that keeps the machine signed in; empty: none does
    Instant createDate {};
    Instant usedAt {};
    std::optional<Instant> lockedAt;
    Instant expiresAt {};
    std::optional<Instant> endedAt;
    SessionEnd endReason = SessionEnd::None;
    bool operator==(const OperatorSession &) const = default;
};

template <std::same_as<OperatorSession> T>
constexpr auto fieldsOf(const T *)
{
    return fieldTable(
        field("SessionId", &T::sessionId), field("Kind", &T::kind), field("OperatorName", &T::operatorName),
        field("Role", &T::role), field("Place", &T::place), field("MachineId", &T::machineId).omitEmpty(),
        field("CreateDate", &T::createDate), field("UsedAt", &T::usedAt), field("LockedAt", &T::lockedAt),
        field("ExpiresAt", &T::expiresAt), field("EndedAt", &T::endedAt), field("EndReason", &T::endReason));
}

// Who holds it has the session: 32 random bytes, stored only as their hash.
using SessionToken = std::shared_ptr<const SecretBytes>;

struct SignInWish {
    QString name;
    SecretBytes password;
    QString place;
    bool staysSignedIn = false; // gives a machine token
};

struct SignInOutcome {
    enum class State {
        SignedIn,
        NeedsCode, // the password was right; `ticket` goes with the code
        Wrong, // name or password, or the code; nobody learns which
        Waits, // too many failures: until `waitUntil` nothing is looked at
        Disabled, // the password was right, but the account is disabled
        TooLate, // the ticket of the second step is no more; begin again
        Locked, // of a machine token: its console was locked, a password is needed
    };
    State state = State::Wrong;
    Principal who;
    OperatorSession session;
    SessionToken token;
    SessionToken machineToken; // null: the machine does not stay signed in
    QString ticket;
    std::optional<Instant> waitUntil;
    int recoveryCodesLeft = -1; // after one was used; -1: none was
};

struct TwoStepState {
    bool isOn = false;
    Instant since {};
    int recoveryCodesLeft = 0;
};

struct TwoStepSecret { // shown while it is set up
    QString base32;
    QString uri; // otpauth://
};

}
