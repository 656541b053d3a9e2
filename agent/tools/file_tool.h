#pragma once
// The tool "files" (spec/fleet-manager.md 3.4): each request to the part that answers it. One thread, and one more while a job runs.

#include "agent/tools/file_changes.h"
#include "agent/tools/file_job.h"
#include "agent/tools/file_lister.h"
#include "agent/tools/file_reader.h"

namespace fb::agent {

class FileTool final : public Tool
{
public:
    FileTool(const Clock &clock, std::vector<std::string> own); // the agent's own folders and program
    Result<wire::ToolAnswer> answer(const wire::ToolRequest &request) override;

private:
    Result<wire::ToolAnswer> begin(FileJob::Kind kind, std::vector<std::string> paths, std::string into);
    Result<wire::ToolAnswer> goOn(const wire::FileJobRequest &request);
    wire::ToolAnswer report();

    FileGuard m_guard;
    FileLister m_lister;
    FileReader m_reader;
    FileChanges m_changes;
    std::unique_ptr<FileJob> m_job;
    uint64_t m_lastJob = 0;
};

}
