// Files that come from the engine for a worker: work/<order>/files/<SHA-256>.part, and without ".part" once whole. The worker checks the
// hash before it uses one.

#include "agent/supervisor/process_worker_host.h"

#include "agent/spool/work_folder.h"
#include "backend/core/byte_encoding.h"

#include <fmt/format.h>
#include <sys/statvfs.h>

#include <cerrno>
#include <unistd.h>

namespace fb::agent {

namespace {
    constexpr size_t kHashBytes = 32;
    constexpr uint64_t kLeftFree = 16 * 1024 * 1024; // of the disk, beside the reserve for results

    std::string partName(const std::string &sha256) { return toHex(sha256) + ".part"; }
}

// Empty: there is room for it on the agent's disk.
std::string ProcessWorkerHost::lackOfRoom(uint64_t bytes) const
{
    struct statvfs status {
    };
    if (::fstatvfs(m_work.fd(), &status) != 0)
        return {};
    const uint64_t free = static_cast<uint64_t>(status.f_bavail) * status.f_frsize;
    if (bytes <= free && free - bytes >= kLeftFree)
        return {};
    return fmt::format("it has {} bytes; the disk of {} has {} free, of which {} are left free", bytes,
                       m_work.path().string(), free, kLeftFree);
}

void ProcessWorkerHost::workerWants(const OrderKey &key, PacketReader &packet)
{
    WantedFile file;
    file.size = packet.u64();
    file.sha256 = std::string(packet.rest());
    if (!packet.isSound() || file.sha256.size() != kHashBytes)
        return;
    if (const std::string lack = lackOfRoom(file.size); !lack.empty())
        return fileEnded(key, file.sha256, lack);
    m_events->fileWanted(key, file);
}

Result<void> ProcessWorkerHost::beginFile(const OrderKey &key, const std::string &sha256)
{
    const auto it = m_workers.find(key);
    if (it == m_workers.end())
        return makeError(errors::kResourceNotFound, "its worker is gone");
    const auto files = it->second.folder.subfolder(workNames::kFiles);
    if (!files)
        return files.error();
    files->remove(partName(sha256)); // of an earlier supervisor
    auto fd = files->openForAppend(partName(sha256));
    if (!fd)
        return fd.error();
    it->second.files[sha256] = *std::move(fd);
    return {};
}

Result<void> ProcessWorkerHost::fileData(const OrderKey &key, const std::string &sha256, uint64_t,
                                         std::string_view bytes)
{
    const auto it = m_workers.find(key);
    const auto file
        = it == m_workers.end() ? std::map<std::string, UniqueFd>::iterator() : it->second.files.find(sha256);
    if (it == m_workers.end() || file == it->second.files.end())
        return makeError(errors::kResourceNotFound, "its worker is gone");
    while (!bytes.empty()) {
        const ssize_t written = ::write(file->second.get(), bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return systemError("write", it->second.folder.path() / workNames::kFiles / partName(sha256),
                               errno);
        bytes.remove_prefix(static_cast<size_t>(written));
    }
    return {};
}

void ProcessWorkerHost::fileEnded(const OrderKey &key, const std::string &sha256, std::string_view failure)
{
    const auto it = m_workers.find(key);
    if (it == m_workers.end())
        return;
    Worker &worker = it->second;
    worker.files.erase(sha256);
    const auto files = worker.folder.subfolder(workNames::kFiles);
    std::string why(failure);
    if (!files)
        why = files.error().message;
    else if (why.empty())
        files->rename(partName(sha256), toHex(sha256));
    else
        files->remove(partName(sha256));
    Packet packet(why.empty() ? WorkerMessage::FileCame : WorkerMessage::FileFailed);
    send(worker.peer, std::move(packet).text(sha256 + why).bytes);
}

}
