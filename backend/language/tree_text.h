#pragma once
// Texts to trees and back. The bounds come first: a text over `bytes` is refused unread, whatever it holds (security P06). Any thread.

#include "backend/language/tree.h"

#include <tl/expected.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace fb {

struct TreeLimits {
    size_t bytes = 65'536; // of the text
    int depth = 32; // of lists and maps in each other
    size_t aliasExpansions = 1'000; // YAML: an alias inside an expanded anchor counts again
    size_t expandedBytes = 1'048'576; // YAML: what all the expansions together may copy
};

using TreeResult = tl::expected<Tree, Problem>;

// Strict JSON (RFC 8259): no comments, no trailing commas, no duplicate keys, no NUL in strings.
[[nodiscard]] TreeResult parseJson(std::string_view text, const TreeLimits &limits = {});
// One YAML document with the types of the 1.2 core schema. Tags, merge keys, duplicate keys and keys that are not scalars are
// refused.
[[nodiscard]] TreeResult parseYaml(std::string_view text, const TreeLimits &limits = {});

std::string toCompactJson(const Tree &tree);
std::string toPrettyJson(const Tree &tree); // two spaces a level, newline at the end
std::string toYaml(const Tree &tree); // block style; strings of several lines as literal blocks

std::string jsonQuoted(std::string_view text); // "text" with what JSON escapes

}
