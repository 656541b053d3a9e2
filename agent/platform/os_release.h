#pragma once
// What the operating system says of itself: /etc/os-release, uname. Any thread.

#include <string>
#include <string_view>

namespace fb::agent {

struct OsRelease {
    std::string name; // "Debian GNU/Linux"
    std::string version; // "12"
};

OsRelease parseOsRelease(std::string_view text);
OsRelease osRelease();
std::string smallFile(const std::string &path,
                      size_t limit = 64 * 1024); // empty if it can't be read; trailing blanks cut

}
