#include "agent/downloads/tar_archive.h"

#include "backend/core/text_safety.h"

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <unordered_map>

namespace fb::agent {

namespace {

    constexpr size_t kBlockBytes = 64 * 1024;
    using Archive = std::unique_ptr<archive, int (*)(archive *)>;

    Error broken(archive *reader)
    {
        const char *words = ::archive_error_string(reader);
        return makeError(
            errors::kValidation,
            fmt::format("the archive cannot be read: {}", toValidUtf8(words ? words : "it is cut short")));
    }

    Error refusedEntry(std::string_view name, std::string_view why)
    {
        return makeError(errors::kValidation,
                         fmt::format("the archive's member \"{}\" {}; nothing was written",
                                     withVisibleEscapes(toValidUtf8(name)), why));
    }

    // As the archive has it; the first form is missing where our locale can't say it.
    std::string_view textOr(const char *bytes, const char *utf8) { return bytes ? bytes : utf8 ? utf8 : ""; }

    // What is one name where upper and lower case are the same: a second file would take the place of the first, or a link's.
    class FoldedNames
    {
    public:
        // The one that this path clashes with, or a part of it.
        std::optional<std::string> clash(const std::vector<std::string> &parts)
        {
            std::string exact;
            for (const std::string &part : parts) {
                exact += exact.empty() ? part : "/" + part;
                std::string folded = exact;
                std::ranges::transform(folded, folded.begin(), [](char c) {
                    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
                });
                const auto [known, isNew] = m_exact.emplace(std::move(folded), exact);
                if (!isNew && known->second != exact)
                    return known->second;
            }
            return std::nullopt;
        }

    private:
        std::unordered_map<std::string, std::string> m_exact;
    };

    // The path below `folder` below the top folder; nothing for what lies elsewhere, and for the folders themselves.
    std::optional<std::string> wantedPath(const std::vector<std::string> &parts,
                                          const std::vector<std::string> &folder)
    {
        if (parts.size() <= folder.size() + 1 || !std::equal(folder.begin(), folder.end(), parts.begin() + 1))
            return std::nullopt;
        return fmt::format(
            "{}",
            fmt::join(parts.begin() + 1 + static_cast<std::ptrdiff_t>(folder.size()), parts.end(), "/"));
    }

    Result<void> unpackFile(archive *reader, const std::string &path, bool isProgram, StagedTree &staged)
    {
        auto file = staged.addFile(path, isProgram);
        if (!file)
            return file.error();
        std::string block(kBlockBytes, '\0');
        for (;;) {
            const la_ssize_t got = ::archive_read_data(reader, block.data(), block.size());
            if (got < 0)
                return broken(reader);
            if (got == 0)
                return file->close();
            if (auto written = file->append({block.data(), static_cast<size_t>(got)}); !written)
                return written;
        }
    }

}

Result<size_t> unpackTar(int fd, std::string_view folderText, StagedTree &staged)
{
    std::vector<std::string> folder;
    if (!folderText.empty()) {
        auto parts = componentsBelow(folderText);
        if (!parts)
            return parts.error();
        folder = *std::move(parts);
    }
    const Archive reader(::archive_read_new(), &::archive_read_free);
    ::archive_read_support_format_tar(reader.get());
    ::archive_read_support_filter_gzip(reader.get());
    if (::archive_read_open_fd(reader.get(), fd, kBlockBytes) != ARCHIVE_OK)
        return broken(reader.get());
    size_t files = 0;
    uint32_t members = 0;
    uint64_t bytes = 0;
    const DownloadLimits &limits = staged.limits();
    FoldedNames names;
    for (archive_entry *entry = nullptr;;) {
        const int next = ::archive_read_next_header(reader.get(), &entry);
        if (next == ARCHIVE_EOF)
            return files;
        if (next != ARCHIVE_OK && next != ARCHIVE_WARN)
            return broken(reader.get());
        // What is not taken has to be read over as well.
        bytes += static_cast<uint64_t>(std::max<la_int64_t>(0, ::archive_entry_size(entry)));
        if (++members > limits.members || bytes > limits.unpacked)
            return makeError(
                errors::kValidation,
                fmt::format("the archive has more than {} members or {} bytes; nothing was written",
                            limits.members, limits.unpacked));
        const std::string name(textOr(::archive_entry_pathname(entry), ::archive_entry_pathname_utf8(entry)));
        const auto parts = componentsBelow(name);
        if (!parts)
            return refusedEntry(name, "leaves the destination");
        const auto path = wantedPath(*parts, folder);
        if (!path)
            continue;
        if (const auto other = names.clash(*parts))
            return refusedEntry(name,
                                fmt::format("differs from \"{}\" in upper and lower case alone",
                                            withVisibleEscapes(toValidUtf8(*other))));
        if (::archive_entry_hardlink(entry) || ::archive_entry_hardlink_utf8(entry))
            return refusedEntry(name, "is a hard link");
        Result<void> taken;
        switch (::archive_entry_filetype(entry)) {
        case AE_IFREG:
            taken = unpackFile(reader.get(), *path, (::archive_entry_perm(entry) & 0100) != 0, staged);
            ++files;
            break;
        case AE_IFDIR:
            taken = staged.addFolder(*path);
            break;
        case AE_IFLNK:
            taken = staged.addLink(
                *path,
                std::string(textOr(::archive_entry_symlink(entry), ::archive_entry_symlink_utf8(entry))));
            ++files;
            break;
        default:
            return refusedEntry(name, "is neither a file nor a folder nor a link");
        }
        if (!taken)
            return taken.error();
    }
}

}
