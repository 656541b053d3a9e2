#include "backend/core/error.h"

#include <algorithm>
#include <array>

namespace fb {

namespace {
    struct Row {
        ErrorCode code;
        ErrorKind kind;
        int status;
    };

    // One row a code: how a page treats it, and its HTTP status on the wire.
    constexpr std::array kRows {
        Row {errors::kAccessDenied, ErrorKind::Denied, 400},
        Row {errors::kAssociatedInstances, ErrorKind::State, 400},
        Row {errors::kConflict, ErrorKind::Conflict, 409},
        Row {errors::kDocumentAlreadyExists, ErrorKind::Conflict, 400},
        Row {errors::kDocumentLimitExceeded, ErrorKind::Limit, 400},
        Row {errors::kDocumentPermissionLimit, ErrorKind::Limit, 400},
        Row {errors::kDocumentVersionLimitExceeded, ErrorKind::Limit, 400},
        Row {errors::kDoesNotExist, ErrorKind::NotFound, 400},
        Row {errors::kDuplicateDocumentContent, ErrorKind::WrongInput, 400},
        Row {errors::kDuplicateDocumentVersionName, ErrorKind::WrongInput, 400},
        Row {errors::kDuplicateInstanceId, ErrorKind::WrongInput, 400},
        Row {errors::kDuplicateNode, ErrorKind::State, 400},
        Row {errors::kFingerprintMismatch, ErrorKind::State, 400},
        Row {errors::kIncompleteSignature, ErrorKind::WrongInput, 400},
        Row {errors::kHierarchyLevelLimitExceeded, ErrorKind::Limit, 400},
        Row {errors::kHierarchyTypeMismatch, ErrorKind::WrongInput, 400},
        Row {errors::kIncompatiblePolicy, ErrorKind::WrongInput, 400},
        Row {errors::kInternal, ErrorKind::Ours, 500},
        Row {errors::kInvalidActivation, ErrorKind::State, 400},
        Row {errors::kInvalidActivationId, ErrorKind::NotFound, 400},
        Row {errors::kInvalidAllowedPattern, ErrorKind::WrongInput, 400},
        Row {errors::kInvalidCommandId, ErrorKind::NotFound, 400},
        Row {errors::kInvalidDocument, ErrorKind::NotFound, 400},
        Row {errors::kInvalidDocumentContent, ErrorKind::WrongInput, 400},
        Row {errors::kInvalidDocumentOperation, ErrorKind::State, 400},
        Row {errors::kInvalidDocumentSchemaVersion, ErrorKind::WrongInput, 400},
        Row {errors::kInvalidDocumentVersion, ErrorKind::Conflict, 400},
        Row {errors::kInvalidFilter, ErrorKind::WrongInput, 400},
        Row {errors::kInvalidFilterKey, ErrorKind::WrongInput, 400},
        Row {errors::kInvalidFilterOption, ErrorKind::WrongInput, 400},
        Row {errors::kInvalidFilterValue, ErrorKind::WrongInput, 400},
        Row {errors::kInvalidInstanceId, ErrorKind::NotFound, 400},
        Row {errors::kInvalidInstanceInformationFilterValue, ErrorKind::WrongInput, 400},
        Row {errors::kInvalidInstancePropertyFilterValue, ErrorKind::WrongInput, 400},
        Row {errors::kInvalidKeyId, ErrorKind::State, 400},
        Row {errors::kInvalidNextToken, ErrorKind::WrongInput, 400},
        Row {errors::kInvalidNotificationConfig, ErrorKind::WrongInput, 400},
        Row {errors::kInvalidOutputFolder, ErrorKind::WrongInput, 400},
        Row {errors::kInvalidParameters, ErrorKind::WrongInput, 400},
        Row {errors::kInvalidPermissionType, ErrorKind::WrongInput, 400},
        Row {errors::kInvalidPluginName, ErrorKind::NotFound, 400},
        Row {errors::kInvalidPolicyAttribute, ErrorKind::WrongInput, 400},
        Row {errors::kInvalidPolicyType, ErrorKind::WrongInput, 400},
        Row {errors::kInvalidResourceId, ErrorKind::NotFound, 400},
        Row {errors::kInvalidResourceType, ErrorKind::WrongInput, 400},
        Row {errors::kInvalidSignature, ErrorKind::Denied, 400},
        Row {errors::kInvocationDoesNotExist, ErrorKind::NotFound, 400},
        Row {errors::kMasterKeyUnavailable, ErrorKind::State, 500},
        Row {errors::kMaxDocumentSizeExceeded, ErrorKind::Limit, 400},
        Row {errors::kMissingAuthenticationToken, ErrorKind::Denied, 400},
        Row {ErrorCode("RefusedByNode"), ErrorKind::State, 400}, // protocol::kRefusedByNode
        Row {errors::kParameterAlreadyExists, ErrorKind::Conflict, 400},
        Row {errors::kParameterLimitExceeded, ErrorKind::Limit, 400},
        Row {errors::kParameterMaxVersionLimitExceeded, ErrorKind::Limit, 400},
        Row {errors::kParameterNotFound, ErrorKind::NotFound, 400},
        Row {errors::kParameterPatternMismatch, ErrorKind::WrongInput, 400},
        Row {errors::kParameterVersionLabelLimitExceeded, ErrorKind::Limit, 400},
        Row {errors::kParameterVersionNotFound, ErrorKind::NotFound, 400},
        Row {errors::kPoliciesLimitExceeded, ErrorKind::Limit, 400},
        Row {errors::kResourceNotFound, ErrorKind::NotFound, 400},
        Row {errors::kSerialization, ErrorKind::WrongInput, 400},
        Row {errors::kServiceUnavailable, ErrorKind::Unavailable, 503},
        Row {ErrorCode("ServiceQuotaExceededException"), ErrorKind::Limit, 402}, // kServiceQuotaExceeded
        Row {ErrorCode("ServiceSettingNotFound"), ErrorKind::NotFound, 400}, // kServiceSettingNotFound
        Row {errors::kTargetNotConnected, ErrorKind::Unavailable, 430},
        Row {errors::kThrottling, ErrorKind::Limit, 400},
        Row {errors::kTooManyTags, ErrorKind::Limit, 400},
        Row {errors::kTooManyUpdates, ErrorKind::Conflict, 400},
        Row {errors::kUnknownOperation, ErrorKind::WrongInput, 400},
        Row {errors::kUnrecognizedClient, ErrorKind::Denied, 400},
        Row {errors::kUnsupportedPlatformType, ErrorKind::State, 400},
        Row {errors::kUpgradeRequired, ErrorKind::State, 426},
        Row {errors::kValidation, ErrorKind::WrongInput, 400},
    };

    const Row *rowOf(std::string_view name)
    {
        const auto *row = std::ranges::find_if(
            kRows, [name](const Row &candidate) { return candidate.code.name() == name; });
        return row == kRows.end() ? nullptr : row;
    }
}

ErrorKind errorKind(ErrorCode code)
{
    const Row *row = rowOf(code.name());
    return row ? row->kind : ErrorKind::Ours;
}

int httpStatus(ErrorCode code)
{
    const Row *row = rowOf(code.name());
    return row ? row->status : 500;
}

ErrorCode errorCodeNamed(std::string_view name)
{
    const Row *row = rowOf(name);
    return row ? row->code : errors::kInternal;
}

}
