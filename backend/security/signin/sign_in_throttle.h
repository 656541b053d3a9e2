#pragma once
// How long a sign-in must wait after failures: per account, and over all accounts together, each twice as long as before (spec/security T15).
// An account's own count is stored, so that a restart forgets nothing; those of names that do not exist are held here, so that both are
// treated alike. Engine thread.

#include "backend/core/clock.h"

#include <QHash>
#include <QString>

#include <deque>
#include <optional>

namespace fb {

struct FailedSignIns {
    qint64 count = 0; // in a row
    std::optional<Instant> lockedUntil;
    bool operator==(const FailedSignIns &) const = default;
};

class SignInThrottle
{
public:
    static constexpr int kFreeFailures = 3; // in a row, of one account
    static constexpr std::chrono::seconds kLongestWait {15 * 60};
    static constexpr int kFreeOverall = 20; // of all accounts, within kOverallSpan
    static constexpr std::chrono::seconds kOverallSpan {10 * 60};
    static constexpr std::chrono::seconds kLongestOverallWait {60};
    static constexpr qsizetype kMostUnknown = 1000;

    explicit SignInThrottle(const Clock &clock) : m_clock(clock) { }

    // From when on an attempt counts; nothing: now. A wall clock that was set back holds nobody longer than kLongestWait.
    std::optional<Instant> waitUntil(const FailedSignIns &account) const;
    FailedSignIns after(const FailedSignIns &account); // one more failure, which counts overall too
    void takeBack(); // the newest failure overall: it was none

    FailedSignIns unknown(const QString &name) const { return m_unknown.value(name); }
    void putUnknown(const QString &name, const FailedSignIns &failed);

private:
    const Clock &m_clock;
    std::deque<Tick> m_overall; // failures, oldest first
    QHash<QString, FailedSignIns> m_unknown;
};

}
