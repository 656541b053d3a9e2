#pragma once
// One tool's channels from the console to the engine in this process: one a node, opened when something is asked and again when it was closed
// meanwhile. Ui thread. Lives until the engine has stopped.

#include "backend/base/on_result.h"
#include "backend/engine/engine_thread.h"
#include "backend/nodes/tools/tool_service.h"

#include <QHash>

#include <functional>
#include <memory>

namespace fb {

class ToolLink : public QObject
{
    Q_OBJECT
public:
    ToolLink(EngineThread &engine, const QString &tool, protocol::StreamKind kind = protocol::StreamKind::Rpc,
             QObject *parent = nullptr);

    // `asker` lives on this thread; without it there is no answer.
    void ask(const QString &nodeId, wire::ToolRequest request, QObject *asker,
             std::function<void(const ToolReply &)> answered);
    void close(const QString &nodeId);

private:
    struct Line { // of the engine's thread
        ToolChannelId channel = 0;
    };

    EngineThread &m_engine;
    QString m_tool;
    protocol::StreamKind m_kind;
    QHash<QString, std::shared_ptr<Line>> m_lines; // by node
};

}
