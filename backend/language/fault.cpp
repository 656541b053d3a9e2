#include "backend/language/fault.h"

#include <fmt/args.h>

namespace fb {

std::string_view faultPattern(FaultCode code)
{
    constexpr std::string_view kPatterns[] {
#define FB_FAULT(code, words) words,
#include "backend/language/fault_list.inc"
#undef FB_FAULT
    };
    return kPatterns[static_cast<size_t>(code)];
}

std::string Fault::text() const
{
    fmt::dynamic_format_arg_store<fmt::format_context> store;
    for (const std::string &argument : arguments)
        store.push_back(argument);
    for (const Fault &cause : causes)
        store.push_back(cause.text());
    return fmt::vformat(faultPattern(code), store);
}

}
