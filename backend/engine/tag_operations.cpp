#include "backend/engine/tag_operations.h"

#include "backend/api/operation_table.h"
#include "backend/base/fail.h"
#include "backend/documents/document_service.h"
#include "backend/nodes/fleet/fleet_service.h"

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

    enum class Taggable { Node, Document };

    Result<Taggable> kindOf(const TagsRequest &request)
    {
        if (request.resourceType == u"ManagedInstance"_s)
            return Taggable::Node;
        if (request.resourceType == u"Document"_s)
            return Taggable::Document;
        return fail(errors::kInvalidResourceType,
                    u"ResourceType is \"%1\"; it must be ManagedInstance or Document."_s.arg(
                        request.resourceType.left(80)),
                    u"ResourceType"_s);
    }

    QList<DocumentTag> documentTags(const QList<Tag> &tags)
    {
        QList<DocumentTag> out;
        for (const Tag &tag : tags)
            out.append({.key = tag.key, .value = tag.value});
        return out;
    }

    QJsonObject nothing() { return {}; }
}

void bindTags(OperationTable &operations, FleetService &fleet, DocumentService &documents)
{
    operations.add(u"AddTagsToResource"_s,
                   [&](const Principal &who, const QJsonObject &input) -> Result<QJsonObject> {
                       const auto request = fromJson<TagsRequest>(input);
                       const auto kind = request.andThen(kindOf);
                       if (!kind)
                           return kind.error();
                       return (*kind == Taggable::Node
                                   ? fleet.addTags(who, toId<NodeId>(request->resourceId), request->tags)
                                   : documents.addTags(who, request->resourceId, documentTags(request->tags)))
                           .map(nothing);
                   });
    operations.add(
        u"RemoveTagsFromResource"_s,
        [&](const Principal &who, const QJsonObject &input) -> Result<QJsonObject> {
            const auto request = fromJson<TagsRequest>(input);
            const auto kind = request.andThen(kindOf);
            if (!kind)
                return kind.error();
            return (*kind == Taggable::Node
                        ? fleet.removeTags(who, toId<NodeId>(request->resourceId), request->tagKeys)
                        : documents.removeTags(who, request->resourceId, request->tagKeys))
                .map(nothing);
        });
    operations.add(
        u"ListTagsForResource"_s, [&](const Principal &who, const QJsonObject &input) -> Result<QJsonObject> {
            const auto request = fromJson<TagsRequest>(input);
            const auto kind = request.andThen(kindOf);
            if (!kind)
                return kind.error();
            if (*kind == Taggable::Node)
                return fleet.tagsOf(who, toId<NodeId>(request->resourceId)).map([](const QList<Tag> &tags) {
                    return toJson(TagsAnswer {tags});
                });
            return documents.listTags(who, request->resourceId).map([](const QList<DocumentTag> &tags) {
                TagsAnswer answer;
                for (const DocumentTag &tag : tags)
                    answer.tags.append({tag.key, tag.value});
                return toJson(answer);
            });
        });
}

}
