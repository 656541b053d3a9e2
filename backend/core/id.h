#pragma once
// Strong ids: text that says what it names. `using NodeId = Id<struct NodeTag>`.

#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace fb {

template <typename Tag>
class Id
{
public:
    Id() = default;
    explicit Id(std::string text) : m_text(std::move(text)) { }

    const std::string &text() const { return m_text; }
    bool isEmpty() const { return m_text.empty(); }

    friend auto operator<=>(const Id &, const Id &) = default;
    friend size_t hash_value(const Id &id) { return std::hash<std::string>()(id.m_text); }
    friend size_t qHash(const Id &id, size_t seed = 0) noexcept
    {
        return std::hash<std::string>()(id.m_text) ^ seed;
    }

private:
    std::string m_text;
};

}

template <typename Tag>
struct std::hash<fb::Id<Tag>> {
    size_t operator()(const fb::Id<Tag> &id) const noexcept { return std::hash<std::string>()(id.text()); }
};
