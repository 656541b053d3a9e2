#include "backend/nodes/profiles/node_profile_api.h"

#include "backend/api/operation_table.h"
#include "backend/nodes/profiles/node_profile_service.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    struct ProfileName {
        QString name;
    };

    constexpr auto fieldsOf(const ProfileName *)
    {
        return fieldTable(field("Name", &ProfileName::name).required().length(1, 64));
    }

    struct RoleRequest {
        NodeId instanceId;
        QString iamRole;
    };

    constexpr auto fieldsOf(const RoleRequest *)
    {
        return fieldTable(field("InstanceId", &RoleRequest::instanceId).required(),
                          field("IamRole", &RoleRequest::iamRole).required().length(1, 64));
    }

    struct ProfileList {
        QList<NodeProfile> profiles;
    };

    constexpr auto fieldsOf(const ProfileList *)
    {
        return fieldTable(field("NodeProfiles", &ProfileList::profiles));
    }

    QJsonObject nothing() { return {}; }
}

void bindNodeProfiles(OperationTable &operations, NodeProfileService &profiles)
{
    operations.add(u"DescribeNodeProfiles"_s, [&profiles](const Principal &who, const QJsonObject &) {
        return profiles.profiles(who).map(
            [](const QList<NodeProfile> &all) { return toJson(ProfileList {all}); });
    });
    operations.add(u"CreateNodeProfile"_s, [&profiles](const Principal &who, const QJsonObject &input) {
        return fromJson<NodeProfile>(input)
            .andThen([&](const NodeProfile &profile) { return profiles.create(who, profile); })
            .map(nothing);
    });
    operations.add(u"UpdateNodeProfile"_s, [&profiles](const Principal &who, const QJsonObject &input) {
        return fromJson<NodeProfile>(input)
            .andThen([&](const NodeProfile &profile) { return profiles.change(who, profile); })
            .map(nothing);
    });
    operations.add(u"DeleteNodeProfile"_s, [&profiles](const Principal &who, const QJsonObject &input) {
        return fromJson<ProfileName>(input)
            .andThen([&](const ProfileName &request) { return profiles.remove(who, request.name); })
            .map(nothing);
    });
    operations.add(u"UpdateManagedInstanceRole"_s,
                   [&profiles](const Principal &who, const QJsonObject &input) {
                       return fromJson<RoleRequest>(input)
                           .andThen([&](const RoleRequest &request) {
                               return profiles.setProfileOf(who, request.instanceId, request.iamRole);
                           })
                           .map(nothing);
                   });
}

}
