#include "backend/documents/attachment_repository.h"

#include "backend/store/artifact_owners.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr auto nothing = [](qint64) {};

    AttachmentContent contentOf(const Row &row)
    {
        return {.name = row.text(0),
                .size = row.integer(1),
                .hash = row.text(2),
                .url = u"artifact://"_s + documentFileArtifact(row.text(2))};
    }

    ArtifactEntry entryOf(const Row &row)
    {
        return {.folder = row.text(0),
                .name = row.text(1),
                .sha256 = row.text(2),
                .size = row.integer(3),
                .addedDate = row.instant(4),
                .addedBy = row.text(5)};
    }

    const QString kEntries
        = u"SELECT e.folder, e.name, e.sha256, f.size_bytes, e.added_at, e.added_by FROM artifact_entry e "
          "JOIN document_file f ON f.sha256 = e.sha256"_s;
}

Result<void> AttachmentRepository::putFile(Transaction &tx, const QString &sha256, qint64 size, Instant now)
{
    const auto kept = tx.execute(u"UPDATE document_file SET orphaned_at = NULL WHERE sha256 = ?"_s, {sha256});
    if (!kept || *kept > 0)
        return kept.map(nothing);
    return tx
        .execute(u"INSERT INTO document_file (sha256, size_bytes, added_at) VALUES (?, ?, ?)"_s,
                 {sha256, size, toSql(now)})
        .map(nothing);
}

Result<void> AttachmentRepository::markOrphans(Transaction &tx, Instant now)
{
    return tx
        .execute(u"UPDATE document_file SET orphaned_at = ? WHERE orphaned_at IS NULL AND NOT EXISTS (SELECT "
                 u"1 FROM "
                 "document_attachment a WHERE a.sha256 = document_file.sha256) AND NOT EXISTS (SELECT 1 FROM "
                 "artifact_entry e WHERE e.sha256 = document_file.sha256)"_s,
                 {toSql(now)})
        .map(nothing);
}

Result<QStringList> AttachmentRepository::orphans(Reader &reader, Instant before, int most) const
{
    return reader
        .all(u"SELECT sha256 FROM document_file WHERE orphaned_at < ? ORDER BY orphaned_at LIMIT ?"_s,
             {toSql(before), most}, [](const Row &row) { return row.text(0); })
        .map([](const QList<QString> &hashes) { return QStringList(hashes); });
}

Result<void> AttachmentRepository::removeFile(Transaction &tx, const QString &sha256)
{
    return tx.execute(u"DELETE FROM document_file WHERE sha256 = ?"_s, {sha256}).map(nothing);
}

Result<void> AttachmentRepository::insert(Transaction &tx, const QString &document, qint64 version,
                                          const QList<AttachmentContent> &files)
{
    for (const AttachmentContent &file : files) {
        auto inserted = tx.execute(
            u"INSERT INTO document_attachment (document_name, version, name, sha256) VALUES (?, ?, ?, ?)"_s,
            {document, version, file.name, file.hash});
        if (!inserted)
            return inserted.error();
        // It may have been an orphan.
        auto kept
            = tx.execute(u"UPDATE document_file SET orphaned_at = NULL WHERE sha256 = ?"_s, {file.hash});
        if (!kept)
            return kept.error();
    }
    return {};
}

Result<QList<AttachmentContent>> AttachmentRepository::of(Reader &reader, const QString &document,
                                                          qint64 version) const
{
    return reader.all(
        u"SELECT a.name, f.size_bytes, a.sha256 FROM document_attachment a JOIN document_file f ON "
        "f.sha256 = a.sha256 WHERE a.document_name = ? AND a.version = ? ORDER BY a.name"_s,
        {document, version}, contentOf);
}

Result<void> AttachmentRepository::putEntry(Transaction &tx, const ArtifactEntry &entry)
{
    if (auto filed = putFile(tx, entry.sha256, entry.size, entry.addedDate); !filed)
        return filed;
    if (auto removed = removeEntry(tx, entry.folder, entry.name); !removed)
        return removed;
    return tx
        .execute(
            u"INSERT INTO artifact_entry (folder, name, sha256, added_at, added_by) VALUES (?, ?, ?, ?, ?)"_s,
            {entry.folder, entry.name, entry.sha256, toSql(entry.addedDate), entry.addedBy})
        .map(nothing);
}

Result<std::optional<ArtifactEntry>> AttachmentRepository::entry(Reader &reader, const QString &folder,
                                                                 const QString &name) const
{
    return reader.one(kEntries + u" WHERE e.folder = ? AND e.name = ?"_s, {folder, name}, entryOf);
}

Result<QList<ArtifactEntry>> AttachmentRepository::entries(Reader &reader, const QString &folder) const
{
    return reader.all(kEntries + u" WHERE e.folder = ? OR ? = '' ORDER BY e.folder, e.name"_s,
                      {folder, folder}, entryOf);
}

Result<void> AttachmentRepository::removeEntry(Transaction &tx, const QString &folder, const QString &name)
{
    return tx.execute(u"DELETE FROM artifact_entry WHERE folder = ? AND name = ?"_s, {folder, name})
        .map(nothing);
}

}
