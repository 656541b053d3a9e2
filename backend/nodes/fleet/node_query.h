#pragma once
// What DescribeInstanceInformation and DescribeInstanceProperties ask and answer (spec/fleet-manager.md 3.2, 6). Plain values; any thread.

#include "backend/nodes/fleet/node.h"

namespace fb {

enum class NodeFilterOperator { Equal, NotEqual, BeginWith, LessThan, GreaterThan };

constexpr auto namesOf(const NodeFilterOperator *)
{
    using F = NodeFilterOperator;
    return std::array {EnumName<F> {F::Equal, "Equal"}, EnumName<F> {F::NotEqual, "NotEqual"},
                       EnumName<F> {F::BeginWith, "BeginWith"}, EnumName<F> {F::LessThan, "LessThan"},
                       EnumName<F> {F::GreaterThan, "GreaterThan"}};
}

struct NodeFilter {
    QString key; // one of nodeFilterKeys(), or tag:<key>
    QStringList values;
    NodeFilterOperator op = NodeFilterOperator::Equal;
    bool operator==(const NodeFilter &) const = default;
};

template <std::same_as<NodeFilter> T>
constexpr auto fieldsOf(const T *)
{
    return fieldTable(field("Key", &T::key).required().length(1, 163),
                      field("Values", &T::values).required().items(1, 100).length(1, 256),
                      field("Operator", &T::op));
}

struct OldNodeFilter { // as the first version of the API has it
    QString key;
    QStringList values;
};

template <std::same_as<OldNodeFilter> T>
constexpr auto fieldsOf(const T *)
{
    return fieldTable(field("key", &T::key).required().length(1, 163),
                      field("valueSet", &T::values).required().items(1, 100).length(1, 256));
}

struct DescribeInstanceInformationRequest {
    QList<NodeFilter> filters; // values OR, keys AND
    QList<OldNodeFilter> oldFilters; // instead
    int maxResults = 50;
    QString nextToken;
};

template <std::same_as<DescribeInstanceInformationRequest> Request>
constexpr auto fieldsOf(const Request *)
{
    return fieldTable(field("Filters", &Request::filters),
                      field("InstanceInformationFilterList", &Request::oldFilters),
                      field("MaxResults", &Request::maxResults).range(5, 50),
                      field("NextToken", &Request::nextToken).omitEmpty());
}

struct DescribeInstanceInformationResult {
    QList<Node> nodes;
    QString nextToken;
};

template <std::same_as<DescribeInstanceInformationResult> Answer>
constexpr auto fieldsOf(const Answer *)
{
    return fieldTable(field("InstanceInformationList", &Answer::nodes),
                      field("NextToken", &Answer::nextToken).omitEmpty());
}

struct DescribeInstancePropertiesRequest {
    QList<NodeFilter> filters;
    QList<OldNodeFilter> oldFilters; // instead
    int maxResults = 50;
    QString nextToken;
};

template <std::same_as<DescribeInstancePropertiesRequest> Request>
constexpr auto fieldsOf(const Request *)
{
    return fieldTable(field("FiltersWithOperator", &Request::filters).items(0, 40),
                      field("InstancePropertyFilterList", &Request::oldFilters).items(0, 40),
                      field("MaxResults", &Request::maxResults).range(5, 1000),
                      field("NextToken", &Request::nextToken).omitEmpty());
}

struct DescribeInstancePropertiesResult {
    QList<Node> nodes;
    QString nextToken;
};

template <std::same_as<DescribeInstancePropertiesResult> Answer>
constexpr auto fieldsOf(const Answer *)
{
    return fieldTable(field("InstanceProperties", &Answer::nodes),
                      field("NextToken", &Answer::nextToken).omitEmpty());
}

QStringList nodeFilterKeys();
// Unknown keys are an error of theirs that ask, found before: they match nothing here.
bool matches(const Node &node, const NodeFilter &filter);

}
