#include "agent/plugins/download_content.h"

#include "agent/downloads/download_program.h"
#include "agent/plugins/script_environment.h"
#include "backend/language/tree_text.h"

#include <fmt/format.h>

#include <unistd.h>

namespace fb::agent {

namespace {

    // A map, or the JSON text of one.
    Result<Tree> sourceInfo(const Step &step)
    {
        const Tree *given = step.inputs.find("sourceInfo");
        if (given && given->isMap())
            return *given;
        const auto parsed = given && given->isString() ? parseJson(given->text()) : TreeResult(Tree());
        if (!parsed || !parsed->isMap())
            return makeError(errors::kInvalidParameters,
                             parsed ? "sourceInfo must be a map or the JSON text of one"
                                    : fmt::format("sourceInfo is no JSON: {}", parsed.error().text()));
        return *parsed;
    }

    std::string textOf(const Step &step, std::string_view name)
    {
        const Tree *given = step.inputs.find(name);
        return given && given->isScalar() ? given->text() : std::string();
    }

}

Result<PreparedProcess> DownloadContent::prepare(const StepSetting &setting) const
{
    const Step &step = setting.step.step;
    auto info = sourceInfo(step);
    if (!info)
        return info.error();
    DownloadRequest request {.sourceType = textOf(step, "sourceType"),
                             .sourceInfo = *std::move(info),
                             .destinationPath = textOf(step, "destinationPath"),
                             .downloads = (setting.invocation.path() / "downloads").string()};
    if (request.destinationPath.find('\0') != std::string::npos)
        return makeError(errors::kInvalidParameters, "destinationPath holds a NUL");
    const auto folder = setting.ownFolder("awsdownloadContent");
    if (!folder)
        return folder.error();
    if (auto written = writeDownloadRequest(*folder, request); !written)
        return written.error();
    PreparedProcess prepared;
    prepared.request.program = ownProgramPath();
    prepared.request.arguments = {"flagbridge-agent", "download", "--folder", folder->path().string()};
    for (char **entry = environ; entry && *entry; ++entry) // proxies, certificates, this node's settings
        prepared.request.environment.emplace_back(*entry);
    prepared.request.workingDirectory = setting.invocation.path().string();
    prepared.meaning = ExitMeaning::Plain;
    return prepared;
}

}
