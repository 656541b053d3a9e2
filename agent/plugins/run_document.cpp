#include "agent/plugins/run_document.h"

#include "agent/plugins/document_run.h"
#include "backend/language/called_document.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

namespace fb::agent {

namespace {

    constexpr size_t kMaxDocumentBytes = 65'536;

    struct DocumentText {
        std::string content;
        DocumentFormat format = DocumentFormat::Json;
    };

    std::string documentInput(const Step &step, std::string_view name)
    {
        const Tree *given = step.inputs.find(name);
        return given && given->isScalar() ? given->text() : std::string();
    }

    DocumentFormat formatOf(const std::string &path, const std::string &content)
    {
        if (path.ends_with(".json"))
            return DocumentFormat::Json;
        if (path.ends_with(".yaml") || path.ends_with(".yml"))
            return DocumentFormat::Yaml;
        const size_t first = content.find_first_not_of(" \t\r\n");
        return first != std::string::npos && content[first] == '{' ? DocumentFormat::Json
                                                                   : DocumentFormat::Yaml;
    }

    Result<std::string> readBounded(const std::filesystem::path &path)
    {
        const UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
        struct stat status {
        };
        if (!fd || ::fstat(fd.get(), &status) != 0)
            return systemError("read", path, errno);
        if (!S_ISREG(status.st_mode))
            return makeError(errors::kInvalidDocument, fmt::format("{} is no file", path.string()));
        std::string bytes(kMaxDocumentBytes + 1, '\0');
        size_t size = 0;
        for (ssize_t got = 1; got > 0 && size < bytes.size();
             size += static_cast<size_t>(std::max<ssize_t>(got, 0))) {
            got = ::read(fd.get(), bytes.data() + size, bytes.size() - size);
            if (got < 0)
                return systemError("read", path, errno);
        }
        bytes.resize(size);
        if (size > kMaxDocumentBytes)
            return makeError(errors::kMaxDocumentSizeExceeded,
                             fmt::format("{} is longer than {} bytes", path.string(), kMaxDocumentBytes));
        return bytes;
    }

    // Relative: below the invocation's `downloads`, where aws:downloadContent puts things, and nowhere else.
    Result<DocumentText> localDocument(const std::string &given, const StepSetting &setting)
    {
        std::filesystem::path path(given);
        if (path.is_relative()) {
            const std::filesystem::path downloads = setting.invocation.path() / "downloads";
            path = (downloads / path).lexically_normal();
            const auto [end, nothing]
                = std::mismatch(downloads.begin(), downloads.end(), path.begin(), path.end());
            if (end != downloads.end())
                return makeError(errors::kInvalidDocument,
                                 fmt::format("documentPath \"{}\" leaves the invocation's downloads", given));
        }
        auto content = readBounded(path);
        if (!content)
            return content.error();
        const DocumentFormat format = formatOf(given, *content);
        return DocumentText {*std::move(content), format};
    }

    Result<DocumentText> documentOf(const Step &step, const StepSetting &setting)
    {
        const std::string path = documentInput(step, "documentPath");
        const std::string type = documentInput(step, "documentType");
        if (path.empty() || path.find('\0') != std::string::npos)
            return makeError(errors::kInvalidParameters, "documentPath is missing");
        if (type == "LocalPath")
            return localDocument(path, setting);
        if (type != "SSMDocument")
            return makeError(
                errors::kInvalidParameters,
                fmt::format("documentType is \"{}\"; it must be LocalPath or SSMDocument", type));
        return setting.document(path).map([](const CalledDocument &called) {
            return DocumentText {called.content,
                                 called.format == "YAML" ? DocumentFormat::Yaml : DocumentFormat::Json};
        });
    }

}

Result<PreparedProcess> RunDocument::prepare(const StepSetting &setting) const
{
    const Step &step = setting.step.step;
    if (setting.depth >= kMaxDocumentDepth)
        return makeError(
            errors::kInvalidDocument,
            fmt::format("documents run at most {} deep in one another; step {} would begin a level more",
                        kMaxDocumentDepth, step.name));
    const auto text = documentOf(step, setting);
    if (!text)
        return text.error();
    const auto document = parseCalledDocument(text->content, text->format);
    if (!document)
        return document.error();
    const auto values = calledParameters(step);
    if (!values)
        return values.error();
    if (auto bound = bindParameters(document->parameters, *values); !bound)
        return bound.error();
    auto wire = toWire(*document, *values);
    if (!wire)
        return wire.error();
    const auto folder = setting.ownFolder("awsrunDocument");
    if (!folder)
        return folder.error();
    const DocumentRun run {*std::move(wire), setting.depth + 1,
                           fmt::format("{}{}-", setting.place, setting.index)};
    if (auto written = writeDocumentRun(*folder, run); !written)
        return written.error();
    PreparedProcess prepared;
    prepared.request.program = ownProgramPath();
    prepared.request.arguments = {"flagbridge-agent", "run-document", "--folder", folder->path().string()};
    for (char **entry = environ; entry && *entry; ++entry)
        prepared.request.environment.emplace_back(*entry);
    prepared.request.workingDirectory = setting.invocation.path().string();
    prepared.meaning = ExitMeaning::Document;
    prepared.verdict = (folder->path() / kVerdictName).string();
    return prepared;
}

}
