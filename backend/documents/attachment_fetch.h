#pragma once
// The files of one version that lie on an S3-compatible server: listed, downloaded, kept by their hash, one after the other. What waits for the
// network or a disk does so on a pool's thread. Used by PendingAttachments. Engine thread.

#include "backend/documents/attachment_repository.h"
#include "backend/documents/document_fetch_repository.h"
#include "backend/download/s3_bucket.h"
#include "backend/store/artifact_upload.h"
#include "backend/store/database.h"

#include <QObject>
#include <QQueue>
#include <QTemporaryFile>
#include <QThreadPool>

#include <atomic>

namespace fb {

struct AttachmentFetchLimits {
    qint64 fileBytes = kMostAttachmentBytes;
    std::chrono::milliseconds fileTime = std::chrono::hours(1);
    std::chrono::milliseconds listingTime = std::chrono::minutes(5);
    std::chrono::milliseconds settleAgain = std::chrono::seconds(30); // when the store did not keep the end
};

// One at a time: two that store the same bytes would take them from each other.
class StoringTurn
{
public:
    void ask(QObject *who, std::function<void()> go);
    void done(QObject *who); // or it wants it no more
    void close() { m_waiting.clear(); } // before those who wait are deleted

private:
    struct Waiting {
        QObject *who;
        std::function<void()> go;
    };
    void goOn();

    QQueue<Waiting> m_waiting; // the first one has it
};

class AttachmentFetch : public QObject
{
    Q_OBJECT

public:
    struct Shared { // by all fetches; borrowed for life
        Database &database;
        ArtifactStore &artifacts;
        const Clock &clock;
        QThreadPool &pool;
        StoringTurn &turn;
        const AttachmentFetchLimits &limits;
    };

    // `room`: how many files the version takes yet.
    AttachmentFetch(const Shared &with, const DocumentFetch &what, qsizetype room, download::S3Reach reach,
                    QObject *parent);
    ~AttachmentFetch() override; // what is under way ends within a second

    const DocumentFetch &what() const { return m_what; }
    void begin();

signals:
    // The last. An error's message names the file or the folder.
    void ended(const fb::Result<QList<fb::AttachmentContent>> &files);

private:
    struct RemoteFile {
        QString name;
        download::S3Place place; // its key is the object's
    };
    struct LocalFile {
        std::shared_ptr<QTemporaryFile> file; // has no name, so that nothing is left of it, however this ends
        qint64 size = 0;
        QString sha256;
    };
    using Stop = std::shared_ptr<std::atomic<bool>>;
    struct Errand; // what a thread of the pool takes along

    static Result<QList<RemoteFile>> list(const Errand &errand, const QString &address, qsizetype room);
    static Result<LocalFile> fetch(const Errand &errand);

    void listNext();
    void fetchNext();
    void store();
    void readPiece();
    void storingFailed(const Error &why);
    void stored();
    void end(const Result<QList<AttachmentContent>> &files);
    void fail(const QString &what, const Error &why);

    Shared m_with;
    DocumentFetch m_what;
    qsizetype m_room;
    std::shared_ptr<const download::S3Reach> m_reach;
    Stop m_stop = std::make_shared<std::atomic<bool>>(false);
    AttachmentRepository m_rows;
    QList<AttachmentsSource> m_sources; // not looked at yet
    QList<RemoteFile> m_files; // not fetched yet
    LocalFile m_local; // being stored
    std::unique_ptr<ArtifactUpload> m_upload;
    int m_tries = 0;
    QList<AttachmentContent> m_done;
};

}
