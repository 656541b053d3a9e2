#pragma once
// The terminal that a recording plays into. Ui thread.

#include "models/nodes/sessions/recording_screen.h"
#include "ui/nodes/sessions/fitted_terminal.h"

namespace fb {

class RecordedTerminal : public FittedTerminal
{
    Q_OBJECT
public:
    RecordedTerminal(TerminalThread &thread, RecordingPlayer &player, QWidget *parent = nullptr);

    void mark(const QString &wanted); // what a search finds on the screen

private:
    RecordingScreen m_screen;
};

}
