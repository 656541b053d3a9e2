#include "models/nodes/sessions/end_session.h"

#include "backend/base/on_result.h"
#include "backend/base/qt_text.h"
#include "backend/nodes/sessions/session_service.h"

namespace fb {

void endSession(EngineThread &engine, const QString &id, QObject *context,
                std::function<void(const ShownError &problem)> done)
{
    const auto asked = engine.post([id](Engine &of) -> Result<void> {
        return of.sessions().terminateSession(of.atConsole(), toId<SessionId>(id)).map([](const SessionId &) {
        });
    });
    onResult(asked, context, [done = std::move(done)](const Result<void> &ended) {
        done(ended ? ShownError() : shownErrorOf(ended.error()));
    });
}

}
