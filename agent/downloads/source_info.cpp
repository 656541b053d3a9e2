#include "agent/downloads/source_info.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace fb::agent {

namespace {

    Error wrongSource(std::string message, std::string_view field = "sourceInfo")
    {
        return makeError(errors::kInvalidParameters, std::move(message), std::string(field));
    }

    bool holdsSecureReference(const std::string &text)
    {
        const size_t braces = text.find("{{");
        return braces != std::string::npos && text.find("ssm-secure:", braces) != std::string::npos;
    }

}

Result<void> SourceInfo::check(std::span<const std::string_view> required,
                               std::span<const std::string_view> optional) const
{
    for (const TreeMember &member : m_fields.members()) {
        const bool isKnown = std::ranges::find(required, member.key) != required.end()
            || std::ranges::find(optional, member.key) != optional.end();
        if (!isKnown)
            return wrongSource(fmt::format("sourceInfo.{} is not known here; known are {}{}{}", member.key,
                                           fmt::join(required, ", "), optional.empty() ? "" : ", ",
                                           fmt::join(optional, ", ")));
        if (!member.value.isScalar())
            return wrongSource(
                fmt::format("sourceInfo.{} is {}, not text", member.key, member.value.kindName()));
        if (member.value.text().find('\0') != std::string::npos)
            return wrongSource(fmt::format("sourceInfo.{} holds a NUL", member.key));
        if (holdsSecureReference(member.value.text()))
            return wrongSource(
                fmt::format("sourceInfo.{}: {} names a SecureString, and this fleet has no Parameter Store",
                            member.key, member.value.text()));
    }
    for (const std::string_view name : required)
        if (text(name).empty())
            return wrongSource(fmt::format("sourceInfo.{} is missing", name));
    return {};
}

std::string SourceInfo::text(std::string_view name) const
{
    const Tree *found = m_fields.find(name);
    return found && found->isScalar() ? found->text() : std::string();
}

Result<bool> SourceInfo::flag(std::string_view name) const
{
    const std::string given = text(name);
    if (given.empty() || given == "false" || given == "False")
        return false;
    if (given == "true" || given == "True")
        return true;
    return wrongSource(fmt::format("sourceInfo.{} is \"{}\"; it must be true or false", name, given));
}

Result<GitRevision> gitRevision(const std::string &getOptions)
{
    const auto strip = [](std::string_view text) {
        while (!text.empty() && text.front() == ' ')
            text.remove_prefix(1);
        while (!text.empty() && text.back() == ' ')
            text.remove_suffix(1);
        return std::string(text);
    };
    const std::string given = strip(getOptions);
    if (given.empty())
        return GitRevision {};
    if (given.starts_with("branch:")) {
        const std::string branch = strip(std::string_view(given).substr(7));
        constexpr std::string_view kNever = " ~^:?*[\\\x7f"; // git check-ref-format
        const bool isSound = !branch.empty() && branch.size() <= 255 && branch.front() != '-'
            && branch.find("..") == std::string::npos && branch.find("@{") == std::string::npos
            && std::ranges::none_of(branch, [&](char c) {
                   return static_cast<unsigned char>(c) < 0x20 || kNever.find(c) != std::string_view::npos;
               });
        if (isSound)
            return GitRevision {.branch = branch};
    } else if (given.starts_with("commitID:")) {
        const std::string commit = strip(std::string_view(given).substr(9));
        const bool isHex
            = commit.size() == 40 && std::ranges::all_of(commit, [](char c) {
                  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
              });
        if (isHex)
            return GitRevision {.commit = commit};
    }
    return wrongSource(
        fmt::format("sourceInfo.getOptions is \"{}\"; it must be branch:NAME or commitID: and 40 hex digits",
                    getOptions));
}

}
