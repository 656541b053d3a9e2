#include "backend/documents/attachment_fetch.h"

#include "backend/base/elsewhere.h"
#include "backend/base/fail.h"
#include "backend/base/on_result.h"
#include "backend/core/text_safety.h"
#include "backend/core/url_text.h"
#include "backend/store/artifact_owners.h"

#include <QCryptographicHash>
#include <QRegularExpression>
#include <QStorageInfo>
#include <QTimer>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr qint64 kPieceBytes = 256 * 1024;
    constexpr int kStoringTries = 120; // a minute
    constexpr qint64 kFreeBytes = 1024LL * 1024 * 1024; // that stay on the engine's disk
    constexpr qint64 kLookEvery = 8LL * 1024 * 1024;
    constexpr std::chrono::milliseconds kStoringPause {500};

    QString shownText(std::string_view text)
    {
        return toQString(withVisibleEscapes(toValidUtf8(text))).left(200);
    }

    bool isAttachmentName(const QString &name)
    {
        static const QRegularExpression whole(u"\\A[a-zA-Z0-9_\\-.]{3,128}\\z"_s);
        return whole.match(name).hasMatch();
    }
}

void StoringTurn::ask(QObject *who, std::function<void()> go)
{
    m_waiting.enqueue({who, std::move(go)});
    if (m_waiting.size() == 1)
        goOn();
}

void StoringTurn::done(QObject *who)
{
    const bool hadIt = !m_waiting.isEmpty() && m_waiting.head().who == who;
    m_waiting.removeIf([who](const Waiting &each) { return each.who == who; });
    if (hadIt && !m_waiting.isEmpty())
        goOn();
}

void StoringTurn::goOn()
{
    const auto go = m_waiting.constFirst().go; // which may take itself out of the row
    go();
}

struct AttachmentFetch::Errand {
    std::shared_ptr<const download::S3Reach> reach;
    download::S3Place place;
    Stop stop;
    std::chrono::milliseconds time {};
    qint64 mostBytes = 0;
    QString folder {}; // for the file meanwhile

    std::function<bool()> isOver() const
    {
        return [stop = stop, end = std::chrono::steady_clock::now() + time] {
            return *stop || std::chrono::steady_clock::now() > end;
        };
    }
};

AttachmentFetch::AttachmentFetch(const Shared &with, const DocumentFetch &what, qsizetype room,
                                 download::S3Reach reach, QObject *parent)
    : QObject(parent),
      m_with(with),
      m_what(what),
      m_room(room),
      m_reach(std::make_shared<const download::S3Reach>(std::move(reach))),
      m_sources(what.sources)
{
}

AttachmentFetch::~AttachmentFetch()
{
    *m_stop = true;
    m_upload.reset();
    m_with.turn.done(this);
}

void AttachmentFetch::begin() { listNext(); }

// ---- On a thread of the pool

Result<QList<AttachmentFetch::RemoteFile>> AttachmentFetch::list(const Errand &errand, const QString &address,
                                                                 qsizetype room)
{
    const auto client = download::HttpClient::open();
    if (!client)
        return client.error();
    std::string prefix = errand.place.key;
    if (!prefix.empty() && !prefix.ends_with('/'))
        prefix += '/';
    const SystemClock clock;
    const download::S3Bucket bucket(**client, *errand.reach, errand.place, clock, errand.isOver());
    QList<RemoteFile> files;
    const auto listed = bucket.list(prefix, [&](const std::string &key) -> Result<void> {
        const QString name = toQString(toValidUtf8(std::string_view(key).substr(prefix.size())));
        if (!isAttachmentName(name))
            return fb::fail(
                errors::kValidation,
                u"%1 cannot be attached: a name has 3 to 128 letters, digits, _ - or ., and no folder."_s.arg(
                    toQString(percentEncoded(key, true)).left(200)));
        if (files.size() >= room)
            return fb::fail(
                errors::kValidation,
                u"it holds too many files; at most %1 belong to one version."_s.arg(kMostAttachments));
        files.append({name, {errand.place.server, errand.place.bucketPath, key}});
        return {};
    });
    if (!listed)
        return listed.error();
    if (files.isEmpty())
        return fb::fail(errors::kResourceNotFound, u"there is no file in %1."_s.arg(address.left(200)));
    return files;
}

Result<AttachmentFetch::LocalFile> AttachmentFetch::fetch(const Errand &errand)
{
    const auto client = download::HttpClient::open();
    if (!client)
        return client.error();
    LocalFile local {.file = std::make_shared<QTemporaryFile>(errand.folder + u"/fetch-XXXXXX"_s)};
    const auto notWritten = [&] {
        return fb::fail(errors::kServiceUnavailable,
                        u"it cannot be kept in %1: %2."_s.arg(errand.folder, local.file->errorString()));
    };
    if (!local.file->open())
        return notWritten();
    QCryptographicHash hash(QCryptographicHash::Sha256);
    qint64 looked = -kLookEvery; // at the disk, when so much had come
    const SystemClock clock;
    const download::S3Bucket bucket(**client, *errand.reach, errand.place, clock, errand.isOver());
    const auto got = bucket.get(errand.place.key, [&](std::string_view bytes) -> Result<void> {
        const auto size = static_cast<qint64>(bytes.size());
        local.size += size;
        if (local.size > errand.mostBytes)
            return fb::fail(errors::kValidation,
                            u"it has more than %1 bytes, the most of an attachment."_s.arg(errand.mostBytes));
        if (local.size > looked + kLookEvery) {
            looked = local.size;
            if (QStorageInfo(errand.folder).bytesAvailable() < kFreeBytes)
                return fb::fail(
                    errors::kServiceUnavailable,
                    u"less than %1 MiB are free in %2."_s.arg(kFreeBytes >> 20).arg(errand.folder));
        }
        hash.addData(QByteArrayView(bytes.data(), size));
        return local.file->write(bytes.data(), size) == size ? Result<void>() : Result<void>(notWritten());
    });
    if (!got)
        return got.error();
    if (!local.file->flush() || !local.file->seek(0))
        return notWritten();
    local.sha256 = QString::fromLatin1(hash.result().toHex());
    return local;
}

// ---- On the engine's

void AttachmentFetch::listNext()
{
    while (!m_sources.isEmpty()) {
        const AttachmentsSource source = m_sources.takeFirst();
        const QString address = source.values.value(0);
        const auto place = download::s3Place(toStd(address), *m_reach);
        if (!place)
            return fail(source.name.isEmpty() ? address : source.name, place.error());
        if (source.key != u"SourceUrl"_s) {
            m_files.append({source.name, *place});
            continue;
        }
        const Errand errand {
            .reach = m_reach, .place = *place, .stop = m_stop, .time = m_with.limits.listingTime};
        const auto listing = elsewhere<QList<RemoteFile>>(
            [errand, address, room = m_room] { return list(errand, address, room); }, &m_with.pool);
        onResult(listing, this, [this, address](const Result<QList<RemoteFile>> &files) {
            if (!files)
                return fail(address, files.error());
            m_files += *files;
            listNext();
        });
        return;
    }
    if (m_files.size() > m_room)
        return fail(
            u"Attachments"_s,
            qtError(errors::kValidation,
                    u"the sources hold %1 files; at most %2 belong to one version."_s.arg(m_files.size())
                        .arg(kMostAttachments)));
    fetchNext();
}

void AttachmentFetch::fetchNext()
{
    if (m_files.isEmpty())
        return end(m_done);
    const Errand errand {.reach = m_reach,
                         .place = m_files.constFirst().place,
                         .stop = m_stop,
                         .time = m_with.limits.fileTime,
                         .mostBytes = m_with.limits.fileBytes,
                         .folder = m_with.database.dataDir()};
    onResult(elsewhere<LocalFile>([errand] { return fetch(errand); }, &m_with.pool), this,
             [this](const Result<LocalFile> &local) {
                 if (!local)
                     return fail(m_files.constFirst().name, local.error());
                 m_local = *local;
                 m_tries = 0;
                 m_with.turn.ask(this, [this] { store(); });
             });
}

void AttachmentFetch::store()
{
    m_upload = std::make_unique<ArtifactUpload>(m_with.artifacts, m_with.database,
                                                documentFileArtifact(m_local.sha256), m_local.size);
    connect(m_upload.get(), &ArtifactUpload::taken, this, [this](qint64 bytes) {
        if (bytes < m_local.size)
            readPiece();
    });
    connect(m_upload.get(), &ArtifactUpload::sealed, this, [this](const Result<ArtifactInfo> &outcome) {
        if (outcome)
            stored();
        else
            storingFailed(outcome.error());
    });
    const auto isThere = m_upload->begin();
    if (!isThere)
        storingFailed(isThere.error());
    else if (*isThere)
        stored();
}

// Not on the pool of the downloads, which may all wait for their servers.
void AttachmentFetch::readPiece()
{
    const auto read = elsewhere<QByteArray>([file = m_local.file]() -> Result<QByteArray> {
        const QByteArray piece = file->read(kPieceBytes);
        if (piece.isEmpty())
            return fb::fail(errors::kServiceUnavailable,
                            u"what was fetched cannot be read again: %1."_s.arg(file->errorString()));
        return piece;
    });
    onResult(read, m_upload.get(), [this](const Result<QByteArray> &piece) {
        if (!piece)
            return storingFailed(piece.error());
        if (auto taken = m_upload->take(*piece); !taken)
            storingFailed(taken.error());
    });
}

// A store that is busy, or another upload of the same bytes that came in between, is over soon.
void AttachmentFetch::storingFailed(const Error &why)
{
    if (ArtifactUpload *upload = m_upload.release())
        upload->deleteLater();
    if (++m_tries >= kStoringTries || !m_local.file->seek(0))
        return fail(m_files.constFirst().name, why);
    QTimer::singleShot(kStoringPause, this, &AttachmentFetch::store);
}

// It is nobody's until the version is Active.
void AttachmentFetch::stored()
{
    m_upload.release()->deleteLater();
    const auto kept = m_with.database.write([this](Transaction &tx) -> Result<void> {
        if (auto filed = m_rows.putFile(tx, m_local.sha256, m_local.size, m_with.clock.now()); !filed)
            return filed;
        return m_rows.markOrphans(tx, m_with.clock.now());
    });
    if (!kept)
        return storingFailed(kept.error());
    m_done.append({.name = m_files.constFirst().name, .size = m_local.size, .hash = m_local.sha256});
    m_local = {};
    m_with.turn.done(this);
    m_files.removeFirst();
    fetchNext();
}

void AttachmentFetch::fail(const QString &what, const Error &why)
{
    end(Result<QList<AttachmentContent>>(
        qtError(why.code, u"%1: %2"_s.arg(shownText(toStd(what)), toQString(why.message)))));
}

void AttachmentFetch::end(const Result<QList<AttachmentContent>> &files)
{
    m_local = {};
    m_with.turn.done(this);
    emit ended(files);
}

}
