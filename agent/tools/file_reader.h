#pragma once
// The content of files for people to look at (spec/fleet-manager.md 3.4): the beginning, the end as it grows, a digest. One thread.

#include "agent/platform/unique_fd.h"
#include "agent/tools/file_place.h"
#include "agent/tools/tool.h"

#include <map>
#include <string>

namespace fb::agent {

std::string guessedEncoding(std::string_view beginning); // of FilePreview

class FileReader
{
public:
    static constexpr size_t kMaxLines = 10'000;
    static constexpr size_t kMaxBytes = 8 * 1024 * 1024;
    static constexpr size_t kMaxBinary = 64 * 1024;
    static constexpr size_t kMaxLine = 64 * 1024;
    static constexpr size_t kMaxEdited = 1024 * 1024;
    static constexpr size_t kTailLines = 10;
    static constexpr size_t kMaxTailLines = 5000; // of one answer; asked at most once a second for more

    FileReader(const Clock &clock, const FileGuard &guard) : m_clock(clock), m_guard(guard) { }
    Result<wire::ToolAnswer> preview(const wire::FilePreviewRequest &request) const;
    Result<wire::ToolAnswer> tail(const wire::FileTailRequest &request);
    Result<wire::ToolAnswer>
    checksum(const wire::FileChecksumRequest &request) const; // of what fits the time

private:
    struct Followed {
        UniqueFd file;
        uint64_t device = 0;
        uint64_t number = 0;
        uint64_t offset = 0;
        std::string begun; // of a line that is not whole yet
        bool isGone = false;
        Tick since {}; // of the lines counted
        size_t counted = 0;
    };
    Result<UniqueFd> open(const std::string &path) const; // a regular file that may be read
    Result<void> follow(Followed &followed, const std::string &path) const;
    void addLines(Followed &followed, wire::FileTail &tail) const;

    const Clock &m_clock;
    const FileGuard &m_guard;
    std::string m_path;
    Followed m_followed; // one at a time
};

}
