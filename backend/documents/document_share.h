#pragma once
// With whom a document is shared, and what the operations on that take (spec/documents.md 3.8). Plain values; any thread.

#include "backend/documents/document_requests.h"

namespace fb {

inline constexpr const char *kSharedWithAll = "all";

namespace document_patterns {
    inline constexpr const char *kSharedAccount = "all|[0-9]{12}";
    inline constexpr const char *kSharedVersion = "[$]LATEST|[$]DEFAULT|[$]ALL";
}

struct AccountSharingInfo {
    QString accountId; // or "all"
    QString sharedDocumentVersion; // $DEFAULT, $LATEST, $ALL
    bool operator==(const AccountSharingInfo &) const = default;
};
template <std::same_as<AccountSharingInfo> T>
constexpr auto fieldsOf(const T *)
{
    return fieldTable(field("AccountId", &T::accountId),
                      field("SharedDocumentVersion", &T::sharedDocumentVersion));
}

struct ModifyDocumentPermissionRequest {
    QString name;
    QString permissionType; // Share
    QStringList accountIdsToAdd;
    QStringList accountIdsToRemove;
    QString sharedDocumentVersion; // of those that are added; empty: $DEFAULT
};
template <std::same_as<ModifyDocumentPermissionRequest> R>
constexpr auto fieldsOf(const R *)
{
    return fieldTable(
        field("Name", &R::name).required().pattern(document_patterns::kReference),
        field("PermissionType", &R::permissionType).required(),
        field("AccountIdsToAdd", &R::accountIdsToAdd).items(0, 20).pattern(document_patterns::kSharedAccount),
        field("AccountIdsToRemove", &R::accountIdsToRemove)
            .items(0, 20)
            .pattern(document_patterns::kSharedAccount),
        field("SharedDocumentVersion", &R::sharedDocumentVersion)
            .omitEmpty()
            .pattern(document_patterns::kSharedVersion));
}

struct DescribeDocumentPermissionRequest {
    QString name;
    QString permissionType; // Share
    int maxResults = 200;
    QString nextToken;
};
template <std::same_as<DescribeDocumentPermissionRequest> R>
constexpr auto fieldsOf(const R *)
{
    return fieldTable(field("Name", &R::name).required().pattern(document_patterns::kReference),
                      field("PermissionType", &R::permissionType).required(),
                      field("MaxResults", &R::maxResults).range(1, 200), field("NextToken", &R::nextToken));
}

struct DescribeDocumentPermissionResult {
    QStringList accountIds; // ascending; "all" last
    QList<AccountSharingInfo> accountSharingInfoList; // the same accounts
    QString nextToken;
};
template <std::same_as<DescribeDocumentPermissionResult> R>
constexpr auto fieldsOf(const R *)
{
    return fieldTable(field("AccountIds", &R::accountIds),
                      field("AccountSharingInfoList", &R::accountSharingInfoList),
                      field("NextToken", &R::nextToken).omitEmpty());
}

}
