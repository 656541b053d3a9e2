#include "backend/gateway/enrolment_limiter.h"

#include <fmt/format.h>

#include <arpa/inet.h>

#include <algorithm>

namespace fb {

EnrolmentLimiter::EnrolmentLimiter(const Clock &clock, EnrolmentLimits limits)
    : m_clock(clock),
      m_limits(limits)
{
}

// One IPv6 customer has a /64: it counts as one source.
std::string EnrolmentLimiter::addressKey(std::string_view address)
{
    in6_addr six {};
    const std::string text(address);
    if (inet_pton(AF_INET6, text.c_str(), &six) == 1 && !IN6_IS_ADDR_V4MAPPED(&six))
        return "6:" + std::string(reinterpret_cast<const char *>(six.s6_addr), 8);
    return "a:" + text.substr(0, 64);
}

std::string EnrolmentLimiter::activationKey(std::string_view activation)
{
    return activation.empty() ? std::string() : "i:" + std::string(activation.substr(0, 64));
}

Error EnrolmentLimiter::locked(Tick until, Tick now) const
{
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(until - now).count() + 1;
    return makeError(errors::kThrottling,
                     fmt::format("Too many wrong enrolment tries. Locked for {} more seconds.", seconds));
}

Result<void> EnrolmentLimiter::check(std::string_view address, std::string_view activation)
{
    const Tick now = m_clock.tick();
    for (const std::string &key : {addressKey(address), activationKey(activation)}) {
        const auto found = key.empty() ? m_records.end() : m_records.find(key);
        if (found != m_records.end() && found->second.lockedUntil > now)
            return locked(found->second.lockedUntil, now);
    }
    while (!m_all.empty() && m_all.front() + m_limits.within <= now)
        m_all.pop_front();
    if (m_all.size() >= m_limits.wrongTriesInAll)
        return locked(m_all.front() + m_limits.within, now);
    return {};
}

bool EnrolmentLimiter::wrongTry(std::string_view address, std::string_view activation)
{
    const Tick now = m_clock.tick();
    m_all.push_back(now);
    if (m_all.size() > m_limits.wrongTriesInAll)
        m_all.pop_front();
    const bool addressLocked = count(addressKey(address), now);
    const bool activationLocked = !activation.empty() && count(activationKey(activation), now);
    return addressLocked || activationLocked;
}

bool EnrolmentLimiter::count(const std::string &key, Tick now)
{
    if (m_records.size() >= m_limits.remembered && !m_records.contains(key))
        forgetOldest();
    Record &record = m_records[key];
    record.lastTry = now;
    std::erase_if(record.wrong, [&](Tick at) { return at + m_limits.within <= now; });
    record.wrong.push_back(now);
    if (record.wrong.size() < static_cast<size_t>(m_limits.wrongTries))
        return false;
    record.wrong.clear();
    const bool wasLocked = record.lockedUntil > now;
    record.lockedUntil = now + m_limits.lockedFor;
    return !wasLocked;
}

// Rarely called (the table is full): a tenth goes at once, never those that are locked now.
void EnrolmentLimiter::forgetOldest()
{
    const Tick now = m_clock.tick();
    std::vector<Tick> ages;
    ages.reserve(m_records.size());
    for (const auto &[key, record] : m_records)
        ages.push_back(record.lastTry);
    const auto tenth = ages.begin() + static_cast<std::ptrdiff_t>(ages.size() / 10);
    std::nth_element(ages.begin(), tenth, ages.end());
    const Tick oldest = *tenth;
    std::erase_if(m_records, [&](const auto &entry) {
        return entry.second.lastTry <= oldest && entry.second.lockedUntil <= now;
    });
}

}
