#pragma once
// Counts wrong enrolment tries (fleet-manager B3.1, T08): ten from one address, or for one activation, within 10 minutes lock that address
// or activation for 15; a thousand in all hold everybody up until they are 10 minutes old. Right tries are never counted: a thousand
// machines may enrol from one address. One thread.

#include "backend/core/clock.h"
#include "backend/core/result.h"

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace fb {

struct EnrolmentLimits {
    int wrongTries = 10; // of one address or one activation
    std::chrono::minutes within {10};
    std::chrono::minutes lockedFor {15};
    size_t wrongTriesInAll = 1000; // within the same time
    size_t remembered = 20'000; // addresses and activations; the longest quiet is forgotten first
};

class EnrolmentLimiter
{
public:
    explicit EnrolmentLimiter(const Clock &clock, EnrolmentLimits limits = {});

    // A request that names no activation counts for its address alone: else anybody could lock all of them.
    // Before anything of the request is looked at. ThrottlingException saying until when; the same words for address and activation.
    Result<void> check(std::string_view address, std::string_view activation);
    // True when this try has just locked the address or the activation: raise the event once.
    bool wrongTry(std::string_view address, std::string_view activation);

private:
    struct Record {
        std::vector<Tick> wrong; // oldest first, at most wrongTries
        Tick lockedUntil = Tick::min();
        Tick lastTry = Tick::min();
    };

    static std::string addressKey(std::string_view address);
    static std::string activationKey(std::string_view activation);
    bool count(const std::string &key, Tick now);
    void forgetOldest();
    Error locked(Tick until, Tick now) const;

    const Clock &m_clock;
    EnrolmentLimits m_limits;
    std::unordered_map<std::string, Record> m_records;
    std::deque<Tick> m_all;
};

}
