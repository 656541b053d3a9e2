#pragma once
// Whose bytes go next: deficit round robin over classes of streams, round robin inside a class (protocol-notes 7). Pty input is
// apart: it goes before everything. One thread at a time.

#include "backend/protocol/frame.h"

#include <array>
#include <optional>
#include <vector>

namespace fb::protocol {

class StreamScheduler
{
public:
    enum class Class : uint8_t { PtyOutput, Forward, Exec, Tail, File, Facts };
    static constexpr size_t kClasses = 6;
    static Class classOf(StreamKind kind);

    // A stream that has something to send; each stream at most once.
    void add(uint32_t stream, StreamKind kind, bool isInput);
    void remove(uint32_t stream);
    void setFacts(bool waiting) { m_facts = waiting; } // facts are control messages, but take their turn here
    bool isEmpty() const;

    std::optional<uint32_t> nextInput(); // pty input; takes it out
    // The class whose turn it is and its stream, which is taken out (0: facts). Call charge() with what was sent.
    struct Turn {
        Class turnClass;
        uint32_t stream;
    };
    std::optional<Turn> next(size_t quantum);
    void charge(Class turnClass, size_t bytes);

private:
    bool isWaiting(size_t index) const;

    std::vector<uint32_t> m_input;
    std::array<std::vector<uint32_t>, kClasses> m_ready;
    std::array<int64_t, kClasses> m_deficit {};
    uint8_t m_current = 0;
    bool m_facts = false;
};

}
