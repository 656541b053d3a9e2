#pragma once
// How far the fleet is with its next CA (spec/security-and-robustness.md T18). Plain values.

#include "backend/base/field_table.h"
#include "backend/core/ids.h"
#include "backend/security/fleet_ca.h"

#include <optional>

namespace fb {

template <std::same_as<CaFacts> C>
constexpr auto fieldsOf(const C *)
{
    return fieldTable(field("Number", &C::number), field("Sha256", &C::sha256),
                      field("NotBefore", &C::notBefore), field("NotAfter", &C::notAfter));
}

// A node that the next step waits for, or would cut off.
struct CaStraggler {
    NodeId node;
    QString name;
    bool connected = false; // to this engine
    bool trusts = false; // it has said that it keeps the present bundle
    bool renewed = false; // it has come with a certificate of the next CA
    QString refusal; // why it has not kept the bundle: its own words
    bool operator==(const CaStraggler &) const = default;
};

template <std::same_as<CaStraggler> S>
constexpr auto fieldsOf(const S *)
{
    return fieldTable(field("InstanceId", &S::node), field("Name", &S::name),
                      field("Connected", &S::connected), field("Trusts", &S::trusts),
                      field("Renewed", &S::renewed), field("Refusal", &S::refusal).omitEmpty());
}

struct CaRollOverStatus {
    static constexpr int kMostListed = 1000;

    CaPhase phase = CaPhase::Stable;
    CaFacts present;
    std::optional<CaFacts> next;
    qint64 bundleVersion = 0;
    std::optional<Instant> begunAt;
    std::optional<Instant> issuingSince;
    int nodes = 0; // registered
    int trusting = 0; // of them keep the present bundle
    int renewed = 0; // of them have come with a certificate of the next CA
    int waitedFor = 0; // the next step is refused unless as many are accepted: those it would leave behind
    int stragglerCount = 0;
    QList<CaStraggler> stragglers; // at most kMostListed; those that are waited for come first
};

template <std::same_as<CaRollOverStatus> S>
constexpr auto fieldsOf(const S *)
{
    return fieldTable(field("Phase", &S::phase), field("Present", &S::present), field("Next", &S::next),
                      field("BundleVersion", &S::bundleVersion), field("BegunAt", &S::begunAt),
                      field("IssuingSince", &S::issuingSince), field("Nodes", &S::nodes),
                      field("Trusting", &S::trusting), field("Renewed", &S::renewed),
                      field("WaitedFor", &S::waitedFor), field("StragglerCount", &S::stragglerCount),
                      field("Stragglers", &S::stragglers));
}

}
