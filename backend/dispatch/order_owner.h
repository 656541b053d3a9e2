#pragma once
// OrderOwner: the service that wants orders done, as the outbox calls it. Engine thread.

#include "backend/core/result.h"
#include "backend/dispatch/order.h"

#include <memory>
#include <span>

namespace fb {

class Transaction;

struct AppliedReport {
    Order order; // as it was before the report
    OrderReport report;
};

class OrderOwner
{
public:
    virtual ~OrderOwner() = default;

    // Asked at each sending, so that values read at dispatch are never stored. An error ends the order: see orderUnsendable.
    virtual Result<std::shared_ptr<const OrderContent>> orderContent(const Order &order) = 0;

    // Is the report well formed for this order? An error drops it: logged, the connection is kept.
    virtual Result<void> checkReport(const Order &order, const OrderReport &report) const = 0;

    // All reports of one turn, in the order they came, each at most once but for steps that a node repeats. State is written here, in
    // the transaction that also settles the orders; a result is told to its node as settled only after the commit.
    virtual Result<void> applyReports(Transaction &tx, std::span<const AppliedReport> reports) = 0;

    // Its content cannot be made any more: the order is settled in the same transaction.
    virtual Result<void> orderUnsendable(Transaction &tx, const Order &order, const Error &why) = 0;
};

}
