#pragma once
// JournalSource from the engine in this process. Ui thread. Lives until the engine has stopped.

#include "models/nodes/tools/journal_source.h"
#include "models/nodes/tools/tool_link.h"

namespace fb {

class JournalFeed : public JournalSource
{
public:
    explicit JournalFeed(EngineThread &engine) : m_link(engine, QStringLiteral("journal")) { }

    void place(const QString &nodeId, bool names, QObject *asker, Answer<JournalPlace> answered) override;
    void query(const QString &nodeId, const JournalQuery &query, QObject *asker,
               Answer<JournalBatch> answered) override;
    void follow(const QString &nodeId, const JournalFollow &follow, QObject *asker,
                Answer<JournalBatch> answered) override;
    void entry(const QString &nodeId, const QString &cursor, QObject *asker,
               Answer<JournalEntry> answered) override;
    void close(const QString &nodeId) override { m_link.close(nodeId); }
    Instant now() const override { return m_clock.now(); }

private:
    void askPage(const QString &nodeId, wire::ToolRequest request, QObject *asker,
                 Answer<JournalBatch> answered);

    ToolLink m_link;
    SystemClock m_clock;
};

}
