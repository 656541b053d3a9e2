#include "agent/downloads/http_client.h"
#include "agent/downloads/s3_signature.h"
#include "agent/downloads/sources.h"
#include "agent/downloads/url_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace fb::agent {

namespace {

    constexpr size_t kMaxListingBytes = 4 * 1024 * 1024; // 1,000 keys of 1 KiB with what stands around them
    constexpr int kMaxPages = 1'000; // a million keys, folders' marks among them
    constexpr std::string_view kAmazon = ".amazonaws.com";

    struct S3Place {
        std::string server; // "https://host[:port]"
        std::string bucketPath; // "/bucket", or empty where the host names it
        std::string key;
    };

    Error wrong(const std::string &path, std::string_view why)
    {
        return makeError(errors::kInvalidParameters,
                         fmt::format("sourceInfo.path: {} {}", withoutSecrets(path), why));
    }

    bool isBucketName(std::string_view name)
    {
        return name.size() >= 3 && name.size() <= 63 && std::ranges::all_of(name, [](char c) {
                   return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.'
                       || c == '_';
               });
    }

    // Amazon's names of S3: s3.amazonaws.com, s3.REGION.amazonaws.com, s3-REGION.amazonaws.com, each also with "BUCKET." in front.
    std::optional<std::string> bucketOfAmazonHost(std::string_view host)
    {
        if (!host.ends_with(kAmazon))
            return std::nullopt;
        host.remove_suffix(kAmazon.size());
        if (host.starts_with("s3") && (host.size() == 2 || host[2] == '.' || host[2] == '-'))
            return std::string();
        for (const std::string_view mark : {".s3.", ".s3-"})
            if (const size_t at = host.find(mark); at != std::string_view::npos)
                return std::string(host.substr(0, at));
        if (host.ends_with(".s3"))
            return std::string(host.substr(0, host.size() - 3));
        return std::nullopt;
    }

    Result<S3Place> placeOf(const std::string &path, const DownloadSettings &settings)
    {
        std::string endpoint = settings.s3Endpoint;
        while (endpoint.ends_with('/'))
            endpoint.pop_back();
        const size_t scheme = path.find("://");
        if (scheme == std::string::npos || path.find_first_of("?#") != std::string::npos)
            return wrong(path, "is no address of an object: s3://BUCKET/KEY, or https://...");
        const std::string_view rest = std::string_view(path).substr(scheme + 3);
        const std::string_view host = rest.substr(0, rest.find('/'));
        const auto afterHost = percentDecoded(rest.substr(std::min(rest.size(), host.size() + 1)));
        if (!afterHost)
            return wrong(path, "holds a broken % escape");

        std::string bucket;
        std::string key = *afterHost;
        bool isAmazon = false;
        const auto takeBucket = [&] {
            const size_t slash = std::min(key.find('/'), key.size());
            bucket = key.substr(0, slash);
            key.erase(0, slash + 1);
        };
        if (path.starts_with("s3://")) {
            bucket = host;
            key = std::string(rest.substr(std::min(rest.size(), host.size() + 1))); // no address: as it is
        } else if (const auto ofHost = bucketOfAmazonHost(host); ofHost && path.starts_with("https://")) {
            isAmazon = true;
            bucket = *ofHost;
            if (bucket.empty())
                takeBucket();
        } else if (!endpoint.empty() && isSameServer(path, endpoint)) {
            takeBucket();
        } else {
            return wrong(
                path,
                "is not at the S3 endpoint of this node, which FLAGBRIDGE_S3_ENDPOINT of its agent names");
        }
        if (!isBucketName(bucket))
            return wrong(path, "names no bucket");
        if (!endpoint.empty())
            return S3Place {endpoint, '/' + bucket, key};
        if (!isAmazon)
            return wrong(path, "needs FLAGBRIDGE_S3_ENDPOINT in the agent's environment: it names no server");
        const bool hostNamesBucket = host.starts_with(bucket + ".s3");
        return S3Place {fmt::format("https://{}", host), hostNamesBucket ? std::string() : '/' + bucket, key};
    }

    class S3Bucket
    {
    public:
        S3Bucket(const HttpClient &client, const DownloadSettings &settings, Instant now, S3Place place)
            : m_client(client),
              m_settings(settings),
              m_now(now),
              m_place(std::move(place))
        {
        }

        Result<void> fetch(const std::string &key, std::string_view name, StagedTree &staged) const
        {
            auto file = staged.addFile(name, false);
            if (!file)
                return file.error();
            const auto answer
                = m_client.get(question(m_place.bucketPath + '/' + percentEncoded(key, true), {}),
                               [&](std::string_view bytes) { return file->append(bytes); });
            return answer ? file->close() : Result<void>(answer.error());
        }

        // One page of keys; `token` becomes that of the next one, or empty.
        Result<std::vector<std::string>> keys(const std::string &prefix, std::string &token) const
        {
            std::map<std::string, std::string> query {
                {"encoding-type", "url"}, {"list-type", "2"}, {"prefix", prefix}};
            if (!token.empty())
                query["continuation-token"] = token;
            const std::string path = m_place.bucketPath.empty() ? "/" : m_place.bucketPath;
            const auto text = m_client.getText(question(path, query), kMaxListingBytes);
            if (!text)
                return text.error();
            const auto listing = s3Listing(*text);
            if (!listing)
                return listing.error();
            token = listing->nextToken;
            return listing->keys;
        }

    private:
        HttpQuestion question(const std::string &path, const std::map<std::string, std::string> &query) const
        {
            const S3Keys keys {m_settings.s3AccessKeyId, m_settings.s3SecretAccessKey, m_settings.s3Region};
            const S3Request request {m_place.server, path, query};
            return {.url = request.url(),
                    .allowsPlain = m_place.server.starts_with("http://"), // the operator's own setting
                    .headers
                    = keys.id.empty() ? std::vector<std::string>() : signedHeaders(request, keys, m_now)};
        }

        const HttpClient &m_client;
        const DownloadSettings &m_settings;
        Instant m_now;
        S3Place m_place;
    };

}

Result<Fetched> fetchS3(const SourceInfo &info, const HttpClient &client, const DownloadSettings &settings,
                        Instant now, StagedTree &staged)
{
    constexpr std::array<std::string_view, 1> kRequired {"path"};
    if (auto checked = info.check(kRequired, {}); !checked)
        return checked.error();
    const std::string path = info.text("path");
    auto place = placeOf(path, settings);
    if (!place)
        return place.error();
    const std::string key = place->key;
    const S3Bucket bucket(client, settings, now, *std::move(place));
    if (!key.empty() && !key.ends_with('/')) {
        const std::string name = key.substr(key.rfind('/') + 1);
        if (auto fetched = bucket.fetch(key, name, staged); !fetched)
            return fetched.error();
        return Fetched {DownloadKind::File, name};
    }
    size_t files = 0;
    int pages = 0;
    std::string token;
    do {
        const auto keys = bucket.keys(key, token);
        if (!keys)
            return keys.error();
        if (!token.empty() && (keys->empty() || ++pages >= kMaxPages))
            return makeError(errors::kServiceUnavailable, "the S3 endpoint's listing does not end");
        for (const std::string &found : *keys) {
            if (!found.starts_with(key) || found.ends_with('/')) // a folder's own mark
                continue;
            if (auto fetched = bucket.fetch(found, found.substr(key.size()), staged); !fetched)
                return fetched.error();
            ++files;
        }
    } while (!token.empty());
    if (files == 0)
        return makeError(errors::kResourceNotFound,
                         fmt::format("there is no object below {}", withoutSecrets(path)));
    return Fetched {DownloadKind::Folder, {}};
}

}
