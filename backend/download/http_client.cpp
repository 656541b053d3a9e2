#include "backend/download/http_client.h"

#include "backend/core/text_safety.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <optional>

namespace fb::download {

namespace {

    constexpr int kMaxRedirects = 5;
    constexpr long kConnectSeconds = 30;
    constexpr long kStallSeconds = 60; // without a byte

    struct ServerOfUrl {
        std::string scheme;
        std::string host;
        std::string port;
        friend bool operator==(const ServerOfUrl &, const ServerOfUrl &) = default;
    };

    std::string lower(std::string_view text)
    {
        std::string low(text);
        std::ranges::transform(low, low.begin(),
                               [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
        return low;
    }

    ServerOfUrl serverOf(std::string_view url)
    {
        ServerOfUrl server;
        const size_t colon = url.find("://");
        if (colon == std::string_view::npos)
            return server;
        server.scheme = lower(url.substr(0, colon));
        std::string_view rest = url.substr(colon + 3);
        rest = rest.substr(0, rest.find_first_of("/?#\\"));
        if (const size_t at = rest.rfind('@'); at != std::string_view::npos)
            rest = rest.substr(at + 1);
        const size_t port = rest.rfind(':');
        const bool hasPort = port != std::string_view::npos && rest.find(']', port) == std::string_view::npos;
        server.host = lower(hasPort ? rest.substr(0, port) : rest);
        server.port = hasPort ? std::string(rest.substr(port + 1)) : server.scheme == "https" ? "443" : "80";
        return server;
    }

    bool isHttpUrl(const ServerOfUrl &server)
    {
        return (server.scheme == "https" || server.scheme == "http") && !server.host.empty();
    }

}

std::string whyNotFollow(std::string_view from, std::string_view to, int count)
{
    if (count > kMaxRedirects)
        return fmt::format("more than {} redirects", kMaxRedirects);
    const ServerOfUrl next = serverOf(to);
    // Readers differ about where the server's name ends in such an address: libcurl's and ours must not.
    const size_t colon = to.find("://");
    const std::string_view authority = colon == std::string_view::npos
        ? to
        : to.substr(colon + 3, to.find_first_of("/?#", colon + 3) - colon - 3);
    if (authority.find_first_of("\\@") != std::string_view::npos
        || std::any_of(to.begin(), to.end(), [](char c) { return static_cast<unsigned char>(c) <= ' '; }))
        return fmt::format("a redirect to {}, whose server is not plain", withoutSecrets(to));
    if (!isHttpUrl(next))
        return fmt::format("a redirect to {}, which is no http or https address", withoutSecrets(to));
    if (serverOf(from).scheme == "https" && next.scheme == "http")
        return fmt::format("a redirect from https to {}", withoutSecrets(to));
    return {};
}

bool isSameServer(std::string_view a, std::string_view b) { return serverOf(a) == serverOf(b); }

std::string withoutSecrets(std::string_view url)
{
    const size_t colon = url.find("://");
    if (colon == std::string_view::npos)
        return withVisibleEscapes(toValidUtf8(url.substr(0, url.find_first_of("?#"))));
    std::string_view rest = url.substr(colon + 3);
    rest = rest.substr(0, rest.find_first_of("?#"));
    const size_t path = std::min(rest.find('/'), rest.size());
    if (const size_t at = rest.substr(0, path).rfind('@'); at != std::string_view::npos)
        rest = rest.substr(at + 1);
    return withVisibleEscapes(toValidUtf8(fmt::format("{}://{}", url.substr(0, colon), rest)));
}

// ---- libcurl -----------------------------------------------------------------------------------------------------

class HttpClient::Library
{
public:
    static std::unique_ptr<Library> load()
    {
        for (const char *name : {"libcurl.so.4", "libcurl-gnutls.so.4"}) {
            if (void *handle = ::dlopen(name, RTLD_NOW | RTLD_LOCAL)) {
                auto library = std::make_unique<Library>();
                library->m_handle = handle;
                const bool whole = library->find(library->init, "curl_easy_init")
                    && library->find(library->cleanup, "curl_easy_cleanup")
                    && library->find(library->set, "curl_easy_setopt")
                    && library->find(library->perform, "curl_easy_perform")
                    && library->find(library->info, "curl_easy_getinfo")
                    && library->find(library->append, "curl_slist_append")
                    && library->find(library->freeList, "curl_slist_free_all")
                    && library->find(library->words, "curl_easy_strerror");
                if (whole)
                    return library;
            }
        }
        return nullptr;
    }

    decltype(&curl_easy_init) init = nullptr;
    decltype(&curl_easy_cleanup) cleanup = nullptr;
    decltype(&::curl_easy_setopt) set = nullptr;
    decltype(&curl_easy_perform) perform = nullptr;
    decltype(&::curl_easy_getinfo) info = nullptr;
    decltype(&curl_slist_append) append = nullptr;
    decltype(&curl_slist_free_all) freeList = nullptr;
    decltype(&curl_easy_strerror) words = nullptr;

private:
    template <typename Function>
    bool find(Function &function, const char *name)
    {
        function = reinterpret_cast<Function>(::dlsym(m_handle, name));
        return function != nullptr;
    }
    void *m_handle = nullptr; // stays loaded as long as the process lives
};

namespace {

    // One request without its redirects.
    struct HttpExchange {
        const HttpClient::Take *take = nullptr;
        const std::function<long()> status;
        std::optional<Error> failure {};
    };

    size_t takeBody(char *bytes, size_t one, size_t count, void *context)
    {
        auto &exchange = *static_cast<HttpExchange *>(context);
        const size_t size = one * count;
        const long status = exchange.status();
        if (status < 200 || status > 299) // the body of a refusal or a redirect
            return size;
        if (auto taken = (*exchange.take)({bytes, size}); !taken) {
            exchange.failure = taken.error();
            return 0;
        }
        return size;
    }

    int progress(void *context, curl_off_t, curl_off_t, curl_off_t, curl_off_t)
    {
        return (*static_cast<const std::function<bool()> *>(context))() ? 1 : 0;
    }

    // A peer that goes while it is written to is an error of this transfer, not the end of a program that does not ignore SIGPIPE; libcurl
    // would change that for all threads.
    class HeldPipeSignal
    {
    public:
        HeldPipeSignal()
        {
            sigemptyset(&m_pipe);
            sigaddset(&m_pipe, SIGPIPE);
            ::pthread_sigmask(SIG_BLOCK, &m_pipe, &m_before);
        }
        ~HeldPipeSignal()
        {
            const timespec atOnce {};
            if (sigismember(&m_before, SIGPIPE) == 0)
                while (::sigtimedwait(&m_pipe, nullptr, &atOnce) > 0) { }
            ::pthread_sigmask(SIG_SETMASK, &m_before, nullptr);
        }
        HeldPipeSignal(const HeldPipeSignal &) = delete;
        HeldPipeSignal &operator=(const HeldPipeSignal &) = delete;

    private:
        sigset_t m_pipe {};
        sigset_t m_before {};
    };

    std::string_view meaningOf(long status)
    {
        switch (status) {
        case 401:
        case 403:
            return " (access denied: check the key and its permissions)";
        case 404:
            return " (not found)";
        default:
            return {};
        }
    }

}

HttpClient::HttpClient(std::unique_ptr<Library> library) : m_library(std::move(library)) { }
HttpClient::~HttpClient() = default;

Result<std::unique_ptr<HttpClient>> HttpClient::open()
{
    auto library = Library::load();
    if (!library)
        return makeError(errors::kServiceUnavailable, "libcurl is not installed (Debian: libcurl4)");
    return std::unique_ptr<HttpClient>(new HttpClient(std::move(library)));
}

Result<HttpAnswer> HttpClient::get(const HttpQuestion &question, const Take &take) const
{
    const Library &curl = *m_library;
    const HeldPipeSignal held;
    const std::unique_ptr<CURL, decltype(curl.cleanup)> handle(curl.init(), curl.cleanup);
    if (!handle)
        return makeError(errors::kServiceUnavailable, "libcurl cannot be used");
    const auto infoOf = [&](CURLINFO what) {
        long value = 0;
        curl.info(handle.get(), what, &value);
        return value;
    };
    const auto textOf = [&](CURLINFO what) {
        char *text = nullptr;
        curl.info(handle.get(), what, &text);
        return std::string(text ? text : "");
    };
    char words[CURL_ERROR_SIZE] = "";
    HttpExchange exchange {&take, [&] { return infoOf(CURLINFO_RESPONSE_CODE); }};
    curl.set(handle.get(), CURLOPT_NOSIGNAL, 1L);
    curl.set(handle.get(), CURLOPT_QUICK_EXIT, 1L); // who gives up does not wait for a name server
    curl.set(handle.get(), CURLOPT_ERRORBUFFER, words);
    curl.set(handle.get(), CURLOPT_FOLLOWLOCATION, 0L);
    curl.set(handle.get(), CURLOPT_PROTOCOLS_STR, "http,https");
    curl.set(handle.get(), CURLOPT_CONNECTTIMEOUT, kConnectSeconds);
    curl.set(handle.get(), CURLOPT_LOW_SPEED_LIMIT, 1L);
    curl.set(handle.get(), CURLOPT_LOW_SPEED_TIME, kStallSeconds);
    curl.set(handle.get(), CURLOPT_USERAGENT, "flagbridge");
    curl.set(handle.get(), CURLOPT_WRITEFUNCTION, &takeBody);
    curl.set(handle.get(), CURLOPT_WRITEDATA, &exchange);
    if (question.isOver) {
        curl.set(handle.get(), CURLOPT_NOPROGRESS, 0L);
        curl.set(handle.get(), CURLOPT_XFERINFOFUNCTION, &progress);
        curl.set(handle.get(), CURLOPT_XFERINFODATA, &question.isOver);
    }
    if (const char *authorities = std::getenv("SSL_CERT_FILE"); authorities && *authorities)
        curl.set(handle.get(), CURLOPT_CAINFO, authorities); // libcurl itself reads no environment

    curl_slist *list = nullptr;
    for (const std::string &header : question.headers)
        list = curl.append(list, header.c_str());
    const std::unique_ptr<curl_slist, decltype(curl.freeList)> headers(list, curl.freeList);

    std::string url = question.url;
    for (int redirects = 0;;) {
        const ServerOfUrl server = serverOf(url);
        if (!isHttpUrl(server))
            return makeError(errors::kValidation,
                             fmt::format("{} is no http or https address", withoutSecrets(url)));
        if (server.scheme == "http" && !question.allowsPlain)
            return makeError(errors::kValidation,
                             fmt::format("{} is not encrypted; allowInsecureDownload would let it pass",
                                         withoutSecrets(url)));
        // Names, passwords and tokens are for the server they were given for.
        const bool isTheirs = isSameServer(url, question.url);
        const bool signsIn = isTheirs && question.auth != HttpAuth::None;
        curl.set(handle.get(), CURLOPT_URL, url.c_str());
        curl.set(handle.get(), CURLOPT_HTTPHEADER, isTheirs ? headers.get() : nullptr);
        curl.set(handle.get(), CURLOPT_HTTPAUTH,
                 question.auth == HttpAuth::Digest ? CURLAUTH_DIGEST : CURLAUTH_BASIC);
        curl.set(handle.get(), CURLOPT_USERNAME, signsIn ? question.username.c_str() : nullptr);
        curl.set(handle.get(), CURLOPT_PASSWORD, signsIn ? question.password.c_str() : nullptr);
        words[0] = '\0';
        const CURLcode ended = curl.perform(handle.get());
        if (exchange.failure)
            return *exchange.failure;
        if (ended == CURLE_ABORTED_BY_CALLBACK)
            return makeError(errors::kServiceUnavailable,
                             fmt::format("{}: broken off before its end", withoutSecrets(url)));
        if (ended != CURLE_OK)
            return makeError(errors::kServiceUnavailable,
                             fmt::format("{}: {}", withoutSecrets(url),
                                         toValidUtf8(words[0] ? words : curl.words(ended))));
        const long status = infoOf(CURLINFO_RESPONSE_CODE);
        if (status >= 200 && status <= 299)
            return HttpAnswer {url, textOf(CURLINFO_CONTENT_TYPE)};
        const std::string next
            = status >= 300 && status <= 399 ? textOf(CURLINFO_REDIRECT_URL) : std::string();
        if (next.empty())
            return makeError(
                status == 404 ? errors::kResourceNotFound : errors::kServiceUnavailable,
                fmt::format("{}: the server answered {}{}", withoutSecrets(url), status, meaningOf(status)));
        if (const std::string why = whyNotFollow(url, next, ++redirects); !why.empty())
            return makeError(errors::kValidation,
                             fmt::format("{}: {} is not followed", withoutSecrets(question.url), why));
        url = next;
    }
}

Result<std::string> HttpClient::getText(const HttpQuestion &question, size_t limit) const
{
    std::string text;
    auto answer = get(question, [&](std::string_view bytes) -> Result<void> {
        if (bytes.size() > limit - text.size())
            return makeError(
                errors::kValidation,
                fmt::format("{}: the answer is longer than {} bytes", withoutSecrets(question.url), limit));
        text += bytes;
        return {};
    });
    if (!answer)
        return answer.error();
    return text;
}

}
