#include "backend/engine/tag_operations.h"

#include "backend/api/operation_table.h"
#include "backend/applications/parameters/parameter_service.h"
#include "backend/base/fail.h"
#include "backend/documents/document_service.h"
#include "backend/nodes/fleet/fleet_service.h"

#include <QMap>

#include <functional>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    struct TagsRequest {
        QString resourceType;
        QString resourceId;
        QList<Tag> tags;
        QStringList tagKeys;
    };

    constexpr auto fieldsOf(const TagsRequest *)
    {
        return fieldTable(field("ResourceType", &TagsRequest::resourceType).required(),
                          field("ResourceId", &TagsRequest::resourceId).required(),
                          field("Tags", &TagsRequest::tags).items(0, 1000),
                          field("TagKeys", &TagsRequest::tagKeys).length(1, 128));
    }

    struct TagsAnswer {
        QList<Tag> tags;
    };

    constexpr auto fieldsOf(const TagsAnswer *) { return fieldTable(field("TagList", &TagsAnswer::tags)); }

    // Tags of one type of resource. Every service has a value type of its own for them.
    struct Taggable {
        std::function<Result<void>(const Principal &, const QString &, const QList<Tag> &)> add;
        std::function<Result<void>(const Principal &, const QString &, const QStringList &)> remove;
        std::function<Result<QList<Tag>>(const Principal &, const QString &)> list;
    };
    using Taggables = QMap<QString, Taggable>; // by ResourceType

    template <typename To, typename From>
    QList<To> tagsAs(const QList<From> &tags)
    {
        QList<To> out;
        for (const From &tag : tags)
            out.append({.key = tag.key, .value = tag.value});
        return out;
    }

    Taggable nodeTags(FleetService &fleet)
    {
        return {.add
                = [&fleet](const Principal &who, const QString &id,
                           const QList<Tag> &tags) { return fleet.addTags(who, toId<NodeId>(id), tags); },
                .remove
                = [&fleet](const Principal &who, const QString &id,
                           const QStringList &keys) { return fleet.removeTags(who, toId<NodeId>(id), keys); },
                .list = [&fleet](const Principal &who,
                                 const QString &id) { return fleet.tagsOf(who, toId<NodeId>(id)); }};
    }

    // Of a service with addTags, removeTags and listTags by name.
    template <typename ServiceTag, typename Service>
    Taggable namedTags(Service &service)
    {
        return {.add =
                    [&service](const Principal &who, const QString &name, const QList<Tag> &tags) {
                        return service.addTags(who, name, tagsAs<ServiceTag>(tags));
                    },
                .remove = [&service](const Principal &who, const QString &name,
                                     const QStringList &keys) { return service.removeTags(who, name, keys); },
                .list =
                    [&service](const Principal &who, const QString &name) {
                        return service.listTags(who, name).map(
                            [](const QList<ServiceTag> &tags) { return tagsAs<Tag>(tags); });
                    }};
    }

    Result<Taggable> taggableOf(const Taggables &all, const TagsRequest &request)
    {
        const auto found = all.constFind(request.resourceType);
        if (found != all.cend())
            return *found;
        return fail(errors::kInvalidResourceType,
                    u"ResourceType is \"%1\"; it must be one of %2."_s.arg(request.resourceType.left(80),
                                                                           all.keys().join(u", "_s)),
                    u"ResourceType"_s);
    }

    QJsonObject nothing() { return {}; }
}

void bindTags(OperationTable &operations, FleetService &fleet, DocumentService &documents,
              ParameterService &parameters)
{
    const Taggables all {{u"ManagedInstance"_s, nodeTags(fleet)},
                         {u"Document"_s, namedTags<DocumentTag>(documents)},
                         {u"Parameter"_s, namedTags<ParameterTag>(parameters)}};
    const auto add = [&operations, all](const QString &name, auto act) {
        operations.add(
            name, [all, act](const Principal &who, const QJsonObject &input) -> Result<QJsonObject> {
                const auto request = fromJson<TagsRequest>(input);
                if (!request)
                    return request.error();
                const auto taggable = taggableOf(all, *request);
                return taggable ? act(*taggable, who, *request) : Result<QJsonObject>(taggable.error());
            });
    };
    add(u"AddTagsToResource"_s, [](const Taggable &to, const Principal &who, const TagsRequest &request) {
        return to.add(who, request.resourceId, request.tags).map(nothing);
    });
    add(u"RemoveTagsFromResource"_s,
        [](const Taggable &from, const Principal &who, const TagsRequest &request) {
            return from.remove(who, request.resourceId, request.tagKeys).map(nothing);
        });
    add(u"ListTagsForResource"_s, [](const Taggable &of, const Principal &who, const TagsRequest &request) {
        return of.list(who, request.resourceId).map([](const QList<Tag> &tags) {
            return toJson(TagsAnswer {tags});
        });
    });
}

}
