#pragma once
// The tool "transfer": one file to the node or from it, in chunks (spec/fleet-manager.md 3.4). What has come stands as .<name>.fbpart beside the
// file until it is whole and its digest right; an upload that was cut goes on there for a day. One thread.

#include "agent/platform/unique_fd.h"
#include "agent/tools/file_place.h"
#include "agent/tools/tool.h"
#include "backend/core/byte_encoding.h"

#include <chrono>
#include <optional>

namespace fb::agent {

class TransferTool final : public Tool
{
public:
    static constexpr size_t kMaxChunk = 1024 * 1024;

    // An upload that was cut may still be under way: the next one waits so long for its end.
    explicit TransferTool(std::vector<std::string> own,
                          std::chrono::milliseconds patience = std::chrono::seconds(20))
        : m_guard(std::move(own)),
          m_patience(patience)
    {
    }
    Result<wire::ToolAnswer> answer(const wire::ToolRequest &request) override;

private:
    Result<wire::ToolAnswer> beginPut(const wire::FilePutRequest &request);
    Result<wire::ToolAnswer> put(const wire::FileChunk &chunk);
    Result<wire::ToolAnswer> endPut();
    Result<wire::ToolAnswer> beginGet(const wire::FileGetRequest &request);
    Result<wire::ToolAnswer> read(const wire::FileReadRequest &request) const;
    wire::ToolAnswer state(bool complete) const;

    FileGuard m_guard;
    const std::chrono::milliseconds m_patience;
    UniqueFd m_file; // the part, or what is read
    std::optional<FilePlace> m_place; // of an upload
    std::string m_part;
    wire::FilePutRequest m_put;
    uint64_t m_offset = 0;
    std::optional<Sha256> m_digest; // of what is in the part
    uint64_t m_flushed = 0; // up to here the system was told to begin writing
    std::string m_path; // of a download
};

}
