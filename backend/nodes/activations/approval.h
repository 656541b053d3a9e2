#pragma once
// Who waits for an operator's word before it is, or is again, a node (spec/fleet-manager.md B3.1, B3.3). Plain values.

#include "backend/base/field_table.h"
#include "backend/core/clock.h"
#include "backend/core/ids.h"

#include <array>

namespace fb {

inline constexpr std::chrono::days kApprovable {
    365}; // so long after its certificate's end a node may still be approved

enum class ApprovalCause {
    NewNode, // its activation asks for approval: it is Quarantined meanwhile
    ExpiredCertificate, // it was away past the end of its certificate, and has proven its old key
};

constexpr auto namesOf(const ApprovalCause *)
{
    return std::array {EnumName<ApprovalCause> {ApprovalCause::NewNode, "NewNode"},
                       EnumName<ApprovalCause> {ApprovalCause::ExpiredCertificate, "ExpiredCertificate"}};
}

struct PendingApproval {
    NodeId node;
    ApprovalCause cause = ApprovalCause::NewNode;
    QString address; // where it asked from
    Instant askedAt {};
    bool operator==(const PendingApproval &) const = default;
};

template <std::same_as<PendingApproval> P>
constexpr auto fieldsOf(const P *)
{
    return fieldTable(field("InstanceId", &P::node), field("Cause", &P::cause), field("Address", &P::address),
                      field("AskedAt", &P::askedAt));
}

}
