#pragma once
// Which rows of a fan-out may go to their nodes now: MaxConcurrency with a slow start, waiting for nodes that are away, and the stop
// at MaxErrors (spec/run-command.md 3.3, 3.4). Sans-I/O: no clock, no store. A row is named by its place in the release order.
// One thread at a time.

#include <cstdint>
#include <set>
#include <vector>

namespace fb {

class ReleaseWaves
{
public:
    using Row = uint32_t;

    ReleaseWaves(int64_t concurrency, int64_t errorLimit);

    // Filling, also after a restart. Rows that ended before they could wait are never added.
    void addWaiting(Row row);
    void addDelayed(Row row);
    void addReleased(Row row, bool acknowledged);
    void setErrors(int64_t errors); // those counted before a restart
    void resumeWindow(); // after filling: the window is as wide as what is in flight

    // The rows to release now, in order; they count as released from here on. `isConnected` is asked once a row; a row whose node is
    // away becomes delayed and is passed by; `delayed` gets those.
    template <typename IsConnected>
    std::vector<Row> admit(IsConnected isConnected, std::vector<Row> &delayed)
    {
        std::vector<Row> released;
        while (!m_stopped && m_inFlight < window() && hasReady()) {
            const Row row = takeReady();
            if (!isConnected(row)) {
                m_states[row] = State::Delayed;
                delayed.push_back(row);
                continue;
            }
            release(row);
            released.push_back(row);
        }
        return released;
    }

    void
    nodeAway(Row row); // not acknowledged yet: back to delayed, its slot is free. Later: it keeps the slot
    void nodeBack(Row row); // a delayed row goes to the front
    void acknowledged(Row row);
    void ended(Row row, bool countsAsError);
    std::vector<Row> stop(); // the rows that will not be released any more, in order. They count as ended

    bool isStopped() const { return m_stopped; }
    bool mustStop() const { return !m_stopped && m_errors > m_errorLimit; }
    bool isDelayed(Row row) const { return stateOf(row) == State::Delayed; }
    bool isReleased(Row row) const
    {
        return stateOf(row) == State::Released || stateOf(row) == State::Acknowledged;
    }
    bool isAcknowledged(Row row) const { return stateOf(row) == State::Acknowledged; }
    bool isEnded(Row row) const { return stateOf(row) == State::Ended; }
    int64_t window() const { return m_window < m_concurrency ? m_window : m_concurrency; }
    int64_t inFlight() const { return m_inFlight; } // released and not ended
    int64_t errors() const { return m_errors; }

private:
    enum class State : uint8_t { Absent, Waiting, Delayed, Released, Acknowledged, Ended };

    State stateOf(Row row) const { return row < m_states.size() ? m_states[row] : State::Absent; }
    void setState(Row row, State state);
    bool hasReady() const { return !m_returned.empty() || !m_waiting.empty(); }
    Row takeReady();
    void release(Row row);
    void leaveWave(Row row, bool counted);

    int64_t m_concurrency;
    int64_t m_errorLimit;
    int64_t m_window = 1;
    int64_t m_inFlight = 0;
    int64_t m_errors = 0;
    int64_t m_waveMembers = 0; // of the current wave, released
    std::set<Row> m_waveOpen; // those of them not yet acknowledged
    std::vector<State> m_states;
    std::set<Row> m_waiting;
    std::set<Row> m_returned; // came back: before all waiting ones
    bool m_stopped = false;
};

}
