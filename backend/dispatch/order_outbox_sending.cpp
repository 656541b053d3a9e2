// How OrderOutbox sends one order to its node, and what becomes of one that cannot be sent.
#include "backend/dispatch/order_outbox.h"

#include "backend/base/qt_text.h"
#include "backend/protocol/features.h"

#include <QLoggingCategory>

#include <algorithm>

Q_DECLARE_LOGGING_CATEGORY(lcDispatch)

namespace fb {

void OrderOutbox::send(const OrderId &id)
{
    const auto it = m_orders.find(id);
    if (it == m_orders.end() || !it->second.isStored || !m_channel.isConnected(it->second.order.node))
        return;
    const Order &order = it->second.order;
    if (order.cancelRequested && order.state != OrderState::Settled) {
        if (order.state != OrderState::Held && order.state != OrderState::Abandoned)
            sendCancel(order); // a node that does not have it says so, and never runs it
        return;
    }
    switch (order.state) {
    case OrderState::Queued:
    case OrderState::Seen: // again, for a node whose ledger was lost; one that has it answers where it stands
        sendOrder(it->second);
        break;
    case OrderState::Settled:
        sendSettled(order);
        break;
    case OrderState::Held:
    case OrderState::Withdrawn: // always with a cancel
    case OrderState::Abandoned:
        break;
    }
}

void OrderOutbox::sendOrder(OpenOrder &open)
{
    const Order &order = open.order;
    const auto owner = m_owners.find(order.owner);
    if (owner == m_owners.end())
        return;
    auto content = owner->second->orderContent(order);
    if (!content) {
        giveUp(order, content.error());
        return;
    }
    wire::OrderHead head;
    head.set_order_id(order.id.text());
    head.set_attempt(order.attempt);
    head.set_dispatch_seq(order.sequence);
    head.set_lease_epoch(m_channel.leaseEpoch(order.node));
    const Microseconds left = std::max(Microseconds(0), open.startBefore - m_clock.tick());
    head.set_not_start_after_us(toMicros(m_clock.now() + left)); // by the wall clock as it stands now
    head.set_start_within_us(static_cast<uint64_t>(left.count()));
    if (m_signer && m_channel.hasFeature(order.node, protocol::features::kSignedOrders)) {
        auto signature = m_signer->sign(order.node, head, (*content)->body);
        if (!signature) {
            giveUp(order, signature.error());
            return;
        }
        head.set_signature(std::move(*signature));
    }
    open.mayHaveBeenSent = true;
    m_channel.sendOrder(order.node, head, std::move(*content));
}

void OrderOutbox::sendCancel(const Order &order)
{
    if (!m_channel.isConnected(order.node))
        return;
    wire::Cancel cancel;
    cancel.set_order_id(order.id.text());
    cancel.set_attempt(order.attempt);
    m_channel.sendCancel(order.node, cancel);
}

void OrderOutbox::giveUp(const Order &order, const Error &why)
{
    const Order lost = order;
    const auto written = m_database.write([&](Transaction &tx) -> Result<void> {
        reloadAfterLoss(tx);
        if (auto told = m_owners.at(lost.owner)->orderUnsendable(tx, lost, why); !told)
            return told;
        return settle(tx, {lost});
    });
    if (!written)
        qCWarning(lcDispatch) << "order" << toQString(lost.id)
                              << "could not be given up:" << toQString(written.error().message);
}

}
