#pragma once
// aws:downloadContent (spec/documents.md 3.12): files from the web, a repository, a bucket or the document store, by the program of
// agent/downloads. One thread.

#include "agent/plugins/plugin.h"

namespace fb::agent {

class DownloadContent final : public StepPlugin
{
public:
    static constexpr std::string_view kName = "aws:downloadContent";
    Result<PreparedProcess> prepare(const StepSetting &setting) const override;
};

}
