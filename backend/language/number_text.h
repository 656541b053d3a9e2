#pragma once
// What both parsers ask of a number as it is written. Any thread.

#include "backend/language/fault.h"

#include <fmt/format.h>

#include <string>
#include <string_view>

namespace fb {

// More digits than readers of JSON agree on: some take 1e77000 for infinity, others refuse it.
inline bool hasHugeExponent(std::string_view number)
{
    constexpr size_t kMostDigits = 4;
    const size_t e = number.find_first_of("eE");
    if (e == std::string_view::npos)
        return false;
    const size_t first = number.find_first_not_of("eE+-0", e);
    return first != std::string_view::npos && number.size() - first > kMostDigits;
}

inline Fault hugeExponentFault(std::string_view number) { return faultOf(FaultCode::NumberExponent, number); }

}
