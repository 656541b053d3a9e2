#pragma once
// Bytes that wait to be taken, in the pieces they came in: none is copied or moved before it goes. Keeps no memory while empty. A value.

#include <deque>
#include <string>
#include <string_view>

namespace fb {

class WaitingBytes
{
public:
    bool empty() const { return m_size == 0; }
    size_t size() const { return m_size; }

    void add(std::string piece)
    {
        if (piece.empty())
            return;
        m_size += piece.size();
        m_pieces.push_back(std::move(piece));
    }

    // What can be taken at once.
    std::string_view front() const
    {
        return m_pieces.empty() ? std::string_view() : std::string_view(m_pieces.front()).substr(m_head);
    }

    // The first `count` of front() are taken.
    void drop(size_t count)
    {
        m_size -= count;
        m_head += count;
        if (m_size == 0)
            m_pieces = {};
        else if (m_head == m_pieces.front().size())
            m_pieces.pop_front();
        else
            return;
        m_head = 0;
    }

private:
    std::deque<std::string> m_pieces; // none is empty
    size_t m_head = 0; // of the first one, taken
    size_t m_size = 0;
};

}
