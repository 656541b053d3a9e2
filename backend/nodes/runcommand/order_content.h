#pragma once
// What a command puts into its orders: the document and the parameter values, with {{ssm:...}} references replaced by what they hold at
// that moment (spec/documents.md 3.6, run-command.md 3.8). Engine thread.

#include "backend/dispatch/order.h"
#include "backend/language/document.h"
#include "backend/language/parameters.h"
#include "backend/nodes/runcommand/command.h"
#include "backend/nodes/runcommand/command_sources.h"
#include "backend/nodes/runcommand/run_command_parts.h"

namespace fb {

ParameterValues toParameterValues(const CommandParameters &parameters);
bool holdsReferences(const Document &document, const CommandParameters &parameters);
// The given values and the defaults that hold references, with each reference replaced. InvalidParameters naming the parameter that does
// not exist, or for which there is no store; AccessDeniedException for one that the sender may not read.
Result<ParameterValues> replaceReferences(const Document &document, const CommandParameters &parameters,
                                          const Principal &sender, CommandParameterValues *values);
// Binds and checks the replaced values by the document's own rules, then makes the message: at most 256 KiB, and the documents that steps
// call (called_documents.h).
Result<std::shared_ptr<const OrderContent>>
makeCommandContent(const Command &command, const Document &document, const RunCommandParts &parts,
                   const std::vector<wire::CalledDocument> &kept = {}, const QList<SendableFile> &files = {});

// What is stored of a command's content: its document as one line of JSON, on a second line the documents that its steps call, on a third
// its files. Lines at the end that would be empty are left out.
QString textToStore(const Document &document, const OrderContent &content);
Result<Document> parseStoredDocument(const QString &text);
std::vector<wire::CalledDocument> storedCalledDocuments(const QString &text);
QList<SendableFile> storedFiles(const QString &text);

}
