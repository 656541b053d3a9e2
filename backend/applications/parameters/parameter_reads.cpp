// The reads of spec/parameter-store.md 3.4 and 3.5.

#include "backend/applications/parameters/parameter_query.h"
#include "backend/applications/parameters/parameter_service.h"
#include "backend/base/fail.h"
#include "backend/base/paging_token.h"
#include "backend/events/arn.h"
#include "backend/settings/service_settings.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr int kMostByPath = 10;
    constexpr int kMostDescribed = 50;
    constexpr int kMostVersions = 50;

    bool isMissing(const Error &error)
    {
        return error.code == errors::kParameterNotFound || error.code == errors::kParameterVersionNotFound;
    }

    Error labelNotFound(const QString &name, const QString &label)
    {
        return qtError(
            errors::kParameterVersionNotFound,
            u"Systems Manager could not find label %1 for parameter %2. Verify the label and try again."_s
                .arg(label.left(100), name),
            u"Name"_s);
    }

    // The rows of a page and where the next one begins; `rows` has one more than fits when there is one.
    template <typename T, typename Key>
    QByteArray cutToPage(QList<T> &rows, int limit, const Key &key)
    {
        if (rows.size() <= limit)
            return {};
        rows.resize(limit);
        return key(rows.constLast());
    }
}

Result<ParameterService::Found> ParameterService::find(Reader &reader, const ParameterReference &reference,
                                                       const QString &asGiven) const
{
    const auto head = m_rows.head(reader, reference.canonical);
    if (!head)
        return head.error();
    if (!*head)
        return notFound(asGiven);
    qint64 wanted = reference.version.value_or((*head)->version);
    if (!reference.label.isEmpty()) {
        const auto labelled = m_marks.labelled(reader, (*head)->id, reference.label);
        if (!labelled)
            return labelled.error();
        if (!*labelled)
            return labelNotFound((*head)->name, reference.label);
        wanted = **labelled;
    }
    return versionOf(reader, **head, wanted).map([&](const ParameterVersion &version) {
        return Found {.head = **head, .version = version, .selector = reference.selector()};
    });
}

// A secret is opened for those who may, and only once that is on record.
Result<QString> ParameterService::shownValue(const Principal &who, Action action, const ParameterHead &head,
                                             const ParameterVersion &version, bool decrypt)
{
    if (head.type != ParameterKind::SecureString)
        return QString::fromUtf8(version.value);
    if (!decrypt)
        return QString::fromLatin1(version.value.toBase64());
    if (auto allowed = allow(who, actions::kDecrypt, head.canonicalName, version.keyName); !allowed)
        return allowed.error();
    if (auto usable = m_keys.checkUsable(m_parts.database.reader(), version.keyName); !usable)
        return usable.error();
    std::optional<SecretBytes> plain = m_decrypted.find(head.id, version.version);
    if (!plain) {
        auto opened = m_keys.open(m_parts.database.reader(),
                                  sealedPlace(m_parts.database.fleet(), head.canonicalName, version.version),
                                  version.value, u"%1 version %2"_s.arg(head.name).arg(version.version));
        if (!opened)
            return opened.error();
        m_decrypted.keep(head.id, version.version, *opened);
        plain = std::move(*opened);
    }
    if (auto recorded = m_journal.recordSecretRead(who, action, head, version.version); !recorded)
        return recorded.error();
    return toQString(plain->view());
}

Result<Parameter> ParameterService::shown(const Principal &who, Action action, const Found &found,
                                          bool decrypt)
{
    return shownValue(who, action, found.head, found.version, decrypt).map([&](const QString &value) {
        return Parameter {.name = found.head.name,
                          .type = found.head.type,
                          .value = value,
                          .version = found.version.version,
                          .selector = found.selector,
                          .modifiedAt = found.version.modifiedAt,
                          .arn = parameterArn(m_parts.database.fleet(), found.head.canonicalName),
                          .dataType = found.version.dataType};
    });
}

// Access is checked already.
Result<Parameter> ParameterService::read(const Principal &who, Action action,
                                         const ParameterReference &reference, const QString &asGiven,
                                         bool decrypt)
{
    if (PublicParameters::isPublic(reference.canonical)) {
        auto found = m_public.find(reference.canonical);
        if (!found)
            return notFound(asGiven);
        if (!reference.label.isEmpty())
            return labelNotFound(found->name, reference.label);
        if (reference.version.value_or(found->version) != found->version)
            return versionNotFound(found->name, *reference.version);
        found->selector = reference.selector();
        return *found;
    }
    const auto found = find(m_parts.database.reader(), reference, asGiven);
    return found ? shown(who, action, *found, decrypt) : Result<Parameter>(found.error());
}

Result<Parameter> ParameterService::getParameter(const Principal &who, const GetParameterRequest &request)
{
    if (auto valid = validate(request); !valid)
        return valid.error();
    const auto reference = parameterReference(m_parts.database.fleet(), request.name);
    if (auto allowed = allow(who, actions::kGetParameter, reference ? reference->canonical : QString());
        !allowed)
        return allowed.error();
    if (!reference)
        return notFound(request.name);
    return read(who, actions::kGetParameter, *reference, request.name, request.withDecryption);
}

Result<GetParametersResult> ParameterService::getParameters(const Principal &who,
                                                            const GetParametersRequest &request)
{
    if (auto valid = validate(request); !valid)
        return valid.error();
    // All of them first: who may not read one is told nothing of the others.
    std::vector<std::pair<QString, std::optional<ParameterReference>>> wanted;
    for (const QString &name : request.names) {
        const auto reference = parameterReference(m_parts.database.fleet(), name);
        if (auto allowed = allow(who, actions::kGetParameters, reference ? reference->canonical : QString());
            !allowed)
            return allowed.error();
        const bool again = std::ranges::any_of(wanted, [&](const auto &earlier) {
            return earlier.first == name || (reference && earlier.second == reference);
        });
        if (!again)
            wanted.emplace_back(name, reference);
    }
    GetParametersResult result;
    for (const auto &[name, reference] : wanted) {
        const auto found = reference
            ? read(who, actions::kGetParameters, *reference, name, request.withDecryption)
            : Result<Parameter>(notFound(name));
        if (found)
            result.parameters.append(*found);
        else if (isMissing(found.error()))
            result.invalidParameters.append(name);
        else
            return found.error();
    }
    return result;
}

Result<GetParametersByPathResult>
ParameterService::getParametersByPath(const Principal &who, const GetParametersByPathRequest &request)
{
    if (auto valid = validate(request); !valid)
        return valid.error();
    if (auto counted = checkMaxResults(request.maxResults, kMostByPath); !counted)
        return counted.error();
    const auto conditions = pathConditions(request);
    if (!conditions)
        return conditions.error();
    const QString path = conditions->first().values.first();
    const QString bare = path.size() > 1 ? path.chopped(1) : path;
    if (auto allowed = allow(who, actions::kGetParametersByPath, bare); !allowed)
        return allowed.error();
    const QString scope = queryScope(request);
    const auto after = m_parts.tokens.open(scope, request.nextToken);
    if (!after)
        return after.error();
    if (PublicParameters::isPublic(bare))
        return publicByPath(request, QString::fromUtf8(*after));
    auto rows = m_lists.list(m_parts.database.reader(), *conditions, QString::fromUtf8(*after),
                             request.maxResults + 1);
    if (!rows)
        return rows.error();
    GetParametersByPathResult result;
    result.nextToken = m_parts.tokens.issue(scope, cutToPage(*rows, request.maxResults, [](const auto &row) {
                                                return row.head.canonicalName.toUtf8();
                                            }));
    const bool strict = m_parts.settings.isOn(settings::kStrictPathDeny);
    for (const ParameterListRepository::Item &row : std::as_const(*rows)) {
        if (strict
            && !m_parts.access.check(who, actions::kGetParametersByPath,
                                     {.parameters = {row.head.canonicalName}}))
            continue;
        const Found found {.head = row.head,
                           .version = row.version,
                           .selector = row.label.isEmpty() ? QString() : u':' + row.label};
        auto parameter = shown(who, actions::kGetParametersByPath, found, request.withDecryption);
        if (!parameter)
            return parameter.error();
        result.parameters.append(*parameter);
    }
    return result;
}

GetParametersByPathResult ParameterService::publicByPath(const GetParametersByPathRequest &request,
                                                         const QString &after) const
{
    const QString path = parameterPath(request.path, {}).value_or(QString());
    QList<Parameter> found;
    for (const auto &[name, value] : m_public.all()) {
        const bool below
            = name.startsWith(path) && (request.recursive || !name.mid(path.size()).contains(u'/'));
        if (below && name > after && request.parameterFilters.isEmpty())
            found.append(m_public.parameter(name, value));
    }
    GetParametersByPathResult result;
    result.nextToken = m_parts.tokens.issue(
        queryScope(request),
        cutToPage(found, request.maxResults, [](const Parameter &row) { return row.name.toUtf8(); }));
    result.parameters = found;
    return result;
}

Result<GetParameterHistoryResult>
ParameterService::getParameterHistory(const Principal &who, const GetParameterHistoryRequest &request)
{
    if (auto valid = validate(request); !valid)
        return valid.error();
    if (auto counted = checkMaxResults(request.maxResults, kMostVersions); !counted)
        return counted.error();
    const auto reference = parameterReference(m_parts.database.fleet(), request.name);
    if (auto allowed
        = allow(who, actions::kGetParameterHistory, reference ? reference->canonical : QString());
        !allowed)
        return allowed.error();
    if (!reference)
        return notFound(request.name);
    if (!reference->selector().isEmpty())
        return fail(
            errors::kValidation,
            u"Name is \"%1\"; the history is of all versions, so no version or label may be given."_s.arg(
                request.name.left(200)),
            u"Name"_s);
    Reader &reader = m_parts.database.reader();
    const auto head = m_rows.head(reader, reference->canonical);
    if (!head)
        return head.error();
    if (!*head)
        return notFound(request.name);
    const QString scope
        = u"GetParameterHistory|%1|%2"_s.arg(reference->canonical).arg(request.withDecryption);
    const auto after = m_parts.tokens.open(scope, request.nextToken);
    if (!after)
        return after.error();
    auto versions = m_rows.versionsAfter(reader, (*head)->id, after->toLongLong(), request.maxResults + 1);
    const auto labels = m_marks.labels(reader, (*head)->id);
    if (!versions || !labels)
        return versions ? labels.error() : versions.error();
    GetParameterHistoryResult result;
    result.nextToken = m_parts.tokens.issue(
        scope, cutToPage(*versions, request.maxResults, [](const ParameterVersion &row) {
            return QByteArray::number(row.version);
        }));
    for (const ParameterVersion &version : std::as_const(*versions)) {
        const auto value
            = shownValue(who, actions::kGetParameterHistory, **head, version, request.withDecryption);
        if (!value)
            return value.error();
        const auto metadata = metadataOf(reader, **head, version);
        if (!metadata)
            return metadata.error();
        result.parameters.append({.name = metadata->name,
                                  .type = metadata->type,
                                  .keyId = metadata->keyId,
                                  .modifiedAt = metadata->modifiedAt,
                                  .modifiedBy = metadata->modifiedBy,
                                  .description = metadata->description,
                                  .value = *value,
                                  .allowedPattern = metadata->allowedPattern,
                                  .version = metadata->version,
                                  .labels = labels->keys(version.version),
                                  .tier = metadata->tier,
                                  .policies = metadata->policies,
                                  .dataType = metadata->dataType});
    }
    return result;
}

Result<ParameterMetadata> ParameterService::metadataOf(Reader &reader, const ParameterHead &head,
                                                       const ParameterVersion &version) const
{
    ParameterMetadata metadata {.name = head.name,
                                .arn = parameterArn(m_parts.database.fleet(), head.canonicalName),
                                .type = head.type,
                                .keyId = version.keyName,
                                .modifiedAt = version.modifiedAt,
                                .modifiedBy = version.modifiedBy,
                                .description = version.description,
                                .allowedPattern = version.allowedPattern,
                                .version = version.version,
                                .tier = version.tier,
                                .policies = {},
                                .dataType = version.dataType};
    if (version.policies.isEmpty())
        return metadata;
    if (version.version != head.version) { // what it had; only those of the newest act
        for (const PolicyRule &rule : storedPolicies(version.policies))
            metadata.policies.append(
                {.text = rule.text, .type = enumName(rule.kind), .status = PolicyStatus::Finished});
        return metadata;
    }
    const auto policies = m_policies.policies(reader, head.id);
    if (!policies)
        return policies.error();
    for (const DuePolicy &policy : *policies)
        metadata.policies.append(
            {.text = policy.rule.text, .type = enumName(policy.rule.kind), .status = policy.status});
    return metadata;
}

// Where a name or a path of the filters begins with /aws: those that every fleet has, and none of its own.
std::optional<DescribeParametersResult>
ParameterService::publicMetadata(const DescribeParametersRequest &request,
                                 const ParameterConditions &conditions, const QString &after) const
{
    using Condition = ParameterCondition;
    const auto asks = std::ranges::find_if(conditions, [](const Condition &condition) {
        return (condition.field == Condition::Field::Name || condition.field == Condition::Field::Path)
            && condition.option != Condition::Option::Contains
            && std::ranges::any_of(condition.values,
                                   [](const QString &value) { return value.startsWith(u"/aws"_s); });
    });
    if (asks == conditions.end())
        return std::nullopt;
    QList<ParameterMetadata> found;
    for (const auto &[name, value] : m_public.all()) {
        const QString parent = name.left(name.lastIndexOf(u'/') + 1);
        const bool matches = std::ranges::any_of(asks->values, [&](const QString &wanted) {
            switch (asks->option) {
            case Condition::Option::Equals:
                return name == wanted;
            case Condition::Option::OneLevel:
                return parent == wanted;
            default:
                return name.startsWith(wanted);
            }
        });
        if (matches && name > after && conditions.size() == 1)
            found.append(m_public.metadata(name));
    }
    DescribeParametersResult result;
    result.nextToken = m_parts.tokens.issue(
        queryScope(request),
        cutToPage(found, request.maxResults, [](const ParameterMetadata &row) { return row.name.toUtf8(); }));
    result.parameters = found;
    return result;
}

Result<DescribeParametersResult>
ParameterService::describeParameters(const Principal &who, const DescribeParametersRequest &request)
{
    if (auto valid = validate(request); !valid)
        return valid.error();
    if (auto allowed = allow(who, actions::kDescribeParameters, {}); !allowed)
        return allowed.error();
    if (auto counted = checkMaxResults(request.maxResults, kMostDescribed); !counted)
        return counted.error();
    const auto conditions = describeConditions(request);
    if (!conditions)
        return conditions.error();
    if (request.shared)
        return DescribeParametersResult {};
    const QString scope = queryScope(request);
    const auto token = m_parts.tokens.open(scope, request.nextToken);
    if (!token)
        return token.error();
    const QString after = QString::fromUtf8(*token);
    if (auto found = publicMetadata(request, *conditions, after))
        return *found;
    Reader &reader = m_parts.database.reader();
    auto rows = m_lists.list(reader, *conditions, after, request.maxResults + 1);
    if (!rows)
        return rows.error();
    DescribeParametersResult result;
    result.nextToken = m_parts.tokens.issue(scope, cutToPage(*rows, request.maxResults, [](const auto &row) {
                                                return row.head.canonicalName.toUtf8();
                                            }));
    for (const ParameterListRepository::Item &row : std::as_const(*rows)) {
        auto metadata = metadataOf(reader, row.head, row.version);
        if (!metadata)
            return metadata.error();
        result.parameters.append(*metadata);
    }
    return result;
}

Result<QString> ParameterService::referencedValue(const Principal &who, const QString &name,
                                                  const QString &selector)
{
    const QString field = u"Parameters"_s;
    const QString asGiven = selector.isEmpty() ? name : name + u':' + selector;
    const auto reference = parameterReference(m_parts.database.fleet(), asGiven);
    if (!reference)
        return fail(errors::kInvalidParameters, u"Parameter %1 not found."_s.arg(asGiven.left(200)), field);
    if (auto allowed = allow(who, actions::kGetParameters, reference->canonical); !allowed)
        return allowed.error();
    if (!PublicParameters::isPublic(reference->canonical)) {
        const auto head = m_rows.head(m_parts.database.reader(), reference->canonical);
        if (!head)
            return head.error();
        if (*head && (*head)->type == ParameterKind::SecureString)
            return fail(errors::kInvalidParameters,
                        u"Parameter %1 is a SecureString, whose value does not go into a command. Refer to a "
                        "String or StringList."_s.arg(asGiven.left(200)),
                        field);
    }
    const auto value = read(who, actions::kGetParameters, *reference, asGiven, false);
    if (value)
        return value->value;
    if (!isMissing(value.error()))
        return value.error();
    return fail(errors::kInvalidParameters, u"Parameter %1 not found."_s.arg(asGiven.left(200)), field);
}

}
