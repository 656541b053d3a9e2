#pragma once
// What an administrator reads when a connection does not come about: the cause, and what may stand in between. Pure function; any thread.

#include "backend/core/error.h"

namespace fb::agent {

// The same code; behind the message where to look, if somebody else than the engine has answered.
Error explained(Error cause);

}
