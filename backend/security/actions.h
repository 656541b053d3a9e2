#pragma once
// The names of what can be allowed or denied: AWS's, "service:Operation". One list for Access, API and audit. Any thread.

#include <string_view>

namespace fb {

class Action
{
public:
    constexpr explicit Action(std::string_view name) : m_name(name) { }
    constexpr std::string_view name() const { return m_name; }
    friend constexpr bool operator==(Action a, Action b) { return a.m_name == b.m_name; }

private:
    std::string_view m_name; // static text
};

namespace actions {
    inline constexpr Action kCreateActivation {"ssm:CreateActivation"};
    inline constexpr Action kDeleteActivation {"ssm:DeleteActivation"};
    inline constexpr Action kDescribeActivations {"ssm:DescribeActivations"};
    inline constexpr Action kRegisterManagedInstance {"ssm:RegisterManagedInstance"};
    inline constexpr Action kDescribePendingApprovals {"flagbridge:DescribePendingApprovals"};
    inline constexpr Action kApproveNode {"flagbridge:ApproveNode"};
    inline constexpr Action kRejectNode {"flagbridge:RejectNode"};
    inline constexpr Action kCreateReenrolmentToken {"flagbridge:CreateReenrolmentToken"};
    inline constexpr Action kQuarantineNode {"flagbridge:QuarantineNode"};
    inline constexpr Action kReleaseNode {"flagbridge:ReleaseNode"};
    inline constexpr Action kDescribeHardware {"flagbridge:DescribeHardware"};
    inline constexpr Action kAcceptHardware {"flagbridge:AcceptHardware"};
    inline constexpr Action kDismissHardware {"flagbridge:DismissHardware"};
    inline constexpr Action kDeregisterManagedInstance {"ssm:DeregisterManagedInstance"};
    inline constexpr Action kDescribeInstanceInformation {"ssm:DescribeInstanceInformation"};
    inline constexpr Action kDescribeInstanceProperties {"ssm:DescribeInstanceProperties"};
    inline constexpr Action kUpdateManagedInstanceRole {"ssm:UpdateManagedInstanceRole"};
    inline constexpr Action kAddTagsToResource {"ssm:AddTagsToResource"};
    inline constexpr Action kRemoveTagsFromResource {"ssm:RemoveTagsFromResource"};
    inline constexpr Action kListTagsForResource {"ssm:ListTagsForResource"};
    inline constexpr Action kCreateDocument {"ssm:CreateDocument"};
    inline constexpr Action kUpdateDocument {"ssm:UpdateDocument"};
    inline constexpr Action kUpdateDocumentDefaultVersion {"ssm:UpdateDocumentDefaultVersion"};
    inline constexpr Action kDeleteDocument {"ssm:DeleteDocument"};
    inline constexpr Action kGetDocument {"ssm:GetDocument"};
    inline constexpr Action kDescribeDocument {"ssm:DescribeDocument"};
    inline constexpr Action kListDocuments {"ssm:ListDocuments"};
    inline constexpr Action kListDocumentVersions {"ssm:ListDocumentVersions"};
    inline constexpr Action kModifyDocumentPermission {"ssm:ModifyDocumentPermission"};
    inline constexpr Action kDescribeDocumentPermission {"ssm:DescribeDocumentPermission"};
    inline constexpr Action kSendCommand {"ssm:SendCommand"};
    inline constexpr Action kCancelCommand {"ssm:CancelCommand"};
    inline constexpr Action kListCommands {"ssm:ListCommands"};
    inline constexpr Action kListCommandInvocations {"ssm:ListCommandInvocations"};
    inline constexpr Action kGetCommandInvocation {"ssm:GetCommandInvocation"};
    inline constexpr Action kStartSession {"ssm:StartSession"};
    inline constexpr Action kResumeSession {"ssm:ResumeSession"};
    inline constexpr Action kTerminateSession {"ssm:TerminateSession"};
    inline constexpr Action kDescribeSessions {"ssm:DescribeSessions"};
    inline constexpr Action kPutArtifact {"flagbridge:PutArtifact"};
    inline constexpr Action kListArtifacts {"flagbridge:ListArtifacts"};
    inline constexpr Action kRemoveArtifact {"flagbridge:RemoveArtifact"};
    inline constexpr Action kListAgentBuilds {"flagbridge:ListAgentBuilds"};
    inline constexpr Action kPublishAgentBuild {"flagbridge:PublishAgentBuild"};
    inline constexpr Action kRemoveAgentBuild {"flagbridge:RemoveAgentBuild"};
    inline constexpr Action kSetReleaseKey {"flagbridge:SetReleaseKey"};
    inline constexpr Action kRenameNode {"flagbridge:RenameNode"};
    inline constexpr Action kReadRecording {"flagbridge:ReadRecording"};
    inline constexpr Action kSearchRecordings {"flagbridge:SearchRecordings"};
    inline constexpr Action kWatchSession {"flagbridge:WatchSession"};
    inline constexpr Action kViewNodeTools {
        "flagbridge:ViewNodeTools"}; // files, processes, services, accounts, journal
    inline constexpr Action kChangeNodeWithTools {"flagbridge:ChangeNodeWithTools"};
    inline constexpr Action kRenewDesktop {"flagbridge:RenewRemoteDesktop"};
    inline constexpr Action kReadEvents {"flagbridge:ReadEvents"};
    inline constexpr Action kReadAuditLog {"flagbridge:ReadAuditLog"};
    inline constexpr Action kBackUp {"flagbridge:BackUp"};
    inline constexpr Action kHandOver {"flagbridge:HandOver"};
    inline constexpr Action kGetServiceSetting {"ssm:GetServiceSetting"};
    inline constexpr Action kUpdateServiceSetting {"ssm:UpdateServiceSetting"};
    inline constexpr Action kResetServiceSetting {"ssm:ResetServiceSetting"};
    inline constexpr Action kDescribeNodeProfiles {"flagbridge:DescribeNodeProfiles"};
    inline constexpr Action kPutNodeProfile {"flagbridge:PutNodeProfile"};
    inline constexpr Action kDeleteNodeProfile {"flagbridge:DeleteNodeProfile"};
    inline constexpr Action kDescribeFleetCa {"flagbridge:DescribeFleetCa"};
    inline constexpr Action kBeginCaRollOver {"flagbridge:BeginCaRollOver"};
    inline constexpr Action kIssueFromNextCa {"flagbridge:IssueFromNextCa"};
    inline constexpr Action kRetireCa {"flagbridge:RetireCa"};
    inline constexpr Action kListOperators {"flagbridge:ListOperators"};
    inline constexpr Action kCreateOperator {"flagbridge:CreateOperator"};
    inline constexpr Action kUpdateOperator {"flagbridge:UpdateOperator"};
    inline constexpr Action kDeleteOperator {"flagbridge:DeleteOperator"};
    inline constexpr Action kSetOperatorPassword {"flagbridge:SetOperatorPassword"};
    inline constexpr Action kPutOperatorGroup {"flagbridge:PutOperatorGroup"};
    inline constexpr Action kDeleteOperatorGroup {"flagbridge:DeleteOperatorGroup"};
    inline constexpr Action kListAccessKeys {"flagbridge:ListAccessKeys"};
    inline constexpr Action kCreateAccessKey {"flagbridge:CreateAccessKey"};
    inline constexpr Action kUpdateAccessKey {"flagbridge:UpdateAccessKey"};
    inline constexpr Action kDeleteAccessKey {"flagbridge:DeleteAccessKey"};
    inline constexpr Action kListOperatorSessions {"flagbridge:ListOperatorSessions"};
    inline constexpr Action kEndOperatorSession {"flagbridge:EndOperatorSession"};
    inline constexpr Action kResetTwoStep {"flagbridge:ResetTwoStep"};
    // Of operators themselves: never asked about, only recorded.
    inline constexpr Action kSignIn {"flagbridge:SignIn"};
    inline constexpr Action kSignOut {"flagbridge:SignOut"};
    inline constexpr Action kLockSession {"flagbridge:LockSession"};
    inline constexpr Action kUnlockSession {"flagbridge:UnlockSession"};
    inline constexpr Action kChangePassword {"flagbridge:ChangePassword"};
    inline constexpr Action kSetUpTwoStep {"flagbridge:SetUpTwoStep"};
    inline constexpr Action kPutParameter {"ssm:PutParameter"};
    inline constexpr Action kGetParameter {"ssm:GetParameter"};
    inline constexpr Action kGetParameters {"ssm:GetParameters"};
    inline constexpr Action kGetParametersByPath {"ssm:GetParametersByPath"};
    inline constexpr Action kGetParameterHistory {"ssm:GetParameterHistory"};
    inline constexpr Action kDescribeParameters {"ssm:DescribeParameters"};
    inline constexpr Action kLabelParameterVersion {"ssm:LabelParameterVersion"};
    inline constexpr Action kUnlabelParameterVersion {"ssm:UnlabelParameterVersion"};
    inline constexpr Action kDeleteParameter {"ssm:DeleteParameter"};
    inline constexpr Action kDeleteParameters {"ssm:DeleteParameters"};
    inline constexpr Action kDecrypt {"kms:Decrypt"}; // per key id
    inline constexpr Action kDescribeParameterKeys {"flagbridge:DescribeParameterKeys"};
    inline constexpr Action kManageParameterKeys {"flagbridge:ManageParameterKeys"};
    inline constexpr Action kChangeSettings {"flagbridge:ChangeSettings"};
}

}
