#pragma once
// What a state means to the operator, without a colour: ui gives each kind its icon and tone (look.md 2). Any thread.

#include <QMetaType>

namespace fb {

enum class StateKind {
    None,
    Success,
    Running,
    Failed,
    TimedOut,
    ConnectionLost,
    Waiting,
    Cancelled,
    Quarantined,
    Warning,
    Notice,
    Active, // can be used
    Full, // used up
    Customized, // not as it came
    Preferred // taken where nothing else is named
};

}

Q_DECLARE_METATYPE(fb::StateKind)
