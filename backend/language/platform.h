#pragma once
// The platforms a node can have, and sets of them. Names are AWS's. Any thread.

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fb {

enum class Platform : uint8_t { Linux = 1, MacOS = 2, Windows = 4 };

std::string_view platformName(Platform platform); // Linux, MacOS, Windows
std::optional<Platform> platformNamed(std::string_view name); // any letter case

class PlatformSet
{
public:
    constexpr PlatformSet() = default;
    constexpr PlatformSet(std::initializer_list<Platform> platforms)
    {
        for (const Platform platform : platforms)
            m_bits = static_cast<uint8_t>(m_bits | static_cast<uint8_t>(platform));
    }
    static constexpr PlatformSet all() { return {Platform::Linux, Platform::MacOS, Platform::Windows}; }

    constexpr bool contains(Platform platform) const
    {
        return (m_bits & static_cast<uint8_t>(platform)) != 0;
    }
    constexpr bool isEmpty() const { return m_bits == 0; }
    std::vector<std::string> names() const; // in the order Linux, MacOS, Windows

    friend constexpr PlatformSet operator|(PlatformSet a, PlatformSet b)
    {
        return ofBits(a.m_bits | b.m_bits);
    }
    friend constexpr PlatformSet operator&(PlatformSet a, PlatformSet b)
    {
        return ofBits(a.m_bits & b.m_bits);
    }
    friend constexpr bool operator==(PlatformSet, PlatformSet) = default;

private:
    static constexpr PlatformSet ofBits(int bits)
    {
        PlatformSet set;
        set.m_bits = static_cast<uint8_t>(bits);
        return set;
    }
    uint8_t m_bits = 0;
};

}
