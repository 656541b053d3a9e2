#include "agent/worker/output_file.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>

namespace fb::agent {

namespace {

    // Without the piece of a character that stands at its end.
    std::string_view wholeCharacters(std::string_view text)
    {
        size_t end = text.size();
        for (size_t back = 1; back <= 4 && back <= end; ++back) {
            const auto byte = static_cast<unsigned char>(text[end - back]);
            if ((byte & 0xc0) == 0x80)
                continue;
            const size_t needs = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
            return needs > back ? text.substr(0, end - back) : text;
        }
        return text;
    }

}

OutputFile::OutputFile(const PrivateFolder &folder, std::string name, uint64_t limit, size_t headBytes)
    : m_name(std::move(name)),
      m_path(folder.path() / m_name),
      m_limit(limit),
      m_headBytes(headBytes)
{
    auto fd = folder.openForAppend(m_name);
    if (!fd) {
        m_failure = fd.error().message;
        return;
    }
    m_fd = *std::move(fd);
    if (auto existing = folder.openForReading(m_name)) {
        char chunk[16 * 1024];
        for (ssize_t got = 0; (got = ::read(existing->get(), chunk, sizeof chunk)) > 0;) {
            keep({chunk, static_cast<size_t>(got)});
            m_size += static_cast<uint64_t>(got);
        }
    }
}

void OutputFile::keep(std::string_view bytes)
{
    m_hash.add(bytes);
    if (m_head.size() < m_headBytes + 4)
        m_head += bytes.substr(0, m_headBytes + 4 - m_head.size());
    if (bytes.size() >= kTailBytes) {
        m_tail = bytes.substr(bytes.size() - kTailBytes);
    } else {
        m_tail += bytes;
        if (m_tail.size() > kTailBytes)
            m_tail.erase(0, m_tail.size() - kTailBytes);
    }
}

void OutputFile::add(std::string_view bytes)
{
    if (m_holding) {
        m_heldBack += bytes.size();
        m_dropped += bytes.size();
        return;
    }
    const uint64_t used = m_size + m_waiting.size();
    const size_t room
        = used >= m_limit ? 0 : static_cast<size_t>(std::min<uint64_t>(m_limit - used, bytes.size()));
    m_waiting += bytes.substr(0, room);
    m_dropped += bytes.size() - room;
    if (m_waiting.size() >= kPieceBytes)
        flush();
}

bool OutputFile::flush()
{
    const uint64_t before = m_size;
    std::string_view rest = m_waiting;
    while (!rest.empty() && m_failure.empty()) {
        const ssize_t written = ::write(m_fd.get(), rest.data(), rest.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0) {
            m_failure = systemError("write", m_path, errno).message;
            break;
        }
        keep(rest.substr(0, static_cast<size_t>(written)));
        m_size += static_cast<uint64_t>(written);
        rest.remove_prefix(static_cast<size_t>(written));
    }
    m_dropped += rest.size();
    m_waiting.clear();
    return m_size > before;
}

void OutputFile::hold(bool holding)
{
    if (m_holding == holding)
        return;
    flush();
    m_holding = holding;
    if (!holding && m_heldBack > 0) {
        m_waiting += fmt::format("\n[spool bound reached, {} bytes dropped]\n", m_heldBack);
        m_heldBack = 0;
    }
}

void OutputFile::finish()
{
    const bool wasHeld = m_heldBack > 0;
    hold(false);
    if (m_dropped > 0 && !wasHeld && m_size + m_waiting.size() >= m_limit)
        m_waiting
            += fmt::format("\n--output limit of {} bytes reached, {} bytes dropped--\n", m_limit, m_dropped);
    flush();
}

Result<void> OutputFile::sync()
{
    if (m_size > 0 && m_fd && ::fdatasync(m_fd.get()) != 0)
        return systemError("sync", m_path, errno);
    return {};
}

std::string OutputFile::head() const
{
    const std::string_view all(m_head);
    return std::string(m_head.size() <= m_headBytes ? all : wholeCharacters(all.substr(0, m_headBytes)));
}

std::string OutputFile::tail() const
{
    if (m_size <= m_headBytes)
        return {};
    std::string_view text(m_tail);
    for (int i = 0; i < 3 && !text.empty() && (static_cast<unsigned char>(text.front()) & 0xc0) == 0x80; ++i)
        text.remove_prefix(1);
    return std::string(text);
}

std::string OutputFile::digest() { return m_hash.finish(); }

}
