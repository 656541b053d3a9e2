#include "backend/protocol/order_signature.h"

#include "backend/core/byte_encoding.h"

#include <fmt/format.h>

namespace fb::protocol {

std::string signedOrderText(std::string_view fleetId, std::string_view nodeId, const wire::OrderHead &head,
                            const wire::OrderBody &body)
{
    std::string environment; // lengths first, so that no two lists give the same bytes
    for (const wire::EnvEntry &entry : body.environment()) {
        putBigEndian(environment, static_cast<uint32_t>(entry.name().size()));
        environment += entry.name();
        putBigEndian(environment, static_cast<uint32_t>(entry.value().size()));
        environment += entry.value();
    }
    return fmt::format("flagbridge-order-1\n{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}\n", fleetId, nodeId,
                       head.order_id(), head.attempt(), head.dispatch_seq(), sha256Hex(body.document_json()),
                       sha256Hex(body.parameters_json()), sha256Hex(environment), head.not_start_after_us());
}

}
