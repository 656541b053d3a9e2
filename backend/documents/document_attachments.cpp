#include "backend/documents/document_attachments.h"

#include "backend/base/fail.h"
#include "backend/base/field_table.h"
#include "backend/core/text_safety.h"
#include "backend/security/actions.h"
#include "backend/security/audit_log.h"
#include "backend/store/artifact_owners.h"

#include <algorithm>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    const QString kScheme = u"artifact://"_s;

    // files.<name>.checksums.sha256 of the content; empty: none is given.
    QString checksumOf(const Tree &document, const QString &name)
    {
        const Tree *at = document.isMap() ? document.find("files") : nullptr;
        for (const std::string &key : {toStd(name), std::string("checksums"), std::string("sha256")})
            at = at && at->isMap() ? at->find(key) : nullptr;
        return at && at->isScalar() ? toQString(at->text()).toLower() : QString();
    }

    QString artifactTarget(const QString &folder, const QString &name)
    {
        return kScheme + folder.left(128) + u'/' + name.left(128);
    }

    QString namedTwice(QStringList names) // one that is; empty: none
    {
        names.sort();
        const auto twice = std::adjacent_find(names.begin(), names.end());
        return twice == names.end() ? QString() : *twice;
    }

    tl::unexpected<Error> noStore()
    {
        return fail(errors::kValidation, u"This store keeps no attachments; leave them out."_s,
                    u"Attachments"_s);
    }
}

Result<void> DocumentAttachments::allowed(const Principal &who, Action action, const QString &target) const
{
    auto may = m_with.access.check(who, action);
    if (may)
        return may;
    auto recorded = m_with.audit.record({.who = who,
                                         .action = toQString(action.name()),
                                         .target = target,
                                         .result = toQString(may.error().code.name())});
    return recorded ? may : Result<void>(recorded.error());
}

// ---- Sources

Result<DocumentAttachments::Found> DocumentAttachments::find(Reader &reader, const Principal &who,
                                                             const QList<AttachmentsSource> &sources,
                                                             const Tree &document) const
{
    Found found;
    if (!sources.isEmpty() && !m_with.artifacts)
        return noStore();
    for (qsizetype i = 0; i < sources.size(); ++i) {
        if (auto added = addSource(reader, who, sources[i], i, found); !added)
            return added.error();
    }
    const qsizetype count = found.files.size() + found.pending.size();
    if (count > kMostAttachments)
        return fail(errors::kValidation,
                    u"Attachments name %1 files; at most %2 belong to one version."_s.arg(count).arg(
                        kMostAttachments),
                    u"Attachments"_s);
    std::sort(found.files.begin(), found.files.end(),
              [](const AttachmentContent &a, const AttachmentContent &b) { return a.name < b.name; });
    QStringList names;
    for (const AttachmentContent &file : found.files)
        names.append(file.name);
    for (const AttachmentsSource &source : found.pending) {
        if (!source.name.isEmpty())
            names.append(source.name);
    }
    if (const QString twice = namedTwice(names); !twice.isEmpty())
        return fail(errors::kValidation,
                    u"Attachments name the file %1 twice; each name is given once."_s.arg(twice),
                    u"Attachments"_s);
    if (found.failure.isEmpty())
        found.failure = faultOf(found.files, document);
    if (!found.failure.isEmpty())
        found.pending.clear(); // it is Failed whatever they hold
    return found;
}

QString DocumentAttachments::faultOf(QList<AttachmentContent> files, const Tree &document)
{
    QStringList names;
    for (const AttachmentContent &file : files)
        names.append(file.name);
    if (const QString twice = namedTwice(names); !twice.isEmpty())
        return u"%1: two sources hold a file of this name."_s.arg(twice);
    std::sort(files.begin(), files.end(), [](const auto &a, const auto &b) { return a.name < b.name; });
    for (const AttachmentContent &file : files) {
        const QString wanted = checksumOf(document, file.name);
        if (!wanted.isEmpty() && wanted != file.hash)
            return u"%1: its SHA-256 is %2, the content's files.%1.checksums.sha256 is %3."_s.arg(
                file.name, file.hash, wanted.left(64));
    }
    return {};
}

Result<download::S3Reach> DocumentAttachments::s3Reach() const
{
    return m_reach ? m_reach()
                   : Result<download::S3Reach>(download::S3Reach {.endpointSetting = "the fleet"});
}

Result<void> DocumentAttachments::addSource(Reader &reader, const Principal &who,
                                            const AttachmentsSource &source, qsizetype index,
                                            Found &found) const
{
    const QString field = u"Attachments[%1]"_s.arg(index);
    const QString value = source.values.value(0);
    const bool isFolder = source.key == u"SourceUrl"_s;
    if (source.key == u"AttachmentReference"_s)
        return addReference(reader, who, value, source.name, field + u".Values[0]"_s, found);
    if (value.contains(u"://"_s) && !value.startsWith(kScheme))
        return addRemote(source, field, found);
    const QStringList parts = value.mid(kScheme.size()).split(u'/');
    if (!value.startsWith(kScheme) || parts.value(0).isEmpty() || parts.size() != (isFolder ? 1 : 2)
        || (!isFolder && parts[1].isEmpty()))
        return fail(errors::kValidation,
                    u"%1.Values[0] is %2; for %3 it must be %4."_s.arg(
                        field, value.left(200), source.key,
                        isFolder ? u"artifact://folder"_s : u"artifact://folder/file"_s),
                    field + u".Values[0]"_s);
    if (!isFolder && source.name.isEmpty())
        return fail(errors::kValidation, u"%1.Name is missing; %2 needs it."_s.arg(field, source.key),
                    field + u".Name"_s);
    if (isFolder) {
        const auto entries = m_rows.entries(reader, parts[0]);
        if (!entries)
            return entries.error();
        if (entries->isEmpty() && found.failure.isEmpty())
            found.failure = u"%1: there is no such folder in the artifact store."_s.arg(value);
        for (const ArtifactEntry &entry : *entries)
            found.files.append({.name = entry.name, .size = entry.size, .hash = entry.sha256});
        return {};
    }
    const auto entry = m_rows.entry(reader, parts[0], parts[1]);
    if (!entry)
        return entry.error();
    if (*entry)
        found.files.append({.name = source.name, .size = (*entry)->size, .hash = (*entry)->sha256});
    else if (found.failure.isEmpty())
        found.failure = u"%1: %2 is not in the artifact store."_s.arg(source.name, value);
    return {};
}

Result<void> DocumentAttachments::addRemote(const AttachmentsSource &source, const QString &field,
                                            Found &found) const
{
    const auto wrong = [&](const QString &why) {
        return fail(errors::kValidation, u"%1.Values[0]: %2"_s.arg(field, why), field + u".Values[0]"_s);
    };
    const bool isFolder = source.key == u"SourceUrl"_s;
    if (hasControlOrBidi(toStd(source.values.value(0))))
        return wrong(u"it holds a control character."_s);
    const auto reach = s3Reach();
    if (!reach)
        return reach.error();
    const auto place = download::s3Place(toStd(source.values.value(0)), *reach);
    if (!place)
        return wrong(toQString(place.error().message));
    if (!isFolder && source.name.isEmpty())
        return fail(errors::kValidation, u"%1.Name is missing; %2 needs it."_s.arg(field, source.key),
                    field + u".Name"_s);
    if (!isFolder && (place->key.empty() || place->key.ends_with('/')))
        return wrong(u"%1 names a folder; S3FileUrl takes one file, SourceUrl a folder."_s.arg(
            source.values.value(0).left(200)));
    found.pending.append(source);
    return {};
}

// Document/version/file, or the document's ARN in its place.
Result<void> DocumentAttachments::addReference(Reader &reader, const Principal &who, const QString &reference,
                                               const QString &name, const QString &field, Found &found) const
{
    const QString file = reference.section(u'/', -1);
    const QString version = reference.section(u'/', -2, -2);
    const QString document = reference.section(u'/', 0, -3);
    if (document.isEmpty() || version.isEmpty() || file.isEmpty())
        return fail(
            errors::kValidation,
            u"%1 is %2; an AttachmentReference is Document/version/file, as in Setup/3/app.tar."_s.arg(
                field, reference.left(200)),
            field);
    const auto plain = m_lookup.nameOf(document);
    if (!plain)
        return plain.error();
    if (auto may = m_with.access.check(who, actions::kGetDocument, {.documents = {*plain}}); !may)
        return may;
    const auto versionFound = m_lookup.version(reader, {.name = *plain, .documentVersion = version});
    const auto files = versionFound ? m_rows.of(reader, versionFound->name, versionFound->version)
                                    : Result<QList<AttachmentContent>>(QList<AttachmentContent>());
    if (!files)
        return files.error();
    for (const AttachmentContent &each : *files) {
        if (each.name == file) {
            found.files.append(each);
            found.files.last().name = name.isEmpty() ? file : name;
            return {};
        }
    }
    if (found.failure.isEmpty())
        found.failure
            = u"%1: there is no attachment %2."_s.arg(name.isEmpty() ? file : name, reference.left(200));
    return {};
}

Result<void> DocumentAttachments::store(Transaction &tx, const QString &document, qint64 version,
                                        const Found &found)
{
    return found.failure.isEmpty() ? m_rows.insert(tx, document, version, found.files) : Result<void>();
}

Result<void> DocumentAttachments::versionsGone(Transaction &tx)
{
    return m_rows.markOrphans(tx, m_with.clock.now());
}

Result<qint64> DocumentAttachments::prune(Instant before)
{
    constexpr int kMost = 1000;
    if (!m_with.artifacts)
        return 0;
    return m_with.database.write([&](Transaction &tx) -> Result<qint64> {
        const auto hashes = m_rows.orphans(tx, before, kMost);
        if (!hashes)
            return hashes.error();
        for (const QString &hash : *hashes) {
            const auto artifact = m_with.artifacts->find(tx, documentFileArtifact(hash));
            if (!artifact)
                return artifact.error();
            if (*artifact) {
                if (auto gone = m_with.artifacts->remove(tx, (*artifact)->id); !gone)
                    return gone.error();
            }
            if (auto gone = m_rows.removeFile(tx, hash); !gone)
                return gone.error();
        }
        return hashes->size();
    });
}

// ---- The artifact store's named files

Result<void> DocumentAttachments::checkArtifact(const Principal &who, const ArtifactEntry &entry)
{
    if (auto may = allowed(who, actions::kPutArtifact, artifactTarget(entry.folder, entry.name)); !may)
        return may;
    if (!m_with.artifacts)
        return noStore();
    return validate(entry);
}

ArtifactUpload *DocumentAttachments::upload(const ArtifactEntry &entry, QObject *owner) const
{
    return new ArtifactUpload(*m_with.artifacts, m_with.database, documentFileArtifact(entry.sha256),
                              entry.size, owner);
}

Result<ArtifactEntry> DocumentAttachments::putArtifact(const Principal &who, ArtifactEntry entry)
{
    if (auto sound = checkArtifact(who, entry); !sound)
        return sound.error();
    const auto artifact
        = m_with.artifacts->find(m_with.database.reader(), documentFileArtifact(entry.sha256));
    if (!artifact)
        return artifact.error();
    if (!*artifact || !(*artifact)->sealed || (*artifact)->sha256 != entry.sha256
        || (*artifact)->durableLength != entry.size)
        return fail(errors::kValidation, u"The bytes that came are not those of Sha256 and Size."_s,
                    u"Sha256"_s);
    entry.addedDate = m_with.clock.now();
    entry.addedBy = who.name;
    auto put = m_with.database.write([&](Transaction &tx) -> Result<void> {
        if (auto stored = m_rows.putEntry(tx, entry); !stored)
            return stored;
        m_with.audit.append(tx,
                            {.who = who,
                             .action = toQString(actions::kPutArtifact.name()),
                             .target = artifactTarget(entry.folder, entry.name),
                             .diff = {{u"Sha256"_s, entry.sha256}, {u"Size"_s, entry.size}}});
        return m_rows.markOrphans(tx, entry.addedDate); // what it replaced
    });
    if (!put)
        return put.error();
    return entry;
}

Result<QList<ArtifactEntry>> DocumentAttachments::artifacts(const Principal &who, const QString &folder) const
{
    if (auto may = m_with.access.check(who, actions::kListArtifacts); !may)
        return may.error();
    return m_rows.entries(m_with.database.reader(), folder);
}

Result<void> DocumentAttachments::removeArtifact(const Principal &who, const QString &folder,
                                                 const QString &name)
{
    const QString target = artifactTarget(folder, name);
    if (auto may = allowed(who, actions::kRemoveArtifact, target); !may)
        return may;
    return m_with.database.write([&](Transaction &tx) -> Result<void> {
        const auto entry = m_rows.entry(tx, folder, name);
        if (!entry)
            return entry.error();
        if (!*entry)
            return fail(errors::kResourceNotFound, u"%1 is not in the artifact store."_s.arg(target),
                        u"Name"_s);
        if (auto removed = m_rows.removeEntry(tx, folder, name); !removed)
            return removed;
        m_with.audit.append(tx,
                            {.who = who,
                             .action = toQString(actions::kRemoveArtifact.name()),
                             .target = target,
                             .diff = {{u"Sha256"_s, (*entry)->sha256}}});
        return m_rows.markOrphans(tx, m_with.clock.now());
    });
}

}
