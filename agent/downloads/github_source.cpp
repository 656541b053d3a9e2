#include "agent/downloads/sources.h"
#include "agent/downloads/tar_archive.h"
#include "backend/core/url_text.h"
#include "backend/download/http_client.h"
#include "backend/language/tree_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace fb::agent {

using namespace download;

namespace {

    constexpr size_t kMaxListingBytes = 16 * 1024 * 1024; // a folder's, or a file's with its bytes
    constexpr std::string_view kArchiveName = "archive.tar.gz";

    bool isGitHubName(const std::string &name)
    {
        return !name.empty() && name != "." && name != ".." && std::ranges::all_of(name, [](char c) {
            return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'
                || c == '_' || c == '.';
        });
    }

    class GitHubApi
    {
    public:
        GitHubApi(const SourceInfo &info, const HttpClient &client, const DownloadSettings &settings)
            : m_client(client),
              m_base(settings.gitHubApi),
              m_token(info.text("tokenInfo"))
        {
            while (m_base.ends_with('/'))
                m_base.pop_back();
            m_repository = fmt::format("{}/repos/{}/{}", m_base, info.text("owner"), info.text("repository"));
        }

        HttpQuestion question(const std::string &path, std::string_view accepts) const
        {
            HttpQuestion question {.url = m_repository + path,
                                   .allowsPlain = m_base.starts_with("http://"), // the operator's own setting
                                   .headers = {fmt::format("Accept: {}", accepts)}};
            if (!m_token.empty())
                question.headers.push_back("Authorization: Bearer " + m_token);
            return question;
        }

        Result<bool> isFolder(const std::string &contentPath) const
        {
            const auto text = m_client.getText(question(contentPath, "application/vnd.github.v3.object"),
                                               kMaxListingBytes);
            if (!text)
                return text.error();
            const auto tree = parseJson(*text, {.bytes = kMaxListingBytes});
            if (!tree)
                return makeError(errors::kServiceUnavailable,
                                 fmt::format("{}: the answer is no JSON: {}", m_base, tree.error().text()));
            const Tree *type = tree->find("type");
            if (tree->isList() || (type && type->text() == "dir"))
                return true;
            if (type && type->text() == "file")
                return false;
            return makeError(errors::kValidation,
                             fmt::format("the path is a {} there, neither a file nor a folder",
                                         type ? type->text() : std::string("thing without a type")));
        }

    private:
        const HttpClient &m_client;
        std::string m_base;
        std::string m_token;
        std::string m_repository;
    };

    Result<void> fetchInto(const HttpClient &client, const HttpQuestion &question, StagedTree &staged,
                           std::string_view name)
    {
        auto file = staged.addFile(name, false);
        if (!file)
            return file.error();
        if (auto answer = client.get(question, [&](std::string_view bytes) { return file->append(bytes); });
            !answer)
            return answer.error();
        return file->close();
    }

}

Result<Fetched> fetchGitHub(const SourceInfo &info, const HttpClient &client,
                            const DownloadSettings &settings, const PrivateFolder &scratch,
                            StagedTree &staged)
{
    constexpr std::array<std::string_view, 3> kRequired {"owner", "repository", "path"};
    constexpr std::array<std::string_view, 2> kOptional {"getOptions", "tokenInfo"};
    if (auto checked = info.check(kRequired, kOptional); !checked)
        return checked.error();
    for (const char *name : {"owner", "repository"})
        if (!isGitHubName(info.text(name)))
            return makeError(
                errors::kInvalidParameters,
                fmt::format("sourceInfo.{} is \"{}\", which is no name on GitHub", name, info.text(name)));
    if (info.text("tokenInfo").find_first_of("\r\n") != std::string::npos)
        return makeError(errors::kInvalidParameters,
                         "sourceInfo.tokenInfo is no token: it has several lines");
    const auto revision = gitRevision(info.text("getOptions"));
    if (!revision)
        return revision.error();
    std::string path = info.text("path");
    if (path.find_first_not_of("/.") == std::string::npos && path.find("..") == std::string::npos)
        path.clear(); // the whole repository
    std::vector<std::string> parts;
    if (!path.empty()) {
        while (path.starts_with('/'))
            path.erase(0, 1);
        auto split = componentsBelow(path);
        if (!split)
            return split.error();
        parts = *std::move(split);
    }

    const GitHubApi api(info, client, settings);
    const std::string reference = revision->branch.empty() ? revision->commit : revision->branch;
    std::string contentPath = "/contents";
    for (const std::string &part : parts)
        contentPath += '/' + percentEncoded(part, false);
    if (!reference.empty())
        contentPath += "?ref=" + percentEncoded(reference, false);
    const auto isFolder = api.isFolder(contentPath);
    if (!isFolder)
        return isFolder.error();
    if (!*isFolder) {
        const auto fetched = fetchInto(client, api.question(contentPath, "application/vnd.github.v3.raw"),
                                       staged, parts.back());
        if (!fetched)
            return fetched.error();
        return Fetched {DownloadKind::File, parts.back()};
    }

    auto folder = scratch.subfolder("archive");
    if (!folder)
        return folder.error();
    StagedTree archive(*std::move(folder), staged.limits());
    const std::string tarball = "/tarball" + (reference.empty() ? "" : '/' + percentEncoded(reference, true));
    if (auto fetched = fetchInto(client, api.question(tarball, "*/*"), archive, kArchiveName); !fetched)
        return fetched.error();
    const auto bytes = archive.folder().openForReading(kArchiveName);
    if (!bytes)
        return bytes.error();
    const auto files = unpackTar(bytes->get(), path, staged);
    if (!files)
        return files.error();
    if (*files == 0)
        return makeError(errors::kResourceNotFound,
                         fmt::format("there is nothing below {} in the archive", path));
    return Fetched {DownloadKind::Folder, {}};
}

}
