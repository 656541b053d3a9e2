#include "backend/download/s3_signature.h"

#include "backend/core/byte_encoding.h"
#include "backend/core/sig_v4_digest.h"
#include "backend/core/url_text.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <optional>

namespace fb::download {

namespace {

    std::string canonicalQuery(const std::map<std::string, std::string> &query)
    {
        std::string text;
        for (const auto &[name, value] : query)
            text += fmt::format("{}{}={}", text.empty() ? "" : "&", percentEncoded(name, false),
                                percentEncoded(value, false));
        return text;
    }

    std::string withoutEntities(std::string_view text)
    {
        constexpr std::pair<std::string_view, char> kEntities[]
            = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}};
        std::string plain;
        while (!text.empty()) {
            bool found = false;
            for (const auto &[entity, character] : kEntities) {
                if (text.starts_with(entity)) {
                    plain.push_back(character);
                    text.remove_prefix(entity.size());
                    found = true;
                    break;
                }
            }
            if (!found) {
                plain.push_back(text.front());
                text.remove_prefix(1);
            }
        }
        return plain;
    }

    Error noListing()
    {
        return makeError(errors::kServiceUnavailable, "the S3 endpoint's answer is no listing");
    }

    // The text of the next <name> element from `at` on; `at` moves behind it. Nothing when there is none; an error when it has children
    // or no end.
    Result<std::optional<std::string>> nextElement(std::string_view xml, std::string_view name, size_t &at)
    {
        const std::string open = fmt::format("<{}>", name);
        const size_t begin = xml.find(open, at);
        if (begin == std::string_view::npos)
            return std::optional<std::string>();
        const std::string_view text = xml.substr(begin + open.size());
        const size_t length = text.find('<');
        const std::string close = fmt::format("</{}>", name);
        if (length == std::string_view::npos || !text.substr(length).starts_with(close))
            return noListing();
        at = begin + open.size() + length + close.size();
        return std::optional(withoutEntities(text.substr(0, length)));
    }

}

std::string S3Request::url() const
{
    return server + path + (query.empty() ? "" : "?" + canonicalQuery(query));
}

std::vector<std::string> signedHeaders(const S3Request &request, const S3Keys &keys, Instant now)
{
    const std::time_t seconds
        = std::chrono::system_clock::to_time_t(std::chrono::floor<std::chrono::seconds>(now));
    std::tm utc {};
    ::gmtime_r(&seconds, &utc);
    const std::string stamp = fmt::format("{:%Y%m%dT%H%M%SZ}", utc);
    const std::string day = stamp.substr(0, 8);
    std::string host = request.server.substr(request.server.find("://") + 3);
    const std::string standardPort = request.server.starts_with("https:") ? ":443" : ":80";
    if (host.ends_with(standardPort))
        host.resize(host.size() - standardPort.size());

    const std::string noBody = sha256Hex({});
    const std::string canonical = fmt::format(
        "GET\n{}\n{}\nhost:{}\nx-amz-content-sha256:{}\nx-amz-date:{}\n\nhost;x-amz-content-sha256;"
        "x-amz-date\n{}",
        request.path, canonicalQuery(request.query), host, noBody, stamp, noBody);
    const SigV4Scope scope {.day = day, .region = keys.region, .service = "s3"};
    return {"x-amz-date: " + stamp, "x-amz-content-sha256: " + noBody,
            fmt::format("Authorization: AWS4-HMAC-SHA256 Credential={}/{}, "
                        "SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature={}",
                        keys.id, toString(scope), sigV4Signature(keys.secret, scope, stamp, canonical))};
}

Result<S3Listing> s3Listing(std::string_view xml)
{
    if (xml.find("<ListBucketResult") == std::string_view::npos
        || xml.find("</ListBucketResult>") == std::string_view::npos)
        return noListing();
    S3Listing listing;
    for (size_t at = 0;;) {
        const auto key = nextElement(xml, "Key", at);
        if (!key)
            return key.error();
        if (!*key)
            break;
        std::string encoded = **key;
        std::ranges::replace(encoded, '+', ' '); // as forms encode it; a plus itself comes as %2B
        auto decoded = percentDecoded(encoded);
        if (!decoded)
            return noListing();
        listing.keys.push_back(*std::move(decoded));
    }
    size_t at = 0;
    const auto truncated = nextElement(xml, "IsTruncated", at);
    at = 0;
    const auto token = nextElement(xml, "NextContinuationToken", at);
    if (!truncated || !token)
        return noListing();
    if (*truncated == "true") {
        if (!*token || (*token)->empty())
            return noListing();
        listing.nextToken = **token;
    }
    return listing;
}

}
