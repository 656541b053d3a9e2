#pragma once
// Where an open session's bytes come from and its keys go. SessionLinksFeed speaks with the engine in this process; tests answer by themselves.
// Calls are made and answered on the ui thread, answers never from within a call.

#include "models/nodes/runcommand/document_form.h"
#include "models/table/shown_error.h"

#include "backend/core/clock.h"

#include <QByteArray>
#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>

#include <chrono>
#include <functional>

namespace fb {

// What is to be opened, and can be opened again.
struct SessionWish {
    QString nodeId;
    QString nodeName;
    QString document; // empty: SSM-SessionManagerRunShell
    QString reason;
    QMap<QString, QStringList> parameters;
    bool operator==(const SessionWish &) const = default;
};

// A session as its pane shows it; told whole whenever something of it has changed.
struct SessionNews {
    QString id;
    QString status; // AWS's: "Connected"
    QString details; // cause of the end
    QString owner;
    QString document;
    QString reason;
    QString runAs; // as the node said it; empty: not known yet
    bool recorded = false;
    Instant started {};
    std::chrono::seconds idleLimit {0}; // 0: none
    std::chrono::seconds longest {0}; // 0: none
    std::chrono::seconds sinceInput {0}; // when this was told
    QString watchedBy; // names of those who look on, parted by commas; empty: nobody
    qint64 bytesIn = 0;
    qint64 bytesOut = 0;
};

// A document that opens sessions, with what such a session would be like.
struct SessionDocument {
    DocumentForm form;
    QString type; // "Standard_Stream"
    std::chrono::seconds idleLimit {0};
    std::chrono::seconds longest {0}; // 0: none
    bool recorded = false;
    QString runAs; // empty: the node's own rule
    bool reasonRequired = false;
    ShownError problem; // why it opens none
};

class SessionLinkListener
{
public:
    virtual void linkChanged(const SessionNews &news) = 0;
    virtual void linkOutput(const QByteArray &bytes) = 0; // in order, without gaps
    virtual void linkTakenOver() = 0; // by another client; it is closed
    virtual void linkRefused(const ShownError &problem) = 0; // not started, or not resumed; it is closed
    virtual void linkResized(int, int) { } // of a watched session: columns and rows of its owner's window

protected:
    ~SessionLinkListener() = default;
};

class SessionLinksSource
{
public:
    virtual ~SessionLinksSource() = default;

    // From here on `link` is told of it, until close(). One session a link at a time.
    virtual void start(SessionLinkListener &link, const SessionWish &wish, int columns, int rows) = 0;
    // `fromEmpty`: the link's terminal has shown nothing of it yet, so what went before comes first, as far as it is recorded.
    virtual void attach(SessionLinkListener &link, const QString &id, int columns, int rows, bool fromEmpty)
        = 0;
    // Looks on: what the session showed before comes first, as far as it is recorded. Nothing is typed, and nothing held back; one that cannot
    // keep up is refused.
    virtual void watch(SessionLinkListener &link, const QString &id) = 0;
    virtual void close(SessionLinkListener &link) = 0; // the session lives on; without one: nothing
    // All of it goes to the node, in order, as soon as the node can take it.
    virtual void type(SessionLinkListener &link, const QByteArray &bytes) = 0;
    virtual void consumed(SessionLinkListener &link, qint64 bytes) = 0; // of the output: more may come
    virtual void resize(SessionLinkListener &link, int columns, int rows) = 0;

    virtual void end(const QString &id, std::function<void(const ShownError &problem)> done) = 0;
    virtual void
    documents(std::function<void(const QList<SessionDocument> &documents, const ShownError &problem)> done)
        = 0;
    virtual Instant now() const = 0;
    virtual Tick tick() const = 0; // for countdowns
};

}
