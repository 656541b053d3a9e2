#pragma once
// The inputs of a Session document (spec/session-manager.md 2.2) as values. The document was checked when it was saved; what cannot be
// honoured here refuses the session with the reason. Pure; any thread.

#include "backend/core/result.h"
#include "backend/language/document.h"

#include <QString>

#include <chrono>

namespace fb {

struct SessionPreferences {
    std::chrono::minutes idleTimeout {20};
    std::chrono::minutes maxDuration {0}; // 0: none
    bool runAsEnabled = false;
    QString runAsDefaultUser;
    QString shellProfileLinux;
    QString shellProfileMacos;
    bool recordingEnabled = true;
    bool recordInput = false; // what is typed, too, while the terminal shows it
    int recordingRetentionDays = 365;
    QString s3BucketName;
    QString cloudWatchLogGroupName;
    QString kmsKeyId;
    bool operator==(const SessionPreferences &) const = default;
};

// Of `inputs`; built-in defaults where it says nothing. InvalidDocument naming the input that is out of range.
Result<SessionPreferences> sessionPreferences(const Tree &inputs);

// The user a session runs as (3.4). Empty: the node's own rule. An error's message becomes the session's Details.
Result<QString> runAsUser(const SessionPreferences &preferences, const QString &operatorRunAs);

}
