#include "backend/language/platform.h"

#include <algorithm>
#include <array>

namespace fb {

namespace {
    constexpr std::array kPlatforms {Platform::Linux, Platform::MacOS, Platform::Windows};

    char lower(char character)
    {
        return character >= 'A' && character <= 'Z' ? static_cast<char>(character - 'A' + 'a') : character;
    }
}

std::string_view platformName(Platform platform)
{
    switch (platform) {
    case Platform::Linux:
        return "Linux";
    case Platform::MacOS:
        return "MacOS";
    case Platform::Windows:
        return "Windows";
    }
    return {};
}

std::optional<Platform> platformNamed(std::string_view name)
{
    for (const Platform platform : kPlatforms) {
        if (std::ranges::equal(platformName(platform), name, {}, lower, lower))
            return platform;
    }
    return std::nullopt;
}

std::vector<std::string> PlatformSet::names() const
{
    std::vector<std::string> names;
    for (const Platform platform : kPlatforms) {
        if (contains(platform))
            names.emplace_back(platformName(platform));
    }
    return names;
}

}
