#include "agent/tools/file_changes.h"

#include "agent/tools/file_owner.h"
#include "agent/tools/file_reader.h"
#include "agent/tools/part_file.h"
#include "backend/core/byte_encoding.h"
#include "backend/protocol/tool_messages.h"

#include <fmt/format.h>

#include <cerrno>
#include <charconv>
#include <cstdio>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>

namespace fb::agent {

namespace {

    constexpr std::chrono::hours kPartLives {1}; // untouched, of a text whose saving a crash has cut

    wire::ToolAnswer doneTo(const std::string &object, std::string before, std::string after)
    {
        wire::ToolAnswer answer;
        answer.mutable_done()->set_object(object);
        if (!before.empty())
            answer.mutable_done()->set_before(std::move(before));
        if (!after.empty())
            answer.mutable_done()->set_after(std::move(after));
        return answer;
    }

    std::string modeText(unsigned mode) { return fmt::format("{:04o}", mode & 07777); }

    std::optional<uint32_t> numberOf(const std::string &text)
    {
        uint32_t number = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        return error == std::errc() && end == text.data() + text.size() ? std::optional(number)
                                                                        : std::nullopt;
    }

    std::optional<uint32_t> uidOf(const std::string &name)
    {
        std::vector<char> buffer(64 * 1024);
        passwd entry {};
        passwd *found = nullptr;
        if (::getpwnam_r(name.c_str(), &entry, buffer.data(), buffer.size(), &found) == 0 && found)
            return found->pw_uid;
        return numberOf(name);
    }

    std::optional<uint32_t> gidOf(const std::string &name)
    {
        std::vector<char> buffer(64 * 1024);
        group entry {};
        group *found = nullptr;
        if (::getgrnam_r(name.c_str(), &entry, buffer.data(), buffer.size(), &found) == 0 && found)
            return found->gr_gid;
        return numberOf(name);
    }

    Result<std::string> wholeOf(int fd, const std::string &path)
    {
        std::string bytes(FileReader::kMaxEdited + 1, '\0');
        size_t size = 0;
        for (ssize_t got = 0; size < bytes.size(); size += static_cast<size_t>(got)) {
            got = ::pread(fd, bytes.data() + size, bytes.size() - size, static_cast<off_t>(size));
            if (got < 0)
                return nodeError("read", path, errno);
            if (got == 0)
                break;
        }
        bytes.resize(size);
        return bytes;
    }

    int writeWhole(int fd, std::string_view bytes)
    {
        while (!bytes.empty()) {
            const ssize_t written = ::write(fd, bytes.data(), bytes.size());
            if (written < 0 && errno == EINTR)
                continue;
            if (written < 0)
                return errno;
            bytes.remove_prefix(static_cast<size_t>(written));
        }
        return ::fsync(fd) == 0 ? 0 : errno;
    }

}

int renameWithoutReplacing(int fromFolder, const char *from, int toFolder, const char *to)
{
    if (::renameat2(fromFolder, from, toFolder, to, RENAME_NOREPLACE) == 0)
        return 0;
    if (errno != EINVAL && errno != ENOSYS)
        return errno;
    // A file system that cannot say so: looked at first.
    struct stat there {
    };
    if (::fstatat(toFolder, to, &there, AT_SYMLINK_NOFOLLOW) == 0)
        return EEXIST;
    return ::renameat(fromFolder, from, toFolder, to) == 0 ? 0 : errno;
}

Result<FilePlace> FileChanges::writable(const std::string &path) const
{
    auto place = placeOf(path);
    if (!place)
        return place;
    if (auto may = m_guard.mayWrite(*place); !may)
        return may.error();
    return place;
}

Result<wire::ToolAnswer> FileChanges::make(const wire::FileMakeRequest &request) const
{
    const std::string &path = request.path();
    const size_t slash = path.rfind('/');
    if (slash == std::string::npos)
        return wrongRequest("A path begins with / and has no NUL in it.");
    if (const auto name = checkedName(std::string_view(path).substr(slash + 1)); !name)
        return name.error();
    const auto place = writable(path);
    if (!place)
        return place.error();
    if (request.folder()) {
        if (::mkdirat(place->folder.get(), place->name.c_str(), 0755) != 0)
            return nodeError("make the folder", place->path, errno);
        return doneTo(place->path, {}, "folder");
    }
    const UniqueFd file(::openat(place->folder.get(), place->name.c_str(),
                                 O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0644));
    if (!file)
        return nodeError("make", place->path, errno);
    return doneTo(place->path, {}, "file");
}

Result<wire::ToolAnswer> FileChanges::rename(const wire::FileRenameRequest &request) const
{
    const auto name = checkedName(request.name());
    if (!name)
        return name.error();
    const auto place = writable(request.path());
    if (!place)
        return place.error();
    if (auto may = m_guard.mayRemove(*place); !may)
        return may.error();
    if (const int failed = renameWithoutReplacing(place->folder.get(), place->name.c_str(),
                                                  place->folder.get(), name->c_str()))
        return failed == EEXIST
            ? makeError(errors::kConflict, fmt::format("There is a {} in this folder already.", *name))
            : nodeError("rename", place->path, failed);
    return doneTo(place->path, place->name, *name);
}

Result<wire::ToolAnswer> FileChanges::setMode(const wire::FileModeRequest &request) const
{
    if (request.mode() > 07777)
        return wrongRequest("A mode is 0 to 7777, octal.");
    const auto place = writable(request.path());
    if (!place)
        return place.error();
    struct stat status {
    };
    if (::fstatat(place->folder.get(), place->name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0)
        return nodeError("change", place->path, errno);
    if (S_ISLNK(status.st_mode))
        return makeError(protocol::kRefusedByNode,
                         fmt::format("{} is a link; it has no mode of its own.", place->path));
    // By a descriptor of the very file, so that a link that takes its place is not followed.
    const UniqueFd file(::openat(place->folder.get(), place->name.c_str(), O_PATH | O_NOFOLLOW | O_CLOEXEC));
    if (!file)
        return nodeError("change", place->path, errno);
    if (::chmod(fmt::format("/proc/self/fd/{}", file.get()).c_str(), request.mode()) != 0)
        return nodeError("change the mode of", place->path, errno);
    return doneTo(place->path, modeText(status.st_mode), modeText(request.mode()));
}

Result<wire::ToolAnswer> FileChanges::setOwner(const wire::FileOwnerRequest &request) const
{
    const auto uid = request.user().empty() ? std::optional(~0U) : uidOf(request.user());
    const auto gid = request.group().empty() ? std::optional(~0U) : gidOf(request.group());
    if (!uid)
        return makeError(errors::kDoesNotExist,
                         fmt::format("There is no user {} on this node.", request.user()));
    if (!gid)
        return makeError(errors::kDoesNotExist,
                         fmt::format("There is no group {} on this node.", request.group()));
    const auto place = writable(request.path());
    if (!place)
        return place.error();
    struct stat status {
    };
    if (::fstatat(place->folder.get(), place->name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0
        || ::fchownat(place->folder.get(), place->name.c_str(), *uid, *gid, AT_SYMLINK_NOFOLLOW) != 0)
        return nodeError("change the owner of", place->path, errno);
    return doneTo(place->path, fmt::format("{}:{}", status.st_uid, status.st_gid),
                  fmt::format("{}:{}", request.user(), request.group()));
}

Result<wire::ToolAnswer> FileChanges::save(const wire::FileSaveRequest &request) const
{
    if (request.content().size() > FileReader::kMaxEdited || request.expected_sha256().size() != 32)
        return wrongRequest(fmt::format("The text has {} bytes; at most {} are saved here.",
                                        request.content().size(), FileReader::kMaxEdited));
    const auto place = writable(request.path());
    if (!place)
        return place.error();
    const UniqueFd old(
        ::openat(place->folder.get(), place->name.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    if (!old)
        return nodeError("open", place->path, errno);
    struct stat status {
    };
    ::fstat(old.get(), &status);
    if (!S_ISREG(status.st_mode))
        return makeError(protocol::kRefusedByNode,
                         fmt::format("{} is not a file with content.", place->path));
    auto before = wholeOf(old.get(), place->path);
    if (!before)
        return before.error();
    const std::string digest = sha256(*before);
    wire::ToolAnswer answer;
    wire::FileSaved &saved = *answer.mutable_file_saved();
    if (digest != request.expected_sha256()) {
        saved.set_conflict(true);
        saved.set_sha256(digest);
        before->resize(std::min(before->size(), FileReader::kMaxEdited));
        saved.set_content(*std::move(before));
        return answer;
    }
    sweepParts(place->folder.get(), partKinds::kEdit, kPartLives);
    auto part = PartFile::make(place->folder.get(), place->name, partKinds::kEdit, place->path);
    if (!part)
        return part.error();
    int failed = writeWhole(part->fd(), request.content());
    if (!failed)
        failed = takeOwnerAndMode(part->fd(), status);
    if (!failed)
        failed = part->putInPlace(place->name);
    if (failed)
        return nodeError("write", place->path, failed);
    saved.set_sha256(sha256(request.content()));
    return answer;
}

}
