#include "backend/dispatch/release_waves.h"

#include <algorithm>

namespace fb {

ReleaseWaves::ReleaseWaves(int64_t concurrency, int64_t errorLimit)
    : m_concurrency(std::max<int64_t>(1, concurrency)),
      m_errorLimit(errorLimit)
{
}

void ReleaseWaves::setState(Row row, State state)
{
    if (row >= m_states.size())
        m_states.resize(row + 1, State::Absent);
    m_states[row] = state;
}

void ReleaseWaves::addWaiting(Row row)
{
    setState(row, State::Waiting);
    m_waiting.insert(m_waiting.end(), row);
}

void ReleaseWaves::addDelayed(Row row) { setState(row, State::Delayed); }

void ReleaseWaves::addReleased(Row row, bool acknowledged)
{
    setState(row, acknowledged ? State::Acknowledged : State::Released);
    ++m_inFlight;
    if (!acknowledged) {
        ++m_waveMembers;
        m_waveOpen.insert(row);
    }
}

void ReleaseWaves::setErrors(int64_t errors) { m_errors = errors; }

void ReleaseWaves::resumeWindow() { m_window = std::clamp<int64_t>(m_inFlight, 1, m_concurrency); }

ReleaseWaves::Row ReleaseWaves::takeReady()
{
    std::set<Row> &from = m_returned.empty() ? m_waiting : m_returned;
    const Row row = *from.begin();
    from.erase(from.begin());
    return row;
}

void ReleaseWaves::release(Row row)
{
    m_states[row] = State::Released;
    ++m_inFlight;
    // Only the first w releases make up the wave: a stream of short runs through a full window must not hold it open for ever.
    if (m_waveMembers < m_window) {
        ++m_waveMembers;
        m_waveOpen.insert(row);
    }
}

void ReleaseWaves::leaveWave(Row row, bool counted)
{
    if (m_waveOpen.erase(row) == 0)
        return;
    if (!counted)
        --m_waveMembers;
    if (!m_waveOpen.empty() || m_waveMembers == 0)
        return;
    m_window = std::min(m_concurrency, m_window * 2);
    m_waveMembers = 0;
}

void ReleaseWaves::nodeAway(Row row)
{
    switch (stateOf(row)) {
    case State::Waiting:
        m_waiting.erase(row);
        m_returned.erase(row);
        m_states[row] = State::Delayed;
        break;
    case State::Released:
        m_states[row] = State::Delayed;
        --m_inFlight;
        leaveWave(row, false);
        break;
    default:
        break;
    }
}

void ReleaseWaves::nodeBack(Row row)
{
    if (stateOf(row) != State::Delayed)
        return;
    m_states[row] = State::Waiting;
    m_returned.insert(row);
}

void ReleaseWaves::acknowledged(Row row)
{
    switch (stateOf(row)) {
    case State::Released:
        m_states[row] = State::Acknowledged;
        leaveWave(row, true);
        break;
    case State::Waiting: // the acknowledgement outlived the connection: the node has the order already
    case State::Delayed:
        m_waiting.erase(row);
        m_returned.erase(row);
        m_states[row] = State::Acknowledged;
        ++m_inFlight;
        break;
    default:
        break;
    }
}

void ReleaseWaves::ended(Row row, bool countsAsError)
{
    const State before = stateOf(row);
    if (before == State::Ended || before == State::Absent)
        return;
    m_states[row] = State::Ended;
    m_waiting.erase(row);
    m_returned.erase(row);
    if (before == State::Released || before == State::Acknowledged)
        --m_inFlight;
    if (before == State::Released)
        leaveWave(row, true);
    if (countsAsError)
        ++m_errors;
}

std::vector<ReleaseWaves::Row> ReleaseWaves::stop()
{
    m_stopped = true;
    std::vector<Row> unreleased;
    for (Row row = 0; row < m_states.size(); ++row) {
        if (m_states[row] != State::Waiting && m_states[row] != State::Delayed)
            continue;
        m_states[row] = State::Ended;
        unreleased.push_back(row);
    }
    m_waiting.clear();
    m_returned.clear();
    return unreleased;
}

}
