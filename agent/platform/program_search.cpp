#include "agent/platform/program_search.h"

#include <sys/stat.h>

#include <cstdlib>
#include <unistd.h>

namespace fb::agent {

std::optional<std::string> findProgram(std::string_view name)
{
    const char *given = std::getenv("PATH");
    std::string_view folders
        = given && *given ? given : "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    while (!folders.empty()) {
        const size_t colon = folders.find(':');
        const std::string_view folder = folders.substr(0, colon);
        folders = colon == std::string_view::npos ? std::string_view() : folders.substr(colon + 1);
        if (!folder.starts_with('/')) // an empty or relative one would mean the working directory
            continue;
        std::string path = std::string(folder) + '/' + std::string(name);
        struct stat status {
        };
        if (::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode)
            && ::access(path.c_str(), X_OK) == 0)
            return path;
    }
    return std::nullopt;
}

}
