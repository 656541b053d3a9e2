#pragma once
// The fields of a downloadContent step's sourceInfo (spec/documents.md 3.12). One thread.

#include "backend/core/result.h"
#include "backend/language/tree.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace fb::agent {

class SourceInfo
{
public:
    explicit SourceInfo(const Tree &fields) : m_fields(fields) { }

    // InvalidParameters naming a field that is not in the list, is no text, is required and missing, or holds a {{ssm-secure:...}} that
    // nobody can resolve.
    Result<void> check(std::span<const std::string_view> required,
                       std::span<const std::string_view> optional) const;

    std::string text(std::string_view name) const; // empty if it is not given
    Result<bool> flag(std::string_view name) const; // false if it is not given

private:
    const Tree &m_fields;
};

// getOptions: "branch:NAME", "commitID:<40 hex digits>", or nothing. InvalidParameters otherwise, and for a branch whose name could be
// taken for something else.
struct GitRevision {
    std::string branch {};
    std::string commit {};
};
Result<GitRevision> gitRevision(const std::string &getOptions);

}
