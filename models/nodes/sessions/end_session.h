#pragma once
// Ends a session, for the list of all and for the panes alike. Ui thread.

#include "backend/engine/engine_thread.h"
#include "models/table/shown_error.h"

namespace fb {

// `done` is told later, unless `context` is gone by then; an empty problem: it ends.
void endSession(EngineThread &engine, const QString &id, QObject *context,
                std::function<void(const ShownError &problem)> done);

}
