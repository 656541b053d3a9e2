#include "backend/nodes/runcommand/order_content.h"

#include "backend/base/fail.h"
#include "backend/base/field_table.h"
#include "backend/core/byte_encoding.h"
#include "backend/language/tree_text.h"
#include "backend/language/wire_document.h"
#include "backend/nodes/runcommand/called_documents.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    // What is kept of one stream of one step (spec/run-command.md 3.11).
    constexpr uint32_t kOutputLimitBytes = 100 * 1024 * 1024;

    constexpr std::string_view kUpdateAgent = "aws:updateSsmAgent";

    Result<void> addAgentBuilds(const Document &document, const RunCommandParts &parts, wire::OrderBody &body)
    {
        const bool updates = std::ranges::any_of(
            document.steps, [](const Step &step) { return step.action == kUpdateAgent; });
        if (!updates || !parts.agentBuilds)
            return {};
        const auto builds = parts.agentBuilds->offeredBuilds();
        if (!builds)
            return builds.error();
        for (const wire::AgentBuild &build : *builds)
            *body.add_agent_builds() = build;
        return {};
    }

    Result<std::string> replaced(const std::string &text, const std::string &parameter,
                                 const Principal &sender, CommandParameterValues *values)
    {
        std::string out;
        size_t from = 0; // what was inserted is never scanned again
        for (const SsmReference &reference : ssmReferences(text)) {
            if (!values)
                return fail(errors::kInvalidParameters,
                            u"Parameter \"%1\": there is no parameter \"%2\"."_s.arg(
                                toQString(parameter), toQString(reference.name)),
                            u"Parameters.%1"_s.arg(toQString(parameter)));
            auto value
                = values->parameterValue(sender, toQString(reference.name), toQString(reference.selector));
            if (!value)
                return value.error();
            const size_t at = text.find(reference.token, from);
            if (at == std::string::npos)
                break;
            out.append(text, from, at - from);
            out.append(toStd(*value));
            from = at + reference.token.size();
        }
        return out.append(text, from, std::string::npos);
    }

    // The texts of a default in the shape of the wire: a list's items, or the one value.
    std::vector<std::string> textsOf(const ParameterDefinition &definition)
    {
        if (!definition.defaultValue)
            return {};
        if (!definition.defaultValue->isList())
            return {definition.defaultText()};
        std::vector<std::string> texts;
        for (const Tree &item : definition.defaultValue->items())
            texts.push_back(item.text());
        return texts;
    }
}

ParameterValues toParameterValues(const CommandParameters &parameters)
{
    ParameterValues values;
    for (auto it = parameters.cbegin(); it != parameters.cend(); ++it) {
        std::vector<std::string> &texts = values[toStd(it.key())];
        for (const QString &text : it.value())
            texts.push_back(toStd(text));
    }
    return values;
}

bool holdsReferences(const Document &document, const CommandParameters &parameters)
{
    for (const auto &[name, texts] : toParameterValues(parameters)) {
        if (std::ranges::any_of(texts, [](const std::string &text) { return !ssmReferences(text).empty(); }))
            return true;
    }
    return std::ranges::any_of(document.parameters, [&](const ParameterDefinition &definition) {
        return definition.defaultValue && !parameters.contains(toQString(definition.name))
            && holdsSsmReference(*definition.defaultValue);
    });
}

Result<ParameterValues> replaceReferences(const Document &document, const CommandParameters &parameters,
                                          const Principal &sender, CommandParameterValues *values)
{
    ParameterValues given = toParameterValues(parameters);
    for (const ParameterDefinition &definition : document.parameters) {
        if (definition.defaultValue && !given.contains(definition.name)
            && holdsSsmReference(*definition.defaultValue))
            given[definition.name] = textsOf(definition);
    }
    for (auto &[name, texts] : given) {
        for (std::string &text : texts) {
            auto value = replaced(text, name, sender, values);
            if (!value)
                return value.error();
            text = std::move(*value);
        }
    }
    return given;
}

Result<std::shared_ptr<const OrderContent>>
makeCommandContent(const Command &command, const Document &document, const RunCommandParts &parts,
                   const std::vector<wire::CalledDocument> &kept, const QList<SendableFile> &files)
{
    const Principal sender {command.requestedBy,
                            enumNamed<Role>(command.requesterRole, {}).value_or(Role::Viewer), u"dispatch"_s};
    auto given = replaceReferences(document, command.request.parameters, sender, parts.parameterValues);
    if (!given)
        return given.error();
    const auto bound = bindParameters(document.parameters, *given);
    if (!bound)
        return bound.error();
    auto wire = toWire(document, *given);
    if (!wire)
        return wire.error();
    wire::OrderBody body;
    body.set_command_id(command.commandId.text());
    body.set_document_name(toStd(command.request.documentName));
    body.set_document_version(toStd(command.resolvedVersion));
    body.set_document_json(std::move(wire->document));
    body.set_parameters_json(std::move(wire->parameters));
    body.set_document_type("Command");
    body.set_output_limit_bytes(kOutputLimitBytes);
    if (auto added = addCalledDocuments(document, *bound, sender, parts.documents, kept, body); !added)
        return added.error();
    if (auto added = addAgentBuilds(document, parts, body); !added)
        return added.error();
    for (const SendableFile &file : files) {
        wire::Attachment &attachment = *body.add_attachments();
        attachment.set_name(toStd(file.name));
        attachment.set_sha256(fromHex(toStd(file.sha256)).value_or(""));
        attachment.set_size(static_cast<uint64_t>(file.size));
    }
    return makeOrderContent(std::move(body));
}

QString textToStore(const Document &document, const OrderContent &content)
{
    QString text = toQString(toCompactJson(document.tree)); // no line end in it
    const bool hasFiles = content.body.attachments_size() > 0;
    if (content.body.documents_size() > 0 || hasFiles)
        text += u'\n' + calledDocumentsToJson(content.body);
    if (hasFiles) {
        QJsonArray files;
        for (const wire::Attachment &file : content.body.attachments())
            files.append(QJsonArray {toQString(file.name()), toQString(toHex(file.sha256())),
                                     static_cast<qint64>(file.size())});
        text += u'\n' + QString::fromUtf8(QJsonDocument(files).toJson(QJsonDocument::Compact));
    }
    return text;
}

Result<Document> parseStoredDocument(const QString &text)
{
    // YAML grows when it is written as JSON, and the rules of the day it was sent had let it pass.
    return parseDocument(toStd(text.section(u'\n', 0, 0)), DocumentFormat::Json, DocumentType::Command,
                         {.maxBytes = kMaxWireDocument, .unknownPlugins = true});
}

std::vector<wire::CalledDocument> storedCalledDocuments(const QString &text)
{
    return calledDocumentsFromJson(text.section(u'\n', 1, 1));
}

QList<SendableFile> storedFiles(const QString &text)
{
    QList<SendableFile> files;
    const QJsonArray list = QJsonDocument::fromJson(text.section(u'\n', 2, 2).toUtf8()).array();
    for (const QJsonValue &file : list)
        files.append({file[0].toString(), file[1].toString(), file[2].toInteger()});
    return files;
}

}
