#include "agent/tools/transfer_tool.h"

#include "agent/tools/file_changes.h"
#include "agent/tools/file_owner.h"
#include "agent/tools/part_file.h"
#include "backend/protocol/tool_messages.h"

#include <fmt/format.h>
#include <sys/statvfs.h>

#include <algorithm>
#include <cerrno>
#include <ctime>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

namespace fb::agent {

namespace {

    constexpr uint64_t kSpare = 64ULL * 1024 * 1024; // that stays free on the node
    constexpr std::chrono::seconds kSyncTime {20 * 60};
    constexpr uint64_t kFlushBytes
        = 8ULL * 1024 * 1024; // are begun to be written, for the end not to wait for all of them
    constexpr std::chrono::hours kTransferPartLives {24};

    int addTo(Sha256 &sum, int fd, uint64_t size)
    {
        std::string chunk(1024 * 1024, '\0');
        for (uint64_t at = 0; at < size;) {
            const ssize_t got = ::pread(fd, chunk.data(), std::min<uint64_t>(chunk.size(), size - at),
                                        static_cast<off_t>(at));
            if (got < 0)
                return errno;
            if (got == 0)
                return EIO; // shorter than it was
            sum.add({chunk.data(), static_cast<size_t>(got)});
            at += static_cast<uint64_t>(got);
            ::alarm(static_cast<unsigned>(kRequestTime.count())); // it goes on: a large file takes its time
        }
        return 0;
    }

    int writeAt(int fd, std::string_view bytes, uint64_t offset)
    {
        while (!bytes.empty()) {
            const ssize_t written = ::pwrite(fd, bytes.data(), bytes.size(), static_cast<off_t>(offset));
            if (written < 0 && errno == EINTR)
                continue;
            if (written < 0)
                return errno;
            bytes.remove_prefix(static_cast<size_t>(written));
            offset += static_cast<uint64_t>(written);
        }
        return 0;
    }

    // Whether what stands there is the very file of an upload.
    bool standsThere(const FilePlace &place, const wire::FilePutRequest &request)
    {
        const UniqueFd file(
            ::openat(place.folder.get(), place.name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
        struct stat status {
        };
        Sha256 digest;
        return file && ::fstat(file.get(), &status) == 0 && S_ISREG(status.st_mode)
            && static_cast<uint64_t>(status.st_size) == request.size()
            && addTo(digest, file.get(), request.size()) == 0 && digest.finish() == request.sha256();
    }

    // One upload at a time writes a part, and only one that is ours: what another user made could still be written by him.
    Result<UniqueFd> openPart(const FilePlace &place, const std::string &part,
                              std::chrono::milliseconds patience)
    {
        const auto inTheWay = [&part] {
            return makeError(protocol::kRefusedByNode, fmt::format("{} is in the way of the upload.", part));
        };
        for (int tries = 0; tries < 3; ++tries) {
            UniqueFd file(::openat(place.folder.get(), part.c_str(),
                                   O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0600));
            struct stat status {
            };
            struct stat named {
            };
            if (!file || ::fstat(file.get(), &status) != 0)
                return nodeError("write", joined(place.path, part), errno);
            if (!S_ISREG(status.st_mode) || status.st_nlink != 1)
                return inTheWay();
            if (status.st_uid != ::geteuid() || (status.st_mode & 077) != 0) {
                if (::unlinkat(place.folder.get(), part.c_str(), 0) != 0 && errno != ENOENT)
                    return inTheWay();
                continue;
            }
            constexpr auto kStep = std::chrono::milliseconds(50);
            while (::flock(file.get(), LOCK_EX | LOCK_NB) != 0) {
                if (patience <= std::chrono::milliseconds(0))
                    return makeError(errors::kConflict,
                                     fmt::format("{} is being uploaded already.", place.path));
                std::this_thread::sleep_for(kStep);
                patience -= kStep;
            }
            // Between opening and locking the upload before may have ended: its part bears another name now.
            if (::fstatat(place.folder.get(), part.c_str(), &named, AT_SYMLINK_NOFOLLOW) == 0
                && named.st_ino == status.st_ino && named.st_dev == status.st_dev)
                return file;
        }
        return inTheWay();
    }

}

Result<wire::ToolAnswer> TransferTool::answer(const wire::ToolRequest &request)
{
    switch (request.what_case()) {
    case wire::ToolRequest::kFilePut:
        return beginPut(request.file_put());
    case wire::ToolRequest::kFileChunk:
        return put(request.file_chunk());
    case wire::ToolRequest::kFilePutEnd:
        return endPut();
    case wire::ToolRequest::kFileGet:
        return beginGet(request.file_get());
    case wire::ToolRequest::kFileRead:
        return read(request.file_read());
    default:
        return wrongRequest("This is not a request to the tool \"transfer\".");
    }
}

wire::ToolAnswer TransferTool::state(bool complete) const
{
    wire::ToolAnswer answer;
    answer.mutable_file_put_state()->set_offset(m_offset);
    answer.mutable_file_put_state()->set_complete(complete);
    return answer;
}

Result<wire::ToolAnswer> TransferTool::beginPut(const wire::FilePutRequest &request)
{
    if (request.sha256().size() != 32 || request.size() > uint64_t(1) << 50)
        return wrongRequest("An upload names its size and its SHA-256 of 32 bytes.");
    const size_t slash = request.path().rfind('/');
    const auto name = checkedName(
        slash == std::string::npos ? std::string_view() : std::string_view(request.path()).substr(slash + 1));
    if (!name)
        return name.error();
    auto place = placeOf(request.path());
    if (!place)
        return place.error();
    if (auto may = m_guard.mayWrite(*place); !may)
        return may.error();
    struct stat there {
    };
    if (::fstatat(place->folder.get(), place->name.c_str(), &there, AT_SYMLINK_NOFOLLOW) == 0) {
        if (!S_ISREG(there.st_mode))
            return makeError(
                protocol::kRefusedByNode,
                fmt::format("{} is there and is no plain file; it is not replaced.", place->path));
        if (request.ended() && standsThere(*place, request)) {
            m_file.reset();
            m_place.reset();
            m_offset = request.size();
            return state(true);
        }
        if (!request.replace())
            return makeError(errors::kConflict, fmt::format("{} is there already.", place->path));
    }
    // One name, not one a try: what was cut goes on there. Those that nobody went on with are swept away.
    const std::string part = fmt::format(".{}.{}", place->name.substr(0, 240), partKinds::kUpload);
    sweepParts(place->folder.get(), partKinds::kUpload, kTransferPartLives);
    m_file.reset(); // of an upload before it on this channel
    m_place.reset();
    auto opened = openPart(*place, part, m_patience);
    if (!opened)
        return opened.error();
    UniqueFd file = *std::move(opened);
    struct stat status {
    };
    if (::fstat(file.get(), &status) != 0)
        return nodeError("write", place->path, errno);
    // A part goes on when it is of the same file: its digest stands at its end, until the next chunk takes its place.
    uint64_t have = 0;
    const auto size = static_cast<uint64_t>(status.st_size);
    std::string mark(32, '\0');
    if (size >= 32 && ::time(nullptr) - status.st_mtime < std::chrono::seconds(kTransferPartLives).count()
        && ::pread(file.get(), mark.data(), 32, static_cast<off_t>(size - 32)) == 32
        && mark == request.sha256() && size - 32 <= request.size())
        have = size - 32;
    if (have == 0 && ::ftruncate(file.get(), 0) != 0)
        return nodeError("write", place->path, errno);
    struct statvfs disk {
    };
    const uint64_t needed = request.size() - have + kSpare;
    if (::fstatvfs(file.get(), &disk) == 0 && static_cast<uint64_t>(disk.f_bavail) * disk.f_frsize < needed) {
        ::unlinkat(place->folder.get(), part.c_str(), 0);
        return makeError(protocol::kRefusedByNode,
                         fmt::format("{} MiB are needed beside {}; {} are free.", needed >> 20, place->path,
                                     (static_cast<uint64_t>(disk.f_bavail) * disk.f_frsize) >> 20));
    }
    m_digest.emplace();
    if (const int failed = addTo(*m_digest, file.get(), have))
        return nodeError("read", place->path, failed);
    m_file = std::move(file);
    m_part = part;
    m_put = request;
    m_offset = have;
    m_flushed = have;
    m_place = *std::move(place);
    return state(false);
}

Result<wire::ToolAnswer> TransferTool::put(const wire::FileChunk &chunk)
{
    if (!m_place || !m_file)
        return wrongRequest("There is no upload that these bytes belong to.");
    if (chunk.offset() != m_offset || chunk.bytes().size() > kMaxChunk
        || m_offset + chunk.bytes().size() > m_put.size())
        return wrongRequest(
            fmt::format("Bytes from {} came; those from {} are next.", chunk.offset(), m_offset));
    // The mark behind them says whose they are, should it end here.
    uint64_t at = m_offset;
    for (const std::string *bytes : {&chunk.bytes(), &m_put.sha256()}) {
        if (const int failed = writeAt(m_file.get(), *bytes, at))
            return nodeError("write", m_place->path, failed);
        at += bytes->size();
    }
    m_digest->add(chunk.bytes());
    m_offset += chunk.bytes().size();
    if (m_offset - m_flushed >= kFlushBytes) {
        (void)::sync_file_range(m_file.get(), static_cast<off_t>(m_flushed),
                                static_cast<off_t>(m_offset - m_flushed), SYNC_FILE_RANGE_WRITE);
        m_flushed = m_offset;
    }
    return state(false);
}

Result<wire::ToolAnswer> TransferTool::endPut()
{
    if (!m_place || !m_file || m_offset != m_put.size())
        return wrongRequest("The upload is not complete.");
    const auto giveUp = [this](Error error) {
        ::unlinkat(m_place->folder.get(), m_part.c_str(), 0);
        m_file.reset();
        return error;
    };
    if (m_digest->finish() != m_put.sha256())
        return giveUp(makeError(
            protocol::kRefusedByNode,
            fmt::format("What came for {} is not what was sent; it was thrown away.", m_place->path)));
    // The long one with the mark still behind it: ended here, the upload goes on where it was.
    ::alarm(static_cast<unsigned>(kSyncTime.count())); // a slow disk takes its time
    if (::fsync(m_file.get()) != 0 || ::ftruncate(m_file.get(), static_cast<off_t>(m_offset)) != 0)
        return giveUp(nodeError("write", m_place->path, errno));
    // What is renamed is what was written, not what somebody put under its name meanwhile.
    struct stat read {
    };
    struct stat named {
    };
    if (::fstat(m_file.get(), &read) != 0
        || ::fstatat(m_place->folder.get(), m_part.c_str(), &named, AT_SYMLINK_NOFOLLOW) != 0
        || read.st_dev != named.st_dev || read.st_ino != named.st_ino) {
        m_file.reset();
        return makeError(
            protocol::kRefusedByNode,
            fmt::format("What was being uploaded to {} was exchanged on the node; nothing was written.",
                        m_place->path));
    }
    struct stat old {
    };
    const bool replaces
        = ::fstatat(m_place->folder.get(), m_place->name.c_str(), &old, AT_SYMLINK_NOFOLLOW) == 0;
    int failed = replaces ? takeOwnerAndMode(m_file.get(), old) : ::fchmod(m_file.get(), 0644) ? errno : 0;
    if (!failed && ::fsync(m_file.get()) != 0)
        failed = errno;
    if (!failed && m_put.replace()
        && ::renameat(m_place->folder.get(), m_part.c_str(), m_place->folder.get(), m_place->name.c_str())
            != 0)
        failed = errno;
    if (!failed && !m_put.replace())
        failed = renameWithoutReplacing(m_place->folder.get(), m_part.c_str(), m_place->folder.get(),
                                        m_place->name.c_str());
    if (failed)
        return giveUp(nodeError("write", m_place->path, failed));
    m_file.reset();
    m_place.reset();
    return state(true);
}

Result<wire::ToolAnswer> TransferTool::beginGet(const wire::FileGetRequest &request)
{
    const auto place = placeOf(request.path());
    if (!place)
        return place.error();
    if (auto may = m_guard.mayRead(*place); !may)
        return may.error();
    UniqueFd file(
        ::openat(place->folder.get(), place->name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    struct stat status {
    };
    if (!file || ::fstat(file.get(), &status) != 0)
        return nodeError("open", place->path, errno);
    if (!S_ISREG(status.st_mode))
        return makeError(protocol::kRefusedByNode,
                         fmt::format("{} is not a file with content.", place->path));
    m_file = std::move(file);
    m_place.reset();
    m_path = place->path;
    wire::ToolAnswer answer;
    answer.mutable_file_get_state()->set_size(static_cast<uint64_t>(status.st_size));
    answer.mutable_file_get_state()->set_modified_us(int64_t(status.st_mtim.tv_sec) * 1'000'000);
    return answer;
}

Result<wire::ToolAnswer> TransferTool::read(const wire::FileReadRequest &request) const
{
    if (!m_file || m_place || request.bytes() > kMaxChunk)
        return wrongRequest("There is no download that this belongs to.");
    wire::ToolAnswer answer;
    wire::FileChunk &chunk = *answer.mutable_file_chunk();
    chunk.set_offset(request.offset());
    std::string bytes(request.bytes(), '\0');
    size_t filled = 0; // a file of another machine may come in less
    while (filled < bytes.size()) {
        const ssize_t got = ::pread(m_file.get(), bytes.data() + filled, bytes.size() - filled,
                                    static_cast<off_t>(request.offset() + filled));
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return nodeError("read", m_path, errno);
        if (got == 0)
            break;
        filled += static_cast<size_t>(got);
    }
    bytes.resize(filled);
    chunk.set_bytes(std::move(bytes));
    return answer;
}

}
