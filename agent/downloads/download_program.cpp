#include "agent/downloads/download_program.h"

#include "agent/downloads/sources.h"
#include "backend/download/http_client.h"
#include "backend/language/tree_text.h"

#include <fmt/format.h>

#include <array>
#include <cstdio>
#include <cstdlib>

namespace fb::agent {

namespace {

    constexpr std::string_view kRequestName = "request.json";
    constexpr size_t kMaxRequestBytes = 2 * 1024 * 1024;

    // Removed whatever happens.
    class ScratchFolder
    {
    public:
        ScratchFolder(const PrivateFolder &parent, std::string name)
            : m_parent(parent),
              m_name(std::move(name))
        {
            m_parent.removeTree(m_name); // of an attempt before
        }
        ~ScratchFolder() { m_parent.removeTree(m_name); }
        ScratchFolder(const ScratchFolder &) = delete;
        ScratchFolder &operator=(const ScratchFolder &) = delete;
        Result<PrivateFolder> make() const { return m_parent.subfolder(m_name); }

    private:
        const PrivateFolder &m_parent;
        std::string m_name;
    };

    Result<Fetched> fetchDocument(const DownloadRequest &request, StagedTree &staged)
    {
        constexpr std::array<std::string_view, 1> kRequired {"name"};
        if (auto checked = SourceInfo(request.sourceInfo).check(kRequired, {}); !checked)
            return checked.error();
        auto file = staged.addFile(request.documentFile, false);
        if (!file)
            return file.error();
        if (auto written = file->append(request.documentContent); !written)
            return written.error();
        if (auto closed = file->close(); !closed)
            return closed.error();
        return Fetched {DownloadKind::File, request.documentFile};
    }

    Result<Fetched> fetch(const DownloadRequest &request, const PrivateFolder &scratch, StagedTree &staged)
    {
        const SourceInfo info(request.sourceInfo);
        if (request.sourceType == "SSMDocument")
            return fetchDocument(request, staged);
        if (request.sourceType == "Git")
            return fetchGit(info, scratch, staged);
        const auto client = HttpClient::open();
        if (!client)
            return client.error();
        if (request.sourceType == "HTTP")
            return fetchHttp(info, **client, staged);
        const DownloadSettings settings = DownloadSettings::fromEnvironment();
        if (request.sourceType == "GitHub")
            return fetchGitHub(info, **client, settings, scratch, staged);
        if (request.sourceType == "S3")
            return fetchS3(info, **client, settings, SystemClock(), staged);
        return makeError(errors::kInvalidParameters,
                         fmt::format("sourceType \"{}\" is not known", request.sourceType));
    }

    Result<std::filesystem::path> download(const PrivateFolder &folder)
    {
        const auto request = takeDownloadRequest(folder);
        if (!request)
            return request.error();
        const ScratchFolder scratchName(folder, "scratch");
        const ScratchFolder stagedName(folder, "staged");
        const auto scratch = scratchName.make();
        auto stagedFolder = stagedName.make();
        const auto downloads = PrivateFolder::openOrMake(request->downloads);
        if (!scratch || !stagedFolder || !downloads)
            return !scratch ? scratch.error() : !stagedFolder ? stagedFolder.error() : downloads.error();
        StagedTree staged(*std::move(stagedFolder));
        const auto fetched = fetch(*request, *scratch, staged);
        if (!fetched)
            return fetched.error();
        return deliver(staged, fetched->kind, fetched->name, request->destinationPath, *downloads);
    }

}

DownloadSettings DownloadSettings::fromEnvironment()
{
    DownloadSettings settings;
    const auto take = [](const char *name, std::string &into) {
        if (const char *value = std::getenv(name); value && *value)
            into = value;
    };
    take("FLAGBRIDGE_GITHUB_API", settings.gitHubApi);
    take("FLAGBRIDGE_S3_ENDPOINT", settings.s3.endpoint);
    take("FLAGBRIDGE_S3_REGION", settings.s3.region);
    take("FLAGBRIDGE_S3_ACCESS_KEY_ID", settings.s3.accessKeyId);
    if (const char *secret = std::getenv("FLAGBRIDGE_S3_SECRET_ACCESS_KEY"))
        settings.s3.secretAccessKey = std::make_shared<const SecretBytes>(secret);
    return settings;
}

Result<void> writeDownloadRequest(const PrivateFolder &folder, const DownloadRequest &request)
{
    Tree tree = Tree::map();
    tree.set("sourceType", Tree::string(request.sourceType));
    tree.set("sourceInfo", request.sourceInfo);
    tree.set("destinationPath", Tree::string(request.destinationPath));
    tree.set("downloads", Tree::string(request.downloads));
    tree.set("documentFile", Tree::string(request.documentFile));
    tree.set("documentContent", Tree::string(request.documentContent));
    return folder.write(kRequestName, toCompactJson(tree), Durability::WhenWritten);
}

Result<DownloadRequest> takeDownloadRequest(const PrivateFolder &folder)
{
    const auto text = folder.read(kRequestName, kMaxRequestBytes);
    if (!text)
        return text.error();
    folder.remove(kRequestName);
    const auto tree = parseJson(*text, {.bytes = kMaxRequestBytes});
    if (!tree)
        return makeError(errors::kInternal, "the download's request cannot be read");
    DownloadRequest request;
    const auto take = [&](const char *name, std::string DownloadRequest::*member) {
        if (const Tree *value = tree->find(name))
            request.*member = value->text();
    };
    take("sourceType", &DownloadRequest::sourceType);
    take("destinationPath", &DownloadRequest::destinationPath);
    take("downloads", &DownloadRequest::downloads);
    take("documentFile", &DownloadRequest::documentFile);
    take("documentContent", &DownloadRequest::documentContent);
    if (const Tree *info = tree->find("sourceInfo"); info && info->isMap())
        request.sourceInfo = *info;
    return request;
}

int runDownload(const std::filesystem::path &folder)
{
    const auto own = PrivateFolder::openOrMake(folder);
    const auto path = own ? download(*own) : Result<std::filesystem::path>(own.error());
    if (!path) {
        std::fprintf(stderr, "%s\n", path.error().message.c_str());
        return 1;
    }
    std::printf("Content downloaded to %s\n", path->c_str());
    return 0;
}

}
