#include "agent/platform/os_release.h"

#include <algorithm>
#include <fcntl.h>
#include <unistd.h>

namespace fb::agent {

namespace {

    // NAME="value", with \" and the like inside.
    std::string unquoted(std::string_view value)
    {
        if (value.size() >= 2 && (value.front() == '"' || value.front() == '\'')
            && value.back() == value.front())
            value = value.substr(1, value.size() - 2);
        std::string text;
        for (size_t i = 0; i < value.size(); ++i) {
            if (value[i] == '\\' && i + 1 < value.size())
                ++i;
            text.push_back(value[i]);
        }
        return text;
    }

}

OsRelease parseOsRelease(std::string_view text)
{
    OsRelease release;
    while (!text.empty()) {
        const size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.starts_with("NAME="))
            release.name = unquoted(line.substr(5));
        else if (line.starts_with("VERSION_ID="))
            release.version = unquoted(line.substr(11));
    }
    return release;
}

OsRelease osRelease()
{
    std::string text = smallFile("/etc/os-release");
    if (text.empty())
        text = smallFile("/usr/lib/os-release");
    OsRelease release = parseOsRelease(text);
    if (release.name.empty())
        release.name = "Linux";
    return release;
}

std::string smallFile(const std::string &path, size_t limit)
{
    std::string text;
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return text;
    char chunk[4096];
    for (ssize_t got = 0; text.size() < limit && (got = ::read(fd, chunk, sizeof chunk)) > 0;)
        text.append(chunk, static_cast<size_t>(got));
    ::close(fd);
    while (!text.empty() && (text.back() == '\n' || text.back() == ' ' || text.back() == '\0'))
        text.pop_back();
    return text;
}

}
