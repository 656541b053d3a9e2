#include "backend/dispatch/order.h"

namespace fb {

std::shared_ptr<const OrderContent> makeOrderContent(wire::OrderBody body)
{
    auto content = std::make_shared<OrderContent>();
    content->serialised = body.SerializeAsString();
    content->body = std::move(body);
    return content;
}

}
