// What anybody on this machine can send to the AWS wire: a head, its signature, and the call in it. [T13]

#include "backend/api/aws_call.h"
#include "backend/api/sig_v4.h"
#include "backend/transport/http_message.h"

#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    using namespace fb;
    const std::string_view text(reinterpret_cast<const char *>(bytes), size);
    const size_t headBytes = transport::headLength(text);
    const auto head = transport::parseRequestHeaders(text.substr(0, headBytes));
    if (!head)
        return 0;
    const size_t mark = head->target.find('?');
    const HttpRequest request {.method = head->method,
                               .path = head->target.substr(0, mark),
                               .query
                               = mark == std::string::npos ? std::string() : head->target.substr(mark + 1),
                               .headers = head->fields,
                               .body = std::string(text.substr(headBytes))};
    constexpr Instant kNow = fromMicros(1'440'938'160'000'000); // of the seeds
    std::string service = "ssm";
    if (const auto claim = readSignature(request, kNow)) {
        if (claim->accessKeyId.empty() || claim->signature.size() != 64 || claim->signedHeaders.empty())
            std::abort();
        if (checkSignature(request, *claim, "nobody knows it")) // of what was not signed with it
            std::abort();
        service = claim->service;
    }
    if (const auto call = readAwsCall(request, service); call && call->operation.isEmpty())
        std::abort();
    return 0;
}
