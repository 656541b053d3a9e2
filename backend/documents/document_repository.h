#pragma once
// The rows of the document store: documents, versions, contents by hash, tags. Keeps no state; any thread that has a Reader.

#include "backend/documents/document_query.h"
#include "backend/documents/stored_document.h"
#include "backend/store/transaction.h"

namespace fb {

class DocumentRepository
{
public:
    struct Head { // of a document as a whole
        QString name;
        QString owner;
        QString documentType;
        qint64 defaultVersion = 0;
        qint64 latestVersion = 0;
        qint64 highestVersion = 0; // ever
    };

    Result<std::optional<Head>> head(Reader &reader, const QString &name) const;
    // The same, and holds the document until the write ends, so that several engines change it one after the other.
    Result<std::optional<Head>> lockedHead(Transaction &tx, const QString &name) const;

    Result<std::optional<StoredVersion>> version(Reader &reader, const QString &name, qint64 number) const;
    Result<std::optional<qint64>> versionNamed(Reader &reader, const QString &name,
                                               const QString &versionName) const;
    Result<std::optional<qint64>> versionWithContent(Reader &reader, const QString &name,
                                                     const QString &hash) const;
    Result<std::optional<QByteArray>> content(Reader &reader, const QString &hash) const;
    Result<qint64> versionCount(Reader &reader, const QString &name) const;
    Result<qint64> ownedCount(Reader &reader, const QString &owner) const;
    Result<QStringList>
    requiredBy(Reader &reader, const QString &name) const; // names of other documents that require this one

    Result<QList<DocumentIdentifier>> list(Reader &reader,
                                           const DocumentQuery &query) const; // by name; with their tags
    Result<QList<DocumentVersionInfo>> versions(Reader &reader, const QString &name, qint64 below,
                                                int limit) const; // newest first

    // False when there is one of that name already.
    Result<bool> insertDocument(Transaction &tx, const Head &head, Instant now) const;
    Result<void> insertVersion(Transaction &tx, const StoredVersion &version,
                               const QByteArray &content) const;
    Result<void> setStatus(Transaction &tx, const StoredVersion &version) const; // with its information
    Result<void> setVersions(Transaction &tx, const Head &head,
                             Instant now) const; // default, latest, highest
    Result<void> deleteVersion(Transaction &tx, const QString &name, qint64 number, Instant now) const;
    Result<void> deleteDocument(Transaction &tx, const QString &name, Instant now) const;
    Result<qint64> pruneContents(Transaction &tx,
                                 Instant before) const; // orphaned before; the number removed

    Result<QList<DocumentTag>> tags(Reader &reader, const QString &name) const; // by key
    Result<void> putTags(Transaction &tx, const QString &name, const QList<DocumentTag> &tags) const;
    Result<qint64> removeTags(Transaction &tx, const QString &name,
                              const QStringList &keys) const; // how many there were

    Result<bool> wasBrought(Reader &reader, const QString &name) const;
    Result<void> setBrought(Transaction &tx, const QString &name, Instant now) const;

private:
    Result<void> addTags(Reader &reader, QList<DocumentIdentifier> &documents) const;
    Result<void> orphanContents(Transaction &tx, const QStringList &hashes, Instant now) const;
};

}
