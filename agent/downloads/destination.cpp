#include "agent/downloads/destination.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <cerrno>
#include <fcntl.h>

namespace fb::agent {

namespace {

    struct DestinationPlace {
        UniqueFd root;
        std::filesystem::path rootPath;
        std::vector<std::string> parts; // below the root
        bool endsInSlash = false;
    };

    Result<std::vector<std::string>> partsOf(const std::string &text)
    {
        const bool isRootItself
            = text.find_first_not_of("/.") == std::string::npos && text.find("..") == std::string::npos;
        return isRootItself ? Result<std::vector<std::string>>(std::vector<std::string>())
                            : componentsBelow(text);
    }

    // An absolute destination is the operator's own word: links on the way to it are followed.
    Result<DestinationPlace> placeOf(const std::string &text, const PrivateFolder &downloads)
    {
        DestinationPlace place;
        place.endsInSlash = text.empty() || text.ends_with('/');
        if (!text.starts_with('/')) {
            auto parts = partsOf(text);
            if (!parts)
                return parts.error();
            place.parts = *std::move(parts);
            place.rootPath = downloads.path();
            place.root.reset(::openat(downloads.fd(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
            return place;
        }
        const std::filesystem::path whole = std::filesystem::path(text).lexically_normal();
        struct stat status {
        };
        const bool isFolder = ::stat(whole.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
        if (isFolder || place.endsInSlash) {
            place.rootPath = whole;
            place.endsInSlash = true;
        } else {
            place.rootPath = whole.parent_path();
            place.parts = {whole.filename().string()};
        }
        std::error_code failed;
        std::filesystem::create_directories(place.rootPath, failed);
        place.root.reset(::open(place.rootPath.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        if (!place.root)
            return systemError("open the folder", place.rootPath, failed ? failed.value() : errno);
        return place;
    }

    bool isFolderBelow(int root, const std::vector<std::string> &parts)
    {
        UniqueFd folder(::openat(root, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        for (const std::string &part : parts)
            folder.reset(
                ::openat(folder.get(), part.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW));
        return static_cast<bool>(folder);
    }

}

Result<std::filesystem::path> deliver(const StagedTree &staged, DownloadKind kind, const std::string &name,
                                      const std::string &destinationPath, const PrivateFolder &downloads)
{
    auto place = placeOf(destinationPath, downloads);
    if (!place)
        return place.error();
    const bool goesInside = kind == DownloadKind::Folder || place->endsInSlash
        || isFolderBelow(place->root.get(), place->parts);
    std::vector<std::string> folders = place->parts;
    std::string finalName = name;
    if (!goesInside) {
        finalName = folders.back();
        folders.pop_back();
    }
    std::filesystem::path path = place->rootPath;
    for (const std::string &part : folders)
        path /= part;
    if (kind == DownloadKind::File && finalName != name)
        staged.folder().rename(name, finalName);
    const auto folder = openFoldersBelow(place->root.get(), folders, place->rootPath, 0755);
    if (!folder)
        return folder.error();
    if (auto delivered = staged.deliverTo(folder->get(), path); !delivered)
        return delivered.error();
    return kind == DownloadKind::File ? path / finalName : path;
}

}
