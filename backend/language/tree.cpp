#include "backend/language/tree.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

namespace fb {

Tree::Tree() = default;
Tree::~Tree() = default;
Tree::Tree(const Tree &other) = default;
Tree::Tree(Tree &&other) noexcept = default;
Tree &Tree::operator=(const Tree &other) = default;
Tree &Tree::operator=(Tree &&other) noexcept = default;

Tree Tree::boolean(bool value) { return boolean(value, value ? "true" : "false"); }

Tree Tree::boolean(bool value, std::string asWritten)
{
    Tree tree;
    tree.m_kind = Kind::Bool;
    tree.m_bool = value;
    tree.m_text = std::move(asWritten);
    return tree;
}

Tree Tree::number(std::string asWritten)
{
    Tree tree;
    tree.m_kind = Kind::Number;
    tree.m_text = std::move(asWritten);
    return tree;
}

Tree Tree::number(int64_t value) { return number(std::to_string(value)); }

Tree Tree::string(std::string text)
{
    Tree tree;
    tree.m_kind = Kind::String;
    tree.m_text = std::move(text);
    return tree;
}

Tree Tree::list(std::vector<Tree> items)
{
    Tree tree;
    tree.m_kind = Kind::List;
    tree.m_items = std::move(items);
    return tree;
}

Tree Tree::map() { return map(std::vector<TreeMember> {}); }

Tree Tree::map(std::vector<TreeMember> members)
{
    Tree tree;
    tree.m_kind = Kind::Map;
    tree.m_members = std::move(members);
    return tree;
}

std::string_view Tree::kindName() const
{
    switch (m_kind) {
    case Kind::Null:
        return "null";
    case Kind::Bool:
        return "a boolean";
    case Kind::Number:
        return "a number";
    case Kind::String:
        return "text";
    case Kind::List:
        return "a list";
    case Kind::Map:
        return "a map";
    }
    return {};
}

namespace {
    // 0x and 0o literals of YAML as decimal digits; nothing if they do not fit 64 bits.
    std::optional<std::string> decimalOf(std::string_view digits, int base)
    {
        uint64_t value = 0;
        const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
        if (fault != std::errc() || end != digits.data() + digits.size())
            return std::nullopt;
        return std::to_string(value);
    }
}

std::string Tree::numberText() const
{
    std::string_view rest = m_text;
    std::string out;
    if (rest.starts_with('-') || rest.starts_with('+')) {
        if (rest.front() == '-')
            out.push_back('-');
        rest.remove_prefix(1);
    }
    if (rest.starts_with("0x") || rest.starts_with("0o")) {
        const auto decimal = decimalOf(rest.substr(2), rest[1] == 'x' ? 16 : 8);
        return decimal ? out + *decimal : std::string("0"); // parseYaml refuses those beyond 64 bits
    }
    const size_t wholeEnd = std::min(rest.find_first_of(".eE"), rest.size());
    std::string_view whole = rest.substr(0, wholeEnd);
    while (whole.size() > 1 && whole.front() == '0')
        whole.remove_prefix(1);
    out += whole.empty() ? "0" : whole;
    rest.remove_prefix(wholeEnd);
    if (rest.starts_with('.')) {
        const size_t fractionEnd = std::min(rest.find_first_of("eE"), rest.size());
        const std::string_view fraction = rest.substr(1, fractionEnd - 1);
        out += '.';
        out += fraction.empty() ? "0" : fraction;
        rest.remove_prefix(fractionEnd);
    }
    return out.append(rest);
}

const Tree *Tree::find(std::string_view key) const
{
    const auto found = std::ranges::find(m_members, key, &TreeMember::key);
    return found == m_members.end() ? nullptr : &found->value;
}

void Tree::set(std::string key, Tree value)
{
    const auto found = std::ranges::find(m_members, key, &TreeMember::key);
    if (found != m_members.end())
        found->value = std::move(value);
    else
        m_members.push_back({std::move(key), std::move(value), {}});
}

bool Tree::remove(std::string_view key)
{
    return std::erase_if(m_members, [&](const TreeMember &member) { return member.key == key; }) > 0;
}

bool operator==(const Tree &a, const Tree &b)
{
    if (a.m_kind != b.m_kind)
        return false;
    switch (a.m_kind) {
    case Tree::Kind::Null:
        return true;
    case Tree::Kind::Bool:
        return a.m_bool == b.m_bool;
    case Tree::Kind::Number:
        return a.numberText() == b.numberText();
    case Tree::Kind::String:
        return a.m_text == b.m_text;
    case Tree::Kind::List:
        return a.m_items == b.m_items;
    case Tree::Kind::Map:
        return std::ranges::equal(a.m_members, b.m_members, [](const TreeMember &x, const TreeMember &y) {
            return x.key == y.key && x.value == y.value;
        });
    }
    return false;
}

}
