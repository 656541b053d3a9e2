#pragma once
// What went wrong, as a value. Codes are AWS's exception names everywhere: console, wire, log and audit (design 9). Any thread.

#include <string>
#include <string_view>

namespace fb {

// One of the names in `errors`. Compared by name; always points at static text.
class ErrorCode
{
public:
    constexpr explicit ErrorCode(std::string_view name) : m_name(name) { }
    constexpr std::string_view name() const { return m_name; }
    friend constexpr bool operator==(ErrorCode a, ErrorCode b) { return a.m_name == b.m_name; }

private:
    std::string_view m_name;
};

struct Error {
    ErrorCode code;
    std::string message; // what was wrong, with the value and the limit, and what to do. English
    std::string field {}; // dotted path in the request, "Parameters.commands[0]"; empty if none
    friend bool operator==(const Error &, const Error &) = default;
};

// What a page or a client should do about an error (style 4).
enum class ErrorKind {
    WrongInput,
    Denied,
    NotFound,
    State, // do not retry until somebody changes it
    Conflict, // read again, redo the edit
    Limit,
    Unavailable, // retry this call later
    Ours, // a fault of the engine
};

ErrorKind errorKind(ErrorCode code);
int httpStatus(ErrorCode code); // of the AWS wire

// The code of that name; kInternal for a name this program does not know (codes that arrive from outside).
ErrorCode errorCodeNamed(std::string_view name);

namespace errors {
    inline constexpr ErrorCode kAccessDenied {"AccessDeniedException"};
    inline constexpr ErrorCode kAssociatedInstances {"AssociatedInstances"};
    inline constexpr ErrorCode kConflict {"ConflictException"};
    inline constexpr ErrorCode kDocumentAlreadyExists {"DocumentAlreadyExists"};
    inline constexpr ErrorCode kDocumentLimitExceeded {"DocumentLimitExceeded"};
    inline constexpr ErrorCode kDocumentPermissionLimit {"DocumentPermissionLimit"};
    inline constexpr ErrorCode kDocumentVersionLimitExceeded {"DocumentVersionLimitExceeded"};
    inline constexpr ErrorCode kDoesNotExist {"DoesNotExistException"};
    inline constexpr ErrorCode kDuplicateDocumentContent {"DuplicateDocumentContent"};
    inline constexpr ErrorCode kDuplicateDocumentVersionName {"DuplicateDocumentVersionName"};
    inline constexpr ErrorCode kDuplicateInstanceId {"DuplicateInstanceId"};
    inline constexpr ErrorCode kDuplicateNode {"DuplicateNode"};
    inline constexpr ErrorCode kFingerprintMismatch {"FingerprintMismatch"};
    inline constexpr ErrorCode kIncompleteSignature {"IncompleteSignatureException"};
    inline constexpr ErrorCode kHierarchyLevelLimitExceeded {"HierarchyLevelLimitExceededException"};
    inline constexpr ErrorCode kHierarchyTypeMismatch {"HierarchyTypeMismatchException"};
    inline constexpr ErrorCode kIncompatiblePolicy {"IncompatiblePolicyException"};
    inline constexpr ErrorCode kInternal {"InternalServerError"};
    inline constexpr ErrorCode kInvalidActivation {"InvalidActivation"};
    inline constexpr ErrorCode kInvalidActivationId {"InvalidActivationId"};
    inline constexpr ErrorCode kInvalidAllowedPattern {"InvalidAllowedPatternException"};
    inline constexpr ErrorCode kInvalidCommandId {"InvalidCommandId"};
    inline constexpr ErrorCode kInvalidDocument {"InvalidDocument"};
    inline constexpr ErrorCode kInvalidDocumentContent {"InvalidDocumentContent"};
    inline constexpr ErrorCode kInvalidDocumentOperation {"InvalidDocumentOperation"};
    inline constexpr ErrorCode kInvalidDocumentSchemaVersion {"InvalidDocumentSchemaVersion"};
    inline constexpr ErrorCode kInvalidDocumentVersion {"InvalidDocumentVersion"};
    inline constexpr ErrorCode kInvalidFilter {"InvalidFilter"};
    inline constexpr ErrorCode kInvalidFilterKey {"InvalidFilterKey"};
    inline constexpr ErrorCode kInvalidFilterOption {"InvalidFilterOption"};
    inline constexpr ErrorCode kInvalidFilterValue {"InvalidFilterValue"};
    inline constexpr ErrorCode kInvalidInstanceId {"InvalidInstanceId"};
    inline constexpr ErrorCode kInvalidInstanceInformationFilterValue {
        "InvalidInstanceInformationFilterValue"};
    inline constexpr ErrorCode kInvalidInstancePropertyFilterValue {"InvalidInstancePropertyFilterValue"};
    inline constexpr ErrorCode kInvalidKeyId {"InvalidKeyId"};
    inline constexpr ErrorCode kInvalidNextToken {"InvalidNextToken"};
    inline constexpr ErrorCode kInvalidNotificationConfig {"InvalidNotificationConfig"};
    inline constexpr ErrorCode kInvalidOutputFolder {"InvalidOutputFolder"};
    inline constexpr ErrorCode kInvalidParameters {"InvalidParameters"};
    inline constexpr ErrorCode kInvalidPermissionType {"InvalidPermissionType"};
    inline constexpr ErrorCode kInvalidPluginName {"InvalidPluginName"};
    inline constexpr ErrorCode kInvalidPolicyAttribute {"InvalidPolicyAttributeException"};
    inline constexpr ErrorCode kInvalidPolicyType {"InvalidPolicyTypeException"};
    inline constexpr ErrorCode kInvalidResourceId {"InvalidResourceId"};
    inline constexpr ErrorCode kInvalidResourceType {"InvalidResourceType"};
    inline constexpr ErrorCode kInvalidSignature {"InvalidSignatureException"};
    inline constexpr ErrorCode kInvocationDoesNotExist {"InvocationDoesNotExist"};
    inline constexpr ErrorCode kMasterKeyUnavailable {"MasterKeyUnavailable"};
    inline constexpr ErrorCode kMaxDocumentSizeExceeded {"MaxDocumentSizeExceeded"};
    inline constexpr ErrorCode kMissingAuthenticationToken {"MissingAuthenticationTokenException"};
    inline constexpr ErrorCode kParameterAlreadyExists {"ParameterAlreadyExists"};
    inline constexpr ErrorCode kParameterLimitExceeded {"ParameterLimitExceeded"};
    inline constexpr ErrorCode kParameterMaxVersionLimitExceeded {"ParameterMaxVersionLimitExceeded"};
    inline constexpr ErrorCode kParameterNotFound {"ParameterNotFound"};
    inline constexpr ErrorCode kParameterPatternMismatch {"ParameterPatternMismatchException"};
    inline constexpr ErrorCode kParameterVersionLabelLimitExceeded {"ParameterVersionLabelLimitExceeded"};
    inline constexpr ErrorCode kParameterVersionNotFound {"ParameterVersionNotFound"};
    inline constexpr ErrorCode kPoliciesLimitExceeded {"PoliciesLimitExceededException"};
    inline constexpr ErrorCode kResourceNotFound {"ResourceNotFoundException"};
    inline constexpr ErrorCode kSerialization {"SerializationException"};
    inline constexpr ErrorCode kServiceUnavailable {"ServiceUnavailable"};
    inline constexpr ErrorCode kTargetNotConnected {"TargetNotConnected"};
    inline constexpr ErrorCode kThrottling {"ThrottlingException"};
    inline constexpr ErrorCode kTooManyTags {"TooManyTagsError"};
    inline constexpr ErrorCode kTooManyUpdates {"TooManyUpdates"};
    inline constexpr ErrorCode kUnknownOperation {"UnknownOperationException"};
    inline constexpr ErrorCode kUnrecognizedClient {"UnrecognizedClientException"};
    inline constexpr ErrorCode kUnsupportedPlatformType {"UnsupportedPlatformType"};
    inline constexpr ErrorCode kUpgradeRequired {"UpgradeRequired"};
    inline constexpr ErrorCode kValidation {"ValidationException"};
}

}
