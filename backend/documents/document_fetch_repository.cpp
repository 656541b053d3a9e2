#include "backend/documents/document_fetch_repository.h"

#include "backend/base/field_table.h"

#include <QJsonDocument>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr auto noFetch = [](qint64) {};

    struct FetchSources {
        QList<AttachmentsSource> attachments;
    };
    constexpr auto fieldsOf(const FetchSources *)
    {
        return fieldTable(field("Attachments", &FetchSources::attachments));
    }

    // Rows are ours: one that can't be read has no sources, and its version fails for that.
    DocumentFetch fetchOf(const Row &row)
    {
        const QJsonObject sources = QJsonDocument::fromJson(row.text(3).toUtf8()).object();
        return {.document = row.text(0),
                .version = row.integer(1),
                .startedAt = row.instant(2),
                .sources = fromJson<FetchSources>(sources).value_or(FetchSources()).attachments};
    }
}

Result<void> DocumentFetchRepository::insert(Transaction &tx, const DocumentFetch &fetch)
{
    const QJsonDocument sources(toJson(FetchSources {fetch.sources}));
    return tx
        .execute(
            u"INSERT INTO document_fetch (document_name, version, started_at, sources) VALUES (?, ?, ?, ?)"_s,
            {fetch.document, fetch.version, toSql(fetch.startedAt),
             QString::fromUtf8(sources.toJson(QJsonDocument::Compact))})
        .map(noFetch);
}

Result<bool> DocumentFetchRepository::isOpen(Reader &reader, const DocumentFetch &fetch) const
{
    return reader
        .number(u"SELECT count(*) FROM document_fetch WHERE document_name = ? AND version = ? AND "
                "started_at = ?"_s,
                {fetch.document, fetch.version, toSql(fetch.startedAt)})
        .map([](qint64 count) { return count > 0; });
}

Result<QList<DocumentFetch>> DocumentFetchRepository::all(Reader &reader) const
{
    return reader.all(u"SELECT document_name, version, started_at, sources FROM document_fetch ORDER BY "
                      "started_at, document_name, version"_s,
                      {}, fetchOf);
}

Result<void> DocumentFetchRepository::remove(Transaction &tx, const DocumentFetch &fetch)
{
    return tx
        .execute(u"DELETE FROM document_fetch WHERE document_name = ? AND version = ?"_s,
                 {fetch.document, fetch.version})
        .map(noFetch);
}

}
