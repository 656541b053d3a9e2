#include "app/fleetsim/order_steps.h"

#include "backend/core/byte_encoding.h"
#include "backend/language/resolved_step.h"
#include "backend/language/wire_document.h"
#include "backend/protocol/flagbridge.pb.h"

#include <map>

namespace fb::sim {

namespace {
    constexpr size_t kRemembered = 64; // documents a thread keeps

    Result<OrderedSteps> readSteps(const wire::OrderBody &body)
    {
        const auto received = fromWire(body.document_json(), body.parameters_json());
        if (!received)
            return received.error();
        const auto resolved = resolveSteps(received->document, received->parameters);
        if (!resolved)
            return resolved.error();
        auto steps = std::make_shared<std::vector<OrderedStep>>();
        for (const ResolvedStep &step : *resolved)
            steps->push_back({step.step.name, step.step.action});
        return OrderedSteps(std::move(steps));
    }
}

Result<OrderedSteps> stepsOfOrder(std::string_view orderBody)
{
    thread_local std::map<std::string, Result<OrderedSteps>> known;
    wire::OrderBody body;
    if (!body.ParseFromArray(orderBody.data(), static_cast<int>(orderBody.size())))
        return makeError(errors::kInvalidDocument, "the order can't be read");
    std::string key = sha256(body.document_json() + '\0' + body.parameters_json());
    if (const auto found = known.find(key); found != known.end())
        return found->second;
    if (known.size() >= kRemembered)
        known.clear();
    return known.emplace(std::move(key), readSteps(body)).first->second;
}

}
