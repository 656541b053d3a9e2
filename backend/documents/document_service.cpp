#include "backend/documents/document_service.h"

#include "backend/base/fail.h"
#include "backend/base/field_table.h"
#include "backend/base/paging_token.h"
#include "backend/core/byte_encoding.h"
#include "backend/documents/built_in_documents.h"
#include "backend/documents/document_names.h"
#include "backend/events/event_bus.h"
#include "backend/security/audit_log.h"

#include <limits>
#include <set>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr std::chrono::hours kOrphanedContentKept {30 * 24};

    Result<void> checkTags(const QList<DocumentTag> &tags)
    {
        std::set<QString> keys;
        for (qsizetype i = 0; i < tags.size(); ++i) {
            const QString field = u"Tags[%1].Key"_s.arg(i);
            if (auto valid = validate(tags[i]); !valid)
                return fail(errors::kValidation,
                            u"Tags[%1]: %2"_s.arg(i).arg(toQString(valid.error().message)), field);
            if (tags[i].key.startsWith(u"aws:"_s, Qt::CaseInsensitive))
                return fail(errors::kValidation,
                            u"%1 is '%2'; keys that begin with aws: are reserved."_s.arg(field, tags[i].key),
                            field);
            if (!keys.insert(tags[i].key).second)
                return fail(errors::kValidation,
                            u"%1 is '%2', which is given twice."_s.arg(field, tags[i].key), field);
        }
        return {};
    }

    QList<DocumentParameterInfo> parametersOf(const Document &document)
    {
        QList<DocumentParameterInfo> list;
        for (const ParameterDefinition &definition : document.parameters)
            list.append({toQString(definition.name), toQString(parameterTypeName(definition.type)),
                         toQString(definition.description), toQString(definition.defaultText())});
        return list;
    }

    QStringList platformNames(const Document &document)
    {
        QStringList names;
        for (const std::string &name : document.platforms.names())
            names.append(toQString(name));
        return names;
    }
}

DocumentService::DocumentService(const Collaborators &with, const DocumentLimits &limits, QObject *parent)
    : QObject(parent),
      m_with(with),
      m_limits(limits),
      m_lookup(with.database.fleet())
{
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
        auto recorded
            = m_with.audit.record({.who = who,
                                   .action = toQString(action.name()),
                                   .target = storedDocumentArn(m_with.database.fleet(), name, false),
                                   .result = toQString(allowed.error().code.name()),
                                   .diff = {}});
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
                            .requiredDocuments = version->requiredDocuments};
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

Result<DocumentService::Draft> DocumentService::draft(const Principal &who, const QString &content,
                                                      const QString &format, DocumentType type)
{
    Draft made;
    made.content = content.toUtf8();
    const QString documentFormat = format.isEmpty() ? u"JSON"_s : format;
    const auto parsed = parseDocument(viewOf(made.content), *documentFormatNamed(toStd(documentFormat)), type,
                                      {.unknownPlugins = m_limits.unknownPlugins});
    if (!parsed)
        return parsed.error();
    made.version.documentType = toQString(documentTypeName(type));
    made.version.hash = toQString(sha256Hex(viewOf(made.content)));
    made.version.format = documentFormat;
    made.version.schemaVersion = toQString(schemaVersionName(parsed->schema));
    made.version.description = toQString(parsed->description);
    made.version.parameters = parametersOf(*parsed);
    made.version.platformTypes = platformNames(*parsed);
    made.version.status = u"Active"_s;
    made.version.createdAt = m_with.clock.now();
    made.version.createdBy = who.name;
    return made;
}

Result<void> DocumentService::checkRequires(Reader &reader, const QList<DocumentRequires> &required) const
{
    for (qsizetype i = 0; i < required.size(); ++i) {
        const QString field = u"Requires[%1].Name"_s.arg(i);
        const auto found = m_lookup.version(reader,
                                            {.name = required[i].name,
                                             .documentVersion = required[i].version,
                                             .versionName = required[i].versionName,
                                             .documentFormat = {}});
        if (found)
            continue;
        if (found.error().code == errors::kInvalidDocument
            || found.error().code == errors::kInvalidDocumentVersion)
            return fail(errors::kValidation,
                        u"%1 is '%2': %3"_s.arg(field, required[i].name, toQString(found.error().message)),
                        field);
        return found.error();
    }
    return {};
}

// The first version of a new document.
Result<void> DocumentService::insertNew(Transaction &tx, Draft &draft)
{
    draft.version.version = draft.version.defaultVersion = draft.version.latestVersion = 1;
    const DocumentRepository::Head head {.name = draft.version.name,
                                         .owner = draft.version.owner,
                                         .documentType = draft.version.documentType,
                                         .defaultVersion = 1,
                                         .latestVersion = 1,
                                         .highestVersion = 1};
    const auto inserted = m_rows.insertDocument(tx, head, draft.version.createdAt);
    if (!inserted)
        return inserted.error();
    if (!*inserted)
        return fail(errors::kDocumentAlreadyExists, u"Document %1 exists already."_s.arg(head.name),
                    u"Name"_s);
    return m_rows.insertVersion(tx, draft.version, draft.content);
}

// The next version of a document whose head is locked.
Result<void> DocumentService::insertNext(Transaction &tx, Draft &draft, DocumentRepository::Head head)
{
    head.latestVersion = ++head.highestVersion;
    draft.version.name = head.name;
    draft.version.owner = head.owner;
    draft.version.version = draft.version.latestVersion = head.latestVersion;
    draft.version.defaultVersion = head.defaultVersion;
    if (auto set = m_rows.setVersions(tx, head, draft.version.createdAt); !set)
        return set;
    return m_rows.insertVersion(tx, draft.version, draft.content);
}

Result<DocumentDescription> DocumentService::createDocument(const Principal &who,
                                                            const CreateDocumentRequest &request)
{
    if (auto valid = validate(request); !valid)
        return valid.error();
    if (auto allowed = check(who, actions::kCreateDocument, request.name); !allowed)
        return allowed.error();
    if (auto free = checkNotReserved(request.name); !free)
        return free.error();
    if (auto valid = checkTags(request.tags); !valid)
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
    auto made = draft(who, request.content, request.documentFormat, *type);
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
        if (auto exist = checkRequires(tx, request.requiredDocuments); !exist)
            return exist;
        if (auto inserted = insertNew(tx, *made); !inserted)
            return inserted;
        if (*owned >= m_limits.documents)
            return fail(
                errors::kDocumentLimitExceeded,
                u"This account has %1 documents, its limit; delete some, or raise the limit in the settings."_s
                    .arg(*owned));
        if (auto tagged = m_rows.putTags(tx, request.name, request.tags); !tagged)
            return tagged;
        return record(tx, who, Operation::Create, made->version,
                      {{u"DocumentType"_s, made->version.documentType}, {u"Hash"_s, made->version.hash}});
    });
    if (!stored)
        return stored.error();
    return keptDescription(request.name, made->version.version);
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

Result<void> DocumentService::checkUpdate(Reader &reader, const UpdateDocumentRequest &request,
                                          const DocumentRepository::Head &head, const Draft &draft) const
{
    const auto asked = request.documentVersion.isEmpty() ? AskedVersion {.kind = AskedVersion::Kind::Latest}
                                                         : askedVersion(request.documentVersion);
    const qint64 number = !asked                     ? 0
        : asked->kind == AskedVersion::Kind::Latest  ? head.latestVersion
        : asked->kind == AskedVersion::Kind::Default ? head.defaultVersion
                                                     : asked->number;
    if (number != head.latestVersion)
        return fail(
            errors::kInvalidDocumentVersion,
            u"DocumentVersion is '%1', but the latest version of document %2 is %3; only the latest can be updated. Read it again and redo the edit."_s
                .arg(request.documentVersion, head.name)
                .arg(head.latestVersion),
            u"DocumentVersion"_s);
    const auto same = m_rows.versionWithContent(reader, head.name, draft.version.hash);
    if (!same)
        return same.error();
    if (*same)
        return fail(errors::kDuplicateDocumentContent,
                    u"Version %1 of document %2 has the same content."_s.arg(**same).arg(head.name),
                    u"Content"_s);
    if (!request.versionName.isEmpty()) {
        const auto named = m_rows.versionNamed(reader, head.name, request.versionName);
        if (!named)
            return named.error();
        if (*named)
            return fail(errors::kDuplicateDocumentVersionName,
                        u"VersionName '%1' is version %2 of document %3 already."_s.arg(request.versionName)
                            .arg(**named)
                            .arg(head.name),
                        u"VersionName"_s);
    }
    const auto count = m_rows.versionCount(reader, head.name);
    if (!count)
        return count.error();
    if (*count >= m_limits.versions)
        return fail(
            errors::kDocumentVersionLimitExceeded,
            u"Document %1 has %2 versions, its limit; delete some first."_s.arg(head.name).arg(*count),
            u"Name"_s);
    return {};
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
        auto made = draft(who, request.content, request.documentFormat, *type);
        if (!made)
            return made.error();
        if (auto free = checkUpdate(tx, request, *head, *made); !free)
            return free.error();
        const auto latest = m_rows.version(tx, *name, head->latestVersion);
        if (!latest)
            return latest.error();
        made->version.versionName = request.versionName;
        made->version.displayName
            = request.displayName.isEmpty() && *latest ? (*latest)->displayName : request.displayName;
        made->version.targetType
            = request.targetType.isEmpty() && *latest ? (*latest)->targetType : request.targetType;
        made->version.requiredDocuments = *latest ? (*latest)->requiredDocuments : QList<DocumentRequires>();
        if (auto inserted = insertNext(tx, *made, *head); !inserted)
            return inserted.error();
        const QJsonObject diff {
            {u"LatestVersion"_s,
             QJsonObject {{u"from"_s, head->latestVersion}, {u"to"_s, made->version.version}}},
            {u"Hash"_s, made->version.hash}};
        if (auto recorded = record(tx, who, Operation::Update, made->version, diff); !recorded)
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
        if (auto recorded = record(tx, who, Operation::SetDefault, **version, diff); !recorded)
            return recorded.error();
        return DefaultVersionDescription {*name, QString::number(head->defaultVersion),
                                          (*version)->versionName};
    });
}

// ---- deleting (spec 3.10; sharing comes with several fleets on one server)

Result<void> DocumentService::checkDeletion(Reader &reader, const DocumentRepository::Head &head,
                                            qint64 version, bool force) const
{
    const auto dependants = m_rows.requiredBy(reader, head.name);
    if (!dependants)
        return dependants.error();
    if (version == 0 && !dependants->isEmpty())
        return fail(
            errors::kInvalidDocumentOperation,
            u"Document %1 is required by %2; delete these first."_s.arg(head.name, dependants->join(u", "_s)),
            u"Name"_s);
    if (version == 0 && !force && head.documentType == u"ApplicationConfigurationSchema"_s)
        return fail(errors::kInvalidDocumentOperation,
                    u"Document %1 is a configuration schema; Force is needed to delete it."_s.arg(head.name),
                    u"Force"_s);
    if (version != 0 && version == head.defaultVersion)
        return fail(errors::kInvalidDocumentOperation,
                    u"Version %1 of document %2 is its default version; make another one the default first."_s
                        .arg(version)
                        .arg(head.name),
                    u"DocumentVersion"_s);
    for (const DeletionCheck &isFree : m_deletionChecks) {
        if (auto free = isFree(reader, head.name, version); !free)
            return free;
    }
    return {};
}

Result<void> DocumentService::deleteOne(Transaction &tx, DocumentRepository::Head head, qint64 version)
{
    const Instant now = m_with.clock.now();
    if (auto removed = m_rows.deleteVersion(tx, head.name, version, now); !removed)
        return removed;
    const auto left = m_rows.versions(tx, head.name, std::numeric_limits<qint64>::max(), 1);
    if (!left)
        return left.error();
    head.latestVersion
        = left->first().documentVersion.toLongLong(); // the default is never deleted, so one is left
    return m_rows.setVersions(tx, head, now);
}

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
        if (auto free = checkDeletion(tx, **head, isOne ? *number : 0, request.force); !free)
            return free;
        auto removed
            = isOne ? deleteOne(tx, **head, *number) : m_rows.deleteDocument(tx, *name, m_with.clock.now());
        if (!removed)
            return removed;
        const QJsonObject diff {{u"Version"_s, isOne ? QString::number(*number) : u"all"_s},
                                {u"Hash"_s, (*version)->hash}};
        return record(tx, who, Operation::Delete, **version, diff);
    });
}

Result<qint64> DocumentService::prune()
{
    return m_with.database.write(
        [&](Transaction &tx) { return m_rows.pruneContents(tx, m_with.clock.now() - kOrphanedContentKept); });
}

// ---- events, audit, answers

Result<void> DocumentService::record(Transaction &tx, const Principal &who, Operation operation,
                                     const StoredVersion &version, const QJsonObject &diff)
{
    struct Name {
        QString event;
        Action action;
    };
    const auto nameOfOperation = [operation]() -> Name {
        switch (operation) {
        case Operation::Create:
            return {u"Create"_s, actions::kCreateDocument};
        case Operation::Update:
            return {u"Update"_s, actions::kUpdateDocument};
        case Operation::Delete:
            return {u"Delete"_s, actions::kDeleteDocument};
        case Operation::SetDefault:
            break;
        }
        return {u"SetDefault"_s, actions::kUpdateDocumentDefaultVersion};
    };
    const Name name = nameOfOperation();
    const QString arn = storedDocumentArn(m_with.database.fleet(), version.name, version.isBuiltIn());
    const bool isGone = operation == Operation::Delete;
    Event event;
    event.detailType = u"Document State Change"_s;
    event.resources = QStringList {arn};
    event.detail = {{u"name"_s, version.name},
                    {u"version"_s, QString::number(version.version)},
                    {u"status"_s, isGone ? u"Deleting"_s : version.status},
                    {u"operation"_s, name.event}};
    if (auto published = m_with.events.publish(tx, event); !published)
        return published;
    m_with.audit.append(tx,
                        {.who = who, .action = toQString(name.action.name()), .target = arn, .diff = diff});
    tx.onCommitted([this, documentName = version.name, isGone] {
        if (isGone)
            emit documentDeleted(documentName);
        else
            emit documentChanged(documentName);
    });
    return {};
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
        if (after->size() > m_limits.tags)
            return fail(errors::kTooManyTags,
                        u"Document %1 would have %2 tags; at most %3 are allowed."_s.arg(head->name)
                            .arg(after->size())
                            .arg(m_limits.tags),
                        u"Tags"_s);
        if (*after == *before)
            return {};
        DocumentIdentifier from;
        DocumentIdentifier to;
        from.tags = *before;
        to.tags = *after;
        m_with.audit.append(tx,
                            {.who = who,
                             .action = toQString(action.name()),
                             .target = storedDocumentArn(m_with.database.fleet(), head->name, false),
                             .diff = auditDiff(from, to)});
        tx.onCommitted([this, documentName = head->name] { emit documentChanged(documentName); });
        return {};
    });
}

Result<void> DocumentService::addTags(const Principal &who, const QString &name,
                                      const QList<DocumentTag> &tags)
{
    if (auto valid = checkTags(tags); !valid)
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
    auto made = draft(engine, QString::fromUtf8(document.content), document.format,
                      *documentTypeNamed(toStd(document.documentType)));
    if (!made)
        return made.error();
    made->version.name = document.name;
    made->version.owner
        = document.isEditable ? m_with.database.fleet().accountId : QString::fromLatin1(kBuiltInOwner);

    if (!*head) {
        if (document.isEditable && *wasBrought) // the operator deleted it
            return {};
        if (auto inserted = insertNew(tx, *made); !inserted)
            return inserted;
        if (auto marked = m_rows.setBrought(tx, document.name, made->version.createdAt); !marked)
            return marked;
        return record(tx, engine, Operation::Create, made->version, {});
    }
    const auto same = m_rows.versionWithContent(tx, document.name, made->version.hash);
    if (!same)
        return same.error();
    if (document.isEditable || *same) // an older program on the same store does not turn the version back
        return {};
    DocumentRepository::Head next = **head;
    if (auto inserted = insertNext(tx, *made, next); !inserted)
        return inserted;
    next.defaultVersion = next.latestVersion = next.highestVersion = made->version.version;
    if (auto set = m_rows.setVersions(tx, next, made->version.createdAt); !set)
        return set;
    return record(tx, engine, Operation::Update, made->version, {});
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
