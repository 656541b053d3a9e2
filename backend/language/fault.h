#pragma once
// What is wrong in a document, as a code and what stands in its sentence. The API says it in English, the console in its languages. Any thread.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace fb {

enum class FaultCode {
#define FB_FAULT(code, words) code,
#include "backend/language/fault_list.inc"
#undef FB_FAULT
};

inline constexpr FaultCode kFaultCodes[] {
#define FB_FAULT(code, words) FaultCode::code,
#include "backend/language/fault_list.inc"
#undef FB_FAULT
};

struct Fault {
    FaultCode code {};
    std::vector<std::string> arguments {};
    std::vector<Fault> causes {}; // stand in the sentence after the arguments

    std::string text() const; // English
    friend bool operator==(const Fault &, const Fault &) = default;
};

std::string_view faultPattern(FaultCode code); // English, {} for each argument

template <typename Argument>
void addArgument(Fault &fault, Argument &&argument)
{
    if constexpr (std::is_same_v<std::decay_t<Argument>, Fault>)
        fault.causes.push_back(std::forward<Argument>(argument));
    else
        fault.arguments.push_back(fmt::format("{}", std::forward<Argument>(argument)));
}

template <typename... Arguments>
Fault faultOf(FaultCode code, Arguments &&...arguments)
{
    Fault fault {.code = code};
    (addArgument(fault, std::forward<Arguments>(arguments)), ...);
    return fault;
}

}
