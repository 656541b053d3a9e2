#pragma once
// A run as text: the request of SendCommand as JSON or YAML, as one edits it, and as a command line of `aws` that sends the same. Any thread.

#include "models/nodes/runcommand/run.h"

#include <QCoreApplication>
#include <QJsonObject>

#include <optional>

namespace fb {

class RunRequestText
{
    Q_DECLARE_TR_FUNCTIONS(fb::RunRequestText)
public:
    enum class Form { Json, Yaml };
    struct Reading {
        std::optional<RunRequest> request;
        QString problem; // what to mend, in the operator's language; empty with a request
        int line = 0; // from 1; 0: not one line's fault
    };

    static QString text(const RunRequest &request, Form form);
    static Reading read(const QString &text, Form form);
    // aws ssm send-command ..., quoted for a POSIX shell: what it passes on is exactly this request.
    static QString commandLine(const RunRequest &request);
    static QString shellQuoted(const QString &word);
    // As it was left, right or wrong: for a draft.
    static QJsonObject draft(const RunRequest &request);
    static RunRequest fromDraft(const QJsonObject &draft);
};

}
