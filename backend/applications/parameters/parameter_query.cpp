#include "backend/applications/parameters/parameter_query.h"

#include "backend/applications/parameters/parameter_name.h"
#include "backend/base/fail.h"

#include <QJsonDocument>

#include <algorithm>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    using Condition = ParameterCondition;
    using Where = Condition::Field;
    using Compare = Condition::Option;

    const QString kFiltersField = u"ParameterFilters"_s;
    const QString kTagPrefix = u"tag:"_s;

    struct KnownKey {
        QString key;
        Where field;
    };

    const QList<KnownKey> &pathKeys()
    {
        static const QList<KnownKey> keys {
            {u"Type"_s, Where::Type}, {u"KeyId"_s, Where::KeyId}, {u"Label"_s, Where::Label}};
        return keys;
    }

    const QList<KnownKey> &describeKeys()
    {
        static const QList<KnownKey> keys {{u"Name"_s, Where::Name},   {u"Type"_s, Where::Type},
                                           {u"KeyId"_s, Where::KeyId}, {u"Path"_s, Where::Path},
                                           {u"Tier"_s, Where::Tier},   {u"DataType"_s, Where::DataType}};
        return keys;
    }

    QString optionName(Compare option)
    {
        switch (option) {
        case Compare::Equals:
            return u"Equals"_s;
        case Compare::BeginsWith:
            return u"BeginsWith"_s;
        case Compare::Contains:
            return u"Contains"_s;
        case Compare::OneLevel:
            return u"OneLevel"_s;
        case Compare::Recursive:
            return u"Recursive"_s;
        }
        return {};
    }

    QList<Compare> optionsOf(Where field) // the usual one first
    {
        switch (field) {
        case Where::Path:
            return {Compare::OneLevel, Compare::Recursive};
        case Where::Label:
            return {Compare::Equals};
        case Where::Name:
            return {Compare::Equals, Compare::BeginsWith, Compare::Contains};
        default:
            return {Compare::Equals, Compare::BeginsWith};
        }
    }

    tl::unexpected<Error> wrongValue(const QString &message)
    {
        return fail(errors::kInvalidFilterValue, message, kFiltersField);
    }

    Result<Condition> withField(const QString &key, const QList<KnownKey> &known, bool tagsToo)
    {
        if (tagsToo && key.startsWith(kTagPrefix) && key.size() > kTagPrefix.size())
            return Condition {.field = Where::Tag, .tagKey = key.mid(kTagPrefix.size())};
        QStringList names;
        for (const KnownKey &row : known) {
            if (row.key == key)
                return Condition {.field = row.field};
            names.append(row.key);
        }
        if (tagsToo)
            names.append(u"tag:<key>"_s);
        return fail(errors::kInvalidFilterKey,
                    u"The following filter key is not valid: %1. Valid filter keys include: [%2]."_s.arg(
                        key.left(132), names.join(u", "_s)),
                    kFiltersField);
    }

    Result<void> setOption(Condition &condition, const QString &key, const QString &written)
    {
        const QList<Compare> options = optionsOf(condition.field);
        condition.option = options.first();
        if (written.isEmpty())
            return {};
        QStringList names;
        for (const Compare option : options) {
            if (optionName(option) == written) {
                condition.option = option;
                return {};
            }
            names.append(optionName(option));
        }
        return fail(
            errors::kInvalidFilterOption,
            u"The following filter option is not valid for the key %1: %2. Valid options include: [%3]."_s
                .arg(key, written.left(20), names.join(u", "_s)),
            kFiltersField);
    }

    // A value of those there are, or where it may begin one, a part of it.
    template <HasNames Enum>
    Result<void> checkNamed(const QString &key, const QString &value, Compare option)
    {
        QStringList names;
        for (const auto &row : namesOf(static_cast<const Enum *>(nullptr))) {
            const QString name = QString::fromLatin1(row.name);
            if (option == Compare::BeginsWith ? name.startsWith(value) : name == value)
                return {};
            names.append(name);
        }
        return wrongValue(u"The filter %1 has the value \"%2\"; it must be one of %3."_s.arg(
            key, value.left(80), names.join(u", "_s)));
    }

    Result<void> addValue(Condition &condition, const QString &key, const QString &value)
    {
        if (condition.field == Where::Type) {
            if (auto known = checkNamed<ParameterKind>(key, value, condition.option); !known)
                return known;
        } else if (condition.field == Where::Tier) {
            if (auto known = checkNamed<ParameterTier>(key, value, condition.option); !known)
                return known;
        }
        if (condition.field == Where::Path) {
            const auto path = parameterPath(value, key);
            if (!path)
                return wrongValue(toQString(path.error().message));
            condition.values.append(*path);
        } else if (condition.field == Where::Name && condition.option != Compare::Contains) {
            condition.values.append(value.startsWith(u'/') ? value : u'/' + value); // optional on both sides
        } else {
            condition.values.append(value);
        }
        return {};
    }

    Result<Condition> conditionOf(const ParameterStringFilter &filter, const QList<KnownKey> &known,
                                  bool tagsToo)
    {
        auto condition = withField(filter.key, known, tagsToo);
        if (!condition)
            return condition;
        if (auto set = setOption(*condition, filter.key, filter.option); !set)
            return set.error();
        if (filter.values.isEmpty() && condition->field != Where::Tag)
            return wrongValue(u"The following filter values are missing: %1."_s.arg(filter.key));
        for (const QString &value : filter.values) {
            if (auto added = addValue(*condition, filter.key, value); !added)
                return added.error();
        }
        return condition;
    }

    Result<ParameterConditions> conditionsOf(const QList<ParameterStringFilter> &filters,
                                             const QList<KnownKey> &known, bool tagsToo)
    {
        ParameterConditions conditions;
        QStringList seen;
        for (const ParameterStringFilter &filter : filters) {
            auto condition = conditionOf(filter, known, tagsToo);
            if (!condition)
                return condition.error();
            if (seen.contains(filter.key))
                return wrongValue(
                    u"The following filter is duplicated in the request: %1. A request can contain only "
                    "one occurrence of a specific filter."_s.arg(filter.key));
            seen.append(filter.key);
            conditions.append(*condition);
        }
        return conditions;
    }

    template <typename Request>
    QString scopeOf(const QString &operation, Request request)
    {
        request.nextToken.clear();
        request.maxResults = 0; // the next page may have another size
        return operation + u'|'
            + QString::fromUtf8(QJsonDocument(toJson(request)).toJson(QJsonDocument::Compact));
    }
}

Result<ParameterConditions> pathConditions(const GetParametersByPathRequest &request)
{
    const auto path = parameterPath(request.path, u"Path"_s);
    if (!path)
        return path.error();
    auto conditions = conditionsOf(request.parameterFilters, pathKeys(), false);
    if (conditions)
        conditions->prepend({.field = Where::Path,
                             .option = request.recursive ? Compare::Recursive : Compare::OneLevel,
                             .values = {*path},
                             .tagKey = {}});
    return conditions;
}

Result<ParameterConditions> describeConditions(const DescribeParametersRequest &request)
{
    if (!request.filters.isEmpty() && !request.parameterFilters.isEmpty())
        return fail(errors::kValidation,
                    u"You can use either Filters or ParameterFilters in a single request, not both."_s,
                    u"Filters"_s);
    if (request.filters.isEmpty())
        return conditionsOf(request.parameterFilters, describeKeys(), true);
    QList<ParameterStringFilter> filters;
    for (const ParametersFilter &filter : request.filters)
        filters.append({.key = filter.key,
                        .option = filter.key == u"Name"_s ? u"BeginsWith"_s : u"Equals"_s,
                        .values = filter.values});
    return conditionsOf(filters, describeKeys().mid(0, 3), false); // Name, Type, KeyId
}

QString queryScope(const GetParametersByPathRequest &request)
{
    return scopeOf(u"GetParametersByPath"_s, request);
}

QString queryScope(const DescribeParametersRequest &request)
{
    return scopeOf(u"DescribeParameters"_s, request);
}

}
