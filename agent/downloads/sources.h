#pragma once
// Where aws:downloadContent fetches from (spec/documents.md 3.12). Each fills the staged tree or says why it can't; nothing is in its place
// yet. They block; one thread.

#include "agent/downloads/destination.h"
#include "agent/downloads/source_info.h"
#include "backend/core/clock.h"
#include "backend/download/s3_bucket.h"

namespace fb::agent {

using download::HttpClient;

struct Fetched {
    DownloadKind kind = DownloadKind::File;
    std::string name {}; // of the only file
};

// Settings of this node, from the agent's own environment. Scripts never see them.
struct DownloadSettings {
    std::string gitHubApi = "https://api.github.com"; // FLAGBRIDGE_GITHUB_API
    // FLAGBRIDGE_S3_ENDPOINT, FLAGBRIDGE_S3_REGION, FLAGBRIDGE_S3_ACCESS_KEY_ID, FLAGBRIDGE_S3_SECRET_ACCESS_KEY
    download::S3Reach s3 {.endpointSetting = "FLAGBRIDGE_S3_ENDPOINT in the agent's environment"};
    static DownloadSettings fromEnvironment();
};

// url*, allowInsecureDownload, authMethod None | Basic | Digest, username, password.
Result<Fetched> fetchHttp(const SourceInfo &info, const HttpClient &client, StagedTree &staged);

// owner*, repository*, path* (file or folder), getOptions, tokenInfo. A folder comes as the archive that the API makes of the revision, in
// one request. `scratch` takes it meanwhile.
Result<Fetched> fetchGitHub(const SourceInfo &info, const HttpClient &client,
                            const DownloadSettings &settings, const PrivateFolder &scratch,
                            StagedTree &staged);

// repository* (https, ssh, user@host:path), getOptions, privateSSHKey, skipHostKeyChecking, username, password; by the node's git. The key
// is in a file of mode 0600 below `scratch` while git runs. What is delivered is the revision's files without the repository itself.
Result<Fetched> fetchGit(const SourceInfo &info, const PrivateFolder &scratch, StagedTree &staged);

// path*: s3://bucket/key, or the address of an object in either style; with "/" at its end all that begins so.
Result<Fetched> fetchS3(const SourceInfo &info, const HttpClient &client, const DownloadSettings &settings,
                        const Clock &clock, StagedTree &staged);

}
