#pragma once
// Where the Run Command pages' values come from and their wishes go. RunFeed answers with the engine in this process; tests answer
// with values. Answers always come as signals, later, on the ui thread.

#include "models/nodes/runcommand/document_form.h"
#include "models/nodes/runcommand/run.h"
#include "models/table/shown_error.h"

#include <QObject>

namespace fb {

class RunSource : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    virtual void start() = 0; // the newest runs once, then changes
    virtual void readOlder() = 0; // the next runs before the oldest known; answers olderRead or olderFailed
    virtual void read(const QString &commandId)
        = 0; // one that is not listed; answers runsArrived or runMissing
    virtual void loadDocuments() = 0; // answers documentsArrived
    virtual void send(const QString &requestId, const fb::RunRequest &request) = 0; // answers sent or refused
    virtual void cancel(const QString &commandId, const QStringList &nodeIds) = 0; // no ids: all
    virtual void watch(const QString &commandId) = 0; // its nodes and output now and as they come
    virtual void fetchOutput(const QString &commandId, const QStringList &nodeIds)
        = 0; // all that is stored of it, again
    virtual void readPast(const QString &commandId) = 0; // answers pastArrived or problemArose
    virtual void unwatch(const QString &commandId) = 0;
    virtual Instant now() const = 0;

signals:
    void runsArrived(const QList<fb::RunRow> &runs); // new or changed
    void runMissing(const QString &commandId, const fb::ShownError &problem);
    void firstListComplete();
    void olderRead(bool hasMore); // also after the first list
    void olderFailed(); // beside problemArose
    void documentsArrived(const QList<fb::DocumentForm> &documents);
    void sent(const QString &requestId, const QString &commandId);
    void warned(const QString &commandId); // sent, although there is no room for more output; before sent
    void refused(const QString &requestId, const fb::ShownError &problem);
    void invocationsArrived(const QString &commandId, const QList<fb::InvocationRow> &invocations);
    void outputArrived(const QString &commandId, const QList<fb::RunChunk> &chunks);
    void pastArrived(const QString &commandId, const fb::RunPast &past);
    void problemArose(const fb::ShownError &problem);
};

}
