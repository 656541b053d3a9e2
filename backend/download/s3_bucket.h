#pragma once
// Objects of an S3-compatible server: where an address lies, what is below a prefix, and their bytes. For agents' downloads and for the
// attachments of documents (spec/documents.md 3.7, 3.12). Blocks; any thread.

#include "backend/core/clock.h"
#include "backend/core/secret_bytes.h"
#include "backend/download/http_client.h"

#include <map>
#include <memory>

namespace fb::download {

// What this side knows of the server.
struct S3Reach {
    std::string endpoint {}; // "https://host[:port]"; empty: Amazon's own, for addresses that name it
    std::string region = "us-east-1";
    std::string accessKeyId {}; // empty: requests are not signed
    std::shared_ptr<const SecretBytes> secretAccessKey {};
    std::string endpointSetting {}; // what `endpoint` is called where it is set, for messages
};

struct S3Place {
    std::string server; // "https://host[:port]"
    std::string bucketPath; // "/bucket", or empty where the host names it
    std::string key; // of an object, or the prefix of many
};

// Of s3://bucket/key, or of https:// in either style, at the endpoint or at Amazon's names of S3, which the endpoint then stands in for.
// InvalidParameters with the address and why.
Result<S3Place> s3Place(const std::string &address, const S3Reach &reach);

class S3Bucket
{
public:
    // All but `isOver` are borrowed for life.
    S3Bucket(const HttpClient &client, const S3Reach &reach, S3Place place, const Clock &clock,
             std::function<bool()> isOver = {});

    Result<void> get(const std::string &key, const HttpClient::Take &take) const;
    // Every object whose key begins with `prefix`, but for folders' own marks, page by page; an error of `take` ends it and is the answer.
    // A listing that does not end, or goes in circles, is one, too.
    Result<void> list(const std::string &prefix,
                      const std::function<Result<void>(const std::string &key)> &take) const;

private:
    HttpQuestion question(const std::string &path, const std::map<std::string, std::string> &query) const;

    const HttpClient &m_client;
    const S3Reach &m_reach;
    S3Place m_place;
    const Clock &m_clock;
    std::function<bool()> m_isOver;
};

}
