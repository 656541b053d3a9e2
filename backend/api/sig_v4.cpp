#include "backend/api/sig_v4.h"

#include "backend/core/byte_encoding.h"
#include "backend/core/sig_v4_digest.h"
#include "backend/core/time_text.h"
#include "backend/core/url_text.h"

#include <fmt/format.h>

#include <algorithm>

namespace fb {

namespace {
    constexpr std::string_view kAlgorithm = "AWS4-HMAC-SHA256";
    constexpr size_t kMaxAuthorizationBytes = 4096;
    constexpr size_t kMaxSignedHeaders = 64;

    std::vector<std::string_view> split(std::string_view text, char separator)
    {
        std::vector<std::string_view> parts;
        while (true) {
            const size_t at = text.find(separator);
            parts.push_back(text.substr(0, at));
            if (at == std::string_view::npos)
                return parts;
            text.remove_prefix(at + 1);
        }
    }

    // Leading and trailing blanks go, runs of them become one.
    std::string collapsed(std::string_view value)
    {
        std::string out;
        bool blank = false;
        for (const char c : value) {
            if (c == ' ' || c == '\t') {
                blank = !out.empty();
                continue;
            }
            if (std::exchange(blank, false))
                out.push_back(' ');
            out.push_back(c);
        }
        return out;
    }

    std::string normalised(std::string_view text) // however the client wrote it
    {
        return percentEncoded(percentDecoded(text).value_or(std::string(text)), false);
    }

    std::string canonicalQuery(std::string_view query)
    {
        if (query.empty())
            return {};
        std::vector<std::pair<std::string, std::string>> pairs;
        for (const std::string_view part : split(query, '&')) {
            const size_t equals = part.find('=');
            const std::string_view value
                = equals == std::string_view::npos ? std::string_view() : part.substr(equals + 1);
            pairs.emplace_back(normalised(part.substr(0, equals)), normalised(value));
        }
        std::ranges::sort(pairs);
        std::string out;
        for (const auto &[name, value] : pairs)
            out += fmt::format("{}{}={}", out.empty() ? "" : "&", name, value);
        return out;
    }

    std::string canonicalRequest(const HttpRequest &request, const std::vector<std::string> &signedHeaders)
    {
        std::string out = request.method + '\n' + percentEncoded(request.path, true) + '\n'
            + canonicalQuery(request.query) + '\n';
        std::string names;
        for (const std::string &name : signedHeaders) {
            out += name + ':';
            bool first = true;
            for (const auto &[key, value] : request.headers) {
                if (key != name)
                    continue;
                if (!std::exchange(first, false))
                    out.push_back(',');
                out += collapsed(value);
            }
            out.push_back('\n');
            names += (names.empty() ? "" : ";") + name;
        }
        return out + '\n' + names + '\n' + sha256Hex(request.body);
    }

    SigV4Scope scopeOf(const SignatureClaim &claim)
    {
        return {.day = claim.date, .region = claim.region, .service = claim.service};
    }

    std::string signatureOf(const HttpRequest &request, const SignatureClaim &claim, std::string_view secret)
    {
        return sigV4Signature(secret, scopeOf(claim), claim.signedAt,
                              canonicalRequest(request, claim.signedHeaders));
    }

    std::optional<int> number(std::string_view digits)
    {
        int value = 0;
        for (const char c : digits) {
            if (c < '0' || c > '9')
                return std::nullopt;
            value = value * 10 + (c - '0');
        }
        return value;
    }

    // 20261128T101112Z
    std::optional<Instant> instantOf(std::string_view text)
    {
        if (text.size() != 16 || text[8] != 'T' || text[15] != 'Z')
            return std::nullopt;
        const auto year = number(text.substr(0, 4));
        const auto month = number(text.substr(4, 2));
        const auto day = number(text.substr(6, 2));
        const auto hour = number(text.substr(9, 2));
        const auto minute = number(text.substr(11, 2));
        const auto second = number(text.substr(13, 2));
        if (!year || !month || !day || !hour || !minute || !second || *hour > 23 || *minute > 59
            || *second > 60)
            return std::nullopt;
        const std::chrono::year_month_day date {std::chrono::year(*year),
                                                std::chrono::month(static_cast<unsigned>(*month)),
                                                std::chrono::day(static_cast<unsigned>(*day))};
        if (!date.ok())
            return std::nullopt;
        return Instant(std::chrono::sys_days(date)) + std::chrono::hours(*hour)
            + std::chrono::minutes(*minute) + std::chrono::seconds(*second);
    }

    bool isScopeText(std::string_view text)
    {
        return !text.empty() && text.size() <= 64 && std::ranges::all_of(text, [](char c) {
            return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-'
                || c == '_';
        });
    }

    Error incomplete(const std::string &why)
    {
        return makeError(errors::kIncompleteSignature, "Authorization header: " + why, "Authorization");
    }

    Result<void> readScope(std::string_view credential, SignatureClaim &claim)
    {
        const auto parts = split(credential, '/');
        if (parts.size() != 5 || parts[4] != "aws4_request" || parts[0].empty()
            || !std::ranges::all_of(parts, isScopeText))
            return incomplete("Credential must be KEY/DATE/REGION/SERVICE/aws4_request.");
        claim.accessKeyId = parts[0];
        claim.date = parts[1];
        claim.region = parts[2];
        claim.service = parts[3];
        return {};
    }

    Result<void> readSignedHeaders(std::string_view names, SignatureClaim &claim)
    {
        for (const std::string_view name : split(names, ';')) {
            if (claim.signedHeaders.size() == kMaxSignedHeaders)
                return incomplete(fmt::format("SignedHeaders names over {} headers.", kMaxSignedHeaders));
            if (name.empty()
                || std::ranges::any_of(name, [](char c) { return (c >= 'A' && c <= 'Z') || c <= ' '; }))
                return incomplete("SignedHeaders must be lower-case names, joined by semicolons.");
            if (!claim.signedHeaders.empty() && claim.signedHeaders.back() >= name)
                return incomplete("SignedHeaders must be sorted, each name once.");
            claim.signedHeaders.emplace_back(name);
        }
        return {};
    }

    // Whatever steers the call must be signed: where to, what, and when.
    Result<void> checkSignedHeaders(const HttpRequest &request, const SignatureClaim &claim)
    {
        const auto isSigned
            = [&](std::string_view name) { return std::ranges::binary_search(claim.signedHeaders, name); };
        if (!isSigned("host"))
            return incomplete("'Host' must be a signed header.");
        for (const auto &[name, value] : request.headers) {
            if ((name.starts_with("x-amz-") || (name == "date" && !request.header("x-amz-date")))
                && !isSigned(name))
                return incomplete(fmt::format("'{}' must be a signed header.", name));
        }
        for (const std::string &name : claim.signedHeaders) {
            if (std::ranges::none_of(request.headers,
                                     [&](const auto &header) { return header.first == name; }))
                return incomplete(fmt::format("'{}' is signed, but was not sent.", name));
        }
        return {};
    }

    Result<void> checkTime(const SignatureClaim &claim, Instant now)
    {
        const auto at = instantOf(claim.signedAt);
        if (!at)
            return makeError(errors::kIncompleteSignature,
                             "X-Amz-Date must be a time such as 20261128T101112Z.", "X-Amz-Date");
        if (claim.signedAt.substr(0, 8) != claim.date)
            return makeError(errors::kInvalidSignature,
                             fmt::format("Date in Credential scope does not match YYYYMMDD from ISO-8601 "
                                         "version of date from HTTP: '{}' != '{}'.",
                                         claim.date, claim.signedAt.substr(0, 8)));
        if (*at < now - kSignatureWindow)
            return makeError(errors::kInvalidSignature,
                             fmt::format("Signature expired: {} is now earlier than {} (15 min.). Check the "
                                         "clock of the machine that calls.",
                                         toIso8601(*at), toIso8601(now - kSignatureWindow)));
        if (*at > now + kSignatureWindow)
            return makeError(errors::kInvalidSignature,
                             fmt::format("Signature not yet current: {} is still later than {} (15 min.). "
                                         "Check the clock of the machine that calls.",
                                         toIso8601(*at), toIso8601(now + kSignatureWindow)));
        return {};
    }
}

Result<SignatureClaim> readSignature(const HttpRequest &request, Instant now)
{
    const auto authorization = request.header("authorization");
    if (!authorization || authorization->empty())
        return makeError(errors::kMissingAuthenticationToken, "Missing Authentication Token");
    if (authorization->size() > kMaxAuthorizationBytes || !authorization->starts_with(kAlgorithm)
        || authorization->size() == kAlgorithm.size() || (*authorization)[kAlgorithm.size()] != ' ')
        return incomplete(fmt::format("only {} is served.", kAlgorithm));
    SignatureClaim claim;
    std::string_view signedHeaders;
    std::string_view credential;
    for (std::string_view part : split(authorization->substr(kAlgorithm.size() + 1), ',')) {
        while (part.starts_with(' '))
            part.remove_prefix(1);
        const size_t equals = part.find('=');
        const std::string_view name = part.substr(0, equals);
        if (equals == std::string_view::npos)
            return incomplete("each part must be NAME=VALUE.");
        const std::string_view value = part.substr(equals + 1);
        if (name == "Credential" && credential.empty())
            credential = value;
        else if (name == "SignedHeaders" && signedHeaders.empty())
            signedHeaders = value;
        else if (name == "Signature" && claim.signature.empty())
            claim.signature = value;
        else
            return incomplete("it has Credential, SignedHeaders and Signature, each once.");
    }
    if (claim.signature.size() != 64 || !std::ranges::all_of(claim.signature, [](char c) {
            return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
        }))
        return incomplete("Signature must be 64 lower-case hexadecimal digits.");
    if (auto scope = readScope(credential, claim); !scope)
        return scope.error();
    if (auto headers = readSignedHeaders(signedHeaders, claim); !headers)
        return headers.error();
    if (auto complete = checkSignedHeaders(request, claim); !complete)
        return complete.error();
    claim.signedAt = request.header("x-amz-date").value_or(std::string_view());
    if (auto current = checkTime(claim, now); !current)
        return current.error();
    const auto payload = request.header("x-amz-content-sha256");
    if (payload && *payload != sha256Hex(request.body))
        return makeError(errors::kInvalidSignature,
                         "X-Amz-Content-Sha256 is not the hash of what was sent. Unsigned payloads are not "
                         "accepted.",
                         "X-Amz-Content-Sha256");
    return claim;
}

Result<void> checkSignature(const HttpRequest &request, const SignatureClaim &claim, std::string_view secret)
{
    if (!equalInConstantTime(signatureOf(request, claim, secret), claim.signature))
        return makeError(errors::kInvalidSignature,
                         "The request signature we calculated does not match the signature you provided. "
                         "Check your AWS Secret Access Key and signing method.");
    return {};
}

std::string authorizationFor(const HttpRequest &request, const SignatureClaim &claim, std::string_view secret)
{
    std::string names;
    for (const std::string &name : claim.signedHeaders)
        names += (names.empty() ? "" : ";") + name;
    return fmt::format("{} Credential={}/{}, SignedHeaders={}, Signature={}", kAlgorithm, claim.accessKeyId,
                       toString(scopeOf(claim)), names, signatureOf(request, claim, secret));
}

}
