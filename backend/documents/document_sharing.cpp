#include "backend/documents/document_sharing.h"

#include "backend/base/fail.h"
#include "backend/base/field_table.h"
#include "backend/base/paging_token.h"
#include "backend/documents/document_names.h"

#include <limits>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    const QString kAll = QString::fromLatin1(kSharedWithAll);

    Result<void> checkPermissionType(const QString &type)
    {
        if (type == u"Share"_s)
            return {};
        return fail(errors::kInvalidPermissionType,
                    u"PermissionType is '%1'; Share is the only one."_s.arg(type.left(64)),
                    u"PermissionType"_s);
    }

    QJsonArray toArray(const QList<AccountSharingInfo> &shares)
    {
        QJsonArray texts;
        for (const AccountSharingInfo &share : shares)
            texts.append(QString(share.accountId + u' ' + share.sharedDocumentVersion));
        return texts;
    }
}

Result<void> DocumentSharing::checkRequest(const ModifyDocumentPermissionRequest &request) const
{
    if (auto valid = validate(request); !valid)
        return valid;
    if (auto known = checkPermissionType(request.permissionType); !known)
        return known;
    const QStringList &added = request.accountIdsToAdd;
    if (added.contains(kAll) && added.size() > 1)
        return fail(errors::kValidation,
                    u"AccountIdsToAdd holds all and other accounts; all takes the place of every other."_s,
                    u"AccountIdsToAdd"_s);
    if (added.contains(m_with.database.fleet().accountId))
        return fail(
            errors::kValidation,
            u"AccountIdsToAdd holds %1, the document's own account."_s.arg(m_with.database.fleet().accountId),
            u"AccountIdsToAdd"_s);
    for (const QString &account : added) {
        if (request.accountIdsToRemove.contains(account))
            return fail(errors::kValidation, u"%1 is both to be added and to be removed."_s.arg(account),
                        u"AccountIdsToRemove"_s);
    }
    if (added.contains(kAll) && !m_limits.publicSharing)
        return fail(
            errors::kInvalidPermissionType,
            u"Sharing with all is switched off: /ssm/documents/console/public-sharing-permission is Disable."_s,
            u"AccountIdsToAdd"_s);
    return {};
}

Result<DocumentRepository::Head>
DocumentSharing::shareable(const Result<std::optional<DocumentRepository::Head>> &head,
                           const QString &name) const
{
    if (!head)
        return head.error();
    if (!*head)
        return noSuchDocument(name);
    if ((*head)->owner
        == QLatin1StringView(kBuiltInOwner)) // the service model knows no error of its own for it
        return fail(
            errors::kInvalidDocument,
            u"Document %1 is built in; built-in documents are every fleet's own, and are not shared."_s.arg(
                name),
            u"Name"_s);
    return **head;
}

Result<void> DocumentSharing::checkLimits(Transaction &tx, const QString &name) const
{
    const auto shared = m_shares.count(tx, name);
    const auto open = m_shares.publicCount(tx);
    if (!shared || !open)
        return !shared ? shared.error() : open.error();
    if (*shared > m_limits.sharedAccounts)
        return fail(errors::kDocumentPermissionLimit,
                    u"Document %1 would be shared with %2 accounts; at most %3 are allowed."_s.arg(name)
                        .arg(*shared)
                        .arg(m_limits.sharedAccounts),
                    u"AccountIdsToAdd"_s);
    if (*open > m_limits.publicDocuments)
        return fail(errors::kDocumentPermissionLimit,
                    u"%1 documents would be shared with all; at most %2 may be."_s.arg(*open).arg(
                        m_limits.publicDocuments),
                    u"AccountIdsToAdd"_s);
    return {};
}

Result<void> DocumentSharing::modifyPermission(const Principal &who,
                                               const ModifyDocumentPermissionRequest &request)
{
    if (auto valid = checkRequest(request); !valid)
        return valid;
    const auto name = m_lookup.nameOf(request.name);
    if (!name)
        return name.error();
    if (auto allowed = m_with.access.check(who, actions::kModifyDocumentPermission, {.documents = {*name}});
        !allowed) {
        if (auto recorded
            = m_with.journal.recordRefusal(who, actions::kModifyDocumentPermission, *name, allowed.error());
            !recorded)
            return recorded;
        return allowed;
    }
    const QString version
        = request.sharedDocumentVersion.isEmpty() ? u"$DEFAULT"_s : request.sharedDocumentVersion;
    QList<AccountSharingInfo> added;
    QStringList accounts = request.accountIdsToAdd;
    accounts.removeDuplicates(); // PostgreSQL changes no row twice in one statement
    for (const QString &account : std::as_const(accounts))
        added.append({account, version});
    return m_with.database.write([&](Transaction &tx) -> Result<void> {
        const auto head = shareable(m_rows.lockedHead(tx, *name), *name);
        if (!head)
            return head.error();
        constexpr int kEvery = std::numeric_limits<int>::max();
        const auto before = m_shares.shares(tx, *name, {}, kEvery);
        if (!before)
            return before.error();
        auto changed = m_shares.remove(tx, *name, request.accountIdsToRemove);
        if (changed && !added.isEmpty())
            changed = request.accountIdsToAdd.contains(kAll) ? m_shares.removeAll(tx, *name)
                                                             : m_shares.remove(tx, *name, {kAll});
        if (changed && !added.isEmpty())
            changed = m_shares.put(tx, *name, added);
        if (changed)
            changed = checkLimits(tx, *name);
        if (!changed)
            return changed;
        const auto after = m_shares.shares(tx, *name, {}, kEvery);
        if (!after)
            return after.error();
        if (*after == *before)
            return {};
        const auto stored = m_rows.version(tx, *name, head->defaultVersion);
        if (!stored || !*stored)
            return !stored ? stored.error() : noSuchDocument(*name);
        return m_with.journal.record(
            tx, who, DocumentChange::Share, **stored,
            {{u"SharedWith"_s, QJsonObject {{u"from"_s, toArray(*before)}, {u"to"_s, toArray(*after)}}}});
    });
}

Result<DescribeDocumentPermissionResult>
DocumentSharing::describePermission(const Principal &who, const DescribeDocumentPermissionRequest &request)
{
    if (auto valid = validate(request); !valid)
        return valid.error();
    if (auto known = checkPermissionType(request.permissionType); !known)
        return known.error();
    const auto name = m_lookup.nameOf(request.name);
    if (!name)
        return name.error();
    if (auto allowed = m_with.access.check(who, actions::kDescribeDocumentPermission, {.documents = {*name}});
        !allowed)
        return allowed.error();
    Reader &reader = m_with.database.reader();
    if (const auto head = shareable(m_rows.head(reader, *name), *name); !head)
        return head.error();
    const QString scope = u"DescribeDocumentPermission|"_s + *name;
    const auto position = m_with.tokens.open(scope, request.nextToken);
    if (!position)
        return position.error();
    auto found = m_shares.shares(reader, *name, QString::fromUtf8(*position), request.maxResults + 1);
    if (!found)
        return found.error();
    DescribeDocumentPermissionResult result;
    if (found->size() > request.maxResults) {
        found->removeLast();
        result.nextToken = m_with.tokens.issue(scope, found->last().accountId.toUtf8());
    }
    result.accountSharingInfoList = *found;
    for (const AccountSharingInfo &share : std::as_const(*found))
        result.accountIds.append(share.accountId);
    return result;
}

}
