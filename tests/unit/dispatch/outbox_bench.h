#pragma once
// An OrderOutbox on a store of its own, with an owner that counts and simulated nodes. Main thread.

#include "backend/dispatch/order_outbox.h"
#include "tests/support/fake_fleet.h"
#include "tests/support/test_database.h"

#include <QTest>

namespace fb::test {

// An owner that only counts what it is told.
class CountingOwner final : public OrderOwner
{
public:
    Result<std::shared_ptr<const OrderContent>> orderContent(const Order &order) override
    {
        if (unsendable)
            return makeError(errors::kInvalidParameters, "The value breaks the document's rule.");
        wire::OrderBody body;
        body.set_command_id(order.subject.toStdString());
        body.set_document_json("{}");
        return makeOrderContent(std::move(body));
    }
    Result<void> checkReport(const Order &, const OrderReport &report) const override
    {
        const auto *result = std::get_if<wire::OrderResult>(&report);
        if (result && result->status() == "Nonsense")
            return makeError(errors::kValidation, "no such status");
        return {};
    }
    Result<void> applyReports(Transaction &tx, std::span<const AppliedReport> reports) override
    {
        if (failsToApply)
            return makeError(errors::kInternal, "on purpose");
        for (const AppliedReport &applied : reports) {
            seen += std::holds_alternative<wire::OrderSeen>(applied.report);
            started += std::holds_alternative<wire::OrderStarted>(applied.report);
            results += std::holds_alternative<wire::OrderResult>(applied.report);
        }
        if (withdrawInTurn) {
            const QList<OrderId> orders = *withdrawInTurn;
            withdrawInTurn.reset();
            return outbox->withdraw(tx, orders);
        }
        return {};
    }
    Result<void> orderUnsendable(Transaction &, const Order &, const Error &) override
    {
        ++unsendables;
        return {};
    }

    OrderOutbox *outbox = nullptr;
    std::optional<QList<OrderId>> withdrawInTurn;
    bool unsendable = false;
    bool failsToApply = false;
    int seen = 0;
    int started = 0;
    int results = 0;
    int unsendables = 0;
};

// An engine of outbox and owner alone, that can be dropped and started again on the same rows.
struct OutboxBench {
    explicit OutboxBench(const QString &kind) : database(kind), fleet(database.clock) { start(); }
    ~OutboxBench()
    {
        fleet.attach(nullptr);
        static_cast<void>(database->flush()); // what waits for the commit refers to the outbox
    }

    void start()
    {
        outbox = std::make_unique<OrderOutbox>(*database, fleet, database.clock, database.random);
        owner.outbox = outbox.get();
        outbox->addOwner(QStringLiteral("test"), owner);
        QVERIFY(outbox->start());
        fleet.attach(outbox.get());
    }
    void restart()
    {
        fleet.detach();
        static_cast<void>(database->flush());
        outbox.reset();
        database.reopen();
        start();
    }
    QList<OrderId> send(const QList<NodeId> &nodes, const QString &subject = QStringLiteral("c1"))
    {
        QList<OrderId> ids;
        const auto written = database->write([&](Transaction &tx) -> Result<void> {
            return outbox
                ->enqueue(tx, QStringLiteral("test"), subject, database.clock.now() + std::chrono::hours(1),
                          database.clock.tick() + std::chrono::hours(1), nodes)
                .map([&](const QList<OrderId> &made) { ids = made; });
        });
        Q_ASSERT(written);
        commit();
        return ids;
    }
    void change(const std::function<Result<void>(Transaction &)> &fn)
    {
        QVERIFY(database->write(fn));
        commit();
    }
    void commit() { QVERIFY(database->flush()); }
    void settleTraffic()
    {
        do {
            fleet.deliver();
            commit();
        } while (fleet.hasTraffic());
    }
    int storedOrders()
    {
        return static_cast<int>(
            *database->reader().number(QStringLiteral("SELECT count(*) FROM dispatch_order")));
    }

    TestDatabase database;
    FakeFleet fleet;
    CountingOwner owner;
    std::unique_ptr<OrderOutbox> outbox;
};

}
