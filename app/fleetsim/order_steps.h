#pragma once
// Which steps an order has, read with the code that a real worker uses. A fan-out gives thousands of nodes the same document: each thread
// reads it once. Any thread.

#include "backend/core/result.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace fb::sim {

struct OrderedStep {
    std::string name;
    std::string plugin; // aws:runShellScript
};
using OrderedSteps = std::shared_ptr<const std::vector<OrderedStep>>;

Result<OrderedSteps> stepsOfOrder(std::string_view orderBody); // wire::OrderBody, serialised

}
