#include "agent/plugins/download_content.h"

#include "agent/downloads/download_program.h"
#include "backend/language/called_document.h"

#include <unistd.h>

namespace fb::agent {

namespace {

    std::string textOf(const Step &step, std::string_view name)
    {
        const Tree *given = step.inputs.find(name);
        return given && given->isScalar() ? given->text() : std::string();
    }

}

Result<PreparedProcess> DownloadContent::prepare(const StepSetting &setting) const
{
    const Step &step = setting.step.step;
    auto info = downloadSourceInfo(step);
    if (!info)
        return info.error();
    DownloadRequest request {.sourceType = textOf(step, "sourceType"),
                             .sourceInfo = *std::move(info),
                             .destinationPath = textOf(step, "destinationPath"),
                             .downloads = (setting.invocation.path() / "downloads").string()};
    if (request.destinationPath.find('\0') != std::string::npos)
        return makeError(errors::kInvalidParameters, "destinationPath holds a NUL");
    if (const auto call = documentCall(step)) {
        auto document = setting.document(call->reference);
        if (!document)
            return document.error();
        request.documentFile = document->name + (document->format == "YAML" ? ".yaml" : ".json");
        request.documentContent = std::move(document->content);
    }
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
