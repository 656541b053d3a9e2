#pragma once
// RunSource from the engine in this process: documents, commands, their nodes and output. Ui thread; the one file of this feature that
// knows the engine. Lives until the engine has stopped: jobs posted to the engine refer to it.

#include "backend/engine/engine_thread.h"
#include "models/nodes/runcommand/run_source.h"

#include <QHash>
#include <QTimer>

namespace fb {

struct Command;
struct Invocation;
struct Node;
enum class OutputStream : uint8_t;

class RunFeed : public RunSource
{
    Q_OBJECT
public:
    explicit RunFeed(EngineThread &engine, QObject *parent = nullptr);

    void start() override;
    void readOlder() override;
    void read(const QString &commandId) override;
    void loadDocuments() override;
    void send(const QString &requestId, const fb::RunRequest &request) override;
    void cancel(const QString &commandId, const QStringList &nodeIds) override;
    void watch(const QString &commandId) override;
    void fetchOutput(const QString &commandId, const QStringList &nodeIds) override;
    void readPast(const QString &commandId) override;
    void unwatch(const QString &commandId) override;
    Instant now() const override { return m_clock.now(); }

private:
    void applyCommands(const QList<Command> &commands);
    void applyInvocations(const QList<Invocation> &invocations);
    void applyOutput(const CommandId &command, const QString &nodeId, int step, OutputStream stream,
                     qint64 offset, const QByteArray &bytes);
    void flushOutput();
    QList<InvocationRow> rowsOf(const QList<Invocation> &invocations) const;

    EngineThread &m_engine;
    SystemClock m_clock;
    QHash<QString, int> m_watched; // command id -> pages that show it
    QHash<QString, QString> m_platforms; // of nodes in runs that were opened: id -> "Debian GNU/Linux 12"
    QHash<QString, QList<RunChunk>> m_waiting; // output that came in this 20 ms
    QString m_older; // token of the next older page; empty: there is none
    bool m_isReading = false;
    QTimer m_flush;
};

}
