#pragma once
// The engine's session as a pane shows it. Any thread.

#include "backend/nodes/sessions/session_service.h"
#include "models/nodes/sessions/session_links_source.h"

namespace fb {

SessionNews sessionNewsOf(const Session &session, const std::optional<SessionTimes> &times);

}
