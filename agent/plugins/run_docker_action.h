#pragma once
// aws:runDockerAction (spec/documents.md 3.12): one call of docker, or of podman where docker is not, with its arguments as a list: no shell
// reads them. One thread.

#include "agent/plugins/plugin.h"

#include <vector>

namespace fb::agent {

class RunDockerAction final : public StepPlugin
{
public:
    static constexpr std::string_view kName = "aws:runDockerAction";
    Result<PreparedProcess> prepare(const StepSetting &setting) const override;

    // The arguments behind "docker". InvalidParameters naming what the action needs and does not have, or what could be taken for an
    // option.
    static Result<std::vector<std::string>> argumentsOf(const Step &step);
};

// A command line in words as a shell would split it, quotes and backslashes understood and nothing expanded. InvalidParameters for an open
// quote.
Result<std::vector<std::string>> commandWords(std::string_view text);

}
