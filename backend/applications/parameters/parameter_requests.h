#pragma once
// What the operations of Parameter Store take and give, in the shapes of the AWS model. Plain values; any thread. What a request leaves
// out is nothing, which on overwriting keeps what was there; what it gives empty clears it (spec/parameter-store.md 3.2).

#include "backend/applications/parameters/parameter.h"

namespace fb {

struct PutParameterRequest {
    QString name;
    std::optional<QString> description;
    std::optional<QString> value;
    std::optional<ParameterKind> type;
    std::optional<QString> keyId;
    bool overwrite = false;
    std::optional<QString> allowedPattern;
    QList<ParameterTag> tags;
    std::optional<ParameterTier> tier;
    std::optional<QString> policies;
    std::optional<QString> dataType;
};
template <std::same_as<PutParameterRequest> R>
constexpr auto fieldsOf(const R *)
{
    return fieldTable(
        field("Name", &R::name).required().length(1, 2048),
        field("Description", &R::description).length(0, 1024), field("Value", &R::value).secret(),
        field("Type", &R::type), field("KeyId", &R::keyId).length(1, 256).pattern("^([a-zA-Z0-9:/_-]+)$"),
        field("Overwrite", &R::overwrite), field("AllowedPattern", &R::allowedPattern).length(0, 1024),
        field("Tags", &R::tags).items(0, 1000), field("Tier", &R::tier),
        field("Policies", &R::policies).length(1, 4096), field("DataType", &R::dataType).length(0, 128));
}

struct PutParameterResult {
    qint64 version = 0;
    ParameterTier tier = ParameterTier::Standard;
    bool operator==(const PutParameterResult &) const = default;
};
template <std::same_as<PutParameterResult> R>
constexpr auto fieldsOf(const R *)
{
    return fieldTable(field("Version", &R::version), field("Tier", &R::tier));
}

struct GetParameterRequest {
    QString name; // with a selector, or an ARN
    bool withDecryption = false;
};
template <std::same_as<GetParameterRequest> R>
constexpr auto fieldsOf(const R *)
{
    return fieldTable(field("Name", &R::name).required().length(1, 2048),
                      field("WithDecryption", &R::withDecryption));
}

struct GetParametersRequest {
    QStringList names;
    bool withDecryption = false;
};
template <std::same_as<GetParametersRequest> R>
constexpr auto fieldsOf(const R *)
{
    return fieldTable(field("Names", &R::names).required().items(1, 10).length(1, 2048),
                      field("WithDecryption", &R::withDecryption));
}

struct GetParametersResult {
    QList<Parameter> parameters;
    QStringList invalidParameters;
};
template <std::same_as<GetParametersResult> R>
constexpr auto fieldsOf(const R *)
{
    return fieldTable(field("Parameters", &R::parameters), field("InvalidParameters", &R::invalidParameters));
}

struct ParameterStringFilter {
    QString key;
    QString option; // empty: the key's usual one
    QStringList values;
};
template <std::same_as<ParameterStringFilter> F>
constexpr auto fieldsOf(const F *)
{
    return fieldTable(field("Key", &F::key).required().length(1, 132),
                      field("Option", &F::option).omitEmpty().length(1, 10),
                      field("Values", &F::values).items(0, 50).length(1, 1024));
}

struct ParametersFilter { // the older form
    QString key;
    QStringList values;
};
template <std::same_as<ParametersFilter> F>
constexpr auto fieldsOf(const F *)
{
    return fieldTable(field("Key", &F::key).required().length(1, 132),
                      field("Values", &F::values).required().items(1, 50).length(1, 1024));
}

struct GetParametersByPathRequest {
    QString path;
    bool recursive = false;
    QList<ParameterStringFilter> parameterFilters;
    bool withDecryption = false;
    int maxResults = 10;
    QString nextToken;
};
template <std::same_as<GetParametersByPathRequest> R>
constexpr auto fieldsOf(const R *)
{
    return fieldTable(field("Path", &R::path).required().length(1, 2048), field("Recursive", &R::recursive),
                      field("ParameterFilters", &R::parameterFilters).items(0, 50),
                      field("WithDecryption", &R::withDecryption), field("MaxResults", &R::maxResults),
                      field("NextToken", &R::nextToken).omitEmpty());
}

struct GetParametersByPathResult {
    QList<Parameter> parameters;
    QString nextToken;
};
template <std::same_as<GetParametersByPathResult> R>
constexpr auto fieldsOf(const R *)
{
    return fieldTable(field("Parameters", &R::parameters), field("NextToken", &R::nextToken).omitEmpty());
}

struct DescribeParametersRequest {
    QList<ParametersFilter> filters;
    QList<ParameterStringFilter> parameterFilters;
    int maxResults = 10;
    QString nextToken;
    bool shared = false; // one fleet, one account: nothing is shared with it
};
template <std::same_as<DescribeParametersRequest> R>
constexpr auto fieldsOf(const R *)
{
    return fieldTable(field("Filters", &R::filters).items(0, 50),
                      field("ParameterFilters", &R::parameterFilters).items(0, 50),
                      field("MaxResults", &R::maxResults), field("NextToken", &R::nextToken).omitEmpty(),
                      field("Shared", &R::shared));
}

struct DescribeParametersResult {
    QList<ParameterMetadata> parameters;
    QString nextToken;
};
template <std::same_as<DescribeParametersResult> R>
constexpr auto fieldsOf(const R *)
{
    return fieldTable(field("Parameters", &R::parameters), field("NextToken", &R::nextToken).omitEmpty());
}

struct GetParameterHistoryRequest {
    QString name;
    bool withDecryption = false;
    int maxResults = 50;
    QString nextToken;
};
template <std::same_as<GetParameterHistoryRequest> R>
constexpr auto fieldsOf(const R *)
{
    return fieldTable(field("Name", &R::name).required().length(1, 2048),
                      field("WithDecryption", &R::withDecryption), field("MaxResults", &R::maxResults),
                      field("NextToken", &R::nextToken).omitEmpty());
}

struct GetParameterHistoryResult {
    QList<ParameterHistory> parameters;
    QString nextToken;
};
template <std::same_as<GetParameterHistoryResult> R>
constexpr auto fieldsOf(const R *)
{
    return fieldTable(field("Parameters", &R::parameters), field("NextToken", &R::nextToken).omitEmpty());
}

struct ParameterLabelsRequest { // LabelParameterVersion and UnlabelParameterVersion
    QString name;
    std::optional<qint64> version;
    QStringList labels;
};
template <std::same_as<ParameterLabelsRequest> R>
constexpr auto fieldsOf(const R *)
{
    return fieldTable(field("Name", &R::name).required().length(1, 2048),
                      field("ParameterVersion", &R::version),
                      field("Labels", &R::labels).required().items(1, 10).length(1, 100));
}

struct LabelParameterVersionResult {
    QStringList invalidLabels;
    qint64 version = 0;
};
template <std::same_as<LabelParameterVersionResult> R>
constexpr auto fieldsOf(const R *)
{
    return fieldTable(field("InvalidLabels", &R::invalidLabels), field("ParameterVersion", &R::version));
}

struct UnlabelParameterVersionResult {
    QStringList removedLabels;
    QStringList invalidLabels;
};
template <std::same_as<UnlabelParameterVersionResult> R>
constexpr auto fieldsOf(const R *)
{
    return fieldTable(field("RemovedLabels", &R::removedLabels), field("InvalidLabels", &R::invalidLabels));
}

struct DeleteParametersRequest {
    QStringList names;
};
template <std::same_as<DeleteParametersRequest> R>
constexpr auto fieldsOf(const R *)
{
    return fieldTable(field("Names", &R::names).required().items(1, 10).length(1, 2048));
}

struct DeleteParametersResult {
    QStringList deletedParameters; // as they were created
    QStringList invalidParameters;
};
template <std::same_as<DeleteParametersResult> R>
constexpr auto fieldsOf(const R *)
{
    return fieldTable(field("DeletedParameters", &R::deletedParameters),
                      field("InvalidParameters", &R::invalidParameters));
}

}
