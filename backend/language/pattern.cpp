#include "backend/language/pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <fmt/format.h>
#include <pcre2.h>

#include <array>

namespace fb {

namespace {
    constexpr uint32_t kHeapLimitKib = 4'096;

    std::string pcreText(int code)
    {
        std::array<PCRE2_UCHAR, 256> buffer {};
        const int length = pcre2_get_error_message(code, buffer.data(), buffer.size());
        return length < 0 ? fmt::format("error {}", code)
                          : std::string(buffer.begin(), buffer.begin() + length);
    }
}

tl::expected<Pattern, std::string> Pattern::compile(std::string_view expression, Case letters)
{
    int code = 0;
    PCRE2_SIZE offset = 0;
    pcre2_code *compiled
        = pcre2_compile(reinterpret_cast<PCRE2_SPTR>(expression.data()), expression.size(),
                        PCRE2_UTF | PCRE2_NEVER_BACKSLASH_C | (letters == Case::Ignored ? PCRE2_CASELESS : 0),
                        &code, &offset, nullptr);
    if (compiled == nullptr)
        return tl::unexpected(fmt::format("{} at offset {}", pcreText(code), offset));
    return Pattern(std::shared_ptr<const void>(compiled, [](const void *owned) {
        pcre2_code_free(static_cast<pcre2_code *>(const_cast<void *>(owned)));
    }));
}

namespace {
    struct Run {
        int result = 0;
        Pattern::Span span;
    };

    Run run(const pcre2_code *compiled, std::string_view text, size_t from, uint32_t options)
    {
        const std::unique_ptr<pcre2_match_data, decltype(&pcre2_match_data_free)> matches(
            pcre2_match_data_create(1, nullptr), &pcre2_match_data_free);
        const std::unique_ptr<pcre2_match_context, decltype(&pcre2_match_context_free)> limits(
            pcre2_match_context_create(nullptr), &pcre2_match_context_free);
        pcre2_set_match_limit(limits.get(), Pattern::kMatchLimit);
        pcre2_set_heap_limit(limits.get(), kHeapLimitKib);
        Run run;
        run.result = pcre2_match(compiled, reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(), from,
                                 options, matches.get(), limits.get());
        if (run.result >= 0) {
            const PCRE2_SIZE *offsets = pcre2_get_ovector_pointer(matches.get());
            run.span = {offsets[0], offsets[1]};
        }
        return run;
    }
}

Pattern::Match Pattern::matchWhole(std::string_view text) const
{
    const int result
        = run(static_cast<const pcre2_code *>(m_code.get()), text, 0, PCRE2_ANCHORED | PCRE2_ENDANCHORED)
              .result;
    if (result >= 0)
        return Match::Yes;
    if (result == PCRE2_ERROR_MATCHLIMIT || result == PCRE2_ERROR_DEPTHLIMIT
        || result == PCRE2_ERROR_HEAPLIMIT)
        return Match::TooCostly;
    return Match::No;
}

std::optional<Pattern::Span> Pattern::find(std::string_view text, size_t from) const
{
    const Run found
        = run(static_cast<const pcre2_code *>(m_code.get()), text, from, from > 0 ? PCRE2_NO_UTF_CHECK : 0);
    if (found.result < 0 || found.span.end < found.span.begin)
        return std::nullopt;
    return found.span;
}

}
