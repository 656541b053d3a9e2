#include "agent/tools/file_job.h"

#include "agent/tools/file_changes.h"
#include "agent/tools/file_owner.h"
#include "agent/tools/part_file.h"
#include "backend/core/byte_encoding.h"
#include "backend/protocol/tool_messages.h"

#include <fmt/format.h>
#include <sys/syscall.h>

#include <cerrno>
#include <climits>
#include <dirent.h>
#include <fcntl.h>
#include <linux/stat.h>

namespace fb::agent {

namespace {

    constexpr int kMaxFailures = 100; // told by name
    constexpr int kMaxNames = 1000; // tried for a copy beside
    constexpr int kMaxDepth = 400; // of folders in folders: a descriptor each
    constexpr std::chrono::hours kJobPartLives {1}; // untouched, of a copy that a crash has cut

    // The mount that a thing is on: two mounts of one device differ in it.
    uint64_t mountOf(int folder, const char *name)
    {
        struct statx status {
        };
        if (::syscall(SYS_statx, folder, name, AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT, STATX_MNT_ID, &status)
                == 0
            && (status.stx_mask & STATX_MNT_ID))
            return status.stx_mnt_id;
        struct stat plain {
        };
        return ::fstatat(folder, name, &plain, AT_SYMLINK_NOFOLLOW) == 0 ? plain.st_dev : 0;
    }

    // Names first, so that what is removed meanwhile does not confuse the reading.
    std::vector<std::string> namesIn(int folder, int &failed)
    {
        std::vector<std::string> names;
        const int copy = ::openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        DIR *stream = copy >= 0 ? ::fdopendir(copy) : nullptr;
        if (!stream) {
            failed = errno;
            return names;
        }
        while (const dirent *entry = ::readdir(stream)) {
            const std::string_view name = entry->d_name;
            if (name != "." && name != "..")
                names.emplace_back(name);
        }
        ::closedir(stream);
        return names;
    }

    UniqueFd folderAt(int folder, const std::string &name)
    {
        return UniqueFd(::openat(folder, name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    }

    int depthOf(const std::string &path)
    {
        return static_cast<int>(std::count(path.begin(), path.end(), '/'));
    }

}

FileJob::FileJob(uint64_t id, Kind kind, std::vector<std::string> paths, std::string into,
                 const FileGuard &guard)
    : m_id(id),
      m_kind(kind),
      m_paths(std::move(paths)),
      m_into(std::move(into)),
      m_guard(guard),
      m_thread([this] { run(); })
{
}

FileJob::~FileJob()
{
    cancel();
    m_thread.join();
}

bool FileJob::isFinished()
{
    const std::lock_guard lock(m_mutex);
    return m_state.finished();
}

void FileJob::cancel()
{
    const std::lock_guard lock(m_mutex);
    m_cancelled = true;
    m_changed.notify_all();
}

void FileJob::answer(Choice choice, bool forAll)
{
    const std::lock_guard lock(m_mutex);
    m_choice = choice;
    if (forAll)
        m_forAll = choice;
    m_state.clear_question();
    m_changed.notify_all();
}

wire::FileJob FileJob::report(std::chrono::milliseconds patience)
{
    std::unique_lock lock(m_mutex);
    m_changed.wait_for(lock, patience, [this] { return m_state.finished() || m_state.has_question(); });
    wire::FileJob state = m_state;
    state.set_job(m_id);
    m_state.clear_failures(); // told once
    return state;
}

bool FileJob::isCancelled()
{
    const std::lock_guard lock(m_mutex);
    return m_cancelled;
}

void FileJob::at(const std::string &path)
{
    const std::lock_guard lock(m_mutex);
    m_state.set_current(path);
}

void FileJob::done(uint64_t bytes)
{
    const std::lock_guard lock(m_mutex);
    m_state.set_items(m_state.items() + 1);
    m_state.set_bytes(m_state.bytes() + bytes);
}

void FileJob::failed(const Error &error)
{
    const std::lock_guard lock(m_mutex);
    m_state.set_failed(m_state.failed() + 1);
    if (m_state.failures_size() < kMaxFailures)
        *m_state.add_failures() = problemAnswer(error).problem();
}

FileJob::Choice FileJob::ask(const std::string &path)
{
    std::unique_lock lock(m_mutex);
    if (m_forAll != Choice::None)
        return m_forAll;
    m_choice = Choice::None;
    m_state.set_question(path);
    m_changed.notify_all();
    m_changed.wait(lock, [this] { return m_cancelled || m_choice != Choice::None; });
    m_state.clear_question();
    return m_cancelled ? Choice::Skip : m_choice;
}

void FileJob::run()
{
    for (const std::string &path : m_paths) {
        if (isCancelled())
            break;
        if (m_kind == Kind::Copy || m_kind == Kind::Move) {
            place(path);
            continue;
        }
        const auto where = placeOf(path);
        if (!where) {
            failed(where.error());
            continue;
        }
        if (auto may = m_guard.mayRemove(*where); !may) {
            failed(may.error());
            continue;
        }
        remove({where->folder.get(), where->name, where->path}, mountOf(where->folder.get(), "."),
               m_kind == Kind::Measure);
    }
    const std::lock_guard lock(m_mutex);
    m_state.set_finished(true);
    m_state.set_cancelled(m_cancelled);
    m_state.clear_current();
    m_changed.notify_all();
}

void FileJob::remove(const Walk &walk, uint64_t mount, bool measureOnly)
{
    if (isCancelled())
        return;
    at(walk.path);
    struct stat status {
    };
    if (::fstatat(walk.folder, walk.name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0)
        return failed(nodeError("remove", walk.path, errno));
    const auto bytes = S_ISREG(status.st_mode) ? static_cast<uint64_t>(status.st_size) : 0;
    if (S_ISDIR(status.st_mode)) {
        if (mountOf(walk.folder, walk.name.c_str()) != mount)
            return failed(makeError(protocol::kRefusedByNode,
                                    fmt::format("{} is another file system; it is left alone.", walk.path)));
        const UniqueFd folder = folderAt(walk.folder, walk.name);
        if (!folder || depthOf(walk.path) > kMaxDepth)
            return failed(nodeError("open", walk.path, folder ? ENAMETOOLONG : errno));
        int unread = 0;
        for (const std::string &name : namesIn(folder.get(), unread))
            remove({folder.get(), name, joined(walk.path, name)}, mount, measureOnly);
        if (unread)
            return failed(nodeError("read", walk.path, unread));
        if (isCancelled())
            return;
    }
    if (!measureOnly
        && ::unlinkat(walk.folder, walk.name.c_str(), S_ISDIR(status.st_mode) ? AT_REMOVEDIR : 0) != 0) {
        if (errno != ENOTEMPTY || !S_ISDIR(status.st_mode)) // else what is in it has been told
            failed(nodeError("remove", walk.path, errno));
        return;
    }
    done(bytes);
}

// ---- Copying -----------------------------------------------------------------------------------------------------

std::string FileJob::freeName(int folder, const std::string &name) const
{
    const size_t dot = name.find_last_of('.');
    const bool hasSuffix = dot != std::string::npos && dot > 0;
    const std::string stem = hasSuffix ? name.substr(0, dot) : name;
    const std::string suffix = hasSuffix ? name.substr(dot) : std::string();
    for (int number = 2; number < kMaxNames; ++number) {
        std::string candidate = fmt::format("{} ({}){}", stem, number, suffix);
        struct stat there {
        };
        if (candidate.size() <= NAME_MAX
            && ::fstatat(folder, candidate.c_str(), &there, AT_SYMLINK_NOFOLLOW) != 0)
            return candidate;
    }
    return {};
}

void FileJob::place(const std::string &path)
{
    const auto from = placeOf(path);
    if (!from)
        return failed(from.error());
    at(from->path);
    const UniqueFd into(::open(m_into.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!into)
        return failed(nodeError("open", m_into, errno));
    char real[PATH_MAX];
    const ssize_t size = ::readlink(fmt::format("/proc/self/fd/{}", into.get()).c_str(), real, sizeof real);
    const std::string folder = size > 0 ? std::string(real, static_cast<size_t>(size)) : m_into;
    std::string name = from->name;
    std::string target = joined(folder, name);
    if (auto may = m_guard.mayWrite(into.get(), name, target); !may)
        return failed(may.error());
    if (auto may = m_kind == Kind::Move ? m_guard.mayRemove(*from) : m_guard.mayRead(*from); !may)
        return failed(may.error());
    struct stat source {
    };
    if (::fstatat(from->folder.get(), from->name.c_str(), &source, AT_SYMLINK_NOFOLLOW) != 0)
        return failed(nodeError("copy", from->path, errno));
    if (S_ISDIR(source.st_mode) && isAtOrBelow(folder, from->path))
        return failed(
            makeError(protocol::kRefusedByNode, fmt::format("{} cannot go into itself.", from->path)));
    struct stat there {
    };
    if (::fstatat(into.get(), name.c_str(), &there, AT_SYMLINK_NOFOLLOW) == 0) {
        const bool isSame = there.st_dev == source.st_dev && there.st_ino == source.st_ino;
        Choice choice = isSame ? (m_kind == Kind::Copy ? Choice::KeepBoth : Choice::Skip) : ask(target);
        if (choice == Choice::Replace && S_ISDIR(there.st_mode) != S_ISDIR(source.st_mode)) {
            return failed(
                makeError(protocol::kRefusedByNode,
                          fmt::format("{} is a folder on one side only; it is not replaced.", target)));
        }
        if (choice == Choice::KeepBoth) {
            name = freeName(into.get(), name);
            if (name.empty())
                return failed(nodeError("find a free name for", target, EEXIST));
            target = joined(folder, name);
        } else if (choice != Choice::Replace) {
            const std::lock_guard lock(m_mutex);
            m_state.set_skipped(m_state.skipped() + 1);
            return;
        } else if (auto may = m_guard.mayRemove(into.get(), name, target); !may) {
            return failed(may.error());
        } else if (m_kind == Kind::Move && !S_ISDIR(source.st_mode)
                   && ::renameat(from->folder.get(), from->name.c_str(), into.get(), name.c_str()) == 0) {
            return done(0);
        }
    }
    if (m_kind == Kind::Move) {
        const int problem
            = renameWithoutReplacing(from->folder.get(), from->name.c_str(), into.get(), name.c_str());
        if (problem == 0)
            return done(0);
        if (problem != EXDEV && problem != EEXIST)
            return failed(nodeError("move", from->path, problem));
    }
    if (!std::exchange(m_isSwept, true))
        sweepParts(into.get(), partKinds::kCopy, kJobPartLives);
    const Walk walk {from->folder.get(), from->name, from->path};
    const uint64_t mount = mountOf(from->folder.get(), from->name.c_str());
    copy(walk, into.get(), name, target, mount);
}

// Of a move across file systems: what has just been copied goes, and only that. What came to it meanwhile stays, and is told.
bool FileJob::removeCopied(const Walk &from, const struct stat &copied)
{
    struct stat now {
    };
    int problem = ::fstatat(from.folder, from.name.c_str(), &now, AT_SYMLINK_NOFOLLOW) == 0 ? 0 : errno;
    const bool isFolder = S_ISDIR(copied.st_mode);
    if (!problem
        && (now.st_dev != copied.st_dev || now.st_ino != copied.st_ino
            || (!isFolder
                && (now.st_size != copied.st_size || now.st_mtim.tv_sec != copied.st_mtim.tv_sec
                    || now.st_mtim.tv_nsec != copied.st_mtim.tv_nsec))))
        problem = EBUSY; // it changed after it was copied
    if (!problem && ::unlinkat(from.folder, from.name.c_str(), isFolder ? AT_REMOVEDIR : 0) != 0)
        problem = errno;
    if (problem)
        failed(nodeError("remove", from.path, problem));
    return problem == 0;
}

// True: all of it is there; of a move, and gone where it was.
bool FileJob::copy(const Walk &from, int toFolder, const std::string &toName, const std::string &toPath,
                   uint64_t mount)
{
    if (isCancelled())
        return false;
    at(from.path);
    struct stat status {
    };
    if (::fstatat(from.folder, from.name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) {
        failed(nodeError("copy", from.path, errno));
        return false;
    }
    // On the way down: a folder above it was asked for, or is there already.
    struct stat there {
    };
    const bool intoOwn
        = ::fstatat(toFolder, toName.c_str(), &there, AT_SYMLINK_NOFOLLOW) == 0 && m_guard.isOwn(there);
    if (intoOwn || m_guard.isOwn(status)) {
        failed(makeError(protocol::kRefusedByNode,
                         fmt::format("{} is not touched: it belongs to the Flagbridge agent.",
                                     intoOwn ? toPath : from.path)));
        return false;
    }
    if (S_ISREG(status.st_mode))
        return copyFile(from, toFolder, toName, toPath);
    if (S_ISLNK(status.st_mode)) {
        std::string link(PATH_MAX, '\0');
        const ssize_t size = ::readlinkat(from.folder, from.name.c_str(), link.data(), link.size());
        link.resize(size > 0 ? static_cast<size_t>(size) : 0);
        ::unlinkat(toFolder, toName.c_str(), 0);
        if (link.empty() || ::symlinkat(link.c_str(), toFolder, toName.c_str()) != 0) {
            failed(nodeError("copy", from.path, errno));
            return false;
        }
        done(0);
        return m_kind != Kind::Move || removeCopied(from, status);
    }
    if (!S_ISDIR(status.st_mode)) {
        failed(makeError(protocol::kRefusedByNode,
                         fmt::format("{} is a device, pipe or socket; it is not copied.", from.path)));
        return false;
    }
    if (mountOf(from.folder, from.name.c_str()) != mount) {
        failed(makeError(protocol::kRefusedByNode,
                         fmt::format("{} is another file system; it is left alone.", from.path)));
        return false;
    }
    const bool isNew = ::mkdirat(toFolder, toName.c_str(), 0700) == 0;
    if (!isNew && errno != EEXIST) {
        failed(nodeError("make the folder", toPath, errno));
        return false;
    }
    const UniqueFd source = folderAt(from.folder, from.name);
    const UniqueFd target = folderAt(toFolder, toName);
    if (!source || !target || depthOf(from.path) > kMaxDepth) {
        failed(nodeError("open", source ? toPath : from.path, errno ? errno : ENAMETOOLONG));
        return false;
    }
    if (!isNew)
        sweepParts(target.get(), partKinds::kCopy, kJobPartLives);
    int unread = 0;
    bool isWhole = true;
    for (const std::string &name : namesIn(source.get(), unread))
        isWhole = copy({source.get(), name, joined(from.path, name)}, target.get(), name,
                       joined(toPath, name), mount)
            && isWhole;
    if (unread)
        failed(nodeError("read", from.path, unread));
    takeOwnerAndMode(target.get(), status);
    done(0);
    if (!isWhole || unread || isCancelled())
        return false;
    return m_kind != Kind::Move || removeCopied(from, status);
}

bool FileJob::copyFile(const Walk &from, int toFolder, const std::string &toName, const std::string &toPath)
{
    const UniqueFd source(
        ::openat(from.folder, from.name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    // Of what is read, not of what bore the name a moment before.
    struct stat status {
    };
    if (source
        && (::fstat(source.get(), &status) != 0 || !S_ISREG(status.st_mode) || m_guard.isOwn(status))) {
        failed(makeError(protocol::kRefusedByNode,
                         fmt::format("{} is no file any more; it is not copied.", from.path)));
        return false;
    }
    if (!source) {
        failed(nodeError("copy", from.path, errno));
        return false;
    }
    auto part = PartFile::make(toFolder, toName, partKinds::kCopy, toPath);
    if (!part) {
        failed(part.error());
        return false;
    }
    const int target = part->fd();
    std::string chunk(1024 * 1024, '\0');
    Sha256 digest;
    uint64_t size = 0;
    int problem = 0;
    while (!problem && !isCancelled()) {
        const ssize_t got = ::read(source.get(), chunk.data(), chunk.size());
        if (got <= 0) {
            problem = got < 0 ? errno : 0;
            break;
        }
        digest.add({chunk.data(), static_cast<size_t>(got)});
        for (ssize_t at = 0; at < got;) {
            const ssize_t written = ::write(target, chunk.data() + at, static_cast<size_t>(got - at));
            if (written < 0) {
                problem = errno;
                break;
            }
            at += written;
        }
        size += static_cast<uint64_t>(got);
    }
    const bool isStopped = isCancelled();
    if (!problem && !isStopped
        && m_kind == Kind::Move) { // before the source goes, what was written is read again
        Sha256 again;
        if (::fsync(target) != 0 || ::lseek(target, 0, SEEK_SET) != 0)
            problem = errno;
        for (ssize_t got = 1; !problem && got > 0;) {
            got = ::read(target, chunk.data(), chunk.size());
            if (got < 0)
                problem = errno;
            else
                again.add({chunk.data(), static_cast<size_t>(got)});
        }
        if (!problem && again.finish() != digest.finish())
            problem = EIO;
    }
    if (!problem && !isStopped) {
        takeOwnerAndMode(target, status);
        const timespec times[2] {status.st_atim, status.st_mtim};
        ::futimens(target, times);
        problem = part->putInPlace(toName);
    }
    if (problem || isStopped) { // the source is untouched
        if (problem)
            failed(nodeError("copy", from.path, problem));
        return false;
    }
    done(size);
    return m_kind != Kind::Move || removeCopied(from, status);
}

}
