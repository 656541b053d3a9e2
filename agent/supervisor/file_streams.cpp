#include "agent/supervisor/file_streams.h"

#include "backend/core/text_safety.h"

#include <fmt/format.h>

namespace fb::agent {

namespace {
    constexpr uint64_t kWindow = 4 * 1024 * 1024;
    constexpr std::chrono::seconds kRetryBusyAfter {5};

    std::string shown(std::string_view text)
    {
        return withVisibleEscapes(firstCodePoints(toValidUtf8(text.substr(0, 2000)), 300));
    }
}

void FileStreams::wanted(const OrderKey &order, const WantedFile &wanted)
{
    const Key key {order, wanted.sha256};
    if (m_files.contains(key))
        return; // on its way
    if (auto begun = m_host.beginFile(order, wanted.sha256); !begun)
        return m_host.fileEnded(order, wanted.sha256, begun.error().message);
    File &file = m_files[key];
    file.size = wanted.size;
    open(key, file);
}

void FileStreams::orderForgotten(const OrderKey &order)
{
    for (auto it = m_files.lower_bound({order, {}}); it != m_files.end() && it->first.order == order;) {
        if (it->second.stream && m_link)
            m_link->reset(it->second.stream, "not-wanted");
        m_byStream.erase(it->second.stream);
        it = m_files.erase(it);
    }
}

void FileStreams::linkUp(protocol::Link &link)
{
    m_link = &link;
    openAll();
}

void FileStreams::linkDown()
{
    m_link = nullptr;
    m_retryAt = Tick::max();
    m_byStream.clear();
    for (auto &[key, file] : m_files)
        file.stream = 0;
}

void FileStreams::openAll()
{
    for (auto &[key, file] : m_files)
        if (!file.stream)
            open(key, file);
}

void FileStreams::open(const Key &key, File &file)
{
    if (!m_link)
        return;
    wire::Open open;
    open.set_window(kWindow);
    open.set_receive_from(file.received);
    open.mutable_artifact()->set_sha256(key.sha256);
    open.mutable_artifact()->set_order_id(key.order.orderId);
    const auto stream = m_link->open(protocol::StreamKind::FileGet, open);
    if (!stream) {
        m_retryAt = m_clock.tick() + kRetryBusyAfter;
        return;
    }
    file.stream = *stream;
    m_byStream.emplace(*stream, key);
}

void FileStreams::end(const Key &key, std::string_view failure)
{
    const Key ended = key; // it may be one of the map's own
    const auto it = m_files.find(ended);
    if (it == m_files.end())
        return;
    m_byStream.erase(it->second.stream);
    m_files.erase(it);
    m_host.fileEnded(ended.order, ended.sha256, failure);
}

void FileStreams::refused(const protocol::StreamRefused &refused)
{
    const Key key = m_byStream.at(refused.stream);
    if (refused.code != "busy")
        return end(key, fmt::format("the engine does not give it: {}", shown(refused.text)));
    m_byStream.erase(refused.stream);
    m_files.at(key).stream = 0;
    m_retryAt = m_clock.tick() + kRetryBusyAfter;
}

void FileStreams::dataReceived(protocol::StreamNumber stream, uint64_t offset, std::string_view bytes)
{
    const Key key = m_byStream.at(stream);
    File &file = m_files.at(key);
    std::string failure;
    if (offset != file.received || bytes.size() > file.size - file.received)
        failure = fmt::format("the engine gives more than the {} bytes that the order names", file.size);
    else if (auto kept = m_host.fileData(key.order, key.sha256, offset, bytes); !kept)
        failure = kept.error().message;
    if (!failure.empty()) {
        m_link->reset(stream, "failed", failure);
        return end(key, failure);
    }
    file.received += bytes.size();
    m_link->grant(stream, bytes.size());
}

void FileStreams::finished(protocol::StreamNumber stream)
{
    const Key key = m_byStream.at(stream);
    const File &file = m_files.at(key);
    m_link->finish(stream); // of our direction, which carries nothing
    end(key,
        file.received == file.size
            ? std::string()
            : fmt::format("the engine gave {} of its {} bytes", file.received, file.size));
}

void FileStreams::reset(const protocol::StreamReset &reset)
{
    end(Key(m_byStream.at(reset.stream)), fmt::format("the engine broke it off: {}", shown(reset.text)));
}

void FileStreams::onTime()
{
    if (m_retryAt > m_clock.tick())
        return;
    m_retryAt = Tick::max();
    openAll();
}

}
