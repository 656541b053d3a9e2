#include "agent/tools/file_lister.h"

#include "agent/platform/unique_fd.h"
#include "agent/tools/file_place.h"

#include <fmt/format.h>
#include <sys/statvfs.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <dirent.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>

namespace fb::agent {

namespace {

    enum Sort : uint32_t { ByName, BySize, ByModified, ByType };

    char letterOf(mode_t mode)
    {
        switch (mode & S_IFMT) {
        case S_IFDIR:
            return 'd';
        case S_IFLNK:
            return 'l';
        case S_IFIFO:
            return 'p';
        case S_IFSOCK:
            return 's';
        case S_IFCHR:
            return 'c';
        case S_IFBLK:
            return 'b';
        default:
            return '-';
        }
    }

    uint64_t keyOf(const struct stat &status, uint32_t sort)
    {
        switch (sort) {
        case BySize:
            return static_cast<uint64_t>(status.st_size);
        case ByModified:
            return static_cast<uint64_t>(status.st_mtim.tv_sec) * 1'000'000'000
                + static_cast<uint64_t>(status.st_mtim.tv_nsec);
        default:
            return S_ISDIR(status.st_mode) ? 0 : static_cast<uint64_t>(letterOf(status.st_mode));
        }
    }

    struct stat statusOf(int folder, const std::string &name)
    {
        struct stat status {
        };
        (void)::fstatat(folder, name.c_str(), &status, AT_SYMLINK_NOFOLLOW); // gone meanwhile: all zero
        return status;
    }

}

Result<wire::FileList> FileLister::list(const wire::FileListRequest &request)
{
    if (request.sort() > ByType)
        return wrongRequest(fmt::format("{} is not an order for files.", request.sort()));
    if (request.folder().empty() || request.folder().front() != '/' || request.folder().size() >= PATH_MAX
        || request.folder().find('\0') != std::string::npos)
        return wrongRequest("A path begins with / and has no NUL in it.");
    const UniqueFd folder(::open(request.folder().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!folder)
        return nodeError("open", request.folder(), errno);
    std::array<char, PATH_MAX> real {};
    const ssize_t size
        = ::readlink(fmt::format("/proc/self/fd/{}", folder.get()).c_str(), real.data(), real.size());
    const std::string path
        = size > 0 ? std::string(real.data(), static_cast<size_t>(size)) : request.folder();
    const bool isKept = request.listing() != 0 && request.listing() == m_listing && path == m_folder;
    if (!isKept) {
        m_folder = path;
        if (auto done = read(request, folder.get()); !done)
            return done.error();
        sort(request);
        ++m_listing;
    }
    wire::FileList list;
    list.set_folder(path);
    list.set_total(static_cast<uint32_t>(m_names.size()));
    list.set_offset(request.offset());
    list.set_listing(m_listing);
    list.set_hidden(m_hidden);
    struct statvfs disk {
    };
    if (::fstatvfs(folder.get(), &disk) == 0)
        list.set_free_bytes(static_cast<uint64_t>(disk.f_bavail) * disk.f_frsize);
    const size_t end = std::min<size_t>(m_names.size(), size_t(request.offset()) + kPage);
    for (size_t i = request.offset(); i < end; ++i)
        fill(*list.add_entries(), folder.get(), m_names[i].name);
    return list;
}

Result<void> FileLister::read(const wire::FileListRequest &request, int folder)
{
    m_names.clear();
    m_hidden = 0;
    const int copy = ::openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *stream = copy >= 0 ? ::fdopendir(copy) : nullptr;
    if (!stream)
        return nodeError("read", m_folder, errno);
    errno = 0;
    while (const dirent *entry = ::readdir(stream)) {
        const std::string_view name = entry->d_name;
        if (name == "." || name == "..")
            continue;
        if (name.front() == '.' && !request.hidden()) {
            ++m_hidden;
            continue;
        }
        if (m_names.size() >= kMost)
            break;
        m_names.push_back({std::string(name), 0});
        errno = 0;
    }
    const int failed = errno;
    ::closedir(stream);
    if (failed)
        return nodeError("read", m_folder, failed);
    if (request.sort() != ByName) {
        for (Listed &each : m_names)
            each.key = keyOf(statusOf(folder, each.name), request.sort());
    }
    return {};
}

void FileLister::sort(const wire::FileListRequest &request)
{
    const bool down = request.descending();
    std::sort(m_names.begin(), m_names.end(), [down](const Listed &a, const Listed &b) {
        const Listed &first = down ? b : a;
        const Listed &second = down ? a : b;
        return first.key != second.key ? first.key < second.key : first.name < second.name;
    });
}

void FileLister::fill(wire::FileEntry &entry, int folder, const std::string &name)
{
    const struct stat status = statusOf(folder, name);
    entry.set_name(name);
    entry.set_type(static_cast<uint32_t>(letterOf(status.st_mode)));
    entry.set_size(static_cast<uint64_t>(status.st_size));
    entry.set_modified_us(int64_t(status.st_mtim.tv_sec) * 1'000'000 + status.st_mtim.tv_nsec / 1000);
    entry.set_user(userName(status.st_uid));
    entry.set_group(groupName(status.st_gid));
    entry.set_mode(status.st_mode & 07777);
    entry.set_leads_to_folder(S_ISDIR(status.st_mode));
    if (S_ISLNK(status.st_mode)) {
        std::array<char, PATH_MAX> link {};
        if (const ssize_t size = ::readlinkat(folder, name.c_str(), link.data(), link.size()); size > 0)
            entry.set_link(std::string(link.data(), static_cast<size_t>(size)));
        struct stat target {
        };
        entry.set_leads_to_folder(::fstatat(folder, name.c_str(), &target, 0) == 0
                                  && S_ISDIR(target.st_mode));
    }
}

const std::string &FileLister::userName(uint32_t uid)
{
    if (const auto known = m_users.find(uid); known != m_users.end())
        return known->second;
    std::string name = fmt::format("{}", uid);
    std::vector<char> buffer(16 * 1024);
    passwd entry {};
    passwd *found = nullptr;
    if (::getpwuid_r(uid, &entry, buffer.data(), buffer.size(), &found) == 0 && found)
        name = found->pw_name;
    return m_users.emplace(uid, name).first->second;
}

const std::string &FileLister::groupName(uint32_t gid)
{
    if (const auto known = m_groups.find(gid); known != m_groups.end())
        return known->second;
    std::string name = fmt::format("{}", gid);
    std::vector<char> buffer(64 * 1024);
    group entry {};
    group *found = nullptr;
    if (::getgrgid_r(gid, &entry, buffer.data(), buffer.size(), &found) == 0 && found)
        name = found->gr_name;
    return m_groups.emplace(gid, name).first->second;
}

}
