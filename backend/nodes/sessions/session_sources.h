#pragma once
// What Session Manager asks of rooms beside it, as small interfaces: session documents and the nodes' connections. The engine's composition
// binds them (gateway_session_channel.h), tests use fakes. Engine thread.

#include "backend/core/clock.h"
#include "backend/core/ids.h"
#include "backend/core/result.h"
#include "backend/language/document.h"
#include "backend/protocol/flagbridge.pb.h"
#include "backend/security/principal.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <memory>
#include <optional>

namespace fb {

inline constexpr auto kDefaultSessionDocument = "SSM-SessionManagerRunShell";

struct ResolvedSessionDocument {
    QString name; // plain, also when an ARN was given
    std::shared_ptr<const Document> document;
};

class SessionDocuments
{
public:
    virtual ~SessionDocuments() = default;
    // The default version of a document of type Session that is Active and that `who` may use. InvalidDocument, AccessDeniedException.
    virtual Result<ResolvedSessionDocument> sessionDocument(const Principal &who, const QString &name) = 0;
    // SSM-SessionManagerRunShell as it is now; null when it was deleted: then built-in defaults apply.
    virtual std::shared_ptr<const Document> preferencesDocument() = 0;
};

// A stream on one connection; never used twice. 0: none.
using SessionStream = quint64;

class SessionChannel
{
public:
    virtual ~SessionChannel() = default;
    virtual bool isConnected(const NodeId &node) const = 0;
    virtual std::optional<Instant> lastHeardAt(const NodeId &node) const = 0;

    // TargetNotConnected when the node is not served now.
    virtual Result<SessionStream> openTerminal(const NodeId &node, const wire::Open &open, bool resumed) = 0;
    // Of a port session: the session itself or one connection of it.
    virtual Result<SessionStream> openForward(const NodeId &node, const wire::Open &open) = 0;
    virtual bool write(SessionStream stream, std::string bytes)
        = 0; // false: nothing was taken, go on at writable()
    virtual void finish(SessionStream stream, const wire::Fin &fin) = 0;
    virtual void reset(SessionStream stream, const QString &code, const QString &text) = 0;
    virtual void acknowledge(SessionStream stream, quint64 offset) = 0;
    virtual void grant(SessionStream stream, quint64 bytes) = 0;
    virtual void resize(SessionStream stream, quint32 columns, quint32 rows) = 0;
    virtual void forget(SessionStream stream) = 0; // it ends by itself; nothing more of it is wanted
};

// What a channel tells; SessionService is the one who hears it.
class SessionChannelEvents
{
public:
    // WELCOME is on its way. `terminals`: those that live on the node, of its HELLO.
    virtual void nodeConnected(const NodeId &node, const QByteArray &bootId,
                               const QList<wire::StreamState> &terminals)
        = 0;
    virtual void nodeLost(const NodeId &node) = 0; // its streams are gone with it

    virtual void streamOpened(SessionStream stream, const wire::Opened &opened) = 0;
    virtual void streamRefused(SessionStream stream, const QString &code, const QString &text) = 0;
    virtual void streamReceived(SessionStream stream, quint64 offset, const QByteArray &bytes,
                                bool isError = false)
        = 0; // isError: of standard error, without a terminal
    virtual void streamAcknowledged(SessionStream stream, quint64 offset) = 0; // of what was written
    virtual void streamWritable(SessionStream stream) = 0;
    // Bytes below the offset were typed into the terminal; those since the last call while its ECHO was as told.
    virtual void streamInputGiven(SessionStream stream, quint64 below, bool echo) = 0;
    virtual void streamFinished(SessionStream stream, const wire::Fin &fin) = 0;
    virtual void streamReset(SessionStream stream, const QString &code, const QString &text) = 0;

protected:
    ~SessionChannelEvents() = default;
};

}
