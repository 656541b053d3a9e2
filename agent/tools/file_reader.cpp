#include "agent/tools/file_reader.h"

#include "backend/core/byte_encoding.h"
#include "backend/core/text_safety.h"
#include "backend/protocol/tool_messages.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>

namespace fb::agent {

namespace {

    constexpr size_t kLookedAt = 64 * 1024; // to guess the encoding
    constexpr size_t kTailBytes = 4 * 1024 * 1024; // read at once
    constexpr size_t kBackwards = 1024 * 1024; // searched for the last lines
    constexpr std::chrono::seconds kDigestTime {25};
    constexpr std::chrono::seconds kTailPace {1};

    Result<std::string> readAt(int fd, uint64_t offset, size_t most, const std::string &path)
    {
        std::string bytes(most, '\0');
        size_t size = 0;
        while (size < most) {
            const ssize_t got
                = ::pread(fd, bytes.data() + size, most - size, static_cast<off_t>(offset + size));
            if (got < 0 && errno == EINTR)
                continue;
            if (got < 0)
                return nodeError("read", path, errno);
            if (got == 0)
                break;
            size += static_cast<size_t>(got);
        }
        bytes.resize(size);
        return bytes;
    }

    // Whole characters only at the cut.
    std::string_view withoutBrokenEnd(std::string_view text)
    {
        for (size_t back = 1; back <= 4 && back <= text.size(); ++back) {
            const auto byte = static_cast<unsigned char>(text[text.size() - back]);
            if (byte < 0x80)
                break;
            if (byte >= 0xc0) {
                const size_t length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
                return length > back ? text.substr(0, text.size() - back) : text;
            }
        }
        return text;
    }

}

std::string guessedEncoding(std::string_view beginning)
{
    if (beginning.starts_with("\xff\xfe"))
        return "utf-16le";
    if (beginning.starts_with("\xfe\xff"))
        return "utf-16be";
    if (beginning.find('\0') != std::string_view::npos)
        return "binary";
    if (isValidUtf8(withoutBrokenEnd(beginning)))
        return "utf-8";
    const auto controls = std::count_if(beginning.begin(), beginning.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 && byte != '\n' && byte != '\r' && byte != '\t' && byte != '\f' && byte != 0x1b;
    });
    return static_cast<size_t>(controls) * 50 > beginning.size() ? "binary" : "latin-1";
}

Result<UniqueFd> FileReader::open(const std::string &path) const
{
    const auto place = placeOf(path);
    if (!place)
        return place.error();
    // O_NONBLOCK: a pipe must not hold us. A link is followed here: what it shows is what one wants to read.
    UniqueFd file(
        ::openat(place->folder.get(), place->name.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    if (!file)
        return nodeError("open", path, errno);
    struct stat status {
    };
    if (::fstat(file.get(), &status) != 0)
        return nodeError("read", path, errno);
    if (!S_ISREG(status.st_mode))
        return makeError(protocol::kRefusedByNode, fmt::format("{} is not a file with content.", path));
    if (auto may = m_guard.mayRead(*place); !may)
        return may.error();
    // And where the link leads, by the folder it is in.
    char real[4096];
    const ssize_t size = ::readlink(fmt::format("/proc/self/fd/{}", file.get()).c_str(), real, sizeof real);
    if (size > 0) {
        const auto target = placeOf(std::string_view(real, static_cast<size_t>(size)));
        if (target) {
            if (auto may = m_guard.mayRead(*target); !may)
                return may.error();
        }
    }
    return file;
}

Result<wire::ToolAnswer> FileReader::preview(const wire::FilePreviewRequest &request) const
{
    const auto file = open(request.path());
    if (!file)
        return file.error();
    struct stat status {
    };
    ::fstat(file->get(), &status);
    const auto size = static_cast<uint64_t>(status.st_size);
    if (request.for_edit() && size > kMaxEdited)
        return makeError(protocol::kRefusedByNode,
                         fmt::format("{} has {} bytes; files of at most {} are edited here.", request.path(),
                                     size, kMaxEdited));
    auto bytes = readAt(file->get(), 0, request.for_edit() ? kMaxEdited + 1 : kMaxBytes, request.path());
    if (!bytes)
        return bytes.error();
    wire::ToolAnswer answer;
    wire::FilePreview &preview = *answer.mutable_file_preview();
    preview.set_size(std::max<uint64_t>(size, bytes->size())); // files of /proc say 0
    preview.set_mode(status.st_mode & 07777);
    preview.set_encoding(guessedEncoding(std::string_view(*bytes).substr(0, kLookedAt)));
    if (request.for_edit()) {
        if (preview.encoding() != "utf-8")
            return makeError(
                protocol::kRefusedByNode,
                fmt::format("{} is not UTF-8 text; only such files are edited here.", request.path()));
        if (bytes->size() > kMaxEdited)
            return makeError(protocol::kRefusedByNode,
                             fmt::format("{} grows; it is too large.", request.path()));
        preview.set_sha256(sha256(*bytes));
        preview.set_content(*std::move(bytes));
        return answer;
    }
    if (preview.encoding() == "binary") {
        preview.set_cut(bytes->size() > kMaxBinary || size > kMaxBinary);
        bytes->resize(std::min(bytes->size(), kMaxBinary));
        preview.set_content(*std::move(bytes));
        return answer;
    }
    if (preview.encoding() != "utf-8"
        && preview.encoding() != "latin-1") { // two bytes a character: not cut by lines
        preview.set_cut(size > bytes->size());
        preview.set_content(*std::move(bytes));
        return answer;
    }
    std::string content;
    uint32_t lines = 0;
    uint32_t cutLines = 0;
    size_t at = 0;
    while (at < bytes->size() && lines < kMaxLines) {
        size_t end = bytes->find('\n', at);
        const bool isWhole = end != std::string::npos;
        end = isWhole ? end + 1 : bytes->size();
        std::string_view line = std::string_view(*bytes).substr(at, end - at);
        if (line.size() > kMaxLine) {
            content += withoutBrokenEnd(line.substr(0, kMaxLine));
            content += '\n';
            ++cutLines;
        } else {
            content += line;
        }
        ++lines;
        at = end;
    }
    preview.set_cut(at < bytes->size() || size > bytes->size());
    preview.set_lines(lines);
    preview.set_cut_lines(cutLines);
    preview.set_content(std::move(content));
    return answer;
}

// ---- Tail --------------------------------------------------------------------------------------------------------

Result<void> FileReader::follow(Followed &followed, const std::string &path) const
{
    auto file = open(path);
    if (!file)
        return file.error();
    struct stat status {
    };
    ::fstat(file->get(), &status);
    followed.file = *std::move(file);
    followed.device = status.st_dev;
    followed.number = status.st_ino;
    followed.offset = 0;
    followed.begun.clear();
    followed.isGone = false;
    return {};
}

void FileReader::addLines(Followed &followed, wire::FileTail &tail) const
{
    if (m_clock.tick() - followed.since >= kTailPace) {
        followed.since = m_clock.tick();
        followed.counted = 0;
    }
    const auto bytes = readAt(followed.file.get(), followed.offset, kTailBytes, m_path);
    if (!bytes)
        return;
    followed.offset += bytes->size();
    std::string_view rest = *bytes;
    while (!rest.empty()) {
        const size_t end = rest.find('\n');
        const std::string_view piece = rest.substr(0, end);
        followed.begun += piece.substr(0, kMaxLine - std::min(kMaxLine, followed.begun.size()));
        if (end == std::string_view::npos)
            return;
        if (followed.counted < kMaxTailLines) {
            *tail.add_lines() = std::move(followed.begun);
            ++followed.counted;
        } else {
            tail.set_dropped(tail.dropped() + 1);
        }
        followed.begun.clear();
        rest.remove_prefix(end + 1);
    }
}

Result<wire::ToolAnswer> FileReader::tail(const wire::FileTailRequest &request)
{
    wire::ToolAnswer answer;
    wire::FileTail &tail = *answer.mutable_file_tail();
    struct stat status {
    };
    if (!request.again() || request.path() != m_path || !m_followed.file) {
        m_path = request.path();
        m_followed = Followed();
        if (auto opened = follow(m_followed, m_path); !opened)
            return opened.error();
        ::fstat(m_followed.file.get(), &status);
        const auto size = static_cast<uint64_t>(status.st_size);
        const uint64_t from = size - std::min<uint64_t>(size, kBackwards);
        const auto last = readAt(m_followed.file.get(), from, static_cast<size_t>(size - from), m_path);
        if (!last)
            return last.error();
        // A line that is not ended yet counts as the last.
        size_t begin = last->size();
        size_t lines = 0;
        while (begin > 0 && lines <= kTailLines) {
            if ((*last)[begin - 1] == '\n' && begin != last->size() && ++lines == kTailLines)
                break;
            --begin;
        }
        m_followed.offset = from + begin;
        addLines(m_followed, tail);
        tail.set_size(size);
        return answer;
    }
    addLines(m_followed, tail); // of the old file too, before a new one is looked at
    ::fstat(m_followed.file.get(), &status);
    tail.set_size(static_cast<uint64_t>(status.st_size));
    if (tail.lines_size() > 0)
        return answer;
    if (static_cast<uint64_t>(status.st_size) < m_followed.offset) {
        m_followed.offset = 0;
        m_followed.begun.clear();
        tail.set_happened("truncated");
        addLines(m_followed, tail);
        return answer;
    }
    struct stat now {
    };
    if (::stat(m_path.c_str(), &now) != 0) {
        if (!std::exchange(m_followed.isGone, true))
            tail.set_happened("gone");
        return answer;
    }
    if (now.st_dev != m_followed.device || now.st_ino != m_followed.number) {
        if (auto opened = follow(m_followed, m_path); !opened)
            return opened.error();
        tail.set_happened("rotated");
        addLines(m_followed, tail);
    }
    return answer;
}

Result<wire::ToolAnswer> FileReader::checksum(const wire::FileChecksumRequest &request) const
{
    const auto file = open(request.path());
    if (!file)
        return file.error();
    const Tick until = m_clock.tick() + kDigestTime;
    Sha256 digest;
    for (uint64_t offset = 0;;) {
        const auto bytes = readAt(file->get(), offset, 1024 * 1024, request.path());
        if (!bytes)
            return bytes.error();
        if (bytes->empty())
            break;
        digest.add(*bytes);
        offset += bytes->size();
        if (m_clock.tick() > until)
            return makeError(
                protocol::kRefusedByNode,
                fmt::format("{} is too large for a digest in {} s.", request.path(), kDigestTime.count()));
    }
    wire::ToolAnswer answer;
    answer.mutable_done()->set_object(request.path());
    answer.mutable_done()->set_after(toHex(digest.finish()));
    return answer;
}

}
