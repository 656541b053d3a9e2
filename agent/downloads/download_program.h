#pragma once
// aws:downloadContent as a process of its own: the worker starts this very program with the verb "download", so that neither supervisor nor
// worker loads what it needs, and a time-out ends it like a script. One thread.

#include "backend/core/result.h"
#include "backend/language/tree.h"

#include <filesystem>
#include <optional>
#include <string>

namespace fb::agent {

class PrivateFolder;

struct DownloadRequest {
    std::string sourceType {}; // HTTP, Git, GitHub, S3, SSMDocument
    Tree sourceInfo = Tree::map();
    std::string destinationPath {};
    std::string downloads {}; // the invocation's folder for what is relative
    // SSMDocument: what the engine sent with the order.
    std::string documentFile {};
    std::string documentContent {};
};

// A file of the step's folder, mode 0600; reading removes it: it may hold passwords.
Result<void> writeDownloadRequest(const PrivateFolder &folder, const DownloadRequest &request);
Result<DownloadRequest> takeDownloadRequest(const PrivateFolder &folder);

// Fetches, checks and delivers; says on standard output where to, or on standard error why not. The process's exit code.
int runDownload(const std::filesystem::path &folder);

}
