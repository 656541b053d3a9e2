#pragma once
// What Run Command asks of rooms beside it, as small interfaces: documents, parameter values, alarms, notification channels. The engine's
// composition binds them. Engine thread.

#include "backend/core/result.h"
#include "backend/language/document.h"
#include "backend/nodes/runcommand/command.h"
#include "backend/protocol/flagbridge.pb.h"
#include "backend/security/principal.h"
#include "backend/store/transaction.h"

#include <QJsonObject>

#include <memory>
#include <vector>

namespace fb {

// A file that goes to the nodes with the document, by its hash.
struct SendableFile {
    QString name;
    QString sha256; // hex
    qint64 size = 0;
    bool operator==(const SendableFile &) const = default;
};

struct SendableDocument {
    QString name;
    QString version; // the number behind $DEFAULT or $LATEST
    QString content; // as stored
    DocumentFormat format = DocumentFormat::Json;
    std::shared_ptr<const Document> document; // parsed
    QList<SendableFile> files {};
};

class CommandDocuments
{
public:
    virtual ~CommandDocuments() = default;
    // An Active version of a document that `who` may read. `version` empty: the default one. A hash that is given must be that of the
    // content. InvalidDocument (also of the wrong type: "type Automation cannot be sent as a command"), InvalidDocumentVersion,
    // AccessDeniedException.
    virtual Result<SendableDocument> documentToSend(const Principal &who, const QString &name,
                                                    const QString &version, const QString &hash,
                                                    const QString &hashType)
        = 0;
    // The same of any type, to be written to a node's disk. By itself: those that can be sent.
    virtual Result<SendableDocument> documentToRead(const Principal &who, const QString &name,
                                                    const QString &version)
    {
        return documentToSend(who, name, version, {}, {});
    }
};

// Values of {{ssm:name}} references (spec/documents.md 3.6).
class CommandParameterValues
{
public:
    virtual ~CommandParameterValues() = default;
    // String and StringList (joined by commas) only, that `who`, the command's sender, may read. InvalidParameters naming the parameter
    // otherwise, AccessDeniedException.
    virtual Result<QString> parameterValue(const Principal &who, const QString &name, const QString &selector)
        = 0;
};

// Builds of the agent, for documents that update it (spec/documents.md 3.12).
class CommandAgentBuilds
{
public:
    virtual ~CommandAgentBuilds() = default;
    virtual Result<std::vector<wire::AgentBuild>> offeredBuilds() = 0;
};

class CommandAlarms
{
public:
    virtual ~CommandAlarms() = default;
    enum class State { Ok, InsufficientData, Alarm };
    virtual std::optional<State> alarmState(const QString &name) const = 0; // nothing: unreadable
};

class CommandNotifier
{
public:
    virtual ~CommandNotifier() = default;
    virtual bool knowsChannel(const QString &arn) const = 0;
    // Queued in `tx`; delivery and its retries are the channel's business.
    virtual Result<void> notify(Transaction &tx, const QString &arn, const QJsonObject &message) = 0;
};

}
