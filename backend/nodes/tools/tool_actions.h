#pragma once
// What each request to a tool is to permissions and audit: whether it changes the node, its name, what it is done to. Any thread.

#include "backend/protocol/tools.pb.h"
#include "backend/security/actions.h"

#include <QJsonObject>
#include <QString>

#include <optional>

namespace fb {

namespace actions {
    inline constexpr Action kViewNodeTools {"flagbridge:ViewNodeTools"};
    inline constexpr Action kChangeNodeWithTools {"flagbridge:ChangeNodeWithTools"};
    inline constexpr Action kOpenNodeTool {"flagbridge:OpenNodeTool"}; // of the audit
}

// The audit's name for a request that changes something, "flagbridge:SignalProcess"; nothing: it only looks.
std::optional<QString> changeName(const wire::ToolRequest &request);
// What it was done to and how, for the audit: {"Object": ..., "Detail": ...}. Never a secret; text of the node is neutral.
QJsonObject changeDiff(const wire::ToolRequest &request, const wire::ToolAnswer *answer);
// Whether this is an answer that the request may have.
bool isAnswerTo(const wire::ToolRequest &request, const wire::ToolAnswer &answer);

QString nodeToolText(const std::string &bytes, qsizetype most = 400); // valid, neutral, bounded

}
