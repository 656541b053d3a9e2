#include "backend/documents/document_repository.h"

#include "backend/base/fail.h"
#include "backend/base/field_table.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr auto kVersionColumns = u"d.name, d.owner, d.document_type, v.version, d.default_version, "
                                     u"d.latest_version, v.version_name, v.content_hash, v.format, "
                                     "v.schema_version, v.display_name, v.target_type, v.description, "
                                     "v.parameters, v.platform_types, v.required_documents, "
                                     "v.status, v.status_information, v.created_at, v.created_by";

    template <typename T>
    QString listText(const QList<T> &values)
    {
        QJsonArray array;
        for (const T &value : values)
            array.append(toJson(value));
        return QString::fromUtf8(QJsonDocument(array).toJson(QJsonDocument::Compact));
    }

    // Rows are ours: what can't be read is left out rather than the list lost.
    template <typename T>
    QList<T> listOf(const QString &text)
    {
        QList<T> values;
        const QJsonArray array = QJsonDocument::fromJson(text.toUtf8()).array();
        for (const QJsonValue &value : array) {
            if (auto read = fields::fromJsonObject<T>(value.toObject(), QString()))
                values.append(std::move(*read));
        }
        return values;
    }

    QStringList platformsOf(const QString &text) { return text.split(u',', Qt::SkipEmptyParts); }

    StoredVersion storedVersion(const Row &row)
    {
        return {.name = row.text(0),
                .owner = row.text(1),
                .documentType = row.text(2),
                .version = row.integer(3),
                .defaultVersion = row.integer(4),
                .latestVersion = row.integer(5),
                .versionName = row.text(6),
                .hash = row.text(7),
                .format = row.text(8),
                .schemaVersion = row.text(9),
                .displayName = row.text(10),
                .targetType = row.text(11),
                .description = row.text(12),
                .parameters = listOf<DocumentParameterInfo>(row.text(13)),
                .platformTypes = platformsOf(row.text(14)),
                .requiredDocuments = listOf<DocumentRequires>(row.text(15)),
                .status = row.text(16),
                .statusInformation = row.text(17),
                .createdAt = row.instant(18),
                .createdBy = row.text(19)};
    }

    DocumentRepository::Head headOf(const Row &row)
    {
        return {.name = row.text(0),
                .owner = row.text(1),
                .documentType = row.text(2),
                .defaultVersion = row.integer(3),
                .latestVersion = row.integer(4),
                .highestVersion = row.integer(5)};
    }

    // A null QString would be stored as NULL.
    QString text(const QString &value) { return value.isNull() ? u""_s : value; }

    QString marks(qsizetype count) { return QStringList(count, u"?"_s).join(u", "_s); }

    // The WHERE of a list, grown filter by filter.
    struct Conditions {
        QStringList clauses;
        QVariantList binds;

        void anyOf(const QString &clause, const QStringList &values,
                   const std::function<QVariantList(const QString &)> &bindsOf)
        {
            if (values.isEmpty())
                return;
            clauses.append(u'(' + QStringList(values.size(), clause).join(u" OR "_s) + u')');
            for (const QString &value : values)
                binds += bindsOf(value);
        }
        void in(const QString &column, const QStringList &values)
        {
            clauses.append(u"%1 IN (%2)"_s.arg(column, marks(values.size())));
            for (const QString &value : values)
                binds.append(value);
        }
    };

    QString likeContaining(QString text)
    {
        text.replace(u'\\', u"\\\\"_s).replace(u'%', u"\\%"_s).replace(u'_', u"\\_"_s);
        return u'%' + text + u'%';
    }

    Conditions conditionsOf(const DocumentQuery &query)
    {
        Conditions where;
        where.anyOf(u"substr(d.name, 1, ?) = ?"_s, query.namePrefixes, [](const QString &prefix) {
            return QVariantList {prefix.size(), prefix};
        });
        if (query.narrowsOwner && query.owners.isEmpty())
            where.clauses.append(u"1 = 0"_s);
        else if (query.narrowsOwner)
            where.in(u"d.owner"_s, query.owners);
        if (!query.documentTypes.isEmpty())
            where.in(u"d.document_type"_s, query.documentTypes);
        if (!query.targetTypes.isEmpty())
            where.in(u"v.target_type"_s, query.targetTypes);
        where.anyOf(u"v.platform_types LIKE ?"_s, query.platforms,
                    [](const QString &name) { return QVariantList {u'%' + name + u'%'}; });
        where.anyOf(u"v.search_text LIKE ? ESCAPE '\\'"_s, query.keywords,
                    [](const QString &word) { return QVariantList {likeContaining(word)}; });
        for (auto it = query.tags.cbegin(); it != query.tags.cend(); ++it) {
            where.clauses.append(
                u"EXISTS (SELECT 1 FROM document_tag t WHERE t.document_name = d.name AND t.tag_key = ? AND t.tag_value IN (%1))"_s
                    .arg(marks(it->size())));
            where.binds.append(it.key());
            for (const QString &value : *it)
                where.binds.append(value);
        }
        if (!query.afterName.isEmpty()) {
            where.clauses.append(u"d.name > ?"_s);
            where.binds.append(query.afterName);
        }
        return where;
    }

    Result<void> done(const Result<qint64> &executed)
    {
        return executed.map([](qint64) {});
    }
}

Result<std::optional<DocumentRepository::Head>> DocumentRepository::head(Reader &reader,
                                                                         const QString &name) const
{
    return reader.one(
        u"SELECT name, owner, document_type, default_version, latest_version, highest_version FROM document WHERE name = ?"_s,
        {name}, headOf);
}

Result<std::optional<DocumentRepository::Head>> DocumentRepository::lockedHead(Transaction &tx,
                                                                               const QString &name) const
{
    // An update that changes nothing locks the row on PostgreSQL; SQLite has one writer anyway.
    if (auto locked = tx.execute(u"UPDATE document SET changed_at = changed_at WHERE name = ?"_s, {name});
        !locked)
        return locked.error();
    return head(tx, name);
}

Result<std::optional<StoredVersion>> DocumentRepository::version(Reader &reader, const QString &name,
                                                                 qint64 number) const
{
    return reader.one(
        u"SELECT %1 FROM document d JOIN document_version v ON v.document_name = d.name WHERE d.name = ? AND v.version = ?"_s
            .arg(kVersionColumns),
        {name, number}, storedVersion);
}

Result<std::optional<qint64>> DocumentRepository::versionNamed(Reader &reader, const QString &name,
                                                               const QString &versionName) const
{
    return reader.one(u"SELECT version FROM document_version WHERE document_name = ? AND version_name = ?"_s,
                      {name, versionName}, [](const Row &row) { return row.integer(0); });
}

Result<std::optional<qint64>> DocumentRepository::versionWithContent(Reader &reader, const QString &name,
                                                                     const QString &hash) const
{
    return reader.one(
        u"SELECT version FROM document_version WHERE document_name = ? AND content_hash = ? ORDER BY version DESC"_s,
        {name, hash}, [](const Row &row) { return row.integer(0); });
}

Result<std::optional<QByteArray>> DocumentRepository::content(Reader &reader, const QString &hash) const
{
    return reader.one(u"SELECT content FROM document_content WHERE hash = ?"_s, {hash},
                      [](const Row &row) { return row.bytes(0); });
}

Result<qint64> DocumentRepository::versionCount(Reader &reader, const QString &name) const
{
    return reader.number(u"SELECT count(*) FROM document_version WHERE document_name = ?"_s, {name});
}

Result<qint64> DocumentRepository::ownedCount(Reader &reader, const QString &owner) const
{
    return reader.number(u"SELECT count(*) FROM document WHERE owner = ?"_s, {owner});
}

Result<QStringList> DocumentRepository::requiredBy(Reader &reader, const QString &name) const
{
    return reader
        .all(
            u"SELECT DISTINCT document_name FROM document_requirement WHERE required_name = ? AND document_name <> ? ORDER BY document_name"_s,
            {name, name}, [](const Row &row) { return row.text(0); })
        .map([](const QList<QString> &names) { return QStringList(names); });
}

Result<QList<DocumentIdentifier>> DocumentRepository::list(Reader &reader, const DocumentQuery &query) const
{
    Conditions where = conditionsOf(query);
    where.binds.append(query.limit);
    const QString sql
        = u"SELECT d.name, v.created_at, v.display_name, d.owner, v.version_name, v.platform_types, "
          u"v.version, d.document_type, "
          "v.schema_version, v.format, v.target_type, v.required_documents FROM document d "
          "JOIN document_version v ON v.document_name = d.name AND v.version = d.default_version %1 ORDER BY d.name LIMIT ?"_s
              .arg(where.clauses.isEmpty() ? QString() : u"WHERE "_s + where.clauses.join(u" AND "_s));
    auto found = reader.all(sql, where.binds, [](const Row &row) {
        return DocumentIdentifier {.name = row.text(0),
                                   .createdDate = row.instant(1),
                                   .displayName = row.text(2),
                                   .owner = row.text(3),
                                   .versionName = row.text(4),
                                   .platformTypes = platformsOf(row.text(5)),
                                   .documentVersion = QString::number(row.integer(6)),
                                   .documentType = row.text(7),
                                   .schemaVersion = row.text(8),
                                   .documentFormat = row.text(9),
                                   .targetType = row.text(10),
                                   .tags = {},
                                   .requiredDocuments = listOf<DocumentRequires>(row.text(11))};
    });
    if (!found)
        return found;
    if (auto added = addTags(reader, *found); !added)
        return added.error();
    return found;
}

Result<void> DocumentRepository::addTags(Reader &reader, QList<DocumentIdentifier> &documents) const
{
    if (documents.isEmpty())
        return {};
    QHash<QString, qsizetype> places;
    QVariantList names;
    for (qsizetype i = 0; i < documents.size(); ++i) {
        places.insert(documents[i].name, i);
        names.append(documents[i].name);
    }
    return reader
        .each(
            u"SELECT document_name, tag_key, tag_value FROM document_tag WHERE document_name IN (%1) ORDER BY document_name, tag_key"_s
                .arg(marks(names.size())),
            names,
            [&](const Row &row) {
                documents[places.value(row.text(0))].tags.append({row.text(1), row.text(2)});
            })
        .map([](int) {});
}

Result<QList<DocumentVersionInfo>> DocumentRepository::versions(Reader &reader, const QString &name,
                                                                qint64 below, int limit) const
{
    return reader.all(
        u"SELECT v.document_name, v.display_name, v.version, v.version_name, v.created_at, "
        u"d.default_version, v.format, v.status, "
        "v.status_information FROM document_version v JOIN document d ON d.name = v.document_name "
        "WHERE v.document_name = ? AND v.version < ? ORDER BY v.version DESC LIMIT ?"_s,
        {name, below, limit}, [](const Row &row) {
            return DocumentVersionInfo {.name = row.text(0),
                                        .displayName = row.text(1),
                                        .documentVersion = QString::number(row.integer(2)),
                                        .versionName = row.text(3),
                                        .createdDate = row.instant(4),
                                        .isDefaultVersion = row.integer(2) == row.integer(5),
                                        .documentFormat = row.text(6),
                                        .status = row.text(7),
                                        .statusInformation = row.text(8)};
        });
}

Result<bool> DocumentRepository::insertDocument(Transaction &tx, const Head &head, Instant now) const
{
    return tx
        .execute(u"INSERT INTO document (name, owner, document_type, default_version, latest_version, "
                 u"highest_version, changed_at) "
                 "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO NOTHING"_s,
                 {head.name, head.owner, head.documentType, head.defaultVersion, head.latestVersion,
                  head.highestVersion, toSql(now)})
        .map([](qint64 inserted) { return inserted == 1; });
}

Result<void> DocumentRepository::insertVersion(Transaction &tx, const StoredVersion &version,
                                               const QByteArray &content) const
{
    if (auto stored = tx.execute(
            u"INSERT INTO document_content (hash, content) VALUES (?, ?) ON CONFLICT (hash) DO UPDATE SET orphaned_at = NULL"_s,
            {version.hash, content});
        !stored)
        return stored.error();
    const QString searchText
        = (version.name + u'\n' + version.displayName + u'\n' + version.description).toCaseFolded();
    auto inserted = tx.execute(
        u"INSERT INTO document_version (document_name, version, version_name, content_hash, format, "
        u"schema_version, display_name, target_type, "
        "description, parameters, platform_types, required_documents, search_text, status, "
        "status_information, created_at, created_by) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
        {version.name, version.version,
         version.versionName.isEmpty() ? QVariant() : QVariant(version.versionName), version.hash,
         version.format, text(version.schemaVersion), text(version.displayName), text(version.targetType),
         text(version.description), listText(version.parameters), text(version.platformTypes.join(u',')),
         listText(version.requiredDocuments), searchText, version.status, text(version.statusInformation),
         toSql(version.createdAt), text(version.createdBy)});
    if (!inserted)
        return inserted.error();
    for (const DocumentRequires &required : version.requiredDocuments) {
        if (auto linked = tx.execute(
                u"INSERT INTO document_requirement (document_name, version, required_name) VALUES (?, ?, ?) "
                "ON CONFLICT (document_name, version, required_name) DO NOTHING"_s,
                {version.name, version.version, required.name});
            !linked)
            return linked.error();
    }
    return {};
}

Result<void> DocumentRepository::setStatus(Transaction &tx, const StoredVersion &version) const
{
    return tx
        .execute(u"UPDATE document_version SET status = ?, status_information = ? WHERE document_name = ? "
                 "AND version = ?"_s,
                 {version.status, text(version.statusInformation), version.name, version.version})
        .map([](qint64) {});
}

Result<void> DocumentRepository::setVersions(Transaction &tx, const Head &head, Instant now) const
{
    return done(tx.execute(
        u"UPDATE document SET default_version = ?, latest_version = ?, highest_version = ?, changed_at = ? WHERE name = ?"_s,
        {head.defaultVersion, head.latestVersion, head.highestVersion, toSql(now), head.name}));
}

Result<void> DocumentRepository::deleteVersion(Transaction &tx, const QString &name, qint64 number,
                                               Instant now) const
{
    const auto hashes
        = tx.all(u"SELECT content_hash FROM document_version WHERE document_name = ? AND version = ?"_s,
                 {name, number}, [](const Row &row) { return row.text(0); });
    if (!hashes)
        return hashes.error();
    if (auto removed = tx.execute(u"DELETE FROM document_version WHERE document_name = ? AND version = ?"_s,
                                  {name, number});
        !removed)
        return removed.error();
    return orphanContents(tx, QStringList(*hashes), now);
}

Result<void> DocumentRepository::deleteDocument(Transaction &tx, const QString &name, Instant now) const
{
    const auto hashes
        = tx.all(u"SELECT DISTINCT content_hash FROM document_version WHERE document_name = ?"_s, {name},
                 [](const Row &row) { return row.text(0); });
    if (!hashes)
        return hashes.error();
    if (auto removed = tx.execute(u"DELETE FROM document WHERE name = ?"_s, {name});
        !removed) // with its versions and tags
        return removed.error();
    return orphanContents(tx, QStringList(*hashes), now);
}

Result<void> DocumentRepository::orphanContents(Transaction &tx, const QStringList &hashes, Instant now) const
{
    for (const QString &hash : hashes) {
        if (auto marked
            = tx.execute(u"UPDATE document_content SET orphaned_at = ? WHERE hash = ? "
                         "AND NOT EXISTS (SELECT 1 FROM document_version WHERE content_hash = ?)"_s,
                         {toSql(now), hash, hash});
            !marked)
            return marked.error();
    }
    return {};
}

Result<qint64> DocumentRepository::pruneContents(Transaction &tx, Instant before) const
{
    return tx.execute(
        u"DELETE FROM document_content WHERE orphaned_at < ? "
        "AND NOT EXISTS (SELECT 1 FROM document_version WHERE content_hash = document_content.hash)"_s,
        {toSql(before)});
}

Result<QList<DocumentTag>> DocumentRepository::tags(Reader &reader, const QString &name) const
{
    return reader.all(
        u"SELECT tag_key, tag_value FROM document_tag WHERE document_name = ? ORDER BY tag_key"_s, {name},
        [](const Row &row) {
            return DocumentTag {row.text(0), row.text(1)};
        });
}

Result<void> DocumentRepository::putTags(Transaction &tx, const QString &name,
                                         const QList<DocumentTag> &tags) const
{
    QList<QVariantList> rows;
    for (const DocumentTag &tag : tags)
        rows.append({name, tag.key, text(tag.value)});
    return done(tx.insertRows(
        u"document_tag"_s, {u"document_name"_s, u"tag_key"_s, u"tag_value"_s}, rows,
        u"ON CONFLICT (document_name, tag_key) DO UPDATE SET tag_value = excluded.tag_value"_s));
}

Result<qint64> DocumentRepository::removeTags(Transaction &tx, const QString &name,
                                              const QStringList &keys) const
{
    if (keys.isEmpty())
        return 0;
    QVariantList binds {name};
    for (const QString &key : keys)
        binds.append(key);
    return tx.execute(
        u"DELETE FROM document_tag WHERE document_name = ? AND tag_key IN (%1)"_s.arg(marks(keys.size())),
        binds);
}

Result<bool> DocumentRepository::wasBrought(Reader &reader, const QString &name) const
{
    return reader.number(u"SELECT count(*) FROM document_brought WHERE name = ?"_s, {name})
        .map([](qint64 count) { return count > 0; });
}

Result<void> DocumentRepository::setBrought(Transaction &tx, const QString &name, Instant now) const
{
    return done(tx.execute(
        u"INSERT INTO document_brought (name, brought_at) VALUES (?, ?) ON CONFLICT (name) DO NOTHING"_s,
        {name, toSql(now)}));
}

}
