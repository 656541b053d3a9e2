#pragma once
// Theme, text size and motion as chosen, for every window of the program. Ui thread.

#include "ui/theme/tone.h"

#include <QString>

namespace fb {

class ConsoleSettings;

// As kept in the settings file and given to --theme: "light", "dark", "high-contrast"; all else: System.
SchemeChoice schemeChoiceNamed(const QString &name);
QString nameOf(SchemeChoice choice);

// `ofSystem`: what System means now.
void applyLook(const ConsoleSettings &settings, Scheme ofSystem);

}
