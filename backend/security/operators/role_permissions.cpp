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
        actions::kViewNodeTools, // no more than a session gives, which they ask for too
        actions::kChangeNodeWithTools,
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

    // Each with the whole power of the account it is about.
    constexpr std::array kOfOperators {
        actions::kCreateOperator,      actions::kUpdateOperator,   actions::kDeleteOperator,
        actions::kSetOperatorPassword, actions::kPutOperatorGroup, actions::kDeleteOperatorGroup,
        actions::kCreateAccessKey,     actions::kUpdateAccessKey,  actions::kResetTwoStep,
    };

    constexpr std::array kEveryAction {
        actions::kAcceptHardware,
        actions::kApproveNode,
        actions::kBackUp,
        actions::kBeginCaRollOver,
        actions::kChangeNodeWithTools,
        actions::kChangeSettings,
        actions::kCreateAccessKey,
        actions::kCreateOperator,
        actions::kCreateReenrolmentToken,
        actions::kDeleteAccessKey,
        actions::kDeleteNodeProfile,
        actions::kDeleteOperator,
        actions::kDeleteOperatorGroup,
        actions::kDescribeFleetCa,
        actions::kDescribeHardware,
        actions::kDescribeNodeProfiles,
        actions::kDescribeParameterKeys,
        actions::kDescribePendingApprovals,
        actions::kDismissHardware,
        actions::kEndOperatorSession,
        actions::kHandOver,
        actions::kIssueFromNextCa,
        actions::kListAccessKeys,
        actions::kListAgentBuilds,
        actions::kListArtifacts,
        actions::kListOperatorSessions,
        actions::kListOperators,
        actions::kManageParameterKeys,
        actions::kPublishAgentBuild,
        actions::kPutArtifact,
        actions::kPutNodeProfile,
        actions::kPutOperatorGroup,
        actions::kQuarantineNode,
        actions::kReadAuditLog,
        actions::kReadEvents,
        actions::kReadRecording,
        actions::kRejectNode,
        actions::kReleaseNode,
        actions::kRemoveAgentBuild,
        actions::kRemoveArtifact,
        actions::kRenameNode,
        actions::kRenewDesktop,
        actions::kResetTwoStep,
        actions::kRetireCa,
        actions::kSearchRecordings,
        actions::kSetOperatorPassword,
        actions::kSetReleaseKey,
        actions::kUpdateAccessKey,
        actions::kUpdateOperator,
        actions::kWatchSession,
        actions::kDecrypt,
        actions::kAddTagsToResource,
        actions::kCancelCommand,
        actions::kCreateActivation,
        actions::kCreateDocument,
        actions::kDeleteActivation,
        actions::kDeleteDocument,
        actions::kDeleteParameter,
        actions::kDeleteParameters,
        actions::kDeregisterManagedInstance,
        actions::kDescribeActivations,
        actions::kDescribeDocument,
        actions::kDescribeDocumentPermission,
        actions::kDescribeInstanceInformation,
        actions::kDescribeInstanceProperties,
        actions::kDescribeParameters,
        actions::kDescribeSessions,
        actions::kGetCommandInvocation,
        actions::kGetDocument,
        actions::kGetParameter,
        actions::kGetParameterHistory,
        actions::kGetParameters,
        actions::kGetParametersByPath,
        actions::kGetServiceSetting,
        actions::kLabelParameterVersion,
        actions::kListCommandInvocations,
        actions::kListCommands,
        actions::kListDocumentVersions,
        actions::kListDocuments,
        actions::kListTagsForResource,
        actions::kModifyDocumentPermission,
        actions::kPutParameter,
        actions::kRegisterManagedInstance,
        actions::kRemoveTagsFromResource,
        actions::kResetServiceSetting,
        actions::kResumeSession,
        actions::kSendCommand,
        actions::kStartSession,
        actions::kTerminateSession,
        actions::kUnlabelParameterVersion,
        actions::kUpdateDocument,
        actions::kUpdateDocumentDefaultVersion,
        actions::kUpdateManagedInstanceRole,
        actions::kUpdateServiceSetting,
        actions::kViewNodeTools,
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

Role leastRole(Action action)
{
    for (const Role role : {Role::Viewer, Role::Operator, Role::Approver}) {
        if (roleAllows(role, action))
            return role;
    }
    return Role::Administrator;
}

std::span<const Action> everyAction() { return kEveryAction; }

bool widensPermissions(Action action) { return contains(kOfOperators, action); }

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
