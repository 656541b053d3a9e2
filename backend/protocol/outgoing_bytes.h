#pragma once
// A stream's bytes that wait to go into frames, kept in pieces that each have room for a frame's prefix: a piece that goes whole is not copied
// again. Keeps no memory while empty. A value.

#include "backend/protocol/frame.h"

#include <string>
#include <string_view>
#include <vector>

namespace fb::protocol {

class OutgoingBytes
{
public:
    size_t size() const { return m_size; }

    void append(std::string_view bytes, size_t pieceSize)
    {
        if (bytes.empty())
            return;
        if (m_pieces.empty() || m_pieces.back().size() - kPrefixBytes + bytes.size() > pieceSize) {
            std::string piece;
            piece.reserve(kPrefixBytes + bytes.size());
            piece.resize(kPrefixBytes);
            m_pieces.push_back(std::move(piece));
        }
        m_pieces.back().append(bytes);
        m_size += bytes.size();
    }

    // What can be taken at once.
    std::string_view front() const
    {
        return m_pieces.empty() ? std::string_view() : std::string_view(m_pieces.front()).substr(m_head);
    }

    // `size` bytes of front(), behind kPrefixBytes that the caller fills.
    std::string take(size_t size)
    {
        const bool isWhole = m_head == kPrefixBytes && size == front().size();
        std::string taken;
        if (isWhole) {
            taken.swap(m_pieces.front());
        } else {
            taken.reserve(kPrefixBytes + size);
            taken.resize(kPrefixBytes);
            taken.append(front().substr(0, size));
        }
        m_size -= size;
        m_head += size;
        if (m_size == 0)
            m_pieces = {};
        else if (m_head >= m_pieces.front().size())
            m_pieces.erase(m_pieces.begin());
        else
            return taken;
        m_head = kPrefixBytes;
        return taken;
    }

private:
    std::vector<std::string> m_pieces; // a few
    size_t m_head = kPrefixBytes; // in the first: up to here it was taken
    size_t m_size = 0;
};

}
