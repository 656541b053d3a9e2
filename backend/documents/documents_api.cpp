#include "backend/documents/documents_api.h"

#include "backend/api/operation_table.h"
#include "backend/base/fail.h"
#include "backend/base/field_table.h"
#include "backend/documents/document_service.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    // {"DocumentDescription": {...}}
    template <typename T>
    Result<QJsonObject> wrapped(const QString &member, const Result<T> &result)
    {
        return result.map([&](const T &value) { return QJsonObject {{member, toJson(value)}}; });
    }

    template <typename T>
    Result<QJsonObject> plain(const Result<T> &result)
    {
        return result.map([](const T &value) { return toJson(value); });
    }

    struct ArtifactList {
        QList<ArtifactEntry> artifacts;
    };
    constexpr auto fieldsOf(const ArtifactList *)
    {
        return fieldTable(field("Artifacts", &ArtifactList::artifacts));
    }

    struct ArtifactFolder {
        QString folder; // empty: all
    };
    constexpr auto fieldsOf(const ArtifactFolder *)
    {
        return fieldTable(field("Folder", &ArtifactFolder::folder).omitEmpty().length(0, 128));
    }

    struct ArtifactName {
        QString folder;
        QString name;
    };
    constexpr auto fieldsOf(const ArtifactName *)
    {
        return fieldTable(field("Folder", &ArtifactName::folder).required().length(1, 128),
                          field("Name", &ArtifactName::name).required().length(1, 128));
    }

    // Files for documents, by folder and name. One is put over the control socket (PutArtifact), since it brings bytes.
    void bindArtifacts(OperationTable &table, DocumentService &documents)
    {
        table.add(u"ListArtifacts"_s, [&documents](const Principal &who, const QJsonObject &input) {
            return fromJson<ArtifactFolder>(input).andThen([&](const ArtifactFolder &folder) {
                return documents.attachments()
                    .artifacts(who, folder.folder)
                    .map([](const QList<ArtifactEntry> &list) { return toJson(ArtifactList {list}); });
            });
        });
        table.add(u"RemoveArtifact"_s, [&documents](const Principal &who, const QJsonObject &input) {
            return fromJson<ArtifactName>(input).andThen([&](const ArtifactName &file) {
                return documents.attachments().removeArtifact(who, file.folder, file.name).map([] {
                    return QJsonObject();
                });
            });
        });
    }
}

void bindDocumentOperations(OperationTable &table, DocumentService &documents)
{
    bindArtifacts(table, documents);
    table.add(u"CreateDocument"_s,
              [&documents](const Principal &who, const QJsonObject &input) -> Result<QJsonObject> {
                  return fromJson<CreateDocumentRequest>(input).andThen(
                      [&](const CreateDocumentRequest &request) {
                          return wrapped(u"DocumentDescription"_s, documents.createDocument(who, request));
                      });
              });
    table.add(u"UpdateDocument"_s,
              [&documents](const Principal &who, const QJsonObject &input) -> Result<QJsonObject> {
                  return fromJson<UpdateDocumentRequest>(input).andThen(
                      [&](const UpdateDocumentRequest &request) {
                          return wrapped(u"DocumentDescription"_s, documents.updateDocument(who, request));
                      });
              });
    table.add(u"GetDocument"_s, [&documents](const Principal &who, const QJsonObject &input) {
        return fromJson<DocumentReference>(input).andThen(
            [&](const DocumentReference &reference) { return plain(documents.getDocument(who, reference)); });
    });
    table.add(u"DescribeDocument"_s, [&documents](const Principal &who, const QJsonObject &input) {
        return fromJson<DocumentReference>(input).andThen([&](const DocumentReference &reference) {
            return wrapped(u"Document"_s, documents.describeDocument(who, reference));
        });
    });
    table.add(u"ListDocuments"_s, [&documents](const Principal &who, const QJsonObject &input) {
        return fromJson<ListDocumentsRequest>(input).andThen([&](const ListDocumentsRequest &request) {
            return plain(documents.listDocuments(who, request));
        });
    });
    table.add(u"ListDocumentVersions"_s, [&documents](const Principal &who, const QJsonObject &input) {
        return fromJson<ListDocumentVersionsRequest>(input).andThen(
            [&](const ListDocumentVersionsRequest &request) {
                return plain(documents.listDocumentVersions(who, request));
            });
    });
    table.add(
        u"UpdateDocumentDefaultVersion"_s, [&documents](const Principal &who, const QJsonObject &input) {
            return fromJson<UpdateDefaultVersionRequest>(input).andThen(
                [&](const UpdateDefaultVersionRequest &request) {
                    return wrapped(u"Description"_s, documents.updateDocumentDefaultVersion(who, request));
                });
        });
    table.add(u"UpdateDocumentMetadata"_s, [&documents](const Principal &who, const QJsonObject &input) {
        return fromJson<UpdateDocumentMetadataRequest>(input).andThen(
            [&](const UpdateDocumentMetadataRequest &request) {
                return documents.updateDocumentMetadata(who, request).map([] { return QJsonObject(); });
            });
    });
    table.add(u"ListDocumentMetadataHistory"_s, [&documents](const Principal &who, const QJsonObject &input) {
        return fromJson<ListDocumentMetadataHistoryRequest>(input).andThen(
            [&](const ListDocumentMetadataHistoryRequest &request) {
                return documents.listDocumentMetadataHistory(who, request).map([] { return QJsonObject(); });
            });
    });
    table.add(u"ModifyDocumentPermission"_s, [&documents](const Principal &who, const QJsonObject &input) {
        return fromJson<ModifyDocumentPermissionRequest>(input).andThen(
            [&](const ModifyDocumentPermissionRequest &request) {
                return documents.sharing().modifyPermission(who, request).map([] { return QJsonObject(); });
            });
    });
    table.add(u"DescribeDocumentPermission"_s, [&documents](const Principal &who, const QJsonObject &input) {
        return fromJson<DescribeDocumentPermissionRequest>(input).andThen(
            [&](const DescribeDocumentPermissionRequest &request) {
                return plain(documents.sharing().describePermission(who, request));
            });
    });
    table.add(u"DeleteDocument"_s, [&documents](const Principal &who, const QJsonObject &input) {
        return fromJson<DeleteDocumentRequest>(input).andThen([&](const DeleteDocumentRequest &request) {
            return documents.deleteDocument(who, request).map([] { return QJsonObject(); });
        });
    });
}

}
