#pragma once
// The icon and tone of each kind of state: the one table (look.md 2). Ui thread.

#include "models/table/state_kind.h"
#include "ui/theme/icon.h"
#include "ui/theme/tone.h"

#include <QIcon>

class QWidget;

namespace fb {

struct StateLook {
    Icon icon;
    Tone tone;
};

StateLook lookOf(StateKind kind);
// For a row of Qt's own lists, chosen or not: the icon in its tone, of the theme of now.
QIcon stateIcon(const QWidget *widget, StateKind kind);

}
