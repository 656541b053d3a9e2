#pragma once
// HTTP for downloads, by this machine's libcurl. It is loaded when a download needs it: the programs' own files need no more than before, and a
// machine without libcurl says so by name. Redirects are followed here, so that the rules are ours (spec/documents.md 3.12). Blocks; any
// thread, several at once.

#include "backend/core/result.h"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace fb::download {

enum class HttpAuth { None, Basic, Digest };

struct HttpQuestion {
    std::string url;
    bool allowsPlain = false; // http:// as well as https://
    HttpAuth auth = HttpAuth::None;
    std::string username {};
    std::string password {};
    std::vector<std::string> headers {}; // "Name: value"; not sent on to another server
    std::function<bool()>
        isOver {}; // asked once a second at least; true: the transfer ends, ServiceUnavailable. Null: never
};

struct HttpAnswer {
    std::string url {}; // where it came from in the end
    std::string contentType {};
};

// Why a redirect is not followed; empty if it may be. `count`: with this one.
std::string whyNotFollow(std::string_view from, std::string_view to, int count);
bool isSameServer(std::string_view a, std::string_view b); // scheme, host and port
std::string withoutSecrets(std::string_view url); // for messages: no user, no query

class HttpClient
{
public:
    // ServiceUnavailable: "libcurl is not installed (Debian: libcurl4)".
    static Result<std::unique_ptr<HttpClient>> open();
    ~HttpClient();
    HttpClient(const HttpClient &) = delete;
    HttpClient &operator=(const HttpClient &) = delete;

    // The body goes to `take` in pieces; an error of it ends the transfer and is the answer. Every status but 2xx is an error.
    using Take = std::function<Result<void>(std::string_view bytes)>;
    Result<HttpAnswer> get(const HttpQuestion &question, const Take &take) const;
    // The same with the body as text of at most `limit` bytes.
    Result<std::string> getText(const HttpQuestion &question, size_t limit) const;

private:
    class Library;
    explicit HttpClient(std::unique_ptr<Library> library);
    std::unique_ptr<Library> m_library;
};

}
