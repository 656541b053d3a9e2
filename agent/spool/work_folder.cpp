#include "agent/spool/work_folder.h"

#include "backend/core/byte_encoding.h"
#include "backend/protocol/frame.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <fcntl.h>

namespace fb::agent {

namespace {

    constexpr size_t kMaxOrderBytes = 2 * protocol::kMaxMessageBytes;

    // Three texts, each with its length in front.
    std::string joined(std::string_view a, std::string_view b, std::string_view c)
    {
        std::string bytes;
        for (const std::string_view part : {a, b, c}) {
            putBigEndian(bytes, static_cast<uint32_t>(part.size()));
            bytes += part;
        }
        return bytes;
    }

    std::optional<std::array<std::string, 3>> parted(std::string_view bytes)
    {
        std::array<std::string, 3> parts;
        for (std::string &part : parts) {
            if (bytes.size() < 4)
                return std::nullopt;
            const auto size = bigEndianAt<uint32_t>(bytes, 0);
            bytes.remove_prefix(4);
            if (bytes.size() < size)
                return std::nullopt;
            part = bytes.substr(0, size);
            bytes.remove_prefix(size);
        }
        return parts;
    }

    template <typename Message>
    std::optional<Message> readMessage(const PrivateFolder &folder, std::string_view name)
    {
        const auto bytes = folder.read(name, kMaxResultFileBytes);
        Message message;
        return bytes && message.ParseFromString(*bytes) ? std::optional(std::move(message)) : std::nullopt;
    }

    Result<std::array<std::string, 3>> readParts(const PrivateFolder &folder, std::string_view name)
    {
        const auto bytes = folder.read(name, kMaxOrderBytes);
        if (!bytes)
            return bytes.error();
        auto parts = parted(*bytes);
        if (!parts)
            return makeError(errors::kInternal,
                             fmt::format("{} is cut short", (folder.path() / name).string()));
        return *std::move(parts);
    }

}

namespace workNames {
    std::string stdoutOf(uint32_t step) { return fmt::format("{}.stdout", step); }
    std::string stderrOf(uint32_t step) { return fmt::format("{}.stderr", step); }
    std::string resultOf(uint32_t step) { return fmt::format("{}.result.pb", step); }
    std::string begunOf(uint32_t step) { return fmt::format("{}.begun", step); }
    std::string triesOf(uint32_t step) { return fmt::format("{}.tries", step); }
}

Result<void> writeOrder(const PrivateFolder &folder, std::string_view head, std::string_view body,
                        std::string_view nodeId)
{
    // Not synced: after a power cut the ledger has it, and the script is never started again.
    return folder.write(workNames::kOrder, joined(head, body, nodeId), Durability::WhenWritten);
}

Result<StoredOrder> readOrder(const PrivateFolder &folder)
{
    const auto parts = readParts(folder, workNames::kOrder);
    if (!parts)
        return parts.error();
    StoredOrder order;
    order.nodeId = (*parts)[2];
    if (!order.head.ParseFromString((*parts)[0]) || !order.body.ParseFromString((*parts)[1]))
        return makeError(errors::kInternal,
                         fmt::format("{} cannot be read", (folder.path() / workNames::kOrder).string()));
    return order;
}

Result<void> writeSession(const PrivateFolder &folder, const StoredSession &session)
{
    return folder.write(workNames::kSession,
                        joined(session.token, session.nodeId, session.parameters.SerializeAsString()),
                        Durability::WhenWritten);
}

Result<StoredSession> readSession(const PrivateFolder &folder)
{
    const auto parts = readParts(folder, workNames::kSession);
    if (!parts)
        return parts.error();
    StoredSession session {(*parts)[0], (*parts)[1], {}};
    if (!session.parameters.ParseFromString((*parts)[2]))
        return makeError(errors::kInternal, "session.pb cannot be read");
    return session;
}

std::optional<wire::OrderStep> readStepResult(const PrivateFolder &folder, uint32_t step)
{
    return readMessage<wire::OrderStep>(folder, workNames::resultOf(step));
}

std::optional<wire::OrderResult> readResult(const PrivateFolder &folder)
{
    return readMessage<wire::OrderResult>(folder, workNames::kResult);
}

std::vector<wire::OrderStep> readStepResults(const PrivateFolder &folder)
{
    std::vector<wire::OrderStep> steps;
    while (auto step = readStepResult(folder, static_cast<uint32_t>(steps.size())))
        steps.push_back(*std::move(step));
    return steps;
}

uint64_t fileSize(const PrivateFolder &folder, std::string_view name)
{
    struct stat status {
    };
    if (::fstatat(folder.fd(), std::string(name).c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0)
        return 0;
    return static_cast<uint64_t>(status.st_size);
}

}
