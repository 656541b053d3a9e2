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

template <std::same_as<Activation> T>
constexpr auto fieldsOf(const T *)
{
    return fieldTable(field("ActivationId", &T::id), field("Description", &T::description).omitEmpty(),
                      field("DefaultInstanceName", &T::defaultInstanceName).omitEmpty(),
                      field("IamRole", &T::iamRole), field("RegistrationLimit", &T::registrationLimit),
                      field("RegistrationsCount", &T::registrationsCount),
                      field("ExpirationDate", &T::expirationDate), field("Expired", &T::expired),
                      field("CreatedDate", &T::createdDate), field("CreatedBy", &T::createdBy),
                      field("Tags", &T::tags), field("RequiresApproval", &T::requiresApproval),
                      field("AllowedNetworks", &T::allowedNetworks).omitEmpty(),
                      field("BoundNode", &T::boundNode).omitEmpty());
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

template <std::same_as<CreateActivationRequest> Request>
constexpr auto fieldsOf(const Request *)
{
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
    QString caSha256; // in it: by which CAs a machine knows the engine, parted by colons
};

template <std::same_as<CreatedActivation> T>
constexpr auto fieldsOf(const T *)
{
    return fieldTable(field("ActivationId", &T::id), field("ActivationCode", &T::code).secret(),
                      field("InstallCommand", &T::installCommand).secret(), field("CaSha256", &T::caSha256));
}

struct ActivationFilter {
    QString key; // ActivationIds, DefaultInstanceName, IamRole
    QStringList values;
};

template <std::same_as<ActivationFilter> T>
constexpr auto fieldsOf(const T *)
{
    return fieldTable(field("FilterKey", &T::key).required(), field("FilterValues", &T::values).items(1, 50));
}

struct DescribeActivationsRequest {
    QList<ActivationFilter> filters;
    int maxResults = 50;
    QString nextToken;
};

template <std::same_as<DescribeActivationsRequest> Request>
constexpr auto fieldsOf(const Request *)
{
    return fieldTable(field("Filters", &Request::filters),
                      field("MaxResults", &Request::maxResults).range(1, 50),
                      field("NextToken", &Request::nextToken).omitEmpty());
}

struct DescribeActivationsResult {
    QList<Activation> activations;
    QString nextToken;
};

template <std::same_as<DescribeActivationsResult> Answer>
constexpr auto fieldsOf(const Answer *)
{
    return fieldTable(field("ActivationList", &Answer::activations),
                      field("NextToken", &Answer::nextToken).omitEmpty());
}

}
