#include "agent/supervisor/order_book.h"

#include "backend/core/ids.h"
#include "backend/core/text_safety.h"
#include "backend/protocol/order_signature.h"

#include <fmt/format.h>

namespace fb::agent {

namespace {

    // A result over this goes without the heads of its steps: those travel in an ORDER_STEP each, sent before it.
    constexpr size_t kMaxResultBytes = 256 * 1024;
    constexpr int kInterruptedCode = 137;

    OrderKey keyOf(const auto &message) { return {message.order_id(), message.attempt()}; }

    void setKey(auto &message, const OrderKey &key)
    {
        message.set_order_id(key.orderId);
        message.set_attempt(key.attempt);
    }

}

OrderBook::OrderBook(const NodeConfig &config, Ledger &ledger, WorkerHost &host, const Clock &clock,
                     NodeTurn &turn, Owner &owner)
    : m_config(config),
      m_ledger(ledger),
      m_host(host),
      m_clock(clock),
      m_turn(turn),
      m_owner(owner),
      m_maxParallel(config.maxParallelOrders),
      m_signingKey(config.orderSigningKey)
{
}

// ---- Start -------------------------------------------------------------------------------------------------------

void OrderBook::start()
{
    const LedgerFacts facts = m_ledger.facts();
    for (const LedgerOrder &row : m_ledger.open()) {
        Entry entry {.state = row.state, .dispatchSeq = row.dispatchSeq, .arrival = row.arrival};
        entry.refusal = row.refusal;
        m_nextArrival = std::max(m_nextArrival, row.arrival + 1);
        if (row.state == OrderState::Seen) {
            if (const auto whole = m_ledger.read(row.key)) {
                if (const auto body
                    = protocol::parse<wire::OrderBody>(whole->body, protocol::kMaxMessageBytes))
                    entry.commandId = body->command_id();
            }
            const auto head = protocol::parse<wire::OrderHead>(row.head);
            if (row.startBeforeTick && row.bootId == m_config.bootId) {
                entry.startBefore = Tick(Microseconds(row.startBeforeTick));
            } else if (head && head->not_start_after_us() > 0) {
                // Another boot: its monotonic clock is gone, so the engine's clock by the offset last measured.
                const Instant engine = m_clock.now() + Microseconds(facts.engineClockOffset);
                entry.startBefore = m_clock.tick() + (fromMicros(head->not_start_after_us()) - engine);
            }
            m_queue.emplace(entry.arrival, row.key);
        } else if (row.state == OrderState::Started) {
            ++m_running;
        }
        m_entries.emplace(row.key, std::move(entry));
    }

    std::set<OrderKey> present;
    for (const WorkerFound &found : m_host.findWorkers()) {
        present.insert(found.key);
        const auto known = m_ledger.find(found.key);
        const bool settled = known == OrderState::Settled
            || (!known
                && (found.dispatchSeq <= facts.settledWatermark || m_ledger.hasSettled(found.dispatchSeq)));
        if (settled) {
            m_owner.outputsFound(found); // the result is known there, the last of the output perhaps not
            if (found.alive)
                m_orphans.insert(found.key);
            else
                m_turn.afterwards([this, key = found.key] { m_owner.orderForgotten(key); });
            continue;
        }
        auto it = m_entries.find(found.key);
        if (it == m_entries.end() || it->second.state == OrderState::Seen) {
            // The ledger was lost (or its disk rolled back), the folder says that it has started: never a second time.
            if (it == m_entries.end()) {
                it = m_entries
                         .emplace(found.key,
                                  Entry {.dispatchSeq = found.dispatchSeq, .arrival = m_nextArrival++})
                         .first;
                const LedgerOrder row {.key = found.key, .dispatchSeq = found.dispatchSeq};
                m_turn.change([row](Ledger &ledger) { ledger.insert(row); });
            } else {
                m_queue.erase(it->second.arrival);
            }
            it->second.state = OrderState::Started;
            ++m_running;
            m_turn.change([key = found.key](Ledger &ledger) { ledger.markStarted(key); });
        }
        it->second.steps = found.steps;
        m_owner.outputsFound(found);
        if (it->second.state == OrderState::Started && found.result)
            finish(found.key, *found.result);
        else if (it->second.state == OrderState::Started && !found.alive)
            resume(found.key);
    }
    for (auto &[key, entry] : m_entries)
        if (entry.state == OrderState::Started && !present.contains(key))
            finish(key, failedResult(key, "interrupted"));
    startWhatMay();
}

// ---- Link --------------------------------------------------------------------------------------------------------

void OrderBook::welcomed(const wire::Welcome &welcome)
{
    LedgerFacts facts = m_ledger.facts();
    if (welcome.engine_watermark() > facts.settledWatermark) {
        // Settled there, open here: an ORDER_SETTLED that was lost, or a disk that was rolled back. Never run, never told.
        const uint64_t watermark = welcome.engine_watermark();
        m_turn.change([watermark](Ledger &ledger) { ledger.raiseWatermark(watermark); });
        std::vector<OrderKey> settled;
        for (const auto &[key, entry] : m_entries)
            if (entry.dispatchSeq <= watermark && entry.state != OrderState::Started)
                settled.push_back(key);
        for (const OrderKey &key : settled) {
            m_turn.change(
                [key, d = m_entries.at(key).dispatchSeq](Ledger &ledger) { ledger.markSettled(key, d); });
            forget(key);
        }
        facts = m_ledger.facts();
    }
    for (auto &[key, entry] : m_entries) {
        entry.isTold = true;
        m_turn.afterwards([this, key = key] {
            if (const auto it = m_entries.find(key); it != m_entries.end())
                tellState(key, it->second);
        });
    }
}

void OrderBook::engineClockSeen(Microseconds offset)
{
    m_engineClock = m_clock.now() + offset;
    m_engineClockTick = m_clock.tick();
    m_knowsEngineClock = true;
    // Kept for the next boot; a write for each ping would be a sync for nothing.
    const LedgerFacts facts = m_ledger.facts();
    if (std::chrono::abs(Microseconds(facts.engineClockOffset) - offset) > std::chrono::seconds(2)) {
        m_turn.change([offset](Ledger &ledger) {
            LedgerFacts changed = ledger.facts();
            changed.engineClockOffset = offset.count();
            ledger.setFacts(changed);
        });
    }
}

Instant OrderBook::engineNow() const
{
    if (!m_knowsEngineClock)
        return m_clock.now() + Microseconds(m_ledger.facts().engineClockOffset);
    return m_engineClock + (m_clock.tick() - m_engineClockTick); // a set node clock does not move it
}

// ---- From the engine ---------------------------------------------------------------------------------------------

void OrderBook::orderReceived(const wire::OrderHead &head, std::string payload)
{
    const OrderKey key = keyOf(head);
    if (!isUlid(key.orderId) || head.dispatch_seq() == 0)
        return refuse(head, "malformed", "order_id must be a ULID and dispatch_seq at least 1");
    const LedgerFacts facts = m_ledger.facts();
    if (head.lease_epoch() < facts.leaseEpoch)
        return refuse(head, "old-epoch",
                      fmt::format("lease epoch {} is below {}, the highest seen", head.lease_epoch(),
                                  facts.leaseEpoch));
    if (head.lease_epoch() > facts.leaseEpoch)
        m_turn.change([epoch = head.lease_epoch()](Ledger &ledger) {
            LedgerFacts changed = ledger.facts();
            changed.leaseEpoch = epoch;
            ledger.setFacts(changed);
        });

    if (const auto it = m_entries.find(key); it != m_entries.end()) {
        const bool wasTold = std::exchange(it->second.isTold, true);
        m_turn.afterwards([this, key, wasTold] {
            const auto known = m_entries.find(key);
            if (known == m_entries.end())
                return;
            tellSeen(key, known->second);
            if (!wasTold && known->second.state != OrderState::Seen
                && known->second.state != OrderState::Refused)
                tellState(key, known->second);
        });
        return;
    }
    if (m_ledger.find(key) == OrderState::Settled || head.dispatch_seq() <= facts.settledWatermark
        || m_ledger.hasSettled(head.dispatch_seq()))
        return refuse(head, "already-settled", "");
    if (m_quarantined)
        return refuse(head, "quarantined", "this node is quarantined");
    if (m_queue.size() >= m_config.maxQueuedOrders)
        return refuse(head, "queue-full", fmt::format("{} orders wait on this node", m_queue.size()));

    Entry entry {.dispatchSeq = head.dispatch_seq(), .arrival = m_nextArrival++};
    LedgerOrder row {.key = key, .dispatchSeq = head.dispatch_seq(), .bootId = m_config.bootId};
    row.head = head.SerializeAsString();

    const auto body = protocol::parse<wire::OrderBody>(payload, protocol::kMaxMessageBytes);
    std::string_view refusal;
    std::string text;
    if (!body) {
        refusal = "malformed";
        text = body.error().message;
    } else if ((!m_signingKey.empty() || facts.signedOrdersRequired)
               && !protocol::verifyOrderText(
                   m_signingKey, protocol::signedOrderText(m_config.fleetId, m_config.nodeId, head, *body),
                   head.signature())) {
        refusal = "bad-signature"; // T11: also for an order without one
        text = "the order is not signed by the key this node pinned";
        m_turn.afterwards([this, key] { m_owner.unsignedRefused("the order " + key.orderId); });
    } else {
        entry.startBefore = startLimit(head);
        if (entry.startBefore < m_clock.tick()) {
            refusal = "too-late";
            text = "the time to start it had passed when it arrived";
        }
        entry.commandId = body->command_id();
        row.body = std::move(payload);
    }
    row.startBeforeTick = entry.startBefore == Tick::max() ? 0 : entry.startBefore.time_since_epoch().count();

    m_turn.change([row](Ledger &ledger) { ledger.insert(row); });
    entry.isTold = true;
    m_entries.emplace(key, entry);
    m_queue.emplace(entry.arrival, key);
    if (!refusal.empty())
        return refuseForGood(key, refusal, text);
    m_turn.afterwards([this, key] {
        if (const auto it = m_entries.find(key); it != m_entries.end())
            tellSeen(key, it->second);
    });
    startWhatMay();
}

Tick OrderBook::startLimit(const wire::OrderHead &head) const
{
    Tick limit = Tick::max();
    if (head.has_start_within_us())
        limit = m_clock.tick()
            + Microseconds(std::min<uint64_t>(head.start_within_us(), 400ull * 24 * 3600 * 1'000'000));
    if (head.not_start_after_us() > 0)
        limit = std::min(limit, m_clock.tick() + (fromMicros(head.not_start_after_us()) - engineNow()));
    return limit;
}

void OrderBook::settledReceived(const wire::OrderSettled &settled)
{
    const OrderKey key = keyOf(settled);
    const auto it = m_entries.find(key);
    const uint64_t dispatchSeq = it != m_entries.end() ? it->second.dispatchSeq : settled.dispatch_seq();
    if (!isUlid(key.orderId) || dispatchSeq == 0)
        return;
    if (it == m_entries.end()
        && (dispatchSeq <= m_ledger.facts().settledWatermark || m_ledger.find(key) == OrderState::Settled))
        return;
    m_turn.change([key, dispatchSeq](Ledger &ledger) { ledger.markSettled(key, dispatchSeq); });
    if (it == m_entries.end())
        return;
    if (it->second.state == OrderState::Started) {
        m_orphans.insert(key); // the engine gave it up; it runs to its end, under its own time-outs
        --m_running;
    }
    forget(key);
    startWhatMay();
}

void OrderBook::forget(const OrderKey &key)
{
    const auto it = m_entries.find(key);
    if (it == m_entries.end())
        return;
    m_queue.erase(it->second.arrival);
    m_entries.erase(it);
    if (!m_orphans.contains(key))
        m_turn.afterwards([this, key] { m_owner.orderForgotten(key); });
}

void OrderBook::cancelReceived(const wire::Cancel &cancel)
{
    const OrderKey key = keyOf(cancel);
    const auto it = m_entries.find(key);
    const auto answer = [&](std::string_view outcome) {
        wire::CancelResult result;
        setKey(result, key);
        result.set_outcome(std::string(outcome));
        m_turn.afterwards([this, result] { m_owner.tell(protocol::FrameType::CancelResult, result); });
    };
    if (it == m_entries.end())
        return answer("unknown");
    switch (it->second.state) {
    case OrderState::Seen: {
        wire::OrderResult result = failedResult(key, "");
        result.set_status("Cancelled");
        result.set_response_code(-1); // nothing has started
        answer("cancelling");
        return finish(key, result);
    }
    case OrderState::Started:
        if (!it->second.cancelled) {
            it->second.cancelled = true;
            m_turn.afterwards([this, key] { m_host.cancel(key); });
        }
        return;
    default:
        answer("finished-first");
        m_turn.afterwards([this, key] {
            if (const auto known = m_entries.find(key); known != m_entries.end())
                tellState(key, known->second);
        });
    }
}

void OrderBook::cancelAll()
{
    std::vector<OrderKey> keys;
    for (const auto &[key, entry] : m_entries)
        keys.push_back(key);
    for (const OrderKey &key : keys) {
        wire::Cancel cancel;
        setKey(cancel, key);
        cancelReceived(cancel);
    }
}

// ---- Running -----------------------------------------------------------------------------------------------------

bool OrderBook::isCommandRunning(const std::string &commandId) const
{
    return !commandId.empty() && std::any_of(m_entries.begin(), m_entries.end(), [&](const auto &entry) {
        return entry.second.state == OrderState::Started && entry.second.commandId == commandId;
    });
}

void OrderBook::startWhatMay()
{
    if (m_turn.isFailing())
        return;
    onTime();
    for (auto it = m_queue.begin(); it != m_queue.end() && m_running < m_maxParallel;) {
        const OrderKey key = it->second;
        Entry &entry = m_entries.at(key);
        ++it; // begin() takes it out
        if (!isCommandRunning(entry.commandId))
            begin(key, entry);
    }
}

void OrderBook::begin(const OrderKey &key, Entry &entry)
{
    std::optional<LedgerOrder> row = m_ledger.read(key);
    m_queue.erase(entry.arrival);
    entry.state = OrderState::Started;
    ++m_running;
    m_turn.change([key](Ledger &ledger) { ledger.markStarted(key); });
    m_turn.afterwards([this, key, row = std::move(row)] {
        const auto it = m_entries.find(key);
        if (it == m_entries.end() || it->second.state != OrderState::Started)
            return; // settled meanwhile
        const Result<void> started
            = row ? m_host.start(*row) : makeError(errors::kInternal, "the ledger lost the order");
        if (!started)
            return finish(key, failedResult(key, started.error().message));
        wire::OrderStarted message;
        setKey(message, key);
        message.set_started_us(toMicros(m_clock.now()));
        m_owner.tell(protocol::FrameType::OrderStarted, message);
    });
}

void OrderBook::resume(const OrderKey &key)
{
    m_turn.afterwards([this, key] {
        const auto row = m_ledger.read(key);
        const Result<void> resumed
            = row ? m_host.resume(*row) : makeError(errors::kInternal, "the ledger lost the order");
        if (!resumed && m_entries.contains(key))
            finish(key, failedResult(key, "interrupted: " + resumed.error().message));
    });
}

void OrderBook::stepEnded(const OrderKey &key, const wire::OrderStep &step)
{
    const auto it = m_entries.find(key);
    if (it == m_entries.end() || it->second.state != OrderState::Started)
        return;
    it->second.steps.push_back(step);
    m_owner.tell(protocol::FrameType::OrderStep, wire::OrderStep(), &step);
}

void OrderBook::workerEnded(const OrderKey &key, const wire::OrderResult &result)
{
    if (m_orphans.erase(key)) {
        m_turn.afterwards([this, key] { m_owner.orderForgotten(key); });
        return;
    }
    const auto it = m_entries.find(key);
    if (it != m_entries.end() && it->second.state == OrderState::Started)
        finish(key, result);
}

void OrderBook::workerCancelled(const OrderKey &key, uint32_t killed, uint32_t survived)
{
    wire::CancelResult result;
    setKey(result, key);
    result.set_outcome("cancelling");
    result.set_killed(killed);
    result.set_survived(survived);
    m_owner.tell(protocol::FrameType::CancelResult, result);
}

void OrderBook::finish(const OrderKey &key, const wire::OrderResult &result)
{
    Entry &entry = m_entries.at(key);
    if (entry.state == OrderState::Started)
        --m_running;
    m_queue.erase(entry.arrival);
    entry.state = OrderState::Finished;
    entry.steps.clear();
    wire::OrderResult whole = result;
    setKey(whole, key);
    whole.set_dispatch_seq(entry.dispatchSeq);
    m_turn.change(
        [key, bytes = whole.SerializeAsString()](Ledger &ledger) { ledger.markFinished(key, bytes); });
    m_turn.afterwards([this, key] {
        tellResult(key);
        startWhatMay();
    });
}

wire::OrderResult OrderBook::failedResult(const OrderKey &key, std::string_view reason) const
{
    wire::OrderResult result;
    setKey(result, key);
    result.set_status("Failed");
    result.set_response_code(kInterruptedCode);
    result.set_trace(std::string(firstCodePoints(toValidUtf8(reason), 2500)));
    const int64_t now = toMicros(m_clock.now());
    result.set_start_us(now);
    result.set_end_us(now);
    return result;
}

// ---- To the engine -----------------------------------------------------------------------------------------------

void OrderBook::refuse(const wire::OrderHead &head, std::string_view code, std::string_view text)
{
    wire::OrderSeen seen;
    setKey(seen, keyOf(head));
    seen.set_dispatch_seq(head.dispatch_seq());
    seen.set_refused(std::string(code));
    seen.set_text(std::string(text));
    m_turn.afterwards([this, seen] { m_owner.tell(protocol::FrameType::OrderSeen, seen); });
}

// A refusal that is final is kept like a result: told again until the engine has settled it.
void OrderBook::refuseForGood(const OrderKey &key, std::string_view code, std::string_view text)
{
    Entry &entry = m_entries.at(key);
    entry.state = OrderState::Refused;
    entry.refusal = fmt::format("{}\n{}", code, text);
    m_queue.erase(entry.arrival);
    m_turn.change([key, refusal = entry.refusal](Ledger &ledger) { ledger.markRefused(key, refusal); });
    m_turn.afterwards([this, key] {
        if (const auto it = m_entries.find(key); it != m_entries.end())
            tellState(key, it->second);
    });
}

void OrderBook::tellSeen(const OrderKey &key, const Entry &entry)
{
    wire::OrderSeen seen;
    setKey(seen, key);
    seen.set_dispatch_seq(entry.dispatchSeq);
    if (entry.state == OrderState::Refused) {
        const size_t lineEnd = entry.refusal.find('\n');
        seen.set_refused(entry.refusal.substr(0, lineEnd));
        if (lineEnd != std::string::npos)
            seen.set_text(entry.refusal.substr(lineEnd + 1));
    }
    m_owner.tell(protocol::FrameType::OrderSeen, seen);
}

void OrderBook::tellState(const OrderKey &key, const Entry &entry)
{
    switch (entry.state) {
    case OrderState::Seen:
    case OrderState::Refused:
        return tellSeen(key, entry);
    case OrderState::Started: {
        wire::OrderStarted message;
        setKey(message, key);
        message.set_started_us(toMicros(m_clock.now()));
        m_owner.tell(protocol::FrameType::OrderStarted, message);
        for (const wire::OrderStep &step : entry.steps)
            m_owner.tell(protocol::FrameType::OrderStep, wire::OrderStep(), &step);
        return;
    }
    case OrderState::Finished:
        return tellResult(key);
    case OrderState::Settled:
        return;
    }
}

void OrderBook::tellResult(const OrderKey &key)
{
    const auto row = m_ledger.read(key);
    if (!row)
        return;
    wire::OrderResult result;
    if (!result.ParseFromString(row->result)) // our own writing
        result = failedResult(key, "the stored result could not be read");
    if (row->result.size() > kMaxResultBytes) {
        for (const wire::OrderStep &step : result.steps())
            m_owner.tell(protocol::FrameType::OrderStep, wire::OrderStep(), &step);
        for (wire::OrderStep &step : *result.mutable_steps()) {
            step.clear_stdout_head();
            step.clear_stderr_head();
            step.clear_stdout_tail();
        }
    }
    m_owner.tell(protocol::FrameType::OrderResult, wire::OrderResult(), &result);
}

void OrderBook::onTime()
{
    const Tick now = m_clock.tick();
    std::vector<OrderKey> late;
    for (const auto &[arrival, key] : m_queue)
        if (m_entries.at(key).startBefore < now)
            late.push_back(key);
    for (const OrderKey &key : late)
        refuseForGood(key, "too-late", "the time to start it passed while it waited on the node");
}

Tick OrderBook::nextDeadline() const
{
    Tick next = Tick::max();
    for (const auto &[arrival, key] : m_queue)
        next = std::min(next, m_entries.at(key).startBefore);
    return next == Tick::max() ? next : next + Microseconds(1);
}

}
