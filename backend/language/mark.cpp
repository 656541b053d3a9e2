#include "backend/language/mark.h"

#include <fmt/format.h>

namespace fb {

std::string Problem::text() const
{
    std::string place = path;
    if (mark.line > 0) {
        const std::string position = fmt::format("line {}, column {}", mark.line, mark.column);
        place = place.empty() ? position : fmt::format("{} ({})", place, position);
    }
    return place.empty() ? message : fmt::format("{}: {}", place, message);
}

Problem problemAt(std::string path, Mark mark, Fault fault)
{
    std::string message = fault.text();
    return {std::move(path), mark, std::move(message), std::move(fault)};
}

std::string childPath(std::string_view parent, size_t index) { return fmt::format("{}[{}]", parent, index); }

std::string childPath(std::string_view parent, std::string_view key)
{
    return parent.empty() ? std::string(key) : fmt::format("{}.{}", parent, key);
}

}
