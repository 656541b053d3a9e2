#pragma once
// Builds of the agent as they are published and taken (spec/documents.md 3.12): what is signed, which version is higher, and the release
// key in its files. The private key belongs on the machine that makes the builds, never on an engine. Pure functions; any thread.

#include "backend/core/result.h"
#include "backend/core/secret_bytes.h"
#include "backend/protocol/flagbridge.pb.h"

#include <string>
#include <string_view>

namespace fb::protocol {

inline constexpr uint64_t kMaxAgentBuildBytes = 512ull * 1024 * 1024;

// 1 to 64 of letters, digits and .+~-, the first one a digit.
bool isAgentVersion(std::string_view version);
// Numbers by value, part by part: 1.9 < 1.10; a part in letters comes before the version without it: 1.0-rc1 < 1.0. Below 0, 0, above 0.
int compareAgentVersions(std::string_view a, std::string_view b);

// ValidationException naming the field, its value and the limit.
Result<void> checkAgentBuild(const wire::AgentBuild &build);
// One line an item: a fixed first line, version, platform, architecture, SHA-256 in hex, size. None of a checked build holds a line end.
std::string signedAgentBuildText(const wire::AgentBuild &build);
bool verifyAgentBuild(std::string_view releaseKey, const wire::AgentBuild &build);

// The text of a key file: PEM, as `openssl pkey -pubout` writes it, or 64 hex digits. 32 raw bytes.
Result<std::string> readReleaseKey(std::string_view fileText);
// A signature file: base64, as `agent-build sign` writes it, or the 64 bytes themselves. 64 raw bytes.
Result<std::string> readAgentBuildSignature(std::string_view fileBytes);
// PEM, as `openssl genpkey -algorithm ed25519` writes it. The 32-byte seed.
Result<SecretBytes> readReleaseSigningKey(std::string_view fileText);

}
