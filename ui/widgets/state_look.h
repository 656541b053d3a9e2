#pragma once
// The icon and tone of each kind of state: the one table (look.md 2). Ui thread.

#include "models/table/state_kind.h"
#include "ui/theme/icon.h"
#include "ui/theme/tone.h"

namespace fb {

struct StateLook {
    Icon icon;
    Tone tone;
};

StateLook lookOf(StateKind kind);

}
