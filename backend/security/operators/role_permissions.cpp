#include "backend/security/operators/role_permissions.h"

#include <algorithm>
#include <array>

namespace fb {

namespace {
    // Reading that shows no secret and nobody's screen.
    constexpr std::array kEverybody {
        actions::kDescribeActivations,
        actions::kDescribeFleetCa,
        actions::kDescribeHardware,
        actions::kDescribeInstanceInformation,
        actions::kDescribeInstanceProperties,
        actions::kDescribeNodeProfiles,
        actions::kDescribePendingApprovals,
        actions::kDescribeSessions,
        actions::kDescribeDocument,
        actions::kDescribeDocumentPermission,
        actions::kGetDocument,
        actions::kListDocuments,
        actions::kListDocumentVersions,
        actions::kListTagsForResource,
        actions::kListCommands,
        actions::kListCommandInvocations,
        actions::kGetCommandInvocation,
        actions::kListAgentBuilds,
        actions::kListArtifacts,
        actions::kReadEvents,
        actions::kGetServiceSetting,
        actions::kDescribeParameters,
        actions::kGetParameter,
        actions::kGetParameters,
        actions::kGetParametersByPath,
        actions::kGetParameterHistory,
        actions::kDescribeParameterKeys,
    };

    constexpr std::array kOperators {
        actions::kSendCommand,
        actions::kCancelCommand,
        actions::kStartSession,
        actions::kResumeSession,
        actions::kTerminateSession,
        actions::kWatchSession,
        actions::kRenewDesktop,
        actions::kReadRecording,
        actions::kSearchRecordings,
        actions::kAddTagsToResource,
        actions::kRemoveTagsFromResource,
        actions::kRenameNode,
        actions::kCreateDocument,
        actions::kUpdateDocument,
        actions::kUpdateDocumentDefaultVersion,
        actions::kDeleteDocument,
        actions::kPutArtifact,
        actions::kRemoveArtifact,
        actions::kQuarantineNode,
        actions::kPutParameter,
        actions::kLabelParameterVersion,
        actions::kUnlabelParameterVersion,
        actions::kDeleteParameter,
        actions::kDeleteParameters,
        actions::kDecrypt,
    };

    constexpr std::array kApprovers {
        actions::kApproveNode,    actions::kRejectNode,       actions::kReleaseNode,
        actions::kAcceptHardware, actions::kDismissHardware,  actions::kReadAuditLog,
        actions::kReadRecording,  actions::kSearchRecordings,
    };

    constexpr std::array kWithoutNode {
        actions::kDescribeInstanceInformation,
        actions::kDescribeInstanceProperties,
        actions::kSendCommand,
        actions::kStartSession,
        actions::kCancelCommand,
        actions::kCreateDocument,
        actions::kUpdateDocument,
        actions::kUpdateDocumentDefaultVersion,
        actions::kDeleteDocument,
        actions::kGetDocument,
        actions::kDescribeDocument,
        actions::kDescribeDocumentPermission,
        actions::kListDocuments,
        actions::kListDocumentVersions,
        actions::kListArtifacts,
        actions::kListTagsForResource,
        actions::kAddTagsToResource,
        actions::kRemoveTagsFromResource,
        actions::kGetServiceSetting,
        actions::kDescribeNodeProfiles,
        actions::kPutParameter,
        actions::kGetParameter,
        actions::kGetParameters,
        actions::kGetParametersByPath,
        actions::kGetParameterHistory,
        actions::kDescribeParameters,
        actions::kLabelParameterVersion,
        actions::kUnlabelParameterVersion,
        actions::kDeleteParameter,
        actions::kDeleteParameters,
        actions::kDecrypt,
    };

    template <size_t N>
    bool contains(const std::array<Action, N> &list, Action action)
    {
        return std::ranges::find(list, action) != list.end();
    }
}

bool roleAllows(Role role, Action action)
{
    switch (role) {
    case Role::Administrator:
        return true;
    case Role::Viewer:
        return contains(kEverybody, action);
    case Role::Operator:
        return contains(kEverybody, action) || contains(kOperators, action);
    case Role::Approver:
        return contains(kEverybody, action) || contains(kApprovers, action);
    }
    return false;
}

bool goesWithoutNode(Action action) { return contains(kWithoutNode, action); }

bool matchesWildcard(std::string_view pattern, std::string_view text)
{
    size_t p = 0;
    size_t t = 0;
    size_t star = std::string_view::npos; // the last one met
    size_t afterStar = 0; // how far it has swallowed
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            afterStar = t;
        } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t])) {
            ++p;
            ++t;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            t = ++afterStar;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*')
        ++p;
    return p == pattern.size();
}

}
