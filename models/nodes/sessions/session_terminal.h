#pragma once
// A session and the terminal that shows it, as a pane of the desk has them: output is parsed before more is asked for, keys go to the node, and
// the text stays when the session ends. Ui thread.

#include "models/nodes/sessions/session_link.h"
#include "models/terminal/terminal_model.h"

namespace fb {

class SessionTerminal : public QObject
{
    Q_OBJECT
public:
    SessionTerminal(SessionLinksSource &source, TerminalThread &thread, const SessionWish &wish,
                    const TerminalSetup &setup = {}, QObject *parent = nullptr);

    SessionLink &link() { return m_link; }
    TerminalModel &terminal() { return m_terminal; }

private:
    void takeOutput(const QByteArray &bytes);
    void takeInput(const QByteArray &bytes);
    void followState();

    SessionLink m_link;
    TerminalModel m_terminal;
    SessionLink::State m_state;
    bool m_isReplaying = false; // what an earlier console was shown comes first
    qint64 m_replayed = 0; // of it, not parsed yet
    bool m_isByHand = false; // the input that comes next
};

}
