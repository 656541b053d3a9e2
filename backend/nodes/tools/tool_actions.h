#pragma once
// What each request to a tool is to permissions and audit: whether it changes the node, its name, what it is done to. Any thread.

#include "backend/protocol/tools.pb.h"
#include "backend/security/actions.h"

#include <QJsonObject>
#include <QString>

#include <optional>

namespace fb {

namespace actions {
    inline constexpr Action kOpenNodeTool {"flagbridge:OpenNodeTool"}; // of the audit
}

// What the audit calls a request that it records, "flagbridge:SignalProcess"; nothing: it only looks.
std::optional<QString> auditName(const wire::ToolRequest &request);
bool changesNode(const wire::ToolRequest &request); // else it is looking, for permissions
// Whether the request only begins what later ones of its channel go on with: then its record waits for the end.
bool beginsWork(const wire::ToolRequest &request, const wire::ToolAnswer &answer);
bool endsWork(const wire::ToolRequest &request, const wire::ToolAnswer *answer); // null: it failed
// What it was done to and how, for the audit: {"Object": ..., "Detail": ...}. Never a secret; text of the node is neutral.
QJsonObject changeDiff(const wire::ToolRequest &request, const wire::ToolAnswer *answer);
// Whether this is an answer that the request may have.
bool isAnswerTo(const wire::ToolRequest &request, const wire::ToolAnswer &answer);

QString nodeToolText(const std::string &bytes, qsizetype most = 400); // valid, neutral, bounded

}
