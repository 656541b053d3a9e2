#pragma once
// A document in its parsed form (spec/documents.md 2.3, 3.1, 3.2, 3.11): what create and update check, what SendCommand binds
// parameters to, and what the agent runs. Plain values; any thread.

#include "backend/core/result.h"
#include "backend/language/parameters.h"
#include "backend/language/platform.h"
#include "backend/language/tree.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fb {

enum class DocumentType {
    Command,
    Policy,
    Automation,
    Session,
    Package,
    ApplicationConfiguration,
    ApplicationConfigurationSchema,
    DeploymentStrategy,
    ChangeCalendar,
    AutomationChangeTemplate,
    ProblemAnalysis,
    ProblemAnalysisTemplate,
    CloudFormation,
    ConformancePackTemplate,
    QuickSetup,
    ManualApprovalPolicy,
    AutoApprovalPolicy
};
enum class DocumentFormat { Json, Yaml, Text };
enum class SchemaVersion { None, V0_3, V1_0, V1_2, V2_0, V2_2 };

std::string_view documentTypeName(DocumentType type); // "Automation.ChangeTemplate"
std::optional<DocumentType> documentTypeNamed(std::string_view name);
std::string_view documentFormatName(DocumentFormat format); // JSON, YAML, TEXT
std::optional<DocumentFormat> documentFormatNamed(std::string_view name);
std::string_view schemaVersionName(SchemaVersion version); // "2.2"; empty for None

enum class OnFailure { Continue, Exit, SuccessAndExit };

struct Step {
    std::string
        name; // what the API calls the plugin's name; of 1.2: the plugin, or the property's id when there are several
    std::string
        outputName; // the folder of its output: the step's name; of 1.2 the id, "0.aws:runShellScript"
    std::string action {}; // aws:runShellScript
    Tree inputs = Tree::map(); // without the flow modifiers
    std::optional<Tree> precondition {}; // 2.2 only
    std::optional<Tree> timeoutSeconds {}; // the step's own, which wraps the plugin's
    int maxAttempts = 1;
    OnFailure onFailure = OnFailure::Continue;
    bool exitOnSuccess = false; // onSuccess: exit
    bool isFinally = false; // finallyStep on the last step
    bool rerunOnInterrupt = false; // onInterrupt: rerun
};

struct SessionBody {
    std::string sessionType {}; // Standard_Stream, InteractiveCommands, NonInteractiveCommands, Port
    Tree inputs = Tree::map(); // preferences
    Tree properties = Tree::map();
};

struct Document {
    DocumentType type = DocumentType::Command;
    SchemaVersion schema = SchemaVersion::None;
    std::string description {};
    ParameterDefinitions parameters {};
    // Steps of Command and Policy documents. Of a 1.2 document whose properties are a token, see resolveSteps().
    std::vector<Step> steps {};
    std::optional<SessionBody> session {};
    PlatformSet platforms {}; // derived, 3.9
    Tree tree {}; // the whole text, in order; null for TEXT
};

struct DocumentRules {
    size_t maxBytes = 65'536;
    bool unknownPlugins = false; // let names pass that are not in the table (third-party plugins)
};

// Every fault and every warning of a text, for the editor.
struct DocumentCheck {
    std::optional<Document> document {}; // only if there are no problems
    std::vector<Problem> problems {};
    std::vector<Problem> warnings {};
    ErrorCode code = errors::kInvalidDocumentContent; // of the problems
};
DocumentCheck checkDocument(std::string_view content, DocumentFormat format, DocumentType type,
                            const DocumentRules &rules = {});

// The same as one Result: InvalidDocumentContent, InvalidDocumentSchemaVersion or MaxDocumentSizeExceeded, whose message has the
// first problem and a count of the others.
Result<Document> parseDocument(std::string_view content, DocumentFormat format, DocumentType type,
                               const DocumentRules &rules = {});

// The type of a content given without one: Command, but Session for schema 1.0 and Automation for 0.3 (spec 2.1). Nothing for TEXT.
std::optional<DocumentType> impliedDocumentType(std::string_view content, DocumentFormat format);

// The same document in the other format, key order kept. Content that does not parse: InvalidDocumentContent.
Result<std::string> convertDocument(std::string_view content, DocumentFormat from, DocumentFormat to);

}
