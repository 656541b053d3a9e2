#include "ui/nodes/sessions/recorded_terminal.h"

#include "ui/terminal/terminal_view.h"

namespace fb {

using namespace Qt::StringLiterals;

RecordedTerminal::RecordedTerminal(TerminalThread &thread, RecordingPlayer &player, QWidget *parent)
    : FittedTerminal(thread, parent),
      m_screen(model(), player)
{
    view().setObjectName(u"playerTerminal"_s);
    view().setAccessibleName(tr("Recorded terminal"));
    setObjectName(u"playerScreen"_s);
    connect(&m_screen, &RecordingScreen::sizeChanged, this, &FittedTerminal::fit);
}

void RecordedTerminal::mark(const QString &wanted) { model().search({.text = wanted.toStdString()}); }

}
