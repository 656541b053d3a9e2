#include "backend/documents/document_service.h"

#include "backend/base/fail.h"
#include "backend/base/field_table.h"
#include "backend/base/paging_token.h"
#include "backend/documents/built_in_documents.h"
#include "backend/documents/document_names.h"

#include <limits>
#include <set>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr std::chrono::hours kOrphanedContentKept {30 * 24};

    void setOutcome(StoredVersion &version, const DocumentAttachments::Found &files, const QString &meanwhile)
    {
        version.status = !files.failure.isEmpty() ? u"Failed"_s
            : files.pending.isEmpty()             ? u"Active"_s
                                                  : meanwhile;
        version.statusInformation = files.failure;
    }
}

DocumentService::DocumentService(const Collaborators &with, const DocumentLimits &limits, QObject *parent)
    : QObject(parent),
      m_with(with),
      m_limits(limits),
      m_lookup(with.database.fleet()),
      m_checks(m_lookup, limits),
      m_attachments({with.database, with.artifacts, with.access, with.audit, with.clock}, m_lookup),
      m_writer(with.clock, {.unknownPlugins = limits.unknownPlugins}),
      m_journal(with.audit, with.events, with.database.fleet()),
      m_pending({with.database, with.artifacts, with.access, with.audit, with.clock}, m_attachments,
                m_journal),
      m_sharing({with.database, with.access, m_journal, with.tokens, with.clock}, m_lookup, limits)
{
    connect(&m_pending, &PendingAttachments::settled, this, &DocumentService::documentChanged);
}

// Refused changes are audited too; refused reads are not, there would be no end of them.
Result<void> DocumentService::check(const Principal &who, Action action, const QString &name)
{
    AccessTarget target;
    if (!name.isEmpty())
        target.documents.append(name);
    auto allowed = m_with.access.check(who, action, target);
    const bool isRead = action == actions::kGetDocument || action == actions::kDescribeDocument
        || action == actions::kListDocuments || action == actions::kListDocumentVersions
        || action == actions::kListTagsForResource;
    if (!allowed && !isRead) {
        auto recorded = m_journal.recordRefusal(who, action, name, allowed.error());
        if (!recorded)
            return recorded;
    }
    return allowed;
}

// ---- reading

Result<DocumentContent> DocumentService::getDocument(const Principal &who, const DocumentReference &reference)
{
    if (auto valid = validate(reference); !valid)
        return valid.error();
    const auto name = m_lookup.nameOf(reference.name);
    if (!name)
        return name.error();
    if (auto allowed = check(who, actions::kGetDocument, *name); !allowed)
        return allowed.error();
    Reader &reader = m_with.database.reader();
    const auto version = m_lookup.version(reader, reference);
    if (!version)
        return version.error();
    const auto content = m_lookup.content(reader, *version);
    if (!content)
        return content.error();
    const QString format = reference.documentFormat.isEmpty() ? version->format : reference.documentFormat;
    const auto converted = convertDocument(viewOf(*content), *documentFormatNamed(toStd(version->format)),
                                           *documentFormatNamed(toStd(format)));
    if (!converted)
        return fail(errors::kInvalidDocument, toQString(converted.error().message), u"DocumentFormat"_s);
    const auto files = m_attachments.of(reader, version->name, version->version);
    if (!files)
        return files.error();
    return DocumentContent {.name = version->name,
                            .createdDate = version->createdAt,
                            .displayName = version->displayName,
                            .versionName = version->versionName,
                            .documentVersion = QString::number(version->version),
                            .status = version->status,
                            .statusInformation = version->statusInformation,
                            .content = toQString(*converted),
                            .documentType = version->documentType,
                            .documentFormat = format,
                            .requiredDocuments = version->requiredDocuments,
                            .attachmentsContent = *files};
}

Result<DocumentDescription> DocumentService::describeDocument(const Principal &who,
                                                              const DocumentReference &reference)
{
    if (auto valid = validate(reference); !valid)
        return valid.error();
    const auto name = m_lookup.nameOf(reference.name);
    if (!name)
        return name.error();
    if (auto allowed = check(who, actions::kDescribeDocument, *name); !allowed)
        return allowed.error();
    Reader &reader = m_with.database.reader();
    const auto version = m_lookup.version(reader, reference);
    if (!version)
        return version.error();
    return m_lookup.description(reader, *version);
}

Result<QList<DocumentIdentifier>> DocumentService::allDocuments(const Principal &who, const QString &type)
{
    constexpr int kLargestPage = 50;
    QList<DocumentIdentifier> documents;
    ListDocumentsRequest request;
    request.maxResults = kLargestPage;
    if (!type.isEmpty())
        request.filters = {{u"DocumentType"_s, {type}}};
    do {
        const auto page = listDocuments(who, request);
        if (!page)
            return page.error();
        documents += page->documentIdentifiers;
        request.nextToken = page->nextToken;
    } while (!request.nextToken.isEmpty());
    return documents;
}

Result<ListDocumentsResult> DocumentService::listDocuments(const Principal &who,
                                                           const ListDocumentsRequest &request)
{
    if (auto valid = validate(request); !valid)
        return valid.error();
    if (auto allowed = check(who, actions::kListDocuments); !allowed)
        return allowed.error();
    auto query = documentQuery(request, m_with.database.fleet());
    if (!query)
        return query.error();
    const QString scope = queryScope(request);
    const auto position = m_with.tokens.open(scope, request.nextToken);
    if (!position)
        return position.error();
    query->afterName = QString::fromUtf8(*position);
    query->limit = request.maxResults + 1; // one more, to know whether there is a next page
    auto found = m_rows.list(m_with.database.reader(), *query);
    if (!found)
        return found.error();
    ListDocumentsResult result;
    if (found->size() > request.maxResults) {
        found->removeLast();
        result.nextToken = m_with.tokens.issue(scope, found->last().name.toUtf8());
    }
    result.documentIdentifiers = *found;
    return result;
}

Result<ListDocumentVersionsResult>
DocumentService::listDocumentVersions(const Principal &who, const ListDocumentVersionsRequest &request)
{
    if (auto valid = validate(request); !valid)
        return valid.error();
    const auto name = m_lookup.nameOf(request.name);
    if (!name)
        return name.error();
    if (auto allowed = check(who, actions::kListDocumentVersions, *name); !allowed)
        return allowed.error();
    Reader &reader = m_with.database.reader();
    const auto first = m_lookup.version(
        reader, {.name = *name, .documentVersion = {}, .versionName = {}, .documentFormat = {}});
    if (!first)
        return first.error();
    const QString scope = u"ListDocumentVersions|"_s + first->name;
    const auto position = m_with.tokens.open(scope, request.nextToken);
    if (!position)
        return position.error();
    const qint64 below = position->isEmpty() ? std::numeric_limits<qint64>::max() : position->toLongLong();
    auto found = m_rows.versions(reader, first->name, below, request.maxResults + 1);
    if (!found)
        return found.error();
    ListDocumentVersionsResult result;
    if (found->size() > request.maxResults) {
        found->removeLast();
        result.nextToken = m_with.tokens.issue(scope, found->last().documentVersion.toUtf8());
    }
    result.documentVersions = *found;
    return result;
}

// ---- changing

Result<DocumentDescription> DocumentService::createDocument(const Principal &who,
                                                            const CreateDocumentRequest &request)
{
    if (auto valid = validate(request); !valid)
        return valid.error();
    if (auto allowed = check(who, actions::kCreateDocument, request.name); !allowed)
        return allowed.error();
    if (auto free = checkNotReserved(request.name); !free)
        return free.error();
    if (auto valid = m_checks.tags(request.tags); !valid)
        return valid.error();
    if (request.tags.size() > m_limits.tags)
        return fail(
            errors::kValidation,
            u"Tags has %1 items; at most %2 are allowed."_s.arg(request.tags.size()).arg(m_limits.tags),
            u"Tags"_s);
    const DocumentFormat format
        = *documentFormatNamed(toStd(request.documentFormat.isEmpty() ? u"JSON"_s : request.documentFormat));
    const QByteArray bytes = request.content.toUtf8();
    const auto type = request.documentType.isEmpty() ? impliedDocumentType(viewOf(bytes), format)
                                                     : documentTypeNamed(toStd(request.documentType));
    if (!type)
        return fail(errors::kValidation,
                    request.documentType.isEmpty()
                        ? u"DocumentType is missing; a TEXT document needs it."_s
                        : u"DocumentType is '%1', which is no document type."_s.arg(request.documentType),
                    u"DocumentType"_s);
    auto made = m_writer.draft(who, request.content, request.documentFormat, *type);
    if (!made)
        return made.error();
    const QString account = m_with.database.fleet().accountId;
    made->version.name = request.name;
    made->version.owner = account;
    made->version.versionName = request.versionName;
    made->version.displayName = request.displayName;
    made->version.targetType = request.targetType;
    made->version.requiredDocuments = request.requiredDocuments;

    auto stored = m_with.database.write([&](Transaction &tx) -> Result<void> {
        const auto owned = m_rows.ownedCount(tx, account);
        if (!owned)
            return owned.error();
        if (auto exist = m_checks.requiredDocuments(tx, request.requiredDocuments); !exist)
            return exist;
        const auto files = m_attachments.find(tx, who, request.attachments, made->tree);
        if (!files)
            return files.error();
        setOutcome(made->version, *files, u"Creating"_s);
        if (auto inserted = m_writer.insertFirst(tx, *made); !inserted)
            return inserted;
        if (auto kept = keepFiles(tx, made->version, *files); !kept)
            return kept;
        if (*owned >= m_limits.documents)
            return fail(
                errors::kDocumentLimitExceeded,
                u"This account has %1 documents, its limit; delete some, or raise the limit in the settings."_s
                    .arg(*owned));
        if (auto tagged = m_rows.putTags(tx, request.name, request.tags); !tagged)
            return tagged;
        return record(tx, who, DocumentChange::Create, made->version,
                      {{u"DocumentType"_s, made->version.documentType}, {u"Hash"_s, made->version.hash}});
    });
    if (!stored)
        return stored.error();
    return keptDescription(request.name, made->version.version);
}

Result<void> DocumentService::keepFiles(Transaction &tx, const StoredVersion &version,
                                        const DocumentAttachments::Found &files)
{
    if (auto kept = m_attachments.store(tx, version.name, version.version, files); !kept)
        return kept;
    return files.pending.isEmpty() ? Result<void>() : m_pending.add(tx, version, files.pending);
}

Result<DocumentRepository::Head> DocumentService::ownHead(Transaction &tx, const QString &name) const
{
    const auto head = m_rows.lockedHead(tx, name);
    if (!head)
        return head.error();
    if (!*head)
        return noSuchDocument(name);
    if ((*head)->owner == QLatin1StringView(kBuiltInOwner))
        return fail(
            errors::kInvalidDocumentOperation,
            u"Document %1 is built in; built-in documents cannot be changed. Make a copy and change that."_s
                .arg(name),
            u"Name"_s);
    return **head;
}

Result<DocumentDescription> DocumentService::updateDocument(const Principal &who,
                                                            const UpdateDocumentRequest &request)
{
    if (auto valid = validate(request); !valid)
        return valid.error();
    const auto name = m_lookup.nameOf(request.name);
    if (!name)
        return name.error();
    if (auto allowed = check(who, actions::kUpdateDocument, *name); !allowed)
        return allowed.error();
    auto stored = m_with.database.write([&](Transaction &tx) -> Result<qint64> {
        const auto head = ownHead(tx, *name);
        if (!head)
            return head.error();
        const auto type = documentTypeNamed(toStd(head->documentType));
        if (!type)
            return fail(errors::kInternal,
                        u"Document %1 has type '%2', which this program does not know."_s.arg(
                            *name, head->documentType));
        auto made = m_writer.draft(who, request.content, request.documentFormat, *type);
        if (!made)
            return made.error();
        const auto files = m_attachments.find(tx, who, request.attachments, made->tree);
        if (!files)
            return files.error();
        if (auto free
            = m_checks.update(tx, request, *head, *made, files->pending.isEmpty() ? &files->files : nullptr);
            !free)
            return free.error();
        setOutcome(made->version, *files, u"Updating"_s);
        const auto latest = m_rows.version(tx, *name, head->latestVersion);
        if (!latest)
            return latest.error();
        made->version.versionName = request.versionName;
        made->version.displayName
            = request.displayName.isEmpty() && *latest ? (*latest)->displayName : request.displayName;
        made->version.targetType
            = request.targetType.isEmpty() && *latest ? (*latest)->targetType : request.targetType;
        made->version.requiredDocuments = *latest ? (*latest)->requiredDocuments : QList<DocumentRequires>();
        if (auto inserted = m_writer.insertNext(tx, *made, *head); !inserted)
            return inserted.error();
        if (auto kept = keepFiles(tx, made->version, *files); !kept)
            return kept.error();
        const QJsonObject diff {
            {u"LatestVersion"_s,
             QJsonObject {{u"from"_s, head->latestVersion}, {u"to"_s, made->version.version}}},
            {u"Hash"_s, made->version.hash}};
        if (auto recorded = record(tx, who, DocumentChange::Update, made->version, diff); !recorded)
            return recorded.error();
        return made->version.version;
    });
    if (!stored)
        return stored.error();
    return keptDescription(*name, *stored);
}

Result<DefaultVersionDescription>
DocumentService::updateDocumentDefaultVersion(const Principal &who,
                                              const UpdateDefaultVersionRequest &request)
{
    if (auto valid = validate(request); !valid)
        return valid.error();
    const auto name = m_lookup.nameOf(request.name);
    if (!name)
        return name.error();
    if (auto allowed = check(who, actions::kUpdateDocumentDefaultVersion, *name); !allowed)
        return allowed.error();
    return m_with.database.write([&](Transaction &tx) -> Result<DefaultVersionDescription> {
        auto head = ownHead(tx, *name);
        if (!head)
            return head.error();
        auto version = m_rows.version(tx, *name, request.documentVersion.toLongLong());
        if (!version)
            return version.error();
        if (!*version)
            return noSuchVersion(*name, request.documentVersion);
        if ((*version)->status != u"Active"_s)
            return fail(errors::kInvalidDocumentVersion,
                        u"Version %1 of document %2 is %3; the default must be Active."_s.arg(
                            request.documentVersion, *name, (*version)->status),
                        u"DocumentVersion"_s);
        const qint64 before = std::exchange(head->defaultVersion, (*version)->version);
        if (auto set = m_rows.setVersions(tx, *head, m_with.clock.now()); !set)
            return set.error();
        const QJsonObject diff {
            {u"DefaultVersion"_s, QJsonObject {{u"from"_s, before}, {u"to"_s, head->defaultVersion}}}};
        if (auto recorded = record(tx, who, DocumentChange::SetDefault, **version, diff); !recorded)
            return recorded.error();
        return DefaultVersionDescription {*name, QString::number(head->defaultVersion),
                                          (*version)->versionName};
    });
}

// ---- deleting (spec 3.10)

Result<void> DocumentService::deleteDocument(const Principal &who, const DeleteDocumentRequest &request)
{
    if (auto valid = validate(request); !valid)
        return valid;
    const auto name = m_lookup.nameOf(request.name);
    if (!name)
        return name.error();
    if (auto allowed = check(who, actions::kDeleteDocument, *name); !allowed)
        return allowed;
    return m_with.database.write([&](Transaction &tx) -> Result<void> {
        const auto head = m_rows.lockedHead(tx, *name);
        if (!head)
            return head.error();
        if (!*head)
            return noSuchDocument(*name);
        if ((*head)->owner == QLatin1StringView(kBuiltInOwner))
            return fail(errors::kInvalidDocumentOperation,
                        u"Document %1 is built in; built-in documents cannot be deleted."_s.arg(*name),
                        u"Name"_s);
        const bool isOne = !request.documentVersion.isEmpty() || !request.versionName.isEmpty();
        // The service model knows no version error here.
        const auto asInvalidDocument = [&](const Error &error) {
            return error.code == errors::kInvalidDocumentVersion
                ? makeError(errors::kInvalidDocument, error.message, error.field)
                : error;
        };
        auto number = m_lookup.versionNumber(tx, **head, request.documentVersion, request.versionName);
        if (!number)
            return asInvalidDocument(number.error());
        const auto version = m_rows.version(tx, *name, *number);
        if (!version)
            return version.error();
        if (!*version)
            return asInvalidDocument(noSuchVersion(*name, QString::number(*number)));
        if (auto free = m_checks.deletion(tx, **head, isOne ? *number : 0, request.force); !free)
            return free;
        for (const DeletionCheck &isFree : m_deletionChecks) {
            if (auto free = isFree(tx, (*head)->name, isOne ? *number : 0); !free)
                return free;
        }
        auto removed = isOne ? m_writer.deleteVersion(tx, **head, *number)
                             : m_rows.deleteDocument(tx, *name, m_with.clock.now());
        if (removed)
            removed = m_attachments.versionsGone(tx);
        if (!removed)
            return removed;
        tx.onCommitted([this] { m_pending.versionsGone(); });
        const QJsonObject diff {{u"Version"_s, isOne ? QString::number(*number) : u"all"_s},
                                {u"Hash"_s, (*version)->hash}};
        return record(tx, who, DocumentChange::Delete, **version, diff);
    });
}

Result<qint64> DocumentService::prune()
{
    const Instant before = m_with.clock.now() - kOrphanedContentKept;
    const auto files = m_attachments.prune(before);
    if (!files)
        return files;
    return m_with.database.write([&](Transaction &tx) { return m_rows.pruneContents(tx, before); });
}

Result<void> DocumentService::record(Transaction &tx, const Principal &who, DocumentChange change,
                                     const StoredVersion &version, const QJsonObject &diff)
{
    tx.onCommitted([this, name = version.name, change] {
        if (change == DocumentChange::Delete)
            emit documentDeleted(name);
        else
            emit documentChanged(name);
    });
    return m_journal.record(tx, who, change, version, diff);
}

Result<DocumentDescription> DocumentService::keptDescription(const QString &name, qint64 number)
{
    Reader &reader = m_with.database.reader();
    const auto version = m_rows.version(reader, name, number);
    if (!version)
        return version.error();
    if (!*version)
        return noSuchVersion(name, QString::number(number));
    return m_lookup.description(reader, **version);
}

// ---- tags

Result<DocumentRepository::Head> DocumentService::taggable(Reader &reader, const QString &name) const
{
    const auto plain = m_lookup.nameOf(name);
    const auto head
        = plain ? m_rows.head(reader, *plain) : Result<std::optional<DocumentRepository::Head>>(std::nullopt);
    if (!head)
        return head.error();
    if (!*head)
        return fail(errors::kInvalidResourceId,
                    u"ResourceId is '%1'; there is no document of that name."_s.arg(name), u"ResourceId"_s);
    return **head;
}

Result<void> DocumentService::changeTags(const Principal &who, Action action, const QString &name,
                                         const std::function<Result<void>(Transaction &)> &change)
{
    if (auto allowed = check(who, action, name); !allowed)
        return allowed;
    return m_with.database.write([&](Transaction &tx) -> Result<void> {
        const auto head = taggable(tx, name);
        if (!head)
            return head.error();
        if (head->owner == QLatin1StringView(kBuiltInOwner))
            return fail(errors::kInvalidResourceId,
                        u"ResourceId is '%1'; built-in documents cannot be tagged."_s.arg(name),
                        u"ResourceId"_s);
        const auto before = m_rows.tags(tx, head->name);
        if (!before)
            return before.error();
        if (auto changed = change(tx); !changed)
            return changed;
        const auto after = m_rows.tags(tx, head->name);
        if (!after)
            return after.error();
        if (auto few = m_checks.tagCount(head->name, after->size()); !few)
            return few;
        if (*after == *before)
            return {};
        m_journal.recordTags(tx, who, action, head->name, *before, *after);
        tx.onCommitted([this, documentName = head->name] { emit documentChanged(documentName); });
        return {};
    });
}

Result<void> DocumentService::addTags(const Principal &who, const QString &name,
                                      const QList<DocumentTag> &tags)
{
    if (auto valid = m_checks.tags(tags); !valid)
        return valid;
    return changeTags(who, actions::kAddTagsToResource, name, [&](Transaction &tx) {
        return m_lookup.nameOf(name).andThen(
            [&](const QString &plain) { return m_rows.putTags(tx, plain, tags); });
    });
}

Result<void> DocumentService::removeTags(const Principal &who, const QString &name, const QStringList &keys)
{
    return changeTags(who, actions::kRemoveTagsFromResource, name, [&](Transaction &tx) {
        return m_lookup.nameOf(name).andThen(
            [&](const QString &plain) { return m_rows.removeTags(tx, plain, keys).map([](qint64) {}); });
    });
}

Result<QList<DocumentTag>> DocumentService::listTags(const Principal &who, const QString &name)
{
    if (auto allowed = check(who, actions::kListTagsForResource, name); !allowed)
        return allowed.error();
    Reader &reader = m_with.database.reader();
    return taggable(reader, name).andThen([&](const DocumentRepository::Head &head) {
        return m_rows.tags(reader, head.name);
    });
}

// ---- built-ins

Result<void> DocumentService::bring(Transaction &tx, const BuiltInDocument &document)
{
    const Principal engine = enginePrincipal();
    const auto head = m_rows.lockedHead(tx, document.name);
    const auto wasBrought = m_rows.wasBrought(tx, document.name);
    if (!head || !wasBrought)
        return !head ? head.error() : wasBrought.error();
    auto made = m_writer.draft(engine, QString::fromUtf8(document.content), document.format,
                               *documentTypeNamed(toStd(document.documentType)));
    if (!made)
        return made.error();
    made->version.name = document.name;
    made->version.owner
        = document.isEditable ? m_with.database.fleet().accountId : QString::fromLatin1(kBuiltInOwner);

    if (!*head) {
        if (document.isEditable && *wasBrought) // the operator deleted it
            return {};
        if (auto inserted = m_writer.insertFirst(tx, *made); !inserted)
            return inserted;
        if (auto marked = m_rows.setBrought(tx, document.name, made->version.createdAt); !marked)
            return marked;
        return record(tx, engine, DocumentChange::Create, made->version, {});
    }
    const auto same = m_rows.versionWithContent(tx, document.name, made->version.hash);
    if (!same)
        return same.error();
    if (document.isEditable || *same) // an older program on the same store does not turn the version back
        return {};
    DocumentRepository::Head next = **head;
    if (auto inserted = m_writer.insertNext(tx, *made, next); !inserted)
        return inserted;
    next.defaultVersion = next.latestVersion = next.highestVersion = made->version.version;
    if (auto set = m_rows.setVersions(tx, next, made->version.createdAt); !set)
        return set;
    return record(tx, engine, DocumentChange::Update, made->version, {});
}

Result<void> DocumentService::bringBuiltIns(const QList<BuiltInDocument> &documents)
{
    for (const BuiltInDocument &document : documents) {
        if (auto brought = m_with.database.write([&](Transaction &tx) { return bring(tx, document); });
            !brought)
            return brought;
    }
    return {};
}

}
