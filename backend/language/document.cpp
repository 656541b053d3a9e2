#include "backend/language/document.h"

#include "backend/core/text_safety.h"
#include "backend/language/document_reader.h"
#include "backend/language/session_reader.h"
#include "backend/language/tree_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

namespace fb {

namespace {
    struct TypeRow {
        DocumentType type;
        std::string_view name;
        bool needsSchema; // its content is a document of one of the schemas of spec 2.3
    };

    constexpr std::array kTypes {
        TypeRow {DocumentType::Command, "Command", true},
        TypeRow {DocumentType::Policy, "Policy", true},
        TypeRow {DocumentType::Automation, "Automation", true},
        TypeRow {DocumentType::Session, "Session", true},
        TypeRow {DocumentType::Package, "Package", true},
        TypeRow {DocumentType::ApplicationConfiguration, "ApplicationConfiguration", false},
        TypeRow {DocumentType::ApplicationConfigurationSchema, "ApplicationConfigurationSchema", false},
        TypeRow {DocumentType::DeploymentStrategy, "DeploymentStrategy", false},
        TypeRow {DocumentType::ChangeCalendar, "ChangeCalendar", false},
        TypeRow {DocumentType::AutomationChangeTemplate, "Automation.ChangeTemplate", true},
        TypeRow {DocumentType::ProblemAnalysis, "ProblemAnalysis", false},
        TypeRow {DocumentType::ProblemAnalysisTemplate, "ProblemAnalysisTemplate", false},
        TypeRow {DocumentType::CloudFormation, "CloudFormation", false},
        TypeRow {DocumentType::ConformancePackTemplate, "ConformancePackTemplate", false},
        TypeRow {DocumentType::QuickSetup, "QuickSetup", false},
        TypeRow {DocumentType::ManualApprovalPolicy, "ManualApprovalPolicy", false},
        TypeRow {DocumentType::AutoApprovalPolicy, "AutoApprovalPolicy", false},
    };

    struct SchemaRow {
        SchemaVersion version;
        std::string_view name;
    };

    constexpr std::array kSchemas {
        SchemaRow {SchemaVersion::V0_3, "0.3"}, SchemaRow {SchemaVersion::V1_0, "1.0"},
        SchemaRow {SchemaVersion::V1_2, "1.2"}, SchemaRow {SchemaVersion::V2_0, "2.0"},
        SchemaRow {SchemaVersion::V2_2, "2.2"},
    };

    const TypeRow &rowOf(DocumentType type) { return *std::ranges::find(kTypes, type, &TypeRow::type); }

    bool isPair(DocumentType type, SchemaVersion version)
    {
        switch (type) {
        case DocumentType::Command:
            return version == SchemaVersion::V1_2 || version == SchemaVersion::V2_0
                || version == SchemaVersion::V2_2;
        case DocumentType::Policy:
            return version == SchemaVersion::V2_0 || version == SchemaVersion::V2_2;
        case DocumentType::Session:
            return version == SchemaVersion::V1_0;
        case DocumentType::Automation:
        case DocumentType::AutomationChangeTemplate:
            return version == SchemaVersion::V0_3;
        case DocumentType::Package:
            return version == SchemaVersion::V2_0;
        default:
            return true;
        }
    }

    bool mayBeText(DocumentType type)
    {
        return type == DocumentType::ChangeCalendar || type == DocumentType::ApplicationConfiguration
            || type == DocumentType::ApplicationConfigurationSchema;
    }

    // The top-level keys that a document of this type and schema may have (spec 3.1).
    std::vector<std::string_view> knownKeys(DocumentType type, SchemaVersion schema)
    {
        std::vector<std::string_view> keys {"schemaVersion", "$schema", "description", "parameters", "files"};
        switch (schema) {
        case SchemaVersion::V0_3:
            keys.insert(keys.end(), {"mainSteps", "outputs", "variables", "assumeRole"});
            if (type == DocumentType::AutomationChangeTemplate)
                keys.insert(keys.end(),
                            {"templateInformation", "emergencyChange", "autoApprovable", "executableRunBooks",
                             "autoApprovalCalendars"});
            break;
        case SchemaVersion::V1_0:
            keys.insert(keys.end(), {"sessionType", "inputs", "properties"});
            break;
        case SchemaVersion::V1_2:
            keys.push_back("runtimeConfig");
            break;
        default:
            keys.push_back("mainSteps");
            break;
        }
        return keys;
    }

    Error errorOf(const DocumentCheck &check)
    {
        std::string message = check.problems.front().text();
        if (const size_t others = check.problems.size() - 1; others > 0)
            message += fmt::format(" ({} more {})", others, others == 1 ? "problem" : "problems");
        return makeError(check.code, std::move(message), "Content");
    }

    class DocumentReader
    {
    public:
        DocumentReader(DocumentType type, const DocumentRules &rules, DocumentCheck &check)
            : m_rules(rules),
              m_check(check)
        {
            m_document.type = type;
        }

        void read(Tree tree)
        {
            m_document.tree = std::move(tree);
            if (!rowOf(m_document.type).needsSchema) {
                m_document.platforms = PlatformSet::all();
            } else if (!m_document.tree.isMap()) {
                problem({}, m_document.tree.mark(),
                        faultOf(FaultCode::DocumentNotMap, m_document.tree.kindName()));
            } else if (readSchema() && m_document.type != DocumentType::Package) {
                readKeys();
                readBody();
            }
            if (m_check.problems.empty())
                m_check.document = std::move(m_document);
        }

    private:
        void problem(std::string path, Mark mark, Fault fault)
        {
            m_check.problems.push_back(problemAt(std::move(path), mark, std::move(fault)));
        }

        bool readSchema()
        {
            const Tree *found = m_document.tree.find("schemaVersion");
            if (found == nullptr || !(found->isString() || found->isNumber())) {
                problem("schemaVersion", found == nullptr ? m_document.tree.mark() : found->mark(),
                        faultOf(FaultCode::SchemaMissing));
                return false;
            }
            const auto row = std::ranges::find(kSchemas, found->text(), &SchemaRow::name);
            if (row == kSchemas.end() || !isPair(m_document.type, row->version)) {
                m_check.code = errors::kInvalidDocumentSchemaVersion;
                problem("schemaVersion", found->mark(),
                        faultOf(FaultCode::SchemaOfType, jsonQuoted(found->text()),
                                documentTypeName(m_document.type)));
                return false;
            }
            m_document.schema = row->version;
            return true;
        }

        void readKeys()
        {
            const auto known = knownKeys(m_document.type, m_document.schema);
            for (const TreeMember &member : m_document.tree.members()) {
                if (std::ranges::find(known, member.key) != known.end())
                    continue;
                const bool isOfAutomation
                    = member.key == "outputs" || member.key == "variables" || member.key == "assumeRole";
                problem(member.key, member.keyMark,
                        isOfAutomation
                            ? faultOf(FaultCode::DocumentKeyOfAutomation)
                            : faultOf(FaultCode::DocumentKeyUnknown, schemaVersionName(m_document.schema),
                                      fmt::join(known, ", ")));
            }
            if (const Tree *description = m_document.tree.find("description")) {
                if (description->isScalar())
                    m_document.description = description->text();
                else if (!description->isNull())
                    problem("description", description->mark(),
                            faultOf(FaultCode::TextExpected, description->kindName()));
            }
            if (const Tree *files = m_document.tree.find("files"); files != nullptr && !files->isMap())
                problem("files", files->mark(), faultOf(FaultCode::FilesNotMap, files->kindName()));
            const Tree *parameters = m_document.tree.find("parameters");
            if (parameters != nullptr
                && m_document.schema != SchemaVersion::V0_3) // Automation has parameter types of its own
                m_document.parameters = readParameterDefinitions(*parameters, "parameters", m_check.problems);
            warnOfTypes();
        }

        void warnOfTypes()
        {
            if (m_document.type != DocumentType::Command)
                return;
            for (const ParameterDefinition &definition : m_document.parameters) {
                if (definition.type != ParameterType::String && definition.type != ParameterType::StringList)
                    m_check.warnings.push_back(problemAt(
                        childPath("parameters", definition.name), m_document.tree.find("parameters")->mark(),
                        faultOf(FaultCode::TypeNotOfAws, parameterTypeName(definition.type))));
            }
        }

        void readBody()
        {
            const Tree &tree = m_document.tree;
            if (m_document.schema == SchemaVersion::V1_0) {
                readSession(tree, m_document, m_check);
            } else if (m_document.schema == SchemaVersion::V1_2) {
                if (const Tree *body = required("runtimeConfig"))
                    readRuntimeConfig(*body, m_rules, m_document, m_check);
            } else if (const Tree *body = required("mainSteps")) {
                if (m_document.schema != SchemaVersion::V0_3)
                    readMainSteps(*body, m_rules, m_document, m_check);
                else
                    m_document.platforms = PlatformSet::all(); // an Automation runs in the engine
            }
        }

        const Tree *required(std::string_view key)
        {
            const Tree *found = m_document.tree.find(key);
            if (found == nullptr)
                problem(std::string(key), m_document.tree.mark(),
                        faultOf(FaultCode::BodyMissing, schemaVersionName(m_document.schema), key));
            return found;
        }

        const DocumentRules &m_rules;
        DocumentCheck &m_check;
        Document m_document;
    };

    TreeResult parseTree(std::string_view content, DocumentFormat format, size_t maxBytes)
    {
        const TreeLimits limits {.bytes = maxBytes};
        return format == DocumentFormat::Yaml ? parseYaml(content, limits) : parseJson(content, limits);
    }
}

std::string_view documentTypeName(DocumentType type) { return rowOf(type).name; }

std::optional<DocumentType> documentTypeNamed(std::string_view name)
{
    const auto found = std::ranges::find(kTypes, name, &TypeRow::name);
    return found == kTypes.end() ? std::nullopt : std::optional(found->type);
}

std::string_view documentFormatName(DocumentFormat format)
{
    switch (format) {
    case DocumentFormat::Json:
        return "JSON";
    case DocumentFormat::Yaml:
        return "YAML";
    case DocumentFormat::Text:
        return "TEXT";
    }
    return {};
}

std::optional<DocumentFormat> documentFormatNamed(std::string_view name)
{
    for (const DocumentFormat format : {DocumentFormat::Json, DocumentFormat::Yaml, DocumentFormat::Text}) {
        if (documentFormatName(format) == name)
            return format;
    }
    return std::nullopt;
}

std::string_view schemaVersionName(SchemaVersion version)
{
    const auto found = std::ranges::find(kSchemas, version, &SchemaRow::version);
    return found == kSchemas.end() ? std::string_view() : found->name;
}

DocumentCheck checkDocument(std::string_view content, DocumentFormat format, DocumentType type,
                            const DocumentRules &rules)
{
    DocumentCheck check;
    if (content.size() > rules.maxBytes) {
        check.code = errors::kMaxDocumentSizeExceeded;
        check.problems.push_back(
            problemAt({}, {}, faultOf(FaultCode::ContentTooLarge, content.size(), rules.maxBytes)));
        return check;
    }
    if (content.empty()) {
        check.problems.push_back(problemAt({}, {}, faultOf(FaultCode::ContentEmpty)));
        return check;
    }
    if (format == DocumentFormat::Text) {
        if (!mayBeText(type))
            check.problems.push_back(problemAt({}, {}, faultOf(FaultCode::NotText, documentTypeName(type))));
        else if (!isValidUtf8(content) || content.find('\0') != std::string_view::npos)
            check.problems.push_back(problemAt({}, {}, faultOf(FaultCode::ContentNotUtf8)));
        else
            check.document = Document {.type = type, .platforms = PlatformSet::all()};
        return check;
    }
    auto tree = parseTree(content, format, rules.maxBytes);
    if (!tree) {
        check.problems.push_back(tree.error());
        return check;
    }
    DocumentReader(type, rules, check).read(std::move(*tree));
    return check;
}

Result<Document> parseDocument(std::string_view content, DocumentFormat format, DocumentType type,
                               const DocumentRules &rules)
{
    DocumentCheck check = checkDocument(content, format, type, rules);
    if (!check.document)
        return errorOf(check);
    return std::move(*check.document);
}

std::optional<DocumentType> impliedDocumentType(std::string_view content, DocumentFormat format)
{
    if (format == DocumentFormat::Text)
        return std::nullopt;
    const auto tree = parseTree(content, format, DocumentRules().maxBytes);
    const Tree *schema = tree ? tree->find("schemaVersion") : nullptr;
    if (schema != nullptr && schema->text() == "0.3")
        return DocumentType::Automation;
    return schema != nullptr && schema->text() == "1.0" ? DocumentType::Session : DocumentType::Command;
}

Result<std::string> convertDocument(std::string_view content, DocumentFormat from, DocumentFormat to)
{
    if (from == to)
        return std::string(content);
    if (from == DocumentFormat::Text || to == DocumentFormat::Text)
        return makeError(
            errors::kInvalidDocumentContent,
            fmt::format("{} content can't be shown as {}.", documentFormatName(from), documentFormatName(to)),
            "DocumentFormat");
    const auto tree = parseTree(content, from, DocumentRules().maxBytes);
    if (!tree)
        return makeError(errors::kInvalidDocumentContent, tree.error().text(), "Content");
    return to == DocumentFormat::Yaml ? toYaml(*tree) : toPrettyJson(*tree);
}

}
