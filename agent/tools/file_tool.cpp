#include "agent/tools/file_tool.h"

#include <fmt/format.h>

namespace fb::agent {

namespace {
    constexpr size_t kMaxPaths = 1000; // of one job
    constexpr std::chrono::milliseconds kReportAfter {300};
}

FileTool::FileTool(const Clock &clock, std::vector<std::string> own)
    : m_guard(std::move(own)),
      m_reader(clock, m_guard),
      m_changes(m_guard)
{
}

Result<wire::ToolAnswer> FileTool::answer(const wire::ToolRequest &request)
{
    using Request = wire::ToolRequest;
    const auto pathsOf
        = [](const auto &paths) { return std::vector<std::string>(paths.begin(), paths.end()); };
    switch (request.what_case()) {
    case Request::kFileList: {
        auto list = m_lister.list(request.file_list());
        if (!list)
            return list.error();
        wire::ToolAnswer answer;
        *answer.mutable_file_list() = *std::move(list);
        return answer;
    }
    case Request::kFilePreview:
        return m_reader.preview(request.file_preview());
    case Request::kFileTail:
        return m_reader.tail(request.file_tail());
    case Request::kFileChecksum:
        return m_reader.checksum(request.file_checksum());
    case Request::kFileMake:
        return m_changes.make(request.file_make());
    case Request::kFileRename:
        return m_changes.rename(request.file_rename());
    case Request::kFileMode:
        return m_changes.setMode(request.file_mode());
    case Request::kFileOwner:
        return m_changes.setOwner(request.file_owner());
    case Request::kFileSave:
        return m_changes.save(request.file_save());
    case Request::kFileRemove:
        return begin(request.file_remove().measure_only() ? FileJob::Kind::Measure : FileJob::Kind::Remove,
                     pathsOf(request.file_remove().paths()), {});
    case Request::kFileCopy:
        return begin(request.file_copy().move() ? FileJob::Kind::Move : FileJob::Kind::Copy,
                     pathsOf(request.file_copy().paths()), request.file_copy().folder());
    case Request::kFileJob:
        return goOn(request.file_job());
    default:
        return wrongRequest("This is not a request to the tool \"files\".");
    }
}

Result<wire::ToolAnswer> FileTool::begin(FileJob::Kind kind, std::vector<std::string> paths, std::string into)
{
    if (m_job && !m_job->isFinished())
        return makeError(errors::kThrottling,
                         "One piece of work is under way; wait for its end, or cancel it.");
    if (paths.empty() || paths.size() > kMaxPaths)
        return wrongRequest(fmt::format("{} paths are named; 1 to {} are taken.", paths.size(), kMaxPaths));
    if ((kind == FileJob::Kind::Copy || kind == FileJob::Kind::Move) && !into.starts_with('/'))
        return wrongRequest("The folder does not begin at /.");
    m_job.reset();
    m_job = std::make_unique<FileJob>(++m_lastJob, kind, std::move(paths), std::move(into), m_guard);
    return report();
}

Result<wire::ToolAnswer> FileTool::goOn(const wire::FileJobRequest &request)
{
    if (!m_job || request.job() != m_job->id())
        return makeError(errors::kDoesNotExist, "This piece of work is over.");
    if (request.cancel())
        m_job->cancel();
    else if (request.choice() >= 1 && request.choice() <= 3)
        m_job->answer(static_cast<FileJob::Choice>(request.choice()), request.for_all());
    return report();
}

wire::ToolAnswer FileTool::report()
{
    wire::ToolAnswer answer;
    *answer.mutable_file_job() = m_job->report(kReportAfter);
    return answer;
}

}
