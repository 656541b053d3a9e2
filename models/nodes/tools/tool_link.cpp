#include "models/nodes/tools/tool_link.h"

#include "backend/base/qt_text.h"

#include <QPointer>

namespace fb {

ToolLink::ToolLink(EngineThread &engine, const QString &tool, protocol::StreamKind kind, QObject *parent)
    : QObject(parent),
      m_engine(engine),
      m_tool(tool),
      m_kind(kind)
{
}

void ToolLink::ask(const QString &nodeId, wire::ToolRequest request, QObject *asker,
                   std::function<void(const ToolReply &)> answered)
{
    std::shared_ptr<Line> &line = m_lines[nodeId];
    if (!line)
        line = std::make_shared<Line>();
    const auto asked
        = m_engine.post([line, nodeId, tool = m_tool, kind = m_kind,
                         request = std::move(request)](Engine &engine) mutable -> Result<QFuture<ToolReply>> {
              ToolService &tools = engine.tools();
              if (!tools.isOpen(line->channel)) {
                  const auto opened = tools.open(engine.atConsole(), toId<NodeId>(nodeId), tool, kind);
                  if (!opened)
                      return opened.error();
                  line->channel = *opened;
              }
              return tools.ask(engine.atConsole(), line->channel, std::move(request));
          });
    onResult(asked, asker, [asker, answered = std::move(answered)](const Result<QFuture<ToolReply>> &future) {
        if (!future)
            return answered(future.error());
        onResult(*future, asker, answered);
    });
}

void ToolLink::close(const QString &nodeId)
{
    if (const auto line = m_lines.take(nodeId)) {
        (void)m_engine.post([line](Engine &engine) -> Result<void> {
            engine.tools().close(line->channel);
            return {};
        });
    }
}

}
