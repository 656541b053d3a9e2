#include "backend/download/s3_bucket.h"

#include "backend/core/url_text.h"
#include "backend/download/s3_signature.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

namespace fb::download {

namespace {

    constexpr size_t kMaxListingBytes = 4 * 1024 * 1024; // 1,000 keys of 1 KiB with what stands around them
    constexpr int kMaxPages = 1'000; // a million keys, folders' marks among them
    constexpr std::string_view kAmazon = ".amazonaws.com";

    Error wrong(const std::string &address, std::string_view why)
    {
        return makeError(errors::kInvalidParameters, fmt::format("{} {}", withoutSecrets(address), why));
    }

    Error endless()
    {
        return makeError(errors::kServiceUnavailable, "the S3 endpoint's listing does not end");
    }

    bool hasDotSegment(std::string_view key)
    {
        const std::string path = '/' + std::string(key) + '/';
        return path.find("/./") != std::string::npos || path.find("/../") != std::string::npos;
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

    // BUCKET.HOST[:PORT] of an endpoint HOST[:PORT]: the bucket.
    std::optional<std::string> bucketBeforeEndpoint(const std::string &address, const std::string &endpoint)
    {
        const size_t scheme = endpoint.find("://");
        const size_t begin = address.find("://") + 3;
        if (scheme == std::string::npos)
            return std::nullopt;
        for (size_t dot = address.find('.', begin); dot < address.find('/', begin);
             dot = address.find('.', dot + 1)) {
            const std::string bucket = address.substr(begin, dot - begin);
            if (isBucketName(bucket)
                && isSameServer(address.substr(0, begin) + address.substr(dot + 1), endpoint))
                return bucket;
        }
        return std::nullopt;
    }

}

Result<S3Place> s3Place(const std::string &address, const S3Reach &reach)
{
    std::string endpoint = reach.endpoint;
    while (endpoint.ends_with('/'))
        endpoint.pop_back();
    const size_t scheme = address.find("://");
    if (scheme == std::string::npos || address.find_first_of("?#") != std::string::npos)
        return wrong(address, "is no address of an object: s3://BUCKET/KEY, or https://...");
    const std::string_view rest = std::string_view(address).substr(scheme + 3);
    const std::string_view host = rest.substr(0, rest.find('/'));
    const auto afterHost = percentDecoded(rest.substr(std::min(rest.size(), host.size() + 1)));
    if (!afterHost)
        return wrong(address, "holds a broken % escape");

    std::string bucket;
    std::string key = *afterHost;
    bool isAmazon = false;
    const auto takeBucket = [&] {
        const size_t slash = std::min(key.find('/'), key.size());
        bucket = key.substr(0, slash);
        key.erase(0, slash + 1);
    };
    if (address.starts_with("s3://")) {
        bucket = host;
        key = std::string(rest.substr(std::min(rest.size(), host.size() + 1))); // no address: as it is
    } else if (const auto ofHost = bucketOfAmazonHost(host); ofHost && address.starts_with("https://")) {
        isAmazon = true;
        bucket = *ofHost;
        if (bucket.empty())
            takeBucket();
    } else if (!endpoint.empty() && isSameServer(address, endpoint)) {
        takeBucket();
    } else if (const auto before = bucketBeforeEndpoint(address, endpoint)) {
        bucket = *before;
    } else {
        return wrong(address, fmt::format("is not at the S3 endpoint that {} names", reach.endpointSetting));
    }
    if (!isBucketName(bucket))
        return wrong(address, "names no bucket");
    if (hasDotSegment(key)) // on its way it would become another address than the one that is signed
        return wrong(address, "holds the folder . or ..");
    if (!endpoint.empty())
        return S3Place {endpoint, '/' + bucket, key};
    if (!isAmazon)
        return wrong(
            address,
            fmt::format("needs an S3 endpoint, it names no server itself; set {}", reach.endpointSetting));
    const bool hostNamesBucket = host.starts_with(bucket + ".s3");
    return S3Place {fmt::format("https://{}", host), hostNamesBucket ? std::string() : '/' + bucket, key};
}

S3Bucket::S3Bucket(const HttpClient &client, const S3Reach &reach, S3Place place, const Clock &clock,
                   std::function<bool()> isOver)
    : m_client(client),
      m_reach(reach),
      m_place(std::move(place)),
      m_clock(clock),
      m_isOver(std::move(isOver))
{
}

Result<void> S3Bucket::get(const std::string &key, const HttpClient::Take &take) const
{
    const auto answer
        = m_client.get(question(m_place.bucketPath + '/' + percentEncoded(key, true), {}), take);
    return answer ? Result<void>() : Result<void>(answer.error());
}

Result<void> S3Bucket::list(const std::string &prefix,
                            const std::function<Result<void>(const std::string &key)> &take) const
{
    std::map<std::string, std::string> query {
        {"encoding-type", "url"}, {"list-type", "2"}, {"prefix", prefix}};
    std::set<std::string> tokens;
    for (;;) {
        const std::string path = m_place.bucketPath.empty() ? "/" : m_place.bucketPath;
        const auto text = m_client.getText(question(path, query), kMaxListingBytes);
        if (!text)
            return text.error();
        const auto page = s3Listing(*text);
        if (!page)
            return page.error();
        for (const std::string &key : page->keys) {
            if (!key.starts_with(prefix) || key.ends_with('/')) // a folder's own mark
                continue;
            if (auto taken = take(key); !taken)
                return taken;
        }
        if (page->nextToken.empty())
            return {};
        if (page->keys.empty() || tokens.size() >= kMaxPages || !tokens.insert(page->nextToken).second)
            return endless();
        query["continuation-token"] = page->nextToken;
    }
}

HttpQuestion S3Bucket::question(const std::string &path,
                                const std::map<std::string, std::string> &query) const
{
    const S3Request request {m_place.server, path, query};
    HttpQuestion asked {.url = request.url(),
                        .allowsPlain = m_place.server.starts_with("http://"), // the operator's own setting
                        .isOver = m_isOver};
    if (!m_reach.accessKeyId.empty() && m_reach.secretAccessKey)
        asked.headers = signedHeaders(
            request, {m_reach.accessKeyId, m_reach.secretAccessKey->view(), m_reach.region}, m_clock.now());
    return asked;
}

}
