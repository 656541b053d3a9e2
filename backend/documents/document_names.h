#pragma once
// Names and ARNs of documents, and the versions one may ask for (spec/documents.md 2.1, 2.3). Any thread.

#include "backend/core/result.h"
#include "backend/store/fleet_identity.h"

#include <QString>

#include <optional>

namespace fb {

inline constexpr const char *kBuiltInOwner = "Amazon";
inline constexpr const char *kUpdateAgentDocument = "AWS-UpdateSSMAgent";
inline constexpr const char *kUpdateAgentAlias = "Flagbridge-UpdateAgent"; // another name of it
inline constexpr const char *kSessionPreferencesDocument = "SSM-SessionManagerRunShell";

// arn:aws:ssm:<region>:<account>:document/<Name>; the account is empty for built-ins.
QString storedDocumentArn(const FleetIdentity &fleet, const QString &name, bool isBuiltIn);

// The name in a name or ARN; an alias is resolved. An ARN of another fleet's document or of something else: InvalidDocument.
Result<QString> documentNameOf(const FleetIdentity &fleet, const QString &nameOrArn);

// ValidationException for names that only built-ins may have.
Result<void> checkNotReserved(const QString &name);

struct AskedVersion {
    enum class Kind { Default, Latest, Number };
    Kind kind = Kind::Default;
    qint64 number = 0;
};
// "", $DEFAULT, $LATEST or a number; nothing for any other text.
std::optional<AskedVersion> askedVersion(const QString &text);

}
