#pragma once
// What a list of parameters is narrowed by, checked and in one form (spec/parameter-store.md 3.5). Plain values; any thread.

#include "backend/applications/parameters/parameter_requests.h"
#include "backend/core/result.h"

namespace fb {

struct ParameterCondition {
    enum class Field { Name, Type, KeyId, Tier, DataType, Tag, Path, Label };
    enum class Option { Equals, BeginsWith, Contains, OneLevel, Recursive };

    Field field = Field::Name;
    Option option = Option::Equals;
    QStringList
        values; // OR; of a tag none: any. Names and paths in canonical form, paths with a slash at the end
    QString tagKey;
};

using ParameterConditions = QList<ParameterCondition>; // AND

// InvalidFilterKey, InvalidFilterOption, InvalidFilterValue.
Result<ParameterConditions> pathConditions(const GetParametersByPathRequest &request);
Result<ParameterConditions> describeConditions(const DescribeParametersRequest &request);

// What binds a NextToken to its request.
QString queryScope(const GetParametersByPathRequest &request);
QString queryScope(const DescribeParametersRequest &request);

}
