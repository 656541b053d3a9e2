#pragma once
// DIR/master.sealed: a master key under a passphrase (argon2id, AES-256-GCM). Used by master_key.cpp. Any thread.

#include "backend/core/random.h"
#include "backend/core/result.h"
#include "backend/core/secret_bytes.h"

#include <QString>

#include <string_view>

namespace fb {

// Mode 0600, written whole or not at all, on the disk when this returns. An existing file is never replaced.
Result<void> writeSealedKey(const QString &path, std::string_view passphrase, std::string_view key,
                            Random &random);
// MasterKeyUnavailable for a wrong passphrase or a damaged file.
Result<SecretBytes> openSealedKey(const QString &path, std::string_view passphrase);

}
