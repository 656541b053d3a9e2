#include "agent/downloads/sources.h"
#include "backend/download/http_client.h"

#include <fmt/format.h>

#include <array>

namespace fb::agent {

Result<Fetched> fetchS3(const SourceInfo &info, const HttpClient &client, const DownloadSettings &settings,
                        const Clock &clock, StagedTree &staged)
{
    constexpr std::array<std::string_view, 1> kRequired {"path"};
    if (auto checked = info.check(kRequired, {}); !checked)
        return checked.error();
    const std::string path = info.text("path");
    const auto place = download::s3Place(path, settings.s3);
    if (!place)
        return makeError(place.error().code, "sourceInfo.path: " + place.error().message);
    const std::string key = place->key;
    const download::S3Bucket bucket(client, settings.s3, *place, clock);
    const auto fetch = [&](const std::string &object, std::string_view name) -> Result<void> {
        auto file = staged.addFile(name, false);
        if (!file)
            return file.error();
        auto got = bucket.get(object, [&](std::string_view bytes) { return file->append(bytes); });
        return got ? file->close() : got;
    };
    if (!key.empty() && !key.ends_with('/')) {
        const std::string name = key.substr(key.rfind('/') + 1);
        if (auto fetched = fetch(key, name); !fetched)
            return fetched.error();
        return Fetched {DownloadKind::File, name};
    }
    size_t files = 0;
    const auto all = bucket.list(key, [&](const std::string &found) {
        ++files;
        return fetch(found, std::string_view(found).substr(key.size()));
    });
    if (!all)
        return all.error();
    if (files == 0)
        return makeError(errors::kResourceNotFound,
                         fmt::format("there is no object below {}", download::withoutSecrets(path)));
    return Fetched {DownloadKind::Folder, {}};
}

}
