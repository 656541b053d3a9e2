#include "backend/transport/http_message.h"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/rfc7230.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace fb::transport {

namespace http = boost::beast::http;

namespace {
    constexpr uint32_t kMaxHeadBytes = 8 * 1024;

    // Beast's parser over a whole head; bodies are read by the caller.
    template <bool IsRequest>
    Result<http::header<IsRequest>> parseHead(std::string_view head)
    {
        http::parser<IsRequest, http::empty_body> parser;
        parser.header_limit(kMaxHeadBytes);
        parser.skip(true); // the body is not the parser's
        boost::beast::error_code error;
        const size_t used = parser.put(boost::asio::buffer(head.data(), head.size()), error);
        if (error)
            return makeError(errors::kValidation, fmt::format("not HTTP: {}", error.message()));
        if (!parser.is_header_done() || used != head.size())
            return makeError(errors::kValidation, "not HTTP: the head does not end");
        const auto &message = parser.get();
        if (message.version() != 11)
            return makeError(errors::kValidation, "only HTTP/1.1 is served");
        if (message.count(http::field::transfer_encoding) > 0)
            return makeError(errors::kValidation, "a transfer coding is not accepted");
        if (message.count(http::field::content_length) > 1)
            return makeError(errors::kValidation, "more than one Content-Length");
        return http::header<IsRequest>(message.base());
    }

    template <bool IsRequest>
    Result<std::optional<uint64_t>> contentLength(const http::header<IsRequest> &head)
    {
        const auto found = head.find(http::field::content_length);
        if (found == head.end())
            return std::optional<uint64_t>();
        uint64_t value = 0;
        if (found->value().empty() || found->value().size() > 18)
            return makeError(errors::kValidation, "Content-Length is no number");
        for (const char c : found->value()) {
            if (c < '0' || c > '9')
                return makeError(errors::kValidation, "Content-Length is no number");
            value = value * 10 + static_cast<uint64_t>(c - '0');
        }
        return std::optional<uint64_t>(value);
    }
}

Result<HttpRequestHead> parseRequestHead(std::string_view bytes)
{
    const auto head = parseHead<true>(bytes);
    if (!head)
        return head.error();
    const auto length = contentLength(*head);
    if (!length)
        return length.error();
    if (head->count(http::field::host) != 1)
        return makeError(errors::kValidation, "exactly one Host is required");
    HttpRequestHead request;
    request.method = std::string(head->method_string());
    request.target = std::string(head->target());
    request.host = std::string((*head)[http::field::host]);
    request.origin = std::string((*head)[http::field::origin]);
    request.contentType = std::string((*head)[http::field::content_type]);
    request.contentLength = *length;
    request.upgradesToWebSocket = boost::beast::iequals((*head)[http::field::upgrade], "websocket")
        && http::token_list((*head)[http::field::connection]).exists("upgrade");
    return request;
}

Result<HttpHeaders> parseRequestHeaders(std::string_view bytes)
{
    const auto head = parseHead<true>(bytes);
    if (!head)
        return head.error();
    const auto length = contentLength(*head);
    if (!length)
        return length.error();
    if (head->count(http::field::host) != 1)
        return makeError(errors::kValidation, "exactly one Host is required");
    HttpHeaders request {.method = std::string(head->method_string()),
                         .target = std::string(head->target()),
                         .fields = {},
                         .contentLength = *length,
                         .keepsAlive = !http::token_list((*head)[http::field::connection]).exists("close")};
    for (const auto &field : *head) {
        std::string name(field.name_string());
        std::ranges::transform(name, name.begin(), [](char c) {
            return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        });
        request.fields.emplace_back(std::move(name), std::string(field.value()));
    }
    return request;
}

Result<HttpAnswerHead> parseAnswerHead(std::string_view bytes)
{
    const auto head = parseHead<false>(bytes);
    if (!head)
        return head.error();
    const auto length = contentLength(*head);
    if (!length)
        return length.error();
    return HttpAnswerHead {static_cast<int>(head->result_int()), std::string(head->reason()), *length};
}

size_t headLength(std::string_view bytes)
{
    const size_t end = bytes.find("\r\n\r\n");
    return end == std::string_view::npos ? 0 : end + 4;
}

}
