#pragma once
// An activation: a limited, expiring invitation for nodes (spec/fleet-manager.md B2). Plain values.

#include "backend/base/field_table.h"
#include "backend/core/clock.h"
#include "backend/core/ids.h"
#include "backend/nodes/fleet/fleet_service.h"

namespace fb {

struct Activation {
    ActivationId id;
    QString description;
    QString defaultInstanceName;
    QString iamRole;
    int registrationLimit = 1;
    int registrationsCount = 0;
    Instant expirationDate {};
    bool expired = false; // only by time; a full activation is not Expired
    Instant createdDate {};
    QString createdBy;
    QList<Tag> tags; // copied to nodes at registration; fixed
    bool requiresApproval = false; // its nodes are Quarantined until an operator approves them
    QStringList allowedNetworks; // "192.0.2.0/24"; none: nodes may come from anywhere
    NodeId boundNode {}; // a re-enrolment token: for this registered node alone
    bool deleted = false; // kept for the record, never listed
};

constexpr auto fieldsOf(const Activation *)
{
    return fieldTable(
        field("ActivationId", &Activation::id), field("Description", &Activation::description).omitEmpty(),
        field("DefaultInstanceName", &Activation::defaultInstanceName).omitEmpty(),
        field("IamRole", &Activation::iamRole), field("RegistrationLimit", &Activation::registrationLimit),
        field("RegistrationsCount", &Activation::registrationsCount),
        field("ExpirationDate", &Activation::expirationDate), field("Expired", &Activation::expired),
        field("CreatedDate", &Activation::createdDate), field("CreatedBy", &Activation::createdBy),
        field("Tags", &Activation::tags), field("RequiresApproval", &Activation::requiresApproval),
        field("AllowedNetworks", &Activation::allowedNetworks).omitEmpty(),
        field("BoundNode", &Activation::boundNode).omitEmpty());
}

struct CreateActivationRequest {
    QString description;
    QString defaultInstanceName;
    QString iamRole;
    int registrationLimit = 1;
    std::optional<Instant> expirationDate; // default: 24 h from now; at most 30 days ahead
    QList<Tag> tags;
    bool requiresApproval = false;
    QStringList allowedNetworks; // addresses or CIDR; IPv4 or IPv6
};

constexpr auto fieldsOf(const CreateActivationRequest *)
{
    using Request = CreateActivationRequest;
    return fieldTable(field("Description", &Request::description).length(0, 256),
                      field("DefaultInstanceName", &Request::defaultInstanceName)
                          .length(0, 256)
                          .pattern("^[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*$"),
                      field("IamRole", &Request::iamRole).required().length(1, 64),
                      field("RegistrationLimit", &Request::registrationLimit).range(1, 1000),
                      field("ExpirationDate", &Request::expirationDate), field("Tags", &Request::tags),
                      field("RequiresApproval", &Request::requiresApproval),
                      field("AllowedNetworks", &Request::allowedNetworks).items(0, 20).length(1, 64));
}

struct CreatedActivation {
    ActivationId id;
    QString code; // shown this once
    QString installCommand;
};

constexpr auto fieldsOf(const CreatedActivation *)
{
    return fieldTable(field("ActivationId", &CreatedActivation::id),
                      field("ActivationCode", &CreatedActivation::code).secret(),
                      field("InstallCommand", &CreatedActivation::installCommand).secret());
}

struct ActivationFilter {
    QString key; // ActivationIds, DefaultInstanceName, IamRole
    QStringList values;
};

constexpr auto fieldsOf(const ActivationFilter *)
{
    return fieldTable(field("FilterKey", &ActivationFilter::key).required(),
                      field("FilterValues", &ActivationFilter::values).items(1, 50));
}

struct DescribeActivationsRequest {
    QList<ActivationFilter> filters;
    int maxResults = 50;
    QString nextToken;
};

constexpr auto fieldsOf(const DescribeActivationsRequest *)
{
    using Request = DescribeActivationsRequest;
    return fieldTable(field("Filters", &Request::filters),
                      field("MaxResults", &Request::maxResults).range(1, 50),
                      field("NextToken", &Request::nextToken).omitEmpty());
}

struct DescribeActivationsResult {
    QList<Activation> activations;
    QString nextToken;
};

constexpr auto fieldsOf(const DescribeActivationsResult *)
{
    using Answer = DescribeActivationsResult;
    return fieldTable(field("ActivationList", &Answer::activations),
                      field("NextToken", &Answer::nextToken).omitEmpty());
}

}
