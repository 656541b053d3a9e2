#pragma once
// One min-heap for the two time-outs of every open command (spec/run-command.md 3.5). What a deadline means is looked up when it is due:
// a command that has ended meanwhile leaves nothing to do. A wall clock that is set moves none of them. Engine thread.

#include "backend/core/clock.h"
#include "backend/core/ids.h"

#include <optional>
#include <queue>
#include <vector>

namespace fb {

struct CommandDeadline {
    Tick due {};
    CommandId command;
    enum class Kind { Delivery, Total } kind = Kind::Delivery;
};

class DeadlineQueue
{
public:
    void add(const CommandDeadline &deadline) { m_heap.push(deadline); }
    void clear() { m_heap = {}; }
    std::optional<Tick> next() const
    {
        return m_heap.empty() ? std::nullopt : std::optional(m_heap.top().due);
    }

    // Those whose time has passed, earliest first; they are gone from the queue.
    std::vector<CommandDeadline> take(Tick now)
    {
        std::vector<CommandDeadline> due;
        while (!m_heap.empty() && m_heap.top().due < now) {
            due.push_back(m_heap.top());
            m_heap.pop();
        }
        return due;
    }

private:
    struct Later {
        bool operator()(const CommandDeadline &a, const CommandDeadline &b) const { return a.due > b.due; }
    };
    std::priority_queue<CommandDeadline, std::vector<CommandDeadline>, Later> m_heap;
};

}
