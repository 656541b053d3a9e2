#pragma once
// sessions/<id>/watch: the screen of a session as its operator has it, to look at (spec/session-manager.md 3.9). Whoever owns it sees that it is
// watched. Ui thread.

#include "models/nodes/sessions/session_watch.h"
#include "models/nodes/sessions/sessions_source.h"
#include "ui/nodes/sessions/fitted_terminal.h"
#include "ui/widgets/page.h"

class QPushButton;

namespace fb {

class Banner;
class PageHead;
class TextLabel;

class WatchPage : public Page
{
    Q_OBJECT
public:
    WatchPage(SessionsViewModel &sessions, SessionLinksSource &links, TerminalThread &thread,
              const QString &id, QWidget *parent = nullptr);
    ~WatchPage() override;

    static QString addressOf(const QString &id) { return QStringLiteral("sessions/%1/watch").arg(id); }
    SessionWatch &watch() { return *m_watch; }
    FittedTerminal &terminal() { return *m_terminal; }
    void onShown() override;

private:
    void update();
    void showMenu(const QPoint &globalPos);

    SessionsViewModel &m_sessions;
    PageHead *m_head;
    Banner *m_banner;
    QPushButton *m_play;
    TextLabel *m_owner;
    TextLabel *m_reason;
    TextLabel *m_note;
    FittedTerminal *m_terminal;
    std::unique_ptr<SessionWatch> m_watch;
};

}
