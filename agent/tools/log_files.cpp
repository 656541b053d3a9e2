#include "agent/tools/log_files.h"

#include <sys/stat.h>

#include <algorithm>
#include <dirent.h>
#include <vector>

namespace fb::agent {

namespace {

    constexpr int kDepth = 4;
    constexpr size_t kMostSeen = 20'000; // entries of all folders

    struct Found {
        std::vector<wire::LogFile> files;
        size_t seen = 0;
        bool isCut = false;
    };

    void look(const std::string &folder, int depth, Found &found)
    {
        DIR *directory = ::opendir(folder.c_str());
        if (!directory)
            return;
        while (const dirent *entry = ::readdir(directory)) {
            const std::string name = entry->d_name;
            if (name == "." || name == "..")
                continue;
            if (++found.seen > kMostSeen) {
                found.isCut = true;
                break;
            }
            const std::string path = folder + '/' + name;
            struct stat status {
            };
            if (::lstat(path.c_str(), &status) != 0)
                continue;
            if (S_ISDIR(status.st_mode)) {
                if (depth == kDepth)
                    found.isCut = true;
                else
                    look(path, depth + 1, found);
            } else if (S_ISREG(status.st_mode)) {
                wire::LogFile file;
                file.set_path(path);
                file.set_size(static_cast<uint64_t>(status.st_size));
                file.set_modified_us(int64_t(status.st_mtim.tv_sec) * 1'000'000
                                     + status.st_mtim.tv_nsec / 1000);
                found.files.push_back(std::move(file));
            }
        }
        ::closedir(directory);
    }
}

void listLogFiles(const std::string &folder, int most, wire::JournalPlace &place)
{
    Found found;
    look(folder, 1, found);
    std::sort(found.files.begin(), found.files.end(),
              [](const auto &a, const auto &b) { return a.path() < b.path(); });
    if (found.files.size() > static_cast<size_t>(most)) {
        found.files.resize(static_cast<size_t>(most));
        found.isCut = true;
    }
    for (wire::LogFile &file : found.files)
        *place.add_files() = std::move(file);
    place.set_files_cut(found.isCut);
}

}
