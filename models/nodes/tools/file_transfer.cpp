#include "models/nodes/tools/file_transfer.h"

#include "backend/base/elsewhere.h"
#include "backend/base/qt_text.h"
#include "backend/core/byte_encoding.h"
#include "models/nodes/tools/file_row.h"

#include <QFile>
#include <QFileInfo>

#include <cstdio>

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    constexpr qint64 kChunk = 1024 * 1024;
    constexpr int kAtOnce = 4; // chunks on their way
    constexpr std::chrono::seconds kRetryAfter {2};
    constexpr std::chrono::hours kGoesOn {24}; // then the node's part is too old

    // Told in this machine's own words: the code is none of the engine's.
    constexpr ErrorCode kLocalFile {"LocalFile"};

    Error localError(const QString &path, const QString &why)
    {
        return makeError(kLocalFile, toStd(u"%1: %2"_s.arg(path, why)));
    }

    // A pipe would wait for its writer, and a device may have no end.
    Result<void> opened(QFile &file)
    {
        if (const QFileInfo info(file.fileName()); info.exists() && !info.isFile())
            return localError(file.fileName(), FileTransfer::tr("it is not a file with content"));
        if (!file.open(QIODevice::ReadOnly))
            return localError(file.fileName(), file.errorString());
        return {};
    }

    Result<QByteArray> digestOf(const QString &path)
    {
        QFile file(path);
        if (auto open = opened(file); !open)
            return open.error();
        Sha256 digest;
        for (;;) {
            const QByteArray bytes = file.read(kChunk);
            if (bytes.isEmpty())
                break;
            digest.add(viewOf(bytes));
        }
        if (file.error() != QFileDevice::NoError)
            return localError(path, file.errorString());
        return toBytes(digest.finish());
    }

    Result<std::string> chunkOf(const QString &path, qint64 offset)
    {
        QFile file(path);
        if (auto open = opened(file); !open)
            return open.error();
        if (!file.seek(offset))
            return localError(path, file.errorString());
        std::string bytes(kChunk, '\0');
        const qint64 got = file.read(bytes.data(), kChunk);
        if (got < 0)
            return localError(path, file.errorString());
        bytes.resize(static_cast<size_t>(got));
        return bytes;
    }

    Result<QByteArray> written(const QString &path, qint64 offset, const std::string &bytes)
    {
        QFile file(path);
        if (!file.open(QIODevice::ReadWrite) || !file.resize(offset) || !file.seek(offset)
            || file.write(bytes.data(), std::ssize(bytes)) != std::ssize(bytes) || !file.flush())
            return localError(path, file.errorString());
        return QByteArray();
    }
}

FileTransfer::FileTransfer(EngineThread &engine, quint64 id, const Wish &wish, QObject *parent)
    : QObject(parent),
      m_wish(wish),
      m_link(engine, u"transfer"_s,
             wish.isUpload ? protocol::StreamKind::FilePut : protocol::StreamKind::FileGet)
{
    m_state.id = id;
    m_state.nodeId = wish.nodeId;
    m_state.isUpload = wish.isUpload;
    m_state.name = filePath::shown(filePath::name(wish.remote));
    m_retry.setSingleShot(true);
    m_retry.setInterval(kRetryAfter);
    m_retry.callOnTimeout(this, &FileTransfer::begin);
}

FileTransfer::~FileTransfer() { m_link.close(m_wish.nodeId); }

void FileTransfer::start()
{
    m_age.start();
    if (m_wish.isUpload)
        return makeDigest();
    begin();
}

void FileTransfer::cancel()
{
    if (m_state.isEnded())
        return;
    m_retry.stop();
    m_link.close(m_wish.nodeId);
    if (!m_wish.isUpload)
        QFile::remove(partPath());
    setPhase(TransferState::Phase::Cancelled);
}

void FileTransfer::setPhase(TransferState::Phase phase, const ShownError &problem)
{
    m_state.phase = phase;
    m_state.problem = problem;
    emit changed();
}

void FileTransfer::fail(const ShownError &problem)
{
    m_link.close(m_wish.nodeId);
    setPhase(TransferState::Phase::Failed, problem);
}

bool FileTransfer::failed(const ToolReply &reply)
{
    if (m_state.isEnded())
        return true;
    if (reply)
        return false;
    const ErrorCode code = reply.error().code;
    const bool comesBack = code == errors::kTargetNotConnected || code == errors::kServiceUnavailable
        || code == errors::kThrottling;
    if (comesBack && std::chrono::milliseconds(m_age.elapsed()) < kGoesOn) {
        setPhase(TransferState::Phase::Waiting, shownErrorOf(reply.error()));
        m_retry.start();
    } else {
        fail(shownErrorOf(reply.error()));
    }
    return true;
}

void FileTransfer::makeDigest()
{
    m_state.total = QFileInfo(m_wish.local).size();
    setPhase(TransferState::Phase::Reading);
    onResult(elsewhere<QByteArray>([path = m_wish.local] { return digestOf(path); }), this,
             [this](const Result<QByteArray> &digest) {
                 if (m_state.isEnded())
                     return;
                 if (!digest)
                     return fail(shownErrorOf(digest.error()));
                 m_digest = *digest;
                 begin();
             });
}

void FileTransfer::begin()
{
    wire::ToolRequest request;
    if (m_wish.isUpload) {
        wire::FilePutRequest &put = *request.mutable_file_put();
        put.set_path(m_wish.remote.toStdString());
        put.set_size(static_cast<uint64_t>(m_state.total));
        put.set_sha256(m_digest.toStdString());
        put.set_replace(m_wish.replace);
        put.set_ended(m_endSent);
    } else {
        request.mutable_file_get()->set_path(m_wish.remote.toStdString());
    }
    m_link.ask(m_wish.nodeId, request, this, [this](const ToolReply &reply) {
        if (failed(reply))
            return;
        if (m_wish.isUpload) {
            const wire::FilePutState &put = (*reply)->file_put_state();
            m_state.done = static_cast<qint64>(put.offset());
            if (put.complete())
                return endUpload();
            m_endSent = false; // what was sent before has ended otherwise
            return run();
        }
        const wire::FileGetState &told = (*reply)->file_get_state();
        const auto total = static_cast<qint64>(std::min<uint64_t>(told.size(), uint64_t(1) << 50));
        if (total != m_state.total || told.modified_us() != m_modified)
            m_state.done = 0; // another file than the one that was begun
        m_state.total = total;
        m_modified = told.modified_us();
        run();
    });
}

void FileTransfer::run()
{
    ++m_run;
    m_asked = m_state.done;
    m_unanswered = 0;
    m_arrived.clear();
    setPhase(TransferState::Phase::Running);
    goOn();
}

void FileTransfer::goOn()
{
    if (m_state.phase != TransferState::Phase::Running)
        return;
    if (m_wish.isUpload)
        return sendNext();
    keepNext();
    readNext();
}

// ---- Up ------------------------------------------------------------------------------------------------------------

void FileTransfer::sendNext()
{
    if (m_state.done >= m_state.total && m_unanswered == 0 && !m_endSent)
        return finishUpload();
    if (m_isOnDisk || m_unanswered >= kAtOnce || m_asked >= m_state.total)
        return;
    m_isOnDisk = true;
    onResult(
        elsewhere<std::string>([path = m_wish.local, offset = m_asked] { return chunkOf(path, offset); }),
        this, [this, run = m_run](const Result<std::string> &bytes) {
            m_isOnDisk = false;
            if (!isRun(run))
                return goOn();
            if (!bytes || bytes->empty())
                return fail(shownErrorOf(bytes ? localError(m_wish.local, tr("it became shorter meanwhile"))
                                               : bytes.error()));
            send(*bytes);
            sendNext();
        });
}

void FileTransfer::send(std::string bytes)
{
    wire::ToolRequest request;
    request.mutable_file_chunk()->set_offset(static_cast<uint64_t>(m_asked));
    m_asked += std::ssize(bytes);
    request.mutable_file_chunk()->set_bytes(std::move(bytes));
    ++m_unanswered;
    m_link.ask(
        m_wish.nodeId, std::move(request), this, [this, run = m_run, end = m_asked](const ToolReply &reply) {
            if (!isRun(run) || failed(reply))
                return;
            --m_unanswered;
            if ((*reply)->file_put_state().offset() != static_cast<uint64_t>(end))
                return fail(shownErrorOf(makeError(errors::kConflict, "The node took less than was sent.")));
            m_state.done = std::max(m_state.done, end);
            emit changed();
            sendNext();
        });
}

void FileTransfer::finishUpload()
{
    wire::ToolRequest request;
    request.mutable_file_put_end();
    m_endSent = true;
    m_link.ask(m_wish.nodeId, request, this, [this](const ToolReply &reply) {
        if (!failed(reply))
            endUpload();
    });
}

void FileTransfer::endUpload()
{
    m_link.close(m_wish.nodeId);
    setPhase(TransferState::Phase::Done);
}

// ---- Down ----------------------------------------------------------------------------------------------------------

void FileTransfer::readNext()
{
    if (m_state.done >= m_state.total)
        return m_isOnDisk ? void() : finishDownload();
    while (m_asked < m_state.total && m_unanswered + m_arrived.size() < kAtOnce) {
        const qint64 offset = m_asked;
        const qint64 size = std::min(kChunk, m_state.total - offset);
        wire::ToolRequest request;
        request.mutable_file_read()->set_offset(static_cast<uint64_t>(offset));
        request.mutable_file_read()->set_bytes(static_cast<uint32_t>(size));
        m_asked += size;
        ++m_unanswered;
        m_link.ask(m_wish.nodeId, std::move(request), this,
                   [this, run = m_run, offset, size](const ToolReply &reply) {
                       if (!isRun(run) || failed(reply))
                           return;
                       --m_unanswered;
                       const wire::FileChunk &chunk = (*reply)->file_chunk();
                       if (chunk.offset() != static_cast<uint64_t>(offset)
                           || chunk.bytes().size() != static_cast<size_t>(size))
                           return fail(shownErrorOf(
                               makeError(errors::kConflict, "The file on the node became shorter.")));
                       m_arrived.insert(offset, *reply);
                       keepNext();
                   });
    }
}

void FileTransfer::keepNext()
{
    const auto next = m_arrived.constFind(m_state.done);
    if (m_isOnDisk || next == m_arrived.constEnd())
        return;
    m_isOnDisk = true;
    onResult(elsewhere<QByteArray>([path = partPath(), offset = next.key(), answer = next.value()] {
                 return written(path, offset, answer->file_chunk().bytes());
             }),
             this, [this, run = m_run](const Result<QByteArray> &done) {
                 m_isOnDisk = false;
                 if (!isRun(run))
                     return goOn();
                 if (!done)
                     return fail(shownErrorOf(done.error()));
                 m_state.done += std::ssize(m_arrived.take(m_state.done)->file_chunk().bytes());
                 emit changed();
                 goOn();
             });
}

void FileTransfer::finishDownload()
{
    if (m_state.total == 0) { // whatever an earlier try has left there
        QFile empty(partPath());
        if (!empty.open(QIODevice::WriteOnly | QIODevice::Truncate))
            return fail(shownErrorOf(localError(partPath(), empty.errorString())));
    }
    // In the place of what is there, which the person has said where it was chosen: in one step, or not at all.
    if (std::rename(QFile::encodeName(partPath()).constData(), QFile::encodeName(m_wish.local).constData())
        != 0)
        return fail(shownErrorOf(localError(m_wish.local, tr("it cannot be written"))));
    m_link.close(m_wish.nodeId);
    setPhase(TransferState::Phase::Done);
}

}
