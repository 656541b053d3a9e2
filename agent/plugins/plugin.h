#pragma once
// What a plugin is to a worker: something that turns one step into a process to run, or says why it can't. One file a plugin; those the
// agent has are listed in plugin_list.cpp. One thread.

#include "agent/platform/private_folder.h"
#include "agent/platform/spawn.h"
#include "agent/platform/unique_fd.h"
#include "backend/core/result.h"
#include "backend/language/resolved_step.h"

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace fb::wire {
class OrderBody;
}

namespace fb::agent {

// A document that came with the order, for the steps that call it.
struct CalledDocument {
    std::string name {}; // without version
    std::string format {}; // JSON or YAML
    std::string content {};
    std::string error {}; // in the place of the content
};

// A file that the order names by its hash and the engine gives.
struct NeededFile {
    std::string name {}; // for messages
    std::string sha256 {}; // 32 bytes
    uint64_t size = 0;
};

struct StepSetting {
    const ResolvedStep &step;
    uint32_t index = 0;
    const PrivateFolder &invocation; // its folder: default working directory, `downloads` below it
    std::map<std::string, std::string> environment {}; // what every script of this order gets
    const std::map<std::string, CalledDocument> *documents = nullptr; // by what a step calls them
    int depth = 0; // documents around the one that this step is of
    std::string place {}; // "0-" in the document that step 0 runs, "0-2-" in one that its step 2 runs
    const wire::OrderBody *order = nullptr; // none in a document that a step runs
    std::filesystem::path state {}; // the agent's folder; empty as above
    std::filesystem::path files {}; // where needed files lie, by their hash in hex

    // "<place><index>.<name>" below the invocation: files of this step alone, whatever runs beside it.
    Result<PrivateFolder> ownFolder(std::string_view name) const;
    // InvalidDocument where it did not come along, or could not be had.
    Result<CalledDocument> document(const std::string &reference) const;
};

// How a process's exit code becomes the step's result.
enum class ExitMeaning {
    Script, // 168, 169 and 194 steer the document (spec/documents.md 3.4)
    Plain, // 0 is Success, everything else Failed
    Document, // it has left the result of a whole document in `verdict`
};

struct PreparedProcess {
    SpawnRequest request; // its output and error are the worker's to fill
    std::string note {}; // something the reader of the output should know
    std::shared_ptr<const UniqueFd> input {}; // what request.input names, kept open until it runs
    ExitMeaning meaning = ExitMeaning::Script;
    std::string verdict {}; // path of a file, see document_run.h
    bool isTakenUp = false; // when it was killed, it is started again and goes on
};

class StepPlugin
{
public:
    virtual ~StepPlugin() = default;
    virtual Result<PreparedProcess> prepare(const StepSetting &setting) const = 0;
    // What must lie in setting.files before prepare().
    virtual Result<std::vector<NeededFile>> neededFiles(const StepSetting &) const
    {
        return std::vector<NeededFile>();
    }
    // After a crash of the worker the step is prepared and run again, instead of being "interrupted".
    virtual bool takesUp() const { return false; }
};

// Null for a name this agent does not have.
const StepPlugin *pluginNamed(std::string_view action);

}
