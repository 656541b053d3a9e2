#include "agent/downloads/sources.h"
#include "backend/core/url_text.h"
#include "backend/download/http_client.h"

#include <fmt/format.h>

#include <array>

namespace fb::agent {

using namespace download;

namespace {

    Result<HttpAuth> authMethod(const SourceInfo &info)
    {
        const std::string given = info.text("authMethod");
        if (given.empty() || given == "None")
            return HttpAuth::None;
        if (given != "Basic" && given != "Digest")
            return makeError(
                errors::kInvalidParameters,
                fmt::format("sourceInfo.authMethod is \"{}\"; it must be None, Basic or Digest", given));
        if (info.text("username").empty())
            return makeError(errors::kInvalidParameters,
                             fmt::format("sourceInfo.username is missing; authMethod {} needs it", given));
        return given == "Basic" ? HttpAuth::Basic : HttpAuth::Digest;
    }

    // The last part of the address's path.
    Result<std::string> fileNameOf(const std::string &url)
    {
        std::string_view rest = std::string_view(url).substr(0, url.find_first_of("?#"));
        const size_t scheme = rest.find("://");
        rest = scheme == std::string_view::npos ? rest : rest.substr(scheme + 3);
        const size_t slash = rest.rfind('/');
        const auto name
            = slash == std::string_view::npos ? std::nullopt : percentDecoded(rest.substr(slash + 1));
        if (!name || !isPlainName(*name))
            return makeError(
                errors::kInvalidParameters,
                fmt::format("{} names no file: its last part is no file name", withoutSecrets(url)));
        return *name;
    }

}

Result<Fetched> fetchHttp(const SourceInfo &info, const HttpClient &client, StagedTree &staged)
{
    constexpr std::array<std::string_view, 1> kRequired {"url"};
    constexpr std::array<std::string_view, 4> kOptional {"allowInsecureDownload", "authMethod", "username",
                                                         "password"};
    if (auto checked = info.check(kRequired, kOptional); !checked)
        return checked.error();
    const auto allowsPlain = info.flag("allowInsecureDownload");
    if (!allowsPlain)
        return allowsPlain.error();
    const auto auth = authMethod(info);
    if (!auth)
        return auth.error();
    const std::string url = info.text("url");
    const auto name = fileNameOf(url);
    if (!name)
        return name.error();
    auto file = staged.addFile(*name, false);
    if (!file)
        return file.error();
    const HttpQuestion question {.url = url,
                                 .allowsPlain = *allowsPlain,
                                 .auth = *auth,
                                 .username = info.text("username"),
                                 .password = info.text("password")};
    const auto answer = client.get(question, [&](std::string_view bytes) { return file->append(bytes); });
    if (!answer)
        return answer.error();
    if (auto closed = file->close(); !closed)
        return closed.error();
    return Fetched {DownloadKind::File, *name};
}

}
