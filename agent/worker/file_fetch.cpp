#include "agent/worker/file_fetch.h"

#include "agent/spool/work_folder.h"
#include "backend/core/byte_encoding.h"

#include <fmt/format.h>

#include <cerrno>
#include <unistd.h>

namespace fb::agent {

Result<void> checkFile(const PrivateFolder &order, const NeededFile &file)
{
    const auto files = order.existingSubfolder(workNames::kFiles);
    if (!files)
        return files.error();
    const std::string name = toHex(file.sha256);
    const auto fd = files->openForReading(name);
    if (!fd)
        return fd.error();
    Sha256 hash;
    uint64_t size = 0;
    std::string piece(256 * 1024, '\0');
    for (;;) {
        const ssize_t got = ::read(fd->get(), piece.data(), piece.size());
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return systemError("read", files->path() / name, errno);
        if (got == 0)
            break;
        size += static_cast<uint64_t>(got);
        hash.add(std::string_view(piece).substr(0, static_cast<size_t>(got)));
    }
    if (size == file.size && hash.finish() == file.sha256)
        return {};
    files->remove(name); // so that it is fetched again
    return makeError(errors::kValidation,
                     fmt::format("{} has {} bytes that are not those the order names (SHA-256 {})", file.name,
                                 size, name));
}

void FileFetch::fetch(std::vector<NeededFile> files, std::chrono::seconds within, Done done)
{
    m_files = std::move(files);
    m_done = std::move(done);
    m_timeout = m_loop.after(within, [this, within] {
        m_timeout = 0;
        finish(makeError(errors::kServiceUnavailable,
                         fmt::format("{} did not come from the engine within {} s",
                                     m_files.empty() ? std::string("a file") : m_files.back().name,
                                     within.count())));
    });
    m_loop.after(Microseconds(0), [this] { next(); });
}

void FileFetch::next()
{
    if (!m_done)
        return;
    while (!m_files.empty()) {
        const auto here = checkFile(m_folder, m_files.back());
        if (!here && here.error().code == errors::kResourceNotFound)
            return ask();
        if (!here)
            return finish(here);
        m_files.pop_back();
    }
    finish({});
}

void FileFetch::ask()
{
    if (!m_done || m_files.empty())
        return;
    const NeededFile &file = m_files.back();
    m_peer.send(Packet(WorkerMessage::WantFile).u64(file.size).text(file.sha256).bytes);
}

void FileFetch::received(PacketReader &packet)
{
    if (!m_done || m_files.empty() || !packet.rest().starts_with(m_files.back().sha256))
        return;
    if (packet.kind() == WorkerMessage::FileFailed)
        return finish(makeError(
            errors::kServiceUnavailable,
            fmt::format("{}: {}", m_files.back().name, packet.rest().substr(m_files.back().sha256.size()))));
    next();
}

void FileFetch::cancel()
{
    if (m_done)
        finish(makeError(errors::kConflict, "cancelled"));
}

void FileFetch::finish(Result<void> outcome)
{
    if (m_timeout)
        m_loop.cancel(m_timeout);
    m_timeout = 0;
    m_files.clear();
    if (const Done done = std::exchange(m_done, nullptr))
        done(outcome);
}

}
