#include "agent/spool/restrictions.h"

#include "agent/platform/os_release.h"
#include "backend/core/byte_encoding.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

namespace fb::agent {

namespace {

    constexpr size_t kMostBytes = 512 * 1024;
    constexpr std::string_view kToolPrefix = "FleetTool/";

    std::string lower(std::string_view text)
    {
        std::string folded(text);
        std::transform(folded.begin(), folded.end(), folded.begin(),
                       [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
        return folded;
    }

    template <typename Names>
    bool lists(const Names &names, std::string_view name)
    {
        return std::any_of(names.begin(), names.end(),
                           [&](const std::string &each) { return lower(each) == lower(name); });
    }

    // Moving files to and from a node is a part of the files' tool.
    bool listsTool(const wire::NodeProfile &profile, std::string_view tool)
    {
        const auto has = [&](std::string_view name) {
            return lists(profile.denied_tools(), std::string(kToolPrefix) + std::string(name));
        };
        return has(tool) || (tool == "transfer" && has("files"));
    }

    std::string denial(std::string_view what, const wire::NodeProfile &by)
    {
        return by.name().empty() ? fmt::format("{} is denied by this node's own configuration", what)
                                 : fmt::format("{} is denied by the node profile {}", what, by.name());
    }

    std::string_view trimmed(std::string_view text)
    {
        constexpr std::string_view kBlank = " \t\r";
        text.remove_prefix(std::min(text.find_first_not_of(kBlank), text.size()));
        return text.substr(0, text.find_last_not_of(kBlank) + 1);
    }

    Result<wire::NodeProfile> profileOf(std::string_view base64, const PrivateFolder &folder)
    {
        const auto bytes = fromBase64(base64);
        wire::NodeProfile profile;
        if (!bytes || !profile.ParseFromString(*bytes))
            return makeError(errors::kInternal,
                             fmt::format("{} is damaged", (folder.path() / kRestrictionsName).string()));
        return profile;
    }

}

std::string Restrictions::denialOfPlugin(std::string_view plugin) const
{
    for (const wire::NodeProfile *each : {&profile, &own})
        if (lists(each->denied_plugins(), plugin))
            return denial(plugin, *each);
    return {};
}

std::string Restrictions::denialOfTool(std::string_view tool) const
{
    for (const wire::NodeProfile *each : {&profile, &own})
        if (listsTool(*each, tool))
            return denial(std::string(kToolPrefix) + std::string(tool), *each);
    return {};
}

Result<void> writeRestrictions(const PrivateFolder &folder, const Restrictions &restrictions)
{
    return folder.write(kRestrictionsName,
                        toBase64(restrictions.profile.SerializeAsString()) + '\n'
                            + toBase64(restrictions.own.SerializeAsString()) + '\n');
}

Result<Restrictions> readRestrictions(const PrivateFolder &folder)
{
    if (!folder.has(kRestrictionsName))
        return Restrictions();
    const auto text = folder.read(kRestrictionsName, kMostBytes);
    if (!text)
        return text.error();
    const size_t line = std::min(text->find('\n'), text->size());
    const auto profile = profileOf(std::string_view(*text).substr(0, line), folder);
    if (!profile)
        return profile.error();
    const std::string_view rest = std::string_view(*text).substr(std::min(line + 1, text->size()));
    const auto own = profileOf(rest.substr(0, rest.find('\n')), folder);
    if (!own)
        return own.error();
    return Restrictions {*profile, *own};
}

Result<AgentConfiguration> readAgentConfiguration(const std::string &path)
{
    if (::access(path.c_str(), R_OK) != 0)
        return systemError("read", path, errno);
    const std::string text = smallFile(path);
    AgentConfiguration configuration;
    wire::NodeProfile &own = configuration.own;
    int number = 0;
    for (size_t at = 0; at < text.size();) {
        const size_t end = std::min(text.find('\n', at), text.size());
        std::string_view line = std::string_view(text).substr(at, end - at);
        at = end + 1;
        ++number;
        line = trimmed(line.substr(0, line.find('#')));
        if (line.empty())
            continue;
        const size_t equals = line.find('=');
        const std::string_view key = trimmed(line.substr(0, equals));
        if (equals == std::string_view::npos
            || (key != "denied-plugins" && key != "denied-tools" && key != "journal-folder"
                && key != "network-sandbox"))
            return makeError(errors::kValidation,
                             fmt::format("{}:{}: \"{}\" is not known; there are denied-plugins = ..., "
                                         "denied-tools = ..., journal-folder = ... and network-sandbox = ...",
                                         path, number, key.substr(0, 80)),
                             "--config");
        if (key == "journal-folder") {
            const std::string_view folder = trimmed(line.substr(equals + 1));
            if (!folder.starts_with('/') || folder.find('\0') != std::string_view::npos)
                return makeError(errors::kValidation,
                                 fmt::format("{}:{}: journal-folder is \"{}\"; it must be a path from /",
                                             path, number, folder.substr(0, 80)),
                                 "--config");
            configuration.journalFolder = folder;
            continue;
        }
        if (key == "network-sandbox") {
            const std::string_view wanted = trimmed(line.substr(equals + 1));
            if (wanted != "required" && wanted != "available")
                return makeError(
                    errors::kValidation,
                    fmt::format("{}:{}: network-sandbox is \"{}\"; it must be required or available", path,
                                number, wanted.substr(0, 80)),
                    "--config");
            configuration.sandboxRequired = wanted == "required";
            continue;
        }
        for (std::string_view rest = line.substr(equals + 1); !rest.empty();) {
            const size_t comma = std::min(rest.find(','), rest.size());
            const std::string_view name = trimmed(rest.substr(0, comma));
            rest.remove_prefix(std::min(comma + 1, rest.size()));
            if (name.empty())
                continue;
            if (key == "denied-plugins")
                own.add_denied_plugins(std::string(name));
            else
                own.add_denied_tools(std::string(name));
        }
    }
    return configuration;
}

}
